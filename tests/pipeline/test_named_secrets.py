"""Named secrets: a text that names one is held back alone."""

import pytest

from sitegen.audit import leak_scanner
from sitegen.audit.phrases import Phrases
from sitegen.core.problem_codes import Code
from tests.support.site import Site

NAMING = {
    "This is my photo: ben.jpg.": 'this names the photo file "ben.jpg".',
    "Read https://example.org/stories/ben-ito/ as well.": "this names /stories/ben-ito/, which the public",
    "Read /stories/ben-ito/ as well.": "this names /stories/ben-ito/, which the public doesn't see.",
    "My friend’s form is R-4711.": 'this names "r 4711", the number of a signed form.',
}


GONE = {"form": "R-4711", "withdrawn": "2026-11-01"}


def withdrawn(site: Site) -> Site:
    """Write a withdrawn story and a public one."""
    site.story("ben-ito", name="Ben Ito", consent=GONE, headshot="ben.jpg", alt="Ben")
    return site.photo("content/stories/ben.jpg").story("cy-moe", name="Cy Moe")


def assert_named(site: Site, path: str, text: str) -> None:
    """Check that the last build reported the secret in that file, and nothing else."""
    [problem] = site.report.problems
    assert (problem.code, problem.where.path) == (Code.PRIVATE_DETAIL_IN_TEXT, path)
    assert NAMING[text] in problem.message


@pytest.mark.parametrize("text", NAMING)
def test_a_story_that_names_a_secret_is_held_back_and_the_others_are_published(site: Site, text: str) -> None:
    withdrawn(site).story("maya-lopez", body=f"Hello.\n\n{text}\n").build()
    assert "stories/cy-moe/index.html" in site.public
    assert "stories/maya-lopez/index.html" not in site.public
    assert_named(site, "content/stories/maya-lopez.md", text)


@pytest.mark.parametrize("text", NAMING)
def test_a_named_secret_is_reported_in_every_build_until_it_is_fixed(site: Site, text: str) -> None:
    withdrawn(site).story("maya-lopez", body=text).build()
    assert_named(site.build(), "content/stories/maya-lopez.md", text)
    after = site.change("content/stories/maya-lopez.md", text, "Nothing of it.").build().public
    assert site.messages == []
    assert after == site.build(clean=True).public


def test_a_story_that_has_the_address_does_not_block_the_take_down(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito").story("maya-lopez", body="See https://example.org/stories/ben-ito/")
    assert "stories/ben-ito/index.html" in site.build().public
    site.story("ben-ito", name="Ben Ito", consent=GONE).build()
    assert not any("ben-ito" in path for path in site.public)


@pytest.mark.parametrize("text", [text for text in NAMING if "R-4711" not in text])
@pytest.mark.parametrize("where", ["content/mission.md", "content/site.yaml", "assets/notes.txt"])
def test_a_page_that_names_a_secret_is_published_with_a_warning(site: Site, where: str, text: str) -> None:
    withdrawn(site).page("mission")
    if where.endswith(".yaml"):
        site.change(where, "A site for tests.", f"'{text}'")
    else:
        site.write(where, f"---\ntitle: Mission\n---\n{text}\n")
    for _ in range(2):
        site.build()
        assert (site.report.published, site.report.held_back, site.report.site_at_fault) == (1, (), False)
        assert_named(site, where, text)


# -- numbers of forms in texts of the site -------------------------------------------------


NUMBERS = (
    *("Form R-4711 is here.", "Form R\u20114711.", "form r 4711", "**R**-4711", "R-47**11**", "`R-4711`"),
    *("## R-4711", "[R-4711](https://example.org)", "[Form](https://example.org/R-4711)", "R&#45;4711"),
    *("| R | 4711 |\n|---|---|\n| a | b |", "<b>R-4711</b>", "R-\n4711", "Ｒ-４７１１"),
    *("N.[^1]\n\n[^1]: R-4711", "R_4711"),
    *("R/4711", "- [x] R-4711", "~~R-4711~~", "<details><summary>R-4711</summary>A</details>"),
)  # fmt: skip


def says_number(site: Site) -> list[str]:
    """Return the published texts with the number, also between tags."""
    texts = {path: data for path, data in site.public.items() if path.endswith((".html", ".xml", ".txt"))}
    return [
        path
        for path, data in texts.items()
        if Phrases({("r", "4711"): ""}).said(leak_scanner.spoken_words(leak_scanner.text_of(data)))
    ]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_page_is_published_without_the_number_of_a_form(site: Site, text: str) -> None:
    withdrawn(site).page("mission", f"We begin.\n\n{text}\n\nWe end.").build()
    assert (site.codes, site.report.needs_fixing) == (["form-number-left-out"], ("content/mission.md",))
    assert (site.report.published, site.report.site_at_fault, says_number(site)) == (1, False, [])
    assert "mission/index.html" in site.public


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/site.yaml", "A site for tests.", "Filed as R-4711."),
        ("content/site.yaml", "name: Test Collective", "name: R-4711"),
        ("content/site.yaml", "cards: false", "contact: {name: Form R-4711, role: x, email: a@example.org}"),
        ("content/site.yaml", "cards: false", "navigation: [{label: R-4711, to: mission.md}]"),
        ("content/mission.md", "title: Mission", "title: About R-4711\nsummary: As in R-4711."),
        ("content/mission.md", "title: Mission", "title: R-4711"),
    ],
)
def test_settings_and_values_are_published_without_it(site: Site, path: str, old: str, new: str) -> None:
    withdrawn(site).page("mission").change(path, old, new).build()
    assert (set(site.codes), site.report.needs_fixing) == ({"form-number-left-out"}, (path,))
    assert (site.report.published, says_number(site)) == (1, [])


def test_the_next_builds_leave_the_number_out_as_a_clean_one_does(site: Site) -> None:
    withdrawn(site).page("mission", "One R-4711.").page("join", "Two.").build()
    public, said = site.public, site.messages
    for clean in (False, False, True):
        site.build(clean=clean)
        assert (site.public, site.messages) == (public, said)
    site.change("content/mission.md", "R-4711", "of us").build()
    assert (site.messages, "One of us." in site.read("mission/index.html")) == ([], True)
    assert site.public == site.build(clean=True).public


def test_a_number_that_becomes_one_later_is_left_out_then(site: Site) -> None:
    site.story("cy-moe", name="Cy Moe").page("mission", "One R-4711.").build()
    assert says_number(site) == ["mission/index.html"]
    withdrawn(site).build()
    assert (says_number(site), site.codes) == ([], ["form-number-left-out"])


def test_an_asset_with_the_number_is_left_out_alone(site: Site) -> None:
    withdrawn(site).write("assets/notes.txt", "R-4711").write("assets/more.txt", "More.").build()
    assert (site.codes, site.report.needs_fixing) == (["form-number-left-out"], ("assets/notes.txt",))
    assert "assets/notes.txt" not in site.public
    assert "assets/more.txt" in site.public


def test_the_take_down_goes_through(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito", consent={"form": "R-4711"}).story("cy-moe", name="Cy Moe")
    site.page("mission", "Ben's form is R-4711.").page("index", "R-4711", layout="home").build()
    assert "stories/ben-ito/index.html" in site.public
    site.story("ben-ito", name="Ben Ito", consent=GONE).build()
    assert "stories/ben-ito/index.html" not in site.public
    assert (site.report.site_at_fault, says_number(site)) == (False, [])


def test_the_address_of_a_page_with_the_number_gets_a_warning(site: Site) -> None:
    withdrawn(site).page("r-4711").build()
    assert (site.report.site_at_fault, site.report.published) == (False, 1)
    assert "private-detail-in-text" in site.codes


@pytest.mark.parametrize("form", ["2026", "R12", "12500"])
def test_a_number_that_may_be_anything_is_not_looked_for(site: Site, form: str) -> None:
    site.story("cy-moe", "In 2026, in R12, for 12500.", name="Cy Moe", consent={"form": form}).build()
    assert (site.messages, site.report.published) == ([], 1)


def test_a_network_that_names_a_secret_is_held_back_alone(site: Site) -> None:
    withdrawn(site).page("networks/one", "Form R-4711.").page("networks/two").build()
    assert site.report.held_back == ("content/networks/one.md",)
    assert "networks/two/index.html" in site.public


def test_a_template_that_names_a_secret_stops_publishing(site: Site) -> None:
    before = withdrawn(site).page("mission").build().public
    site.write("templates/page.html", "<p>Form R-4711").build()
    assert (site.report.site_at_fault, site.public) == (True, before)
    assert site.messages[0].startswith("templates/page.html:1:")


def test_a_link_with_the_full_url_of_a_withheld_story_becomes_plain_text(site: Site) -> None:
    withdrawn(site).story(
        "maya-lopez", body="See [a friend](https://example.org/stories/ben-ito/#top)."
    ).build()
    assert "See a friend." in site.read("stories/maya-lopez/index.html")
    assert site.messages == []


def test_a_link_with_the_full_url_of_a_public_story_stays(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito").story(
        "maya-lopez", body="[Ben](https://example.org/stories/ben-ito/)"
    )
    assert 'href="https://example.org/stories/ben-ito/"' in site.build().read("stories/maya-lopez/index.html")


# -- what is said by chance -----------------------------------------------------------------


FIGURES_AND_STYLES = ("1 + 1", "a b", "Position 1", "Box Sizing")
FOR_MACHINES = ("Schema Org", "Graph Type", "Json Context", "Xml Version", "Title Subtitle")


@pytest.mark.parametrize("name", [*FIGURES_AND_STYLES, *FOR_MACHINES])
def test_a_draft_named_like_fixed_text_of_every_site_blocks_nothing(site: Site, name: str) -> None:
    site.story("draft", name=name, draft="true").story().page("networks/one").build()
    assert (site.report.site_at_fault, site.report.published) == (False, 1)
