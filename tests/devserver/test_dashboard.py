"""Dashboard: each story with its status, and nothing of withdrawn ones."""

import re
from pathlib import Path

from tests.support.preview import previewed
from tests.support.served_story import pictures
from tests.support.site import Site, picture, tree


def test_the_dashboard_lists_each_public_story(site: Site) -> None:
    site.photo("content/stories/maya.jpg", (900, 600))
    front = {"headshot": "maya.jpg", "alt": "Maya", "focus": "10% 50%"}
    with previewed(site.story(body="![x](https://elsewhere.example/x.jpg)", **front)) as preview:
        listed = preview.read("/_preview/")
        assert "left: 15.0%; top: 50.0%" in listed  # 90 pixels from the left, in a crop of 600
        assert re.search(r"\d+\.\d KB with everything it loads", listed)
        assert "a picture from another website was left out." in listed
        assert "No social card" in listed


def entry(listed: str, name: str) -> str:
    """Return the dashboard's entry of one story, by its title."""
    return next(
        (part for part in listed.split('<article class="story">') if f"{name}, Robotics</a>" in part), ""
    )


def test_the_dashboard_says_what_a_withheld_story_would_be(site: Site, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    site.photo("content/stories/ben.jpg", (900, 600)).with_cards()
    front = {"headshot": "ben.jpg", "alt": "Ben", "focus": "10% 50%", "draft": "true"}
    site.story("ben-ito", "![x](https://elsewhere.example/x.jpg)", name="Ben Ito", **front)
    site.story("ada-li", name="Ada Li", draft="true", consent={"covers": "[website, full-name]"}).story()
    with previewed(site, TMPDIR=str(temporary)) as preview:
        ben = entry(preview.read("/_preview/"), "Ben Ito")
        assert "the file says draft: true" in ben
        assert "left: 15.0%; top: 50.0%" in ben
        assert re.search(r"\d+\.\d KB with everything it loads", ben)
        assert "a picture from another website was left out." in ben
        assert 'class="card" src="/images/' in ben
        assert len(pictures(ben)) == 2
        assert {preview.ask(path).body[:2] for path in pictures(ben)} == {b"\xff\xd8"}
        ada = entry(preview.read("/_preview/"), "Ada Li")
        assert "No photo: initials are shown instead" in ada
        assert "The consent doesn’t cover social media" in ada
        assert "the file says draft: true" not in entry(preview.read("/_preview/"), "Maya Lopez")
        written = {Path(path).name for path in tree(temporary)}
        assert "index.html" in written
        assert not {Path(path).name for path in pictures(ben)} & written


def test_the_dashboard_says_of_a_withdrawn_story_only_that_it_was_withdrawn(site: Site) -> None:
    site.photo("content/stories/ben.jpg")
    front = {"name": "Ben Ito", "headshot": "ben.jpg", "alt": "Secret", "quote": "Secret."}
    with previewed(site.story("ben-ito", "Secret.", **front, draft="true")) as preview:
        shown = pictures(entry(preview.read("/_preview/"), "Ben Ito"))
        site.story("ben-ito", "Secret.", {"withdrawn": "2026-11-01"}, **front)
        listed = preview.wait_for("/_preview/", "the consent was withdrawn on 2026-11-01")
        assert 'class="story"' not in listed
        assert "Secret" not in listed
        assert "Ben" not in listed
        assert {preview.ask(path).status for path in shown} == {404}


def test_the_dashboard_reports_an_unreadable_photo_of_a_withheld_story(site: Site) -> None:
    damaged = picture((900, 900))[:3000]
    site.write("content/stories/ben.jpg", damaged)
    site.story("ben-ito", name="Ben Ito", headshot="ben.jpg", alt="Ben", draft="true")
    with previewed(site) as preview:
        assert "it is damaged, or not a picture." in entry(preview.read("/_preview/"), "Ben Ito")


def test_the_dashboard_shows_the_social_card_that_a_page_names(site: Site) -> None:
    site.write("assets/card.png", picture((1200, 630), suffix=".png"))
    site.write(
        "templates/story.html",
        '<head><meta property="og:image" content="https://example.org/assets/card.png?v=1"></head>',
    )
    with previewed(site.story()) as preview:
        assert 'class="card" src="/assets/card.png"' in preview.read("/_preview/")
        assert preview.ask("/assets/card.png").status == 200
