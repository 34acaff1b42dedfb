"""Consent calendar: the last day of each consent as an iCalendar file.

Format: RFC 5545. Each event is named after the file, not the person, because calendars are often shared; and
it reminds 90, 30 and 7 days before.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from sitegen.commands.consent_register import Register

REMINDERS = (90, 30, 7)
"""Days before the end on which a calendar reminds."""

WHAT_TO_DO = "Ask for consent again before this day. Otherwise the story leaves the site by itself."

LONGEST = 75
"""Bytes in a line, without its break (RFC 5545, 3.1)."""


def calendar(register: Register) -> bytes:
    """Return an iCalendar file with the last day of each consent."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sitegen//consent//EN", "METHOD:PUBLISH"]
    earlier: Counter[str] = Counter()
    for entry in sorted(register.published, key=lambda entry: (entry.path, entry.person)):
        earlier[entry.path] += 1
        if entry.last:
            lines.extend(_event(entry.path, entry.last, register.day, earlier[entry.path]))
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(path: str, last: date, today: date, number: int) -> Iterator[str]:
    """Yield the event of the person with a number in a file."""
    name, after = _name(path), last + timedelta(1)
    # it stays the same when the last day changes, so that a calendar moves the event
    identity = hashlib.blake2b(f"{number} {path}".encode(), digest_size=12).hexdigest()
    yield from ("BEGIN:VEVENT", f"UID:{identity}@sitegen", f"DTSTAMP:{today:%Y%m%d}T000000Z")
    yield from (f"DTSTART;VALUE=DATE:{last:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT")
    yield f"SUMMARY:{_text(f'Last day of consent: {name}')}"
    yield f"DESCRIPTION:{_text(WHAT_TO_DO)}"
    for days in REMINDERS:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D")
        yield from (f"DESCRIPTION:{_text(f'Consent for {name} ends in {days} days')}", "END:VALARM")
    yield "END:VEVENT"


def _name(path: str) -> str:
    """Return the name of a file, or of its folder."""
    file = PurePosixPath(path)
    return file.parent.name if file.name == "index.md" else file.stem


def _text(words: str) -> str:
    """Escape a text (RFC 5545, 3.3.11)."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line in pieces of `LONGEST` bytes, none of which ends within a character."""
    pieces, rest = [], line.encode()
    while len(rest) > LONGEST:
        end = LONGEST
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(rest[:end])
        rest = b" " + rest[end:]
    return b"\r\n".join([*pieces, rest]) + b"\r\n"
