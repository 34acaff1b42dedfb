"""Text direction: right-to-left names and quotes next to left-to-right ones."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support.accessibility import RULES, SIDEWAYS
from tests.support.browser import opened
from tests.support.http_server import served
from tests.support.site import Site

pytest_plugins = ["tests.support.browser_fixtures"]

LAYLA, NOA = "ليلى حسن", "נועה לוי"
QUOTE = "أبني ما أتمنى أن يكون موجودًا."
SCHOOL, FIELD = "مدرسة النور", "الروبوتات"

POSITIONS = """(place, words) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), letters = [];
    for (let node; (node = walker.nextNode());)
        for (let at = 0; at < node.length; at++) letters.push([node, at]);
    const text = letters.map(([node, at]) => node.data[at]).join('');
    return words.map(word => {
        const start = text.indexOf(word), range = document.createRange();
        if (start < 0) throw new Error(`${word} is not in ${text}`);
        range.setStart(...letters[start]);
        range.setEnd(letters[start + word.length - 1][0], letters[start + word.length - 1][1] + 1);
        return range.getBoundingClientRect().left;
    });
}"""
"""The left edge, in pixels, of each of some words within an element: their visual order."""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with four stories, three of them in Arabic or Hebrew."""
    site = Site(tmp_path_factory.mktemp("mixed") / "site").page("index", "Who we are.", layout="home")
    site.change("content/site.yaml", "name: Test", "languages: [en, ar]\nname: Test")
    site.page("about-us", "نص.", title="من نحن", lang="ar").page("join", "Write to us.")
    site.story("maya", date="2026-02-04", topics="[mentoring]")
    site.story("layla", name=LAYLA, date="2026-02-03", year="11th grade", role="Captain")
    site.story(
        "noa", name=NOA, date="2026-02-02", year="2030", school=SCHOOL, field=FIELD, topics="[mentoring]"
    )
    site.story("quoted", f"{QUOTE}\n\nThen in English.", name=LAYLA, date="2026-02-01", quote=QUOTE)
    site.build()
    assert site.messages == []
    with served(site.out) as address:
        yield address


def seen(page: Page, place: str, *words: str) -> list[str]:
    """Return words in their visual order, from left to right."""
    edges = page.locator(place).first.evaluate(f"(place, words) => ({POSITIONS})(place, words)", list(words))
    return [word for _, word in sorted(zip(edges, words, strict=True))]


def test_a_right_to_left_name_keeps_the_following_text_in_order(browser: Browser, mixed: str) -> None:
    with opened(browser, f"{mixed}/stories/maya/", 1280) as page:
        words = [LAYLA, ",", "11", "th grade", "Robotics"]
        assert seen(page, ".next-story > span", *words) == words
        assert seen(page, f".brick:has-text('{NOA}') > span", NOA, ",", "2030") == [NOA, ",", "2030"]
    with opened(browser, f"{mixed}/stories/layla/", 1280) as page:
        words = ["Share", LAYLA, "’s", "story"]
        assert seen(page, "#_share", *words) == words


def test_facts_keep_their_order_in_any_script(browser: Browser, mixed: str) -> None:
    with opened(browser, f"{mixed}/stories/", 1280) as page:
        facts = f".card:has-text('{NOA}') p:not(.quote)"
        assert seen(page, facts, "2030", FIELD, SCHOOL) == ["2030", FIELD, SCHOOL]


def test_a_right_to_left_quote_ends_on_the_left(browser: Browser, mixed: str) -> None:
    with opened(browser, f"{mixed}/stories/", 1280) as page:
        assert seen(page, f".card:has-text('{QUOTE}') .quote", "أبني", "ما", ".")[0] == "."
        assert seen(page, f".card:has-text('{LAYLA}') .quote", "I", "exist", ".")[-1] == "."
    with opened(browser, f"{mixed}/stories/quoted/", 1280) as page:
        assert seen(page, "h1 .quote", QUOTE[:4], ".")[0] == "."
        assert seen(page, ".prose p:first-child", QUOTE[:4], ".")[0] == "."
        assert seen(page, ".prose p:last-child", "Then", ".")[-1] == "."


def test_a_page_in_arabic_reads_from_right_to_left(browser: Browser, mixed: str) -> None:
    with opened(browser, f"{mixed}/about-us/", 1280) as page:
        assert page.locator("html").get_attribute("dir") == "rtl"
        name, title = page.locator(".brand").first.bounding_box(), page.locator("h1").bounding_box()
        assert name
        assert title
        assert name["x"] > 640
        assert title["x"] + title["width"] > 1000


@pytest.mark.parametrize("address", ["/", "/stories/", "/stories/quoted/", "/stories/layla/", "/about-us/"])
def test_pages_with_several_directions_are_accessible(browser: Browser, mixed: str, address: str) -> None:
    with opened(browser, mixed + address, 320, reduced_motion="reduce") as page:
        assert page.evaluate(SIDEWAYS) <= 0
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
