"""Folders in the published site that can't be read: a plain problem, and a withdrawal goes through."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.support.site import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="setpriv is a command of Linux")

MORE_THAN_OWNER = "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown"
"""What lets root read and change any file."""


def run(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command without the rights of root."""
    command = [sys.executable, "-m", "sitegen", "--root", str(site.root), *words]
    apart = ["setpriv", MORE_THAN_OWNER] if os.geteuid() == 0 else []
    done = subprocess.run([*apart, *command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def two(site: Site) -> Site:
    """A published site with two stories and a folder of somebody else."""
    site.story().story("ben-ito", name="Ben Ito", quote="Water.").build()
    return site.write("public/theirs/x.txt", "Theirs.")


def withdrawn(site: Site) -> subprocess.CompletedProcess[str]:
    return run(site, "withdraw", "maya-lopez", "--date", "2026-11-21")


def test_a_closed_folder_of_others_is_named_and_kept(two: Site) -> None:
    theirs = two.out / "theirs"
    theirs.chmod(0)
    for words in (["build", "--date", "2026-11-21"], ["check", "--date", "2026-11-21"]):
        done = run(two, *words)
        assert (done.returncode, "sitegen did not make theirs/" in done.stderr) == (1, True)
    assert run(two, "consent", "--on", "2026-11-21").returncode == 0
    done = withdrawn(two)
    assert "https://example.org/stories/maya-lopez/" in done.stdout
    assert not (two.out / "stories/maya-lopez").exists()
    assert (two.out / "stories/ben-ito").exists()
    assert theirs.stat().st_mode & 0o777 == 0
    theirs.chmod(0o755)
    assert two.read("theirs/x.txt") == "Theirs."


def test_a_closed_folder_on_the_keep_list_stays_through_builds(two: Site) -> None:
    two.change("content/site.yaml", "cards:", "keep: [theirs]\ncards:")
    (two.out / "theirs").chmod(0)
    for number in range(3):
        two.page("mission", f"Text {number}.")
        done = run(two, "build", "--date", "2026-11-21")
        assert done.returncode == 0, done.stderr
    assert (two.out / "theirs").stat().st_mode & 0o777 == 0
    done = run(two, "deploy", "--date", "2026-11-21", "--to", str(two.root.parent / "copy"), "--yes")
    assert (done.returncode, "theirs can't be read" in done.stderr) == (1, True)
    (two.out / "theirs").chmod(0o755)
    assert two.read("theirs/x.txt") == "Theirs."


def test_force_moves_a_closed_folder_aside(two: Site) -> None:
    (two.out / "theirs").chmod(0)
    done = run(two, "build", "--date", "2026-11-21", "--force")
    assert done.returncode == 0, done.stderr
    (aside,) = two.root.glob("public-moved-aside-*")
    (aside / "theirs").chmod(0o755)
    assert (aside / "theirs/x.txt").read_text() == "Theirs."


@pytest.mark.parametrize("closed", ["", "stories", "stories/ben-ito", "images"])
def test_a_closed_folder_of_the_site_is_opened(site: Site, closed: str) -> None:
    site.photo("content/stories/ben-ito.jpg")
    site.story().story("ben-ito", name="Ben Ito", quote="Water.", headshot="ben-ito.jpg", alt="Ben").build()
    (site.out / closed).chmod(0)
    assert run(site, "check", "--date", "2026-11-21").returncode == 0
    assert run(site, "consent", "--on", "2026-11-21").returncode == 0
    done = withdrawn(site)
    assert done.returncode == 0, done.stderr
    assert "https://example.org/stories/maya-lopez/" in done.stdout
    assert (site.out / closed).stat().st_mode & 0o777 == 0o755
    assert site.public == site.build(clean=True).public


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away"
)
def test_a_folder_of_another_user_stops_the_withdrawal_in_plain_words(two: Site) -> None:
    os.chown(two.out / "theirs", 65534, 65534)
    (two.out / "theirs").chmod(0)
    done = withdrawn(two)
    assert done.returncode == 1
    assert "it belongs to another user" in done.stderr
    assert "The story could not be taken down: it is still public." in done.stderr
    shutil.rmtree(two.out / "theirs")
    assert run(two, "build", "--date", "2026-11-21").returncode == 0
    assert not (two.out / "stories/maya-lopez").exists()
