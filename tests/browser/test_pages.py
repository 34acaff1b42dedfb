"""Accessibility: every page, width and color scheme, with and without scripts."""

import statistics
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sitegen.site.fragments import TINTS
from tests.support.accessibility import COLOR_RULES, RULES, SIDEWAYS
from tests.support.browser import opened

pytest_plugins = ["tests.support.browser_fixtures"]


OWN = (
    "/",
    "/mission/",
    "/collective-impact/",
    "/about-ecosystems/",
    "/faq/",
    "/join/",
    "/networks/",
    "/networks/philadelphia-stem-ecosystem/",
    "/members-in-action/",
    "/stories/",
    "/stories/makayla-cheng/",
    "/404.html",
)


LARGE = (
    "/",
    "/stories/",
    "/stories/page/2/",
    "/stories/fields/robotics/",
    "/stories/story-104/",
    "/stories/story-99/",
)
"""Pages of the large site; one story has a photo and a long quote, the other no photo and a long name."""


def assert_open_to_everyone(page: Page) -> None:
    """Check a page in both color schemes and at phone and desktop widths, with every details element open."""
    page.evaluate(
        "document.querySelectorAll('details').forEach(each => { each.name = ''; each.open = true })"
    )
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate(SIDEWAYS) <= 0, width
        page.emulate_media(color_scheme="light")
        assert_no_violations(page, RULES)
        page.emulate_media(color_scheme="dark")
        assert_no_violations(page, COLOR_RULES)


def assert_no_violations(page: Page, rules: dict[str, Any]) -> None:
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, (page.viewport_size, found.generate_report())


@pytest.mark.parametrize("address", OWN)
def test_a_page_is_accessible(browser: Browser, origin: str, address: str) -> None:
    with opened(browser, origin + address, reduced_motion="reduce") as page:
        assert_open_to_everyone(page)


@pytest.mark.parametrize("address", LARGE)
def test_a_page_of_a_large_site_is_accessible(browser: Browser, campaign: str, address: str) -> None:
    with opened(browser, campaign + address, reduced_motion="reduce") as page:
        assert_open_to_everyone(page)


def test_a_story_can_be_read_in_every_tint(browser: Browser, campaign: str) -> None:
    seen: set[str] = set()
    for number in range(40):
        with opened(browser, f"{campaign}/stories/story-{number}/") as page:
            tint = page.evaluate("document.querySelector('article.story').className.match(/tint-./)[0]")
            if tint not in seen:
                assert_no_violations(page, COLOR_RULES)
            seen.add(tint)
        if len(seen) == TINTS:
            return
    raise AssertionError(seen)


def test_no_page_scrolls_sideways_when_text_is_twice_as_large(
    browser: Browser, origin: str, campaign: str
) -> None:
    with opened(browser, origin, 640) as page:
        for address in (*(origin + each for each in OWN), *(campaign + each for each in LARGE)):
            page.goto(address)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate(SIDEWAYS) <= 0, address


CONTROLS = "a[href], button, summary"


SMALL = """controls => controls
    .filter(each => each.checkVisibility() && !each.closest('.prose, .skip'))
    .map(each => each.matches('.whole') ? each.closest('article, section') : each)
    .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
    .filter(([_, box]) => box.width < 44 || box.height < 44)
    .map(([text, box]) => `${text}: ${box.width} by ${box.height}`)"""
"""Targets that are too small for a finger, except links within a text (WCAG 2.5.8 exempts them)."""


def test_every_control_is_large_enough_for_a_finger(browser: Browser, origin: str, campaign: str) -> None:
    with opened(browser, origin, 320) as page:
        for address in (*(origin + each for each in OWN), *(campaign + each for each in LARGE)):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            assert page.locator(CONTROLS).evaluate_all(SMALL) == [], address


LINES = """paragraphs => paragraphs.flatMap(paragraph => {
    const lines = {}, range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        for (let at = 0; at < node.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lines[line] = (lines[line] || 0) + 1;
        }
    }
    return Object.values(lines).slice(0, -1);
})"""
"""The letters in each line of a paragraph but the last."""


def test_a_line_of_a_story_has_60_to_70_letters_on_a_desk(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/stories/mariah-wright-moses/", 1280) as page:
        letters = page.locator(".prose > p").evaluate_all(LINES)
    assert 60 <= statistics.median(letters) <= 70


def test_no_other_host_is_contacted(browser: Browser, origin: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for address in OWN:
        page.goto(origin + address, wait_until="networkidle")
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith(origin)] == []


# -- on paper, in other colors, at rest -----------------------------------------------------


def test_in_print_every_answer_is_shown_and_no_menu(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/faq/", 800) as page:
        page.emulate_media(media="print", color_scheme="dark")
        answers = page.locator(".question .prose")
        heights = answers.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
        ink = page.locator(".question h2").first.evaluate("each => getComputedStyle(each).color")
        assert not page.get_by_role("navigation", name="Main").is_visible()
    assert len(heights) == 6
    assert min(heights) > 40
    assert ink == "rgb(0, 0, 0)"


def test_tiles_keep_a_border_in_forced_colors(browser: Browser, campaign: str) -> None:
    with opened(browser, f"{campaign}/stories/story-103/", forced_colors="active") as page:
        edges = page.locator(".brick").evaluate_all(
            "all => all.map(each => getComputedStyle(each).borderWidth)"
        )
    assert edges == ["1px"] * 3


def test_nothing_moves_with_reduced_motion(browser: Browser, origin: str) -> None:
    moving = "all => all.filter(each => parseFloat(getComputedStyle(each).transitionDuration)).length"
    with opened(browser, origin, reduced_motion="reduce") as page:
        assert page.locator("*").evaluate_all(moving) == 0
        page.emulate_media(reduced_motion="no-preference")
        assert page.locator("*").evaluate_all(moving) > 0


# -- without a script, and with it ----------------------------------------------------------


def test_the_menu_opens_on_a_phone_without_a_script(browser: Browser, origin: str) -> None:
    with opened(browser, origin, java_script_enabled=False) as page:
        link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Vision")
        assert not link.is_visible()
        page.get_by_role("button", name="Menu").click()
        link.click()
        assert page.url == f"{origin}/vision/"


def test_stories_can_be_filtered_and_followed_without_a_script(browser: Browser, campaign: str) -> None:
    with opened(browser, f"{campaign}/stories/", java_script_enabled=False) as page:
        page.locator("summary", has_text="Field").click()
        page.get_by_role("link", name="Robotics 67").click()
        assert page.get_by_text("67 stories").is_visible()
        page.get_by_role("link", name="Next page").click()
        assert page.url == f"{campaign}/stories/fields/robotics/page/2/"
        page.locator(".card a").first.click()
        page.get_by_role("link", name="Next story").click()
        assert page.get_by_role("link", name="Email").is_visible()
        assert page.get_by_role("button", name="Copy link").count() == 0


def test_a_script_copies_the_link_of_a_story_and_says_so(browser: Browser, origin: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, f"{origin}/stories/makayla-cheng/", permissions=allowed) as page:
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("status").get_by_text("The link is copied.").wait_for()
        assert (
            page.evaluate("navigator.clipboard.readText()") == "https://psec.example/stories/makayla-cheng/"
        )


def test_the_share_button_opens_the_share_sheet_of_the_device(browser: Browser, origin: str) -> None:
    with opened(browser, origin) as page:
        page.add_init_script("navigator.share = async data => { window.shared = data }")
        page.goto(f"{origin}/stories/makayla-cheng/")
        page.get_by_role("button", name="Share").click()
        assert page.evaluate("window.shared") == {
            "title": "Makayla Cheng, Bioengineering",
            "url": "https://psec.example/stories/makayla-cheng/",
        }
