"""Feeds, sitemap and search index: valid, complete, and independent of the clock."""

import json
import xml.etree.ElementTree as ET

import feedparser
import pytest

from sitegen.site import feeds
from tests.support.site import Site

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_feed_has_the_full_text_with_whole_addresses(site: Site) -> None:
    site.photo("content/stories/lab.png", (600, 400)).page("mission")
    site.story(body='She said "hi" & <b>left</b>. [Mission](../mission.md)\n\n![The lab](lab.png)').build()
    feed = feedparser.parse(site.read("feed.xml"))
    assert not feed.bozo
    (entry,) = feed.entries
    text = entry.content[0].value
    assert "She said “hi” &amp; <b>left</b>." in text
    assert '<a href="https://example.org/mission/">Mission</a>' in text
    assert 'src="https://example.org/images/' in text
    assert entry.link == entry.id == "https://example.org/stories/maya-lopez/"


def test_dates_in_the_feed_come_from_content(site: Site) -> None:
    site.story(date="2025-05-04").story("ben-ito", name="Ben Ito", date="2026-02-03").build()
    feed = feedparser.parse(site.read("feed.xml"))
    assert feed.feed.updated == "2026-02-03T00:00:00Z"
    assert [entry.published for entry in feed.entries] == ["2026-02-03T00:00:00Z", "2025-05-04T00:00:00Z"]


def test_the_feed_holds_the_fifty_newest(site: Site) -> None:
    for number in range(52):
        site.story(f"story-{number:02}", name=f"Ada B{number:02}", date=f"2026-01-{number % 28 + 1:02}")
    site.build()
    assert len(feedparser.parse(site.read("feed.xml")).entries) == 50


def test_a_feed_without_stories_is_valid(site: Site) -> None:
    feed = feedparser.parse(site.build().read("feed.xml"))
    assert (feed.bozo, feed.entries) == (False, [])


def test_the_json_feed_has_the_same_entries(site: Site) -> None:
    feed = json.loads(site.story().build().read("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["url"] == "https://example.org/stories/maya-lopez/"
    assert "<p>Her story.</p>" in item["content_html"]
    assert item["authors"] == [{"name": "Maya Lopez"}]


def test_the_sitemap_lists_every_page_that_may_be_found(site: Site) -> None:
    site.story().page("mission", aliases="[/old/]").build()
    places = {found.text for found in ET.fromstring(site.read("sitemap.xml")).iter(f"{SITEMAP}loc")}
    pages = {
        f"https://example.org/{path.removesuffix('index.html')}"
        for path in site.public
        if path.endswith("index.html") and not path.startswith("old/")
    }
    assert places == pages


def test_addresses_in_other_scripts_are_percent_encoded(site: Site) -> None:
    site.story("李明", name="李明").build()
    assert "https://example.org/stories/%E6%9D%8E%E6%98%8E/" in site.read("sitemap.xml")
    assert "stories/李明/index.html" in site.public


def test_robots_txt_names_the_sitemap(site: Site) -> None:
    assert "Sitemap: https://example.org/sitemap.xml" in site.build().read("robots.txt")


def test_a_sitemap_that_would_be_too_long_is_an_index_of_several(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {
        found.text for found in ET.fromstring(site.story().build().read("sitemap.xml")).iter(f"{SITEMAP}loc")
    }
    monkeypatch.setattr(feeds, "IN_A_SITEMAP", 5)
    site.build(clean=True)
    index = ET.fromstring(site.read("sitemap.xml"))
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [(found.text or "").removeprefix("https://example.org/") for found in index.iter(f"{SITEMAP}loc")]
    listed = [
        [found.text for found in ET.fromstring(site.read(part)).iter(f"{SITEMAP}loc")] for part in parts
    ]
    assert {place for part in listed for place in part} == whole
    assert max(map(len, listed)) <= 5
    assert parts[0] == "sitemap-1.xml"


def test_a_sitemap_stays_within_search_engines_limits_however_long_its_addresses_are() -> None:
    # a folder's name has 255 bytes at most, and each of them can take three characters
    longest = "https://" + "a" * 253 + "/stories/topics/" + "%E6" * 255 + "/page/12345/"
    entry = len(f" <url>\n  <loc>{longest}</loc>\n  <lastmod>2026-01-01</lastmod>\n </url>\n")
    assert feeds.IN_A_SITEMAP <= 50_000
    assert feeds.IN_A_SITEMAP * entry <= 50 * 2**20
