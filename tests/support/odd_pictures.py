"""Odd pictures: made files with everything that phones, programs and damage do to pictures.

They are drawn anew each time, and are the same each time. Most show four tiles: red, green, blue, yellow.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

import pillow_heif
from PIL import Image, ImageCms

from sitegen.core.problem_codes import Code
from tests.support.photos import (
    PAINTS,
    SECRET,
    STORED,
    TEAL,
    chunk,
    display_p3,
    encoded,
    location,
    mosaic,
    packet,
    pixel,
    scan_by_scan,
    segment,
    turned,
)

pillow_heif.register_heif_opener()

Look = tuple[tuple[int, ...], ...]
"""The colors of the four tiles, row by row."""

TILES: Look = tuple(PAINTS[letter] for letter in "RGBY")
LIGHT = (40, 90, 160, 220)
GREY: Look = tuple((value, value, value) for value in LIGHT)
FLAT: Look = (TEAL,) * 4
SIDE = 64


@dataclass(frozen=True, slots=True)
class OddPicture:
    """A picture file: what it is, its name, and what becomes of it.

    Without `faults` it is published, and looks like `look` if that is known. With `faults` it is held back
    for one of these; if `either` is set, it may be published instead, for a decoder may take it.
    """

    what: str
    name: str
    make: Callable[[], bytes]
    look: Look | None = TILES
    faults: frozenset[Code] = frozenset()
    either: bool = False


DAMAGED = frozenset({Code.PHOTO_UNREADABLE, Code.PHOTO_EMPTY, Code.PHOTO_FORMAT, Code.PHOTO_TOO_LARGE})


@cache
def colored(mode: str = "RGB") -> Image.Image:
    """Return the four tiles in a mode of Pillow."""
    return mosaic("RG", "BY").resize((SIDE, SIDE), Image.Resampling.NEAREST).convert(mode)


@cache
def grey() -> Image.Image:
    """Return four tiles of grey."""
    image = Image.new("L", (2, 2))
    image.putdata(LIGHT)
    return image.resize((SIDE, SIDE), Image.Resampling.NEAREST)


@cache
def plain(kind: str) -> bytes:
    """Return the four tiles in a format of Pillow."""
    return encoded(colored(), kind, quality=90)


KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "HEIF": "heic"}


def odd_pictures() -> Iterator[OddPicture]:
    """Yield those that are no worse than odd."""
    for group in (
        _pngs, _png_chunks, _jpegs, _jpeg_segments, _orientations, _exif, _profiles, _frames, _modes,
        _shapes, _as_cameras_do, _names,
    ):  # fmt: skip
        yield from group()


# -- PNG ------------------------------------------------------------------------------------


def png(bits: int, kind: int, pixels: Iterable[tuple[int, ...]], *extra: bytes) -> bytes:
    """Return a PNG of four pixels, each a tile, with more chunks before its data.

    `kind` is the type of color (PNG, third edition, table 8).
    """
    first, second, third, fourth = pixels
    half = SIDE // 2
    rows = b""
    for left, right in ((first, second), (third, fourth)):
        numbers = left * half + right * half
        packed = int("".join(f"{number:0{bits}b}" for number in numbers), 2)
        rows += (b"\0" + packed.to_bytes(len(numbers) * bits // 8)) * half
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, bits, kind, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + data


def _pngs() -> Iterator[OddPicture]:
    palette = chunk(b"PLTE", bytes(part for color in TILES for part in color))
    for bits in (2, 4, 8):
        indexes = [(index,) for index in range(4)]
        yield OddPicture(f"palette of {bits} bits", "a.png", partial(png, bits, 3, indexes, palette))
        clear = chunk(b"tRNS", b"\xff\x80\0")
        look: Look = (TILES[0], (142, 217, 157), (255, 255, 255), TILES[3])
        yield OddPicture(f"{bits}: clear", "a.png", partial(png, bits, 3, indexes, palette, clear), look)
    for bits, has_key in product((1, 2, 4, 8, 16), (False, True)):
        most = 2**bits - 1
        greys = [(round(value * most / 255),) for value in LIGHT]
        key = (chunk(b"tRNS", struct.pack(">H", greys[0][0])),) if has_key else ()
        seen = [value * 255 // most for (value,) in greys]
        seen = [255 if has_key and value == greys[0][0] * 255 // most else value for value in seen]
        look = tuple((value, value, value) for value in seen)
        yield OddPicture(f"grey of {bits} bits, {has_key}", "a.png", partial(png, bits, 0, greys, *key), look)
    for bits in (8, 16):
        yield from _deep_pngs(bits, (2**bits - 1) // 255)


def _deep_pngs(bits: int, unit: int) -> Iterator[OddPicture]:
    colors = [tuple(part * unit for part in color) for color in TILES]
    key = chunk(b"tRNS", struct.pack(">3H", *colors[0]))
    keyed = ((255, 255, 255), *TILES[1:])
    yield OddPicture(f"color of {bits} bits", "a.png", partial(png, bits, 2, colors))
    yield OddPicture(f"color key of {bits} bits", "a.png", partial(png, bits, 2, colors, key), keyed)
    for alpha, seen in ((255, 40), (0, 255), (128, 147)):
        greys = [(value * unit, 255 * unit) for value in LIGHT]
        greys[0] = (40 * unit, alpha * unit)
        look = ((seen, seen, seen), *GREY[1:])
        yield OddPicture(f"grey, alpha {alpha}, {bits}", "a.png", partial(png, bits, 4, greys), look)
    clear = [(*color, unit * (255 if color is not colors[0] else 0)) for color in colors]
    yield OddPicture(f"alpha of {bits} bits", "a.png", partial(png, bits, 6, clear), keyed)


CHUNKS = {
    "gamma": chunk(b"gAMA", struct.pack(">I", 45455)),
    "no gamma": chunk(b"gAMA", bytes(4)),
    "sRGB": chunk(b"sRGB", b"\0"),
    "size of a pixel": chunk(b"pHYs", struct.pack(">IIB", 1, 9999, 1)),
    "background": chunk(b"bKGD", bytes(6)),
    "text": chunk(b"tEXt", b"Author\0" + SECRET),
    "packed text": chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET * 9)),
    "XMP": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet()),
    "Exif": chunk(b"eXIf", location(1).removeprefix(b"Exif\0\0")),
    "time": chunk(b"tIME", bytes((7, 234, 13, 32, 25, 61, 61))),
    "profile": chunk(b"iCCP", b"P3\0\0" + zlib.compress(b"no profile")),
    "unknown": chunk(b"maYa", SECRET),
    "animation of no frames": chunk(b"acTL", bytes(8)),
}


def _png_chunks() -> Iterator[OddPicture]:
    for name, extra in CHUNKS.items():
        yield OddPicture(f"PNG with {name}", "a.png", partial(png, 8, 2, TILES, extra))
    broken = chunk(b"tEXt", SECRET)[:-1] + b"!"
    yield OddPicture(
        "broken sum of a text", "a.png", partial(png, 8, 2, TILES, broken), either=True, faults=DAMAGED
    )
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(90_000_000)))
    yield OddPicture(
        "text that unpacks", "a.png", partial(png, 8, 2, TILES, bomb), either=True, faults=DAMAGED
    )


# -- JPEG -----------------------------------------------------------------------------------


def _jpegs() -> Iterator[OddPicture]:
    for quality, sampling, progressive in product((30, 75, 100), (0, 1, 2), (False, True)):
        make = partial(
            encoded, colored(), "JPEG", quality=quality, subsampling=sampling, progressive=progressive
        )
        yield OddPicture(f"JPEG {quality} {sampling} {progressive}", "a.jpg", make)
    for mode, look in (("L", None), ("CMYK", TILES)):
        for progressive in (False, True):
            make = partial(encoded, colored(mode), "JPEG", quality=90, progressive=progressive)
            yield OddPicture(f"JPEG in {mode}, {progressive}", "a.jpg", make, look)
    yield OddPicture("grey JPEG", "a.jpg", partial(encoded, grey(), "JPEG", quality=90), GREY)
    for blocks in (1, 3):
        make = partial(encoded, colored(), "JPEG", quality=90, restart_marker_blocks=blocks)
        yield OddPicture(f"restart after {blocks}", "a.jpg", make)
    yield OddPicture("JPEG in RGB", "a.jpg", partial(encoded, colored(), "JPEG", quality=90, keep_rgb=True))
    yield OddPicture("a scan for each color", "a.jpg", scan_by_scan, None)
    for marker in (0xC3, 0xC5, 0xC9, 0xCA, 0xCB, 0xF7):
        make = partial(replaced, plain("JPEG"), b"\xff\xc0", bytes((0xFF, marker)))
        yield OddPicture(f"frame {marker:x}", "a.jpg", make, None, DAMAGED, either=True)
    twelve = partial(replaced, plain("JPEG"), b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c")
    yield OddPicture("twelve bits", "a.jpg", twelve, None, DAMAGED, either=True)


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def with_segments(*segments: bytes) -> bytes:
    """Return the tiles as a JPEG with more segments at its start."""
    return plain("JPEG")[:2] + b"".join(segments) + plain("JPEG")[2:]


SEGMENTS = {
    "comment": segment(0xFE, SECRET),
    "many comments": segment(0xFE, SECRET) * 500,
    "empty comment": segment(0xFE, b""),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet()),
    "IPTC": segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0" + struct.pack(">I", len(SECRET)) + SECRET),
    "broken IPTC": segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\xff\xff\xff\xff"),
    "second JFIF": segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\0\0"),
    "index of pictures": segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff"),
    "fill bytes": b"\xff" * 100,
    "scan within": segment(0xEB, b"\xff\xda" * 1000),
    "end within": segment(0xEB, b"\xff\xd9\xff\xd8" * 1000),
    "largest segment": segment(0xEF, bytes(65_533)),
}


def _jpeg_segments() -> Iterator[OddPicture]:
    for name, extra in SEGMENTS.items():
        yield OddPicture(f"JPEG with {name}", "a.jpg", partial(with_segments, extra))


# -- metadata -------------------------------------------------------------------------------


def _orientations() -> Iterator[OddPicture]:
    for kind, orientation in product(("JPEG", "PNG", "WEBP", "AVIF", "HEIF"), STORED):
        make = partial(turned, colored(), orientation, kind)
        yield OddPicture(f"{kind} turned {orientation}", f"a.{KINDS[kind]}", make)


def exif(kind: int, count: int, value: bytes, order: str = "<") -> bytes:
    """Return Exif whose only entry is an orientation, of any type (TIFF 6.0, section 2)."""
    start = {"<": b"II*\0\x08\0\0\0", ">": b"MM\0*\0\0\0\x08"}[order]
    entry = struct.pack(f"{order}HHHI", 1, 0x0112, kind, count) + value.ljust(4, b"\0")
    return b"Exif\0\0" + start + entry + bytes(4)


EXIF = {
    "nothing": b"Exif\0\0",
    "garbage": b"Exif\0\0garbage, really",
    "orientation 0": exif(3, 1, b"\0\0"),
    "orientation 9": exif(3, 1, b"\x09\0"),
    "orientation 65535": exif(3, 1, b"\xff\xff"),
    "orientation as text": exif(2, 2, b"6\0"),
    "orientation as a long number": exif(4, 1, b"\1\0\0\0"),
    "orientation as a fraction": exif(5, 1, b"\xff\0\0\0"),
    "orientation without a value": exif(3, 0, b""),
    "two orientations": exif(3, 2, b"\1\0\6\0"),
    "big endian": exif(3, 1, b"\0\1", ">"),
    "unknown type": exif(99, 1, b"\6\0"),
    "cut short": exif(3, 1, b"\1\0")[:-9],
    "a directory that is outside": b"Exif\0\0II*\0\xff\xff\xff\x7f",
    "a directory that is itself": exif(3, 1, b"\1\0")[:-4] + b"\x08\0\0\0",
    "65535 entries": b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
    "place and camera": location(1),
}


def _exif() -> Iterator[OddPicture]:
    for name, content in EXIF.items():
        yield OddPicture(f"Exif: {name}", "a.jpg", partial(with_segments, segment(0xE1, content)))
    twice = segment(0xE1, location(1)), segment(0xE1, location(6))
    yield OddPicture("Exif twice", "a.jpg", partial(with_segments, *twice), None)


def _profiles() -> Iterator[OddPicture]:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, profile in {
        "LAB": lab,
        "none": b"no profile",
        "cut": srgb[:200],
        "large": srgb + bytes(150_000),
    }.items():
        for kind in KINDS.keys() - {"GIF"}:
            make = partial(encoded, colored(), kind, icc_profile=profile, quality=90)
            yield OddPicture(
                f"{kind} with profile {name}",
                f"a.{KINDS[kind]}",
                make,
                either=kind == "HEIF",
                faults=DAMAGED if kind == "HEIF" else frozenset(),
            )
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        make = partial(
            encoded, colored(), kind, icc_profile=display_p3(), exif=location(1), xmp=packet(), quality=90
        )
        yield OddPicture(f"{kind} with everything", f"a.{KINDS[kind]}", make, None)
    for name, head in {
        "of no part": b"\0\0",
        "of a missing part": b"\1\2",
        "of the third of two": b"\3\2",
    }.items():
        part = segment(0xE2, b"ICC_PROFILE\0" + head + srgb)
        yield OddPicture(f"profile {name}", "a.jpg", partial(with_segments, part))


# -- frames and modes -----------------------------------------------------------------------


def frames(kind: str, others: list[Image.Image]) -> bytes:
    """Return the tiles and other pictures as the frames of one file, without the time at which it is made."""
    data = bytearray(encoded(colored(), kind, save_all=True, append_images=others, quality=90))
    for box in (b"mvhd", b"tkhd", b"mdhd") if kind == "AVIF" else ():
        at = data.index(box)
        size = 16 if data[at + 4] else 8  # of two times (ISO/IEC 14496-12, 8.2.2)
        data[at + 8 : at + 8 + size] = bytes(size)
    return bytes(data)


def _frames() -> Iterator[OddPicture]:
    others = [Image.new("RGB", (SIDE, SIDE), color) for color in ("white", "black")]
    for kind in ("GIF", "WEBP", "PNG", "AVIF", "MPO", "HEIF"):
        ending = KINDS.get(kind, "mpo")
        make = partial(frames, kind, others)
        yield OddPicture(f"{kind} of three", f"a.{ending}", make)
    main = partial(encoded, others[0], "HEIF", save_all=True, append_images=[colored()], primary_index=1)
    yield OddPicture("main picture second", "a.heic", main)
    small = [Image.new("RGB", (16, 16), "red")]
    yield OddPicture(
        "MPO of two sizes", "a.mpo", partial(encoded, colored(), "MPO", save_all=True, append_images=small)
    )
    yield OddPicture(
        "HEIC with a thumbnail", "a.heic", partial(encoded, colored(), "HEIF", thumbnails=[16, 32])
    )
    for ends in (0, 1, 2):
        make = partial(
            encoded, colored("P"), "GIF", save_all=True, append_images=others, disposal=ends, loop=ends
        )
        yield OddPicture(f"GIF, disposal {ends}", "a.gif", make)


def _modes() -> Iterator[OddPicture]:
    clear = colored("RGBA").copy()
    clear.putalpha(Image.new("L", (SIDE, SIDE), 0))
    white: Look = ((255, 255, 255),) * 4
    for kind in ("PNG", "WEBP", "AVIF", "HEIF"):
        yield OddPicture(f"clear {kind}", f"a.{KINDS[kind]}", partial(encoded, clear, kind), white)
        yield OddPicture(f"{kind} in RGBA", f"a.{KINDS[kind]}", partial(encoded, colored("RGBA"), kind))
        yield OddPicture(f"grey {kind}", f"a.{KINDS[kind]}", partial(encoded, grey(), kind, quality=90), GREY)
    for chroma in (420, 422, 444):
        yield OddPicture(f"HEIC {chroma}", "a.heic", partial(encoded, colored(), "HEIF", chroma=chroma))
    for sampling in ("4:2:0", "4:2:2", "4:4:4"):
        make = partial(encoded, colored(), "AVIF", subsampling=sampling, range="limited")
        yield OddPicture(f"AVIF {sampling}", "a.avif", make)
    deep = grey().convert("I").point(lambda value: value * 257)
    yield OddPicture("HEIC of ten bits", "a.heic", partial(encoded, deep, "HEIF"), GREY)
    yield OddPicture("lossless WebP", "a.webp", partial(encoded, colored(), "WEBP", lossless=True))
    for kind in ("GIF", "PNG"):
        yield OddPicture(f"{kind} with a palette", f"a.{KINDS[kind]}", partial(encoded, colored("P"), kind))
        yield OddPicture(f"{kind} of one bit", f"a.{KINDS[kind]}", partial(encoded, colored("1"), kind), None)


SHAPES = ((1, 1), (1, 2), (2, 1), (1, 300), (300, 1), (3, 7), (17, 16), (2000, 20), (20, 2000))


def _shapes() -> Iterator[OddPicture]:
    for kind, size in product(KINDS, SHAPES):
        make = partial(encoded, Image.new("RGB", size, TEAL), kind, quality=95)
        yield OddPicture(f"{kind} of {size}", f"a.{KINDS[kind]}", make, FLAT)
    tall = partial(encoded, Image.new("L", (1, 20_000)), "PNG")
    yield OddPicture("too tall", "a.png", tall, None, frozenset({Code.PHOTO_TOO_TALL}))


def _as_cameras_do() -> Iterator[OddPicture]:
    """Yield pictures in each mode of their format that are turned and have a profile."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    modes = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "L", "RGBA", "P", "LA"), "WEBP": ("RGB",)}
    for kind, orientation in product(modes, (3, 6, 8)):
        for mode in modes[kind]:
            is_grey = mode in ("L", "LA")
            upright = (grey() if is_grey else colored()).convert(mode)
            make = partial(turned, upright, orientation, kind, icc_profile=srgb)
            name = f"a.{KINDS[kind]}"
            yield OddPicture(f"{kind} in {mode} turned {orientation}", name, make, GREY if is_grey else TILES)


NAMES = (
    *("IMG_0001 (1).JPG", "Screenshot 2026-11-02 at 3.04.05\u202fPM.png", "my  photo.jpeg", "fo%20to.jpg"),
    *("Zoe\u0308.jpg", "ZOË.JPEG", "照片.webp", "صورة.png", "👩🏽‍🔬.jpg", "a.b.c.jpg", "-rf.jpg", "a'b.jpg"),
    *("a & b.png", "a;b.jpg", "a#1.jpg", "a?.png", "#a.jfif", "a+b.avif", "[a].gif", "{a}.heic", "$HOME.jpg"),
    *("a\u00a0b.jpg", f"{'long' * 60}.jpg", "NUL.jpg", "a .jpg", "100%.png"),
)


def _names() -> Iterator[OddPicture]:
    """Yield pictures of odd names, each of another quality or size, so that no two are the same."""
    kinds = {f".{ending}": kind for kind, ending in KINDS.items()} | {".jpeg": "JPEG", ".jfif": "JPEG"}
    for number, name in enumerate(NAMES):
        kind = kinds[f".{name.lower().rpartition('.')[2]}"]
        larger = colored().resize((SIDE + number + 1, SIDE + number + 1), Image.Resampling.NEAREST)
        yield OddPicture(f"the name {name}", name, partial(encoded, larger, kind, quality=90))


def tile_colors(image: Image.Image) -> Look:
    """Return the colors in the middle of the four quarters of a picture."""
    points = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    return tuple(pixel(image, *point) for point in points)
