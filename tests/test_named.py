"""A text that names what must not be published is held back alone, and holds up nobody else."""

import pytest

from tests.conftest import Site

NAMING = {
    "This is my photo: ben.jpg.": 'this names the photo file "ben.jpg".',
    "Read https://example.org/stories/ben-ito/ as well.": "this names /stories/ben-ito/, which the public",
    "Read /stories/ben-ito/ as well.": "this names /stories/ben-ito/, which the public doesn't see.",
    "My friend’s form is R-4711.": 'this names "r 4711", the number of a signed form.',
}


GONE = {"form": "R-4711", "withdrawn": "2026-11-01"}


def withdrawn(site: Site) -> Site:
    """Write a story that is withdrawn, beside one that isn't."""
    site.story("ben-ito", name="Ben Ito", consent=GONE, headshot="ben.jpg", alt="Ben")
    return site.photo("content/stories/ben.jpg").story("cy-moe", name="Cy Moe")


@pytest.mark.parametrize("text", NAMING)
def test_a_story_that_names_it_is_held_back_and_the_others_are_published(site: Site, text: str) -> None:
    withdrawn(site).story("maya-lopez", body=f"Hello.\n\n{text}\n").build()
    assert "stories/cy-moe/index.html" in site.public
    assert "stories/maya-lopez/index.html" not in site.public
    (told,) = [line for line in site.messages if NAMING[text] in line]
    assert told.startswith("content/stories/maya-lopez.md:")


@pytest.mark.parametrize("text", NAMING)
def test_it_is_told_in_every_build_until_it_is_mended(site: Site, text: str) -> None:
    withdrawn(site).story("maya-lopez", body=text).build()
    assert any(NAMING[text] in line for line in site.build().messages)
    after = site.change("content/stories/maya-lopez.md", text, "Nothing of it.").build().public
    assert site.messages == []
    assert after == site.build(clean=True).public


def test_a_take_down_is_not_held_up_by_a_story_with_the_address_in_it(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito").story("maya-lopez", body="See https://example.org/stories/ben-ito/")
    assert "stories/ben-ito/index.html" in site.build().public
    site.story("ben-ito", name="Ben Ito", consent=GONE).build()
    assert not any("ben-ito" in path for path in site.public)


def test_a_page_that_names_it_says_where(site: Site) -> None:
    withdrawn(site).page("mission", "See /stories/ben-ito/ too.").build()
    assert site.public == {}
    told = next(line for line in site.messages if "which the public" in line)
    assert told.startswith("content/mission.md:")
    assert "Take the address out." in told


def test_a_link_with_the_whole_address_of_a_withheld_story_becomes_plain_words(site: Site) -> None:
    withdrawn(site).story(
        "maya-lopez", body="See [a friend](https://example.org/stories/ben-ito/#top)."
    ).build()
    assert "See a friend." in site.read("stories/maya-lopez/index.html")
    assert site.messages == []


def test_a_link_with_the_whole_address_of_a_public_story_stays(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito").story(
        "maya-lopez", body="[Ben](https://example.org/stories/ben-ito/)"
    )
    assert 'href="https://example.org/stories/ben-ito/"' in site.build().read("stories/maya-lopez/index.html")


# -- what is said by chance -----------------------------------------------------------------


FIGURES_AND_STYLES = ("1 + 1", "a b", "Position 1", "Box Sizing")
FOR_MACHINES = ("Schema Org", "Graph Type", "Json Context", "Xml Version", "Title Subtitle")


@pytest.mark.parametrize("name", [*FIGURES_AND_STYLES, *FOR_MACHINES])
def test_a_draft_of_a_name_that_every_site_says_by_chance_stops_nobody(site: Site, name: str) -> None:
    site.story("draft", name=name, draft="true").story().page("networks/one").build()
    assert (site.report.site_at_fault, site.report.published) == (False, 1)
