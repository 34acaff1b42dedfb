"""Photo archive: photos found by name in a folder or ZIP, within limits."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from sitegen.authoring import photo_archive
from sitegen.core import limits
from tests.support.forms import GOOGLE, MAYA, stories, table, take
from tests.support.site import Site, picture

WITH_PHOTO = (*GOOGLE, "Headshot")


@pytest.mark.parametrize(
    "written",
    [
        "IMG_1.JPG",
        "C:\\Users\\maya\\img_1.jpg",
        "../../IMG_1.JPG",
        "https://drive.example/files/IMG_1.JPG?x=1",
        "IMG_1.JPG (https://dl.airtable.example/abc)",
        "https://drive.example/open?id=abc",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_is_found_by_its_name_in_a_folder_or_zip(
    site: Site, tmp_path: Path, written: str, packed: bool
) -> None:
    data = picture((800, 800))
    name = "answers/IMG_1 - Maya Lopez.JPG" if "open?id" in written else "answers/IMG_1.JPG"
    box = tmp_path / ("photos.zip" if packed else "photos")
    if packed:
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr(name, data)
    else:
        (box / name).parent.mkdir(parents=True)
        (box / name).write_bytes(data)
    done = take(site, table(WITH_PHOTO, (*MAYA, written)), "--photos", str(box))
    assert done.returncode == 0, done.stderr
    assert (site.root / "content/stories/maya-lopez.jpg").read_bytes() == data
    assert "# headshot: maya-lopez.jpg\n# alt: " in (site.root / "content/stories/maya-lopez.md").read_text()
    assert "describe the photo in its file" in done.stderr
    assert site.build().messages == []


@pytest.mark.parametrize(
    ("written", "person", "found"),
    [
        ("Screenshot 1 AM.png", "Maya Lopez", ["Screenshot 1\u202fAM.png"]),
        ("IMG_0001 - Zoë.HEIC", "Zoë Park", ["IMG_0001 - Zoe.HEIC"]),
        ("zoë.jpg", "Zoë Park", ["zoë.jpg"]),
        ("zoé.jpg, Screenshot%201%20AM.png", "Zoë Park", ["Screenshot 1\u202fAM.png", "zoe.jpg", "zoë.jpg"]),
        ("https://a.example/open?id=b", "Zoë", ["IMG_0001 - Zoe.HEIC", "zoe.jpg", "zoë.jpg"]),
    ],
)
def test_a_photo_is_found_by_how_its_name_looks(written: str, person: str, found: list[str]) -> None:
    names = ("IMG_0001 - Zoe.HEIC", "Screenshot 1\u202fAM.png", "zoe.jpg", "zoë.jpg")
    archive = photo_archive.PhotoArchive(Path(), names)
    assert list(photo_archive.find(archive, written, person)) == found


@pytest.mark.parametrize("ending", ["MPO", "avif", "jfif", "jpe", "pjpeg", "hif"])
def test_a_photo_in_a_zip_may_have_any_ending_of_pictures(tmp_path: Path, ending: str) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr(f"form/maya.{ending}", b"any bytes")
    opened = photo_archive.opened(tmp_path / "photos.zip")
    assert isinstance(opened, photo_archive.PhotoArchive)
    assert photo_archive.find(opened, f"maya.{ending}", "Maya Lopez") == (f"form/maya.{ending}",)


def test_with_a_description_in_the_form_the_photo_is_used_at_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture((800, 800), suffix=".png"))
    header = (*WITH_PHOTO, "Photo description")
    take(site, table(header, (*MAYA, "a.png", "Maya at her bench")), "--photos", str(tmp_path))
    assert stories(site)["maya-lopez"].values["headshot"] == "maya-lopez.png"
    assert site.build().messages == []


def test_nothing_is_taken_from_outside_a_folder_or_zip(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "below").symlink_to(tmp_path)
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for name in ("../secret.jpg", "/etc/secret.jpg", "a\\..\\..\\secret.jpg"):
            archive.writestr(name, "x")
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    for place in (folder, tmp_path / "photos.zip"):
        assert photo_archive.opened(place) == photo_archive.PhotoArchive(place, ())


def test_a_zip_that_unpacks_to_gigabytes_is_refused_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PHOTO_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jpg", b"\0" * 1_000_000)
    box = photo_archive.opened(tmp_path / "bomb.zip")
    assert isinstance(box, photo_archive.PhotoArchive)
    assert "is larger than" in str(box.read("a.jpg"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, 'the photo "IMG_1.JPG" is not in photos'),
        (
            {"a/IMG_1.jpg": picture((9, 9)), "b/IMG_1.jpg": picture((9, 9))},
            "may be any of a/IMG_1.jpg, b/IMG_1",
        ),
        ({"IMG_1.jpg": b"no picture"}, 'the picture "IMG_1.jpg" can'),
    ],
)
def test_an_unusable_photo_is_reported_and_its_story_is_imported(
    site: Site, tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    for name, data in files.items():
        (tmp_path / "photos" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "photos" / name).write_bytes(data)
    (tmp_path / "photos").mkdir(exist_ok=True)
    done = take(site, table(WITH_PHOTO, (*MAYA, "IMG_1.JPG")), "--photos", str(tmp_path / "photos"))
    assert said in done.stderr
    assert list(stories(site)) == ["maya-lopez"]
    assert site.build().messages == []


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_zip_is_reported(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w", method) as archive:
        archive.writestr("a.jpg", os.urandom(5000))
    data = bytearray((tmp_path / "photos.zip").read_bytes())
    data[60:4000] = bytes(3940)
    (tmp_path / "photos.zip").write_bytes(data)
    box = photo_archive.opened(tmp_path / "photos.zip")
    assert isinstance(box, photo_archive.PhotoArchive)
    assert "is damaged or locked" in str(box.read("a.jpg"))


def test_a_path_without_photos_is_reported(site: Site) -> None:
    done = take(site, table(GOOGLE, MAYA), "--photos", str(site.root / "content/site.yaml"))
    assert done.returncode == 2
    assert "it is neither a folder nor a ZIP file." in done.stderr
