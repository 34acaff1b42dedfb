"""The rehearsal: the page of a story that the public doesn't see, made when it is asked for and kept nowhere.

It never becomes a file. The file of the story is read anew each time, so that what was withdrawn a
moment ago is gone from here, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitegen import campaign, consent, content, images, press, survey
from sitegen.addresses import file_of
from sitegen.greenroom import Backdrop
from sitegen.images import Developed, Recipe
from sitegen.model import Draft, Photo, Source, Story
from sitegen.problems import Problem
from sitegen.templates import TemplateFault


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The page of a withheld story, None where nothing of it may be shown, and its pictures by path."""

    page: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def rehearse(root: Path, backdrop: Backdrop, source: Source, today: date) -> Rehearsed:
    """Make the page of a story as it would be if it were cleared, before the site as it stands."""
    reading = survey.read_whole(root, backdrop.found, source)
    if not isinstance(reading.thing, Draft):
        return Rehearsed(problems=reading.problems)
    rehearsal = consent.rehearse(reading.thing, today)
    if rehearsal is None:
        return Rehearsed()
    story = rehearsal.story
    developed, problems = _develop(root, backdrop, story)
    if problems:
        return Rehearsed(problems=problems)
    edition = replace(
        backdrop.edition,
        colours={**backdrop.edition.colours, **{recipe: each.colour for recipe, each in developed.items()}},
        files={**backdrop.edition.files, source.path: source.address},
        digests={**backdrop.edition.digests, source.path: reading.digest},
    )
    try:
        made = campaign.alone(edition, story).prepare()()
    except TemplateFault as fault:
        return Rehearsed(problems=(fault.problem,))
    pictures = {
        file_of(address): data
        for recipe, each in developed.items()
        for address, data in zip(images.addresses(recipe), each.files, strict=True)
    }
    return Rehearsed(made.files[0], pictures, reading.problems)


def _develop(
    root: Path, backdrop: Backdrop, story: Story
) -> tuple[dict[Recipe, Developed], tuple[Problem, ...]]:
    """Return the pictures of a story, and the problems of those that can't be made."""
    developed, problems = {}, []
    for photo, recipe in press.recipes(story, backdrop.found.settings.images):
        try:
            developed[recipe] = _developed(root, photo, recipe)
        except Exception:  # a decoder can fail in any way on a file that isn't what it says
            remark = images.unreadable(Path(photo.path).name)
            problems.append(content.place(root, story.source.path, remark))
    return developed, tuple(problems)


def _developed(root: Path, photo: Photo, recipe: Recipe) -> Developed:
    # only here, so that what shows no picture doesn't wait for Pillow to be imported
    from sitegen import darkroom  # noqa: PLC0415

    return darkroom.develop(root / photo.path, recipe)
