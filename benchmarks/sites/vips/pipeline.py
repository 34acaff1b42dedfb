"""The derivatives of a folder of photos with libvips alone: `python pipeline.py PHOTOS OUT`.

As good as it can be made without being a site generator: a JPEG is decoded once, at the smallest scale that
will do (shrink-on-load), the crop is scaled to the largest width and kept in memory, and every other width
is made of that; two processes share the photos. Widths, qualities and efforts are those of sitegen/images.py.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pyvips  # type: ignore[import-not-found]  # it is in an environment of its own

LARGEST, WIDTHS, JPEG_WIDTH = 768, (96, 192, 384, 768), 384


def develop(out: Path, photo: Path) -> None:
    """Write the derivatives of one photo."""
    crop = pyvips.Image.thumbnail(str(photo), LARGEST, height=LARGEST, crop="centre").copy_memory()
    for width in WIDTHS:
        scaled = crop if width == LARGEST else crop.thumbnail_image(width)
        scaled.webpsave(str(out / f"{photo.stem}-{width}.webp"), Q=80, effort=4, keep="none")
    scaled = crop.thumbnail_image(JPEG_WIDTH)
    scaled.jpegsave(
        str(out / f"{photo.stem}-{JPEG_WIDTH}.jpg"), Q=82, optimize_coding=True, interlace=True, keep="none"
    )


def main(photos: Path, out: Path) -> None:
    """Write the derivatives of all photos, two at a time."""
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(partial(develop, out), sorted(photos.glob("*.jpg")), chunksize=4))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
