"""The preview: never wrong, never down, and nothing of it is left."""

import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen import house
from tests.conftest import CONSENT, Site, picture, tree
from tests.previews import previewed

STORY = "content/stories/maya-lopez.md"
PAGE = "/stories/maya-lopez/"


def pictures(text: str) -> set[str]:
    """Return the pictures that a page shows."""
    return set(re.findall(r"/images/[\w-]+\.\w+", text))


# -- never wrong ----------------------------------------------------------------------------


def test_what_was_saved_is_served_and_the_terminal_tells_what_was_made(site: Site) -> None:
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


def test_everything_that_a_site_is_made_of_is_watched(site: Site) -> None:
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


def test_a_photo_copied_in_with_an_old_time_is_seen(site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes(picture((900, 900), "maroon"))
    os.utime(other, (10**9, 10**9))
    site.photo("content/stories/maya.jpg").story(headshot="maya.jpg", alt="Maya")
    with previewed(site) as preview:
        before = pictures(preview.read(PAGE))
        shutil.copy2(other, site.root / "content/stories/maya.jpg")
        after = pictures(preview.wait(PAGE, lambda text: not pictures(text) & before))
        assert all(preview.ask(path).status == 200 for path in after)


def test_what_editors_leave_behind_makes_no_page(site: Site) -> None:
    with previewed(site.story()) as preview:
        for name in (".maya.md.swp", "maya-lopez.md~", "#maya-lopez.md#", ".#maya-lopez.md", "maya.md.bak"):
            site.write(f"content/stories/{name}", "rubbish")
        site.write("content/stories/4913", "").remove("content/stories/4913")
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
        preview.stop()
        built = [line for line in preview.said if " s." in line and "content/" in line]
        assert all(STORY in line and "~" not in line and "bak" not in line for line in built)


def test_a_save_by_way_of_another_file_is_seen(site: Site) -> None:
    with previewed(site.story()) as preview:
        text = (site.root / STORY).read_text()
        site.write("content/stories/.unfinished", text.replace("Her story.", "Another story."))
        (site.root / "content/stories/.unfinished").replace(site.root / STORY)
        preview.wait_for(PAGE, "Another story.")


def test_a_save_in_two_parts_ends_with_the_whole(site: Site) -> None:
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


def test_two_hundred_files_at_once_are_one_build(site: Site) -> None:
    with previewed(site.story()) as preview:
        aside = Site(site.root.parent / "aside")
        for number in range(200):
            aside.story(f"person-{number}", name=f"Person {number}", quote=f"I build thing {number}.")
        for file in sorted((aside.root / "content/stories").iterdir()):
            file.rename(site.root / "content/stories" / file.name)
        preview.hear("and 197 more: made ")
        assert "Person 199" in preview.read("/stories/person-199/")
        preview.stop()
        assert len([line for line in preview.said if "person-" in line]) == 1


class Coming(queue.SimpleQueue[house.Task]):
    """What comes in only to somebody who waits for it."""

    def __init__(self, *tasks: house.Task) -> None:
        self.tasks = list(tasks)

    def get(self, block: bool = True, timeout: float | None = None) -> house.Task:
        if not timeout or not self.tasks:
            raise queue.Empty
        return self.tasks.pop(0)


MANY = frozenset(f"content/stories/person-{number}.md" for number in range(house.MANY))
LATER = frozenset({"content/stories/later.md"})


def test_where_many_files_change_those_that_follow_are_waited_for_and_built_with_them() -> None:
    assert house.gathered(MANY, Coming(LATER, LATER)) == [MANY, LATER, LATER]


def test_neither_a_single_save_nor_a_page_that_somebody_asked_for_is_kept_waiting() -> None:
    def page() -> None:
        pass

    assert house.gathered(LATER, Coming(MANY)) == [LATER]
    assert house.gathered(MANY, Coming(page, LATER)) == [MANY, page]


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


def test_a_whole_content_folder_that_is_exchanged_is_watched_on(site: Site) -> None:
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


# -- never down -----------------------------------------------------------------------------


def test_a_mistake_in_a_template_keeps_the_last_good_pages_and_is_told(site: Site) -> None:
    with previewed(site.page("mission", "Good words.")) as preview:
        site.write("templates/page.html", "{% nonsense %}")
        page = preview.wait_for("/mission/", "templates/page.html:1:1")
        assert "Good words." in page
        assert "{% nonsense %}" in page
        preview.hear('templates/page.html:1:1: the tag "nonsense" is not known.')
        site.remove("templates/page.html")
        preview.hear("Mended.")
        assert "_preview-problems" not in preview.read("/mission/")


def test_a_site_that_is_at_fault_from_the_beginning_is_served_once_it_is_mended(site: Site) -> None:
    with previewed(site.write("content/site.yaml", "name: [")) as preview:
        assert "content/site.yaml" in preview.read("/")
        site.write("content/site.yaml", "name: T\nurl: https://example.org\ndescription: D\n")
        preview.wait("/", lambda text: "<title>T</title>" in text and "_preview-problems" not in text)


def test_an_error_of_our_own_is_laid_over_the_last_good_page_with_what_to_report(site: Site) -> None:
    # a package that is found before pydantic's own is the shortest way to a program that is broken
    broken = site.root.parent / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sitegen.taxonomy as room\n"
        "whole = room.arrange\n"
        "def arrange(settings, *rest):\n"
        "    if settings.short_name == 'BROKEN':\n"
        "        raise ZeroDivisionError('on purpose')\n"
        "    return whole(settings, *rest)\n"
        "room.arrange = arrange\n"
    )
    with previewed(site.page("mission", "Good words."), PYTHONPATH=str(broken)) as preview:
        site.change("content/site.yaml", "short_name: TC", "short_name: BROKEN")
        page = preview.wait_for("/mission/", "ZeroDivisionError: on purpose")
        assert "Good words." in page
        assert "Please report" in page
        preview.hear("sitegen itself is at fault")
        site.change("content/site.yaml", "short_name: BROKEN", "short_name: TC")
        preview.hear("Mended.")
        assert "ZeroDivisionError" not in preview.read("/mission/")


def test_a_lone_surrogate_a_nul_and_a_broken_photo_do_not_end_it(site: Site) -> None:
    with previewed(site.story()) as preview:
        site.write("content/stories/x.md", b"---\nname: \xff\xfe\x00\n---\n")
        site.write("content/stories/y.md", "---\n" + "[" * 5000 + "\n---\n")
        site.write("content/stories/maya.jpg", b"\xff\xd8\xff\xe0 no picture")
        site.story(headshot="maya.jpg", alt="Maya", draft="true")
        preview.wait_for(PAGE, "maya.jpg")
        assert preview.ask("/stories/").status == 200


# -- what is not public ---------------------------------------------------------------------

WITHHELD: dict[str, tuple[dict[str, Any], dict[str, str], str, str]] = {
    "a draft": ({"draft": "true"}, {}, "it is a draft", "never"),
    "scheduled": ({"publish": "2026-12-01"}, {}, "it is scheduled for 2026-12-01", "2026-12-01"),
    "expired": ({"expire": "2026-05-01"}, {}, "it expired on 2026-05-01", "never"),
    "unconsented": ({"consent": False}, {}, "no consent is recorded", "never"),
    "not begun": ({}, {"given": "2026-12-24"}, "the consent begins on 2026-12-24", "2026-12-24"),
}


def test_what_is_withheld_can_be_read_and_is_listed_with_why_and_until_when(site: Site) -> None:
    site.story()
    for number, (front, consent, *_) in enumerate(WITHHELD.values()):
        more: dict[str, Any] = {"consent": consent or None, **front}
        site.story(f"person-{number}", f"Words of person {number}.", name=f"Person {number}", **more)
    with previewed(site) as preview:
        listed = preview.read("/_preview/")
        for number, (_, _, reason, day) in enumerate(WITHHELD.values()):
            page = preview.read(f"/stories/person-{number}/")
            assert f"Words of person {number}." in page
            assert f"The public doesn&#39;t see this: {reason}." in page
            assert '<meta name="robots" content="noindex">' in page
            row = listed.partition(f"content/stories/person-{number}.md")[2].partition("</tr>")[0]
            assert f"<td>{reason}</td>" in row
            assert re.search(f"<td[^>]*>{day}</td>", row)
            assert f"Words of person {number}." not in preview.read("/stories/")


ITEM = "/_preview/members-in-action/fair/"

GROUP = """\
title: Day of Robots
date: 2026-03-01
photo: fair.jpg
alt: Four at a table
caption: Our team
people: true
"""
"""The front matter of an item of members in action, less its consent."""


def with_item(site: Site, consent: str, body: str = "They built one.") -> Site:
    """Write an item with a photo of people in it."""
    site.photo("content/members-in-action/fair.jpg")
    return site.write("content/members-in-action/fair.md", f"---\n{GROUP}{consent}---\n{body}\n")


def given(**changes: str) -> str:
    """Return a consent block that is in order, with changes."""
    keys = {**CONSENT, **changes}
    return "consent:\n" + "".join(f"  {key}: {value}\n" for key, value in keys.items())


def test_a_withheld_item_can_be_read_with_its_photo_where_the_consent_covers_it(site: Site) -> None:
    with_item(site, given(given="2026-12-24")).write(
        "content/members-in-action/index.md", "---\ntitle: In Action\n---\n"
    )
    with previewed(site) as preview:
        page = preview.read(ITEM)
        for words in (
            "In Action",
            "Day of Robots",
            "They built one.",
            "Our team",
            "the consent begins on 2026-12-24",
        ):
            assert words in page
        assert '<meta name="robots" content="noindex">' in page
        assert {preview.ask(path).status for path in pictures(page)} == {200}
        assert f'<a href="{ITEM}">/members-in-action/#fair</a>' in preview.read("/_preview/")
        assert preview.ask(ITEM[:-1]).headers["Location"] == ITEM
        assert "Day of Robots" not in preview.read("/members-in-action/")
        with_item(site, given(given="2026-12-24"), "They built two.")
        preview.wait_for(ITEM, "They built two.")


def test_an_item_without_consent_shows_no_photo_and_a_withdrawn_one_nothing(site: Site) -> None:
    with previewed(with_item(site, "")) as preview:
        page = preview.read(ITEM)
        assert "Day of Robots" in page
        for words in ("/images/", "Four at a table", "Our team"):
            assert words not in page
        with_item(site, given(withdrawn="2026-11-01"))
        page = preview.wait_for(ITEM, "the consent was withdrawn on 2026-11-01")
        for words in ("Day of Robots", "They built", "/images/", "Four at", "Our team"):
            assert words not in page
            assert words not in preview.read("/_preview/")
        assert f'href="{ITEM}"' not in preview.read("/_preview/")


def test_a_withdrawn_story_shows_no_content_not_even_as_a_draft_or_with_a_mistake(site: Site) -> None:
    gone = {"withdrawn": "2026-11-01"}
    site.photo("content/stories/ben.jpg")
    site.story("ben-ito", "Secret.", gone, name="Ben Ito", draft="true", headshot="ben.jpg", alt="Secret")
    with previewed(site.story()) as preview:
        page = preview.read("/stories/ben-ito/")
        assert "The public doesn&#39;t see this" in page
        for word in ("Secret", "Ben", "wish existed", "Robotics", "/images/"):
            assert word not in page
        # once withdrawn, a public story is gone from here as well, and no last good page comes back
        site.story(body="Secret.", consent=gone, field="Secretics")
        preview.wait_for(PAGE, "the consent was withdrawn on 2026-11-01")
        site.story(body="Secret.", consent=gone, feild="Secretics")
        preview.hear("feild")
        page = preview.wait(PAGE, lambda text: "withdrawn on" not in text)
        assert "Secret" not in page
        assert "Maya" not in page


def test_a_story_withdrawn_with_a_mistake_in_it_has_no_last_good_page(site: Site) -> None:
    with previewed(site.story()) as preview:
        site.story(consent={"withdrawn": "2026-11-01"}, feild="Secretics")
        preview.hear("feild")
        page = preview.wait(PAGE, lambda text: "Her story." not in text)
        assert "Maya" not in page
        assert "Secretics" not in page


def test_a_story_without_consent_shows_only_what_the_least_consent_would(site: Site) -> None:
    site.photo("content/stories/ben.jpg")
    site.story("ben", "His.", False, name="Ben Ito", headshot="ben.jpg", alt="Ben", school="Hidden High")
    with previewed(site) as preview:
        page = preview.read("/stories/ben/")
        assert "Ben" in page
        for word in ("Ito", "Hidden High", "/images/"):
            assert word not in page


def test_the_photo_of_a_withheld_story_is_shown_and_lies_nowhere(site: Site) -> None:
    site.photo("content/stories/ben.jpg")
    site.story("ben", "His.", name="Ben Ito", headshot="ben.jpg", alt="Ben", draft="true")
    with previewed(site) as preview:
        shown = pictures(preview.read("/stories/ben/"))
        assert shown
        assert {preview.ask(path).status for path in shown} == {200}
        private = Path(re.findall(r"\S*sitegen-preview-\w+", " ".join(map(str, folders())))[0])
        assert not [
            path for path in tree(private) if "ben" in path or Path(path).name in map(os.path.basename, shown)
        ]


def test_an_edit_of_a_withheld_story_is_seen(site: Site) -> None:
    with previewed(site.story(draft="true")) as preview:
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")


def test_backstage_tells_of_each_public_story(site: Site) -> None:
    site.photo("content/stories/maya.jpg", (900, 600))
    front = {"headshot": "maya.jpg", "alt": "Maya", "focus": "10% 50%"}
    with previewed(site.story(body="![x](https://elsewhere.example/x.jpg)", **front)) as preview:
        listed = preview.read("/_preview/")
        assert "left: 15.0%; top: 50.0%" in listed  # 90 pixels from the left, in a crop of 600
        assert re.search(r"\d+\.\d KB with everything that it loads", listed)
        assert "a picture from another website was left out." in listed
        assert "No social card" in listed


def told(listed: str, name: str) -> str:
    """Return what is told backstage of one story, by its title."""
    return next(
        (part for part in listed.split('<article class="story">') if f"{name}, Robotics</a>" in part), ""
    )


def test_backstage_tells_of_a_withheld_story_what_it_would_be(site: Site) -> None:
    site.photo("content/stories/ben.jpg", (900, 600)).with_cards()
    front = {"headshot": "ben.jpg", "alt": "Ben", "focus": "10% 50%", "draft": "true"}
    site.story("ben-ito", "![x](https://elsewhere.example/x.jpg)", name="Ben Ito", **front)
    site.story("ada-li", name="Ada Li", draft="true", consent={"covers": "[website, full-name]"}).story()
    with previewed(site) as preview:
        ben = told(preview.read("/_preview/"), "Ben Ito")
        assert "it is a draft" in ben
        assert "left: 15.0%; top: 50.0%" in ben
        assert re.search(r"\d+\.\d KB with everything that it loads", ben)
        assert "a picture from another website was left out." in ben
        assert 'class="card" src="/images/' in ben
        assert len(pictures(ben)) == 2
        assert {preview.ask(path).body[:2] for path in pictures(ben)} == {b"\xff\xd8"}
        ada = told(preview.read("/_preview/"), "Ada Li")
        assert "No photo: the initials stand in" in ada
        assert "The consent doesn’t cover it" in ada
        assert "it is a draft" not in told(preview.read("/_preview/"), "Maya Lopez")
        assert not {Path(path).name for path in pictures(ben)} & lying()


def lying() -> set[str]:
    """Return the names of all files in the private folders of previews."""
    return {Path(path).name for folder in folders() for path in tree(folder)}


def test_backstage_tells_nothing_of_a_withdrawn_story_but_that_it_was(site: Site) -> None:
    site.photo("content/stories/ben.jpg")
    front = {"name": "Ben Ito", "headshot": "ben.jpg", "alt": "Secret", "quote": "Secret."}
    with previewed(site.story("ben-ito", "Secret.", **front, draft="true")) as preview:
        shown = pictures(told(preview.read("/_preview/"), "Ben Ito"))
        site.story("ben-ito", "Secret.", {"withdrawn": "2026-11-01"}, **front)
        listed = preview.wait_for("/_preview/", "the consent was withdrawn on 2026-11-01")
        assert 'class="story"' not in listed
        assert "Secret" not in listed
        assert "Ben" not in listed
        assert {preview.ask(path).status for path in shown} == {404}


def test_a_photo_of_a_withheld_story_that_can_not_be_read_is_told_backstage(site: Site) -> None:
    damaged = picture((900, 900))[:3000]
    site.write("content/stories/ben.jpg", damaged)
    site.story("ben-ito", name="Ben Ito", headshot="ben.jpg", alt="Ben", draft="true")
    with previewed(site) as preview:
        assert "it is damaged, or not a picture." in told(preview.read("/_preview/"), "Ben Ito")


def test_the_social_card_that_a_page_names_is_shown_backstage(site: Site) -> None:
    site.write("assets/card.png", picture((1200, 630), suffix=".png"))
    site.write(
        "templates/story.html",
        '<head><meta property="og:image" content="https://example.org/assets/card.png?v=1"></head>',
    )
    with previewed(site.story()) as preview:
        assert 'class="card" src="/assets/card.png"' in preview.read("/_preview/")
        assert preview.ask("/assets/card.png").status == 200


# -- nothing is left ------------------------------------------------------------------------


def folders() -> list[Path]:
    """Return the private folders of previews that there are."""
    return list(Path(tempfile.gettempdir()).glob("sitegen-preview-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_and_leaves_nothing(site: Site, number: int, tmp_path: Path) -> None:
    mine = tmp_path / "temporary"
    mine.mkdir()
    with previewed(site.story(), TMPDIR=str(mine)) as preview:
        (private,) = mine.glob("sitegen-preview-*")
        assert private.stat().st_mode & 0o777 == 0o700
        code, said = preview.stop(number)
    assert code == 0
    assert "Traceback" not in said
    assert "Stopped." in said
    assert list(mine.iterdir()) == []


def test_the_public_site_and_its_memory_stay_as_they_are(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", draft="true").build()
    before, memory = site.public, tree(site.root / ".sitegen")
    with previewed(site) as preview:
        preview.read("/stories/ben-ito/")
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
    assert site.public == before
    assert tree(site.root / ".sitegen") == memory
    site.build()
    assert "_preview" not in site.read("stories/maya-lopez/index.html")


def test_pages_are_those_of_the_public_site_but_for_what_is_laid_over(site: Site) -> None:
    site.story().page("mission").build()
    with previewed(site) as preview:
        for path in ("/", "/mission/", PAGE, "/stories/"):
            served = re.sub(
                r'<script src="/(livereload|_preview/fold)\.js" async></script>', "", preview.read(path)
            )
            # the policy would keep the browser from running the preview's script
            public = re.sub(
                r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", site.read(f"{path[1:]}index.html")
            )
            assert served == public
        assert preview.read("/feed.xml") == site.read("feed.xml")


# -- comfort --------------------------------------------------------------------------------


def test_where_the_port_is_taken_the_next_one_is_used(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with previewed(site, "--port", str(port)) as preview:
            assert port < preview.port < port + 20
            assert preview.ask("/").status == 200
            assert "Warning" not in preview.stop()[1]


def test_where_it_can_not_listen_it_says_why_and_what_to_do(site: Site) -> None:
    def said(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "sitegen", "--root", str(site.root), "serve", *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        return done.stderr

    # an address for documentation (RFC 5737) is no machine's own
    elsewhere = said("--host", "203.0.113.9")
    assert "This machine has no address 203.0.113.9 to listen at." in elsewhere
    assert "Warning" not in elsewhere
    with socket.create_server(("127.0.0.1", 65535)):
        taken = said("--port", "65535")
    assert "All ports from 65535 on are taken." in taken
    assert "Warning" not in taken


def test_the_browser_is_opened_where_that_is_wished(site: Site, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    with previewed(site, "--open", BROWSER=f"sh -c 'echo %s > {asked}'") as preview:
        address = preview.address
        deadline = time.monotonic() + 30
        while not (asked.exists() and asked.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert asked.read_text().strip() == address


def test_a_site_below_a_path_is_served_below_it(site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", "https://example.org/site").story()
    with previewed(site) as preview:
        assert preview.address.endswith("/site/")
        assert preview.ask("/").headers["Location"] == "/site/"
        assert preview.ask(f"/site{PAGE}").status == 200
        assert 'href="/site/stories/maya-lopez/"' in preview.read("/_preview/")


def test_what_is_not_there_is_answered_with_the_sites_own_page(site: Site) -> None:
    with previewed(site) as preview:
        answer = preview.ask("/nowhere/")
        assert (answer.status, "This page is not here" in answer.text) == (404, True)
        assert preview.ask("/stories").headers["Location"] == "/stories/"
