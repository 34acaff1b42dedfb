"""Pictures in PDFs: JPEG and JPEG 2000 streams without their metadata."""

from sitegen.pdf.refusal import PRINT_AGAIN, RefusedPdfError

KEPT_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
"""Boxes of JPEG 2000 (ISO 15444-1, annex I) that decoding needs; the others have XML, UUIDs and rights."""

ADOBE = 0xEE
"""The application segment that says how colors are stored; without it they would be wrong."""


def _damaged() -> RefusedPdfError:
    return RefusedPdfError("has a picture that can't be read", PRINT_AGAIN)


def jpeg(data: bytes) -> bytes:
    """Return a JPEG without application segments and comments (ITU T.81, B.2.4), also between its scans.

    Raises RefusedPdfError where its segments can't be followed.
    """
    if data[:2] != b"\xff\xd8":
        raise _damaged()
    kept, at = [b"\xff\xd8"], 2
    while at < len(data):
        if data[at] != 0xFF or at + 1 >= len(data):
            raise _damaged()
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        if at + 4 > len(data):
            raise _damaged()
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if end > len(data) or end < at + 4:
            raise _damaged()
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker == ADOBE:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"])  # the end is missing, which decoders forgive


def _end_of_scan(data: bytes, start: int) -> int:
    """Return where the entropy-coded data ends: at the next marker that is no restart and no stuffing."""
    at = data.find(b"\xff", start)
    while at != -1 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at = data.find(b"\xff", at + 2)
    return len(data)


def jpeg_2000(data: bytes) -> bytes:
    """Return a JPEG 2000 without XML, UUID and comments. Raises RefusedPdfError where it can't be read."""
    if data[:4] == b"\xff\x4f\xff\x51":  # a bare codestream
        return _codestream(data)
    kept, at = [], 0
    while at + 8 <= len(data):
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(data)
        if end > len(data) or end < at + head:
            raise _damaged()
        body = data[at + head : end]
        body = _codestream(body) if kind == b"jp2c" else body
        if kind in KEPT_BOXES:
            kept.append((len(body) + 8).to_bytes(4, "big") + kind + body)
        at = end
    if not any(box[4:8] == b"jp2c" for box in kept):
        raise _damaged()
    return b"".join(kept)


def _codestream(data: bytes) -> bytes:
    """Return a codestream without comments in its main header (ISO 15444-1, A.4)."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0x90:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise _damaged()
        if data[at + 1] != 0x64:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])
