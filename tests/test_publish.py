"""Publishing: the old tree or the new one, and nothing of anybody else's."""

import subprocess
from pathlib import Path

import pytest

from sitegen import output, publish
from tests.conftest import Site, tree


def test_a_folder_of_somebody_elses_is_refused(site: Site) -> None:
    site.write("public/holiday.txt", "mine").build()
    assert site.report.site_at_fault
    assert "sitegen did not make holiday.txt" in site.messages[0]
    assert site.public == {"holiday.txt": b"mine"}


def test_a_strangers_file_in_the_published_folder_stops_the_build(site: Site) -> None:
    before = site.build().public
    site.write("public/CNAME", "example.org").page("mission").build()
    assert "sitegen did not make CNAME" in site.messages[0]
    assert site.public == {**before, "CNAME": b"example.org"}


def test_an_empty_folder_is_taken(site: Site) -> None:
    site.out.mkdir()
    assert not site.build().report.site_at_fault


def test_a_link_is_not_taken_for_a_folder(site: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.out.symlink_to(tmp_path / "elsewhere")
    assert "it is a link to another place" in site.build().messages[0]
    assert list((tmp_path / "elsewhere").iterdir()) == []


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


def test_what_a_killed_build_left_behind_is_swept_away(site: Site) -> None:
    site.write(".public.new/stories/half.html", "half").build()
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


def test_a_stage_that_is_left_without_publishing_leaves_nothing(tmp_path: Path) -> None:
    with publish.Stage(tmp_path / "public", output.NO_TREE) as stage:
        stage.made("a/b.html", publish.write(stage.folder, "a/b.html", b"text"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/", "~", ".", "..", "content", "templates/inner", ".git", ".sitegen"])
def test_places_that_are_more_than_a_website_are_refused(site: Site, place: str) -> None:
    out = Path(place).expanduser() if place in ("/", "~") else (site.root / place).resolve()
    before = tree(site.root)
    site.build(out=out)
    assert "the site can't be published here" in site.messages[0]
    assert tree(site.root) == before


def test_force_moves_strangers_aside_and_deletes_nothing(site: Site) -> None:
    site.build().write("public/CNAME", "example.org").write("public/old/notes.txt", "mine").build(force=True)
    assert not site.report.site_at_fault
    assert tree(site.root / "public-moved-aside-1") == {"CNAME": b"example.org", "old/notes.txt": b"mine"}
    assert "CNAME" not in site.public
    site.write("public/CNAME", "again").build(force=True)
    assert tree(site.root / "public-moved-aside-2") == {"CNAME": b"again"}


def test_a_link_in_the_published_folder_is_a_stranger(site: Site, tmp_path: Path) -> None:
    site.build()
    (site.out / "elsewhere").symlink_to(tmp_path)
    assert "sitegen did not make elsewhere" in site.build().messages[0]


def test_without_an_exchange_two_renames_do(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    site.page("mission", "Old.").build().page("mission", "New.").build()
    assert "New." in site.read("mission/index.html")
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


def test_without_an_exchange_a_rename_that_fails_brings_the_old_site_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.page("mission", "Old.").build().public
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    rename = Path.rename

    def refuse_the_new(self: Path, target: Path) -> Path:
        if self.name == ".public.new":
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new)
    with pytest.raises(OSError, match="No space left"):
        site.page("mission", "New.").build()
    assert site.public == before


def test_what_somebody_puts_into_the_spare_is_never_published(site: Site) -> None:
    site.page("mission", "Old.").build()
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "stranger.html").write_text("hello")
    assert "stranger.html" not in site.page("mission", "New.").build().public


def test_a_file_that_the_spare_has_lost_is_published_all_the_same(site: Site, tmp_path: Path) -> None:
    before = site.page("mission", "Old.").page("vision").build().public
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "vision/index.html").unlink()
    (tmp_path / "backup.html").hardlink_to(site.out / "vision/index.html")
    after = site.page("mission", "New.").build().public
    assert after["vision/index.html"] == before["vision/index.html"]


def test_a_file_that_was_replaced_in_the_spare_is_published_as_it_stood(site: Site, tmp_path: Path) -> None:
    before = site.page("mission", "Old.").page("vision").build().public
    site.page("mission", "Older.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "vision/index.html").unlink()
    (spare / "vision/index.html").write_text("other")
    (tmp_path / "backup.html").hardlink_to(site.out / "vision/index.html")
    assert site.page("mission", "New.").build().public["vision/index.html"] == before["vision/index.html"]


def test_a_spare_is_not_left_where_the_tree_that_it_belongs_to_is_ours_no_more(site: Site) -> None:
    site.page("mission", "Old.").build()
    site.page("mission", "New.").build()  # the first build leaves none
    (spare,) = (site.root / ".sitegen").glob("spare-*")
    (spare / "mission/index.html").unlink()
    (spare / "mission/index.html").write_text("what somebody put there")
    site.write("public/.sitegen", "").build(force=True)
    left = [file for file in (site.root / ".sitegen").rglob("*") if file.is_file()]
    assert not any(b"what somebody put there" in file.read_bytes() for file in left)


def test_a_mark_that_was_damaged_is_written_anew(site: Site) -> None:
    before = site.story().build().public
    site.write("public/.sitegen", before[".sitegen"] * 2).build()
    assert site.public == before


def test_a_mark_that_names_files_outside_has_none_of_them_removed(site: Site, tmp_path: Path) -> None:
    before = site.story().build().public
    (tmp_path / "kept.txt").write_text("mine")
    names = ["../../kept.txt", str(tmp_path / "kept.txt"), "", "a/../../../kept.txt"]
    strange = "".join(f"{'0' * 64}  {name}\n" for name in names)
    site.write("public/.sitegen", before[".sitegen"] + strange.encode()).build()
    assert (tmp_path / "kept.txt").read_text() == "mine"
    assert site.public == before
