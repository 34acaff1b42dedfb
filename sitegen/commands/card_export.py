"""Card export: draws the square cards of stories that may be shared.

Their portraits are those of the last build. The folder has a list of the exported files with their digests;
files on the list that are unchanged are replaced or deleted, all others are left alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sitegen.core.model import Story
from sitegen.core.settings import Settings
from sitegen.core.urls import encode, is_inside
from sitegen.engine.workers import WorkerPool
from sitegen.images.card_fonts import missing, normalized
from sitegen.images.card_layout import SQUARE, Card
from sitegen.site import metadata

LIST = ".sitegen-cards"
"""The list of exported files, in the format of `sha256sum --check`."""


@dataclass(frozen=True, slots=True)
class Collected:
    """The result of an export: paths in the folder.

    `foreign` files were not replaced: sitegen did not write them, or they were edited since. `outdated` files
    were edited and belong to stories that may no longer be shared; `without_card` maps the path of a
    story to the characters that the card fonts lack.
    """

    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    without_card: Mapping[str, str] = field(default_factory=dict)


def refused(folder: Path, published: Path) -> str | None:
    """Return why cards can't be exported to a folder; None if they can."""
    if folder.resolve().is_relative_to(published.resolve()):
        return "the site itself is in that folder"
    return None


COST = 7.0
"""Milliseconds to draw a square card."""


def collect(
    chosen: Settings, stories: tuple[Story, ...], published: Path, folder: Path, pool: WorkerPool
) -> Collected:
    """Write each story's square card and a text file with its words; delete outdated ones."""
    wanted: dict[str, bytes] = {}
    without_card: dict[str, str] = {}
    cards: dict[str, Card] = {}
    for story in stories:
        card = metadata.card_of_story(chosen, story)
        if card:
            cards[f"{story.source.slug}.jpg"] = card
            wanted[f"{story.source.slug}.txt"] = _words(chosen, story, card).encode()
        elif story.shareable and chosen.cards:
            letters = missing(normalized(f"{story.quote}{story.name}{story.year}{story.field}{story.school}"))
            without_card[story.source.path] = " ".join(sorted(letters))
    tasks = ((COST, card) for card in cards.values())
    drawn = pool.map_tasks(partial(_draw_all, published), tasks, "Drawing cards", len(cards))
    wanted.update(zip(cards, drawn, strict=True))
    return _synchronized(wanted, folder, without_card)


def _draw_all(published: Path, cards: Sequence[Card]) -> list[bytes]:
    # imported here, so that other commands don't import Pillow
    from sitegen.images import card_renderer  # noqa: PLC0415

    return [card_renderer.draw(card, SQUARE, published) for card in cards]


def _words(chosen: Settings, story: Story, card: Card) -> str:
    """Return the text file of a card: alternative text and caption."""
    about = f"{story.name}, {card.facts}" if card.facts else story.name
    seen = f"{story.alt.rstrip('.')}. " if card.portrait and story.alt else ""
    address = chosen.origin + chosen.base + encode(story.source.address)
    return (
        f"Alternative text, for people who can't see the card:\n\n"
        f"{seen}{card.words} {about}. {chosen.name}.\n\n"
        f"Caption:\n\n"
        f"{card.words}\n{about}\n\nRead the whole story: {address}\n"
    )


def _synchronized(wanted: Mapping[str, bytes], folder: Path, without_card: Mapping[str, str]) -> Collected:
    folder.mkdir(parents=True, exist_ok=True)
    ours = _listed(folder)
    found = {path: _digest_of(folder / path) for path in wanted.keys() | ours.keys()}
    new = {path: _digest(data) for path, data in wanted.items()}
    kept = {path for path in new if found[path] == new[path]}
    free = {path for path, digest in found.items() if digest in ("", ours.get(path))}
    written = free & new.keys() - kept
    removed = {path for path in free - new.keys() if found[path]}
    outdated = ours.keys() - new.keys() - free
    for path in written:
        (folder / path).write_bytes(wanted[path])
    for path in removed:
        (folder / path).unlink()
    listed = {path: new[path] for path in kept | written} | {path: ours[path] for path in outdated}
    lines = (f"{digest}  {path}\n" for path, digest in sorted(listed.items()))
    (folder / LIST).write_text("".join(lines), encoding="utf-8")
    return Collected(
        written=tuple(sorted(written)),
        kept=tuple(sorted(kept)),
        removed=tuple(sorted(removed)),
        foreign=tuple(sorted(new.keys() - kept - written)),
        outdated=tuple(sorted(outdated)),
        without_card=without_card,
    )


def _digest_of(file: Path) -> str:
    """Return the digest of a file, "" if it is missing, and words that match no digest if it is no file."""
    if file.is_symlink() or file.is_dir():
        return "not a regular file"
    return _digest(file.read_bytes()) if file.exists() else ""


def _listed(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    entries = (line.partition("  ") for line in lines)
    # an edited list must not name a path outside the folder
    return {path: digest for digest, _, path in entries if is_inside(path) and "/" not in path}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
