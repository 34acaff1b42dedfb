"""Photo processing: unusual colour modes, profiles and encodings come out right."""

import io
import math
import struct
import subprocess
import sys
import zlib
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sitegen.core import limits
from sitegen.core.diagnostics import Remark
from sitegen.core.problem_codes import Code
from sitegen.images import probe
from tests.support.photos import (
    TEAL,
    derived,
    display_p3,
    encoded,
    headshot,
    looked_at,
    mosaic,
    pixel,
    png_of,
    portrait,
    scan_by_scan,
    segment,
    tiles,
)
from tests.support.site import Site, picture


def test_the_first_picture_of_an_mpo_is_shown(site: Site) -> None:
    other = Image.new("RGB", (200, 200), "red")
    photo = encoded(Image.new("RGB", (200, 200), TEAL), "MPO", save_all=True, append_images=[other])
    assert Image.open(io.BytesIO(photo)).format == "MPO"
    assert pixel(portrait(site, photo, "maya.jpg")) == pytest.approx(TEAL, abs=4)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_is_shown(site: Site, kind: str) -> None:
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


def test_a_transparent_palette_color_becomes_white(site: Site) -> None:
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
def test_a_transparent_color_key_becomes_white(
    site: Site, mode: str, clear: int | tuple[int, ...], solid: int | tuple[int, ...], seen: tuple[int, ...]
) -> None:
    """A PNG without alpha may name one colour that is transparent (PNG, third edition, 11.3.1.1)."""
    image = Image.new(mode, (200, 200), solid)
    image.paste(clear, (0, 0, 100, 200))
    found = portrait(site, encoded(image, transparency=clear))
    assert pixel(found, 0.2) == pytest.approx((255, 255, 255), abs=4)
    assert pixel(found, 0.8) == pytest.approx(seen, abs=4)


@pytest.mark.parametrize(("alpha", "grey"), [(0, 255), (255, 100), (128, 177)])
def test_grey_with_alpha_is_composited_on_white(site: Site, alpha: int, grey: int) -> None:
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


def test_a_jpeg_with_a_scan_for_each_colour_is_read(site: Site) -> None:
    found = portrait(site, scan_by_scan(), "maya.jpg")
    assert len({pixel(found, *spot) for spot in product((0.25, 0.75), repeat=2)}) == 4


def test_progressive_jpegs_have_the_limit_of_fully_decoded_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PIXELS_AT_ONCE", 30_000)
    looked_at(tmp_path, encoded(mosaic("RG", "BY"), "JPEG"))
    for kept_whole in (scan_by_scan(), encoded(mosaic("RG", "BY"), "JPEG", progressive=True)):
        (tmp_path / "bad.jpg").write_bytes(kept_whole)
        remark = probe.inspect_photo(tmp_path / "bad.jpg", "content/stories/bad.jpg")
        assert isinstance(remark, Remark)
        assert remark.code is Code.PHOTO_TOO_LARGE


def test_a_photo_with_a_video_behind_it_is_read(site: Site) -> None:
    """Phones call it a motion photo. So many bytes contain FF DA by chance more often than any photo."""
    photo = encoded(mosaic("RG", "BY"), "JPEG", quality=90)
    video = b"\0\0\0\x18ftypmp42" + b"\xff\xda".join(bytes([number]) * 500 for number in range(100))
    assert tiles(portrait(site, photo + video, "maya.jpg")) == ["RG", "BY"]


def test_display_p3_is_converted_to_srgb(site: Site) -> None:
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
    """Return a colour in a space as L*a*b*."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    x, y, z = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in matrix)
    return lab(x, y, z)


@pytest.mark.parametrize(
    "colour", [(200, 100, 80), (60, 110, 200), (110, 160, 100), (225, 185, 160), (128, 128, 128)]
)
def test_a_colour_in_display_p3_looks_the_same_in_srgb(site: Site, colour: tuple[int, ...]) -> None:
    """A difference of 3 or less is visible only side by side (CIE 1976 ΔE*ab)."""
    photo = encoded(Image.new("RGB", (200, 200), colour), icc_profile=display_p3())
    shown = pixel(portrait(site, photo))
    assert math.dist(seen(shown, SRGB_TO_XYZ), seen(colour, P3_TO_XYZ)) <= 3
    assert math.dist(seen(colour, SRGB_TO_XYZ), seen(colour, P3_TO_XYZ)) > 3 or len(set(colour)) == 1


@pytest.mark.parametrize("size", [(1, 1), (10000, 10), (10, 10000)])
def test_a_photo_of_an_odd_shape_is_shown(site: Site, size: tuple[int, int]) -> None:
    side = min(size)
    made = derived(headshot(site, picture(size, suffix=".png")))
    assert {image.size for image in made.values()} == {(side, side)}


def test_sixteen_bit_colour_keeps_its_colour(site: Site) -> None:
    """Pillow writes no such PNG, so one is put together (PNG 3rd edition, 11.2)."""
    row = b"\0" + struct.pack(">3H", *(part * 257 for part in TEAL)) * 200
    assert pixel(portrait(site, png_of(200, 200, 16, zlib.compress(row * 200)))) == pytest.approx(TEAL, abs=4)


KEYED = {
    "16 bits of grey": (16, 0, (25700, 51400), (25700,), (100, 200)),
    "16 bits of grey that differ little": (16, 0, (25701, 51400), (25701,), (100, 200)),
    "16 bits of color": (16, 2, (0x1234, 0, 0, 0x3434, 0, 0), (0x1234, 0, 0), (18, 52)),
    "4 bits of grey": (4, 0, (5, 9), (5,), (85, 153)),
    "2 bits of grey": (2, 0, (1, 2), (1,), (85, 170)),
    "1 bit of grey": (1, 0, (0, 1), (0,), (0, 255)),
}
"""PNG files that name a transparent colour: bits, type of colour, two pixels, that colour, red of both."""


def two_halves(bits: int, kind: int, pixels: tuple[int, ...], clear: tuple[int, ...] | None) -> bytes:
    """Return a PNG whose left half is of the first pixel, and its right half of the other."""
    half = len(pixels) // 2
    numbers = pixels[:half] * 64 + pixels[half:] * 64
    row = int("".join(f"{number:0{bits}b}" for number in numbers), 2).to_bytes(len(numbers) * bits // 8)
    return png_of(128, 128, bits, zlib.compress((b"\0" + row) * 128), kind=kind, clear=clear)


@pytest.mark.parametrize(("bits", "kind", "pixels", "clear", "red"), KEYED.values(), ids=KEYED)
def test_one_transparent_colour_of_a_png_becomes_white_and_the_other_stays(
    site: Site, bits: int, kind: int, pixels: tuple[int, ...], clear: tuple[int, ...], red: tuple[int, int]
) -> None:
    found = portrait(site, two_halves(bits, kind, pixels, clear))
    assert [pixel(found, 0.2)[0], pixel(found, 0.8)[0]] == pytest.approx([255, red[1]], abs=4)
    found = portrait(site, two_halves(bits, kind, pixels, None))
    assert [pixel(found, 0.2)[0], pixel(found, 0.8)[0]] == pytest.approx(red, abs=4)


@pytest.mark.parametrize(("alpha", "grey"), [(0, 255), (65535, 100)])
def test_sixteen_bits_of_grey_and_alpha_keep_their_lightness(site: Site, alpha: int, grey: int) -> None:
    row = b"\0" + struct.pack(">2H", 25700, alpha) * 128
    photo = png_of(128, 128, 16, zlib.compress(row * 128), kind=4)
    assert pixel(portrait(site, photo))[0] == pytest.approx(grey, abs=3)


def test_bytes_of_a_scan_within_metadata_are_no_scans(site: Site) -> None:
    """Profiles, thumbnails and comments have any bytes, and a progressive JPEG has few scans all the same."""
    sound = encoded(mosaic("RG", "BY"), "JPEG", progressive=True, quality=90)
    note = segment(0xE2, b"\xff\xda" * 100) + b"\xff" * 3 + segment(0xFE, b"\xff\xd9\xff\xda" * 100)
    assert tiles(portrait(site, sound[:2] + note + sound[2:], "maya.jpg")) == ["RG", "BY"]


@pytest.mark.parametrize("between", [b"", b"\0\xff\0 no marker \xff\xff\xff", b"\xff\xd0\xff\xd7"])
def test_scans_are_counted_as_libjpeg_finds_them(tmp_path: Path, between: bytes) -> None:
    sound = encoded(mosaic("RG", "BY"), "JPEG", progressive=True)
    last = sound.rindex(b"\xff\xda")
    again = (between + sound[last:-2]) * limits.MOST_SCANS
    (tmp_path / "bad.jpg").write_bytes(sound[:last] + again + sound[-2:])
    assert isinstance(probe.inspect_photo(tmp_path / "bad.jpg", "content/stories/bad.jpg"), Remark)


def test_a_jpeg_of_very_many_segments_is_refused(tmp_path: Path) -> None:
    sound = picture((200, 200))
    (tmp_path / "bad.jpg").write_bytes(sound[:2] + segment(0xFE, b"") * limits.MOST_SEGMENTS + sound[2:])
    assert isinstance(probe.inspect_photo(tmp_path / "bad.jpg", "content/stories/bad.jpg"), Remark)


def test_a_lab_or_broken_profile_is_ignored(site: Site) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"no profile at all", display_p3()[:200]):
        photo = encoded(Image.new("RGB", (200, 200), TEAL), icc_profile=profile)
        assert pixel(portrait(site, photo)) == pytest.approx(TEAL, abs=4)


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken",
    [
        segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x40\0\x12\x01\x03\0"),
        segment(0xE1, b"Exif\0\0garbage"),
        segment(0xE2, b"MPF\0garbage"),
    ],
    ids=["directory cut short", "no directory", "index of pictures"],
)
def test_broken_metadata_in_a_valid_photo_is_ignored(site: Site, broken: bytes) -> None:
    sound = picture((200, 200))
    site.write("content/stories/maya.jpg", sound[:2] + broken + sound[2:])
    site.story(headshot="maya.jpg", alt="Maya")
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "build", "--date", "2026-11-21"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "200.webp" in derived(site)
    assert "Warning" not in done.stderr
