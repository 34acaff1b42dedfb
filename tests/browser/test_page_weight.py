"""Page weight: transferred bytes, requests, and pictures in a width that fits."""

import pytest
from playwright.sync_api import Browser, Request

from tests.support.browser import opened

pytest_plugins = ["tests.support.browser_fixtures"]

PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}
"""The phone that Lighthouse emulates: a common cheap one."""


def first_view(browser: Browser, address: str) -> tuple[int, list[str]]:
    """Return the transferred bytes before any scrolling, and all requests."""
    done: list[Request] = []

    def note(request: Request) -> None:
        done.append(request)

    page = browser.new_page(**PHONE)  # type: ignore[arg-type]
    page.on("requestfinished", note)
    page.goto(address, wait_until="networkidle")
    sizes = [request.sizes() for request in done]
    page.close()
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return weight, [request.url for request in done]


@pytest.mark.parametrize("story", ["makayla-cheng", "mariah-wright-moses"])
def test_a_story_takes_at_most_60_kilobytes_and_6_requests(browser: Browser, origin: str, story: str) -> None:
    weight, asked = first_view(browser, f"{origin}/stories/{story}/")
    assert weight <= 60 * 1024
    assert len(asked) <= 6, asked


@pytest.mark.parametrize("address", ["/", "/stories/"])
def test_home_and_index_take_at_most_150_kilobytes(browser: Browser, origin: str, address: str) -> None:
    weight, _ = first_view(browser, origin + address)
    assert weight <= 150 * 1024


def test_the_lists_of_a_large_site_take_at_most_150_kilobytes(browser: Browser, campaign: str) -> None:
    for address in ("/", "/stories/"):
        weight, _ = first_view(browser, campaign + address)
        assert weight <= 150 * 1024, address
    weight, asked = first_view(browser, f"{campaign}/stories/story-104/")
    assert weight <= 60 * 1024
    assert len(asked) <= 6, asked


def test_a_headshot_is_loaded_in_a_width_that_fits(browser: Browser, origin: str) -> None:
    for scale, width in ((2, 384), (3, 768)):
        with opened(browser, f"{origin}/stories/makayla-cheng/", device_scale_factor=scale) as page:
            portrait = page.locator("main img").first
            assert portrait.evaluate("image => image.complete && image.naturalWidth > 0")
            assert portrait.evaluate("image => image.currentSrc").endswith(f"-{width}.webp")


def test_nothing_moves_while_a_page_loads(browser: Browser, origin: str) -> None:
    with opened(browser, origin) as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
            "each => { window.moved += each.value })).observe({type: 'layout-shift', buffered: true})"
        )
        for address in ("/", "/stories/", "/stories/makayla-cheng/", "/faq/"):
            page.goto(origin + address, wait_until="networkidle")
            assert page.evaluate("window.moved") <= 0.01, address
