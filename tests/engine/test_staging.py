"""Staging and atomic swap: the old tree or the new one; foreign files stay."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.core import atomic_swap
from sitegen.engine import output_tree, staging
from sitegen.pipeline.request import BuildRequest
from sitegen.pipeline.save_cache import BuildCache
from sitegen.pipeline.target import FolderTarget
from tests.support.site import TODAY, Site, tree
from tests.support.terminal import run_here


def test_a_folder_with_foreign_files_is_refused(site: Site) -> None:
    site.write("public/holiday.txt", "mine").build()
    assert site.report.site_at_fault
    assert (site.codes, "holiday.txt" in site.messages[0]) == (["foreign-files"], True)
    assert site.public == {"holiday.txt": b"mine"}


def test_a_foreign_file_in_the_published_folder_stops_the_build(site: Site) -> None:
    before = site.build().public
    site.write("public/CNAME", "example.org").page("mission").build()
    assert (site.codes, "CNAME" in site.messages[0]) == (["foreign-files"], True)
    assert site.public == {**before, "CNAME": b"example.org"}


def test_an_empty_folder_is_accepted(site: Site) -> None:
    site.out.mkdir()
    assert not site.build().report.site_at_fault


def test_a_symbolic_link_is_not_accepted_as_a_folder(site: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.out.symlink_to(tmp_path / "elsewhere")
    assert site.build().codes == ["unusable-output-folder"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.slow
def test_the_mark_lists_every_file_as_sha256sum_reads_it(site: Site) -> None:
    site.story().build()
    checker = ["sha256sum", "--check", "--strict", "--quiet", ".sitegen"]
    assert subprocess.run(checker, cwd=site.out, check=False).returncode == 0
    listed = {line[66:] for line in site.read(".sitegen").splitlines()}
    assert listed == site.public.keys() - {".sitegen"}


def test_an_unchanged_file_is_linked_and_not_copied(site: Site) -> None:
    page = site.page("mission").page("vision").build().out / "vision/index.html"
    before = page.stat().st_ino
    assert site.page("mission", "Another.").build().report.made == 1
    assert page.stat().st_ino == before


def test_a_build_that_was_stopped_between_its_two_renames_is_recovered(site: Site) -> None:
    before = site.story().build().public
    site.out.rename(site.root / ".public.old")
    assert site.build().public == before
    assert site.report.made == 0


def test_leftovers_of_a_killed_build_are_removed(site: Site) -> None:
    site.write(".public.new/stories/half.html", "half").build()
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


def test_an_unpublished_stage_leaves_nothing(tmp_path: Path) -> None:
    with staging.Stage(tmp_path / "public", output_tree.NO_TREE) as stage:
        stage.made("a/b.html", staging.write(stage.folder, "a/b.html", b"text"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/", "~", ".", "..", "content", "templates/inner", ".git", ".sitegen"])
def test_folders_that_are_more_than_a_website_are_refused(site: Site, place: str) -> None:
    out = Path(place).expanduser() if place in ("/", "~") else (site.root / place).resolve()
    before = tree(site.root)
    site.build(out=out)
    assert site.codes == ["unusable-output-folder"]
    assert tree(site.root) == before


def test_force_moves_foreign_files_away_and_deletes_nothing(site: Site) -> None:
    site.build().write("public/CNAME", "example.org").write("public/old/notes.txt", "mine").build(force=True)
    assert not site.report.site_at_fault
    assert tree(site.root / "public-moved-aside-1") == {"CNAME": b"example.org", "old/notes.txt": b"mine"}
    assert "CNAME" not in site.public
    site.write("public/CNAME", "again").build(force=True)
    assert tree(site.root / "public-moved-aside-2") == {"CNAME": b"again"}


def test_a_symbolic_link_in_the_published_folder_is_foreign(site: Site, tmp_path: Path) -> None:
    site.build()
    (site.out / "elsewhere").symlink_to(tmp_path)
    assert site.build().codes == ["foreign-files"]


def test_without_atomic_exchange_two_renames_publish(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_swap, "exchange", lambda one, other: False)
    site.page("mission", "Old.").build().page("mission", "New.").build()
    assert "New." in site.read("mission/index.html")
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


def test_without_atomic_exchange_a_failed_rename_restores_the_old_site(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.page("mission", "Old.").build().public
    monkeypatch.setattr(atomic_swap, "exchange", lambda one, other: False)
    rename = Path.rename

    def refuse_the_new(self: Path, target: Path) -> Path:
        if self.name == ".public.new":
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new)
    with pytest.raises(OSError, match="No space left"):
        site.page("mission", "New.").build()
    assert site.public == before


def test_foreign_files_in_the_spare_are_never_published(site: Site) -> None:
    site.page("mission", "Old.").build()
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "stranger.html").write_text("hello")
    assert "stranger.html" not in site.page("mission", "New.").build().public


def test_a_file_missing_from_the_spare_is_still_published(site: Site, tmp_path: Path) -> None:
    before = site.page("mission", "Old.").page("vision").build().public
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "vision/index.html").unlink()
    (tmp_path / "backup.html").hardlink_to(site.out / "vision/index.html")
    after = site.page("mission", "New.").build().public
    assert after["vision/index.html"] == before["vision/index.html"]


def test_a_file_replaced_in_the_spare_is_published_as_it_was(site: Site, tmp_path: Path) -> None:
    before = site.page("mission", "Old.").page("vision").build().public
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "vision/index.html").unlink()
    (spare / "vision/index.html").write_text("other")
    (tmp_path / "backup.html").hardlink_to(site.out / "vision/index.html")
    assert site.page("mission", "New.").build().public["vision/index.html"] == before["vision/index.html"]


def test_a_spare_is_removed_with_the_mark_of_its_tree(site: Site) -> None:
    site.page("mission", "Old.").build()
    site.page("mission", "New.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "mission/index.html").unlink()
    (spare / "mission/index.html").write_text("foreign text")
    site.write("public/.sitegen", "").build(force=True)
    left = [file for file in (site.root / ".sitegen").rglob("*") if file.is_file()]
    assert not any(b"foreign text" in file.read_bytes() for file in left)


def test_a_damaged_mark_is_rewritten(site: Site) -> None:
    before = site.story().build().public
    site.write("public/.sitegen", before[".sitegen"] * 2).build()
    assert site.public == before


def test_a_mark_that_names_outside_files_removes_none_of_them(site: Site, tmp_path: Path) -> None:
    before = site.story().build().public
    (tmp_path / "kept.txt").write_text("mine")
    names = ["../../kept.txt", str(tmp_path / "kept.txt"), "", "a/../../../kept.txt"]
    strange = "".join(f"{'0' * 64}  {name}\n" for name in names)
    site.write("public/.sitegen", before[".sitegen"] + strange.encode()).build()
    assert (tmp_path / "kept.txt").read_text() == "mine"
    assert site.public == before


# -- a damaged tree -------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 20, 64, 65, 66, 70])
def test_a_flipped_bit_in_the_mark_is_repaired_by_the_next_build(site: Site, at: int) -> None:
    site.story().page("mission").build()
    whole, mark = site.public, site.out / output_tree.MARK
    start = whole[output_tree.MARK].index(b"\n") + 1
    for bit in (0, 3, 7):
        data = bytearray(whole[output_tree.MARK])
        data[start + at - (at == 0)] ^= 1 << bit
        mark.write_bytes(data)
        assert not site.build().report.problems
        assert site.public == whole


@pytest.mark.parametrize("data", [b"", b"\0" * 99, b"\xff", b"no digest here\n"])
def test_with_a_lost_mark_the_site_is_built_anew_and_nothing_is_deleted(site: Site, data: bytes) -> None:
    site.story().page("mission").build()
    whole = site.public
    site.page("mission", "Other text.").write("public/.sitegen", data).write("public/mine.txt", b"m").build()
    assert not site.report.problems
    assert "Other text." in site.read("mission/index.html")
    aside = site.root / "public-moved-aside-1"
    assert tree(aside)["mine.txt"] == b"m"
    assert tree(aside)["mission/index.html"] == whole["mission/index.html"]
    assert "stories/maya-lopez/index.html" not in tree(aside)
    assert "mine.txt" not in site.public


# -- permissions ----------------------------------------------------------------------------


def _modes(folder: Path) -> set[tuple[bool, str]]:
    """Return the permissions of everything in a folder, and whether it is a folder."""
    return {(each.is_dir(), oct(each.stat().st_mode & 0o7777)) for each in (folder, *folder.rglob("*"))}


OPEN = {(True, "0o755"), (False, "0o644")}


@pytest.mark.parametrize("umask", [0o077, 0o002, 0o000, 0o027])
def test_the_published_site_can_be_read_by_a_web_server_whatever_the_umask(site: Site, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert _modes(site.story().page("mission").build().out) == OPEN
        assert _modes(site.page("vision").build().out) == OPEN
        assert _modes(site.page("vision", "New.").build().out) == OPEN
        assert _modes(site.remove("content/stories/maya-lopez.md").build(workers=2).out) == OPEN
        assert _modes(site.build(out=site.root / "other").root / "other") == OPEN
    finally:
        os.umask(before)


@pytest.mark.parametrize("change", [False, True])
def test_permissions_that_a_web_server_can_not_use_are_repaired_by_the_next_build(
    site: Site, change: bool
) -> None:
    site.story().page("mission").build()
    site.page("mission", "New.").build()  # now there is a spare
    for each in (site.out, *site.out.rglob("*"), *(site.root / ".sitegen").glob("spare-*/**/*")):
        each.chmod(0o700 if each.is_dir() else 0o600)
    if change:
        site.page("mission", "Newer.")
    done = run_here(site.root, "build", "--date", "2026-11-21")
    assert done.returncode == 0, done.stderr
    assert _modes(site.out) == OPEN
    assert _modes(site.page("vision").build().out) == OPEN


def test_the_staging_folder_is_listed_before_the_old_tree_is_in_its_place(site: Site) -> None:
    class SlowTarget(FolderTarget):
        """A target whose thread for the cache is held up until everything else has been done."""

        def make_cache(self, *arguments: Any) -> BuildCache:
            until = time.monotonic() + 0.5
            while time.monotonic() < until and (site.out / withdrawn).exists():
                time.sleep(0.01)
            made = super().make_cache(*arguments)
            listed.extend(path for path, _ in self._stage.listing().files())
            return made

    withdrawn, listed = "stories/maya-lopez/index.html", list[str]()
    site.story().story("ben-ito").build()
    assert withdrawn in site.public
    site.remove("content/stories/maya-lopez.md")
    request = BuildRequest(site.root, site.out, today=TODAY)
    build(request, target=SlowTarget(request))
    assert withdrawn not in listed
    assert "stories/ben-ito/index.html" in listed
    assert withdrawn not in site.public
