"""Image metadata: kinds of metadata that a JPEG, PNG or WebP contains."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from sitegen.core import orientation

JPEG_NOTES = {0xE1: "Exif or XMP", 0xED: "IPTC", 0xFE: "a comment"}
PNG_NOTES = {
    b"eXIf": "Exif",
    b"tEXt": "a text",
    b"zTXt": "a text",
    b"iTXt": "a text or XMP",
    b"tIME": "a date",
}
WEBP_NOTES = {b"EXIF": "Exif", b"XMP ": "XMP"}


EXIF = b"Exif\0\0"


def found_in(data: bytes) -> str | None:
    """Return the kind of metadata in a JPEG, PNG or WebP, or None; the orientation alone is none."""
    if data[:2] == b"\xff\xd8":
        return _first(JPEG_NOTES, _jpeg_segments(data))
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _first(PNG_NOTES, _chunks(data, start=8, name=4, length=0, order="big", extra=4, padded=False))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        chunks = _chunks(data, start=12, name=0, length=4, order="little", extra=0, padded=True)
        return _first(WEBP_NOTES, chunks)
    return None


Marker = TypeVar("Marker", int, bytes)


def _first(notes: Mapping[Marker, str], parts: Iterable[tuple[Marker, bytes]]) -> str | None:
    """Return the kind of the first part that is metadata."""
    return next(
        (
            notes[name]
            for name, content in parts
            if name in notes and content.removeprefix(EXIF) not in orientation.ONLY
        ),
        None,
    )


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment before the pixels (ITU T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 1], data[at + 4 : end]
        at = end


def _chunks(
    data: bytes, start: int, name: int, length: int, order: str, extra: int, padded: bool
) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each chunk of a PNG or RIFF file, given the offsets of name and length."""
    at = start
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + length : at + length + 4], "big" if order == "big" else "little")
        yield data[at + name : at + name + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + (size & 1 if padded else 0) + extra
