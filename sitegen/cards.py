"""The plan of social cards: one job for each story that may be shared, each page and each network."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen import heads
from sitegen.addresses import file_of
from sitegen.jobs import Job, Make, Output
from sitegen.layout import SHAPES, WIDE, Card, address
from sitegen.packing import digest
from sitegen.press import Edition

STORY, PAGE = 40.0, 15.0
"""Milliseconds that it takes to draw the cards of a story, in both shapes, and of a page, in one."""


def plan(edition: Edition, folder: Path) -> Iterator[Job]:
    """Yield the jobs of all cards; the portraits on them are those that were developed below a folder."""
    site = edition.site
    of_stories = (heads.card_of_story(site.settings, story) for story in site.stories)
    # what has the same words and the same colour shares its card
    for card in filter(None, dict.fromkeys(of_stories)):
        yield _job(card, tuple(address(card, shape) for shape in SHAPES), folder, STORY)
    of_pages = [heads.card_of_page(site.settings, page) for page in site.pages]
    of_pages.extend(heads.card_of_network(site.settings, network) for network in site.networks)
    for card in filter(None, dict.fromkeys(of_pages)):
        yield _job(card, (address(card, WIDE),), folder, PAGE)


def _job(card: Card, addresses: tuple[str, ...], folder: Path, cost: float) -> Job:
    def prepare() -> Make:
        return partial(_draw, card, folder, len(addresses))

    return Job(tuple(map(file_of, addresses)), {"card": digest(card)}, prepare, cost)


def _draw(card: Card, folder: Path, shapes: int) -> Output:
    # only here, so that what needs no new card doesn't wait for Pillow to be imported
    from sitegen import easel  # noqa: PLC0415

    return Output(easel.draw(card, folder) if shapes > 1 else (easel.draw_wide(card),))
