"""The story of the dev server's tests."""

import re

STORY = "content/stories/maya-lopez.md"


PAGE = "/stories/maya-lopez/"


def pictures(text: str) -> set[str]:
    """Return the pictures that a page shows."""
    return set(re.findall(r"/images/[\w-]+\.\w+", text))
