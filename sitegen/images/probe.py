"""Photo probe: format, limits, digest and size of a photo from its header.

Nothing is decoded here. It needs Pillow.
"""

import hashlib
import io
import os
import re
import warnings
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from sitegen.core import limits
from sitegen.core.diagnostics import Remark
from sitegen.core.model import Photo
from sitegen.core.problem_codes import Code
from sitegen.images.derivatives import FIGURE_WIDTHS, unreadable

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

HEIC: tuple[str, ...] = ("HEIF",)
AVIF: tuple[str, ...] = ("AVIF",)
"""The decoders of two more formats, which are loaded only for such a photo."""

# Pillow's own guard only warns, and for the whole process; `opened` refuses before any decoding.
Image.MAX_IMAGE_PIXELS = None
# It also warns of every oddity in a photo's metadata, none of which is used.
warnings.filterwarnings("ignore", module=r"PIL\.")


def inspect_photo(file: Path, path: str) -> Photo | Remark:
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
        except _TooLargeError as large:
            hint = f"Scale it down to {large.most // 1_000_000} megapixels or fewer."
            message = f'the picture "{name}" has {large.pixels // 1_000_000} megapixels.'
            return Remark(Code.PHOTO_TOO_LARGE, message, hint, name)
        except Exception:  # a decoder can fail in any way on a file that isn't what it says
            return unreadable(name)
        digest = digest_of(stored)
    if height * min(width, FIGURE_WIDTHS[-1]) > width * limits.TALLEST:
        hint = "Crop it to the part that matters."
        message = f'the picture "{name}" is too tall for its width: {width} by {height}.'
        return Remark(Code.PHOTO_TOO_TALL, message, hint, name)
    return Photo(path, digest, width, height)


def _refused(stored: BinaryIO, name: str) -> Remark | None:
    """Return the remark for a file that is refused for its size or its first bytes."""
    start, size = _start(stored), stored.seek(0, os.SEEK_END)
    stored.seek(0)
    if not start:
        hint = "Save or copy it here again."
        return Remark(Code.PHOTO_EMPTY, f'the picture "{name}" is empty.', hint, name)
    if size > limits.MOST_PHOTO_BYTES:
        message = f'the picture "{name}" is larger than {limits.MOST_PHOTO_BYTES // 1_000_000} MB.'
        return Remark(Code.PHOTO_TOO_LARGE, message, "Scale it down, or save it as JPEG.", name)
    if start.startswith(b"version https://git-lfs"):
        message = f'the picture "{name}" is not here: git has left a pointer to it (Git LFS).'
        return Remark(Code.PHOTO_UNREADABLE, message, "Run: git lfs pull", name)
    formats = _formats(start)
    if formats == HEIC and not _loaded(HEIC):
        hint = "Open it on a computer and export it as JPEG, or set the phone's camera to Most Compatible."
        message = f'the picture "{name}" is in HEIC, which can\'t be read on this machine.'
        return Remark(Code.PHOTO_FORMAT, message, hint, name)
    unsupported = start[:4] in (b"II*\0", b"MM\0*") or start[:2] == b"BM"
    if unsupported or not _loaded(formats):
        hint = "Open it in a photo program and save it as JPEG or PNG."
        message = f'the picture "{name}" is in a format that can\'t be read here.'
        return Remark(Code.PHOTO_FORMAT, message, hint, name)
    return None


def _start(stored: BinaryIO) -> bytes:
    """Return the first bytes, which identify the format; seek back to the start."""
    start = stored.read(256)
    stored.seek(0)
    return start


def _formats(start: bytes) -> tuple[str, ...]:
    """Return the decoders that may read a file that begins like this, whatever its name says.

    HEIC and AVIF have the same container (ISO/IEC 14496-12, 4.3, and 23008-12, 10): the brands in its first
    box tell them apart.
    """
    if start[4:8] != b"ftyp":
        return FORMATS
    brands = {start[at : at + 4] for at in range(8, min(len(start), int.from_bytes(start[:4])), 4)}
    return AVIF if brands & {b"avif", b"avis"} and not brands & {b"heic", b"heix"} else HEIC


def _loaded(formats: tuple[str, ...]) -> bool:
    """Load the decoders that a file needs, once; return whether this machine has them."""
    load = {HEIC: _load_heic, AVIF: _load_avif}.get(formats)
    return load is None or load()


@cache
def _load_heic() -> bool:
    """Load the decoder of HEIC for the picture itself: a thumbnail in it can show what was cropped away."""
    try:
        import pillow_heif  # noqa: PLC0415

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    except ImportError:
        return False
    return True


@cache
def _load_avif() -> bool:
    from PIL import AvifImagePlugin  # noqa: PLC0415

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # several photos are decoded at the same time
    return bool(AvifImagePlugin.SUPPORTED)


def digest_of(stored: io.BufferedReader) -> str:
    """Return the digest of a file of any size, as `serialization.digest_of`; seek back to the start."""
    stored.seek(0)
    digest = hashlib.file_digest(stored, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    stored.seek(0)
    return digest


class _TooLargeError(Exception):
    """A picture of too many pixels, and how many it may have."""

    def __init__(self, pixels: int, most: int) -> None:
        super().__init__(pixels)
        self.pixels, self.most = pixels, most


def opened(stored: BinaryIO) -> Image.Image:
    """Open a picture that may be decoded; raise `_TooLarge`, or any error of a decoder."""
    is_jpeg = _start(stored).startswith(b"\xff\xd8\xff")
    in_rows = is_jpeg and _has_one_scan(stored)
    if is_jpeg and not in_rows:
        _refuse_scans(stored)
    image = unchecked(stored)
    most = limits.MOST_PIXELS if in_rows else limits.MOST_PIXELS_AT_ONCE
    if image.width * image.height > most:
        image.close()
        raise _TooLargeError(image.width * image.height, most)
    return image


def unchecked(stored: BinaryIO) -> Image.Image:
    """Open a picture whose bytes `opened` has accepted before; raise any error of a decoder."""
    formats = _formats(_start(stored))
    _loaded(formats)
    image = Image.open(stored, formats=formats)
    if "transparency" in image.info and image.tile:
        image.info["transparency"] = _in_eight_bits(image.info["transparency"], image.tile[0].args)
    return image


def _in_eight_bits(clear: Any, stored: Any) -> Any:
    """Return the transparent colour of a PNG in eight bits, as Pillow gives its pixels, but not this.

    See PNG, third edition, 11.3.1.1; `stored` is Pillow's word for how the pixels are stored. Of 16 bits, the
    upper eight are kept: colours that differ in the lower ones only are one.
    """
    match stored:
        case "RGB;16B":
            return tuple(part >> 8 for part in clear)
        case "L;2":
            return clear * 85
        case "L;4":
            return clear * 17
    return clear


def _has_one_scan(stored: BinaryIO) -> bool:
    """Whether a JPEG is sequential, with all of its components in its first scan (ITU T.81, B.2).

    Then it is decoded a few rows at a time, at the requested scale, and libjpeg reads no second scan
    (jdinput.c, `consume_markers`). False also for unusual segments before the first scan.
    """
    components = b""
    for marker, content in islice(_segments(stored), limits.MOST_SEGMENTS):
        if marker in (0xC0, 0xC1):
            components = content[5:6]
        elif marker == SCAN:
            return components != b"" and components == content[:1]
        elif marker not in TABLES_AND_NOTES:
            return False
    return False


SCAN = 0xDA
TABLES_AND_NOTES = frozenset({0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
"""Markers of segments that don't describe how the pixels are stored (ITU T.81, table B.1)."""


def _segments(stored: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment of a JPEG, up to the first that is malformed."""
    stored.seek(2)
    while len(head := stored.read(4)) == 4 and head[0] == 0xFF:
        yield head[1], stored.read(max(0, int.from_bytes(head[2:], "big") - 2))


def _refuse_scans(stored: BinaryIO) -> None:
    """Raise ValueError if a JPEG has too many scans or other segments."""
    stored.seek(0)
    scans = 0
    for number, marker in enumerate(_markers(stored.read(limits.MOST_PHOTO_BYTES))):
        scans += marker == SCAN
        if scans > limits.MOST_SCANS or number > limits.MOST_SEGMENTS:
            raise ValueError(scans)


def _markers(jpeg: bytes) -> Iterator[int]:
    """Yield the marker of each segment, up to the end of the picture.

    The content of a segment is skipped, for it can have any bytes. Between segments, as in the data of a
    scan, libjpeg passes over everything to the next marker (jdmarker.c, `next_marker`), and so does this.
    """
    at = 2
    while (found := MARKER.search(jpeg, at)) and found[1] != END:
        yield found[1][0]
        at = found.end() + max(2, int.from_bytes(jpeg[found.end() : found.end() + 2]))


MARKER = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")
"""A marker of a segment; FF 00 is a byte of data, and those from D0 to D7 stand alone within a scan."""
END = b"\xd9"


def orientation(image: Image.Image) -> int:
    """Return how a picture is turned (Exif 2.32, 4.6.4, tag 274), from 1, which is upright, to 8."""
    found = image.getexif().get(0x0112, 1)
    return found if found in range(1, 9) else 1
