"""The loupe: which files are photos that can be developed, and how large they are.

Headers tell it; nothing is decoded here. It needs Pillow, as the darkroom does.
"""

import hashlib
import io
import os
import warnings
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from sitegen import limits
from sitegen.images import FIGURE_WIDTHS, unreadable
from sitegen.model import Photo
from sitegen.problems import Remark

FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        GifImagePlugin.GifImageFile,
    )
)
"""The decoders that may run. Without such a list Pillow hands a file named .jpg to any of forty,
Ghostscript among them; and it looks only among those that are imported, as these are here. MPO, which
some phones write, is opened as the JPEG that it begins with."""

# Pillow's own guard only warns, and for the whole process; `opened` refuses before any decoding.
Image.MAX_IMAGE_PIXELS = None
# It also warns of every oddity in a photo's metadata, none of which is used.
warnings.filterwarnings("ignore", module=r"PIL\.")


def look(file: Path, path: str) -> Photo | Remark:
    """Return digest and upright size of a photo, decoding its header only; a remark if it isn't one.

    The file is read once and never held whole: a photo may have any number of bytes.
    """
    name = file.name
    with file.open("rb") as stored:
        refused = _refused(stored, name)
        if refused:
            return refused
        try:
            image = opened(stored)
            width, height = image.size
            if orientation(image) >= 5:
                width, height = height, width
        except _TooLarge as large:
            hint = f"Scale it down to {large.most // 1_000_000} megapixels or fewer."
            return Remark(f'the picture "{name}" has {large.pixels // 1_000_000} megapixels.', hint, name)
        except Exception:  # a decoder can fail in any way on a file that isn't what it says
            return unreadable(name)
        digest = digest_of(stored)
    if height * min(width, FIGURE_WIDTHS[-1]) > width * limits.TALLEST:
        hint = "Crop it to the part that matters."
        return Remark(f'the picture "{name}" is too tall for its width: {width} by {height}.', hint, name)
    return Photo(path, digest, width, height)


def _refused(stored: BinaryIO, name: str) -> Remark | None:
    """Return the remark for a file whose size or beginning tells that there is no decoder for it."""
    start, size = _start(stored), stored.seek(0, os.SEEK_END)
    stored.seek(0)
    if not start:
        return Remark(f'the picture "{name}" is empty.', "Save or copy it here again.", name)
    if size > limits.MOST_PHOTO_BYTES:
        message = f'the picture "{name}" is larger than {limits.MOST_PHOTO_BYTES // 1_000_000} MB.'
        return Remark(message, "Scale it down, or save it as JPEG.", name)
    if _is_heic(start) and not _reads_heic():
        hint = "Open it on a computer and export it as JPEG, or set the phone's camera to Most Compatible."
        hint += ' Or have sitegen read such photos: pip install "sitegen[heic]"'
        return Remark(f'the picture "{name}" is in HEIC, a format that browsers can\'t show.', hint, name)
    if start[:4] in (b"II*\0", b"MM\0*") or start[:2] == b"BM" or start[4:] == b"ftypavif":
        hint = "Open it in a photo program and save it as JPEG or PNG."
        return Remark(f'the picture "{name}" is in a format that can\'t be read here.', hint, name)
    return None


def _start(stored: BinaryIO) -> bytes:
    """Return the first twelve bytes, which tell most formats; back at the start."""
    start = stored.read(12)
    stored.seek(0)
    return start


def _is_heic(start: bytes) -> bool:
    """Tell whether a file begins as HEIC does (ISO/IEC 14496-12, 4.3, and 23008-12, annex B)."""
    return start[4:8] == b"ftyp" and start[8:] != b"avif"


@cache
def _reads_heic() -> bool:
    """Tell whether the extra `heic` is installed; looked for when the first such photo comes."""
    try:
        import pillow_heif  # noqa: PLC0415
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def digest_of(stored: io.BufferedReader) -> str:
    """Return the digest of a file of any size, as `packing.digest_of` makes it; back at its start."""
    stored.seek(0)
    digest = hashlib.file_digest(stored, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    stored.seek(0)
    return digest


class _TooLarge(Exception):
    """A picture of too many pixels, and how many it may have."""

    def __init__(self, pixels: int, most: int) -> None:
        super().__init__(pixels)
        self.pixels, self.most = pixels, most


def opened(stored: BinaryIO) -> Image.Image:
    """Open a picture that may be decoded; raise `_TooLarge`, or whatever a decoder raises."""
    image = unchecked(stored)
    is_jpeg = isinstance(image, JpegImagePlugin.JpegImageFile)
    in_rows = is_jpeg and _has_one_scan(stored)
    most = limits.MOST_PIXELS if in_rows else limits.MOST_PIXELS_AT_ONCE
    if image.width * image.height > most:
        image.close()
        raise _TooLarge(image.width * image.height, most)
    if is_jpeg and not in_rows:
        _refuse_scans(stored)
    return image


def unchecked(stored: BinaryIO) -> Image.Image:
    """Open a picture whose very bytes `opened` let through before, and no other; raise likewise."""
    is_heic = _is_heic(_start(stored)) and _reads_heic()
    return Image.open(stored, formats=("HEIF",) if is_heic else FORMATS)


def _has_one_scan(stored: BinaryIO) -> bool:
    """Tell whether a JPEG is sequential, with all of its components in its first scan (ITU T.81, B.2).

    Then it is decoded a few rows at a time, at the scale that is asked for, and libjpeg takes no second scan
    (jdinput.c, `consume_markers`). False as well where something unusual stands before the first.
    """
    components = b""
    for marker, content in _segments(stored):
        if marker in (0xC0, 0xC1):
            components = content[5:6]
        elif marker == SCAN:
            return components != b"" and components == content[:1]
        elif marker not in TABLES_AND_NOTES:
            return False
    return False


SCAN = 0xDA
TABLES_AND_NOTES = frozenset({0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
"""Markers of segments that say nothing of how the pixels are stored (ITU T.81, table B.1)."""


def _segments(stored: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment of a JPEG, for as long as one follows the other."""
    stored.seek(2)
    while len(head := stored.read(4)) == 4 and head[0] == 0xFF:
        yield head[1], stored.read(max(0, int.from_bytes(head[2:], "big") - 2))


def _refuse_scans(stored: BinaryIO) -> None:
    """Raise ValueError where a JPEG has scans without end (ITU T.81, B.2.3): FF DA is nothing else in one."""
    stored.seek(0)
    scans = stored.read(limits.MOST_PHOTO_BYTES).count(b"\xff\xda")
    if scans > limits.MOST_SCANS:
        raise ValueError(scans)


def orientation(image: Image.Image) -> int:
    """Return how a picture is turned (Exif 2.32, 4.6.4, tag 274), from 1, which is upright, to 8."""
    found = image.getexif().get(0x0112, 1)
    return found if found in range(1, 9) else 1
