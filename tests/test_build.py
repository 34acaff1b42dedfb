"""Build: input, output, what is made again and what is withheld."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import build
from sitegen.pipeline.request import BuildRequest
from tests.support.site import SETTINGS, TODAY, Site, tree
from tests.support.thorough import rounds

ROOT = Path(__file__).parents[1]


def small_site(site: Site) -> Site:
    """Write one of everything."""
    site.page("index", "Welcome to [our mission](mission.md).")
    site.page("mission", "## First\n\nOne.\n\n## Second\n\nTwo.", statement="Everybody.")
    site.page("networks/one", "A network.", nav_order="1")
    site.write(
        "content/members-in-action/fair.md",
        "---\ntitle: Fair\ndate: 2026-01-02\nphoto: fair.png\nalt: A table\npeople: false\n---\nWe met.\n",
    )
    site.photo("content/members-in-action/fair.png", (700, 500))
    site.photo("content/stories/maya-lopez.jpg")
    site.story(headshot="maya-lopez.jpg", alt="Maya", topics="[robots, school]")
    return site.story("ben-ito", name="Ben Ito", date="2026-03-01", field="Chemistry")


def test_every_kind_of_content_gets_its_address(site: Site) -> None:
    small_site(site).build()
    assert site.messages == []
    assert {
        "index.html",
        "mission/index.html",
        "networks/index.html",
        "networks/one/index.html",
        "members-in-action/index.html",
        "stories/index.html",
        "stories/maya-lopez/index.html",
        "stories/fields/robotics/index.html",
        "stories/schools/central-high-school/index.html",
        "stories/topics/robots/index.html",
        "404.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "_headers",
        "_redirects",
        ".nojekyll",
    } <= site.public.keys()


def test_the_second_build_makes_nothing(site: Site) -> None:
    first = small_site(site).build().report
    second = site.build().report
    assert (second.made, second.reused, second.removed) == (0, first.made, 0)


def test_the_number_of_jobs_does_not_change_a_byte(site: Site) -> None:
    one = small_site(site).build(out=site.root / "one", workers=1, clean=True)
    one.build(out=site.root / "four", workers=4, clean=True)
    assert tree(site.root / "one") == tree(site.root / "four")


def test_the_folder_of_the_site_does_not_change_a_byte(site: Site, tmp_path: Path) -> None:
    small_site(site).build()
    shutil.copytree(site.root / "content", tmp_path / "elsewhere" / "content")
    other = Site.__new__(Site)
    other.root = tmp_path / "elsewhere"
    other.out = other.root / "public"
    assert other.build().public == site.public


def test_an_edit_in_a_body_remakes_one_page_and_the_feeds(site: Site) -> None:
    small_site(site).build().change("content/stories/ben-ito.md", "Her story.", "Her own story.")
    said: list[str] = []
    site.report = build(BuildRequest(site.root, site.out, TODAY), explain=said.append)
    assert sorted(said) == [
        "feed.json: made because content changed",
        "feed.xml: made because content changed",
        "stories/ben-ito/index.html: made because story changed",
    ]


def test_a_changed_template_is_the_reason_for_its_pages(site: Site) -> None:
    small_site(site).build().write("templates/network.html", "<h1>{{ network.title }}</h1>")
    said: list[str] = []
    build(BuildRequest(site.root, site.out, TODAY), explain=said.append)
    assert said == ["networks/one/index.html: made because templates/network.html changed"]


def test_a_removed_story_leaves_no_file_behind(site: Site) -> None:
    small_site(site).build()
    before = site.public.keys()
    site.remove("content/stories/maya-lopez.md").remove("content/stories/maya-lopez.jpg").build()
    gone = before - site.public.keys()
    assert "stories/maya-lopez/index.html" in gone
    assert len([path for path in gone if path.startswith("images/")]) == 5
    assert site.report.removed == len(gone)
    assert not any(b"Maya" in data for data in site.public.values())


def test_clean_remakes_everything(site: Site) -> None:
    first = small_site(site).build().report.made
    assert site.build(clean=True).report.made == first


def test_a_file_changed_in_public_is_remade(site: Site) -> None:
    small_site(site).build()
    page = site.out / "mission/index.html"
    whole = page.read_bytes()
    page.write_text("defaced")
    assert site.build().report.made == 1
    assert page.read_bytes() == whole


@pytest.mark.parametrize("damage", ["", "{}", "not json", '{"stamp": 1, "inputs": [], "files": {}}'])
def test_a_damaged_cache_means_a_clean_build(site: Site, damage: str) -> None:
    first = small_site(site).build().report.made
    (memory,) = (site.root / ".sitegen").glob("memory-*.outputs")
    memory.write_text(damage)
    assert site.build().report.made == first


def test_a_mistake_in_one_story_holds_back_that_story_alone(site: Site) -> None:
    small_site(site).build().change("content/stories/ben-ito.md", "quote:", "qoute:").build()
    assert site.report.held_back == ("content/stories/ben-ito.md",)
    assert not site.report.site_at_fault
    assert site.withheld == {"content/stories/ben-ito.md": "there is a mistake in it"}
    assert "stories/ben-ito/index.html" not in site.public
    assert "stories/maya-lopez/index.html" in site.public


def test_a_mistake_in_a_page_keeps_the_old_site(site: Site) -> None:
    before = small_site(site).build().public
    site.change("content/mission.md", "title:", "titel:").story("new-one", name="New One").build()
    assert site.report.site_at_fault
    assert site.public == before


def test_a_mistake_in_a_template_is_reported_with_its_line(site: Site) -> None:
    before = small_site(site).build().public
    site.write("templates/network.html", "<h1>{{ network.title }}</h1>\n{{ netwrok.title }}\n").build()
    assert site.messages == ['templates/network.html:2:1: "netwrok" is not known here. Check the spelling.']
    assert site.public == before


def test_a_template_loop_is_reported_at_the_same_place_at_any_depth(site: Site) -> None:
    site.page("mission").write("templates/macros.html", "{% extends 'base.html' %}")

    def build_below(calls: int) -> list[str]:
        return site.build().messages if calls == 0 else build_below(calls - 1)

    assert len({tuple(build_below(calls)) for calls in range(9)}) == 1


def test_a_link_to_a_withheld_story_becomes_plain_text(site: Site) -> None:
    site.story().page("mission", "Read [about Maya](stories/maya-lopez.md).").build()
    assert '<a href="/stories/maya-lopez/">about Maya</a>' in site.read("mission/index.html")
    site.story(draft="true").build()
    assert "Read about Maya." in site.read("mission/index.html")


def test_the_menu_leads_to_nothing_that_is_withheld(site: Site) -> None:
    menu = "navigation:\n  - label: Her story\n    to: stories/maya-lopez.md\n"
    banner = "announcement:\n  text: New\n  from: 2026-01-01\n  until: 2026-12-31\n"
    link = "  link:\n    label: Read it\n    to: /stories/maya-lopez/\n"
    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + menu + banner + link)
    assert site.story().build().read("index.html").count("/stories/maya-lopez/") >= 3
    site.story(draft="true").build()
    assert "maya-lopez" not in site.read("index.html")
    assert "Her story" not in site.read("index.html")


def test_everything_works_under_a_base_path(site: Site) -> None:
    small_site(site).change("content/site.yaml", "https://example.org", "https://example.org/base/").build()
    page = site.read("index.html")
    assert '<a href="/base/mission/">our mission</a>' in page
    assert 'href="https://example.org/base/"' in page
    assert ' href="/mission/"' not in page
    assert "https://example.org/base/stories/maya-lopez/" in site.read("feed.xml")


def test_an_alias_leads_to_the_new_address(site: Site) -> None:
    site.page("mission", aliases="[/old/mission/, /older.html]").build()
    page = site.read("old/mission/index.html")
    assert '<meta http-equiv="refresh" content="0; url=/mission/">' in page
    assert '<link rel="canonical" href="https://example.org/mission/">' in page
    assert site.read("_redirects") == "/old/mission/ /mission/ 301\n/older.html /mission/ 301\n"
    assert "older.html" in site.public


def test_the_announcement_shows_on_its_days_only(site: Site) -> None:
    banner = "announcement:\n  text: Come along\n  from: 2026-03-01\n  until: 2026-03-31\n"
    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + banner)
    shown = {
        day: "Come along" in site.build(date(2026, *day)).read("index.html")
        for day in ((2, 28), (3, 1), (3, 31), (4, 1))
    }
    assert shown == {(2, 28): False, (3, 1): True, (3, 31): True, (4, 1): False}


def test_settings_of_contact_and_accounts_reach_the_footer(site: Site) -> None:
    more = (
        "contact:\n  name: Betsy P\n  role: Manager\n  email: b@example.org\n"
        "social:\n  - name: Instagram\n    url: https://social.example/us\n"
    )
    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + more).build()
    page = site.read("index.html")
    assert "Betsy P" in page
    assert 'href="mailto:b@example.org"' in page
    assert 'href="https://social.example/us"' in page


def test_pages_with_an_order_make_the_menu_if_none_is_set(site: Site) -> None:
    site.page("vision", nav_order="2").page("mission", nav_order="1").page("other").build()
    page = site.read("index.html")
    assert page.index('href="/mission/"') < page.index('href="/vision/"')
    assert 'href="/other/"' not in page


def test_translations_name_each_other(site: Site) -> None:
    site.change("content/site.yaml", "name: Test", "languages: [en, es]\nname: Test")
    site.page("mission").page("mision", lang="es", translation_of="mission.md").build()
    for path in ("mission/index.html", "mision/index.html"):
        assert '<link rel="alternate" hreflang="es" href="https://example.org/mision/">' in site.read(path)
    assert '<html lang="es">' in site.read("mision/index.html")


def test_a_check_says_the_same_and_writes_nothing(site: Site) -> None:
    small_site(site).change("content/stories/ben-ito.md", "date:", "dtae:")
    before = tree(site.root)
    checked = site.build(publish=False).messages
    assert tree(site.root) == before
    assert site.build().messages == checked


def test_hidden_and_stray_files_are_never_published(site: Site) -> None:
    site.story().write("content/stories/notes.docx", "secret").write("content/.hidden.md", "secret")
    site.write("content/stories/maya-lopez.md~", "secret").write("assets/.hidden", "secret").build()
    (problem,) = site.report.problems
    assert (problem.where.path, problem.code) == ("content/stories/notes.docx", "not-markdown")
    assert not any(b"secret" in data for data in site.public.values())


def test_a_changed_style_sheet_gets_a_new_address_in_the_same_process(site: Site) -> None:
    before = site.write("assets/style.css", "p {}").build().read("index.html")
    assert site.write("assets/style.css", "a {}").build().read("index.html") != before


def test_another_base_path_is_in_every_link_in_the_same_process(site: Site) -> None:
    site.build().change("content/site.yaml", "https://example.org", "https://example.org/base").build()
    assert 'href="/assets' not in site.read("index.html")


EDITS: dict[str, Callable[[Site, int], object]] = {
    "body": lambda site, n: site.story("ben-ito", f"Text {n}.", name="Ben Ito"),
    "quote": lambda site, n: site.story("ben-ito", name="Ben Ito", quote=f"Quote {n}."),
    "field": lambda site, n: site.story("ben-ito", name="Ben Ito", field=f"Field {n}"),
    "new": lambda site, n: site.story(f"new-{n}", name="Ana Reed"),
    "remove": lambda site, _: (site.root / "content/stories/ben-ito.md").unlink(missing_ok=True),
    "withdraw": lambda site, _: site.story(consent={"withdrawn": "2026-06-01"}),
    "mistake": lambda site, _: site.story(date="soon"),
    "page": lambda site, n: site.page("mission", f"Text {n}.", aliases=f"[/old-{n}/]"),
    "photo": lambda site, n: site.photo("content/stories/maya-lopez.jpg", colour=f"rgb({n * 40},0,0)").story(
        headshot="maya-lopez.jpg", alt="Maya"
    ),
    "template": lambda site, n: site.write("templates/network.html", f"<h1>{{{{ here.title }}}}</h1>{n}"),
    "asset": lambda site, n: site.write("assets/extra.css", f"/* {n} */"),
    "settings": lambda site, n: site.write("content/site.yaml", f"{SETTINGS}page_size: {n + 1}\n"),
    "deface": lambda site, n: (site.out / "mission/index.html").write_text(f"defaced {n}"),
    "forget": lambda site, _: shutil.rmtree(site.root / ".sitegen"),
    "day": lambda site, n: None,
}


@settings(
    max_examples=rounds(6, 30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=6))
def test_an_incremental_build_equals_a_clean_one(
    tmp_path_factory: pytest.TempPathFactory, edits: list[str]
) -> None:
    site = small_site(Site(tmp_path_factory.mktemp("edits"))).build()
    today = TODAY
    for number, edit in enumerate(edits):
        EDITS[edit](site, number)
        if edit == "day":
            today = date(2027, 1, 9 + number)
        site.build(today)
        # a separate site, so that the two share neither cache nor tree
        twin = Site(tmp_path_factory.mktemp("twin"))
        for folder in ("content", "templates", "assets"):
            if (site.root / folder).is_dir():
                shutil.copytree(site.root / folder, twin.root / folder, dirs_exist_ok=True)
        assert site.public == twin.build(today).public


def test_a_change_anywhere_in_the_program_means_a_clean_build(tmp_path: Path) -> None:
    for folder in ("sitegen", "templates", "assets"):
        shutil.copytree(
            ROOT / folder, tmp_path / "copy" / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    small_site(Site(tmp_path / "site"))

    def made() -> int:
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", "--root", "../site", "build", "--date", str(TODAY), "--json"],
            cwd=tmp_path / "copy",
            capture_output=True,
            check=True,
        )
        return int(json.loads(done.stdout)["made"])

    first = made()
    assert made() == 0
    with (tmp_path / "copy/sitegen/slips.py").open("a") as module:
        module.write("# changed\n")
    assert made() == first
