"""Metadata removal: pictures without Exif, XMP, IPTC, comments and trailing data.

Only whole parts of the container are left out, so pixels stay as they are, bit for bit. What decides how a
picture looks is kept: color profile, transparency, frames, and the orientation alone of Exif. The kind of a
file is read from its first bytes, because names can be wrong.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from sitegen.core.orientation import UPRIGHT, orientation_in, orientation_only


def without_metadata(data: bytes) -> bytes | None:
    """Return the bytes of a picture without metadata, the same ones if it has none.

    None if they can't be taken out, because the format isn't supported or the file is damaged. A file that is
    no picture is returned as it is.
    """
    try:
        return next((clean(data) for begins, clean in FORMATS.items() if begins.match(data)), data)
    except (struct.error, ValueError):
        return None


class _DamagedError(ValueError):
    """A picture that ends too early, or has a part of an unknown kind."""


# -- JPEG -----------------------------------------------------------------------------------

EXIF = b"Exif\0\0"
MARKER = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")
"""A marker; FF 00 is a byte of data, and D0 to D7 restart the decoder within a scan (ITU T.81, B.1.1)."""
END, SCAN = 0xD9, 0xDA
DECODING = frozenset(range(0xC0, 0xE0))
"""Markers of segments that decoders need."""
NOTES = frozenset((*range(0xE0, 0xF0), 0xFE))
"""Markers of segments for programs, and of comments."""


def _jpeg(data: bytes) -> bytes:
    kept, at, marker = [data[:2]], 2, 0
    while found := MARKER.search(data, at):
        if marker == SCAN:  # elsewhere, decoders pass over what is between two segments
            kept.append(data[at : found.start()])
        marker = found[1][0]
        if marker == END:
            return b"".join((*kept, b"\xff\xd9"))
        (length,) = struct.unpack_from(">H", data, found.end())
        at = found.end() + length
        if length < 2 or at > len(data) or marker not in DECODING | NOTES:
            raise _DamagedError(at)
        content = _jpeg_content(marker, data[found.end() + 2 : at])
        kept.append(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content if content else b"")
    raise _DamagedError(at)


def _jpeg_content(marker: int, content: bytes) -> bytes:
    """Return the content of a segment as it may be published; nothing if the segment is left out."""
    if marker in DECODING or (marker == 0xE2 and content.startswith(b"ICC_PROFILE\0")):
        return content
    if marker == 0xE0 and content.startswith(b"JFIF\0"):
        return content[:12] + b"\0\0"  # without its thumbnail, which may show more than the picture
    if marker == 0xE1 and content.startswith(EXIF):
        turned = orientation_in(content[len(EXIF) :])
        return EXIF + orientation_only(turned) if turned != UPRIGHT else b""
    # what the numbers of the pixels mean
    return content[:12] if marker == 0xEE and content.startswith(b"Adobe") else b""


# -- PNG ------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n"
PNG_LOOKS = frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
"""Chunks that change how a picture looks, besides those that decoders need (PNG, third edition, 11.3)."""


def _png(data: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            break
        is_needed = name[:1].isupper()
        if name == b"eXIf":
            kept.append(_png_exif(orientation_in(data[at + 8 : end - 4])))
        elif is_needed or name in PNG_LOOKS:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise _DamagedError(at)


def _png_exif(turned: int) -> bytes:
    if turned == UPRIGHT:
        return b""
    content = b"eXIf" + orientation_only(turned)
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


# -- WebP -----------------------------------------------------------------------------------

WEBP_LOOKS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
HAS_EXIF, HAS_XMP = 0x08, 0x04
"""Flags of a WebP with more than pixels (RFC 9649, 2.7)."""


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data) + 1:
        raise _DamagedError(size)
    content = b"WEBP" + b"".join(_webp_chunks(data[12 : size + 8]))
    return b"RIFF" + struct.pack("<I", len(content)) + content


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    exif = (content.removeprefix(EXIF) for name, content in _riff(data) if name == b"EXIF")
    turned = next(map(orientation_in, exif), UPRIGHT)
    for name, content in _riff(data):
        if name == b"VP8X":
            flags = content[0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if turned != UPRIGHT else 0)
            yield _riff_chunk(name, bytes((flags,)) + content[1:])
        elif name == b"ANMF":
            frame = b"".join(_riff_chunk(*each) for each in _riff(content[16:]) if each[0] in WEBP_LOOKS)
            yield _riff_chunk(name, content[:16] + frame)
        elif name in WEBP_LOOKS:
            yield _riff_chunk(name, content)
    if turned != UPRIGHT:
        yield _riff_chunk(b"EXIF", orientation_only(turned))


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the content of each chunk (RFC 9649, 2.3)."""
    at = 0
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise _DamagedError(at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + (length & 1)


def _riff_chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) & 1)


# -- GIF ------------------------------------------------------------------------------------

LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")
"""Application extensions that change how a picture looks: repetitions and the color profile."""


def _gif(data: bytes) -> bytes:
    """Leave out comments, texts and notes of programs (GIF89a, 24 to 26)."""
    at = 13 + _color_table(data[10])
    kept = [data[:at]]
    while at < len(data):
        kind = data[at : at + 1]
        if kind == b"\x3b":
            return b"".join((*kept, kind))
        if kind == b"\x2c":
            (packed,) = struct.unpack_from("B", data, at + 9)
            end = _past_blocks(data, at + 11 + _color_table(packed))
        elif kind == b"\x21":
            end = _past_blocks(data, at + 2)
        else:
            raise _DamagedError(at)
        is_loop = data[at + 1 : at + 2] == b"\xff" and data.startswith(LOOPS, at + 2)
        if kind == b"\x2c" or data[at + 1 : at + 2] == b"\xf9" or is_loop:
            kept.append(data[at:end])
        at = end
    raise _DamagedError(at)


def _color_table(packed: int) -> int:
    """Return the bytes of the color table that a packed field announces."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _past_blocks(data: bytes, at: int) -> int:
    """Return the place after a series of blocks, each of which begins with its length."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    if at >= len(data):
        raise _DamagedError(at)
    return at + 1


# -- formats that are only searched ---------------------------------------------------------

BOXED_NOTES = re.compile(rb"infe[\2\3].{3}(?:.{4}|.{6})(?:Exif|mime|uri )|uuid|udta", re.DOTALL)
"""Items and boxes of HEIC and AVIF with metadata (ISO/IEC 14496-12, 8.11.6)."""


def _boxed(data: bytes) -> bytes:
    if BOXED_NOTES.search(data):
        raise _DamagedError
    return data


TIFF_LOOKS = {
    *range(254, 260), 262, 263, 264, 265, 266, *range(273, 285), 290, 291, 292, 293, 296, 301,
    *range(317, 326), *range(332, 335), 336, 338, 339, 340, 341, 347, *range(529, 533), 34675,
}  # fmt: skip
"""Tags that say how the pixels are stored and shown (TIFF 6.0), and the color profile."""


def _tiff(data: bytes) -> bytes:
    order = "<" if data[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    seen = {0}
    while at not in seen:
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", data, at)
        tags = {struct.unpack_from(f"{order}H", data, at + 2 + 12 * each)[0] for each in range(count)}
        if not tags <= TIFF_LOOKS:
            raise _DamagedError(at)
        (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return data


FORMATS: Mapping[re.Pattern[bytes], Callable[[bytes], bytes]] = {
    re.compile(rb"\xff\xd8\xff"): _jpeg,
    re.compile(re.escape(PNG)): _png,
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL): _webp,
    re.compile(rb"GIF8[79]a"): _gif,
    re.compile(rb".{4}ftyp(?:mif1|msf1|heic|heix|hevc|hevx|heim|heis|avif|avis)", re.DOTALL): _boxed,
    re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"): _tiff,
}
"""The first bytes of each format, and the function for it."""
