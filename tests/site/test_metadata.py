"""Page metadata for search engines and link previews."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.core.visible_text import visible_text
from sitegen.site import json_ld, security_headers
from tests.support.site import SETTINGS, Site

ROOT = Path(__file__).parents[2]

STORY = "stories/maya-lopez/index.html"
ORIGIN = "https://example.org"


@pytest.fixture
def site(site: Site) -> Site:
    """An empty site on which cards are drawn."""
    return site.with_cards()


def head(site: Site, path: str) -> str:
    return site.read(path).partition("</head>")[0]


def said(site: Site, path: str) -> dict[str, str]:
    """Return the content of each meta element by its name or property."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head(site, path))
    return dict(found)


def things(site: Site, path: str) -> dict[str, dict[str, Any]]:
    """Return the linked data of a page, by type."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.read(path), re.DOTALL)
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


# -- shared links ---------------------------------------------------------------------------


def test_a_shared_story_shows_its_card(site: Site) -> None:
    shown = said(site.story().build(), STORY)
    assert (shown["og:type"], shown["og:title"]) == ("article", "Maya Lopez, Robotics")
    assert shown["og:url"] == f"{ORIGIN}/stories/maya-lopez/"
    assert shown["og:image"].removeprefix(f"{ORIGIN}/") in site.public
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    assert "I build what I wish existed." in shown["og:image:alt"]
    assert shown["twitter:card"] == "summary_large_image"


def test_every_picture_in_a_head_is_there_under_a_base_path_too(site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", "https://org.example/site")
    site.story().page("mission").page("networks/ours").build()
    for path in ("index.html", "mission/index.html", "networks/ours/index.html", STORY):
        links = re.findall(
            r'(?:href|content)="(?:https://org.example)?/site/((?:assets|images)/[^"?]+)', head(site, path)
        )
        assert len(links) >= 4
        assert set(links) <= site.public.keys()


def test_lists_of_stories_share_the_card_of_the_index(site: Site) -> None:
    site.page("stories/index", title="Our stories").story().build()
    index = said(site, "stories/index.html")["og:image"]
    assert said(site, "stories/fields/robotics/index.html")["og:image"] == index


def test_pages_that_should_not_be_shared_have_no_card(site: Site) -> None:
    site.page("mission", aliases="[/old/]").build()
    for path in ("404.html", "old/index.html"):
        assert "og:" not in site.read(path)
        assert "ld+json" not in site.read(path)


def test_a_translation_names_the_page_in_each_language_and_which_is_for_all_others(site: Site) -> None:
    site.write("content/site.yaml", f"{SETTINGS}languages: [en, es]\n").page("mission")
    site.page("mision", lang="es", translation_of="mission.md").build()
    for path in ("mission/index.html", "mision/index.html"):
        found = set(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', head(site, path)))
        assert {(language, address.removeprefix(ORIGIN)) for language, address in found} == {
            ("en", "/mission/"),
            ("es", "/mision/"),
            ("x-default", "/mission/"),
        }


# -- linked data ----------------------------------------------------------------------------


def test_the_home_page_describes_the_collective_and_the_site(site: Site) -> None:
    found = things(site.build(), "index.html")
    assert found.keys() == {"NGO", "WebSite"}
    assert found["NGO"] | {"name": "Test Collective", "url": f"{ORIGIN}/"} == found["NGO"]
    assert found["NGO"]["logo"].removeprefix(f"{ORIGIN}/") in site.public
    assert found["WebSite"]["publisher"] == {"@id": found["NGO"]["@id"]}


def test_breadcrumbs_lead_from_the_home_page_to_a_story(site: Site) -> None:
    trail = things(site.story().build(), STORY)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"].removeprefix(ORIGIN)) for step in trail] == [
        (1, "TC", "/"),
        (2, "Hear From Our Youth", "/stories/"),
        (3, "Maya Lopez, Robotics", "/stories/maya-lopez/"),
    ]


def test_breadcrumbs_follow_the_titles_of_the_pages_above(site: Site) -> None:
    site.story().page("stories/index", title="Our stories").build()
    site.change("content/stories/index.md", "Our stories", "Their stories").build()
    assert "Their stories" in str(things(site, STORY)["BreadcrumbList"])


def test_an_article_describes_the_person_as_the_consent_covers(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt="Maya").build()
    article = things(site, STORY)["Article"]
    assert article["about"]["name"] == "Maya Lopez"
    assert article["about"]["affiliation"]["name"] == "Central High School"
    assert article["about"]["image"].removeprefix(f"{ORIGIN}/") in site.public
    assert (article["headline"], article["datePublished"]) == ("Maya Lopez, Robotics", "2026-02-01")
    assert article["publisher"]["name"] == "Test Collective"


def test_an_article_omits_what_the_consent_does_not_cover(site: Site) -> None:
    site.photo("content/stories/maya.jpg")
    site.story("maya", headshot="maya.jpg", alt="Maya", consent={"covers": "[website, search]"}).build()
    article = things(site, "stories/maya/index.html")["Article"]
    assert article["about"] == {"@type": "Person", "name": "Maya"}
    assert "image" not in article


def test_a_story_that_search_engines_may_not_list_has_no_linked_data(site: Site) -> None:
    site.story(consent={"covers": "[website, full-name, school, photo, social]"}).build()
    assert "ld+json" not in site.read(STORY)


def test_a_page_of_questions_lists_them_with_their_answers(site: Site) -> None:
    site.page("faq", "## What is it?\n\nA *table* [here](faq.md).\n\n## Who leads?\n\nWe do.", layout="faq")
    asked = things(site.build(), "faq/index.html")["FAQPage"]["mainEntity"]
    assert [(each["name"], each["acceptedAnswer"]["text"]) for each in asked] == [
        ("What is it?", "A table here."),
        ("Who leads?", "We do."),
    ]


def test_an_announcement_with_a_day_is_an_event(site: Site) -> None:
    announced = "announcement: {text: Access in Action, from: 2026-11-01, until: 2026-12-01%s}\n"
    site.write("content/site.yaml", SETTINGS + announced % ", date: 2026-12-01, place: City Hall").build()
    event = things(site, "index.html")["Event"]
    assert (event["name"], event["startDate"]) == ("Access in Action", "2026-12-01")
    assert event["location"]["name"] == "City Hall"
    shown = visible_text(site.read("index.html"))
    assert "Access in Action December 1, 2026 City Hall" in " ".join(shown.split())
    site.write("content/site.yaml", SETTINGS + announced % "").build()
    assert "Event" not in things(site, "index.html")


@pytest.mark.parametrize("text", ["</script><script>", "<!--", "]]>", "\u2028", "&lt;", '"', "\\", "\x00"])
def test_no_value_can_break_out_of_linked_data(text: str) -> None:
    script = json_ld.script([{"@type": "Thing", "name": text}])
    assert not re.search(r"[<>&\u2028\u2029\x00-\x1f]", script)
    assert json.loads(script)["@graph"][0]["name"] == text


def test_a_quote_that_looks_like_code_stays_text_in_every_place(site: Site) -> None:
    site.story(quote="'I write </script><b onclick=\"x\">code & tests'").build()
    assert things(site, STORY)["Article"]["abstract"] == "I write </script><b onclick=”x”>code & tests"
    assert "<b onclick" not in site.read(STORY)


# -- policy and headers ---------------------------------------------------------------------


def test_every_page_has_the_policy_that_servers_send(site: Site) -> None:
    site.story().page("mission", aliases="[/old/]").build()
    (policy,) = re.findall(r"Content-Security-Policy: (.*); frame-ancestors 'none'\n", site.read("_headers"))
    assert policy.startswith("default-src 'none'; ")
    for path in site.public:
        if path.endswith(".html"):
            assert f'content="{policy}"'.replace("'", "&#39;") in head(site, path)


def test_a_script_in_a_template_runs_by_its_digest_and_no_other_does(site: Site) -> None:
    site.write("templates/404.html", "<script>let a = 1</script><style>p {}</style>").build()
    policy = site.read("_headers")
    assert "script-src 'self' 'sha256-" in policy
    assert re.search(r"style-src 'self' 'sha256-[\w+/]{43}='", policy)
    assert "unsafe" not in policy


def test_no_cache_keeps_a_picture_or_card_for_longer_than_a_day(site: Site) -> None:
    """They can be of people whose story is taken down."""
    files = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile")}
    files["_headers"] = site.story().build().read("_headers")
    for name, text in files.items():
        ages = re.findall(r"/images/.*?\n?.*?(max-age=.*?)[\"\n]", text)
        assert (name, ages) == (name, ["max-age=86400, must-revalidate"])


def test_scripts_run_only_where_there_is_one_among_the_assets() -> None:
    assert "script-src" not in security_headers.policy(["style.css"], [])
    assert "script-src 'self'" in security_headers.policy(["share.js"], [])


def test_the_manifest_names_icons_that_are_there(site: Site) -> None:
    manifest = json.loads(site.build().read("manifest.webmanifest"))
    assert (manifest["name"], manifest["short_name"], manifest["start_url"]) == ("Test Collective", "TC", "/")
    icons = {icon["src"].partition("?")[0].removeprefix("/") for icon in manifest["icons"]}
    assert len(icons) == 3
    assert icons <= site.public.keys()
