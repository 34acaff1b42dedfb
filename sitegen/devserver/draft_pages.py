"""Draft pages: pages that are not public, rendered on request, in memory only.

The content file is read for each request, so that a consent withdrawn a moment ago hides the page here too.
A form in the browser shows the page of a text that is not saved yet.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitegen.consent import gate
from sitegen.content import loader
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Draft, Item, ItemDraft, Photo, Source, Story
from sitegen.core.urls import file_of
from sitegen.devserver.target import BuiltSite
from sitegen.images import card_layout, derivatives
from sitegen.images.card_layout import Card
from sitegen.images.derivatives import ProcessedPhoto, Recipe
from sitegen.pipeline import load_site
from sitegen.site import fragments, metadata, pages, stories
from sitegen.templating.environment import RenderError


@dataclass(frozen=True, slots=True)
class PictureCache:
    """Pictures and cards of draft pages, in memory only, by recipe and by content of the card."""

    developed: dict[Recipe, ProcessedPhoto] = field(default_factory=dict)
    cards: dict[Card, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The page of a hidden story or item, None if it must not be shown, and its pictures by path.

    `draft` is what was read, None if it can't be used; `story` is None for an item; `card` is the path of the
    social card, "" without one.
    """

    page: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    story: Story | None = None
    card: str = ""
    draft: Draft | ItemDraft | None = None


def render_draft(
    root: Path,
    built: BuiltSite,
    source: Source,
    today: date,
    cache: PictureCache,
    with_card: bool = False,
    data: bytes | None = None,
) -> DraftPage:
    """Render a story or an item as it would look if it were public, within the site as built.

    `data` are the bytes to read instead of those of its file.
    """
    reading = load_site.read_whole(root, built.loaded, source, data)
    if not isinstance(reading.thing, Draft | ItemDraft):
        return DraftPage(problems=reading.problems)
    uncleared = gate.preview_uncleared(reading.thing, today)
    if uncleared is None:
        return DraftPage()
    shown = uncleared.shown
    story = shown if isinstance(shown, Story) else None
    found = DraftPage(problems=reading.problems, story=story, draft=reading.thing)
    developed, problems = _develop(root, built, shown, cache)
    if problems:
        return replace(found, problems=(*reading.problems, *problems))
    try:
        page = _page(built, shown, reading.digest, developed)
    except RenderError as fault:
        return replace(found, problems=(*reading.problems, fault.problem))
    pictures = {
        file_of(address): data
        for recipe, each in developed.items()
        for address, data in zip(derivatives.addresses(recipe), each.files, strict=True)
    }
    cards = _cards(built, story, pictures, cache) if story and with_card else {}
    return replace(found, page=page, pictures=pictures | cards, card=next(iter(cards), ""))


def _page(
    built: BuiltSite, shown: Story | Item, digest: bytes, developed: Mapping[Recipe, ProcessedPhoto]
) -> bytes:
    """Return the page of a story or an item; `digest` is that of its file. Raises TemplateFault."""
    now, source = built.context, shown.source
    context = replace(
        now,
        colours={**now.colours, **{recipe: each.colour for recipe, each in developed.items()}},
        files={**now.files, source.path: source.address},
        digests={**now.digests, source.path: digest},
    )
    if isinstance(shown, Item):
        job = pages.standalone(context, shown)
    else:  # a page that is not public has no links for sharing
        job = stories.standalone(context, replace(shown, shareable=False))
    return job.prepare()().files[0]


def _cards(
    built: BuiltSite, story: Story, pictures: Mapping[str, bytes], cache: PictureCache
) -> dict[str, bytes]:
    """Return the social card of a story by its path, if its consent covers one."""
    card = metadata.card_of_story(built.loaded.settings, story)
    if card is None:
        return {}
    if card not in cache.cards:
        # imported here, so that pages without a card don't wait for Pillow
        from sitegen.images import card_renderer  # noqa: PLC0415

        portrait = io.BytesIO(pictures[file_of(card.portrait)]) if card.portrait else None
        cache.cards[card] = card_renderer.draw_wide(card, portrait)
    return {file_of(card_layout.address(card)): cache.cards[card]}


def _develop(
    root: Path, built: BuiltSite, shown: Story | Item, cache: PictureCache
) -> tuple[dict[Recipe, ProcessedPhoto], tuple[Problem, ...]]:
    """Return the pictures of a story or an item, and the problems of those that can't be decoded."""
    developed, problems = {}, []
    for photo, recipe in fragments.recipes(shown, built.loaded.settings.images):
        try:
            developed[recipe] = develop(root, photo, recipe, cache)
        except Exception:  # Pillow's decoders raise many types on damaged files
            remark = derivatives.unreadable(Path(photo.path).name)
            problems.append(loader.place(root, shown.source.path, remark))
    return developed, tuple(problems)


def develop(root: Path, photo: Photo, recipe: Recipe, cache: PictureCache) -> ProcessedPhoto:
    """Return the pictures that a recipe makes of a photo. Raises any error of a decoder."""
    # imported here, so that pages without a picture don't wait for Pillow
    from sitegen.images import processing  # noqa: PLC0415

    if recipe not in cache.developed:
        cache.developed[recipe] = processing.process(root / photo.path, recipe)
    return cache.developed[recipe]
