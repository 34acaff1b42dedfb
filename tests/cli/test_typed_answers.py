"""Typed answers: paths as terminals paste them, days and consent in people's words."""

import os
from datetime import date
from pathlib import Path

import pytest

from sitegen.cli import typed_answers
from tests.support.new_content import read, story
from tests.support.site import Site, picture

TODAY = date(2026, 11, 28)  # a Saturday

DAYS = {
    "today": "2026-11-28",
    "Yesterday": "2026-11-27",
    "last Friday": "2026-11-27",
    "saturday": "2026-11-21",
    "on Monday": "2026-11-23",
    "3 days ago": "2026-11-25",
    "10/20": "2026-10-20",
    "12/25": "2025-12-25",
    "20/10/2026": "2026-10-20",
    "10/20/26": "2026-10-20",
    "October 20": "2026-10-20",
    "20 Oct 2026": "2026-10-20",
    "Oct. 20th, 2026": "2026-10-20",
    "the 20th of October": "2026-10-20",
    "20 de octubre": "2026-10-20",
    "2026-10-20": "2026-10-20",
    "5/5": "2026-05-05",
}


@pytest.mark.parametrize("typed", DAYS)
def test_days_are_understood_as_people_say_them(typed: str) -> None:
    assert str(typed_answers.day_of(typed, TODAY)) == DAYS[typed]


UNCLEAR = {
    "4/5": "Is that April 5 or May 4? Please write the month as a word.",
    "12/25/2026": "December 25, 2026 is in the future. Please write a day that has been.",
    "soon": 'Which day is "soon"? Please write it like November 28, 2026.',
    "February 30": 'Which day is "February 30"? Please write it like November 28, 2026.',
}


@pytest.mark.parametrize("typed", UNCLEAR)
def test_a_day_that_is_unclear_or_in_the_future_is_asked_about(typed: str) -> None:
    assert typed_answers.day_of(typed, TODAY) == UNCLEAR[typed]


DRAGGED = ("{}", "'{}' ", '"{}"', "& '{}'")


@pytest.mark.parametrize("form", [*DRAGGED, "escaped", "url"])
def test_a_photo_dragged_into_the_terminal_is_found(site: Site, tmp_path: Path, form: str) -> None:
    photo = tmp_path / "My Photo (1) & more.jpg"
    photo.write_bytes(picture((800, 800)))
    escaped = "".join(f"\\{sign}" if sign in " ()&" else sign for sign in str(photo))
    written = {"escaped": escaped + " ", "url": photo.as_uri()}.get(form) or form.format(photo)
    done = story(site, "--photo", written, "--alt", "Maya at her bench")
    assert done.returncode == 0, done.stderr
    assert len(list((site.root / "content/stories").glob("*.jpg"))) == 1


@pytest.mark.skipif(os.sep != "/", reason="a backslash separates folders there")
def test_a_backslash_in_the_name_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a\\b.jpg").touch()
    assert typed_answers.path_of(str(tmp_path / "a\\b.jpg")) == tmp_path / "a\\b.jpg"


def test_consent_is_understood_in_peoples_words(site: Site) -> None:
    said = ("--consent-given", "October 20, 2025", "--consent-by", "Mother")
    done = story(site, *said, "--covers", "Website, full name and social media")
    assert done.returncode == 0, done.stderr
    assert read(site, "content/stories/maya-lopez.md")["consent"] == {
        "given": "2025-10-20",
        "by": "guardian",
        "covers": ["website", "full-name", "social"],
    }


def test_without_a_terminal_an_unclear_day_is_refused(site: Site) -> None:
    done = story(site, "--consent-given", "4/5/2026", "--covers", "website")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            "--consent-given: Is that April 5 or May 4? Please write the month as a word.",
            "Nothing was written.",
        ],
    )
