"""Photo lookup: the exact name first, then the one file beside it whose name looks the same."""

import unicodedata

import pytest

from tests.support.check import advice
from tests.support.site import Site

WRITTEN = "Screenshot 2026-02-01 at 9.41.00 AM.png"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (WRITTEN, WRITTEN.replace(" AM", "\u202fAM")),
        (WRITTEN.replace(" AM", "\u202fAM"), WRITTEN),
        (WRITTEN, WRITTEN.replace(" ", "\xa0")),
        (WRITTEN, WRITTEN.replace(" at", "  at")),
        (WRITTEN, WRITTEN.replace(" ", "%20")),
        (WRITTEN.replace(" ", "%20"), WRITTEN),
        (WRITTEN.replace(" ", "%20"), WRITTEN.replace(" ", "%20")),
        ("Zoë.jpg", unicodedata.normalize("NFD", "Zoë.jpg")),
        (unicodedata.normalize("NFD", "Zoë.jpg"), "Zoë.jpg"),
        ("IMG_0001 - Zoë.jpg", "IMG_0001 - Zoe.JPG"),
        ("maya.jpg", "Maya.JPG"),
        ("zoë\u200b.jpg", "zoe.jpg"),
    ],
)
def test_a_photo_is_found_by_how_its_name_looks(site: Site, written: str, stored: str) -> None:
    site.photo(f"content/stories/{stored}").story(headshot=f'"{written}"', alt="Maya at her bench").build()
    assert site.messages == []
    assert "<img" in site.read("stories/maya-lopez/index.html")
    assert not [line for line in advice(site) if "no file uses this picture" in line]


def test_the_exact_name_comes_first(site: Site) -> None:
    site.photo("content/stories/zoe.jpg", colour="red").photo("content/stories/zoë.jpg", colour="teal")
    site.story(headshot="zoë.jpg", alt="Maya at her bench").build()
    first = {name for name in site.public if name.endswith(".webp")}
    site.remove("content/stories/zoe.jpg").build()
    assert site.messages == []
    assert {name for name in site.public if name.endswith(".webp")} == first != set()


def test_of_two_files_that_look_the_same_none_is_taken(site: Site) -> None:
    site.photo("content/stories/a\u202fb.jpg").photo("content/stories/a\xa0b.jpg")
    site.story(headshot="a b.jpg", alt="Maya at her bench").build()
    [problem] = site.report.problems
    assert problem.code == "photo-name-differs"
    assert '"a b.jpg"' not in problem.hint


@pytest.mark.parametrize("stored", ["maja.jpg", "maya.jpeg", "maya1.jpg"])
def test_a_hint_never_suggests_what_was_written(site: Site, stored: str) -> None:
    site.photo(f"content/stories/{stored}").story(headshot="maya.jpg", alt="Maya at her bench").build()
    [problem] = site.report.problems
    assert problem.code == "photo-not-found"
    assert f'"{stored}"' in problem.hint
