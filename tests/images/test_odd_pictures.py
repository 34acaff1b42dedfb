"""Odd pictures: each is published as it looks and without metadata, or held back for a problem of its own."""

import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping

import pytest
from PIL import Image

from sitegen.core.diagnostics import Problem
from tests.images.test_metadata import carries_nothing
from tests.support.damaged_pictures import damaged_pictures
from tests.support.odd_pictures import Look, OddPicture, odd_pictures, tile_colors
from tests.support.site import Site
from tests.support.thorough import rounds

pytestmark = pytest.mark.filterwarnings("ignore")  # Pillow warns of odd metadata; in a build nobody sees that

PICTURES = [*odd_pictures(), *damaged_pictures()]
TRIED = PICTURES[:: rounds(12, 1)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a story for each of the pictures, built once, and a story without one."""
    site = Site(tmp_path_factory.mktemp("odd"))
    site.story("sound", quote="Nothing happened.")
    for number, odd in enumerate(TRIED):
        site.write(f"content/stories/odd-{number}/{odd.name}", odd.make())
        site.story(f"odd-{number}/index", headshot=json.dumps(odd.name, ensure_ascii=False), alt="Four tiles")
    return site.build()


def shown(public: Mapping[str, bytes], number: int) -> Image.Image | None:
    """Return the largest picture that the page of a story shows, or None if there is no page."""
    page = public.get(f"stories/odd-{number}/index.html", b"").decode()
    found = re.findall(r"images/\w+-\d+\.webp", page)
    images = (Image.open(io.BytesIO(public[path])) for path in found)
    return max(images, key=lambda image: image.width, default=None)


def problems_of(site: Site) -> dict[str, list[Problem]]:
    found = defaultdict(list)
    for problem in site.report.problems:
        found[problem.where.path].append(problem)
    return found


def is_as_expected(odd: OddPicture, image: Image.Image | None, problems: list[Problem]) -> bool:
    """Return whether a picture is published and looks right, or is held back for one of its faults."""
    if problems or image is None:
        return image is None and len(problems) == 1 and problems[0].code in odd.faults
    if odd.faults and not odd.either:
        return False
    return odd.look is None or far(tile_colors(image), odd.look) <= 40


def far(one: Look, other: Look) -> int:
    """Return by how much two looks differ at most, in any channel."""
    return max(abs(a - b) for pair in zip(one, other, strict=True) for a, b in zip(*pair, strict=True))


def test_every_odd_picture_is_published_as_it_looks_or_is_a_problem_of_its_own_story(site: Site) -> None:
    problems, public = problems_of(site), site.public
    wrong = []
    for number, odd in enumerate(TRIED):
        own = problems.pop(f"content/stories/odd-{number}/index.md", [])
        image = shown(public, number)
        if not is_as_expected(odd, image, own):
            wrong.append((odd.what, image and tile_colors(image), [str(each) for each in own]))
    assert wrong == []
    assert dict(problems) == {}


def test_no_odd_picture_holds_back_another_story(site: Site) -> None:
    assert not site.report.site_at_fault
    assert "stories/sound/index.html" in site.public
    assert site.report.published + len(site.report.held_back) == len(TRIED) + 1


def test_no_odd_picture_leaves_metadata_behind(site: Site) -> None:
    assert carries_nothing(site)


def test_the_odd_pictures_are_many_and_the_same_each_time() -> None:
    assert len([*odd_pictures()]) >= 300
    again = TRIED[:: rounds(4, 1)]
    assert [odd.make() for odd in again] == [odd.make() for odd in again]
