"""Picture derivatives: recipes, addresses and perceptual hashes, without Pillow.

This module reads no picture, so a site is planned without Pillow; `probe` and `processing` need it.
"""

import hashlib
from dataclasses import dataclass

from sitegen.core.diagnostics import Remark
from sitegen.core.model import Focus, Photo
from sitegen.core.problem_codes import Code
from sitegen.core.settings import ImageSettings

HEADSHOT_WIDTHS = (96, 192, 384, 768)
HEADSHOT_JPEG_WIDTH = 630
"""As high as the picture on a card, which then needs no scaling; few browsers load it."""

FIGURE_WIDTHS = (480, 960, 1440)
FIGURE_JPEG_WIDTH = 960


@dataclass(frozen=True, slots=True)
class Derivative:
    """One file made of a photo, with its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in all its widths (smallest first), the JPEG for old browsers, and the placeholder colour."""

    alt: str
    webp: tuple[Derivative, ...]
    jpeg: Derivative
    colour: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that the derivatives of a photo depend on; widths and heights in pixels, upright."""

    photo: str
    width: int
    height: int
    square: bool
    focus: Focus
    widths: tuple[int, ...]
    jpeg_width: int
    webp_quality: int
    jpeg_quality: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the crop, in pixels of the photo."""
        side = min(self.width, self.height)
        return (side, side) if self.square else (self.width, self.height)


def headshot(photo: Photo, focus: Focus, settings: ImageSettings) -> Recipe:
    """Return the recipe for a square portrait round its focal point."""
    return Recipe(
        photo.digest, photo.width, photo.height, True, focus,
        HEADSHOT_WIDTHS, HEADSHOT_JPEG_WIDTH, settings.webp_quality, settings.jpeg_quality,
    )  # fmt: skip


def figure(photo: Photo, settings: ImageSettings) -> Recipe:
    """Return the recipe for a whole picture in a text."""
    return Recipe(
        photo.digest, photo.width, photo.height, False, Focus(),
        FIGURE_WIDTHS, FIGURE_JPEG_WIDTH, settings.webp_quality, settings.jpeg_quality,
    )  # fmt: skip


def crop(recipe: Recipe) -> tuple[float, float, float, float]:
    """Return the crop as left, top, right, bottom, in shares of the upright photo."""
    width, height = recipe.size
    left = min(max(recipe.width * recipe.focus.x / 100 - width / 2, 0), recipe.width - width)
    top = min(max(recipe.height * recipe.focus.y / 100 - height / 2, 0), recipe.height - height)
    return (
        left / recipe.width,
        top / recipe.height,
        (left + width) / recipe.width,
        (top + height) / recipe.height,
    )


def derivatives(recipe: Recipe) -> tuple[tuple[Derivative, ...], Derivative]:
    """Return the WebP files, smallest first, and the JPEG that a recipe makes, none larger than the photo."""
    name = hashlib.blake2b(repr(recipe).encode(), digest_size=12).hexdigest()
    width, height = recipe.size

    def derivative(wanted: int, ending: str) -> Derivative:
        scaled = min(wanted, width)
        return Derivative(f"/images/{name}-{scaled}.{ending}", scaled, max(1, round(height * scaled / width)))

    webp = {derivative(wanted, "webp"): None for wanted in recipe.widths}
    return tuple(webp), derivative(recipe.jpeg_width, "jpg")


def addresses(recipe: Recipe) -> tuple[str, ...]:
    """Return the addresses of a recipe's derivatives, in the order in which `develop` makes them."""
    webp, jpeg = derivatives(recipe)
    return tuple(derivative.address for derivative in (*webp, jpeg))


def picture(recipe: Recipe, alt: str, colour: str) -> Picture:
    """Return what templates need to show the derivatives of a recipe."""
    webp, jpeg = derivatives(recipe)
    return Picture(alt, webp, jpeg, colour)


@dataclass(frozen=True, slots=True)
class ProcessedPhoto:
    """Derivatives of a photo: the bytes of the files in the order of `addresses`, and a placeholder colour.

    `colour` is shown before the picture has loaded, as #rrggbb.
    """

    files: tuple[bytes, ...]
    colour: str


def unreadable(name: str) -> Remark:
    """Return the remark for a picture that can't be decoded, or only in part."""
    hint = "Open it in a photo program and save it again as JPEG or PNG."
    message = f'the picture "{name}" can\'t be read: it is damaged, or not a picture.'
    return Remark(Code.PHOTO_UNREADABLE, message, hint, name)


# -- perceptual hash ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PerceptualHash:
    """Difference hash (64 bits) and 4 by 4 colours of a picture of any size."""

    steps: int
    colours: tuple[int, ...]


def look_alike(one: PerceptualHash, other: PerceptualHash) -> bool:
    """Whether two pictures look the same: at most 10 of 64 bits differ, and colours by at most 24 of 255."""
    far = max(abs(a - b) for a, b in zip(one.colours, other.colours, strict=True))
    return (one.steps ^ other.steps).bit_count() <= 10 and far <= 24
