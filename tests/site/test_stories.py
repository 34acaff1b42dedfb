"""Story pages: their parts, and which stories have them."""

import pytest

from tests.support.site import Site


def main(site: Site, path: str = "stories/maya-lopez/index.html") -> str:
    """Return the main part of a page."""
    return site.read(path).partition("<main")[2].partition("</main>")[0]


def test_the_quote_is_the_headline_and_includes_the_name(site: Site) -> None:
    heading = main(site.story().build()).partition("<h1>")[2].partition("</h1>")[0]
    assert "I build what I wish existed." in heading
    assert "Maya Lopez" in heading


@pytest.mark.parametrize("said", [True, False])
def test_a_sentence_is_a_quotation_only_if_it_is_in_the_persons_own_words(site: Site, said: bool) -> None:
    quote, mark = "I build what I wish existed.", "“" if said else ""
    site.story(own_words="true" if said else "false").story(
        "ben-ito", name="Ben Ito", quote="Bridges."
    ).build()
    assert (f'<q class="quote">{quote}</q>' in main(site)) is said
    assert (f'<q class="quote">{quote}</q>' in main(site, "stories/ben-ito/index.html")) is said
    for page in ("index.html", "stories/index.html"):
        assert (f'<blockquote><p class="quote">{quote}</p></blockquote>' in main(site, page)) is said
        assert f'<p class="quote">{quote}</p>' in main(site, page)
    assert f'<meta name="description" content="{mark}{quote}' in site.read("stories/maya-lopez/index.html")
    assert (f"&lt;blockquote&gt;&lt;p&gt;{quote}" in site.read("feed.xml")) is said


@pytest.mark.parametrize(("title", "shown"), [(None, False), ("The radio on our block", True)])
def test_a_written_title_is_above_the_quote(site: Site, title: str | None, shown: bool) -> None:
    page = main(site.story(title=title).build())
    assert ('class="eyebrow"' in page) is shown
    assert (str(title) in page) is shown


@pytest.mark.parametrize(("words", "shown"), [(3, ""), (450, ""), (600, "3 min"), (2_000, "10 min")])
def test_a_story_says_how_long_it_takes_to_read_from_three_minutes(
    site: Site, words: int, shown: str
) -> None:
    page = main(site.story(body="word " * words).build())
    assert ("Reading time" in page) is bool(shown)
    assert f"<dd>{shown}</dd>" in page or not shown


def test_a_story_without_facts_has_no_list_of_them(site: Site) -> None:
    page = main(site.story(school=None, year=None, field=None).build())
    assert "<dl" not in page


def test_links_for_sharing_exist_only_if_the_consent_covers_it(site: Site) -> None:
    site.story("yes", name="Ada Li").story("no", consent={"covers": "[website]"}, name="Ben Osei").build()
    assert "data-share" in main(site, "stories/yes/index.html")
    assert "wa.me" in main(site, "stories/yes/index.html")
    assert "data-share" not in main(site, "stories/no/index.html")
    assert "wa.me" not in main(site, "stories/no/index.html")


def test_a_shared_address_is_whole_and_encoded(site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", "https://example.org/base")
    page = main(site.story().build())
    assert "u=https%3A//example.org/base/stories/maya-lopez/" in page
    assert 'data-share="https://example.org/base/stories/maya-lopez/"' in page


def test_a_list_says_how_many_stories_it_has(site: Site) -> None:
    site.change("content/site.yaml", "name: Test", "page_size: 2\nname: Test")
    for each in range(3):
        site.story(f"s{each}", name=f"Ada B{each}", field="Robotics" if each else "Chemistry")
    site.build()
    assert "3 stories" in main(site, "stories/page/2/index.html")
    assert "1 story" in main(site, "stories/fields/chemistry/index.html")
