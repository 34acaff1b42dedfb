"""Card jobs: one build job per social card."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from sitegen.core.urls import file_of
from sitegen.engine.jobs import Job, Make, Output
from sitegen.engine.serialization import digest
from sitegen.images.card_layout import WIDE, Card, address
from sitegen.site import metadata
from sitegen.site.context import SiteContext

COST = 5.0
"""Milliseconds to draw a card."""


def plan(context: SiteContext, folder: Path) -> Iterator[Job]:
    """Yield the jobs of all cards; `folder` is the staging folder, with their portraits."""
    site, settings = context.site, context.site.settings
    found = chain(
        (metadata.card_of_story(settings, story) for story in site.stories),
        (metadata.card_of_page(settings, page) for page in site.pages),
        (metadata.card_of_network(settings, network) for network in site.networks),
    )
    # stories with the same words and colour share a card
    return (_job(card, folder) for card in dict.fromkeys(found) if card)


def _job(card: Card, folder: Path) -> Job:
    def prepare() -> Make:
        return partial(_draw, card, folder)

    return Job((file_of(address(card)),), {"card": digest(card)}, prepare, COST)


def _draw(card: Card, folder: Path) -> Output:
    # imported here, so that a build without new cards doesn't import Pillow
    from sitegen.images import card_renderer  # noqa: PLC0415

    return Output((card_renderer.draw(card, WIDE, folder),))
