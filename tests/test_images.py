"""Photos: what the public gets of them, whatever they are and whatever they carry."""

import io
import json
import math
import random
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache, partial
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from sitegen import darkroom, images, limits, loupe
from sitegen.build import build
from sitegen.model import Focus, ImageSettings, Photo
from sitegen.order import Order
from sitegen.problems import Remark
from tests.conftest import TODAY, Site, picture

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


def derivatives(site: Site) -> dict[str, Image.Image]:
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
    made = derivatives(headshot(site, photo, name, **front))
    assert made, site.messages
    return max((made[each] for each in made if each.endswith(".webp")), key=lambda one: one.width)


def pixel(image: Image.Image, across: float = 0.5, down: float = 0.5) -> tuple[int, ...]:
    """Return the colour at a point given in shares of width and height."""
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
    """Read a picture as if it had been drawn by `mosaic`."""

    def letter(column: int, row: int) -> str:
        seen = pixel(image, (column + 0.5) / columns, (row + 0.5) / rows)
        return min(PAINTS, key=lambda each: sum(abs(a - b) for a, b in zip(PAINTS[each], seen, strict=True)))

    return ["".join(letter(column, row) for column in range(columns)) for row in range(rows)]


# -- which files are made -------------------------------------------------------------------


def test_a_headshot_becomes_four_square_webp_files_and_a_jpeg(site: Site) -> None:
    made = derivatives(headshot(site, picture((1200, 900)), "maya.jpg"))
    assert {name: (image.format, image.size) for name, image in made.items()} == {
        "96.webp": ("WEBP", (96, 96)),
        "192.webp": ("WEBP", (192, 192)),
        "384.webp": ("WEBP", (384, 384)),
        "768.webp": ("WEBP", (768, 768)),
        "384.jpg": ("JPEG", (384, 384)),
    }


def test_names_are_made_of_a_digest_and_a_width_and_nothing_else(site: Site) -> None:
    headshot(site, picture((900, 900)), "maya-lopez-at-home.jpg")
    names = [path for path in site.public if path.startswith("images/")]
    assert len(names) == 5
    assert all(re.fullmatch(r"images/[0-9a-f]{24}-\d+\.(webp|jpg)", name) for name in names)
    assert not any(b"at-home" in data for data in site.public.values())


@pytest.mark.parametrize(
    ("side", "names"),
    [
        (500, ["192.webp", "384.jpg", "384.webp", "500.webp", "96.webp"]),
        (60, ["60.jpg", "60.webp"]),
        (1, ["1.jpg", "1.webp"]),
    ],
)
def test_a_small_photo_is_never_enlarged(site: Site, side: int, names: list[str]) -> None:
    assert sorted(derivatives(headshot(site, picture((side, side), suffix=".png")))) == names


def test_a_picture_in_a_text_is_kept_whole(site: Site) -> None:
    site.write("content/stories/robot.png", encoded(mosaic("RGBC", "YMRG").resize((2000, 1000))))
    made = derivatives(site.story(body="![A robot](robot.png)").build())
    assert {name: image.size for name, image in made.items()} == {
        "480.webp": (480, 240),
        "960.webp": (960, 480),
        "1440.webp": (1440, 720),
        "960.jpg": (960, 480),
    }
    assert all(tiles(image, 4, 2) == ["RGBC", "YMRG"] for image in made.values())


def test_the_photo_of_an_item_is_kept_whole(site: Site) -> None:
    site.write("content/members-in-action/fair.png", encoded(mosaic("RG", "BY", "CM")))
    site.page("members-in-action/fair", date="2026-01-01", photo="fair.png", alt="A table")
    made = derivatives(site.build())
    assert {name: image.size for name, image in made.items()} == {
        "200.webp": (200, 300),
        "200.jpg": (200, 300),
    }
    assert tiles(made["200.webp"], 2, 3) == ["RG", "BY", "CM"]


def test_a_ribbon_of_a_photo_stays_a_ribbon(site: Site) -> None:
    site.write("content/stories/ribbon.png", picture((3000, 10), suffix=".png"))
    made = derivatives(site.story(body="![A ribbon](ribbon.png)").build())
    assert {name: image.size for name, image in made.items()} == {
        "480.webp": (480, 2),
        "960.webp": (960, 3),
        "1440.webp": (1440, 5),
        "960.jpg": (960, 3),
    }


def test_a_ribbon_of_a_headshot_is_cropped_to_its_height(site: Site) -> None:
    made = derivatives(headshot(site, picture((3000, 10), suffix=".png")))
    assert {name: image.size for name, image in made.items()} == {
        "10.webp": (10, 10),
        "10.jpg": (10, 10),
    }


def test_a_picture_taller_than_webp_allows_is_not_called_damaged(site: Site) -> None:
    """WebP has 16383 pixels at most in either direction (RFC 9649, 2.6)."""
    site.write("content/stories/scroll.png", picture((300, 18000), suffix=".png"))
    site.story(body="![A long scroll](scroll.png)").build()
    assert not any("damaged" in message for message in site.messages)


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
"""What a camera has done to the upright picture, by the orientation that it notes (Exif 2.32, 4.6.4)."""

each_orientation = pytest.mark.parametrize("orientation", STORED)


def turned(upright: Image.Image, orientation: int, kind: str = "JPEG") -> bytes:
    """Store a picture the way a camera does that was held differently."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    return encoded(stored, kind, exif=exif, quality=90)


@each_orientation
def test_a_headshot_comes_out_upright(site: Site, orientation: int) -> None:
    made = derivatives(headshot(site, turned(mosaic("RG", "BY"), orientation), "maya.jpg"))
    assert [tiles(made[name]) for name in ("96.webp", "200.webp", "200.jpg")] == [["RG", "BY"]] * 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_png_and_webp_come_out_upright_too(site: Site, kind: str) -> None:
    assert tiles(portrait(site, turned(mosaic("RG", "BY"), 6, kind))) == ["RG", "BY"]


@each_orientation
def test_a_figure_comes_out_upright_and_whole(site: Site, orientation: int) -> None:
    site.write("content/stories/fair.jpg", turned(mosaic("RGB", "CMY"), orientation))
    made = derivatives(site.story(body="![The fair](fair.jpg)").build())
    assert {name: image.size for name, image in made.items()} == {
        "300.webp": (300, 200),
        "300.jpg": (300, 200),
    }
    assert all(tiles(image, 3, 2) == ["RGB", "CMY"] for image in made.values())


@each_orientation
@pytest.mark.parametrize(
    ("rows", "focus", "kept"),
    [
        (("RGB", "CMY"), "0% 0%", ["RG", "CM"]),
        (("RGB", "CMY"), "100% 100%", ["GB", "MY"]),
        (("RG", "BC", "MY"), "0% 0%", ["RG", "BC"]),
        (("RG", "BC", "MY"), "100% 100%", ["BC", "MY"]),
    ],
)
def test_a_crop_goes_to_the_very_corner_and_no_farther(
    site: Site, orientation: int, rows: tuple[str, ...], focus: str, kept: list[str]
) -> None:
    photo = turned(mosaic(*rows), orientation)
    assert tiles(portrait(site, photo, "maya.jpg", focus=focus)) == kept


@each_orientation
@pytest.mark.parametrize(
    ("size", "dot", "focus"),
    [((600, 200), (420, 100), "70% 50%"), ((200, 600), (100, 180), "50% 30%")],
)
def test_the_focal_point_is_the_middle_of_the_crop(
    site: Site, orientation: int, size: tuple[int, int], dot: tuple[int, int], focus: str
) -> None:
    upright = Image.new("RGB", size, "white")
    ImageDraw.Draw(upright).circle(dot, 15, PAINTS["R"])
    found = portrait(site, turned(upright, orientation), "maya.jpg", focus=focus)
    assert pixel(found) == pytest.approx(PAINTS["R"], abs=12)
    assert [pixel(found, *spot) for spot in product((0.1, 0.9), repeat=2)] == [
        pytest.approx((255, 255, 255), abs=4)
    ] * 4


@pytest.mark.parametrize("orientation", [0, 9, 255, 65535])
def test_an_orientation_that_does_not_exist_is_none(site: Site, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert tiles(portrait(site, encoded(mosaic("RG", "BY"), exif=exif))) == ["RG", "BY"]


# -- what a photo carries -------------------------------------------------------------------

APT = "exiftool is missing: sudo apt-get install libimage-exiftool-perl"
SECRET = b"39.9526 Maya Lopez, home"


def segment(marker: int, content: bytes) -> bytes:
    """Return a JPEG segment (ITU T.81, B.1.1.4)."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def location(orientation: int) -> bytes:
    """Return EXIF that tells where, by what and by whom a photo was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Camera", SECRET.decode(), orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 57.0, 9.0), 3: "W", 4: (75.0, 9.0, 54.0)})
    return exif.tobytes()


def packet() -> bytes:
    """Return XMP that tells of a place."""
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
    """Return a JPEG of 12 megapixels as phones take them, with all that phones and editors write into it.

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


def told_by_exiftool(*files: Path) -> set[str]:
    """Return the groups of metadata in pictures, and what exiftool knows of their file as such."""
    if shutil.which("exiftool") is None:
        pytest.fail(APT)
    command = ["exiftool", "-json", "-G1", *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True)
    keys = {key for found in json.loads(done.stdout) for key in found}
    comments = {key for key in keys if key.endswith(":Comment")}
    return comments | {key.partition(":")[0] for key in keys - {"SourceFile"}}


def markers(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG between its start and its end (ITU T.81, table B.1)."""
    assert jpeg.startswith(b"\xff\xd8")
    found, at = [], 2
    while True:
        assert jpeg[at] == 0xFF
        found.append(jpeg[at + 1])
        if found[-1] == 0xD9:
            assert at + 2 == len(jpeg), "something follows the end"
            return found
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if found[-1] == 0xDA:  # the scan itself has no length; in it, FF is followed by 0 or a restart
            while jpeg[at] != 0xFF or jpeg[at + 1] == 0 or 0xD0 <= jpeg[at + 1] <= 0xD7:
                at += 1


def chunks(webp: bytes) -> list[bytes]:
    """Return the names of a WebP's chunks (RFC 9649, 2.3)."""
    assert webp[:4] + webp[8:12] == b"RIFFWEBP"
    assert int.from_bytes(webp[4:8], "little") + 8 == len(webp), "something follows the end"
    found, at = [], 12
    while at < len(webp):
        found.append(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found


JFIF, ADOBE, TABLES, SCAN, END = 0xE0, 0xEE, {0xDB, 0xC4}, 0xDA, 0xD9
FRAMES = {0xC0, 0xC1, 0xC2}


def carries_nothing(site: Site) -> bool:
    """Tell whether the published pictures consist of what a picture needs and no more."""
    made = {path: data for path, data in site.public.items() if path.startswith("images/")}
    assert made, site.messages
    allowed = {JFIF, ADOBE, *TABLES, *FRAMES, SCAN, END}
    return all(
        set(markers(data)) <= allowed if path.endswith(".jpg") else set(chunks(data)) <= {b"VP8 ", b"VP8L"}
        for path, data in made.items()
    ) and not any(SECRET in data for data in made.values())


def test_the_photo_of_these_tests_tells_everything(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(telling_photo())
    told = told_by_exiftool(photo)
    assert told >= {"IFD0", "GPS", "XMP-photoshop", "IPTC", "ICC-header", "File:Comment"}
    assert Image.open(io.BytesIO(telling_photo())).size == (4000, 3000)


def test_exiftool_finds_nothing_of_a_photo_but_its_pixels(site: Site) -> None:
    headshot(site, telling_photo(), "maya.jpg")
    told = told_by_exiftool(*sorted((site.out / "images").iterdir()))
    assert told == {"ExifTool", "System", "File", "RIFF", "JFIF", "Composite"}


def test_a_headshot_carries_nothing(site: Site) -> None:
    assert carries_nothing(headshot(site, telling_photo(), "maya.jpg"))


def test_a_figure_carries_nothing(site: Site) -> None:
    site.write("content/stories/robot.jpg", telling_photo())
    assert carries_nothing(site.story(body="![A robot](robot.jpg)").build())


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "MPO"])
def test_other_kinds_of_pictures_carry_nothing_either(site: Site, kind: str) -> None:
    photo = encoded(
        mosaic("RG", "BY"), kind,
        exif=location(1), xmp=packet(), icc_profile=display_p3(), comment=SECRET,
    )  # fmt: skip
    assert SECRET in photo
    assert carries_nothing(headshot(site, photo))


def test_a_large_photo_is_upright_and_cropped_round_its_focal_point(site: Site) -> None:
    found = portrait(site, telling_photo(), "maya.jpg", focus="70% 40%")
    assert found.size == (768, 768)
    # the crop is as wide as the picture, so the disc stays at 70% of its width
    assert pixel(found, 0.7, 0.5)[0] > 200
    assert pixel(found, 0.7, 0.5)[1] < 60
    assert pixel(found, 0.3, 0.5)[1] > 100


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_photo_keeps_its_detail(site: Site, orientation: int) -> None:
    stripes = Image.new("L", (12, 1))
    stripes.paste(255, (6, 0, 12, 1))
    upright = Image.new("L", (2400, 1800))
    for left in range(0, 2400, 12):
        upright.paste(stripes.resize((12, 1800)), (left, 0))
    site.write("content/stories/fine.jpg", turned(upright, orientation))
    found = derivatives(site.story(body="![Stripes](fine.jpg)").build())["1440.webp"]
    assert ImageStat.Stat(found.convert("L").crop((0, 500, 1440, 501))).stddev[0] > 100


# -- odd pictures ---------------------------------------------------------------------------


def test_of_an_mpo_the_first_picture_is_shown(site: Site) -> None:
    other = Image.new("RGB", (200, 200), "red")
    photo = encoded(Image.new("RGB", (200, 200), TEAL), "MPO", save_all=True, append_images=[other])
    assert Image.open(io.BytesIO(photo)).format == "MPO"
    assert pixel(portrait(site, photo, "maya.jpg")) == pytest.approx(TEAL, abs=4)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_shown(site: Site, kind: str) -> None:
    other = Image.new("RGB", (200, 200), "red")
    photo = encoded(Image.new("RGB", (200, 200), TEAL), kind, save_all=True, append_images=[other])
    assert getattr(Image.open(io.BytesIO(photo)), "n_frames") == 2  # noqa: B009 - not every format's class has it
    assert pixel(portrait(site, photo)) == pytest.approx(TEAL, abs=4)


def test_a_cmyk_jpeg_has_the_right_colour(site: Site) -> None:
    photo = encoded(Image.new("CMYK", (200, 200), (0, 255, 255, 0)), "JPEG")
    assert pixel(portrait(site, photo, "maya.jpg")) == pytest.approx((255, 0, 0), abs=6)


@pytest.mark.parametrize(("deep", "grey"), [(0, 0), (32896, 128), (65535, 255)])
def test_sixteen_bit_grey_keeps_its_lightness(site: Site, deep: int, grey: int) -> None:
    photo = encoded(Image.new("I;16", (200, 200), deep))
    assert pixel(portrait(site, photo)) == pytest.approx((grey, grey, grey), abs=3)


def test_what_is_transparent_in_a_palette_becomes_white(site: Site) -> None:
    flat = Image.new("P", (200, 200), 1)
    flat.putpalette([200, 0, 0, 0, 128, 128])
    flat.paste(0, (0, 0, 100, 200))
    found = portrait(site, encoded(flat, transparency=0))
    assert pixel(found, 0.2) == pytest.approx((255, 255, 255), abs=4)
    assert pixel(found, 0.8) == pytest.approx(TEAL, abs=4)


@pytest.mark.parametrize(
    ("mode", "clear", "solid", "seen"),
    [("RGB", (200, 0, 0), TEAL, TEAL), ("L", 200, 60, (60, 60, 60))],
)
def test_a_colour_that_stands_for_transparent_becomes_white(
    site: Site, mode: str, clear: int | tuple[int, ...], solid: int | tuple[int, ...], seen: tuple[int, ...]
) -> None:
    """A PNG without alpha may name one colour that is transparent (PNG, third edition, 11.3.1.1)."""
    image = Image.new(mode, (200, 200), solid)
    image.paste(clear, (0, 0, 100, 200))
    found = portrait(site, encoded(image, transparency=clear))
    assert pixel(found, 0.2) == pytest.approx((255, 255, 255), abs=4)
    assert pixel(found, 0.8) == pytest.approx(seen, abs=4)


@pytest.mark.parametrize(("alpha", "grey"), [(0, 255), (255, 100), (128, 177)])
def test_grey_with_alpha_is_laid_on_white(site: Site, alpha: int, grey: int) -> None:
    photo = encoded(Image.new("LA", (200, 200), (100, alpha)))
    assert pixel(portrait(site, photo)) == pytest.approx((grey, grey, grey), abs=4)


def test_black_and_white_stays_black_and_white(site: Site) -> None:
    image = Image.new("1", (200, 200), 1)
    image.paste(0, (0, 0, 100, 200))
    found = portrait(site, encoded(image))
    assert [pixel(found, 0.2)[0], pixel(found, 0.8)[0]] == pytest.approx([0, 255], abs=4)


def test_a_progressive_jpeg_is_read(site: Site) -> None:
    photo = encoded(mosaic("RG", "BY"), "JPEG", progressive=True, quality=90)
    assert tiles(portrait(site, photo, "maya.jpg")) == ["RG", "BY"]


def scan_by_scan(*, last: int = 1) -> bytes:
    """Return a sequential JPEG that has a scan for each colour, and the last one so many times.

    Pillow writes no such, so one is put together of a grey one: its pixels are those of all three colours.
    """
    grey = encoded(mosaic("RG", "BY").convert("L"), "JPEG")
    frame, scan = grey.index(b"\xff\xc0"), grey.index(b"\xff\xda")
    colours = [bytes((number, 0x11, 0)) for number in (1, 2, 3)]
    three = segment(0xC0, grey[frame + 4 : frame + 9] + b"\3" + b"".join(colours))
    scans = [segment(0xDA, b"\1" + colour[:1] + b"\0\0\x3f\0") + grey[scan + 10 : -2] for colour in colours]
    return grey[:frame] + three + grey[frame + 13 : scan] + b"".join(scans[:2]) + scans[2] * last + grey[-2:]


def test_a_jpeg_with_a_scan_for_each_colour_is_read(site: Site) -> None:
    found = portrait(site, scan_by_scan(), "maya.jpg")
    assert len({pixel(found, *spot) for spot in product((0.25, 0.75), repeat=2)}) == 4


def test_it_is_held_to_the_bound_of_what_is_decoded_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PIXELS_AT_ONCE", 30_000)
    looked_at(tmp_path, encoded(mosaic("RG", "BY"), "JPEG"))
    for kept_whole in (scan_by_scan(), encoded(mosaic("RG", "BY"), "JPEG", progressive=True)):
        (tmp_path / "bad.jpg").write_bytes(kept_whole)
        remark = loupe.look(tmp_path / "bad.jpg", "content/stories/bad.jpg")
        assert isinstance(remark, Remark)
        assert "megapixels" in remark.message


def test_a_photo_with_a_video_behind_it_is_read(site: Site) -> None:
    """Phones call it a motion photo. In so much, FF DA stands by chance more often than in any photo."""
    photo = encoded(mosaic("RG", "BY"), "JPEG", quality=90)
    video = b"\0\0\0\x18ftypmp42" + b"\xff\xda".join(bytes([number]) * 500 for number in range(100))
    assert tiles(portrait(site, photo + video, "maya.jpg")) == ["RG", "BY"]


def test_display_p3_is_brought_to_srgb(site: Site) -> None:
    """By the matrices of CSS Color 4, color(display-p3 200 100 80) is rgb(215 93 73)."""
    image = Image.new("RGB", (200, 200), (200, 100, 80))
    photo = encoded(image, "JPEG", icc_profile=display_p3(), quality=95)
    assert pixel(portrait(site, photo, "maya.jpg")) == pytest.approx((215, 93, 73), abs=6)


def lab(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return CIE L*a*b* of a colour in XYZ under D65 (CIE 15:2018, 8.2.1)."""
    share = (x / 0.95047, y, z / 1.08883)
    fx, fy, fz = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in share)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


P3_TO_XYZ = ((0.486571, 0.265668, 0.198217), (0.228975, 0.691739, 0.079287), (0.0, 0.045113, 1.043944))
SRGB_TO_XYZ = ((0.412391, 0.357584, 0.180481), (0.212639, 0.715169, 0.072192), (0.019331, 0.119195, 0.950532))
"""CSS Color 4, 10.10; both spaces have the same curve."""


def seen(colour: tuple[int, ...], matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return what is seen of a colour in a space, as L*a*b*."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    x, y, z = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in matrix)
    return lab(x, y, z)


@pytest.mark.parametrize(
    "colour", [(200, 100, 80), (60, 110, 200), (110, 160, 100), (225, 185, 160), (128, 128, 128)]
)
def test_a_colour_in_display_p3_looks_the_same_in_srgb(site: Site, colour: tuple[int, ...]) -> None:
    """A difference of 3 or less is not seen but side by side (CIE 1976 ΔE*ab)."""
    photo = encoded(Image.new("RGB", (200, 200), colour), icc_profile=display_p3())
    shown = pixel(portrait(site, photo))
    assert math.dist(seen(shown, SRGB_TO_XYZ), seen(colour, P3_TO_XYZ)) <= 3
    assert math.dist(seen(colour, SRGB_TO_XYZ), seen(colour, P3_TO_XYZ)) > 3 or len(set(colour)) == 1


@pytest.mark.parametrize("size", [(1, 1), (10000, 10), (10, 10000)])
def test_a_photo_of_an_odd_shape_is_shown(site: Site, size: tuple[int, int]) -> None:
    side = min(size)
    made = derivatives(headshot(site, picture(size, suffix=".png")))
    assert {image.size for image in made.values()} == {(side, side)}


def test_sixteen_bit_colour_keeps_its_colour(site: Site) -> None:
    """Pillow writes no such PNG, so one is put together (PNG 3rd edition, 11.2)."""
    row = b"\0" + struct.pack(">3H", *(part * 257 for part in TEAL)) * 200
    assert pixel(portrait(site, png_of(200, 200, 16, zlib.compress(row * 200)))) == pytest.approx(TEAL, abs=4)


def test_a_profile_in_lab_or_in_pieces_is_passed_over(site: Site) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"no profile at all", display_p3()[:200]):
        photo = encoded(Image.new("RGB", (200, 200), TEAL), icc_profile=profile)
        assert pixel(portrait(site, photo)) == pytest.approx(TEAL, abs=4)


@pytest.mark.parametrize(
    "broken",
    [
        segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x40\0\x12\x01\x03\0"),
        segment(0xE1, b"Exif\0\0garbage"),
        segment(0xE2, b"MPF\0garbage"),
    ],
    ids=["directory cut short", "no directory", "index of pictures"],
)
def test_broken_notes_in_a_sound_photo_are_passed_over_in_silence(site: Site, broken: bytes) -> None:
    sound = picture((200, 200))
    site.write("content/stories/maya.jpg", sound[:2] + broken + sound[2:])
    site.story(headshot="maya.jpg", alt="Maya")
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "build", "--date", "2026-11-21"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "200.webp" in derivatives(site)
    assert "Warning" not in done.stderr


# -- bad pictures ---------------------------------------------------------------------------

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\nshowpage\n%%EOF\n"


def png_of(width: int, height: int, depth: int = 8, pixels: bytes = zlib.compress(bytes(1000))) -> bytes:
    """Return a PNG whose header claims a size; it has hardly any pixels, or the ones that are given."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def scanned_without_end(*, progressive: bool) -> bytes:
    """Return a JPEG that builds up in thousands of passes: its last one, over and over."""
    photo = encoded(mosaic("RG", "BY"), "JPEG", progressive=progressive)
    last = photo.rindex(b"\xff\xda")
    return photo[:last] + photo[last:-2] * 5000 + photo[-2:]


def cut_in_half(photo: bytes) -> bytes:
    return photo[: len(photo) // 2]


BAD = {
    "cut in half": (cut_in_half(encoded(mosaic("RG", "BY"), "JPEG")), "it is damaged", "save it again"),
    "empty": (b"", "is empty", "copy it here again"),
    "web page": (b"<!doctype html><title>Sign in</title>", "or not a picture", "save it again"),
    "EPS": (EPS, "or not a picture", "save it again"),
    "bomb": (png_of(60000, 60000), "has 3600 megapixels", "Scale it down"),
    "200 megapixels": (png_of(20000, 10000), "has 200 megapixels", "to 50 megapixels"),
    "no pixels": (png_of(0, 0), "or not a picture", "save it again"),
    "no end of scans": (scanned_without_end(progressive=True), "it is damaged", "save it again"),
    "no end of the only scan": (scanned_without_end(progressive=False), "it is damaged", "save it again"),
    "no end of a colour's scan": (scan_by_scan(last=5000), "it is damaged", "save it again"),
    "HEIC in name only": (b"\0\0\0\x18ftypheic" + bytes(500), "it is damaged", "save it again"),
    "AVIF": (b"\0\0\0\x18ftypavif" + bytes(500), "can't be read here", "save it as JPEG"),
}


@pytest.mark.parametrize(("photo", "message", "hint"), BAD.values(), ids=BAD)
def test_a_bad_photo_holds_back_its_story_and_no_other(
    site: Site, photo: bytes, message: str, hint: str
) -> None:
    site.write("content/stories/good.jpg", picture((200, 200))).write("content/stories/bad.jpg", photo)
    site.story("maya-lopez", headshot="good.jpg", alt="Maya")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="bad.jpg", alt="Sam").build()
    assert site.report.held_back == ("content/stories/sam-oh.md",)
    assert (site.report.published, len(derivatives(site))) == (1, 4)
    [said] = site.messages
    assert said.startswith('content/stories/sam-oh.md:7:11: the picture "bad.jpg"')
    assert (message in said, hint in said) == (True, True)


@pytest.mark.parametrize("photo", [BAD["cut in half"][0], BAD["bomb"][0]], ids=["cut", "bomb"])
def test_a_bad_photo_in_a_text_holds_back_its_story(site: Site, photo: bytes) -> None:
    site.write("content/stories/bad.jpg", photo).story("maya-lopez")
    site.story("sam-oh", body="![A robot](bad.jpg)").build()
    assert site.report.held_back == ("content/stories/sam-oh.md",)
    assert site.report.published == 1


def test_a_bad_photo_holds_back_its_item(site: Site) -> None:
    site.write("content/members-in-action/bad.jpg", BAD["cut in half"][0]).story()
    site.page("members-in-action/fair", date="2026-01-01", photo="bad.jpg", alt="A table").build()
    assert site.report.held_back == ("content/members-in-action/fair.md",)
    assert site.report.published == 1


@pytest.mark.parametrize("page", ["mission", "networks/ecosystem"])
def test_a_bad_photo_on_a_page_is_the_site_s_own_fault(site: Site, page: str) -> None:
    folder = Path(f"content/{page}").parent.as_posix()
    site.write(f"{folder}/bad.jpg", BAD["cut in half"][0]).page(page, "![A robot](bad.jpg)").build()
    assert site.report.site_at_fault
    assert ['the picture "bad.jpg" can\'t be read' in message for message in site.messages] == [True]
    assert not site.out.exists()


# -- HEIC -----------------------------------------------------------------------------------


def heic(image: Image.Image, **save: object) -> bytes:
    pillow_heif.register_heif_opener()
    return encoded(image, "HEIF", quality=90, **save)


def test_heic_is_read_where_the_extra_is_installed(site: Site) -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    photo = heic(mosaic("RG", "BY"), exif=exif.tobytes())
    assert SECRET in photo
    found = portrait(site, photo, "maya.heic")
    assert (tiles(found), site.messages) == (["RG", "BY"], [])
    assert all(SECRET not in data for data in site.public.values())


@each_orientation
def test_heic_comes_out_upright(site: Site, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = STORED[orientation]
    upright = mosaic("RG", "BY")
    stored = upright if turn is None else upright.transpose(turn)
    assert tiles(portrait(site, heic(stored, exif=exif.tobytes()), "maya.heic")) == ["RG", "BY"]


WITHOUT_HEIC = "import sys; sys.modules['pillow_heif'] = None; from sitegen.cli import main; main()"
"""The program where the extra is not installed: an import of it fails as it does there."""


def test_without_the_extra_heic_is_told_with_both_ways_out_and_holds_back_its_story_only(site: Site) -> None:
    site.write("content/stories/sam.heic", heic(mosaic("RG", "BY"))).story("maya-lopez")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="sam.heic", alt="Sam")
    command = [sys.executable, "-c", WITHOUT_HEIC, "--root", str(site.root), "build", "--date", "2026-11-21"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert 'the picture "sam.heic" is in HEIC' in done.stderr
    assert ("export it as JPEG" in done.stderr, 'pip install "sitegen[heic]"' in done.stderr) == (True, True)
    assert "stories/maya-lopez/index.html" in site.public
    assert site.build().report.published == 2, "with the extra, the same photo is read"


def test_where_the_extra_is_taken_away_again_nothing_is_left_of_what_it_read(site: Site) -> None:
    site.write("content/stories/sam.heic", heic(mosaic("RG", "BY"))).story("maya-lopez")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="sam.heic", alt="Sam").build()
    assert site.report.published == 2
    stamp = "from sitegen import memory; memory.version = lambda name: '' if name == 'pillow-heif' else '1'; "
    command = [
        sys.executable,
        "-c",
        stamp + WITHOUT_HEIC,
        "--root",
        str(site.root),
        "build",
        "--date",
        "2026-11-21",
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 3
    assert "stories/sam-oh/index.html" not in site.public


# -- what is not opened ---------------------------------------------------------------------


def test_postscript_is_not_even_opened(tmp_path: Path) -> None:
    """Pillow would hand it to Ghostscript, which runs it."""
    file = tmp_path / "bad.jpg"
    file.write_bytes(EPS)
    with Image.open(file) as image:
        assert image.format == "EPS"
    assert isinstance(loupe.look(file, "content/stories/bad.jpg"), Remark)


# -- names, colours, purity -----------------------------------------------------------------


def names(site: Site) -> set[str]:
    return {path for path in site.public if path.startswith("images/")}


def test_the_same_photo_keeps_its_names(site: Site) -> None:
    before = names(headshot(site, picture((200, 200)), "maya.jpg"))
    site.remove("content/stories/maya.jpg")
    assert names(headshot(site, picture((200, 200)), "renamed.jpg", quote="New.")) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.change("content/stories/maya-lopez.md", "focus: 50%", "focus: 40%"),
        lambda site: site.write("content/stories/maya.jpg", picture((200, 200), "red")),
        lambda site: site.change("content/site.yaml", "url:", "images: {webp_quality: 70}\nurl:"),
    ],
    ids=["focus", "photo", "quality"],
)
def test_another_recipe_gets_other_names(site: Site, change: Callable[[Site], Site]) -> None:
    before = names(headshot(site, picture((200, 200)), "maya.jpg", focus="50% 50%"))
    after = names(change(site).build())
    assert len(after) == len(before)
    assert not after & before


@pytest.mark.parametrize("colour", ["#008080", "#c8553d", "#14213d", "#ffffff"])
def test_the_colour_to_wait_in_is_the_picture_s_own(site: Site, colour: str) -> None:
    headshot(site, picture((200, 200), colour, ".png"))
    [found] = set(re.findall(r'data-colour="#(\w{6})"', site.read("stories/maya-lopez/index.html")))
    assert tuple(bytes.fromhex(found)) == pytest.approx(tuple(bytes.fromhex(colour[1:])), abs=6)


def looked_at(folder: Path, data: bytes) -> tuple[Path, Photo]:
    """Return a photo as a file, and what is known of it."""
    file = folder / "maya.jpg"
    file.write_bytes(data)
    photo = loupe.look(file, "content/stories/maya.jpg")
    assert isinstance(photo, Photo)
    return file, photo


def test_the_colour_to_wait_in_is_the_most_frequent_one(tmp_path: Path) -> None:
    image = Image.new("RGB", (96, 96), TEAL)
    image.paste((240, 30, 30), (0, 0, 96, 30))
    file, photo = looked_at(tmp_path, encoded(image))
    developed = darkroom.develop(file, images.figure(photo, SETTINGS))
    assert developed.colour == "#008080"


def test_developing_twice_gives_the_same_bytes_and_colour(tmp_path: Path) -> None:
    file, photo = looked_at(tmp_path, telling_photo())
    recipe = images.headshot(photo, Focus(30, 70), SETTINGS)
    developed = darkroom.develop(file, recipe)
    assert developed == darkroom.develop(file, recipe)
    assert len(developed.files) == len(images.addresses(recipe))


def test_the_number_of_workers_changes_no_picture(site: Site) -> None:
    for number in range(4):
        site.write(f"content/stories/{number}.jpg", picture((300 + number, 300), "teal"))
        site.story(f"story-{number}", headshot=f"{number}.jpg", alt="Maya")
    assert site.build(clean=True).public == site.build(clean=True, workers=4).public


def test_threads_and_other_processes_develop_the_same_bytes(tmp_path: Path) -> None:
    file, photo = looked_at(tmp_path, telling_photo())
    recipe = images.headshot(photo, Focus(30, 70), SETTINGS)
    developed = darkroom.develop(file, recipe)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(darkroom.develop, [file] * 3, [recipe] * 3)) == [developed] * 3
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        assert process.submit(darkroom.develop, file, recipe).result() == developed


def handed_out(site: Site, doing: str) -> list[int]:
    """Build a site, and return how many things had been done after each part of the work."""
    done: list[int] = []

    def told(what: str, count: int, _: int) -> None:
        if what == doing:
            done.append(count)

    assert build(Order(site.root, site.out, TODAY), progress=told).published
    return done


def test_looks_at_photos_are_shared_out(site: Site) -> None:
    """One process would take all of so few texts: a look at a photo takes longer than reading a text."""
    for number in range(20):
        site.photo(f"content/stories/{number}.png", (8, 8))
        site.story(f"story-{number}", headshot=f"{number}.png", alt="Maya")
    assert len(handed_out(site, "Reading")) > 1


def test_large_photos_are_shared_out_one_by_one(site: Site) -> None:
    for number in range(2):
        site.photo(f"content/stories/{number}.png", (2000, 1500 + number))
        site.story(f"story-{number}", headshot=f"{number}.png", alt="Maya")
    assert handed_out(site, "Making pictures") == [1, 2]


@pytest.mark.parametrize("recipe_of", [images.figure, partial(images.headshot, focus=Focus())])
def test_every_width_is_as_true_as_if_it_were_scaled_at_once(
    tmp_path: Path, recipe_of: Callable[..., images.Recipe]
) -> None:
    scene = Image.linear_gradient("L").resize((1800, 1200))
    for radius in range(10, 900, 18):
        ImageDraw.Draw(scene).circle((900, 600), radius, outline=255, width=6)
    file, photo = looked_at(tmp_path, encoded(scene, "JPEG", quality=95))
    recipe = recipe_of(photo, settings=ImageSettings(95, 95))
    box = ((1800 - recipe.size[0]) / 2, 0, (1800 + recipe.size[0]) / 2, 1200)
    for data in darkroom.develop(file, recipe).files:
        with Image.open(io.BytesIO(data)) as made:
            at_once = scene.resize(made.size, Image.Resampling.LANCZOS, box)
            difference = ImageChops.difference(made.convert("L"), at_once)
        assert ImageStat.Stat(difference).rms[0] < 6, made


# -- planning without pixels ----------------------------------------------------------------


def imports_pillow(code: str) -> bool:
    """Tell whether Pillow is there after some code has run in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('PIL' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()[-1] == "True"


def test_only_the_darkroom_the_loupe_and_the_easel_import_pillow() -> None:
    rooms = sorted(file.stem for file in Path(images.__file__).parent.glob("[!_]*.py"))
    assert {"images", "press", "pages", "campaign", "cli"} <= set(rooms)
    others = ", ".join(f"sitegen.{room}" for room in rooms if room not in ("darkroom", "loupe", "easel"))
    assert not imports_pillow(f"import {others}")
    assert imports_pillow("import sitegen.loupe")


def test_a_site_without_pictures_is_built_without_pillow(site: Site) -> None:
    code = f"""
from datetime import date
from pathlib import Path
from sitegen.build import build
from sitegen.order import Order
assert build(Order(Path({str(site.root)!r}), Path({str(site.out)!r}), date(2026, 11, 21))).published
"""
    site.story()
    assert not imports_pillow(code)
    site.write("content/stories/maya.png", picture((200, 200), suffix=".png"))
    site.story(headshot="maya.png", alt="Maya")
    assert imports_pillow(code)
