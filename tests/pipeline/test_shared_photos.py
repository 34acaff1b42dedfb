"""Shared photos: what the consent in one file doesn't cover is not shown by another one."""

from datetime import timedelta
from typing import Any

import pytest

from sitegen.pipeline import up_to_date
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site, person
from tests.support.up_to_date import settled

MAYA, BEN = "content/stories/maya.md", "content/stories/ben.md"
SHOWN = {"headshot": "two.jpg", "alt": "Two people at a desk"}
OVER: dict[str, Any] = {
    "no photo": {"covers": "[website, full-name]"},
    "no website": {"covers": "[photo, full-name]"},
    "withdrawn": {"withdrawn": "2026-11-20"},
    "over": {"until": "2026-11-20"},
}
MESSAGE = (
    f'{BEN}:6:11: the picture "two.jpg" is also in {MAYA}, and the consent there doesn\'t cover it. '
    "Take it out, or add a line photo_ok: true if it may be shown here."
)


def both(site: Site, consent: Any = None, **front: Any) -> Site:
    """Write two stories that show one photo; `consent` is Maya's."""
    site.photo("content/stories/two.jpg", (60, 60))
    site.story("maya", consent=consent, **SHOWN)
    return site.story("ben", **{"name": "Ben Ito", "school": None, **SHOWN, **front})


def pictures(site: Site) -> list[str]:
    return [path for path in site.public if path.startswith("images/")]


@pytest.mark.parametrize("reason", OVER)
def test_a_photo_that_one_consent_does_not_cover_holds_the_other_story_back(site: Site, reason: str) -> None:
    both(site).build()
    assert (site.messages, bool(pictures(site))) == ([], True)
    both(site, OVER[reason]).build()
    assert site.messages == [MESSAGE]
    assert list(site.report.held_back) == [BEN]
    assert pictures(site) == []
    assert both(site).build().messages == []


def test_a_line_says_that_the_photo_may_be_shown_all_the_same(site: Site) -> None:
    both(site, OVER["withdrawn"], photo_ok="true").build()
    assert site.messages == []
    assert pictures(site) != []


@pytest.mark.parametrize("consent", [None, False, {"given": "2026-12-24"}])
def test_a_consent_that_does_not_refuse_the_photo_holds_nothing_back(site: Site, consent: Any) -> None:
    both(site, consent).change(MAYA, "date:", "draft: true\ndate:").build()
    assert site.messages == []


def test_a_person_can_allow_in_one_story_what_another_one_refuses(site: Site) -> None:
    both(site, OVER["over"], name="Maya Lopez").build()
    assert site.messages == []


def test_a_copy_in_a_text_is_the_same_photo(site: Site) -> None:
    both(site, OVER["no photo"], headshot=None, alt=None)
    site.photo("content/stories/copy.jpg", (60, 60))
    site.story("ben", "![Two](copy.jpg)", name="Ben Ito", school=None).build()
    assert [*site.report.held_back] == [BEN]
    assert 'the picture "copy.jpg" is also in' in site.messages[0]


def test_a_faulty_file_refuses_what_it_says(site: Site) -> None:
    both(site, OVER["withdrawn"]).change(MAYA, "field:", "feild:").build()
    assert list(site.report.held_back) == [BEN, MAYA]
    assert pictures(site) == []


def test_items_and_networks_are_held_back_and_pages_go_without(site: Site) -> None:
    site.photo("content/stories/two.jpg", (60, 60)).story("maya", consent=OVER["no photo"], **SHOWN)
    for folder in ("", "networks/", "members-in-action/"):
        site.photo(f"content/{folder}two.jpg", (60, 60))
        keys = {"date": "2026-02-01", "people": "false"} if folder.startswith("members") else {}
        site.page(f"{folder}about", "Text.\n\n![Two](two.jpg)", **keys)
    site.build()
    assert site.codes == ["photo-of-other"] * 3
    assert list(site.report.held_back) == ["content/members-in-action/about.md", "content/networks/about.md"]
    assert pictures(site) == []
    site.story("maya", **SHOWN).build()
    assert site.messages == []
    assert "<img" in site.read("about/index.html")


def test_of_a_group_photo_one_refusal_is_enough(site: Site) -> None:
    site.photo("content/stories/two.jpg", (60, 60))
    people = [person("Maya Lopez", consent=OVER["no photo"]), person("Ana Diaz")]
    site.group("group", people=people, **SHOWN).story("ben", name="Ana Diaz", school=None, **SHOWN).build()
    assert list(site.report.held_back) == [BEN]


def test_a_build_with_nothing_to_do_knows_the_day_on_which_a_draft_ends(site: Site) -> None:
    both(site, {"until": str(TODAY)}).change(MAYA, "date:", "draft: true\ndate:").build()
    settled(site).build()
    assert up_to_date.nothing_to_do(BuildRequest(site.root, site.out, TODAY)) is not None
    assert up_to_date.nothing_to_do(BuildRequest(site.root, site.out, TODAY + timedelta(1))) is None
    site.build(TODAY + timedelta(1))
    assert site.messages == [MESSAGE]
