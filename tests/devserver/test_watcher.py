"""Watcher: every way to save a file ends in one build of the latest content."""

import os
import queue
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from sitegen.devserver import session
from tests.support.preview import previewed
from tests.support.served_story import PAGE, STORY, pictures
from tests.support.site import Site, picture


def test_a_save_is_served_and_the_terminal_lists_the_made_pages(site: Site) -> None:
    with previewed(site.story()) as preview:
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
        line = preview.hear(f"{STORY}: made ")
        assert re.search(r"made /feed\.json, /feed\.xml, /stories/maya-lopez/, in \d+\.\d\d s\.$", line)


EDITS: list[tuple[Callable[[Site], object], str, str]] = [
    (lambda site: site.change("content/mission.md", "Text", "Edited"), "/mission/", "Edited"),
    (lambda site: site.page("vision", "New words"), "/vision/", "New words"),
    (lambda site: site.change("content/site.yaml", "Test Collective", "Our Name"), "/", "Our Name"),
    (lambda site: site.write("templates/page.html", "Laid out"), "/mission/", "Laid out"),
    (lambda site: site.write("assets/own.css", "p { color: red }"), "/assets/own.css", "red"),
    (lambda site: site.write("assets/own.js", "edited()"), "/assets/own.js", "edited()"),
]


def test_all_inputs_of_a_site_are_watched(site: Site) -> None:
    site.page("mission").write("templates/note.txt", "").write("assets/first.css", "p {}")
    with previewed(site) as preview:
        for edit, path, words in EDITS:
            assert words not in preview.read(path)
            edit(site)
            preview.wait_for(path, words)


def test_a_folder_that_comes_later_is_watched(site: Site) -> None:
    with previewed(site.page("mission")) as preview:
        site.write("templates/page.html", "First")
        preview.wait_for("/mission/", "First")
        site.write("templates/page.html", "Second")
        preview.wait_for("/mission/", "Second")


def test_a_photo_copied_with_an_old_mtime_is_detected(site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes(picture((900, 900), "maroon"))
    os.utime(other, (10**9, 10**9))
    site.photo("content/stories/maya.jpg").story(headshot="maya.jpg", alt="Maya")
    with previewed(site) as preview:
        before = pictures(preview.read(PAGE))
        shutil.copy2(other, site.root / "content/stories/maya.jpg")
        after = pictures(preview.wait(PAGE, lambda text: not pictures(text) & before))
        assert all(preview.ask(path).status == 200 for path in after)


def test_temporary_files_of_editors_make_no_page(site: Site) -> None:
    with previewed(site.story()) as preview:
        for name in (".maya.md.swp", "maya-lopez.md~", "#maya-lopez.md#", ".#maya-lopez.md", "maya.md.bak"):
            site.write(f"content/stories/{name}", "rubbish")
        site.write("content/stories/4913", "").remove("content/stories/4913")
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
        preview.stop()
        built = [line for line in preview.said if " s." in line and "content/" in line]
        assert all(STORY in line and "~" not in line and "bak" not in line for line in built)


def test_a_save_by_rename_is_detected(site: Site) -> None:
    with previewed(site.story()) as preview:
        text = (site.root / STORY).read_text()
        site.write("content/stories/.unfinished", text.replace("Her story.", "Another story."))
        (site.root / "content/stories/.unfinished").replace(site.root / STORY)
        preview.wait_for(PAGE, "Another story.")


def test_a_save_in_two_writes_ends_with_the_whole_file(site: Site) -> None:
    with previewed(site.story()) as preview:
        text = (site.root / STORY).read_text().replace("Her story.", "Another story.")
        with (site.root / STORY).open("w") as file:
            file.write(text[:60])
            file.flush()
            time.sleep(0.3)
            file.write(text[60:])
        preview.wait_for(PAGE, "Another story.")


def test_a_second_save_in_the_same_moment_is_not_lost(site: Site) -> None:
    with previewed(site.story()) as preview:
        for number in range(5):
            site.change(STORY, site.root.joinpath(STORY).read_text().splitlines()[-1], f"Save {number}.")
            time.sleep(0.05)
        preview.wait_for(PAGE, "Save 4.")


def test_two_hundred_files_at_once_are_a_few_builds(site: Site) -> None:
    with previewed(site.story()) as preview:
        aside = Site(site.root.parent / "aside")
        for number in range(200):
            aside.story(f"person-{number}", name=f"Person {number}", quote=f"I build thing {number}.")
        for file in sorted((aside.root / "content/stories").iterdir()):
            file.rename(site.root / "content/stories" / file.name)
        for number in range(200):
            preview.wait_for(f"/stories/person-{number}/", f"Person {number}")
        preview.stop()
        # one, unless a busy machine pauses the copying in between
        assert 1 <= len([line for line in preview.said if "person-" in line]) < 10


class Coming(queue.SimpleQueue[session.Task]):
    """Changes that arrive one batch per call."""

    def __init__(self, *tasks: session.Task) -> None:
        self.tasks = list(tasks)

    def get(self, block: bool = True, timeout: float | None = None) -> session.Task:
        if not timeout or not self.tasks:
            raise queue.Empty
        return self.tasks.pop(0)


MANY = frozenset(f"content/stories/person-{number}.md" for number in range(session.BULK_CHANGE))


LATER = frozenset({"content/stories/later.md"})


def test_a_burst_of_changes_is_collected_into_one_build() -> None:
    assert session.gathered(MANY, Coming(LATER, LATER)) == [MANY, LATER, LATER]


def test_neither_a_single_save_nor_a_request_is_delayed() -> None:
    def page() -> None:
        pass

    assert session.gathered(LATER, Coming(MANY)) == [LATER]
    assert session.gathered(MANY, Coming(page, LATER)) == [MANY, page]


def test_a_renamed_folder_ends_with_the_right_pages(site: Site) -> None:
    site.story().write("content/stories/ben/index.md", (site.root / STORY).read_text().replace("Maya", "Ben"))
    with previewed(site) as preview:
        (site.root / "content/stories/ben").rename(site.root / "content/stories/ben-ito")
        preview.wait_for("/stories/ben-ito/", "Ben Lopez")
        assert preview.ask("/stories/ben/").status == 404


def test_a_branch_that_is_switched_ends_with_its_pages(site: Site) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *who, *words], cwd=site.root, check=True, capture_output=True)

    site.story().page("mission", "On the first branch.")
    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    git("checkout", "-b", "other")
    shutil.rmtree(site.root / "content/stories")
    site.page("mission", "On the other branch.").page("vision", "New there.")
    git("add", ".")
    git("commit", "-m", "other")
    git("checkout", "main")
    with previewed(site) as preview:
        git("checkout", "other")
        preview.wait_for("/vision/", "New there.")
        preview.wait_for("/mission/", "On the other branch.")
        assert preview.ask(PAGE).status == 404
        git("checkout", "main")
        preview.wait_for(PAGE, "Her story.")
        preview.wait_for("/mission/", "On the first branch.")


def test_a_replaced_content_folder_is_still_watched(site: Site) -> None:
    with previewed(site.story()) as preview:
        content = site.root / "content"
        shutil.copytree(content, site.root / "other")
        content.rename(site.root / "old")
        (site.root / "other").rename(content)
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
        site.change(STORY, "Another story.", "A third story.")
        preview.wait_for(PAGE, "A third story.")


def test_a_photo_of_a_story_that_a_mistake_holds_back_stays_on_its_last_good_page(site: Site) -> None:
    site.photo("content/stories/maya.jpg").story(headshot="maya.jpg", alt="Maya")
    with previewed(site) as preview:
        shown = pictures(preview.read(PAGE))
        site.change(STORY, "quote:", "qoute:")
        page = preview.wait_for(PAGE, "qoute")
        assert pictures(page) == shown
        assert all(preview.ask(path).status == 200 for path in shown)
