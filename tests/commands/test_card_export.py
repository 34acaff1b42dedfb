"""Card export: square cards with their texts, for sharing."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.support.site import TODAY, Site, picture
from tests.support.terminal import run


@pytest.fixture
def site(site: Site) -> Site:
    """An empty site on which cards are drawn."""
    return site.with_cards()


def collect(site: Site, folder: Path) -> tuple[int, str]:
    done = run(site, "cards", "--out", str(folder), "--date", str(TODAY))
    return done.returncode, done.stdout + done.stderr


def test_square_cards_are_exported_with_their_texts(site: Site, tmp_path: Path) -> None:
    site.photo("content/stories/maya-lopez.jpg")
    site.story(headshot="maya-lopez.jpg", alt="Maya at her bench").story("ben", name="Ben Ito", quote="Why?")
    code, said = collect(site, tmp_path / "cards")
    assert code == 0
    assert "Drew 2 cards" in said
    assert said.splitlines()[-1].startswith("Next: ")
    assert Image.open(io.BytesIO((tmp_path / "cards/maya-lopez.jpg").read_bytes())).size == (1080, 1080)
    words = (tmp_path / "cards/maya-lopez.txt").read_text()
    assert "Maya at her bench. “I build what I wish existed.” Maya Lopez, Robotics" in words
    assert "Read the whole story: https://example.org/stories/maya-lopez/" in words


def test_export_keeps_foreign_files_and_deletes_cards_that_may_not_be_shared(
    site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "cards"
    for slug in ("ana", "ben", "cleo"):
        site.story(slug, name=f"{slug.title()} Reed")
    folder.mkdir()
    (folder / "ana.jpg").write_bytes(picture((9, 9)))
    assert "ana.jpg: not replaced" in collect(site, folder)[1]
    (folder / "ben.txt").write_text("my own caption")
    site.story("ben", name="Ben Reed", consent={"withdrawn": TODAY})
    site.story("cleo", name="Cleo Reed", consent={"covers": "[website, full-name]"})
    said = collect(site, folder)[1]
    assert "ben.txt: please delete this by hand" in said
    assert {file.name for file in folder.iterdir()} == {".sitegen-cards", "ana.jpg", "ana.txt", "ben.txt"}
    assert (folder / "ana.jpg").read_bytes() == picture((9, 9))
    assert "ben.txt: please delete this by hand" in collect(site, folder)[1]


def test_a_card_that_no_font_can_set_is_reported_by_the_export(site: Site, tmp_path: Path) -> None:
    said = collect(site.story(name="李 明"), tmp_path / "cards")[1]
    assert "content/stories/maya-lopez.md: no card, because the fonts don't have 明 李." in said


@pytest.mark.parametrize("folder", ["public", "public/cards", "content", "."])
def test_cards_are_never_exported_into_the_site_itself(site: Site, folder: str) -> None:
    code, said = collect(site.story(), site.root / folder)
    assert code == 2
    assert "Choose another folder" in said


def test_the_day_decides_which_cards_are_exported(site: Site, tmp_path: Path) -> None:
    site.story()
    done = run(site, "cards", "--out", str(tmp_path / "cards"), "--date", "2027-01-11")
    assert "Drew 0 cards" in done.stdout + done.stderr
