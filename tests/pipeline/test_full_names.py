"""Full names in other texts: the text that says one needs fixing, and nothing else."""

import pytest

from sitegen.core.problem_codes import Code
from tests.support.check import check
from tests.support.site import Site, person

FIRST_ONLY = {"covers": "[website, photo, school, search]"}

SAYING = (
    "Maya Lopez helped.",
    "maya lopez helped",
    "MAYA LOPEZ",
    "Lopez, Maya",
    "**Maya** _Lopez_",
    "Maya Lo<b>pez</b>",
    "Maya L&oacute;pez",
    "Maya López",
    "Maya Lo\u200bpez",
    "Ｍａｙａ Ｌｏｐｅｚ",
    "Maya\nLopez",
    "Maya R. Lopez",
    "#MayaLopez",
    "@maya_lopez",
    "@maya.lopez",
    "[her](https://example.com/maya-lopez)",
    "[her](https://example.com/ 'Maya Lopez')",
    "| a |\n|---|\n| Maya Lopez |",
    "x[^1]\n\n[^1]: Maya Lopez",
    "The HTML.\n\n*[HTML]: Maya Lopez",
    "Mауа Lореz",
    "Maya Rosa Lopez",
    "Maya “Mo” Lopez",
    "Maya (Mo) **Lopez**",
    "Maya de Lopez",
)

NOT_SAYING = (
    "Maya helped.",
    "Ms. Lopez teaches us.",
    "We thank Maya. Lopez Island is near.",
    "Maya Cheng and Rosa Lopez came.",
    "Maya, Rosa Lopez and Ben came.",
    "Maya met Lopez. Maya and Lopez left.",
    "Maya. Rosa Lopez came.",
    "Maya’s Robots, Lopez’s Drones",
)


def maya(site: Site, name: str = "Maya Lopez") -> Site:
    """Write a story whose consent covers the first name only."""
    return site.story("maya", name=name, consent=FIRST_ONLY, school=None)


def codes(site: Site) -> dict[str, Code]:
    """Return the code of each problem by its path."""
    return {problem.where.path: problem.code for problem in site.report.problems}


def test_every_other_story_that_says_the_full_name_is_held_back(site: Site) -> None:
    maya(site)
    for number, text in enumerate(SAYING):
        site.story(f"ben-{number:02}", f"One.\n\n{text}\n\nTwo.", name=f"Ben Quex{number}")
    site.build()
    said = [SAYING[int(path[-5:-3])] for path in site.report.held_back]
    assert [text for text in SAYING if text not in said] == []
    assert set(codes(site).values()) == {Code.FULL_NAME_OF_OTHER}
    assert (site.report.published, site.report.site_at_fault) == (1, False)


def test_other_texts_with_the_first_or_the_last_name_are_published(site: Site) -> None:
    maya(site)
    for number, text in enumerate(NOT_SAYING):
        site.story(f"ben-{number}", f"One.\n\n{text}\n\nTwo.", name=f"Ben Quex{number}")
    site.build()
    assert site.messages == []


@pytest.mark.parametrize(
    ("name", "text"), [("Maya Will", "Maya will come."), ("Rose Hope", "I rose. Hope helps.")]
)
def test_a_last_name_that_is_a_word_is_no_name_in_a_sentence(site: Site, name: str, text: str) -> None:
    maya(site, name).story("ben-ito", text, name="Ben Ito").build()
    assert site.messages == []


def test_the_problem_names_the_place_and_the_file_of_the_person(site: Site) -> None:
    maya(site).story("ben-ito", "One.\n\nMaya Lopez helped.", name="Ben Ito").build()
    assert site.messages == [
        'content/stories/ben-ito.md:16:1: this names "Maya Lopez", but the consent of Maya doesn\'t '
        "cover the full name. Write Maya instead, or add full-name to covers in content/stories/maya.md "
        "if that is allowed."
    ]


PLACES = {
    "content/index.md": lambda site: site.page("index", "We thank Maya Lopez."),
    "content/mission.md": lambda site: site.page("mission", summary="By Maya Lopez"),
    "content/site.yaml": lambda site: site.change(
        "content/site.yaml", "cards", "navigation:\n  - {label: Maya Lopez, to: https://example.org/x}\ncards"
    ),
    "assets/notes.txt": lambda site: site.write("assets/notes.txt", "Maya Lopez"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_with_the_full_name_needs_fixing_and_blocks_nothing(site: Site, place: str) -> None:
    PLACES[place](maya(site).story("ben-ito", name="Ben Ito"))
    for _ in range(2):
        site.build()
        assert (site.report.published, site.report.held_back, site.report.site_at_fault) == (2, (), False)
        assert codes(site) == {place: Code.FULL_NAME_OF_OTHER}
        assert site.report.needs_fixing == (place,)
    assert check(site).returncode == 3


def test_an_announcement_with_the_full_name_needs_fixing(site: Site) -> None:
    banner = "announcement: {text: Maya Lopez won, from: 2026-01-01, until: 2027-01-01}\ncards"
    maya(site).change("content/site.yaml", "cards", banner).build()
    assert (site.report.published, site.report.needs_fixing) == (1, ("content/site.yaml",))


def test_an_item_whose_caption_says_the_full_name_is_held_back(site: Site) -> None:
    maya(site).photo("content/members-in-action/x.jpg")
    front = {
        "date": "2026-02-01",
        "people": "false",
        "photo": "x.jpg",
        "alt": "A fair",
        "caption": "By Maya Lopez",
    }
    site.page("members-in-action/fair", **front).build()
    assert site.report.held_back == ("content/members-in-action/fair.md",)


def test_a_text_is_held_back_when_the_consent_of_another_person_is_narrowed(site: Site) -> None:
    site.story("maya", school=None).story("ben-ito", "Maya Lopez helped.", name="Ben Ito").build()
    assert site.messages == []
    maya(site).build()
    assert site.report.held_back == ("content/stories/ben-ito.md",)
    site.story("ben-ito", "Maya helped.", name="Ben Ito").build()
    assert site.messages == []
    assert site.public == site.build(clean=True).public


def test_a_text_that_is_written_later_is_held_back(site: Site) -> None:
    maya(site).build().story("ben-ito", "Maya Lopez helped.", name="Ben Ito").build()
    assert site.report.held_back == ("content/stories/ben-ito.md",)


@pytest.mark.parametrize(
    "name",
    [
        "name: Maya Lopez",
        'name: "Maya Lopez"',
        "name: Maya Lopez\nshown_as: Maya",
        "name: >\n  Maya\n  Lopez",
    ],
)
def test_the_name_is_known_when_the_file_is_not_read_again(site: Site, name: str) -> None:
    maya(site).change("content/stories/maya.md", "name: Maya Lopez", name).build()
    site.page("mission", "Maya Lopez").build()
    assert codes(site) == {"content/mission.md": Code.FULL_NAME_OF_OTHER}


def test_the_cache_does_not_have_the_full_name(site: Site) -> None:
    maya(site).story("ben-ito", name="Ben Ito").build()
    for file in (site.root / ".sitegen").rglob("*"):
        assert not file.is_file() or b"Lopez" not in file.read_bytes()


def test_a_name_that_another_consent_covers_may_be_said(site: Site) -> None:
    maya(site).story("maya-lopez", school=None).story("ben-ito", "Maya Lopez helped.", name="Ben Ito").build()
    assert site.messages == []


def test_a_longer_name_that_another_consent_covers_may_be_said(site: Site) -> None:
    maya(site).story("other", "By Maya Rosa Lopez.", name="Maya Rosa Lopez").build()
    assert site.messages == []


def test_each_person_of_a_group_is_looked_for(site: Site) -> None:
    people = [person("Maya Lopez"), person("Ben Ito", consent=FIRST_ONLY)]
    site.group(people=people).story("cy-moe", "With Maya Lopez and Ben Ito.", name="Cy Moe").build()
    assert [str(problem).partition(",")[0] for problem in site.report.problems] == [
        'content/stories/cy-moe.md:14:21: this names "Ben Ito"'
    ]


def test_a_template_that_says_a_full_name_stops_publishing(site: Site) -> None:
    before = maya(site).page("mission").build().public
    site.write("templates/page.html", "<p>By Maya Lopez").build()
    assert (site.report.site_at_fault, site.public) == (True, before)
