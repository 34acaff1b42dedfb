"""Atomic writes: an editor's save is never lost, and nothing is left of a killed command."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.authoring import importer
from sitegen.core import atomic_swap, atomic_write, leftovers
from tests.support.site import Site
from tests.support.terminal import run_here


def test_a_save_in_between_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "maya.md"
    file.write_bytes(b"old")
    seen = []

    def changed(data: bytes) -> bytes:
        seen.append(data)
        if len(seen) < 3:
            file.write_bytes(b"saved %d" % len(seen))
        return data + b" and changed"

    assert atomic_write.change(file, changed) == (b"saved 2", b"saved 2 and changed")
    assert file.read_bytes() == b"saved 2 and changed"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("save", ["a rename", "into the file"])
def test_a_save_at_the_very_last_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: str
) -> None:
    file, real = tmp_path / "maya.md", atomic_swap.exchange
    file.write_bytes(b"old")
    if not real(file, file):
        pytest.skip("this disk can't exchange two files")
    saves = [b"saved 1", b"saved 2"] if save == "a rename" else [b"saved 2"]

    def exchange(one: Path, other: Path) -> bool:
        """Let an editor save right before the exchange, or through a file that it opened before that."""
        opened = file.open("r+b")
        if saves and save == "a rename":
            (tmp_path / "new").write_bytes(saves.pop(0))
            (tmp_path / "new").replace(file)
        done = real(one, other)
        if saves and save == "into the file":
            opened.write(saves.pop(0))
        opened.close()
        return done

    monkeypatch.setattr(atomic_swap, "exchange", exchange)
    assert atomic_write.change(file, lambda data: data + b" and changed")[0] == b"saved 2"
    assert file.read_bytes() == b"saved 2 and changed"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_never_stays_the_same_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "maya.md"
    file.write_bytes(b"")
    with pytest.raises(OSError, match="keeps changing"):
        atomic_write.change(file, lambda data: (file.write_bytes(data + b"."), b"ours")[1])
    assert set(file.read_bytes()) == set(b".")


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes of Linux")
def test_permissions_owner_and_attributes_stay(tmp_path: Path) -> None:
    file = tmp_path / "maya.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    os.setxattr(file, "user.note", b"mine")
    if os.getuid() == 0:
        os.chown(file, 1234, 1235)
    before = file.stat()
    atomic_write.change(file, lambda _: b"new")
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert os.getxattr(file, "user.note") == b"mine"


KILLED = """
import os, signal, sys
from pathlib import Path
from sitegen.core import atomic_write
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
atomic_write.change(Path(sys.argv[1]), lambda data: data + b"\\n")
"""


def _kill_a_write(file: Path) -> str:
    """Kill a process while it changes a file; return the path of what it left, relative to the site."""
    subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    (left,) = (each for each in file.parent.iterdir() if each.name.endswith(leftovers.ENDING))
    assert b"Her story." in left.read_bytes()
    return f"content/stories/{left.name}"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_the_next_command_deletes_what_a_killed_one_left_and_names_it(site: Site) -> None:
    file = site.story().root / "content/stories/maya-lopez.md"
    left = _kill_a_write(file)
    assert site.build().report.published == 1
    done = run_here(site.root, "check", "--date", "2026-11-21")
    assert f"{left}: deleted." in done.stderr
    assert not (site.root / left).exists()
    left = _kill_a_write(file)
    done = run_here(site.root, "withdraw", "maya-lopez", "--date", "2026-11-21")
    assert f"{left}: deleted." in done.stdout
    assert not (site.root / left).exists()


def test_a_file_that_is_just_being_written_stays(tmp_path: Path) -> None:
    with atomic_write._temporary(tmp_path / "maya.md", b"x") as temporary:
        assert leftovers.sweep(tmp_path, tmp_path / "x") == []
        assert temporary.exists()
    (tmp_path / "mine.tmp").write_bytes(b"")
    assert leftovers.sweep(tmp_path, tmp_path / "x") == []


def test_git_ignores_what_a_killed_command_leaves() -> None:
    ignored = Path(__file__).parents[2] / ".gitignore"
    assert f"*{leftovers.ENDING}" in ignored.read_text().splitlines()


def test_an_import_says_which_rows_another_one_wrote_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write, "create", lambda *_: False)
    plan = importer.Plan(1, "Maya Lopez", importer.Outcome.NEW, "content/stories/maya-lopez.md")
    (done,) = importer.write(site.root, [plan], None, "table.csv")  # type: ignore[arg-type]
    assert done.outcome is importer.Outcome.UNUSABLE


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_deploy_that_is_killed_at_its_prompt_leaves_no_pages(tmp_path: Path, number: int) -> None:
    def wait() -> None:
        with leftovers.temporary_folder(tmp_path) as folder:
            (folder / "page.html").write_text("x")
            signal.pause()

    process = multiprocessing.get_context("fork").Process(target=_ended_in_order, args=(wait,))
    process.start()
    while not list(tmp_path.glob("*/content/page.html")):
        time.sleep(0.01)
    assert leftovers.sweep(tmp_path / "x", tmp_path) == []
    os.kill(process.pid or 0, number)
    process.join()
    assert len(leftovers.sweep(tmp_path / "x", tmp_path)) == (number == signal.SIGKILL)
    assert not list(tmp_path.iterdir())


def _ended_in_order(wait: object) -> None:
    from sitegen.cli import main  # noqa: PLC0415

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main._end_in_order()
    wait()  # type: ignore[operator]
