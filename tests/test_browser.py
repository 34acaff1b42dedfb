"""The collective's site in a real browser: open to everyone, on every width, by day and by night."""

import functools
import http.server
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sitegen.build import build
from sitegen.order import Order

ROOT = Path(__file__).parents[1]

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

ADDRESSES = (
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


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstairs
        pass


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, on this machine only, of the site of this repository."""
    root = tmp_path_factory.mktemp("site")
    for folder in ("content", "templates", "assets"):
        (root / folder).symlink_to(ROOT / folder)
    build(Order(root, root / "public", date(2026, 11, 21), workers=2))
    serve = functools.partial(Quiet, directory=str(root / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def opened(browser: Browser, address: str, width: int = 360, **context: object) -> Page:
    """Return a page that has been opened in a window of its own."""
    page = browser.new_page(viewport={"width": width, "height": 780}, **context)  # type: ignore[arg-type]
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_open_to_everyone(
    browser: Browser, origin: str, address: str, width: int, scheme: str
) -> None:
    page = opened(browser, origin + address, width, color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page, options=RULES)
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert sideways <= 0


def test_nothing_is_asked_of_anybody_else(browser: Browser, origin: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES:
        page.goto(origin + address, wait_until="networkidle")
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith(origin)] == []


def test_the_first_tab_leads_past_the_menu(browser: Browser, origin: str) -> None:
    page = opened(browser, f"{origin}/mission/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#_main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_the_menu_opens_on_a_phone_without_a_script(browser: Browser, origin: str) -> None:
    page = opened(browser, origin, java_script_enabled=False)
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Vision")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").click()
    link.click()
    assert page.url == f"{origin}/vision/"
    page.close()


def test_a_question_opens_by_key_and_by_a_link_to_it(browser: Browser, origin: str) -> None:
    page = opened(browser, f"{origin}/faq/")
    first = page.locator("details").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("open") is not None
    anchor = page.locator("details").last.locator("[id]").first.get_attribute("id")
    page.goto(f"{origin}/faq/#{anchor}")
    page.reload()
    assert page.locator("details").last.get_attribute("open") is not None
    page.close()


def test_every_control_is_large_enough_for_a_finger(browser: Browser, origin: str) -> None:
    page = opened(browser, f"{origin}/stories/")
    for control in page.locator("button:visible, summary:visible, a.button:visible").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44, control.inner_text()
    page.close()


def test_a_headshot_is_fetched_in_a_width_that_fits(browser: Browser, origin: str) -> None:
    page = opened(browser, f"{origin}/stories/makayla-cheng/", device_scale_factor=2)
    portrait = page.locator("main img").first
    assert portrait.evaluate("image => image.complete && image.naturalWidth > 0")
    assert portrait.evaluate("image => image.currentSrc").endswith("-768.webp")
    page.close()
