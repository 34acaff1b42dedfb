"""Consent gate: which stories are public, on which day, with which uses."""

import re
from datetime import date
from pathlib import Path

import pytest

from sitegen.core.problem_codes import Code
from tests.support.site import TODAY, Site

STORY = "content/stories/maya-lopez.md"


@pytest.mark.parametrize(
    ("consent", "front", "reason"),
    [
        (False, {}, "no consent is recorded"),
        ({"covers": "[photo]"}, {}, "the consent doesn't cover the website"),
        ({"given": "2026-12-01"}, {}, "the consent begins on 2026-12-01"),
        ({"until": "2026-11-20"}, {}, "the consent ended on 2026-11-20"),
        ({"withdrawn": "2026-11-21"}, {}, "the consent was withdrawn on 2026-11-21"),
        ({}, {"draft": "true"}, "the file says draft: true"),
        ({}, {"publish": "2026-11-22"}, "it is scheduled for 2026-11-22"),
        (
            {"until": "2026-12-31"},
            {"publish": "2027-03-01"},
            "it is scheduled for 2027-03-01, but from 2027-01-01 on it may not be shown",
        ),
        ({}, {"expire": "2026-11-21"}, "it expired on 2026-11-21"),
    ],
)
def test_a_normal_withheld_story_leaves_exit_code_0(
    site: Site, consent: dict[str, str] | bool, front: dict[str, str], reason: str
) -> None:
    site.story(consent=consent, **front).build()
    assert site.withheld == {STORY: reason}
    assert site.messages == []
    assert not any(b"Maya" in data for data in site.public.values())


@pytest.mark.parametrize(
    ("consent", "front"),
    [
        ({"given": "2026-11-21"}, {}),
        ({"until": "2026-11-21"}, {}),
        ({"withdrawn": "2026-11-22"}, {}),
        ({"by": "guardian", "form": None}, {}),
        ({}, {"publish": "2026-11-21"}),
        ({}, {"expire": "2026-11-22"}),
        ({}, {"draft": "false"}),
    ],
)
def test_a_story_is_published_to_the_last_day_of_its_consent(
    site: Site, consent: dict[str, str], front: dict[str, str]
) -> None:
    site.story(consent=consent, **front).build()
    assert (site.report.published, site.withheld) == (1, {})


def test_consent_without_an_end_lasts_two_years(site: Site) -> None:
    site.story(consent={"given": "2024-02-29", "until": None})
    assert site.build(date(2026, 2, 28)).report.published == 1
    assert site.build(date(2026, 3, 1)).withheld == {STORY: "the consent ended on 2026-02-28"}


def test_without_full_name_only_the_first_name_is_shown(site: Site) -> None:
    site.story("maya", consent={"covers": "[website, school, search]"}).build()
    assert not any(b"Lopez" in data for data in site.public.values())
    assert "Maya" in site.read("stories/maya/index.html")


def test_without_photo_an_initials_picture_is_shown(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(
        headshot="maya-lopez.jpg", alt="Maya at work", consent={"covers": "[website, full-name]"}
    ).build()
    page = site.read("stories/maya-lopez/index.html")
    assert re.search(r"<svg [^>]*initials.*>ML</text>", page, re.DOTALL)
    assert "Maya at work" not in page
    assert not any(path.startswith("images/") for path in site.public)


def test_without_photo_the_pictures_in_the_text_go_too(site: Site) -> None:
    site.photo("content/stories/lab.jpg").story(
        body="Before ![In the lab](lab.jpg) after.", consent={"covers": "[website, full-name]"}
    ).build()
    assert not any(path.startswith("images/") for path in site.public)
    assert "In the lab" not in site.read("stories/maya-lopez/index.html")
    assert site.codes == ["pictures-without-consent"]


def test_without_school_no_school_is_named(site: Site) -> None:
    site.story(consent={"covers": "[website, full-name, search]"}).build()
    assert not any(b"Central High" in data for data in site.public.values())
    assert not any("schools" in path for path in site.public)


def test_without_search_no_feed_or_sitemap_has_the_story(site: Site) -> None:
    site.story(consent={"covers": "[website, full-name]"}).build()
    assert '<meta name="robots" content="noindex">' in site.read("stories/maya-lopez/index.html")
    for path in ("feed.xml", "feed.json", "sitemap.xml"):
        assert "maya" not in site.read(path).lower()


def test_nothing_of_the_consent_is_ever_published(site: Site) -> None:
    site.story(consent={"form": "R-SECRET-77", "by": "guardian", "until": "2027-05-06"}).build()
    for data in site.public.values():
        assert not re.search(rb"R-SECRET-77|guardian|2027-05-06", data)


def test_an_item_with_people_needs_a_consent_that_covers_photos(site: Site) -> None:
    def item(more: str) -> Site:
        front = f"title: Fair\ndate: 2026-01-02\npeople: true\n{more}"
        return site.write("content/members-in-action/fair.md", f"---\n{front}---\nWe were there.\n").build()

    path = "content/members-in-action/fair.md"
    assert item("").withheld == {path: "people can be recognized, and no consent is recorded"}
    consent = "consent:\n  given: 2026-01-01\n  covers: [website{}]\n"
    assert item(consent.format("")).withheld == {
        path: "people can be recognized, and the consent doesn't cover the photo"
    }
    assert item(consent.format(", photo")).withheld == {}
    assert item(consent.format(", photo") + "  withdrawn: 2026-02-02\n").withheld != {}


FAIR = "content/members-in-action/fair.md"


def item(site: Site, more: str, body: str = "We were there.") -> Site:
    """Write an item of members in action with a photo beside it, and build."""
    site.photo("content/members-in-action/fair.jpg")
    return site.write(FAIR, f"---\ntitle: Fair\ndate: 2026-01-02\n{more}---\n{body}\n").build()


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ("photo: fair.jpg\nalt: A crowd\n", "We were there."),
        ("people:\nphoto: fair.jpg\nalt: A crowd\n", "We were there."),
        ("", "![A crowd](fair.jpg)"),
    ],
)
def test_a_photo_of_which_nobody_said_whether_people_are_in_it_is_not_public(
    site: Site, more: str, body: str
) -> None:
    item(site, more, body)
    assert [problem.code for problem in site.report.problems] == [Code.PEOPLE_NOT_SAID]
    assert site.report.held_back == (FAIR,)
    assert not any(path.startswith("images/") for path in site.public)
    assert item(site, f"{more.removeprefix('people:')}people: false\n".lstrip(), body).messages == []
    assert any(path.startswith("images/") for path in site.public)


def test_people_in_a_photo_always_need_consent(site: Site) -> None:
    photo = "photo: fair.jpg\nalt: A crowd\npeople: true\n"
    assert item(site, photo).withheld == {FAIR: "people can be recognized, and no consent is recorded"}
    assert item(site, f"{photo}draft: true\n").withheld == {FAIR: "the file says draft: true"}
    assert not any(path.startswith("images/") for path in site.public)


def test_an_item_without_a_photo_needs_no_word_about_people(site: Site) -> None:
    assert (item(site, "").messages, site.withheld) == ([], {})


def test_only_the_gate_makes_stories_and_items() -> None:
    package = Path(__file__).parents[2] / "sitegen"
    makers = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"(?<![\w.])(Story|Item)\(", re.sub(r"class \w+", "", file.read_text()))
    }
    assert makers == {"consent/gate.py"}


def test_a_withdrawn_story_leaves_no_byte_behind(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg", colour="red")
    site.story(headshot="maya-lopez.jpg", alt="Maya smiling", topics="[canary]").build()
    site.story(
        headshot="maya-lopez.jpg", alt="Maya smiling", topics="[canary]", consent={"withdrawn": str(TODAY)}
    ).build()
    files = [file for folder in (site.out, site.root / ".sitegen") for file in folder.rglob("*")]
    for file in filter(Path.is_file, files):
        assert not re.search(rb"(?i)maya|lopez|canary|wish existed", file.read_bytes()), file
        assert not re.search(r"maya|canary", str(file.relative_to(site.root)))
    assert not any(path.startswith("images/") for path in site.public)
