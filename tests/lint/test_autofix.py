"""Autofix: only what has one possible fix is changed."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.core import atomic_write
from sitegen.core.model import Kind, Source
from sitegen.lint import autofix
from tests.support.check import PATH, check
from tests.support.site import Site, tree

SOUND = "---\nname: Maya\ndate: 2026-02-01\nquote: I build.\n---\nText.\n"


SOURCE = Source(PATH, Kind.STORY, "maya-lopez", "/stories/maya-lopez/")


@pytest.mark.parametrize(
    "broken",
    [
        "\ufeff" + SOUND,
        SOUND.replace("---\nname", "———\nname"),
        SOUND.replace("---\nText", "—\nText"),
        SOUND.replace("---", "***"),
        SOUND.replace("---", "“—”"),
        SOUND.replace("---", "\xa0– – –"),
        SOUND.replace("\n", "\r"),
        SOUND.replace("\n", "\r\n", 2),
        SOUND.replace("2026-02-01", "February 1, 2026"),
        SOUND.replace("2026-02-01", '"2026/02/01"'),
        SOUND.replace("2026-02-01", "“2026–02–01”"),
        SOUND.replace("2026-02-01", "Sunday, 1 Feb. 2026"),
    ],
)
def test_mistakes_with_one_possible_fix_are_fixed(broken: str) -> None:
    assert autofix.fixed(broken.encode(), SOURCE).decode() == SOUND


def test_a_title_with_a_colon_is_put_in_quotes(site: Site) -> None:
    broken = SOUND.replace("I build.", "Maya: I build.")
    assert b'quote: "Maya: I build."\n' in autofix.fixed(broken.encode(), SOURCE)


@pytest.mark.parametrize(
    "left",
    [
        SOUND,
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("2026-02-01", "2/1/2026"),
        SOUND.replace("2026-02-01", "“02-01-2026”"),
        SOUND.replace("2026-02-01", '"2026-02-01T23:00:00Z"'),
        SOUND.replace("2026-02-01", "soon"),
        SOUND.replace("I build.", 'He said: "go: on'),
        "Text without front matter.",
        "",
        "---\nname: Maya\nnever closed",
    ],
)
def test_valid_or_ambiguous_text_is_left_unchanged(left: str) -> None:
    assert autofix.fixed(left.encode(), SOURCE) == left.encode()


def test_binary_files_are_left_unchanged() -> None:
    for data in (b"\xff\xfe-\0", b"\x80", b"\0"):
        assert autofix.fixed(data, SOURCE) == data


def test_fix_changes_files_once_and_shows_the_difference(site: Site) -> None:
    site.story(date="February 1, 2026", consent={"given": "1/13/2026"}, body="Two\xa0words, 10\xa0km.")
    done = check(site, "--fix")
    assert done.returncode == 0, done.stderr
    assert "-date: February 1, 2026\n+date: 2026-02-01\n" in done.stdout
    assert "-  given: 1/13/2026\n+  given: 2026-01-13\n" in done.stdout
    assert "-Two[nbsp]words, 10[nbsp]km.\n+Two words, 10[nbsp]km.\n" in done.stdout
    before = tree(site.root)
    assert check(site, "--fix").stdout == ""
    assert tree(site.root) == before


def test_a_file_that_cannot_be_written_is_reported_and_the_others_are_fixed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = atomic_write.change

    def refuse(file: Path, changed: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
        if file.name == "ana.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return change(file, changed)

    monkeypatch.setattr(atomic_write, "change", refuse)
    site.story("ana", name="Ana Reed", date="February 1, 2026")
    site.story("ben", name="Ben Ito", date="February 2, 2026")
    done = check(site, "--fix")
    assert done.returncode == 3
    assert "content/stories/ana.md: warning: this file can't be changed: Permission denied." in done.stderr
    assert "+date: 2026-02-02\n" in done.stdout
    assert "date: 2026-02-02\n" in (site.root / "content/stories/ben.md").read_text()


def test_without_fix_the_fixable_files_are_reported(site: Site) -> None:
    site.story("ana", name="Ana Reed", date="February 1, 2026").story("ben", name="Ben Ito", date="2/1/2026")
    message = "sitegen check --fix can fix some of this in content/stories/ana.md. It shows what it"
    assert f"{message} changes.\n" in check(site).stderr
    assert not any("check --fix" in line for line in check(site, "--fix").stderr.splitlines())


def test_without_fix_nothing_is_written(site: Site) -> None:
    before = tree(site.story(date="February 1, 2026").root)
    assert check(site).returncode == 3
    assert tree(site.root) == before
