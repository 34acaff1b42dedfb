"""Each hostile file by itself: soon, and in little memory. It depends on the machine, so it stands among the
audits."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Site
from tests.fuzz.targets import TARGETS
from tests.test_hostile import HELD_BACK, LIVELY, build, story, together

pytestmark = pytest.mark.audit

SECONDS, MEGABYTES = 2, 200
"""Of the processor and of memory, for a build of one hostile file and a sound one, from Python's start."""

PHOTO_SECONDS, PHOTO_MEGABYTES = 10, 600
"""The same for the largest photo of each kind that is taken in; one worker decodes one photo at a time."""

ROOT = Path(__file__).parents[2]
FILES = {name: data for name, (data, _) in HELD_BACK.items()} | {
    name: story(text) for name, text in LIVELY.items()
}


@pytest.mark.parametrize("name", FILES)
def test_one_hostile_file_takes_two_seconds_and_200_megabytes_at_most(name: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    together(site, {name: FILES[name]})
    ended = build(site)
    assert ended.published == 1 + (name in LIVELY)
    assert ended.seconds <= SECONDS
    assert ended.megabytes <= MEGABYTES


def _grey(width: int, height: int) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height))


LARGEST: dict[str, Callable[[Path], None]] = {
    "jpg": lambda file: _grey(12000, 10000).save(file, "JPEG"),
    "progressive.jpg": lambda file: (
        _grey(10000, 5000).convert("RGB").save(file, "JPEG", progressive=True, subsampling=0)
    ),
    "png": lambda file: _grey(10000, 5000).convert("RGBA").save(file, "PNG", compress_level=1),
    "deep.png": lambda file: _grey(10000, 5000).convert("I;16").save(file, "PNG", compress_level=1),
    "gif": lambda file: _grey(10000, 5000).save(file, "GIF"),
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_photo_takes_no_more_than_is_said(name: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    photo = tmp_path / "site/content/stories" / f"large.{name}"
    photo.parent.mkdir(parents=True)
    LARGEST[name](photo)
    ended = build(site.story(headshot=photo.name, alt="Maya"))
    assert (ended.problems, ended.published) == ((), 1)
    assert ended.seconds <= PHOTO_SECONDS
    assert ended.megabytes <= PHOTO_MEGABYTES


@pytest.mark.parametrize("name", TARGETS)
def test_half_a_minute_of_fuzzing_finds_nothing(name: str) -> None:
    command = [sys.executable, "-m", "tests.fuzz", name, "30", "1"]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # the same way through the code each time
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"look into tests/fuzz/corpus/{name}/\n{done.stderr[-4000:]}"
