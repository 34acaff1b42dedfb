"""Card fonts: character coverage, and text normalized for drawing.

`tools/subset_fonts.py` makes the fonts and their lists of characters.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"

DISPLAY, PLAIN = "bricolage-grotesque", "noto-sans"
"""For quotes and names; for everything else, and if the first one lacks a character."""

NOTHING_TO_SET = frozenset({"So", "Sk", "Cf", "Cc", "Cn", "Co", "Cs"})
"""Unicode categories of emoji and other symbols that no text font has, and of characters without a glyph."""

OPEN, CLOSED = re.compile(r'(?<![^\s(\[—–])"(?=\S)'), re.compile('"')
"""Straight quotation marks: one at the beginning of a text or word, and any other."""


GONE = "\0"
LEFT_OPEN = re.compile(f" ?{GONE}[ {GONE}]*(?=[.,;:!?…)”])")
"""Placeholders of removed characters before closing punctuation."""


def normalized(text: str) -> str:
    """Return a text as it is drawn: in NFC, without emoji, with typographic quotes and single spaces."""
    composed = CLOSED.sub("”", OPEN.sub("“", unicodedata.normalize("NFC", text))).replace("'", "’")
    kept = "".join(letter if _is_set(letter) else GONE for letter in composed)
    closed = LEFT_OPEN.sub("", " ".join(kept.split())).replace(GONE, "")
    return " ".join(closed.split())


def _is_set(letter: str) -> bool:
    if letter.isspace() or letter.isascii():
        return True
    is_selector = "\ufe00" <= letter <= "\ufe0f"
    return not is_selector and unicodedata.category(letter) not in NOTHING_TO_SET


def font(text: str) -> str | None:
    """Return the font that has all letters of a text, the nicer one first; None where neither has."""
    return next((name for name in (DISPLAY, PLAIN) if not missing(text, name)), None)


def missing(text: str, name: str = PLAIN) -> frozenset[str]:
    """Return the letters of a text that a font lacks."""
    return frozenset(text) - _letters(name)


@cache
def _letters(name: str) -> frozenset[str]:
    lines = (FOLDER / f"{name}.letters.txt").read_text(encoding="ascii").split()
    ranges = ((int(first, 16), int(last, 16)) for first, _, last in (line.partition("-") for line in lines))
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))
