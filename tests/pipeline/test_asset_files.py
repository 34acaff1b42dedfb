"""Asset check: pictures in assets/ without metadata, and no photos of people."""

import errno
import io
from pathlib import Path

import pytest
from PIL import Image

from sitegen.core.problem_codes import Code
from sitegen.engine import file_state
from tests.support.photos import SECRET, encoded, heic, location, mosaic, turned
from tests.support.site import Site, picture

UPRIGHT = mosaic("RG", "BY")
TELLING = encoded(UPRIGHT, "JPEG", exif=location(6))
GONE = {"withdrawn": "2026-11-01"}


def test_a_picture_is_published_without_what_it_tells(site: Site) -> None:
    site.write("assets/team/all.jpg", TELLING).story().build()
    published = site.public["assets/team/all.jpg"]
    assert SECRET not in published
    assert Image.open(io.BytesIO(published)).getexif() == {0x0112: 6}
    [problem] = site.report.problems
    assert (problem.code, problem.where.path) == (Code.METADATA_IN_PICTURE, "assets/team/all.jpg")
    assert (problem.is_error, site.report.needs_fixing, site.report.published) == (False, (), 1)


def test_the_next_build_says_it_again_and_equals_a_clean_one(site: Site) -> None:
    site.write("assets/all.jpg", TELLING).story().build()
    first, public = site.messages, site.public
    site.build()
    assert (site.messages, site.public, site.report.made) == (first, public, 0)
    site.build(clean=True)
    assert (site.messages, site.public) == (first, public)


@pytest.mark.parametrize("data", [heic(UPRIGHT, exif=location(1)), TELLING[: len(TELLING) // 2]])
def test_a_picture_that_must_keep_what_it_tells_is_left_out(site: Site, data: bytes) -> None:
    site.write("assets/all.heic", data).story().build()
    [problem] = site.report.problems
    assert (problem.code, problem.is_error) == (Code.METADATA_IN_PICTURE, True)
    assert (site.report.site_at_fault, site.report.published) == (False, 1)
    assert site.report.needs_fixing == ("assets/all.heic",)
    assert "assets/all.heic" not in site.public
    assert "assets/style.css" in site.public


@pytest.mark.parametrize("ending", ["jpg", "mpo", "JFIF", "heic"])
def test_a_copy_of_a_photo_is_left_out(site: Site, ending: str) -> None:
    data = picture((300, 300))
    site.write("content/stories/maya.jpg", data).write(f"assets/copy.{ending}", data).story().build()
    assert (site.codes, "maya.jpg" in site.messages[0]) == (["photo-in-assets"], True)
    assert (site.report.published, site.report.needs_fixing) == (1, (f"assets/copy.{ending}",))
    assert f"assets/copy.{ending}" not in site.public


def test_a_copy_with_metadata_is_a_copy(site: Site) -> None:
    data = turned(UPRIGHT, 6)
    site.write("content/stories/maya.jpg", data).write("assets/copy.jpg", data).story().build()
    assert site.codes == ["photo-in-assets"]


def test_a_copy_does_not_keep_a_withdrawn_story_public(site: Site) -> None:
    site.photo("content/stories/maya.jpg").photo("assets/copy.jpg").page("mission", "[Us](/assets/copy.jpg)")
    site.story(headshot="maya.jpg", alt="Maya").story("ben-ito", name="Ben Ito").build()
    site.story(headshot="maya.jpg", alt="Maya", consent=GONE).build()
    assert "stories/maya-lopez/index.html" not in site.public
    assert "stories/ben-ito/index.html" in site.public


def test_a_template_may_name_a_picture_that_is_left_out(site: Site) -> None:
    site.photo("content/stories/maya.jpg").photo("assets/copy.jpg").page("mission")
    site.write("templates/page.html", '<img src="{{ \'copy.jpg\' | asset }}" alt="">').build()
    assert (site.codes, site.report.site_at_fault) == (["photo-in-assets"], False)


def test_a_photo_of_a_page_may_be_an_asset_as_well(site: Site) -> None:
    site.photo("content/logo.jpg").photo("assets/logo.jpg").build()
    assert (site.codes, "assets/logo.jpg" in site.public) == ([], True)


def test_an_icon_that_was_saved_into_content_is_still_published(site: Site) -> None:
    icon = site.build().public["assets/icon-512.png"]
    site.write("content/stories/icon.png", icon).story().build()
    assert (site.messages, site.public["assets/icon-512.png"]) == ([], icon)


def test_the_icons_that_come_along_have_no_metadata(site: Site) -> None:
    assert site.build().codes == []


@pytest.mark.parametrize("path", ["assets/style.css", "assets/all.jpg", "templates/page.html"])
def test_what_can_not_be_read_is_a_problem_of_the_site(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    site.page("mission").story().write(path, "").build()
    read, read_bytes = file_state.read, Path.read_bytes

    def failing(file: str | Path) -> bytes:
        if str(file) == str(site.root / path):
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return read_bytes(file) if isinstance(file, Path) else read(file)

    monkeypatch.setattr(file_state, "read", failing)
    monkeypatch.setattr(Path, "read_bytes", failing)
    site.build(clean=True)
    [problem] = site.report.problems
    assert (problem.code, problem.where.path) == (Code.FILE_UNREADABLE, path)
    assert site.report.site_at_fault
