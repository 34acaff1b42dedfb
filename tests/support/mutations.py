"""Mutations of a site's files: valid and invalid values, damage, misleading file times."""

import os
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.support.incremental_oracle import WORD
from tests.support.site import TODAY, picture

# -- what is written ------------------------------------------------------------------------


def on(day: int) -> date:
    """Return the day that many days from today."""
    return TODAY + timedelta(day)


SLUGS = ("ann", "ben", "cleo", "dev", "eve", "flo")
PHOTOS = ("lens01.jpg", "lens02.png", "lens03.jpg")
PAGES = (
    "mission",
    "vision",
    "join",
    "index",
    "stories/index",
    "networks/index",
    "networks/one",
    "networks/two",
)

BODIES = (
    "Plain words, {c} among them.",
    "See [another](/stories/{slug}/) and {c}.",
    "See [the file]({slug}.md), [the mission](/mission/) or [a part](/mission/#first), {c}.",
    "A note {c}.[^1]\n\n[^1]: The note says {d}.",
    '![A bench {c}](lens01.jpg "A caption {d}")\n\nAnd {c} ends it.',
    "In a line ![a bench {c}](lens02.png) is one.",
    "## First\n\nOne {c}.\n\n## Second {d}\n\n| a | b |\n|---|---|\n| {c} | 2 |",
    "A <b>tag</b> and <script>{c}</script> words {d}.",
    "![From elsewhere](https://example.org/x.png) and {c}",
    "",
)

SCOPES = ("website", "photo", "full-name", "school", "social", "search")
COVERS = tuple(f"[{', '.join(SCOPES[:count])}]" for count in (6, 6, 5, 4, 2, 1, 0))

KEYS: Mapping[str, tuple[str | None, ...]] = {
    "name": ("Maya {c}", "Ben {c}", None),
    "school": ("Central High School", "Girls High", None),
    "year": ("11th grade", "Sophomore {c}", None),
    "field": ("Robotics", "Chemistry", "Robotik", None),
    "role": ("Intern {c}", None),
    "date": ("2026-02-01", "2026-03-01", "2025-12-31", "soon"),
    "headshot": (*PHOTOS, "lens99.jpg", None),
    "alt": ("A person at a bench {c}", None),
    "focus": ("50% 35%", "0% 100%", "half", None),
    "quote": ("I build {c}.", "“I wish {c} existed.”", None),
    "title": ("A title {c}", None),
    "topics": ("[robots, school]", "[school]", "[Robots]", "robots", None),
    "draft": ("true", "false", None),
    "publish": (str(on(-1)), str(on(0)), str(on(1)), str(on(30)), None),
    "expire": (str(on(1)), str(on(0)), str(on(-3)), str(on(40)), None),
    "aliases": ("[/old/ann/]", "[/older.html, /old/ben/]", "[/stories/ann/]", "[/mission/]", None),
    "consent": (None,),
    "consent.form": ("R-0077", "R-0042", "ann@example.org", None),
    "consent.given": (str(on(-300)), str(on(0)), str(on(2)), None),
    "consent.by": ("guardian", "self", "Jane", None),
    "consent.covers": COVERS,
    "consent.until": (str(on(0)), str(on(1)), str(on(60)), str(on(-400)), None),
    "consent.withdrawn": (str(on(0)), str(on(1)), str(on(-1)), str(on(30)), None),
}
"""Values of each key of a story, good and bad; None leaves the key out."""

SETTINGS_KEYS: Mapping[str, tuple[str | None, ...]] = {
    "name": ("Test Collective {c}", "Another Collective {c}", None),
    "short_name": ("TC {c}", None),
    "url": ("https://example.org", "https://example.org/base/", "https://other.example", "none"),
    "description": ("A site for tests, {c}.", None),
    "languages": ("[en, es]", "[es]", None),
    "navigation": (
        "[{label: Mission {c}, to: mission.md}, {label: Hers, to: stories/ann.md}]",
        "[{label: Stories, to: /stories/}]",
        "[{label: Nowhere, to: nowhere.md}]",
        None,
    ),
    "contact": ("{name: Betsy {c}, role: Manager, email: b@example.org}", None),
    "social": ("[{name: Instagram, url: https://social.example/{c}}]", None),
    "announcement": (
        f"{{text: Come {{c}}, from: {on(-2)}, until: {on(0)}, date: {on(5)}}}",
        f"{{text: Come {{c}}, from: {on(1)}, until: {on(40)}, link: {{label: Hers, to: /stories/ben/}}}}",
        None,
    ),
    "page_size": ("1", "2", "many", None),
    "cards": ("true", "false", "perhaps", None),
    "images": ("{webp_quality: 30}", "{jpeg_quality: 30}", "{webp_quality: 0}", None),
    "fields": ("[Robotics, Chemistry]", "[Robotics]", None),
    "topics": ("[robots, school]", None),
}

PAGE_KEYS: Mapping[str, tuple[str | None, ...]] = {
    "title": ("A page {c}", None),
    "summary": ("In short, {c}.", None),
    "nav_order": ("1", "2", "first", None),
    "aliases": ("[/old/ann/]", "[/before/]", None),
    "statement": ("Everybody {c}.", None),
    "layout": ("faq", "own", "none", None),
    "lang": ("es", None),
    "translation_of": ("mission.md", None),
    "since": ("2019", None),
}

TEMPLATES = (
    *("base", "head", "story", "stories", "macros", "pictures", "figure"),
    *("home", "page", "network", "networks", "members-in-action", "redirect", "404"),
)
ASSETS = ("style.css", "extra.css", "icon.svg", "sub/notes.txt", ".hidden")

MISTAKES: Mapping[str, Callable[[bytes], bytes]] = {
    "its front matter has no end": lambda data: data.replace(b"\n---\n", b"\n\xe2\x80\x93\n", 1),
    "a key is misspelt": lambda data: re.sub(rb"(?m)^(quote|title|name):", rb"x\1:", data, count=1),
    "a duplicate key": lambda data: re.sub(rb"(?m)^(date|title|url):.*\n", rb"\g<0>\g<0>", data, count=1),
    "it is not UTF-8": lambda data: data + b"\xff",
    "it is empty": lambda data: b"",
    "half of it is gone": lambda data: data[: len(data) // 2],
    "its lines end otherwise": lambda data: data.replace(b"\n", b"\r\n"),
}


def _flipped(data: bytes, where: int) -> bytes:
    if not data:
        return data
    where %= len(data)
    return data[:where] + bytes([data[where] ^ 1]) + data[where + 1 :]


DAMAGE: Mapping[str, Callable[[bytes, int], bytes]] = {
    "cut short": lambda data, where: data[: where % (len(data) + 1)],
    "empty": lambda data, where: b"",
    "flipped": _flipped,
    "doubled": lambda data, where: data + data,
    "zeroed": lambda data, where: bytes(len(data)),
}


def with_key(text: str, key: str, value: str | None) -> str:
    """Return a text with a key of its front matter set or removed; `consent.until` is a key in a block.

    A text that is too broken for that is returned unchanged.
    """
    block, _, name = key.rpartition(".")
    start = f"{'  ' * bool(block)}{name}:"
    lines = [line for line in text.split("\n") if not line.startswith(start)]
    if value is not None:
        above = f"{block}:" if block else "---"
        if above not in lines:
            return text
        lines.insert(lines.index(above) + 1, f"{start} {value}")
    return "\n".join(lines)


def padded(number: int, suffix: str) -> bytes:
    """Return a photo of a unique colour; all of them have the same size in bytes."""
    colour = f"rgb({number * 37 % 256},{number * 91 % 256},{number * 53 % 256})"
    return (picture((60, 40), colour, suffix) + b"lens00" * 250)[:1500]


# -- changing files -------------------------------------------------------------------------

TIMES: Mapping[str, Callable[[int], int]] = {
    "as before": lambda before: before,
    "1970": lambda before: 0,
    "whole seconds": lambda before: before // 10**9 * 10**9,
    "2038": lambda before: 2_145_916_800 * 10**9,
    "a nanosecond later": lambda before: before + 1,
}
"""Values for a file's mtime, in nanoseconds."""


def set_time(file: Path, nanoseconds: int) -> None:
    os.utime(file, ns=(nanoseconds, nanoseconds))


def overwrite(file: Path, data: bytes, time: int, by: str) -> None:
    """Give a file other bytes and an mtime, in place or by renaming another file over it."""
    target = file.with_name(f".{file.name}.new") if by == "another file" else file
    target.write_bytes(data)
    set_time(target, time)
    target.replace(file)


def another_word(data: bytes, word: str) -> bytes:
    """Return the same text with its first unique word replaced by another of the same size."""
    return WORD.sub(word.encode(), data, count=1)
