"""Publish and take down, in the desk: the changes are shown first, and a take-down has its receipt."""

import subprocess
from dataclasses import replace
from pathlib import Path

from sitegen.commands.publication import Destination
from tests.support.desk import DeskOfSite, Page, opened
from tests.support.site import Site, person, tree

STORY = "stories/maya-lopez/index.html"


def press(desk: DeskOfSite, button: str) -> Page:
    """Press a button of the page for publishing, and return the page that follows."""
    done = desk.send(f"/_desk/publish/{button}", {"token": ["token"]})
    assert done.status == 303
    return desk.ask(done.location)


def test_changes_are_shown_before_they_are_published(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    with opened(site.story().story("ada-li", name="Ada Li", feild="x")) as desk:
        desk.desk.destination = Destination(folder)
        assert "Publish now" not in desk.read("/_desk/publish/")
        shown = press(desk, "prepare").text
        assert "<h2>Becomes live</h2>\n<ul>\n  <li>/stories/maya-lopez/</li>" in shown
        assert "content/stories/ada-li.md" in shown
        assert not folder.exists()
        assert f"Published to {folder}" in press(desk, "now").text
        assert tree(folder)[STORY] == (site.out / STORY).read_bytes()
        assert "There is nothing to publish" in press(desk, "prepare").text


def test_what_has_changed_since_it_was_shown_is_not_published(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    with opened(site.story()) as desk:
        desk.desk.destination = Destination(folder)
        press(desk, "prepare")
        site.story("ada-li", name="Ada Li")
        shown = press(desk, "now").text
        assert "Something has changed since you looked." in shown
        assert "/stories/ada-li/" in shown
        assert not folder.exists()
        assert "Published to" in press(desk, "now").text


def test_nothing_is_published_of_a_site_that_needs_fixing(site: Site, tmp_path: Path) -> None:
    with opened(site.story()) as desk:
        desk.desk.destination = Destination(tmp_path / "published")
        press(desk, "prepare")
        site.page("mission", layout="nowhere")
        shown = press(desk, "now").text
        assert "Nothing can be published until these are right." in shown
        assert "content/mission.md" in shown
        assert "Publish now" not in shown
        assert not (tmp_path / "published").exists()


def test_a_place_that_cannot_be_published_to_is_named(site: Site) -> None:
    with opened(site.story()) as desk:
        shown = press(desk, "prepare").text
        assert "There is no remote" in shown or "not a git repository" in shown
        assert "Publish now" not in shown


def git(folder: Path, *words: str) -> str:
    """Run git, and return its output."""
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True)
    return done.stdout


def test_a_story_is_published_to_a_branch_and_taken_down(site: Site, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    bare.mkdir()
    git(bare, "init", "--quiet", "--bare")
    git(site.root, "init", "--quiet")
    git(site.root, "remote", "add", "origin", str(bare))
    site.story("ada-li", "Hers.", name="Ada Li", quote="I ask why.", school="North", field="Art")
    with opened(site.story()) as desk:
        press(desk, "prepare")
        assert "Published to the branch gh-pages" in press(desk, "now").text
        assert STORY in git(bare, "ls-tree", "-r", "--name-only", "gh-pages")
        receipt = desk.fill("/_desk/stories/maya-lopez/take-down/", name="take-down")
        assert receipt.status == 200
        assert "Nothing of the story is left." in receipt.text
        assert "https://example.org/stories/maya-lopez/" in receipt.text
        assert "delete old deployments at your host" in receipt.text
        assert "withdrawn: 2026-11-21" in (site.root / "content/stories/maya-lopez.md").read_text()
        assert (
            "<h2>No longer public</h2>\n<ul>\n  <li>/stories/maya-lopez/</li>" in press(desk, "prepare").text
        )
        press(desk, "now")
        assert STORY not in git(bare, "ls-tree", "-r", "--name-only", "gh-pages")
        assert "Maya" not in desk.read("/_desk/")


def test_of_several_people_the_one_who_withdraws_is_chosen(site: Site) -> None:
    site.group(people=[person("Ada Li"), person("Ben Ito")])
    with opened(site) as desk:
        address = "/_desk/stories/robots/take-down/"
        for chosen in ({}, {"person": "7"}, {"person": "x"}):
            assert desk.fill(address, changed=chosen, name="take-down").status == 422
        receipt = desk.fill(address, changed={"person": "1"}, name="take-down").text
        assert "consent of Ben Ito withdrawn from 2026-11-21 on" in receipt
        assert (site.root / "content/stories/robots.md").read_text().count("withdrawn: 2026-11-21") == 1


def test_a_file_that_cannot_be_read_is_taken_down_from_what_is_public(site: Site) -> None:
    with opened(site.story().build()) as desk:
        site.write("content/stories/maya-lopez.md", "---\nname: [\n")
        assert "take-down" in desk.read("/_desk/stories/maya-lopez/")
        receipt = desk.fill("/_desk/stories/maya-lopez/take-down/", name="take-down").text
        assert "content/stories/maya-lopez.md" in receipt
        assert not (site.out / STORY).exists()


def test_who_only_reads_has_no_buttons(site: Site, tmp_path: Path) -> None:
    with opened(site.story()) as desk:
        desk.desk = replace(desk.desk, can_edit=False)
        for path in (
            "/_desk/",
            "/_desk/publish/",
            "/_desk/stories/maya-lopez/",
            "/_desk/stories/maya-lopez/take-down/",
        ):
            assert '<button class="button">' not in desk.read(path)
