"""Malicious files, one at a time: time and memory of a build.

Processor time is compared with that of a valid file on the same machine. The limits for photos still
depend on the machine, so these tests are part of `make audit`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS
from tests.promises.test_malicious_files import HELD_BACK, LIVELY, Ended, build, story, together
from tests.support.large_photos import LARGEST
from tests.support.site import Site

pytestmark = pytest.mark.audit

TIMES, MEGABYTES = 3, 200
"""A build of one malicious and one valid file, from Python's start: its processor time as a multiple of
a build of two valid files, and its peak memory."""

TRIES = 3
"""Builds of which the fastest counts: other processes make a build slower, and never faster."""

PHOTO_SECONDS, PHOTO_MEGABYTES = 10, 600
"""The same for the largest accepted photo of each format; one worker decodes one photo at a time."""

ROOT = Path(__file__).parents[2]
FILES = {name: data for name, (data, _) in HELD_BACK.items()} | {
    name: story(text) for name, text in LIVELY.items()
}


def _fastest(site: Site, limit: float) -> Ended:
    """Return the first of up to `TRIES` builds that takes at most `limit` seconds, or else the fastest."""
    builds: list[Ended] = []
    while len(builds) < TRIES and not any(each.seconds <= limit for each in builds):
        for folder in (".sitegen", "public"):
            shutil.rmtree(site.root / folder, ignore_errors=True)
        builds.append(build(site))
    return min(builds, key=lambda each: each.seconds)


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Build two valid files."""
    site = Site(tmp_path_factory.mktemp("valid") / "site")
    together(site, {"valid": story()})
    return _fastest(site, 0)


@pytest.mark.parametrize("name", FILES)
def test_one_malicious_file_takes_little_more_than_a_valid_one(
    name: str, valid: Ended, tmp_path: Path
) -> None:
    site = Site(tmp_path / "site")
    together(site, {name: FILES[name]})
    ended = _fastest(site, TIMES * valid.seconds)
    assert ended.published == 1 + (name in LIVELY)
    assert ended.seconds <= TIMES * valid.seconds
    assert ended.megabytes <= MEGABYTES


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_photo_stays_within_its_limits(name: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    photo = tmp_path / "site/content/stories" / f"large.{name}"
    photo.parent.mkdir(parents=True)
    # in a process of its own, because the fuzzer below counts the peak memory of the process that starts it
    command = [sys.executable, "-m", "tests.support.large_photos", name, str(photo)]
    subprocess.run(command, cwd=ROOT, check=True)
    ended = build(site.story(headshot=photo.name, alt="Maya"))
    assert (ended.problems, ended.published) == ((), 1)
    assert ended.seconds <= PHOTO_SECONDS
    assert ended.megabytes <= PHOTO_MEGABYTES


@pytest.mark.parametrize("name", TARGETS)
def test_half_a_minute_of_fuzzing_finds_nothing(name: str) -> None:
    command = [sys.executable, "-m", "tests.fuzz", name, "30", "1"]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # the same inputs each time
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"look into tests/fuzz/corpus/{name}/\n{done.stderr[-4000:]}"
