"""Draft pages: previews of withheld content, within its consent."""

import re
from pathlib import Path
from typing import Any

from tests.support.preview import previewed
from tests.support.served_story import PAGE, STORY, pictures
from tests.support.site import CONSENT, Site, person, tree

WITHHELD: dict[str, tuple[dict[str, Any], dict[str, str], str, str]] = {
    "a draft": ({"draft": "true"}, {}, "the file says draft: true", "never"),
    "scheduled": ({"publish": "2026-12-01"}, {}, "it is scheduled for 2026-12-01", "2026-12-01"),
    "expired": ({"expire": "2026-05-01"}, {}, "it expired on 2026-05-01", "never"),
    "unconsented": ({"consent": False}, {}, "no consent is recorded", "never"),
    "not begun": ({}, {"given": "2026-12-24"}, "the consent begins on 2026-12-24", "2026-12-24"),
}


def test_withheld_content_can_be_read_and_is_listed_with_reason_and_date(site: Site) -> None:
    site.story()
    for number, (front, consent, *_) in enumerate(WITHHELD.values()):
        more: dict[str, Any] = {"consent": consent or None, **front}
        site.story(f"person-{number}", f"Words of person {number}.", name=f"Person {number}", **more)
    with previewed(site) as preview:
        listed = preview.read("/_preview/")
        for number, (_, _, reason, day) in enumerate(WITHHELD.values()):
            page = preview.read(f"/stories/person-{number}/")
            assert f"Words of person {number}." in page
            assert f"Draft – not public: {reason}." in page
            assert '<meta name="robots" content="noindex">' in page
            row = listed.partition(f"content/stories/person-{number}.md")[2].partition("</tr>")[0]
            assert f"<td>{reason}</td>" in row
            assert re.search(f"<td[^>]*>{day}</td>", row)
            assert f"Words of person {number}." not in preview.read("/stories/")


ITEM = "/_preview/members-in-action/fair/"


GROUP = """\
title: Day of Robots
date: 2026-03-01
photo: fair.jpg
alt: Four at a table
caption: Our team
people: true
"""
"""The front matter of an item of members in action, without its consent."""


def with_item(site: Site, consent: str, body: str = "They built one.") -> Site:
    """Write an item with a photo of people in it."""
    site.photo("content/members-in-action/fair.jpg")
    return site.write("content/members-in-action/fair.md", f"---\n{GROUP}{consent}---\n{body}\n")


def given(**changes: str) -> str:
    """Return a valid consent block, with changes."""
    keys = {**CONSENT, **changes}
    return "consent:\n" + "".join(f"  {key}: {value}\n" for key, value in keys.items())


def test_a_withheld_item_can_be_read_with_its_photo_where_the_consent_covers_it(site: Site) -> None:
    with_item(site, given(given="2026-12-24")).write(
        "content/members-in-action/index.md", "---\ntitle: In Action\n---\n"
    )
    with previewed(site) as preview:
        page = preview.read(ITEM)
        for words in (
            "In Action",
            "Day of Robots",
            "They built one.",
            "Our team",
            "the consent begins on 2026-12-24",
        ):
            assert words in page
        assert '<meta name="robots" content="noindex">' in page
        assert {preview.ask(path).status for path in pictures(page)} == {200}
        assert f'<a href="{ITEM}">/members-in-action/#fair</a>' in preview.read("/_preview/")
        assert preview.ask(ITEM[:-1]).headers["Location"] == ITEM
        assert "Day of Robots" not in preview.read("/members-in-action/")
        with_item(site, given(given="2026-12-24"), "They built two.")
        preview.wait_for(ITEM, "They built two.")


def test_an_item_without_consent_shows_no_photo_and_a_withdrawn_one_nothing(site: Site) -> None:
    with previewed(with_item(site, "")) as preview:
        page = preview.read(ITEM)
        assert "Day of Robots" in page
        for words in ("/images/", "Four at a table", "Our team"):
            assert words not in page
        with_item(site, given(withdrawn="2026-11-01"))
        page = preview.wait_for(ITEM, "the consent was withdrawn on 2026-11-01")
        for words in ("Day of Robots", "They built", "/images/", "Four at", "Our team"):
            assert words not in page
            assert words not in preview.read("/_preview/")
        assert f'href="{ITEM}"' not in preview.read("/_preview/")


def test_of_a_group_only_what_everyone_allows_is_in_the_preview(site: Site) -> None:
    site.photo("content/stories/two.jpg")
    maya, ben = person("Maya Lopez"), person("Ben Ito", consent={"covers": "[website]"})
    front = {"draft": "true", "headshot": "two.jpg", "alt": "Side by side"}
    with previewed(site.group(people=[maya, ben], **front)) as preview:
        page = preview.read("/stories/robots/")
        assert "Maya Lopez &amp; Ben</bdi>" in page
        for words in ("Side by side", "/images/", "Ito"):
            assert words not in page
        gone = person("Ben Ito", consent={"covers": "[website]", "withdrawn": "2026-11-01"})
        site.group(people=[maya, gone], **front)
        page = preview.wait_for("/stories/robots/", "This page is not public</h1>")
        for words in ("Maya", "Ben", "We build"):
            assert words not in page


def test_a_withdrawn_story_shows_no_content_not_even_as_a_draft_or_with_a_mistake(site: Site) -> None:
    gone = {"withdrawn": "2026-11-01"}
    site.photo("content/stories/ben.jpg")
    site.story("ben-ito", "Secret.", gone, name="Ben Ito", draft="true", headshot="ben.jpg", alt="Secret")
    with previewed(site.story()) as preview:
        page = preview.read("/stories/ben-ito/")
        assert "Draft – not public" in page
        for word in ("Secret", "Ben", "wish existed", "Robotics", "/images/"):
            assert word not in page
        # once withdrawn, a public story is gone from here as well, and no last good page comes back
        site.story(body="Secret.", consent=gone, field="Secretics")
        preview.wait_for(PAGE, "the consent was withdrawn on 2026-11-01")
        site.story(body="Secret.", consent=gone, feild="Secretics")
        preview.hear("feild")
        page = preview.wait(PAGE, lambda text: "withdrawn on" not in text)
        assert "Secret" not in page
        assert "Maya" not in page


def test_a_faulty_withdrawn_story_has_no_last_good_page(site: Site) -> None:
    with previewed(site.story()) as preview:
        site.story(consent={"withdrawn": "2026-11-01"}, feild="Secretics")
        preview.hear("feild")
        page = preview.wait(PAGE, lambda text: "Her story." not in text)
        assert "Maya" not in page
        assert "Secretics" not in page


def test_a_story_without_consent_shows_only_what_the_least_consent_would(site: Site) -> None:
    site.photo("content/stories/ben.jpg")
    site.story("ben", "His.", False, name="Ben Ito", headshot="ben.jpg", alt="Ben", school="Hidden High")
    with previewed(site) as preview:
        page = preview.read("/stories/ben/")
        assert "Ben" in page
        for word in ("Ito", "Hidden High", "/images/"):
            assert word not in page


def test_the_photo_of_a_withheld_story_is_shown_and_never_written(site: Site, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    site.photo("content/stories/ben.jpg")
    site.story("ben", "His.", name="Ben Ito", headshot="ben.jpg", alt="Ben", draft="true")
    with previewed(site, TMPDIR=str(temporary)) as preview:
        shown = pictures(preview.read("/stories/ben/"))
        assert shown
        assert {preview.ask(path).status for path in shown} == {200}
        written = tree(temporary)
        assert written
        names = [Path(path).name for path in shown]
        assert not [path for path in written if "ben" in path or Path(path).name in names]


def test_an_edit_of_a_withheld_story_is_shown(site: Site) -> None:
    with previewed(site.story(draft="true")) as preview:
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
