"""Time zones: the day it is in a zone, and the moment at which a day begins there.

The zones are those of the package tzdata, on every system: the database of the system may be older or newer,
lacks names (`US/Eastern` in Debian 13), and is missing on Windows and in small containers.
"""

import os
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from sitegen.core.diagnostics import nearest

FOLDER = Path(tzdata.__file__).parent

POSIX = re.compile(r"(?:<[+-]?\w+>|[A-Za-z]{3,})[+-]?\d")
"""What a rule in the environment variable TZ begins with, such as EST5EDT (POSIX.1-2024, 8.3)."""


@cache
def _listed() -> tuple[str, ...]:
    return tuple((FOLDER / "zones").read_text(encoding="ascii").split())


@cache
def names() -> tuple[str, ...]:
    """Return the names of all zones, without abbreviations: EST is wrong for half of the year."""
    return tuple(name for name in _listed() if "/" in name or name == "UTC")


@cache
def zone(name: str) -> ZoneInfo | None:
    """Return the zone of a name; None if there is no such zone."""
    if name not in names():
        return None
    with (FOLDER / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def nearest_zone(written: str) -> str | None:
    """Return the zone that a misspelt name, or a city alone, seems to mean; None if it could be any."""
    if len(written) < 5:  # an abbreviation, such as EST
        return None
    cities = {name.rpartition("/")[2]: name for name in reversed(names())}
    city = nearest(written.rpartition("/")[2].replace(" ", "_"), cities, cutoff=0.75)
    return cities[city] if city else None


def today(name: str = "") -> date:
    """Return the day it is in a zone; without one, or in an unknown one, the day of this computer.

    It is the only function of the program that asks the clock for the day.
    """
    found = zone(name) or zone(_variable())
    return datetime.now(found).date() if found else date.today()  # noqa: DTZ011 - the computer's own zone


def midnight(day: date, name: str) -> str:
    """Return the beginning of a day in a zone (UTC if that is unknown) as a timestamp (RFC 3339)."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone(name) or UTC)
    if (moment.utcoffset() or NO_OFFSET).seconds % 60:  # local time of before the zones
        moment = moment.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


NO_OFFSET = timedelta()


def misspelt_variable() -> str:
    """Return the value of the environment variable TZ if it is no zone (systems then take UTC); else ""."""
    value = _variable()
    if Path(value).is_absolute():
        return "" if Path(value).is_file() else value
    return "" if not value or value in _listed() or POSIX.match(value) else value


def _variable() -> str:
    return os.environ.get("TZ", "").removeprefix(":")
