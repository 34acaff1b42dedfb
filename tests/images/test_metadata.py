"""Photo metadata: published pictures carry none of it."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from tests.support.photos import (
    SECRET,
    derived,
    display_p3,
    encoded,
    headshot,
    location,
    mosaic,
    packet,
    pixel,
    portrait,
    telling_photo,
    turned,
)
from tests.support.site import Site

APT = "exiftool is missing: sudo apt-get install libimage-exiftool-perl"


def groups_by_exiftool(*files: Path) -> set[str]:
    """Return exiftool's groups for pictures: metadata, and properties of the file itself."""
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
    """Return whether the published pictures have no segments but those that decoding needs."""
    made = {path: data for path, data in site.public.items() if path.startswith("images/")}
    assert made, site.messages
    allowed = {JFIF, ADOBE, *TABLES, *FRAMES, SCAN, END}
    return all(
        set(markers(data)) <= allowed if path.endswith(".jpg") else set(chunks(data)) <= {b"VP8 ", b"VP8L"}
        for path, data in made.items()
    ) and not any(SECRET in data for data in made.values())


@pytest.mark.slow
def test_the_test_photo_has_all_kinds_of_metadata(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(telling_photo())
    groups = groups_by_exiftool(photo)
    assert groups >= {"IFD0", "GPS", "XMP-photoshop", "IPTC", "ICC-header", "File:Comment"}
    assert Image.open(io.BytesIO(telling_photo())).size == (4000, 3000)


@pytest.mark.slow
def test_exiftool_finds_no_metadata_in_published_pictures(site: Site) -> None:
    headshot(site, telling_photo(), "maya.jpg")
    groups = groups_by_exiftool(*sorted((site.out / "images").iterdir()))
    assert groups == {"ExifTool", "System", "File", "RIFF", "JFIF", "Composite"}


def test_a_headshot_has_no_metadata(site: Site) -> None:
    assert carries_nothing(headshot(site, telling_photo(), "maya.jpg"))


def test_a_figure_has_no_metadata(site: Site) -> None:
    site.write("content/stories/robot.jpg", telling_photo())
    assert carries_nothing(site.story(body="![A robot](robot.jpg)").build())


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "MPO"])
def test_other_kinds_of_pictures_have_no_metadata(site: Site, kind: str) -> None:
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
    found = derived(site.story(body="![Stripes](fine.jpg)").build())["1440.webp"]
    assert ImageStat.Stat(found.convert("L").crop((0, 500, 1440, 501))).stddev[0] > 100
