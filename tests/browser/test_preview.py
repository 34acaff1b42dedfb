"""Preview in a real browser while content is edited."""

import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.preview import PATIENCE, Preview, previewed
from tests.support.site import Site

pytest_plugins = ["tests.support.browser_fixtures"]

STYLE = "h1 { color: rgb(1, 2, 3); } main { min-height: 3000px; }"


@pytest.fixture
def shown(site: Site) -> Site:
    """A site with a style of its own, and a page with a form field."""
    site.write("assets/style.css", STYLE).write(
        "assets/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    site.write(
        "templates/page.html",
        "{% extends 'base.html' %}{% block main %}<h1>{{ page.title }}</h1>"
        "<input id=field>{{ page.html }}{% endblock %}",
    )
    return site.page("mission", "The first words.").story()


def opened(browser: Browser, preview: Preview, path: str) -> Page:
    """Open a page, and wait until it is connected for reload messages."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    page.goto(preview.origin + path)
    until = time.monotonic() + PATIENCE
    while not any('"info"' in frame for frame in sent):
        assert time.monotonic() < until, "the page never said that it listens"
        page.wait_for_timeout(20)
    return page


expect.set_options(timeout=PATIENCE * 1000)


def test_an_edit_reloads_the_page_and_keeps_its_scroll_position(browser: Browser, shown: Site) -> None:
    with previewed(shown) as preview:
        page = opened(browser, preview, "/mission/")
        page.evaluate("scrollTo(0, 700)")
        shown.change("content/mission.md", "first", "second")
        expect(page.get_by_text("The second words.")).to_be_attached()
        page.wait_for_function("scrollY === 700")
        page.close()


def test_a_style_sheet_is_replaced_and_typed_text_stays(browser: Browser, shown: Site) -> None:
    with previewed(shown) as preview:
        page = opened(browser, preview, "/mission/")
        page.fill("#field", "typed")
        shown.change("assets/style.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)")
        expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
        assert page.input_value("#field") == "typed"
        page.close()


def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_fixed(browser: Browser, shown: Site) -> None:
    with previewed(shown) as preview:
        page = opened(browser, preview, "/stories/maya-lopez/")
        shown.change("content/stories/maya-lopez.md", "field:", "feild:")
        overlay = page.locator("#_preview-problems")
        expect(overlay.get_by_text("content/stories/maya-lopez.md:4:1")).to_be_visible()
        expect(overlay.get_by_text('Did you mean "field"?')).to_be_visible()
        expect(overlay.locator("pre b")).to_have_text("4  feild: Robotics")
        expect(page.locator("h1")).to_contain_text("Maya Lopez")
        overlay.locator("summary").click()
        expect(overlay.locator("pre")).not_to_be_visible()
        shown.change("content/stories/maya-lopez.md", "feild:", "field:")
        expect(overlay).to_have_count(0)
        page.close()


def test_a_folded_panel_stays_folded_for_the_same_problems(browser: Browser, shown: Site) -> None:
    with previewed(shown.story("ben-ito", name="Ben Ito", feild="x")) as preview:
        page = opened(browser, preview, "/mission/")
        panel = page.locator("#_preview-problems details")
        panel.locator("summary").click()
        page.goto(f"{preview.origin}/stories/")
        expect(panel).not_to_have_attribute("open", "")
        shown.change("content/stories/ben-ito.md", "feild", "feeld")
        expect(panel).to_have_attribute("open", "")
        page.close()


def test_a_withheld_story_has_a_band_with_the_reason(browser: Browser, shown: Site) -> None:
    shown.story("ben-ito", "Words of Ben.", name="Ben Ito", publish="2026-12-01")
    with previewed(shown) as preview:
        page = opened(browser, preview, "/stories/ben-ito/")
        band = page.locator("#_preview-band .band")
        expect(band).to_contain_text("Draft – not public: it is scheduled for 2026-12-01.")
        expect(band).to_contain_text("It goes live by itself on December 1, 2026.")
        expect(page.get_by_text("Words of Ben.")).to_be_visible()
        band.get_by_role("link").click()
        expect(page.get_by_role("row", name="content/stories/ben-ito.md")).to_contain_text("2026-12-01")
        page.close()


def test_a_page_that_missed_a_change_while_it_was_loading_is_reloaded(browser: Browser, shown: Site) -> None:
    with previewed(shown) as preview:
        page = browser.new_page()
        held: list[Route] = []
        page.route("**/livereload.js", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
        page.goto(f"{preview.origin}/mission/", wait_until="commit")
        page.wait_for_selector("#field")
        shown.change("content/mission.md", "first", "second")
        preview.hear("content/mission.md: made")
        for route in held:
            route.continue_()
        expect(page.get_by_text("The second words.")).to_be_attached()
        page.close()
