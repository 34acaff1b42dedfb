"""Large photos: the largest that are accepted of each format.

`python -m tests.support.large_photos NAME FILE` writes one; to draw it takes up to 3 GB.
"""

import struct
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.support.photos import encoded, heic


def _grey(width: int, height: int) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height))


LARGEST: dict[str, Callable[[Path], object]] = {
    "jpg": lambda file: _grey(12000, 10000).save(file, "JPEG"),
    "progressive.jpg": lambda file: (
        _grey(10000, 5000).convert("RGB").save(file, "JPEG", progressive=True, subsampling=0)
    ),
    "png": lambda file: _grey(10000, 5000).convert("RGBA").save(file, "PNG", compress_level=1),
    "deep.png": lambda file: _grey(10000, 5000).convert("I;16").save(file, "PNG", compress_level=1),
    "deep.key.png": lambda file: (
        _grey(10000, 5000).convert("I;16").save(file, "PNG", compress_level=1, transparency=9)
    ),
    "gif": lambda file: _grey(10000, 5000).save(file, "GIF"),
    "avif": lambda file: _grey(10000, 5000).convert("RGB").save(file, "AVIF", speed=10, quality=30),
    "false.avif": lambda file: file.write_bytes(_with_false_size(16_000, 15_000)),
    "heic": lambda file: file.write_bytes(heic(_grey(8000, 6000).convert("RGB"), quality=10)),
}


def _with_false_size(width: int, height: int) -> bytes:
    """Return an AVIF that says it is tiny; libavif itself bounds what it decodes, and scales it down."""
    data = encoded(_grey(width, height), "AVIF", speed=10, quality=1)
    true, false = struct.pack(">II", width, height), struct.pack(">II", 64, 64)
    assert true in data
    return data.replace(true, false)


if __name__ == "__main__":
    LARGEST[sys.argv[1]](Path(sys.argv[2]))
