"""The real Sveltia CMS in a real browser, on the files of a real site.

A person who chooses the site's folder can't be played: the browser's window for it is not a page's. So the
files are copied into the browser's own file system (OPFS), whose folders answer to the same interface, and
that folder is what is "chosen". All that follows is Sveltia's own work.
"""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen import admin
from sitegen.build import build
from sitegen.order import Order
from tests.conftest import TODAY, Site
from tests.previews import previewed

pytestmark = pytest.mark.audit
pytest_plugins = ["tests.browsing"]

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
  return await (await (await at.getFileHandle(last)).getFile()).text();
}"""

STORY = "content/stories/maya-lopez.md"


@pytest.fixture
def fetched(site: Site) -> Site:
    """A site with a story, a page, and the copy that `make admin` fetched."""
    if not admin.is_here(ROOT):
        pytest.fail("The audit needs Sveltia CMS: make admin")
    (site.root / admin.MODULES).symlink_to(ROOT / admin.MODULES)
    return site.story().page("mission")


@pytest.fixture
def opened(browser: Browser, fetched: Site) -> Iterator[tuple[Page, list[str]]]:
    """The editor with the site's folder chosen, and what was asked of others on the way."""
    elsewhere: list[str] = []
    with previewed(fetched, "--admin") as preview:
        context = browser.new_context()
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


def test_what_is_saved_there_is_a_story_that_the_build_publishes(
    opened: tuple[Page, list[str]], fetched: Site
) -> None:
    page, _ = opened
    page.get_by_text("Maya Lopez").click()
    page.locator('[data-key-path="quote"] textarea').fill("I mend what I find.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_function(
        f"async () => (await ({READ})('{STORY}')).includes('I mend what I find.')", timeout=60_000
    )
    fetched.write(STORY, page.evaluate(READ, STORY))
    report = build(Order(fetched.root, fetched.out, TODAY))
    assert [str(problem) for problem in report.problems] == []
    assert "I mend what I find." in fetched.read("stories/maya-lopez/index.html")
