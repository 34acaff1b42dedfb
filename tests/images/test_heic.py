"""HEIC and AVIF photos, and machines that can't read HEIC."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from sitegen.images import probe
from tests.support.photos import (
    SECRET,
    STORED,
    display_p3,
    each_orientation,
    encoded,
    headshot,
    heic,
    mosaic,
    pixel,
    portrait,
    tiles,
    turned,
)
from tests.support.site import Site


def test_heic_is_read_without_its_metadata(site: Site) -> None:
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


@each_orientation
def test_avif_comes_out_upright(site: Site, orientation: int) -> None:
    photo = turned(mosaic("RG", "BY"), orientation, "AVIF")
    assert tiles(portrait(site, photo, "maya.avif")) == ["RG", "BY"]


def with_brand(photo: bytes, brand: bytes) -> bytes:
    """Return a HEIC or AVIF file with another major brand (ISO/IEC 14496-12, 4.3)."""
    return photo[:8] + brand + photo[12:]


COLORS = mosaic("RG", "BY")
OTHERWISE_NAMED = {
    "HEIC as .jpg": (heic(COLORS), "maya.jpg"),
    "HEIC of a general brand": (with_brand(heic(COLORS), b"mif1"), "maya.heic"),
    "HEIC as .avif": (heic(COLORS), "maya.avif"),
    "AVIF as .png": (encoded(COLORS, "AVIF"), "maya.png"),
    "AVIF of a general brand": (with_brand(encoded(COLORS, "AVIF"), b"mif1"), "maya.heic"),
    "AVIF, animated": (
        encoded(COLORS, "AVIF", save_all=True, append_images=[mosaic("YY", "YY")]),
        "maya.jpg",
    ),
    "JPEG as .heic": (encoded(COLORS, "JPEG", quality=95), "maya.heic"),
    "PNG as .HEIC": (encoded(COLORS), "maya.HEIC"),
}


@pytest.mark.parametrize(("photo", "name"), OTHERWISE_NAMED.values(), ids=OTHERWISE_NAMED)
def test_a_photo_is_read_by_what_is_in_it(site: Site, photo: bytes, name: str) -> None:
    assert tiles(portrait(site, photo, name)) == ["RG", "BY"]


def test_of_several_pictures_in_a_heic_the_main_one_is_shown(site: Site) -> None:
    photo = heic(mosaic("YY", "YY"), save_all=True, append_images=[COLORS], primary_index=1)
    assert tiles(portrait(site, photo, "maya.heic")) == ["RG", "BY"]


def test_heic_in_display_p3_is_converted_to_srgb(site: Site) -> None:
    photo = heic(Image.new("RGB", (200, 200), (200, 100, 80)), icc_profile=display_p3())
    assert pixel(portrait(site, photo, "maya.heic")) == pytest.approx((215, 93, 73), abs=8)


def test_a_heic_is_never_shown_by_its_thumbnail() -> None:
    """It may show what was cropped or covered in the picture."""
    photo = heic(COLORS.resize((1000, 1000)), thumbnails=[400])
    found = probe.opened(io.BytesIO(photo))
    found.draft(None, (300, 300))
    assert found.size == (1000, 1000)


@pytest.mark.parametrize("end", [20, 100, 300, 900, -10])
@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
def test_a_heic_or_avif_that_ends_early_is_a_problem_of_its_story(site: Site, kind: str, end: int) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    headshot(site, encoded(noise, kind)[:end], "maya.heic")
    assert (site.codes, site.report.published) == (["photo-unreadable"], 0)


WITHOUT_HEIC = "import sys; sys.modules['pillow_heif'] = None; from sitegen.cli.main import main; main()"
"""The program on a machine for which there is no pillow-heif: importing it fails."""


@pytest.mark.slow
def test_where_heic_cannot_be_read_a_message_says_how_to_convert_it_and_only_its_story_waits(
    site: Site,
) -> None:
    site.write("content/stories/sam.heic", heic(mosaic("RG", "BY"))).story("maya-lopez")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="sam.heic", alt="Sam")
    command = [sys.executable, "-c", WITHOUT_HEIC, "--root", str(site.root), "build", "--date", "2026-11-21"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert 'the picture "sam.heic" is in HEIC' in done.stderr
    assert ("export it as JPEG" in done.stderr, "pip install" in done.stderr) == (True, False)
    assert "stories/maya-lopez/index.html" in site.public
    assert site.build().report.published == 2, "elsewhere the same photo is read"


@pytest.mark.slow
def test_after_uninstalling_the_library_nothing_read_with_it_is_left(site: Site) -> None:
    site.write("content/stories/sam.heic", heic(mosaic("RG", "BY"))).story("maya-lopez")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="sam.heic", alt="Sam").build()
    assert site.report.published == 2
    stamp = (
        "from sitegen.engine import cache_store; "
        "cache_store.version = lambda name: '' if name == 'pillow-heif' else '1'; "
    )
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
