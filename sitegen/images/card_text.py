"""Card text: measures lines of text, and draws them from cached glyph bitmaps.

FreeType renders each glyph once per font and size, as Pillow's basic layout does, the same on every machine;
pasting it takes a tenth of the time. Combining accents (without a composed character in NFC) are placed here.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from sitegen.images.card_fonts import FOLDER

GLYPHS = 2048
"""Bitmaps that a process keeps, of about 2 KB each; the largest, of initials, have 30 KB."""

EM = 200
"""Pixels; the size at which letters are measured. Widths at other sizes are in proportion."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text is drawn: the name of its font, the size in pixels, and the colour."""

    font: str
    size: int
    colour: tuple[int, ...]


def pen(font: str, size: int, colour: str) -> Pen:
    """Return a pen for a colour as in CSS."""
    return Pen(font, size, ImageColor.getrgb(colour))


def ems(font: str, text: str) -> float:
    """Return the width of a text in multiples of its size."""
    return sum(_letter(font, letter) for letter in text)


def draw_line(image: Image.Image, line: str, pen: Pen, left: float, baseline: float) -> None:
    """Draw a line of text, from its left end on the baseline."""
    clusters = list(_clusters(line))
    plain = "".join(base for base, _ in clusters)
    x = left
    for (base, marks), following in zip(clusters, [*plain[1:], ""], strict=True):
        _paste(image, base, pen, x, baseline)
        if marks:
            _draw_marks(image, base, marks, pen, x, baseline)
        x += _advance(pen.font, pen.size, base, following)


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with its combining accents."""
    base = marks = ""
    for letter in text:
        if unicodedata.combining(letter) and base:
            marks += letter
        else:
            if base:
                yield base, marks
            base, marks = letter, ""
    if base:
        yield base, marks


def _draw_marks(image: Image.Image, base: str, marks: str, pen: Pen, origin: float, baseline: float) -> None:
    """Draw accents centred over or under a letter; fonts design them for the height of an x."""
    font = load(pen.font, pen.size)
    left, top, right, bottom = font.getbbox(base, anchor="ls")
    usual_top, usual_bottom = font.getbbox("x", anchor="ls")[1::2]
    above, below = min(0.0, top - usual_top), max(0.0, bottom - usual_bottom)
    for mark in marks:
        mark_left, mark_top, mark_right, mark_bottom = font.getbbox(mark, anchor="ls")
        over = unicodedata.combining(mark) >= 230
        x = origin + (left + right) / 2 - (mark_left + mark_right) / 2
        _paste(image, mark, pen, x, baseline + (above if over else below))
        step = 1.15 * (mark_bottom - mark_top)
        above, below = (above - step, below) if over else (above, below + step)


# -- glyphs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Glyph:
    """The bitmap of a glyph, and its place from the origin on the baseline, in pixels."""

    mask: Image.Image
    left: int
    top: int


def _paste(image: Image.Image, letter: str, pen: Pen, x: float, baseline: float) -> None:
    glyph = _glyph(pen.font, pen.size, letter)
    if glyph:
        # rounded as FreeType and Pillow do, to 64ths and then to pixels
        at = (round(x * 64) + 32 >> 6) + glyph.left, glyph.top - (round(baseline * -64) + 32 >> 6)
        image.paste(pen.colour, at, glyph.mask)


@lru_cache(maxsize=GLYPHS)
def _glyph(font: str, size: int, letter: str) -> Glyph | None:
    """Return the glyph of a letter; None if it has no ink."""
    loaded = load(font, size)
    left, top, right, bottom = map(math.floor, loaded.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), letter, 255, loaded, anchor="ls")
    ink = mask.getbbox()
    return Glyph(mask.crop(ink), left + ink[0], top + ink[1]) if ink else None


@lru_cache(maxsize=8 * GLYPHS)
def _advance(font: str, size: int, letter: str, following: str) -> float:
    """Return the pixels from the origin of a letter to that of the following one; kerning is part of it."""
    loaded = load(font, size)
    return loaded.getlength(letter + following) - loaded.getlength(following)


@lru_cache(maxsize=4096)
def _letter(font: str, letter: str) -> float:
    return 0.0 if unicodedata.combining(letter) else load(font, EM).getlength(letter) / EM


@lru_cache(maxsize=64)
def load(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(FOLDER / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)
