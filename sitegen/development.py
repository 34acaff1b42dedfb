"""Development: the pictures of all that is shown, and what falls away with a photo that can't be read."""

from pathlib import Path
from typing import TypeVar

from sitegen import composing, content, images
from sitegen.addresses import file_of
from sitegen.images import Recipe
from sitegen.jobs import Changed, Job, Output, ready
from sitegen.model import Item, Photo, Settings, Story
from sitegen.press import Pictured
from sitegen.problems import Problem, Remark
from sitegen.workshop import Workshop


def develop(
    root: Path, workshop: Workshop, chosen: Settings, things: list[Pictured]
) -> tuple[dict[Recipe, str], tuple[Problem, ...]]:
    """Make the pictures of all things; return the colour of each, and the problems of those that fail."""
    shown = [
        (thing, photo, recipe)
        for thing in things
        for photo, recipe in composing.recipes(thing, chosen.images)
    ]
    planned = {
        recipe: Job(
            tuple(map(file_of, images.addresses(recipe))),
            {"recipe": repr(recipe)},
            ready(_developed, root / photo.path, recipe),
            cost=_cost(recipe),
        )
        for _, photo, recipe in shown
    }
    failed = {made.job.paths: made.error for made in workshop.make(planned.values(), "Making pictures")}
    problems = tuple(
        content.place(root, thing.source.path, _remark(failed[planned[recipe].paths], photo))
        for thing, photo, recipe in shown
        if planned[recipe].paths in failed
    )
    colours = {
        recipe: workshop.notes[job.paths[0]] for recipe, job in planned.items() if job.paths not in failed
    }
    return colours, problems


def _remark(error: Exception, photo: Photo) -> Remark:
    name = Path(photo.path).name
    if isinstance(error, Changed):
        return Remark(f'the picture "{name}" changed while the site was being built.', "Build again.", name)
    return images.unreadable(name)


def _cost(recipe: Recipe) -> float:
    """Return about how many milliseconds it takes to develop a recipe."""
    pixels = recipe.width * recipe.height
    return DECODING * pixels + WRITING * min(pixels, WRITTEN)


DECODING, WRITING = 5e-6, 85e-6
"""Milliseconds for each pixel of a photo, and for each of the pictures that are made of it."""

WRITTEN = 1_000_000
"""Pixels, or somewhat more, that all pictures made of a photo have, unless it is small itself."""


def _developed(file: Path, recipe: Recipe) -> Output:
    # only here, so that what needs no new picture doesn't wait for Pillow to be imported
    from sitegen import darkroom  # noqa: PLC0415

    developed = darkroom.develop(file, recipe)
    return Output(developed.files, developed.colour)


Submission = TypeVar("Submission", Story, Item)


def without(things: tuple[Submission, ...], spoiled: tuple[Problem, ...]) -> tuple[Submission, ...]:
    """Return submissions less those with a problem in them."""
    paths = {problem.where.path for problem in spoiled}
    return tuple(thing for thing in things if thing.source.path not in paths)
