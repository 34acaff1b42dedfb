"""Card renderer: draws social cards as JPEG with Pillow.

It is imported only if there is a card to draw, because Pillow takes tens of milliseconds to import.
"""

import io
import threading
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageColor, ImageDraw

from sitegen.images import card_text
from sitegen.images.card_fonts import DISPLAY, PLAIN, missing
from sitegen.images.card_layout import TINTS, WIDE, Box, Card, Layout, Size, Tint
from sitegen.images.card_text import Pen, draw_line, ems
from sitegen.images.line_breaking import Lines, TextBox, fit

LARGEST = 100_000
"""Bytes of a card; social networks don't load much larger pictures."""

QUALITIES = (84, 76, 66, 54, 40, 25, 12)
"""Of the JPEG: the first one at which a card is small enough."""


def draw(card: Card, layout: Layout, folder: Path) -> bytes:
    """Return a card in one shape as JPEG; `folder` has the portrait, if the card has one."""
    return _drawn(card, layout, _portrait(folder / card.portrait.lstrip("/")) if card.portrait else None)


def draw_wide(card: Card, portrait: BinaryIO | None) -> bytes:
    """Return the wide shape of a card as JPEG, with the given portrait instead of one from a folder."""
    return _drawn(card, WIDE, _portrait(portrait) if portrait else None)


def _portrait(file: Path | BinaryIO) -> Image.Image:
    with Image.open(file, formats=("JPEG",)) as stored:
        stored.load()
        return stored if stored.mode == "RGB" else stored.convert("RGB")


def _drawn(card: Card, layout: Layout, portrait: Image.Image | None) -> bytes:
    tint, texts = TINTS[card.tint], _canvas(layout.size, threading.get_ident())
    texts.paste(0, (0, 0, *layout.size))
    write = partial(_set, texts)
    write(card.words, card.font, layout.words_at, layout.words)
    left, top = layout.name_at
    if card.name:
        top += write(card.name, card.font, (left, top), layout.name) + 14
    if card.facts:
        box = layout.facts
        left_over = replace(box, height=min(box.height, layout.collective_at[1] - 40 - top))
        write(card.facts, PLAIN, (left, top), left_over if layout is WIDE else box)
    left, top = layout.collective_at
    write(card.collective, PLAIN, (left, top), layout.collective)
    texts.putpalette(_palette(tint))
    image = texts.convert("RGB")
    image.paste(tint.shape, (left, top - 22, left + 72, top - 16))
    if portrait:
        image.paste(_cropped(portrait, layout.picture), layout.picture[:2])
    else:
        _draw_initials(image, card, layout)
    return _as_jpeg(image)


@lru_cache(maxsize=2)
def _canvas(size: Size, _thread: int) -> Image.Image:
    """Return the image that a thread sets the texts of one card after the other on.

    Its levels say how much of a pixel letters cover. That is one byte a pixel instead of four, so a glyph is
    pasted in a fifth of the time. Memory for a new image would take longer to map than the letters to draw.
    """
    return Image.new("P", size)


@lru_cache(maxsize=len(TINTS))
def _palette(tint: Tint) -> bytes:
    """Return the colours from the background of a tint to its letters, one for each level."""
    ground, letters = ImageColor.getrgb(tint.ground), ImageColor.getrgb(tint.letters)
    bands = list(zip(ground, letters, strict=True))
    return bytes(round(a + (b - a) * level / 255) for level in range(256) for a, b in bands)


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


def _set(image: Image.Image, text: str, wanted: str, at: tuple[int, int], box: TextBox) -> int:
    """Draw a text in a box with the given top left corner; return the used height in pixels.

    A quotation mark at the beginning of a line is drawn left of the box, so that the letters align.
    """
    font = PLAIN if wanted == PLAIN or missing(text, DISPLAY) else DISPLAY
    lines = _fitted(text, font, box)
    pen = Pen(font, lines.size, (255,))
    step = lines.size * box.leading
    for number, line in enumerate(lines.texts):
        left = at[0] - (ems(font, "“") * lines.size if line.startswith("“") else 0)
        draw_line(image, line, pen, left, at[1] + lines.size * 0.8 + number * step)
    return round(lines.size + (len(lines.texts) - 1) * step)


@lru_cache(maxsize=256)
def _fitted(text: str, font: str, box: TextBox) -> Lines:
    """Return the lines of a text; fields, schools and the collective are on many cards."""
    return fit(text, box, lambda words: ems(font, words))


# -- pictures -------------------------------------------------------------------------------


def _cropped(portrait: Image.Image, box: Box) -> Image.Image:
    """Return the middle of a square portrait, as large as a box."""
    width, height = box[2] - box[0], box[3] - box[1]
    side = max(width, height)
    left, top = (side - width) / 2 / side * portrait.width, (side - height) / 2 / side * portrait.height
    crop = (left, top, portrait.width - left, portrait.height - top)
    if portrait.size == (side, side):
        return portrait.crop((round(left), round(top), round(left) + width, round(top) + height))
    return portrait.resize((width, height), Image.Resampling.HAMMING, box=crop)


STEPS = ((100, 36), (79, 36), (79, 57), (58, 57), (58, 78), (37, 78), (37, 100), (100, 100))


def _draw_initials(image: Image.Image, card: Card, layout: Layout) -> None:
    """Draw initials over a shape (arch, stoop, sun, gable), as on the pages."""
    left, top, right, bottom = layout.picture
    side = min(right - left, bottom - top)
    image.paste(_shape(card.tint, side), (left, bottom - side))
    if card.initials:
        font = PLAIN if missing(card.initials, DISPLAY) else DISPLAY
        size = round(side * (0.42 if len(card.initials) < 3 else 0.3))
        pen = card_text.pen(font, size, TINTS[card.tint].letters)
        draw_line(image, card.initials, pen, left + side * 0.11, bottom - side * 0.58)


@lru_cache(maxsize=len(TINTS))
def _shape(number: int, side: int) -> Image.Image:
    """Return a shape in its colours, in a square of so many pixels."""
    tint = TINTS[number]
    image = Image.new("RGB", (side, side), tint.ground)
    image.paste(tint.shape, (0, 0), _mask(number, side))
    return image


def _mask(number: int, side: int) -> Image.Image:
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
