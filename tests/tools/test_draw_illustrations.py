"""Illustrations: the script that drew them still draws them."""

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools" / "draw_illustrations.py"
COMMITTED = sorted(
    path.relative_to(ROOT / "content").as_posix()
    for folder in ("stories", "members-in-action")
    for path in (ROOT / "content" / folder).glob("*.jpg")
)


@cache
def drawn() -> dict[str, Image.Image]:
    """The pictures that the script draws, by path below `content/`."""
    spec = importlib.util.spec_from_file_location("draw_illustrations", SCRIPT)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script  # its dataclasses are looked up there
    spec.loader.exec_module(script)
    pictures: dict[str, Image.Image] = script.draw_all()
    return pictures


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the difference of two pictures: 0 is equal, 255 is black and white."""
    small = [image.convert("RGB").resize((64, 64), Image.Resampling.BOX) for image in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean)


def test_the_script_draws_every_committed_picture_and_no_other() -> None:
    assert sorted(drawn()) == COMMITTED


@pytest.mark.parametrize("path", COMMITTED)
def test_a_committed_picture_is_the_one_that_is_drawn(path: str) -> None:
    with Image.open(ROOT / "content" / path) as committed:
        assert committed.size == drawn()[path].size
        assert difference(committed, drawn()[path]) < 3


def test_different_pictures_are_distinguished() -> None:
    first, second = (drawn()[path] for path in COMMITTED[1:])
    assert difference(first, second) > 3
    assert difference(first, first.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) > 3
