"""Litter: what file managers and the like leave stops no build, stays, and is never published."""

import subprocess
from pathlib import Path

import pytest

from sitegen.commands import deploy, takedown
from sitegen.core.model import Source
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site, tree

FILES = (
    *(".DS_Store", "._index.html", ".localized", "Icon\r", "Thumbs.db", "ehthumbs.db", "desktop.ini"),
    *(".directory", "index.html~", ".index.html.swp", ".#index.html", "#index.html#", ".~lock.index.html#"),
    *(".nfs0000000000a1b2c3", ".fuse_hidden0000001", ".dropbox", ".syncthing.index.html.tmp", ".stignore"),
    *("@eaDir/index.html/thumb.jpg", ".Trash-1000/files/x.html", ".stfolder/marker.txt", "lost+found/x"),
)


def littered(site: Site) -> Site:
    """Publish a site, and put litter into each of its folders."""
    site.story().story("ben-ito", name="Ben Ito", quote="Water.").page("mission").build()
    for folder in ("public", "public/mission", "public/stories", "public/stories/maya-lopez"):
        for path in FILES:
            site.write(f"{folder}/{path}", b"left")
    return site


@pytest.mark.parametrize("path", FILES)
def test_litter_stops_no_build_and_stays(site: Site, path: str) -> None:
    site.story().build()
    site.write(f"public/{path}", b"left").write(f"public/stories/{path}", b"left")
    for number in range(3):
        site.page("mission", f"Text {number}.").build()
        assert site.messages == []
        assert site.public[path] == site.public[f"stories/{path}"] == b"left"
    assert site.build(clean=True).messages == []
    assert site.public[path] == b"left"
    assert path not in site.read(".sitegen")
    assert site.build().report.made == 0


def test_a_folder_that_file_managers_have_opened_can_be_published_into(site: Site) -> None:
    site.write("public/.DS_Store", b"left").story().build()
    assert site.messages == []
    assert site.read(".DS_Store") == "left"


def test_an_empty_marker_folder_stays(site: Site) -> None:
    site.story().build()
    (site.out / ".stfolder").mkdir()
    site.page("mission").build()
    assert (site.out / ".stfolder").is_dir()


def test_notes_about_a_withdrawn_story_go_with_it(site: Site) -> None:
    littered(site)
    source = takedown.find(site.root, "maya-lopez")
    assert isinstance(source, Source)
    receipt = takedown.take_down(BuildRequest(site.root, site.out, TODAY), source, TODAY, lambda _: None)
    left = {path for path in tree(site.out) if path.startswith("stories/maya-lopez/")}
    assert {path.removeprefix("stories/maya-lopez/") for path in left} <= set(FILES)
    assert not {path for path in left if path.endswith((".DS_Store", "thumb.jpg", ".swp", "Thumbs.db", "~"))}
    assert "stories/.DS_Store" not in site.public
    assert site.read("mission/.DS_Store") == "left"
    assert receipt.proof


def test_litter_is_deployed_to_no_branch_and_no_folder(site: Site, tmp_path: Path) -> None:
    littered(site)
    bare, repository = tmp_path / "bare.git", tmp_path / "repository"
    repository.mkdir()
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    ready = deploy.commit(site.root, site.out, repository, str(bare), "pages", "", force=False)
    assert not [path for path in ready.changes.added if path in FILES or path.endswith(FILES)]
    assert "mission/index.html" in ready.changes.added
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/.DS_Store").write_bytes(b"its own")
    assert ".DS_Store" not in deploy.to_folder(site.out, tmp_path / "copy", site.root).added
    deploy.copy(site.out, tmp_path / "copy")
    copied = tree(tmp_path / "copy")
    assert copied.pop(".DS_Store") == b"its own"
    assert not [path for path in copied if path.endswith(FILES)]


def test_litter_in_assets_is_not_published(site: Site) -> None:
    for path in FILES:
        site.write(f"assets/{path}", b"left").write(f"content/stories/{path}", b"left")
    site.story().write("assets/logo.txt", "Ours.").build()
    assert site.messages == []
    assert "assets/logo.txt" in site.public
    assert not [path for path in site.public if path.endswith(FILES)]
