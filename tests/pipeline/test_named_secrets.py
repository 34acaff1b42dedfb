"""Named secrets: a text that names one is held back alone."""

import pytest

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


@pytest.mark.parametrize("text", NAMING)
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
