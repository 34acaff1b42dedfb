"""Photos for tests: drawn, encoded, turned as cameras turn them, and read back."""

import io
import random
import struct
import zlib
from functools import cache
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw

from sitegen.build import build
from sitegen.core.model import Photo
from sitegen.core.settings import ImageSettings
from sitegen.images import probe
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site

SETTINGS = ImageSettings(80, 82)


TEAL = (0, 128, 128)


PAINTS = {
    "R": (220, 30, 30),
    "G": (30, 180, 60),
    "B": (40, 60, 220),
    "C": (30, 200, 210),
    "M": (210, 40, 200),
    "Y": (240, 220, 40),
}


def encoded(image: Image.Image, kind: str = "PNG", **save: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **save)
    return target.getvalue()


def derived(site: Site) -> dict[str, Image.Image]:
    """Return the published pictures by width and ending, such as `384.webp`."""
    return {
        path.rpartition("-")[2]: Image.open(io.BytesIO(data))
        for path, data in site.public.items()
        if path.startswith("images/")
    }


def headshot(site: Site, photo: bytes, name: str = "maya.png", **front: str) -> Site:
    """Build a site with one story and its headshot."""
    site.write(f"content/stories/{name}", photo)
    return site.story(headshot=name, alt="Maya at her workbench", **front).build()


def portrait(site: Site, photo: bytes, name: str = "maya.png", **front: str) -> Image.Image:
    """Return the largest WebP that a headshot becomes."""
    made = derived(headshot(site, photo, name, **front))
    assert made, site.messages
    return max((made[each] for each in made if each.endswith(".webp")), key=lambda one: one.width)


def pixel(image: Image.Image, across: float = 0.5, down: float = 0.5) -> tuple[int, ...]:
    """Return the colour at a point, given as fractions of width and height."""
    x, y = int(across * image.width), int(down * image.height)
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def mosaic(*rows: str) -> Image.Image:
    """Draw square tiles, a letter of PAINTS each."""
    image = Image.new("RGB", (len(rows[0]), len(rows)))
    image.putdata([PAINTS[letter] for row in rows for letter in row])
    return image.resize((image.width * 100, image.height * 100), Image.Resampling.NEAREST)


def tiles(image: Image.Image, columns: int = 2, rows: int = 2) -> list[str]:
    """Read the letters of a picture that `mosaic` drew."""

    def letter(column: int, row: int) -> str:
        seen = pixel(image, (column + 0.5) / columns, (row + 0.5) / rows)
        return min(PAINTS, key=lambda each: sum(abs(a - b) for a, b in zip(PAINTS[each], seen, strict=True)))

    return ["".join(letter(column, row) for column in range(columns)) for row in range(rows)]


# -- which way up ---------------------------------------------------------------------------


STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores the upright picture, by Exif orientation (Exif 2.32, 4.6.4)."""


each_orientation = pytest.mark.parametrize("orientation", STORED)


def turned(upright: Image.Image, orientation: int, kind: str = "JPEG", **save: object) -> bytes:
    """Store a picture as a camera does that was held in another orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    # pillow-heif turns the picture itself only by an orientation in bytes
    return encoded(stored, kind, exif=exif.tobytes(), quality=90, **save)


# -- what a photo carries -------------------------------------------------------------------


SECRET = b"39.9526 Maya Lopez, home"


def segment(marker: int, content: bytes) -> bytes:
    """Return a JPEG segment (ITU T.81, B.1.1.4)."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def location(orientation: int) -> bytes:
    """Return EXIF with the place, the camera and the author of a photo."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Camera", SECRET.decode(), orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 57.0, 9.0), 3: "W", 4: (75.0, 9.0, 54.0)})
    return exif.tobytes()


def packet() -> bytes:
    """Return XMP with a place."""
    return (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="'
        + SECRET
        + b'"/></rdf:RDF></x:xmpmeta>'
    )


def fixed(*numbers: float) -> bytes:
    """Return s15Fixed16Numbers (ICC.1:2022, 4.6)."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def display_p3() -> bytes:
    """Return a matrix/TRC profile of Display P3 (ICC.1:2022, 8.3), its colorants adapted to D50."""
    white = fixed(0.9642, 1, 0.8249)
    curve = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {
        b"wtpt": b"XYZ \0\0\0\0" + white,
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(0.51512, 0.24120, -0.00105),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.29198, 0.69225, 0.04189),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.15710, 0.06657, 0.78407),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, content = struct.pack(">I", len(tags)), b""
    for name, tag in tags.items():
        table += struct.pack(">4sII", name, 132 + 12 * len(tags) + len(content), len(tag))
        content += tag
    size, kinds = 128 + len(table) + len(content), (b"mntr", b"RGB ", b"XYZ ")
    head = struct.pack(">I4xI4s4s4s12x4s28x", size, 0x04300000, *kinds, b"acsp")
    return head + white + bytes(48) + table + content


@cache
def telling_photo() -> bytes:
    """Return a JPEG of 12 megapixels, with all metadata that phones and editors write.

    Upright it has 3000 x 4000 pixels, and a red disc at 70% 40%.
    """
    noise = Image.frombytes("L", (3000, 4000), random.Random(12).randbytes(12_000_000))
    slope = Image.linear_gradient("L").resize((3000, 4000))
    scene = Image.merge("RGB", (slope, slope.rotate(180), Image.blend(slope, noise, 0.3)))
    ImageDraw.Draw(scene).circle((2100, 1600), 250, PAINTS["R"])
    jpeg = encoded(scene.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=90)
    place = struct.pack(">BBBH", 0x1C, 2, 90, len(SECRET)) + SECRET
    carried = [
        segment(0xE1, b"Exif\0\0" + location(6).removeprefix(b"Exif\0\0")),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet()),
        segment(0xE2, b"ICC_PROFILE\0\1\1" + display_p3()),
        segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0" + struct.pack(">I", len(place)) + place),
        segment(0xFE, SECRET),
    ]
    return jpeg[:2] + b"".join(carried) + jpeg[2:] + b"\nafter the end: " + SECRET


# -- odd pictures ---------------------------------------------------------------------------


def scan_by_scan(*, last: int = 1) -> bytes:
    """Return a sequential JPEG with a scan for each colour, the last one repeated.

    Pillow doesn't write such files, so it is assembled from a grey one, whose pixels serve for all colours.
    """
    grey = encoded(mosaic("RG", "BY").convert("L"), "JPEG")
    frame, scan = grey.index(b"\xff\xc0"), grey.index(b"\xff\xda")
    colours = [bytes((number, 0x11, 0)) for number in (1, 2, 3)]
    three = segment(0xC0, grey[frame + 4 : frame + 9] + b"\3" + b"".join(colours))
    scans = [segment(0xDA, b"\1" + colour[:1] + b"\0\0\x3f\0") + grey[scan + 10 : -2] for colour in colours]
    return grey[:frame] + three + grey[frame + 13 : scan] + b"".join(scans[:2]) + scans[2] * last + grey[-2:]


# -- HEIC -----------------------------------------------------------------------------------


def heic(image: Image.Image, **save: object) -> bytes:
    pillow_heif.register_heif_opener()
    return encoded(image, "HEIF", **{"quality": 90, **save})


# -- names, colours, purity -----------------------------------------------------------------


def looked_at(folder: Path, data: bytes) -> tuple[Path, Photo]:
    """Return a photo as a file, and its probed properties."""
    file = folder / "maya.jpg"
    file.write_bytes(data)
    photo = probe.inspect_photo(file, "content/stories/maya.jpg")
    assert isinstance(photo, Photo)
    return file, photo


def handed_out(site: Site, doing: str) -> list[int]:
    """Build a site, and return the number of finished tasks after each batch."""
    done: list[int] = []

    def note(what: str, count: int, _: int) -> None:
        if what == doing:
            done.append(count)

    assert build(BuildRequest(site.root, site.out, TODAY), progress=note).published
    return done


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG (third edition, 5.3)."""
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png_of(
    width: int,
    height: int,
    depth: int = 8,
    pixels: bytes = zlib.compress(bytes(1000)),
    *,
    kind: int = 2,
    clear: tuple[int, ...] | None = None,
) -> bytes:
    """Return a PNG whose header claims a size, with almost no pixels or the given ones.

    `kind` is its type of colour (PNG, third edition, table 8), `clear` the colour that is transparent.
    """
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    key = b"" if clear is None else chunk(b"tRNS", struct.pack(f">{len(clear)}H", *clear))
    end = chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + key + end
