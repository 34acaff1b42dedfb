"""Damaged pictures: cut short, changed, followed by something, misnamed, or none."""

import struct
from collections.abc import Iterator
from functools import cache, partial
from itertools import product
from random import Random

from PIL import Image

from sitegen.core.problem_codes import Code
from tests.support.odd_pictures import DAMAGED, KINDS, SIDE, TILES, OddPicture, colored, plain, replaced
from tests.support.photos import SECRET, encoded


def damaged_pictures() -> Iterator[OddPicture]:
    """Yield all of them."""
    for group in (_cut, _flipped, _claims, _no_pictures, _followed, _other_endings, _names):
        yield from group()


@cache
def noisy(kind: str) -> bytes:
    """Return a picture that is a few thousand bytes in every format."""
    noise = Random(3).randbytes(SIDE * SIDE * 3)
    return encoded(Image.frombytes("RGB", (SIDE, SIDE), noise), kind, quality=90)


def _part(kind: str, share: float) -> bytes:
    return noisy(kind)[: int(len(noisy(kind)) * share)]


def _start(kind: str, length: int) -> bytes:
    return noisy(kind)[:length]


def _cut() -> Iterator[OddPicture]:
    for kind in KINDS:
        for length in (1, 3, 8, 12, 30, 200):
            make = partial(_start, kind, length)
            yield OddPicture(f"{kind}, {length} bytes", f"a.{KINDS[kind]}", make, None, DAMAGED)
        for share in (0.5, 0.9):
            yield OddPicture(
                f"{kind}, {share}", f"a.{KINDS[kind]}", partial(_part, kind, share), None, DAMAGED
            )
        end = partial(_start, kind, -1)
        yield OddPicture(f"{kind} but its last byte", f"a.{KINDS[kind]}", end, None, DAMAGED, either=True)


def _flip(kind: str, seed: int) -> bytes:
    random, data = Random(seed), bytearray(noisy(kind))
    for _ in range(seed):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def _flipped() -> Iterator[OddPicture]:
    for kind, seed in product(KINDS, (1, 2, 3, 5, 9, 17, 40, 90)):
        make = partial(_flip, kind, seed)
        faults = DAMAGED | {Code.PHOTO_TOO_TALL}
        yield OddPicture(f"{kind}, {seed} bytes wrong", f"a.{KINDS[kind]}", make, None, faults, either=True)


def _claims() -> Iterator[OddPicture]:
    large = frozenset({Code.PHOTO_TOO_LARGE})
    size = struct.pack(">II", SIDE, SIDE)
    for kind in ("PNG", "AVIF", "HEIF"):
        for side, faults in ((60_000, large | DAMAGED), (0, DAMAGED), (2**31 - 1, large | DAMAGED)):
            make = partial(replaced, plain(kind), size, struct.pack(">II", side, side))
            yield OddPicture(f"{kind} claims {side}", f"a.{KINDS[kind]}", make, None, faults)
    short = struct.pack(">HH", SIDE, SIDE)
    for side in (65_500, 0):
        make = partial(replaced, plain("JPEG"), b"\x08" + short, b"\x08" + struct.pack(">HH", side, side))
        yield OddPicture(f"JPEG claims {side}", "a.jpg", make, None, large | DAMAGED)
        gif = partial(replaced, plain("GIF"), struct.pack("<HH", SIDE, SIDE), struct.pack("<HH", side, side))
        yield OddPicture(f"GIF claims {side}", "a.gif", gif, None, large | DAMAGED, either=True)


def _no_pictures() -> Iterator[OddPicture]:
    files = {
        "nothing": b"", "a zero": b"\0", "zeros": bytes(10_000), "ones": b"\xff" * 10_000,
        "noise": Random(4).randbytes(10_000), "text": b"Maya", "UTF-16": "Maya".encode("utf-16"),
        "page": b"<!doctype html><title>Sign in</title>", "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "PDF": b"%PDF-1.7\n", "ZIP": b"PK\3\4" + bytes(30), "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n",
        "video": b"\0\0\0\x18ftypmp42" + bytes(500), "film": b"\0\0\0\x14ftypqt  " + bytes(500),
        "HEIC in name": b"\0\0\0\x18ftypheic" + bytes(500),
        "AVIF in name": b"\0\0\0\x18ftypavif" + bytes(500),
        "brands without end": b"\xff\xff\xff\xffftyp" + b"mif1" * 90, "JPEG of nothing": b"\xff\xd8\xff\xd9",
        "PNG of nothing": b"\x89PNG\r\n\x1a\n", "GIF of nothing": b"GIF89a", "RIFF": b"RIFF\4\0\0\0WEBP",
        "pointer": b"version https://git-lfs.github.com/spec/v1\n", "cloud": b"\0" * 4096,
    }  # fmt: skip
    for name, data in files.items():
        yield OddPicture(name, "a.jpg", partial(bytes, data), None, DAMAGED)
    for kind in ("TIFF", "BMP", "PPM", "TGA", "ICO", "PCX", "SGI", "JPEG2000"):
        yield OddPicture(kind, "a.png", partial(encoded, colored(), kind), None, DAMAGED)


def _followed() -> Iterator[OddPicture]:
    behind = {
        "zeros": bytes(500), "a secret": SECRET, "a picture": plain("JPEG"),
        "a video": b"\0\0\0\x18ftypmp42" + b"\xff\xda" * 500, "a ZIP": b"PK\3\4" + SECRET,
    }  # fmt: skip
    for kind, (name, data) in product(KINDS, behind.items()):
        faults = DAMAGED if kind in ("AVIF", "HEIF") else frozenset()
        make = partial(b"".join, (plain(kind), data))
        yield OddPicture(f"{kind} and {name}", f"a.{KINDS[kind]}", make, TILES, faults, either=bool(faults))
    for name, start in {
        "a mark": b"\xef\xbb\xbf",
        "a line": b"\r\n",
        "a form": b"--boundary\r\n\r\n",
    }.items():
        make = partial(b"".join, (start, plain("JPEG")))
        yield OddPicture(f"JPEG behind {name}", "a.jpg", make, None, DAMAGED)


def _other_endings() -> Iterator[OddPicture]:
    for kind, ending in product(KINDS, ("jpg", "JPEG", "png", "HEIC", "avif", "jfif", "mpo", "gif", "tiff")):
        yield OddPicture(f"{kind} called {ending}", f"a.{ending}", partial(plain, kind))


NAMES = """
two words.jpg|Zoë.jpg|Zoe\u0308.jpg|マヤ.jpg|🎉.jpg|a#b.jpg|a%20b.jpg
100%.jpg|a&b.jpg|it's.jpg|a,b;c.jpg|(1).jpg
a  (copy).jpg|-a.jpg|a.b.c.jpg|a..jpg|A.JpG|a.heic.jpg|Screenshot 1\u202fAM.jpg
a\u00a0b.jpg|[a].jpg|{a}.jpg|$a.jpg
a+b.jpg|a=b.jpg|@a.jpg|!a.jpg|`a`.jpg|a^b.jpg|null.jpg|1.jpg|'a'.jpg
"""


def _names() -> Iterator[OddPicture]:
    for name in (*NAMES.strip().replace("\n", "|").split("|"), "x" * 200 + ".jpg"):
        yield OddPicture(f"called {name}", name, partial(plain, "JPEG"))
    left_behind = frozenset({Code.PHOTO_NOT_FOUND})
    yield OddPicture("called as editors call copies", "~a.jpg", partial(plain, "JPEG"), None, left_behind)
