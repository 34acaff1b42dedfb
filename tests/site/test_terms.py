"""Term lists: every field, school and topic can be found."""

import re

import pytest

from sitegen.site import taxonomy, terms
from tests.support.site import Site

TOPICS = 7


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxonomy, "MOST_TERMS", 3)
    monkeypatch.setattr(terms, "ON_A_PAGE", 4)


def with_topics(site: Site, count: int = TOPICS) -> Site:
    """Write a story for each topic; most of them have the third from the end as well."""
    for number in range(count):
        topics = f"[Topic {number}, Topic {max(number, count - 3)}]"
        site.story(f"s{number}", name=f"Ada B{number}", date=f"2026-01-{number + 1:02}", topics=topics)
    return site


def chips(site: Site, path: str) -> list[str]:
    """Return the topics that a page has as filters."""
    return re.findall(r'class="chip" href="/stories/topics/([a-z0-9-]+)/"', site.read(path))


def test_every_list_shows_all_terms_if_there_are_few(site: Site) -> None:
    with_topics(site, 3).build()
    assert chips(site, "stories/index.html") == ["topic-0", "topic-1", "topic-2"]
    assert "stories/topics/index.html" not in site.public


def test_every_list_shows_the_most_frequent_of_many_terms_and_links_to_all(site: Site) -> None:
    with_topics(site).build()
    assert chips(site, "stories/index.html") == ["topic-0", "topic-1", "topic-4"]
    assert 'href="/stories/topics/">All topics</a>' in site.read("stories/index.html")
    assert 'href="/stories/fields/"' not in site.read("stories/index.html")


def test_a_directory_has_all_of_them_on_pages(site: Site) -> None:
    with_topics(site).build()
    first, second = chips(site, "stories/topics/index.html"), chips(site, "stories/topics/page/2/index.html")
    assert first + second == [f"topic-{number}" for number in range(TOPICS)]
    assert "https://example.org/stories/topics/page/2/" in site.read("sitemap.xml")


def test_a_topic_that_is_not_a_filter_still_has_its_list(site: Site) -> None:
    with_topics(site).build()
    page = site.read("stories/topics/topic-6/index.html")
    assert "Topic: Topic 6" in page
    assert 'aria-current="true"' not in page.partition("<main")[2]
    assert 'topic-4/" aria-current="true"' in site.read("stories/topics/topic-4/index.html")


def test_a_directory_is_removed_with_its_last_topics(site: Site) -> None:
    with_topics(site).build()
    for number in range(3, TOPICS):
        site.remove(f"content/stories/s{number}.md")
    assert "stories/topics/index.html" in site.public
    # three are left: those of the first stories, and the one that they share with the others
    with_topics(site, 3).build()
    assert not [
        path for path in site.public if path.startswith(("stories/topics/index", "stories/topics/page"))
    ]
