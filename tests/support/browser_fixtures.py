"""Fixtures: a browser and two sites, this repository's and one of 200 stories.

Modules that open pages have `pytest_plugins = ["tests.support.browser_fixtures"]`; each worker starts one
browser.
"""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from sitegen.build import build
from sitegen.pipeline.request import BuildRequest
from tests.support.browser import started
from tests.support.http_server import served
from tests.support.site import TODAY, Site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of this repository."""
    root = tmp_path_factory.mktemp("site")
    for folder in ("content", "templates", "assets"):
        (root / folder).symlink_to(ROOT / folder)
    build(BuildRequest(root, root / "public", date(2026, 11, 21), workers=2))
    with served(root / "public") as address:
        yield address


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of 200 stories: long and short quotes, names and schools; with photos and without."""
    site = Site(tmp_path_factory.mktemp("large") / "site")
    site.change("content/site.yaml", "name: Test", ANNOUNCED + "name: Test")
    site.page("mission", "One.", statement="We build.").page("join", "Write to us.", summary="Come along.")
    site.page("index", "Who we are.", layout="home")
    site.write("content/stories/photo.jpg", portrait())
    for number in range(200):
        site.story(f"story-{number}", BODY, **_front(number))
    return site.build()


def portrait() -> bytes:
    """Return a JPEG that compresses like a portrait with a blurred background: 16 KB at 384 pixels."""
    noise = Image.frombytes("RGB", (50, 50), Random(1).randbytes(50 * 50 * 3))
    target = io.BytesIO()
    Image.blend(noise.resize((900, 900)), Image.new("RGB", (900, 900), "sienna"), 0.5).save(target, "JPEG")
    return target.getvalue()


ANNOUNCED = """\
announcement:
  text: We meet
  date: 2026-03-14
  place: Main Library, 1901 Vine Street, Philadelphia
  link: {label: Register, to: mission.md}
  from: 2026-01-01
  until: 2026-12-31
social:
  - {name: A network, url: "https://social.example/us"}
"""

NAMES = ("Ada Li", "José Núñez-Ávila", "Nguyễn Thị Ánh", "Bartholomew Featherstonehaugh-Wolfeschlegelstein")
QUOTES = (
    "Try again.",
    "I build what I wish existed.",
    "I take things apart because " + "I want to know, " * 12 + "so.",
)
FIELDS = ("Robotics", "Bioengineering", "Electrical and Computer Engineering")

BODY = """\
I began with a radio that nobody wanted, and it took me a winter. See [the mission](../mission.md).

> It hummed before it played.

## What came next

A second one, then a third. By then, the whole block knew where to bring theirs.
"""


def _front(number: int) -> dict[str, Any]:
    """Return the front matter of one of the stories."""
    photo = {"headshot": "photo.jpg", "alt": "A student at a bench"} if number % 3 else {}
    return {
        "name": NAMES[number % len(NAMES)],
        "quote": QUOTES[number % len(QUOTES)],
        "field": FIELDS[number % len(FIELDS)],
        "school": f"{number % 40} Street High School",
        "year": "11th grade",
        "role": "Robotics captain" if number % 2 else None,
        "topics": f"[topic {number % 30}, mentoring]",
        "date": TODAY - timedelta(days=200 - number),
        **photo,
    }


@pytest.fixture(scope="session")
def campaign(large: Site) -> Iterator[str]:
    """The address of the site of 200 stories."""
    assert large.report.published == 200, large.messages
    with served(large.out) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this machine."""
    with started() as browser:
        yield browser
