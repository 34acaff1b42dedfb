"""Rules: suggestions for one file at a time, which hold nothing back."""

import json

import pytest

from sitegen.lint.rules import reading_level
from tests.support.check import PATH, advice, check
from tests.support.site import Site, picture

HARD = (
    "Interdisciplinary collaboration necessitates institutional acknowledgement of methodological "
    "heterogeneity, particularly considering socioeconomic disparities characterising contemporary "
    "educational environments and organisational infrastructure, "
) * 6


def test_a_good_site_gets_no_suggestions(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt="Maya at her bench")
    assert "Suggestions" not in check(site.page("mission", "## One\n\n### Two\n\n## Three")).stderr


def test_a_quote_too_long_for_a_card(site: Site) -> None:
    assert advice(site.story(quote="I build. " * 20)) == [
        f"{PATH}:6:8: the quote has 179 characters; a card holds about 160. "
        "Keep one sentence, and move the rest to the text."
    ]


@pytest.mark.parametrize(
    "alt", ["IMG_1234", "DSC00012.JPG", "photo", "a picture", "Screenshot 2026-01-02", "1"]
)
def test_a_description_that_describes_nothing(site: Site, alt: str) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt=alt)
    (said,) = advice(site)
    assert said.startswith(f'{PATH}:8:6: alt "{alt}" describes nothing.')


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ({"date": "2026-11-22"}, "date is a day to come: 2026-11-22."),
        ({"updated": "2027-01-01"}, "updated is a day to come: 2027-01-01."),
        ({"date": "1926-11-20"}, "date is long ago: 1926-11-20."),
    ],
)
def test_a_day_that_is_probably_mistyped(site: Site, front: dict[str, str], said: str) -> None:
    (advised,) = advice(site.story(**front))
    assert f": {said} " in advised


def test_a_day_that_has_come_or_will_when_the_story_does_is_left_alone(site: Site) -> None:
    site.story(date="2026-11-21").story("ben-ito", name="Ben Ito", date="2026-12-01", publish="2026-12-01")
    assert advice(site) == []


def test_a_description_in_words_is_left_alone(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(
        headshot="maya-lopez.jpg", alt="Photo of Maya in class"
    )
    assert advice(site) == []


def test_headings_that_skip_a_level(site: Site) -> None:
    assert advice(site.page("mission", "## One\n\n#### Two\n\n```\n###### no heading\n```\n")) == [
        "content/mission.md:6:1: this heading skips a level. Take out a number sign: ###"
    ]


def test_photos_that_are_small_or_heavy_or_unused(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg", (200, 300)).story(
        headshot="maya-lopez.jpg", alt="Maya, aged 9"
    )
    site.write("content/members-in-action/fair.jpg", picture((800, 800)) + b"\0" * 12_000_000)
    front = {"photo": "fair.jpg", "alt": "A table with leaflets", "people": "false"}
    site.page("members-in-action/fair", date="2026-01-01", **front)
    site.photo("content/stories/left over.jpg").photo("content/stories/noted.jpg")
    site.change(PATH, "name:", "# headshot: noted.jpg\nname:")
    assert advice(site) == [
        "content/members-in-action/fair.md:4:8: the photo has 12 MB. "
        "Save it as JPEG, scaled to 3000 pixels or fewer.",
        "content/stories/left over.jpg: no file uses this picture. "
        "Remove it, or name it in the file that it belongs to.",
        f"{PATH}:8:11: the photo is small: 200 by 300 pixels. "
        "Ask for the original; it should have at least 384 by 384.",
    ]


def test_pictures_in_the_text_are_checked_too(site: Site) -> None:
    site.photo("content/stories/small one.jpg", (200, 300)).photo("content/stories/desk.jpg")
    site.write("content/stories/heavy.jpg", picture((800, 800)) + b"\0" * 12_000_000)
    site.story(
        body="![Rita](small%20one.jpg)\n\n![desk](desk.jpg)\n\n![IMG_7](heavy.jpg)\n\n```\n![x](no.jpg)\n```"
    )
    assert [line.removeprefix(f"{PATH}:") for line in advice(site)] == [
        '14:1: the picture "small%20one.jpg" is small: 200 by 300 pixels. '
        "Ask for the original; it should have at least 480 by 480.",
        '16:1: "desk" describes nothing. Say what a friend would see: ![Maya at her workbench](desk.jpg)',
        '18:1: "IMG_7" describes nothing. Say what a friend would see: ![Maya at her workbench](heavy.jpg)',
        '18:1: the picture "heavy.jpg" has 12 MB. Save it as JPEG, scaled to 3000 pixels or fewer.',
    ]


def test_a_hashtag_is_no_heading(site: Site) -> None:
    site.story(body="I build.\n#BlackInSTEM is for us.\n\n#STEM #1")
    assert advice(site) == []
    page = site.build().read("stories/maya-lopez/index.html")
    assert "<p>I build.\n#BlackInSTEM is for us.</p>\n<p>#STEM #1</p>" in page


def test_a_heading_without_a_space(site: Site) -> None:
    assert advice(site.story(body="##My robot\n\nI build.")) == [
        f"{PATH}:14:1: this heading has no space behind its number signs, so readers see them. Write ## My"
    ]


def test_quotation_marks_that_would_be_shown_twice(site: Site) -> None:
    assert advice(site.story(name="“Maya Lopez”", quote="“I build.”")) == [
        f"{PATH}:2:7: the whole name is in quotation marks, and readers would see them. Leave them out.",
        f"{PATH}:6:8: the whole quote is in quotation marks, and readers would see them. "
        "Leave them out: the website sets its own.",
    ]
    assert advice(site.story(name="Maya “May” Lopez", quote="“One” and “two”")) == []


def test_the_reading_level_is_reported_for_english_only(site: Site) -> None:
    site.page("mission", HARD.strip() + ".")
    assert len(advice(site)) == 1
    assert advice(site.change("content/site.yaml", "short_name", "languages: [es]\nshort_name")) == []


def test_a_text_that_is_hard_to_read_and_one_that_is_missing(site: Site) -> None:
    site.page("mission", HARD.strip() + ".").story(body="")
    first, second = advice(site)
    assert first.startswith("content/mission.md:4:1: the text is hard to read: it asks for about ")
    assert second == f"{PATH}:1:1: the story has no text. Write it below the second line of hyphens."


def test_the_reading_level_is_about_that_of_the_grade() -> None:
    assert reading_level("The cat sat on the mat. It was a big red cat.")[1] < 2
    assert reading_level(HARD)[1] > 20
    assert reading_level("") == (0, 0.0)


def test_spaces_that_never_break(site: Site) -> None:
    assert advice(site.page("mission", "Two\xa0words and 10\xa0km.")) == [
        "content/mission.md:4:3: the text has 1 space that never breaks, as word processors make them. "
        "sitegen check --fix makes them plain."
    ]


def test_a_withdrawn_story_gets_no_suggestions(site: Site) -> None:
    site.photo("content/stories/maya.jpg").story(quote="I build. " * 20, consent={"withdrawn": "2026-02-01"})
    (said,) = advice(site)
    assert said.endswith("Remove it, above all if it belonged to a story that was taken back.")


def test_json_keeps_advice_apart_from_problems(site: Site) -> None:
    result = json.loads(check(site.story(body=""), "--json").stdout)
    assert result["problems"] == []
    assert [one["code"] for one in result["advice"]] == ["no-body-text"]
