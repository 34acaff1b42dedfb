"""Consent for search: content without it is on no page that may be indexed."""

import re

import pytest

from tests.support.site import Site

NO_INDEX = '<meta name="robots" content="noindex">'
WITHOUT_SEARCH = {"covers": "[website, photo, full-name, school, social]"}
CONSENT = "consent:\n  form: R-0077\n  given: 2026-01-10\n  by: guardian\n  covers: [website, photo]\n"


def item(title: str, body: str, more: str = "") -> str:
    keys = f"title: {title}\ndate: 2026-01-02\nphoto: fair.png\nalt: A table\n"
    return f"---\n{keys}{more}---\n{body}\n"


@pytest.fixture
def mixed(site: Site) -> Site:
    """A site in which two stories and an item may be found by search engines, one of each may not."""
    site.page("index", "Welcome.")
    site.page("mission", "[A story](stories/ada-quokka.md), [a fair](members-in-action/quokka.md).")
    site.photo("content/stories/ada-quokka.jpg", colour="red")
    site.photo("content/members-in-action/fair.png", (700, 500))
    site.story(
        "ada-quokka",
        name="Ada Quokka",
        school="Quokka High",
        field="Quokkology",
        quote="I count every quokka.",
        date="2026-05-05",
        headshot="ada-quokka.jpg",
        alt="Ada Quokka smiling",
        topics="[quokkas, shared]",
        consent=WITHOUT_SEARCH,
    )
    quokkas = item("Quokka fair", "Quokkas were there.", f"people: true\n{CONSENT}")
    site.write("content/members-in-action/quokka.md", quokkas)
    site.write("content/members-in-action/open.md", item("Open day", "We were there.", "people: false\n"))
    site.story(topics="[shared]")
    return site.story("ben-ito", name="Ben Ito", field="Chemistry", topics="[shared]")


def indexable(site: Site) -> dict[str, str]:
    """Return every published text except pages with `noindex`."""
    texts = {
        path: data.decode()
        for path, data in site.public.items()
        if not path.startswith(("images/", "assets/", ".sitegen"))
    }
    return {path: text for path, text in texts.items() if NO_INDEX not in text}


def pictures(text: str) -> set[str]:
    return set(re.findall(r"images/([0-9a-f]+)-", text))


def test_no_page_that_search_engines_may_list_shows_anything_of_them(mixed: Site) -> None:
    mixed.with_cards().build()
    assert mixed.messages == []
    own = pictures(mixed.read("stories/ada-quokka/index.html"))
    own -= pictures(mixed.read("stories/maya-lopez/index.html"))
    assert own
    for path, text in indexable(mixed).items():
        # a page links to them in its text
        shown = re.sub(r'href="[^"]*"', "", text) if path == "mission/index.html" else text
        assert "quokka" not in shown.lower(), path
        assert not own & pictures(text), path


def test_people_find_every_story_and_item_on_lists_of_their_own(mixed: Site) -> None:
    mixed.build()
    every = mixed.read("stories/all/index.html")
    assert NO_INDEX in every
    assert all(name in every for name in ("Ada Quokka", "Maya Lopez", "Ben Ito"))
    assert 'href="/stories/all/"' in mixed.read("stories/index.html")
    assert "Ada Quokka" in mixed.read("stories/all/fields/quokkology/index.html")
    assert 'href="/stories/all/fields/quokkology/"' in mixed.read("stories/ada-quokka/index.html")
    assert "Quokkas were there." in mixed.read("members-in-action/all/index.html")
    assert 'href="/members-in-action/all/"' in mixed.read("members-in-action/index.html")
    assert 'href="/members-in-action/all/#quokka"' in mixed.read("mission/index.html")


def test_a_term_of_only_unsearchable_stories_is_on_no_searchable_page(mixed: Site) -> None:
    mixed.build()
    assert "stories/fields/quokkology/index.html" not in mixed.public
    assert "quokk" not in mixed.read("sitemap.xml")
    assert "/all/" not in mixed.read("sitemap.xml")


def test_one_list_is_enough_where_every_consent_covers_search(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito").build()
    assert not [path for path in site.public if "/all/" in path]


def test_a_story_cannot_have_the_address_of_the_list_of_all(site: Site) -> None:
    site.story("all").build()
    assert site.report.held_back == ("content/stories/all.md",)


def test_a_story_leaves_the_lists_when_its_consent_for_search_ends(mixed: Site) -> None:
    mixed.build().story("maya-lopez", topics="[shared]", consent=WITHOUT_SEARCH).build()
    assert not [path for path, text in indexable(mixed).items() if "Maya" in text]
    mixed.story("maya-lopez", topics="[shared]").build()
    assert "Maya Lopez" in mixed.read("stories/index.html")


def test_an_item_that_must_come_down_is_found_on_the_page_of_all_items(mixed: Site) -> None:
    mixed.build().change("content/members-in-action/quokka.md", "  by:", "  withdrawn: 2026-02-02\n  by:")
    mixed.page("mission", "[Nowhere](nowhere.md)").build()
    assert mixed.report.still_public == ("/members-in-action/#quokka",)
