"""Site zone: the time zone in `site.yaml`, and the day it is there.

Every command needs the day first, and a build with nothing to do loads no settings. So a plain line is read
without the settings loader, where both give the same.
"""

import re
from datetime import date
from pathlib import Path

from sitegen.core import time_zone
from sitegen.engine import file_state

LINE = re.compile(rb"^timezone:[ \t]+([A-Za-z0-9/_+-]+)[ \t]*(?:[ \t]#.*)?\r?\n(?![ \t])", re.MULTILINE)
"""A line with the key and a plain value that the next line does not continue."""
COMMENT = re.compile(rb"^[ \t]*#.*$", re.MULTILINE)
LONG_SCALAR = re.compile(
    rb"""\\|^[^"\n]*"(?:[^"\n]*"[^"\n]*")*[^"\n]*$|(?:^|[:,\[{-])[ \t]*'[^'\n]*$""", re.MULTILINE
)
"""What may be a quoted text over several lines, one of which could look like a key, or an escaped key."""


def today(root: Path) -> date:
    """Return the day it is in the time zone of a site, or without one in that of this computer."""
    return time_zone.today(read(root))


def read(root: Path) -> str:
    """Return the time zone of a site, which may be no zone; "" without one, and if it can't be read."""
    try:
        data = COMMENT.sub(b"", file_state.read(f"{root}/content/site.yaml"))
    except OSError:
        return ""
    if b"timezone" not in data and b"\\" not in data:
        return ""
    found = LINE.search(data)
    if found and data.count(b"timezone") == 1 and not LONG_SCALAR.search(data):
        return found[1].decode()
    from sitegen.content import settings  # noqa: PLC0415 - takes as long as all of a build with nothing to do

    chosen, _ = settings.read(root)
    return chosen.timezone if chosen else ""
