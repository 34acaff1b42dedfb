"""Sveltia CMS in a real browser, on the files of a real site.

The browser's dialog for choosing a folder can't be automated. So the files are copied into the browser's own
file system (OPFS), whose folders have the same interface, and that folder is "chosen". Everything after that
is Sveltia's own code.
"""

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.build import build
from sitegen.devserver import admin
from sitegen.pipeline.request import BuildRequest
from tests.support.preview import previewed
from tests.support.site import TODAY, Site

pytestmark = pytest.mark.audit
pytest_plugins = ["tests.support.browser_fixtures"]

ROOT = Path(__file__).parents[2]

CHOOSE = """
window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('site')
"""

FILL = """async files => {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle('site', {create: true});
  await top.getDirectoryHandle('.git', {create: true});
  for (const [path, data] of Object.entries(files)) {
    const names = path.split('/'), last = names.pop();
    let folder = top;
    for (const name of names) folder = await folder.getDirectoryHandle(name, {create: true});
    const file = await (await folder.getFileHandle(last, {create: true})).createWritable();
    await file.write(Uint8Array.from(atob(data), letter => letter.charCodeAt(0)));
    await file.close();
  }
}"""

READ = """async path => {
  let at = await (await navigator.storage.getDirectory()).getDirectoryHandle('site');
  const names = path.split('/'), last = names.pop();
  for (const name of names) at = await at.getDirectoryHandle(name);
  const file = await (await at.getFileHandle(last)).getFile();
  // it can't be read while the editor writes it
  return await file.text().catch(error => error.name === 'NotReadableError' ? '' : Promise.reject(error));
}"""

STORY = "content/stories/maya-lopez.md"


@pytest.fixture
def fetched(site: Site) -> Site:
    """A site with a story, a page, and the copy that `make admin` fetched."""
    if not admin.is_installed(ROOT):
        pytest.fail("The audit needs Sveltia CMS: make admin")
    (site.root / admin.MODULES).symlink_to(ROOT / admin.MODULES)
    return site.story().page("mission")


@pytest.fixture
def opened(browser: Browser, fetched: Site) -> Iterator[tuple[Page, list[str]]]:
    """The editor with the site's folder chosen, and the requests to other hosts so far."""
    elsewhere: list[str] = []
    with previewed(fetched, "--admin") as preview:
        # Sveltia renders a field when it comes into view: this window shows all of them
        context = browser.new_context(viewport={"width": 1280, "height": 4000})
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("response", lambda answer: elsewhere.append(answer.url))
        page.add_init_script(CHOOSE)
        page.goto(f"{preview.origin}/admin/")
        files = {
            file.relative_to(fetched.root).as_posix(): base64.b64encode(file.read_bytes()).decode()
            for file in (fetched.root / "content").rglob("*")
            if file.is_file()
        }
        page.evaluate(FILL, files)
        page.get_by_role("button", name="Work with Local Repository").click()
        yield page, elsewhere
        assert [url for url in elsewhere if not url.startswith((preview.origin, "blob:", "data:"))] == []
        context.close()


def test_the_editor_lists_the_stories_of_the_site(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    expect(page.get_by_text("Maya Lopez")).to_be_visible(timeout=60_000)
    assert any("material-symbols" in url for url in opened[1]), "its icons are words"


def test_a_story_saved_in_the_editor_is_published_by_the_build(
    opened: tuple[Page, list[str]], fetched: Site
) -> None:
    page, _ = opened
    page.get_by_text("Maya Lopez").click()
    page.locator('[data-key-path="quote"] textarea').fill("I repair what I find.")
    page.get_by_role("button", name="Save").click()
    fetched.write(STORY, _read_when_it_says(page, "I repair what I find."))
    report = build(BuildRequest(fetched.root, fetched.out, TODAY))
    assert [str(problem) for problem in report.problems] == []
    assert "I repair what I find." in fetched.read("stories/maya-lopez/index.html")


def _read_when_it_says(page: Page, words: str) -> str:
    """Return the story's file in the browser as soon as it has some words."""
    end = time.monotonic() + 60
    while words not in (text := str(page.evaluate(READ, STORY))):
        assert time.monotonic() < end, text
        page.wait_for_timeout(50)
    return text
