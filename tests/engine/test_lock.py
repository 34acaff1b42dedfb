"""Build lock: one build at a time; the second waits and names the first."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.engine import lock
from tests.support.site import TODAY, Site, tree
from tests.support.thorough import rounds

pytestmark = pytest.mark.slow

PARTS = 2
TIMES = rounds(3, 12)
"""Pairs of builds in each part."""
HOLDER = "import sys, time; from pathlib import Path; from sitegen.engine import lock\n"
HOLDER += "with lock.hold(Path(sys.argv[1]), print): print('held', flush=True); time.sleep(60)"


def started(site: Site) -> subprocess.Popen[str]:
    """Start the real build without waiting for it."""
    program = [sys.executable, "-m", "sitegen", "--root", str(site.root), "build", "--date", str(TODAY)]
    return subprocess.Popen(program, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_builds_at_once_both_end_well(site: Site, tmp_path: Path, part: int) -> None:
    for number in range(TIMES):
        site.story("ben-ito", name="Ben Ito", quote=f"Water counts {part} {number}.")
        site.story("ann-lee", name="Ann Lee", quote="Iron.", consent={"until": f"2026-1{1 + number % 2}-20"})
        pair = [started(site), started(site)]
        said = [build.communicate(timeout=60)[1] for build in pair]
        assert [build.returncode for build in pair] == [0, 0], said
        clean = Site(tmp_path / f"clean-{number}")
        for slug in ("ben-ito", "ann-lee"):
            path = f"content/stories/{slug}.md"
            clean.write(path, (site.root / path).read_text())
        assert site.public == clean.build().public
    assert sorted(path.name for path in site.root.iterdir()) == [".sitegen", "content", "public"]


def held(folder: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock."""
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_waiting_build_names_the_running_one(tmp_path: Path) -> None:
    said: list[str] = []
    with held(tmp_path) as holder:
        with pytest.raises(lock.LockHeldError) as stopped, lock.hold(tmp_path, said.append, patience=0.2):
            pass
        holder.kill()
    assert said == [f"Another build is running, process {holder.pid}; waiting for it to end."]
    assert f"is still running after 0 seconds, process {holder.pid}." in str(stopped.value.problem)


def test_a_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with held(tmp_path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with lock.hold(tmp_path, lambda _: None, patience=30):
        pass
    assert not tree(tmp_path).get("holder")
