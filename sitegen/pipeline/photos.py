"""Photo jobs: picture derivatives, and the submissions whose photos fail."""

from pathlib import Path
from typing import TypeVar

from sitegen.content import loader
from sitegen.core.diagnostics import Problem, Remark
from sitegen.core.model import Item, Photo, Story
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Settings
from sitegen.core.urls import file_of
from sitegen.engine.jobs import FileChangedError, Job, Output, prepared
from sitegen.images import derivatives
from sitegen.images.derivatives import Recipe
from sitegen.pipeline.runner import JobRunner
from sitegen.site import fragments
from sitegen.site.context import Pictured


def make_pictures(
    root: Path, runner: JobRunner, chosen: Settings, things: list[Pictured]
) -> tuple[dict[Recipe, str], tuple[Problem, ...]]:
    """Make the derivatives of all photos; return their placeholder colours, and the problems of failures."""
    shown = [
        (thing, photo, recipe)
        for thing in things
        for photo, recipe in fragments.recipes(thing, chosen.images)
    ]
    planned = {
        recipe: Job(
            tuple(map(file_of, derivatives.addresses(recipe))),
            {"recipe": repr(recipe)},
            prepared(_developed, root / photo.path, recipe),
            cost=_cost(recipe),
        )
        for _, photo, recipe in shown
    }
    failed = {made.job.paths: made.error for made in runner.make(planned.values(), "Making pictures")}
    problems = tuple(
        loader.place(root, thing.source.path, _remark(failed[planned[recipe].paths], photo))
        for thing, photo, recipe in shown
        if planned[recipe].paths in failed
    )
    colours = {
        recipe: runner.notes[job.paths[0]] for recipe, job in planned.items() if job.paths not in failed
    }
    return colours, problems


def _remark(error: Exception, photo: Photo) -> Remark:
    name = Path(photo.path).name
    if isinstance(error, FileChangedError):
        message = f'the picture "{name}" changed while the site was being built.'
        return Remark(Code.CHANGED_DURING_BUILD, message, "Build again.", name)
    return derivatives.unreadable(name)


def _cost(recipe: Recipe) -> float:
    """Return the estimated milliseconds to make the derivatives of a recipe."""
    pixels = recipe.width * recipe.height
    return DECODING * pixels + WRITING * min(pixels, WRITTEN)


DECODING, WRITING = 5e-6, 85e-6
"""Milliseconds per pixel of the photo, and per pixel of its derivatives."""

WRITTEN = 1_000_000
"""Approximate number of pixels of all derivatives of a large photo."""


def _developed(file: Path, recipe: Recipe) -> Output:
    # imported here, so that a build without new pictures doesn't import Pillow
    from sitegen.images import processing  # noqa: PLC0415

    developed = processing.process(file, recipe)
    return Output(developed.files, developed.colour)


Submission = TypeVar("Submission", Story, Item)


def without(things: tuple[Submission, ...], problems: tuple[Problem, ...]) -> tuple[Submission, ...]:
    """Return the submissions without a problem."""
    paths = {problem.where.path for problem in problems}
    return tuple(thing for thing in things if thing.source.path not in paths)
