"""Image metadata: kinds of metadata that a JPEG, PNG or WebP contains."""

from collections.abc import Iterator

JPEG_NOTES = {0xE1: "Exif or XMP", 0xED: "IPTC", 0xFE: "a comment"}
PNG_NOTES = {
    b"eXIf": "Exif",
    b"tEXt": "a text",
    b"zTXt": "a text",
    b"iTXt": "a text or XMP",
    b"tIME": "a date",
}
WEBP_NOTES = {b"EXIF": "Exif", b"XMP ": "XMP"}


def found_in(data: bytes) -> str | None:
    """Return the kind of metadata in a JPEG, PNG or WebP, or None."""
    if data[:2] == b"\xff\xd8":
        return next((JPEG_NOTES[marker] for marker in _jpeg_markers(data) if marker in JPEG_NOTES), None)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        chunks = _chunks(data, start=8, name=4, length=0, order="big", extra=4, padded=False)
        return next((PNG_NOTES[chunk] for chunk in chunks if chunk in PNG_NOTES), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        chunks = _chunks(data, start=12, name=0, length=4, order="little", extra=0, padded=True)
        return next((WEBP_NOTES[chunk] for chunk in chunks if chunk in WEBP_NOTES), None)
    return None


def _jpeg_markers(data: bytes) -> Iterator[int]:
    """Yield the marker of each segment before the pixels (ITU T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        yield data[at + 1]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _chunks(
    data: bytes, start: int, name: int, length: int, order: str, extra: int, padded: bool
) -> Iterator[bytes]:
    """Yield the name of each chunk of a PNG or RIFF file, given the offsets of name and length."""
    at = start
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + length : at + length + 4], "big" if order == "big" else "little")
        yield data[at + name : at + name + 4]
        at += 8 + size + (size & 1 if padded else 0) + extra
