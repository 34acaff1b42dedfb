"""Site of this repository, as it is published."""

import gzip
import itertools
import re
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sitegen.authoring.questions import USES
from sitegen.build import build
from sitegen.core.model import Scope
from sitegen.pipeline.request import BuildReport, BuildRequest
from tests.support.html_page import Page
from tests.support.site import tree

ROOT = Path(__file__).parents[2]


DAY = date(2026, 11, 21)


ADDRESSES = (
    "/",
    "/mission/",
    "/vision/",
    "/achieving-our-vision/",
    "/collective-impact/",
    "/networks/",
    "/networks/philadelphia-stem-ecosystem/",
    "/networks/philadelphia-stem-equity-collective/",
    "/networks/pennsylvania-statewide-stem-ecosystem/",
    "/about-ecosystems/",
    "/faq/",
    "/join/",
    "/members-in-action/",
    "/stories/",
    "/stories/makayla-cheng/",
    "/stories/mariah-wright-moses/",
    "/stories/fields/bioengineering/",
    "/stories/schools/university-of-pennsylvania/",
    "/404.html",
    "/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/_headers",
    "/_redirects",
    "/.nojekyll",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildReport, dict[str, bytes]]:
    """The report and the files of a build of a copy of this repository's site."""
    root = tmp_path_factory.mktemp("site")
    for folder in ("content", "templates", "assets"):
        (root / folder).symlink_to(ROOT / folder)
    report = build(BuildRequest(root, root / "public", DAY, workers=2))
    return report, tree(root / "public")


@pytest.fixture(scope="module")
def pages(published: tuple[BuildReport, dict[str, bytes]]) -> dict[str, Page]:
    """Every page by its address."""
    return {
        "/" + path.removesuffix("index.html"): Page(data.decode())
        for path, data in published[1].items()
        if path.endswith(".html")
    }


def test_the_site_is_published_without_problems(published: tuple[BuildReport, dict[str, bytes]]) -> None:
    report, _ = published
    assert (report.problems, report.withheld, report.published) == ((), (), 2)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_there(published: tuple[BuildReport, dict[str, bytes]], address: str) -> None:
    path = address[1:] + ("index.html" if address.endswith("/") else "")
    assert path in published[1]


def test_every_link_leads_somewhere(
    published: tuple[BuildReport, dict[str, bytes]], pages: dict[str, Page]
) -> None:
    dead = []
    for address, page in pages.items():
        for link in page.links:
            place = urlsplit(urljoin(f"https://psec.example{address}", link))
            if place.netloc != "psec.example":
                continue
            path = unquote(place.path)
            file = path[1:] + ("index.html" if path.endswith("/") else "")
            if file not in published[1] or (place.fragment and place.fragment not in pages[path].ids):
                dead.append((address, link))
    assert dead == []


def test_every_page_has_one_heading_a_main_part_and_a_way_to_it(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        if any(attributes.get("http-equiv") == "refresh" for attributes in page.all("meta")):
            continue
        assert len(page.all("h1")) == 1, address
        assert [attributes.get("id") for attributes in page.all("main")] == ["_main"], address
        assert page.all("a")[0]["href"] == "#_main", address
        assert page.all("html")[0]["lang"] == "en", address


def test_no_id_is_used_twice(pages: dict[str, Page]) -> None:
    twice = {
        address: [name for name, count in page.ids.items() if count > 1] for address, page in pages.items()
    }
    assert not any(twice.values()), twice


def test_headings_never_skip_a_level(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        steps = itertools.pairwise(levels)
        assert all(below - above <= 1 for above, below in steps), (address, levels)


def test_every_picture_says_what_it_shows_and_how_large_it_is(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        for picture in page.all("img"):
            assert {"alt", "width", "height"} <= picture.keys(), (address, picture)


def test_headshots_come_in_all_widths(published: tuple[BuildReport, dict[str, bytes]]) -> None:
    text = published[1]["stories/makayla-cheng/index.html"].decode()
    for width in (96, 192, 384, 768):
        assert re.search(rf"/images/[0-9a-f]+-{width}\.webp {width}w", text)
    assert re.search(r'src="/images/[0-9a-f]+-630\.jpg" width="630" height="630"', text)


def test_no_page_runs_foreign_scripts_or_contacts_other_hosts(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        for script in page.all("script"):
            assert script.get("type") == "application/ld+json" or script["src"].startswith("/assets/"), (
                address
            )
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes), address
        asked = [*page.all("img"), *page.all("source"), *page.all("iframe")]
        asked += [link for link in page.all("link") if link["rel"] in ("stylesheet", "icon", "preload")]
        for attributes in asked:
            source = attributes.get("src") or attributes.get("href") or attributes.get("srcset", "")
            assert source.startswith("/"), (address, source)


def test_the_five_conditions_are_a_figure_that_can_be_read_aloud(
    published: tuple[BuildReport, dict[str, bytes]],
) -> None:
    text = published[1]["collective-impact/index.html"].decode()
    figure = text[text.index("<figure") : text.index("</figure>")]
    conditions = ("Common agenda", "Shared measurement", "Mutually reinforcing", "Continuous", "Backbone")
    places = [figure.index(condition) for condition in conditions]
    assert places == sorted(places)
    assert figure.count("<li") == 5
    assert "supports and coordinates" in figure[figure.index("<figcaption>") :]


def test_the_questions_open_and_close_without_a_script(pages: dict[str, Page]) -> None:
    assert len(pages["/faq/"].all("details")) == len(pages["/faq/"].all("summary")) == 6


def test_the_announcement_of_2024_is_over(
    published: tuple[BuildReport, dict[str, bytes]], tmp_path: Path
) -> None:
    assert b"Access in Action" not in published[1]["index.html"]
    (tmp_path / "content").symlink_to(ROOT / "content")
    build(BuildRequest(tmp_path, tmp_path / "public", date(2024, 10, 1)))
    assert "Access in Action" in (tmp_path / "public/index.html").read_text()


def test_a_page_stays_light(published: tuple[BuildReport, dict[str, bytes]]) -> None:
    html = [data for path, data in published[1].items() if PurePosixPath(path).suffix == ".html"]
    assert max(map(len, html)) < 40_000
    assert len(gzip.compress(published[1]["assets/style.css"])) <= 8 * 1024
    assert max(len(gzip.compress(data)) for data in html) <= 8 * 1024
    assert len(published[1]["assets/site.js"]) <= 3 * 1024
    assert len(published[1]["assets/bricolage-grotesque-2.woff2"]) <= 35 * 1024


def test_forms_describe_each_use_in_the_words_of_the_join_page() -> None:
    written = (ROOT / "content/join.md").read_text(encoding="utf-8")
    described = dict(re.findall(r"^(\w[\w ]*)\n:   (.+)$", written, re.MULTILINE))
    assert described == {use.name: use.words for use in USES.values()}
    assert list(USES) == list(Scope)
