"""Orientation: every photo comes out upright, cropped around its focal point."""

from itertools import product

import pytest
from PIL import Image, ImageDraw

from tests.support.photos import (
    PAINTS,
    derived,
    each_orientation,
    encoded,
    headshot,
    mosaic,
    pixel,
    portrait,
    tiles,
    turned,
)
from tests.support.site import Site


@each_orientation
def test_a_headshot_comes_out_upright(site: Site, orientation: int) -> None:
    made = derived(headshot(site, turned(mosaic("RG", "BY"), orientation), "maya.jpg"))
    assert [tiles(made[name]) for name in ("96.webp", "200.webp", "200.jpg")] == [["RG", "BY"]] * 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_png_and_webp_come_out_upright_too(site: Site, kind: str) -> None:
    assert tiles(portrait(site, turned(mosaic("RG", "BY"), 6, kind))) == ["RG", "BY"]


@each_orientation
def test_a_figure_comes_out_upright_and_whole(site: Site, orientation: int) -> None:
    site.write("content/stories/fair.jpg", turned(mosaic("RGB", "CMY"), orientation))
    made = derived(site.story(body="![The fair](fair.jpg)").build())
    assert {name: image.size for name, image in made.items()} == {
        "300.webp": (300, 200),
        "300.jpg": (300, 200),
    }
    assert all(tiles(image, 3, 2) == ["RGB", "CMY"] for image in made.values())


@each_orientation
@pytest.mark.parametrize(
    ("rows", "focus", "kept"),
    [
        (("RGB", "CMY"), "0% 0%", ["RG", "CM"]),
        (("RGB", "CMY"), "100% 100%", ["GB", "MY"]),
        (("RG", "BC", "MY"), "0% 0%", ["RG", "BC"]),
        (("RG", "BC", "MY"), "100% 100%", ["BC", "MY"]),
    ],
)
def test_a_crop_goes_to_the_very_corner_and_no_farther(
    site: Site, orientation: int, rows: tuple[str, ...], focus: str, kept: list[str]
) -> None:
    photo = turned(mosaic(*rows), orientation)
    assert tiles(portrait(site, photo, "maya.jpg", focus=focus)) == kept


@each_orientation
@pytest.mark.parametrize(
    ("size", "dot", "focus"),
    [((600, 200), (420, 100), "70% 50%"), ((200, 600), (100, 180), "50% 30%")],
)
def test_the_focal_point_is_the_middle_of_the_crop(
    site: Site, orientation: int, size: tuple[int, int], dot: tuple[int, int], focus: str
) -> None:
    upright = Image.new("RGB", size, "white")
    ImageDraw.Draw(upright).circle(dot, 15, PAINTS["R"])
    found = portrait(site, turned(upright, orientation), "maya.jpg", focus=focus)
    assert pixel(found) == pytest.approx(PAINTS["R"], abs=12)
    assert [pixel(found, *spot) for spot in product((0.1, 0.9), repeat=2)] == [
        pytest.approx((255, 255, 255), abs=4)
    ] * 4


@pytest.mark.parametrize("orientation", [0, 9, 255, 65535])
def test_an_orientation_that_does_not_exist_is_none(site: Site, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert tiles(portrait(site, encoded(mosaic("RG", "BY"), exif=exif))) == ["RG", "BY"]
