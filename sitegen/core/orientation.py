"""Orientation: the least Exif that says how a picture is turned, and nothing else."""

import struct

UPRIGHT = 1
ORIENTATION = 0x0112
"""The tag (Exif 2.32, 4.6.4); its values are 1 to 8."""


def orientation_only(value: int) -> bytes:
    """Return Exif, from its byte order on, with one tag."""
    return struct.pack(">2sHIHHHIHxxI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, value, 0)


ONLY = frozenset(map(orientation_only, range(1, 9)))
"""All values of it: Exif that tells nothing about a person."""


def orientation_in(exif: bytes) -> int:
    """Return the orientation in the first directory of Exif, from its byte order on; upright if unclear."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    try:
        if order:
            (at,) = struct.unpack_from(f"{order}I", exif, 4)
            (count,) = struct.unpack_from(f"{order}H", exif, at)
            for entry in range(at + 2, at + 2 + 12 * count, 12):
                tag, kind, number, value = struct.unpack_from(f"{order}HHIH", exif, entry)
                if (tag, kind, number) == (ORIENTATION, 3, 1) and value in range(1, 9):
                    return int(value)
    except struct.error:
        return UPRIGHT
    return UPRIGHT
