"""Feeds, sitemap and search index: valid, complete, and independent of the clock."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import date

import feedparser
import pytest

from sitegen.site import feeds
from tests.support.site import Site, person
from tests.support.up_to_date import settled

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
    assert [entry.published for entry in feed.entries] == ["2026-02-03T00:00:00Z", "2026-01-10T00:00:00Z"]


def published(site: Site) -> dict[str, str]:
    """Return when each story became public, in the order of the feed, by the last part of its address."""
    entries = feedparser.parse(site.read("feed.xml")).entries
    return {entry.link.split("/")[-2]: entry.published for entry in entries}


def updated(site: Site) -> str:
    """Return when the feed was changed last."""
    return str(feedparser.parse(site.read("feed.xml")).feed.updated)


def test_days_begin_at_midnight_in_the_time_zone_of_the_site(site: Site) -> None:
    site.change("content/site.yaml", "cards:", "timezone: America/New_York\ncards:")
    site.story(publish="2026-07-04").story("ben-ito", name="Ben Ito", date="2026-02-03").build()
    assert published(site) == {
        "maya-lopez": "2026-07-04T00:00:00-04:00",
        "ben-ito": "2026-02-03T00:00:00-05:00",
    }
    items = json.loads(site.read("feed.json"))["items"]
    assert [item["date_published"] for item in items] == list(published(site).values())


def test_an_old_story_that_is_newly_public_comes_first(site: Site) -> None:
    site.story("old", name="Ada Old", date="2001-02-03", publish="2026-11-20")
    site.story("older", name="Eva Older", date="1999-02-03", consent={"given": "2026-11-19"})
    for number in range(50):
        site.story(f"story-{number:02}", name=f"Ada B{number:02}", date="2026-11-01")
    site.build()
    assert list(published(site).items())[:2] == [
        ("old", "2026-11-20T00:00:00Z"),
        ("older", "2026-11-19T00:00:00Z"),
    ]
    assert len(published(site)) == 50


def test_of_several_people_the_last_consent_makes_a_story_public(site: Site) -> None:
    site.group(people=[person("Maya Lopez"), person("Ben Ito", consent={"given": "2026-03-03"})]).build()
    assert published(site) == {"robots": "2026-03-03T00:00:00Z"}


def test_a_correction_changes_when_a_story_was_updated_not_when_it_was_published(site: Site) -> None:
    site.story(updated="2026-05-06").build()
    (entry,) = feedparser.parse(site.read("feed.xml")).entries
    assert (entry.published, entry.updated) == ("2026-02-01T00:00:00Z", "2026-05-06T00:00:00Z")
    assert updated(site) == "2026-05-06T00:00:00Z"
    assert "<lastmod>2026-05-06</lastmod>" in site.read("sitemap.xml")
    page = site.read("stories/maya-lopez/index.html")
    assert 'corrected <time datetime="2026-05-06">' in page
    assert '"datePublished":"2026-02-01","dateModified":"2026-05-06"' in page.replace(" ", "")


def test_a_correction_before_the_story_was_public_is_none(site: Site) -> None:
    site.story(updated="2026-01-31").build()
    assert updated(site) == "2026-02-01T00:00:00Z"
    assert "corrected" not in site.read("stories/maya-lopez/index.html")


@pytest.mark.parametrize("gone", [{"withdrawn": "2026-11-20"}, {"until": "2026-11-19"}])
def test_a_feed_is_not_older_than_before_when_its_newest_story_leaves(
    site: Site, gone: dict[str, str]
) -> None:
    site.story().story("ben-ito", name="Ben Ito", date="2026-11-01").build()
    assert updated(site) == "2026-11-01T00:00:00Z"
    site.story("ben-ito", name="Ben Ito", date="2026-11-01", consent=gone).build()
    assert list(published(site)) == ["maya-lopez"]
    assert updated(site) == "2026-11-20T00:00:00Z"


@pytest.mark.parametrize(
    "front",
    [
        {"draft": "true", "expire": "2026-11-01"},
        {"publish": "2026-11-10", "expire": "2026-11-01"},
        {"expire": "2026-11-01", "consent": {"covers": "[website]"}},
    ],
)
def test_what_was_in_no_feed_does_not_change_it_by_leaving(site: Site, front: dict[str, str]) -> None:
    site.story().story("ben-ito", name="Ben Ito", **front).build()
    assert updated(site) == "2026-02-01T00:00:00Z"


def test_a_day_counts_from_that_day_on(site: Site) -> None:
    site.story(date="2026-11-23", updated="2026-11-25").build()
    assert published(site) == {"maya-lopez": "2026-01-10T00:00:00Z"}
    for today, day in ((22, "2026-01-10"), (23, "2026-11-23"), (24, "2026-11-23"), (25, "2026-11-25")):
        site.build(today=date(2026, 11, today))
        assert updated(site) == f"{day}T00:00:00Z"
        before = site.public
        assert site.build(today=date(2026, 11, today), clean=True).public == before


def test_a_build_with_nothing_to_do_sees_that_a_day_has_come(site: Site) -> None:
    settled(site.story(updated="2026-11-22"))
    site.build(today=date(2026, 11, 22))
    assert updated(site) == "2026-11-22T00:00:00Z"


def test_links_within_a_story_are_whole_in_feeds(site: Site) -> None:
    site.story(body="[Below](#why)\n\n## Why\n\nA note[^1].\n\n[^1]: Small.").build()
    (entry,) = feedparser.parse(site.read("feed.xml")).entries
    targets = re.findall(r'href="([^"]+)"', entry.content[0].value)
    assert targets
    assert all(target.startswith("https://example.org/stories/maya-lopez/#") for target in targets)
    assert 'href="#why"' in site.read("stories/maya-lopez/index.html")


def test_the_sitemap_names_no_day_before_computers_count(site: Site) -> None:
    site.story(date="1969-12-31", consent={"given": "1968-01-10"}).build()
    assert "/stories/maya-lopez/</loc>" in site.read("sitemap.xml")
    assert "<lastmod>" not in site.read("sitemap.xml")
    assert published(site) == {"maya-lopez": "1969-12-31T00:00:00Z"}


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
