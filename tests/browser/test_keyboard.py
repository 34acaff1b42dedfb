"""Keyboard use: every control is reached in order, and its focus is visible."""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import opened

pytest_plugins = ["tests.support.browser_fixtures"]

VISIBLE = """() => {
    window.stops = [...document.querySelectorAll('a[href], button, summary')].filter(
        each => each.checkVisibility({visibilityProperty: true}));
    return window.stops.length;
}"""

FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const style = getComputedStyle(at, at.matches('.whole') ? '::after' : null);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return [window.stops.indexOf(at), seen, at.outerHTML.slice(0, 90)];
}"""


def assert_walked(page: Page) -> None:
    """Press Tab from the top to the end; every control must get visible focus, in the page's order."""
    expected = page.evaluate(VISIBLE)
    assert expected > 5
    for number in range(expected):
        page.keyboard.press("Tab")
        at, seen, shown = page.evaluate(FOCUSED)
        assert at == number, shown
        assert seen, shown


@pytest.mark.parametrize(
    "address", ["/", "/collective-impact/", "/faq/", "/stories/makayla-cheng/", "/networks/", "/404.html"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_is_reached_in_order_with_visible_focus(
    browser: Browser, origin: str, address: str, width: int
) -> None:
    with opened(browser, origin + address, width, reduced_motion="reduce") as page:
        assert_walked(page)


@pytest.mark.parametrize("address", ["/stories/page/2/", "/stories/story-103/"])
def test_every_control_of_a_large_site_is_reached_in_order_with_visible_focus(
    browser: Browser, campaign: str, address: str
) -> None:
    with opened(browser, campaign + address, reduced_motion="reduce") as page:
        assert_walked(page)


def test_the_first_tab_leads_past_the_menu(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/mission/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#_main"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_opens_and_closes_by_key(browser: Browser, origin: str) -> None:
    with opened(browser, origin) as page:
        menu = page.get_by_role("navigation", name="Main")
        page.get_by_role("button", name="Menu").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert menu.get_by_role("button", name="Close").evaluate("each => each === document.activeElement")
        page.keyboard.press("Escape")
        assert not menu.is_visible()


def test_a_question_opens_by_key_and_by_a_link_to_it(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/faq/") as page:
        first = page.locator("details").first
        first.locator("summary").focus()
        page.keyboard.press("Enter")
        assert first.get_attribute("open") is not None
        anchor = page.locator("details").last.locator("[id]").first.get_attribute("id")
        page.goto(f"{origin}/faq/#{anchor}")
        page.reload()
        page.locator("details").last.and_(page.locator("[open]")).wait_for()


def test_a_list_can_be_filtered_and_paged_by_key(browser: Browser, campaign: str) -> None:
    with opened(browser, f"{campaign}/stories/") as page:
        page.locator("summary", has_text="Topic").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/stories/topics/**")
        page.locator("[rel=next]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/2/")
