"""Photos: 12-megapixel JPEGs that cost a decoder as much as real photos.

No two are equal, and none is flat: soft light, noise on every scale, shapes with hard edges, sensor grain.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 4000, 3000
"""Pixels: what phones' cameras have made for years."""

QUALITY = 90
"""Of the JPEG; with the grain below that makes files of 2 to 5 MB, as phones do."""

OCTAVES = ((8, 1.0), (24, 0.6), (90, 0.35), (300, 0.22), (1000, 0.12), (2000, 0.08))
"""How wide the noise of each scale is, in pixels of its own, and how strong: finer is weaker."""


def main(arguments: list[str]) -> None:
    """Write photos: `python -m benchmarks.photos FOLDER COUNT SEED`."""
    folder, count, seed = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    folder.mkdir(parents=True, exist_ok=True)
    missing = [number for number in range(count) if not (folder / f"{number:03}.jpg").is_file()]
    with ProcessPoolExecutor() as executor:
        list(executor.map(partial(save, folder, seed), missing))


def save(folder: Path, seed: int, number: int) -> None:
    """Write one photo, whole or not at all."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Test", f"Camera {seed}", 1  # Make, Model, Orientation
    target = folder / f"{number:03}.jpg"
    unfinished = target.with_suffix(".part")
    photo = draw(Random(f"{seed}:photo:{number}"), WIDTH, HEIGHT)
    photo.save(unfinished, "JPEG", quality=QUALITY, subsampling="4:2:0", exif=exif)
    unfinished.rename(target)


def draw(random: Random, width: int, height: int) -> Image.Image:
    """Return a picture of the given size in pixels."""
    picture = _light(random, width, height)
    _shapes(random, picture)
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))  # no lens draws an edge in one pixel
    for columns, strength in OCTAVES:
        if columns < width:
            picture = _with_noise(random, picture, columns, strength * 110)
    return _with_noise(random, picture, width, 9)


def _light(random: Random, width: int, height: int) -> Image.Image:
    corners = Image.new("RGB", (3, 3))
    for x in range(3):
        for y in range(3):
            corners.putpixel((x, y), _colour(random, 40, 215))
    return corners.resize((width, height), Image.Resampling.BICUBIC)


def _shapes(random: Random, picture: Image.Image) -> None:
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = random.randrange(picture.width), random.randrange(picture.height)
        wide, high = (random.randrange(picture.width // 60, picture.width // 7) for _ in range(2))
        colour = _colour(random, 15, 240)
        if random.random() < 0.6:
            pen.ellipse((x, y, x + wide, y + high), fill=colour)
        else:
            corners = [(x + random.randint(-wide, wide), y + random.randint(-high, high)) for _ in range(4)]
            pen.polygon(corners, fill=colour)


def _with_noise(random: Random, picture: Image.Image, columns: int, strength: float) -> Image.Image:
    """Return the picture with noise of one scale added to each channel, `strength` at most either way."""
    rows = max(2, columns * picture.height // picture.width)
    raw = Image.frombytes("RGB", (columns, rows), random.randbytes(columns * rows * 3))
    # half of it is common to all channels, as light and shade are
    noise = Image.blend(raw, raw.convert("L").convert("RGB"), 0.6)
    noise = noise.point([round(128 + (value - 127.5) * strength / 127.5) for value in range(256)] * 3)
    if columns < picture.width:
        noise = noise.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.add(picture, noise, scale=1, offset=-128)


def _colour(random: Random, low: int, high: int) -> tuple[int, int, int]:
    """Return a colour between two levels, muted as most things are."""
    light = random.randint(low, high)
    red, green, blue = ((light * 3 + random.randint(low, high) * 2) // 5 for _ in range(3))
    return red, green, blue


if __name__ == "__main__":
    main(sys.argv[1:])
