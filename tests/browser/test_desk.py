"""Desk in a real browser: a story is added with mouse and keyboard, and nothing is hard to perceive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.support.accessibility import COLOR_RULES, RULES, SIDEWAYS
from tests.support.photos import telling_photo
from tests.support.preview import PATIENCE, Preview, previewed
from tests.support.site import Site

pytest_plugins = ["tests.support.browser_fixtures"]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("desk") / "site")
    site.photo("content/stories/ada-li.jpg", (900, 600))
    site.story("ada-li", name="Ada Li", headshot="ada-li.jpg", alt="Ada", focus="30% 40%")
    return site.story("ben-ito", name="Ben Ito", feild="x").story("cy-roe", name="Cy Roe", draft="true")


@pytest.fixture(scope="module")
def preview(desk_site: Site) -> Iterator[Preview]:
    with previewed(desk_site, "--to", str(desk_site.root.parent / "published")) as preview:
        yield preview


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A window, which must not report any error of a script or of the policy."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    errors: list[str] = []
    # the site's pages have transitions, which end where the desk begins
    page.on("pageerror", lambda error: None if "ViewTransition" in str(error) else errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if is_error(said) else None)
    yield page
    page.close()
    assert errors == []


def is_error(said: ConsoleMessage) -> bool:
    """Whether a message is of a script or of the policy; a form that is shown again has the status 422."""
    return said.type == "error" and "status of 422" not in said.text


PAGES = ("/_desk/", "/_desk/new/", "/_desk/stories/ben-ito/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(page: Page, preview: Preview, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(preview.origin + path)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0
    page.emulate_media(color_scheme="dark")
    found = Axe().run(page, options=COLOR_RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_story_is_added_with_a_photo_of_a_phone_published_and_taken_down(
    page: Page, preview: Preview, desk_site: Site, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_0007.JPG"
    photo.write_bytes(telling_photo())
    page.goto(f"{preview.origin}/_desk/")
    page.get_by_role("link", name="New story").first.click()
    page.get_by_label("First and last name").fill("Maya Lopez")
    page.get_by_label("A sentence to use as the headline").fill("I build what I need.")
    expect(page.get_by_text("20 characters; a card holds about")).to_be_visible()
    view = page.locator("#view")
    expect(view).to_contain_text("Draft")
    write_with_buttons(page)
    page.locator("#photo").set_input_files(photo)
    whole = page.get_by_role("img", name="The whole photo")
    expect(whole).to_be_visible()
    box = whole.bounding_box()
    assert box
    whole.click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.4})
    assert page.get_by_label("From the left, in percent").input_value() == "70"
    page.get_by_label("What the photo shows").fill("Maya at her bench")
    page.get_by_label("Number of the signed form").fill("R-0042")
    page.get_by_label("Day of the signature").fill("2026-10-20")
    for use in ("Website", "Photo"):
        page.get_by_role("checkbox", name=use).check()
    expect(view).to_contain_text("until October 20, 2028")
    expect(view).to_contain_text("“Maya” is shown.")
    expect(view).to_contain_text("The photo is shown.")
    page.get_by_role("checkbox", name="Full name").check()
    expect(view).to_contain_text("“Maya Lopez” is shown.")
    expect(page.frame_locator("#page").get_by_text("I build what I need.").first).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The story was added.")).to_be_visible()
    written = (desk_site.root / "content/stories/maya-lopez.md").read_text()
    assert "focus: 70% 40%" in written
    assert written.endswith("I **take** things apart.\n\n> And back.\n")
    assert "covers: [website, photo, full-name]" in written
    publish_and_take_down(page, preview, desk_site)


def write_with_buttons(page: Page) -> None:
    """Write a text with the buttons for Markdown."""
    text = page.get_by_label("Text", exact=True)
    text.fill("I take things apart.\n\nAnd back.")
    text.evaluate("text => text.setSelectionRange(2, 6)")
    page.get_by_role("button", name="Bold").click()
    text.evaluate("text => text.setSelectionRange(26, 26)")
    page.get_by_role("button", name="Quote").click()
    assert text.input_value() == "I **take** things apart.\n\n> And back."


def publish_and_take_down(page: Page, preview: Preview, desk_site: Site) -> None:
    """Publish the story that was just added, then take it down."""
    published = desk_site.root.parent / "published/stories/maya-lopez/index.html"
    page.get_by_role("link", name="publish", exact=True).click()
    page.get_by_role("button", name="Show what will change").click()
    expect(page.get_by_role("listitem").filter(has_text="/stories/maya-lopez/").first).to_be_visible()
    assert not published.exists()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Published to")).to_be_visible()
    assert published.exists()
    page.goto(f"{preview.origin}/stories/maya-lopez/")
    page.locator("#_preview-bar").get_by_role("link", name="Edit this story").click()
    page.get_by_role("link", name="Take this story down").click()
    page.get_by_role("button", name="Take it down now").click()
    expect(page.get_by_text("Nothing of the story is left.")).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="No longer public")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Published to")).to_be_visible()
    assert not published.exists()


def type_into(page: Page, label: str, words: str) -> None:
    """Go to a field with the Tab key only, and type."""
    go_to(page, label)
    page.keyboard.type(words)


LABEL = "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText ?? ''"


def go_to(page: Page, label: str) -> None:
    """Press Tab until the element with a label, or with such words, has the focus, and can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if str(page.evaluate(LABEL)).startswith(label):
            assert page.evaluate(IS_SEEN), f"{label} has the focus, but something covers it"
            return
    raise AssertionError(f"the Tab key never reaches {label!r}")


IS_SEEN = """\
(() => { const focused = document.activeElement, box = focused.getBoundingClientRect();
  return [box.top + 3, box.top + box.height / 2, box.bottom - 3].some(
    (y) => focused.contains(document.elementFromPoint(box.left + box.width / 2, y))); })()"""
"""WCAG 2.2, 2.4.11: what has the focus is not wholly hidden."""


def test_a_story_is_added_with_the_keyboard_alone(page: Page, preview: Preview, desk_site: Site) -> None:
    page.goto(f"{preview.origin}/_desk/")
    go_to(page, "New story")
    page.keyboard.press("Enter")
    page.wait_for_url("**/_desk/new/")
    type_into(page, "First and last name", "Zoe Park")
    type_into(page, "A sentence to use as the headline", "I ask why.")
    type_into(page, "Text", "And why not.")
    go_to(page, "From the left")
    page.keyboard.press("ArrowRight")
    type_into(page, "Number of the signed form", "R-0043")
    type_into(page, "Day of the signature", "10202026")
    for use in ("Website", "Search"):
        go_to(page, use)
        page.keyboard.press("Space")
    go_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The story was added.")).to_be_visible()
    written = (desk_site.root / "content/stories/zoe.md").read_text()
    assert "covers: [website, search]" in written
    assert "given: 2026-10-20" in written
    assert written.endswith("And why not.\n")
    go_to(page, "publish")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publish/")
    published = desk_site.root.parent / "published/stories/zoe/index.html"
    steps = {"Show what will change": "Becomes live", "Publish now": "Published to"}
    for button, follows in steps.items():
        go_to(page, button)
        page.keyboard.press("Enter")
        page.wait_for_url("**/publish/?shown=1")
        expect(page.get_by_text(follows)).to_be_visible()
    assert published.exists()
    page.goto(f"{preview.origin}/_desk/stories/zoe/")
    for words in ("Take this story down", "Take it down now"):
        go_to(page, words)
        page.keyboard.press("Enter")
        page.wait_for_url("**/take-down/")
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    assert "withdrawn: 2026-11-21" in (desk_site.root / "content/stories/zoe.md").read_text()


def test_mistakes_have_the_focus_and_lead_to_their_fields(page: Page, preview: Preview) -> None:
    page.goto(f"{preview.origin}/_desk/stories/ada-li/")
    page.evaluate("document.getElementById('story').noValidate = true")
    page.get_by_label("First and last name").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Please fill this in.").click()
    expect(page.get_by_label("First and last name")).to_be_focused()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_the_form_works_without_scripts(browser: Browser, preview: Preview, desk_site: Site) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{preview.origin}/_desk/stories/ada-li/")
    page.get_by_label("Grade or year").fill("11th grade")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.close()
    assert "year: 11th grade\n" in (desk_site.root / "content/stories/ada-li.md").read_text()
