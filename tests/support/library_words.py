"""Words of libraries, which no message to people may contain."""

import re

LIBRARIES = re.compile(
    r"Traceback|(?<!site\.)yaml|pydantic|jinja|\bPIL\b|mapping values|ValidationError", re.IGNORECASE
)
"""Internal terms of libraries and of Python."""
