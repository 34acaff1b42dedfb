"""The easel: draws the cards that are shown where somebody shares a link.

Like the darkroom it needs Pillow, so it is imported only where there is a card to draw. Letters are set
by Pillow's own simple layout, the same on every machine; what that leaves undone is done here: accents
that stand apart from their letter (which NFC has no single character for) are put over or under it.
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont

from sitegen.layout import SQUARE, TINTS, WIDE, Box, Card, Layout, Tint
from sitegen.lettering import DISPLAY, FOLDER, PLAIN, missing
from sitegen.typesetting import Room, fit

LARGEST = 100_000
"""Bytes of a card; networks load no picture that is much larger."""

QUALITIES = (84, 76, 66, 54, 40, 25, 12)
"""Of the JPEG: the first one at which a card is small enough."""

Point = tuple[float, float]


def draw(card: Card, folder: Path) -> tuple[bytes, bytes]:
    """Return a card in both shapes, wide and square, as JPEG; `folder` has the portrait."""
    portrait = _portrait(folder / card.portrait.lstrip("/")) if card.portrait else None
    return _drawn(card, WIDE, portrait), _drawn(card, SQUARE, portrait)


def draw_wide(card: Card, portrait: BinaryIO | None = None) -> bytes:
    """Return the wide shape of a card, with the portrait that is given, if one is."""
    return _drawn(card, WIDE, _portrait(portrait) if portrait else None)


def _portrait(file: Path | BinaryIO) -> Image.Image:
    with Image.open(file, formats=("WEBP",)) as stored:
        return stored.convert("RGB")


def _drawn(card: Card, layout: Layout, portrait: Image.Image | None) -> bytes:
    tint = TINTS[card.tint]
    image = Image.new("RGB", layout.size, tint.ground)
    if portrait:
        image.paste(_cropped(portrait, layout.picture), layout.picture[:2])
    else:
        _draw_initials(image, card, layout, tint)
    pen = ImageDraw.Draw(image)
    write = partial(_set, pen, tint.letters)
    write(card.words, card.font, layout.words_at, layout.words)
    left, top = layout.name_at
    if card.name:
        top += write(card.name, card.font, (left, top), layout.name) + 14
    if card.facts:
        room = layout.facts
        left_over = replace(room, height=min(room.height, layout.collective_at[1] - 40 - top))
        write(card.facts, PLAIN, (left, top), left_over if layout is WIDE else room)
    left, top = layout.collective_at
    pen.rectangle((left, top - 22, left + 71, top - 17), tint.shape)
    write(card.collective, PLAIN, (left, top), layout.collective)
    return _as_jpeg(image)


def _as_jpeg(image: Image.Image) -> bytes:
    data = b""
    for quality in QUALITIES:
        target = io.BytesIO()
        # neither progressive nor optimized: that takes five times as long, and saves a tenth
        image.save(target, "JPEG", quality=quality, subsampling="4:2:0")
        data = target.getvalue()
        if len(data) <= LARGEST:
            break
    return data


# -- letters --------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


EM = 200
"""Pixels; the size at which letters are measured. What is set smaller is as wide, to a hair."""


def _ems(font: str, text: str) -> float:
    return sum(_letter(font, letter) for letter in text)


@lru_cache(maxsize=4096)
def _letter(font: str, letter: str) -> float:
    return 0.0 if unicodedata.combining(letter) else _font(font, EM).getlength(letter) / EM


def _set(
    pen: ImageDraw.ImageDraw, colour: str, text: str, wanted: str, at: tuple[int, int], room: Room
) -> int:
    """Set a text into a room whose top left corner is given; return the height that was used, in pixels.

    A quotation mark at the beginning hangs before the edge, so that the lines stand under one another.
    """
    name = PLAIN if wanted == PLAIN or missing(text, DISPLAY) else DISPLAY
    lines = fit(text, room, lambda words: _ems(name, words))
    font = _font(name, lines.size)
    step = lines.size * room.leading
    for number, line in enumerate(lines.texts):
        baseline = at[1] + lines.size * 0.8 + number * step
        left = at[0] - (_ems(name, "“") * lines.size if line.startswith("“") else 0)
        _draw_line(pen, line, font, (left, baseline), colour)
    return round(lines.size + (len(lines.texts) - 1) * step)


def _draw_line(
    pen: ImageDraw.ImageDraw, line: str, font: ImageFont.FreeTypeFont, at: Point, colour: str
) -> None:
    clusters = list(_clusters(line))
    plain = "".join(base for base, _ in clusters)
    pen.text(at, plain, colour, font, anchor="ls")
    if plain != line:
        for number, (base, marks) in enumerate(clusters):
            if marks:
                left = at[0] + font.getlength(plain[: number + 1]) - font.getlength(base)
                _draw_marks(pen, base, marks, font, (left, at[1]), colour)


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with the accents that belong to it and stand apart."""
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


def _draw_marks(
    pen: ImageDraw.ImageDraw, base: str, marks: str, font: ImageFont.FreeTypeFont, at: Point, colour: str
) -> None:
    """Put accents over or under a letter, centred; accents are made to stand over a small x."""
    left, top, right, bottom = font.getbbox(base, anchor="ls")
    usual_top, usual_bottom = font.getbbox("x", anchor="ls")[1::2]
    above, below = min(0.0, top - usual_top), max(0.0, bottom - usual_bottom)
    for mark in marks:
        mark_left, mark_top, mark_right, mark_bottom = font.getbbox(mark, anchor="ls")
        over = unicodedata.combining(mark) >= 230
        x = at[0] + (left + right) / 2 - (mark_left + mark_right) / 2
        pen.text((x, at[1] + (above if over else below)), mark, colour, font, anchor="ls")
        step = 1.15 * (mark_bottom - mark_top)
        above, below = (above - step, below) if over else (above, below + step)


# -- pictures -------------------------------------------------------------------------------


def _cropped(portrait: Image.Image, box: Box) -> Image.Image:
    """Return the middle of a square portrait, as large as a box."""
    width, height = box[2] - box[0], box[3] - box[1]
    side = max(width, height)
    left, top = (side - width) / 2 / side * portrait.width, (side - height) / 2 / side * portrait.height
    crop = (left, top, portrait.width - left, portrait.height - top)
    return portrait.resize((width, height), Image.Resampling.BICUBIC, box=crop, reducing_gap=2.0)


STEPS = ((100, 36), (79, 36), (79, 57), (58, 57), (58, 78), (37, 78), (37, 100), (100, 100))


def _draw_initials(image: Image.Image, card: Card, layout: Layout, tint: Tint) -> None:
    """Draw letters over a shape from the city's streets: arch, stoop, sun, gable, as the pages do."""
    left, top, right, bottom = layout.picture
    side = min(right - left, bottom - top)
    image.paste(tint.shape, (left, bottom - side, left + side, bottom), _shape(card.tint, side))
    if card.initials:
        name = PLAIN if missing(card.initials, DISPLAY) else DISPLAY
        size = round(side * (0.42 if len(card.initials) < 3 else 0.3))
        at = (left + side * 0.11, bottom - side * 0.58)
        _draw_line(ImageDraw.Draw(image), card.initials, _font(name, size), at, tint.letters)


@lru_cache(maxsize=16)
def _shape(number: int, side: int) -> Image.Image:
    """Return the mask of a shape, in a square of so many pixels."""
    unit = side * 4 / 100
    mask = Image.new("L", (side * 4, side * 4))
    pen = ImageDraw.Draw(mask)

    def disc(x: float, y: float, radius: float, start: int = 0, end: int = 360) -> None:
        box = [(x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit]
        pen.pieslice(box, start, end, 255)

    match number:
        case 0:
            disc(100, 100, 66, 180, 270)
        case 1:
            disc(71, 68, 29, 180, 360)
            pen.rectangle((42 * unit, 67.5 * unit, 100 * unit, 100 * unit), 255)
        case 2:
            disc(62, 100, 38, 180, 360)
        case 3:
            pen.polygon([(x * unit, y * unit) for x, y in STEPS], 255)
        case 4:
            pen.polygon([(x * unit, y * unit) for x, y in ((100, 30), (100, 100), (30, 100))], 255)
        case _:
            disc(66, 66, 28)
    return mask.resize((side, side), Image.Resampling.BOX)
