"""The rehearsal: the page of what the public doesn't see, made when it is asked for and kept nowhere.

It never becomes a file. The content file is read anew each time, so that what was withdrawn a moment ago
is gone from here, too.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitegen import campaign, composing, consent, content, heads, images, layout, pages, survey
from sitegen.addresses import file_of
from sitegen.greenroom import Backdrop
from sitegen.images import Developed, Recipe
from sitegen.layout import Card
from sitegen.model import Draft, Item, ItemDraft, Photo, Source, Story
from sitegen.problems import Problem
from sitegen.templates import TemplateFault


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures and cards of rehearsals, in memory only, so that another look needn't wait for them again."""

    developed: dict[Recipe, Developed] = field(default_factory=dict)
    cards: dict[Card, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The page of what is withheld, None where nothing of it may be shown, and its pictures by path.

    `story` is what it is of, where that is a story; `card` the path of its social card, "" without one.
    """

    page: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    story: Story | None = None
    card: str = ""


def rehearse(
    root: Path, backdrop: Backdrop, source: Source, today: date, album: Album, with_card: bool = False
) -> Rehearsed:
    """Make the page of a story or an item as it would be if it were cleared, before the site as it stands."""
    reading = survey.read_whole(root, backdrop.found, source)
    if not isinstance(reading.thing, Draft | ItemDraft):
        return Rehearsed(problems=reading.problems)
    rehearsal = consent.rehearse(reading.thing, today)
    if rehearsal is None:
        return Rehearsed()
    shown = rehearsal.shown
    story = shown if isinstance(shown, Story) else None
    developed, problems = _develop(root, backdrop, shown, album)
    if problems:
        return Rehearsed(problems=(*reading.problems, *problems), story=story)
    try:
        page = _page(backdrop, shown, reading.digest, developed)
    except TemplateFault as fault:
        return Rehearsed(problems=(*reading.problems, fault.problem), story=story)
    pictures = {
        file_of(address): data
        for recipe, each in developed.items()
        for address, data in zip(images.addresses(recipe), each.files, strict=True)
    }
    cards = _cards(backdrop, story, pictures, album) if story and with_card else {}
    return Rehearsed(page, pictures | cards, reading.problems, story, next(iter(cards), ""))


def _page(
    backdrop: Backdrop, shown: Story | Item, digest: bytes, developed: Mapping[Recipe, Developed]
) -> bytes:
    """Return the page of a story or an item, of whose file the digest is given. Raises TemplateFault."""
    now, source = backdrop.edition, shown.source
    edition = replace(
        now,
        colours={**now.colours, **{recipe: each.colour for recipe, each in developed.items()}},
        files={**now.files, source.path: source.address},
        digests={**now.digests, source.path: digest},
    )
    if isinstance(shown, Item):
        job = pages.alone(edition, shown)
    else:  # nobody shares a page that nobody sees
        job = campaign.alone(edition, replace(shown, shareable=False))
    return job.prepare()().files[0]


def _cards(backdrop: Backdrop, story: Story, pictures: Mapping[str, bytes], album: Album) -> dict[str, bytes]:
    """Return the social card of a story by its path, if its consent covers one."""
    card = heads.card_of_story(backdrop.found.settings, story)
    if card is None:
        return {}
    if card not in album.cards:
        # only here, so that what shows no card doesn't wait for Pillow to be imported
        from sitegen import easel  # noqa: PLC0415

        portrait = io.BytesIO(pictures[file_of(card.portrait)]) if card.portrait else None
        album.cards[card] = easel.draw_wide(card, portrait)
    return {file_of(layout.address(card, layout.WIDE)): album.cards[card]}


def _develop(
    root: Path, backdrop: Backdrop, shown: Story | Item, album: Album
) -> tuple[dict[Recipe, Developed], tuple[Problem, ...]]:
    """Return the pictures of a story or an item, and the problems of those that can't be made."""
    developed, problems = {}, []
    for photo, recipe in composing.recipes(shown, backdrop.found.settings.images):
        try:
            if recipe not in album.developed:
                album.developed[recipe] = _developed(root, photo, recipe)
            developed[recipe] = album.developed[recipe]
        except Exception:  # a decoder can fail in any way on a file that isn't what it says
            remark = images.unreadable(Path(photo.path).name)
            problems.append(content.place(root, shown.source.path, remark))
    return developed, tuple(problems)


def _developed(root: Path, photo: Photo, recipe: Recipe) -> Developed:
    # only here, so that what shows no picture doesn't wait for Pillow to be imported
    from sitegen import darkroom  # noqa: PLC0415

    return darkroom.develop(root / photo.path, recipe)
