"""The derivatives of a folder of photos with libvips alone: `python pipeline.py PHOTOS OUT`.

As people make it who know libvips: its own thumbnail, which decodes a JPEG once, at the scale that it deems
good (for these photos the whole one: it leaves at least half of the scaling to itself), and scales the crop
to the largest width. Every other width is made of the next larger one, kept in memory. Two processes take
one photo after the other. Widths, qualities and efforts are those of sitegen.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pyvips  # type: ignore[import-not-found]  # it is in an environment of its own

LARGEST, WIDTHS, JPEG_WIDTH = 768, (768, 384, 192, 96), 630


def develop(out: Path, photo: Path) -> None:
    """Write the derivatives of one photo."""
    picture = pyvips.Image.thumbnail(str(photo), LARGEST, height=LARGEST, crop="centre").copy_memory()
    for width in sorted({*WIDTHS, JPEG_WIDTH}, reverse=True):
        if width < LARGEST:
            picture = picture.thumbnail_image(width).copy_memory()
        name = str(out / f"{photo.stem}-{width}")
        if width == JPEG_WIDTH:
            picture.jpegsave(f"{name}.jpg", Q=82, keep="none")
        else:
            picture.webpsave(f"{name}.webp", Q=80, effort=4, keep="none")


def main(photos: Path, out: Path) -> None:
    """Write the derivatives of all photos, two at a time."""
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(partial(develop, out), sorted(photos.glob("*.jpg"))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
