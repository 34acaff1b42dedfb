"""Derivatives: sizes, names, crops and colours of the pictures made of a photo."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from sitegen.core.model import Focus
from sitegen.core.settings import ImageSettings
from sitegen.images import derivatives, processing
from tests.support.photos import (
    SETTINGS,
    TEAL,
    derived,
    encoded,
    handed_out,
    headshot,
    looked_at,
    mosaic,
    telling_photo,
    tiles,
)
from tests.support.site import Site, picture

# -- which files are made -------------------------------------------------------------------


def test_a_headshot_becomes_four_square_webp_files_and_a_jpeg(site: Site) -> None:
    made = derived(headshot(site, picture((1200, 900)), "maya.jpg"))
    assert {name: (image.format, image.size) for name, image in made.items()} == {
        "96.webp": ("WEBP", (96, 96)),
        "192.webp": ("WEBP", (192, 192)),
        "384.webp": ("WEBP", (384, 384)),
        "768.webp": ("WEBP", (768, 768)),
        "630.jpg": ("JPEG", (630, 630)),
    }


def test_names_are_made_of_a_digest_and_a_width_and_nothing_else(site: Site) -> None:
    headshot(site, picture((900, 900)), "maya-lopez-at-home.jpg")
    names = [path for path in site.public if path.startswith("images/")]
    assert len(names) == 5
    assert all(re.fullmatch(r"images/[0-9a-f]{24}-\d+\.(webp|jpg)", name) for name in names)
    assert not any(b"at-home" in data for data in site.public.values())


@pytest.mark.parametrize(
    ("side", "names"),
    [
        (500, ["192.webp", "384.webp", "500.jpg", "500.webp", "96.webp"]),
        (60, ["60.jpg", "60.webp"]),
        (1, ["1.jpg", "1.webp"]),
    ],
)
def test_a_small_photo_is_never_enlarged(site: Site, side: int, names: list[str]) -> None:
    assert sorted(derived(headshot(site, picture((side, side), suffix=".png")))) == names


def test_a_picture_in_a_text_is_kept_whole(site: Site) -> None:
    site.write("content/stories/robot.png", encoded(mosaic("RGBC", "YMRG").resize((2000, 1000))))
    made = derived(site.story(body="![A robot](robot.png)").build())
    assert {name: image.size for name, image in made.items()} == {
        "480.webp": (480, 240),
        "960.webp": (960, 480),
        "1440.webp": (1440, 720),
        "960.jpg": (960, 480),
    }
    assert all(tiles(image, 4, 2) == ["RGBC", "YMRG"] for image in made.values())


def test_the_photo_of_an_item_is_kept_whole(site: Site) -> None:
    site.write("content/members-in-action/fair.png", encoded(mosaic("RG", "BY", "CM")))
    site.page("members-in-action/fair", date="2026-01-01", photo="fair.png", alt="A table", people="false")
    made = derived(site.build())
    assert {name: image.size for name, image in made.items()} == {
        "200.webp": (200, 300),
        "200.jpg": (200, 300),
    }
    assert tiles(made["200.webp"], 2, 3) == ["RG", "BY", "CM"]


def test_a_very_wide_photo_keeps_its_shape(site: Site) -> None:
    site.write("content/stories/ribbon.png", picture((3000, 10), suffix=".png"))
    made = derived(site.story(body="![A ribbon](ribbon.png)").build())
    assert {name: image.size for name, image in made.items()} == {
        "480.webp": (480, 2),
        "960.webp": (960, 3),
        "1440.webp": (1440, 5),
        "960.jpg": (960, 3),
    }


def test_a_very_wide_headshot_is_cropped_to_its_height(site: Site) -> None:
    made = derived(headshot(site, picture((3000, 10), suffix=".png")))
    assert {name: image.size for name, image in made.items()} == {
        "10.webp": (10, 10),
        "10.jpg": (10, 10),
    }


def test_a_picture_taller_than_webp_allows_is_not_called_damaged(site: Site) -> None:
    """WebP has 16383 pixels at most in either direction (RFC 9649, 2.6)."""
    site.write("content/stories/scroll.png", picture((300, 18000), suffix=".png"))
    site.story(body="![A long scroll](scroll.png)").build()
    assert "photo-unreadable" not in site.codes


# -- names, colours, purity -----------------------------------------------------------------


def names(site: Site) -> set[str]:
    return {path for path in site.public if path.startswith("images/")}


def test_the_same_photo_keeps_its_names(site: Site) -> None:
    before = names(headshot(site, picture((200, 200)), "maya.jpg"))
    site.remove("content/stories/maya.jpg")
    assert names(headshot(site, picture((200, 200)), "renamed.jpg", quote="New.")) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.change("content/stories/maya-lopez.md", "focus: 50%", "focus: 40%"),
        lambda site: site.write("content/stories/maya.jpg", picture((200, 200), "red")),
        lambda site: site.change("content/site.yaml", "url:", "images: {webp_quality: 70}\nurl:"),
    ],
    ids=["focus", "photo", "quality"],
)
def test_another_recipe_gets_other_names(site: Site, change: Callable[[Site], Site]) -> None:
    before = names(headshot(site, picture((200, 200)), "maya.jpg", focus="50% 50%"))
    after = names(change(site).build())
    assert len(after) == len(before)
    assert not after & before


@pytest.mark.parametrize("colour", ["#008080", "#c8553d", "#14213d", "#ffffff"])
def test_the_placeholder_color_is_from_the_picture(site: Site, colour: str) -> None:
    headshot(site, picture((200, 200), colour, ".png"))
    [found] = set(re.findall(r'data-colour="#(\w{6})"', site.read("stories/maya-lopez/index.html")))
    assert tuple(bytes.fromhex(found)) == pytest.approx(tuple(bytes.fromhex(colour[1:])), abs=6)


def test_the_placeholder_color_is_the_most_frequent_one(tmp_path: Path) -> None:
    image = Image.new("RGB", (96, 96), TEAL)
    image.paste((240, 30, 30), (0, 0, 96, 30))
    file, photo = looked_at(tmp_path, encoded(image))
    developed = processing.process(file, derivatives.figure(photo, SETTINGS))
    assert developed.colour == "#008080"


def test_developing_twice_gives_the_same_bytes_and_colour(tmp_path: Path) -> None:
    file, photo = looked_at(tmp_path, telling_photo())
    recipe = derivatives.headshot(photo, Focus(30, 70), SETTINGS)
    developed = processing.process(file, recipe)
    assert developed == processing.process(file, recipe)
    assert len(developed.files) == len(derivatives.addresses(recipe))


def test_the_number_of_workers_changes_no_picture(site: Site) -> None:
    for number in range(4):
        site.write(f"content/stories/{number}.jpg", picture((300 + number, 300), "teal"))
        site.story(f"story-{number}", headshot=f"{number}.jpg", alt="Maya")
    assert site.build(clean=True).public == site.build(clean=True, workers=4).public


@pytest.mark.slow
def test_threads_and_other_processes_develop_the_same_bytes(tmp_path: Path) -> None:
    file, photo = looked_at(tmp_path, telling_photo())
    recipe = derivatives.headshot(photo, Focus(30, 70), SETTINGS)
    developed = processing.process(file, recipe)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(processing.process, [file] * 3, [recipe] * 3)) == [developed] * 3
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        assert process.submit(processing.process, file, recipe).result() == developed


def test_photo_probes_are_shared_among_workers(site: Site) -> None:
    """One process would read so few texts alone, but probing a photo takes longer than reading a text."""
    for number in range(20):
        site.photo(f"content/stories/{number}.png", (8, 8))
        site.story(f"story-{number}", headshot=f"{number}.png", alt="Maya")
    assert len(handed_out(site, "Reading")) > 1


def test_large_photos_are_handed_to_workers_one_by_one(site: Site) -> None:
    for number in range(2):
        site.photo(f"content/stories/{number}.png", (2000, 1500 + number))
        site.story(f"story-{number}", headshot=f"{number}.png", alt="Maya")
    assert handed_out(site, "Making pictures") == [1, 2]


@pytest.mark.parametrize("recipe_of", [derivatives.figure, partial(derivatives.headshot, focus=Focus())])
def test_every_width_is_as_sharp_as_if_scaled_directly(
    tmp_path: Path, recipe_of: Callable[..., derivatives.Recipe]
) -> None:
    scene = Image.linear_gradient("L").resize((1800, 1200))
    for radius in range(10, 900, 18):
        ImageDraw.Draw(scene).circle((900, 600), radius, outline=255, width=6)
    file, photo = looked_at(tmp_path, encoded(scene, "JPEG", quality=95))
    recipe = recipe_of(photo, settings=ImageSettings(95, 95))
    box = ((1800 - recipe.size[0]) / 2, 0, (1800 + recipe.size[0]) / 2, 1200)
    for data in processing.process(file, recipe).files:
        with Image.open(io.BytesIO(data)) as made:
            at_once = scene.resize(made.size, Image.Resampling.LANCZOS, box)
            difference = ImageChops.difference(made.convert("L"), at_once)
        assert ImageStat.Stat(difference).rms[0] < 6, made
