"""Atomic publishing: a crash or a disk error leaves the old site or the new one.

The builds run under strace, which kills them (or makes a system call fail) at the N-th call of each kind.
By default some N are tried of each; with SITEGEN_SWEEP=all, as in `make audit`, every one.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support.site import TODAY, Site
from tests.support.thorough import SWEEP, rounds

CALLS = "write,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,syncfs,fsync"
REFUSABLE = "write,pwrite64,link,linkat,mkdir,rename,renameat,syncfs,fsync"
"""System calls that a full or failing disk can refuse."""
PARTS = rounds(2, 8)
"""Tests that share the points of a sweep, for several processes."""
MOST = 4
"""Points tried of each call, evenly spread, unless all are requested."""

needs_strace = pytest.mark.usefixtures("strace")


@pytest.fixture(scope="session")
def strace() -> None:
    """Fail if strace is missing."""
    if shutil.which("strace") is None:
        pytest.fail("These tests need strace: apt-get install strace")


class Scene:
    """A published small site, edited since: one story changed, one withdrawn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        site = Site(folder / "before")
        site.photo("content/stories/ann-lee.jpg", (120, 120), "maroon")
        site.story("ann-lee", name="Ann Lee", headshot="ann-lee.jpg", alt="Ann", quote="Iron sings.")
        site.story("ben-ito", name="Ben Ito", quote="Water counts.").build()
        self.old = site.public
        site.story("ann-lee", name="Ann Lee", quote="Iron sings.", consent={"withdrawn": str(TODAY)})
        site.story("ben-ito", name="Ben Ito", quote="Water always counts.")
        twin = Site(folder / "twin")
        shutil.copytree(site.root / "content", twin.root / "content", dirs_exist_ok=True)
        self.new = twin.build().public
        self.before = site.root

    def copy(self, name: str) -> Site:
        """Return a fresh copy of the edited site, times of its files included."""
        root = self.folder / name
        shutil.copytree(self.before, root)
        site = Site.__new__(Site)
        site.root, site.out = root, root / "public"
        return site

    def run(self, site: Site, *strace: str) -> subprocess.CompletedProcess[str]:
        """Run the real build under strace."""
        program = [sys.executable, "-m", "sitegen", "--root", str(site.root)]
        order = ["build", "--jobs", "1", "--date", str(TODAY)]
        return subprocess.run(
            ["strace", "-f", "-o", str(self.folder / "trace"), *strace, *program, *order],
            capture_output=True,
            text=True,
            check=False,
        )

    def points(self, calls: str, part: int) -> list[tuple[str, int]]:
        """Return this part's share of the points to be tried: a system call, and which one of its kind."""
        site = self.copy("counted")
        done = self.run(site, "-e", f"trace={calls}")
        assert done.returncode == 0, done.stderr
        assert site.public == self.new
        shutil.rmtree(site.root)
        made = Counter(re.findall(r"(?m)^\d+ +(\w+)\(", (self.folder / "trace").read_text()))
        return [
            (call, number + 1)
            for call in sorted(calls.split(","))
            for number in range(0, made[call], 1 if SWEEP else max(1, made[call] // MOST))
        ][part::PARTS]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A small site, before and after."""
    return Scene(tmp_path)


def assert_repaired(scene: Scene, site: Site) -> None:
    """Check that the next build is correct, and that no temporary files are left."""
    site.build()
    assert site.report.problems == ()
    assert site.public == scene.new
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


@needs_strace
@pytest.mark.parametrize("part", range(PARTS))
def test_a_build_killed_anywhere_leaves_the_old_site_or_the_new_one(scene: Scene, part: int) -> None:
    for call, number in scene.points(CALLS, part):
        site = scene.copy("killed")
        done = scene.run(site, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        assert done.returncode == -signal.SIGKILL, f"nothing was killed at {call} {number}"
        assert site.public in (scene.old, scene.new), f"killed at {call} {number}"
        assert_repaired(scene, site)
        shutil.rmtree(site.root)


@needs_strace
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_error_leaves_the_old_site_or_the_new_one(scene: Scene, error: str, part: int) -> None:
    for call, number in scene.points(REFUSABLE, part):
        site = scene.copy("refused")
        done = scene.run(site, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}")
        assert "Traceback" not in done.stderr, f"{error} at {call} {number}: {done.stderr}"
        assert site.public in (scene.old, scene.new), f"{error} at {call} {number}"
        if done.returncode:
            assert (done.returncode, site.public) == (1, scene.old), f"{error} at {call} {number}"
            assert "the old site is unchanged" in done.stderr, f"{error} at {call} {number}: {done.stderr}"
        assert_repaired(scene, site)
        shutil.rmtree(site.root)


def test_a_full_disk_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    site = Site(tmp_path / "site").story().build()
    before = site.public
    site.story("new-one", name="New One")
    # a process with a limit on file size gets the same error as on a full disk
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)); "
    code = f"{limit}import sys; sys.argv = ['sitegen', '--root', {str(site.root)!r}, 'build']; "
    code += "from sitegen.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the old site is unchanged" in done.stderr
    assert site.public == before
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


ON_A_SMALL_DISK = """
import os, subprocess, sys
from pathlib import Path
from tests.support.site import Site, tree

disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
site = Site(disk / "site")
site.write("templates/base.html", "{% import 'macros.html' as macros %}{% block main %}{% endblock %}")
site.write("assets/style.css", "/* small */").write("assets/icon.svg", "<svg/>").page("mission").build()
assert site.report.problems == (), site.messages
before = site.public
space = os.statvfs(disk)
(disk / "films").write_bytes(bytes(space.f_bavail * space.f_frsize - 40_000))
site.page("mission", "word " * 5000)
order = [sys.executable, "-m", "sitegen", "--root", str(site.root), "build"]
done = subprocess.run(order, capture_output=True, text=True, timeout=60)
assert done.returncode == 1, done
assert "No space left on device" in done.stderr, done.stderr
assert "the old site is unchanged" in done.stderr, done.stderr
assert "Traceback" not in done.stderr, done.stderr
assert site.public == before
(disk / "films").unlink()
site.page("mission", "Short again.").build()
assert site.report.problems == ()
assert "Short again." in site.read("mission/index.html")
"""


def test_a_full_disk_is_reported_in_plain_words(tmp_path: Path) -> None:
    # a separate mount, in a namespace that ends with the process; only root needs no user namespace for it
    apart = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    own = [*apart, sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)]
    done = subprocess.run(own, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    hint = "If unshare is refused, first: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    assert done.returncode == 0, f"{done.stderr}{hint}"
