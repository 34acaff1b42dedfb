"""The collection: the square cards of all stories that may be shared, for the campaign's social media.

They are those that the last build published. The folder keeps a list of what was put into it, with
digests: what is on the list and unchanged is replaced or taken away, everything else is left alone.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import heads, layout
from sitegen.addresses import encode, file_of, is_inside
from sitegen.layout import SQUARE, Card
from sitegen.lettering import missing, setting
from sitegen.model import Settings, Story

LIST = ".sitegen-cards"
"""The list, in the form that `sha256sum --check` reads."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What was done: paths in the folder, and stories without a card with the letters that no font has.

    `foreign` are those that stand in the way and are not ours, or were changed by somebody since; `over`
    were changed too, and belong to stories that may not be shared any more.
    """

    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    unset: Mapping[str, str] = field(default_factory=dict)


def refused(folder: Path, published: Path) -> str | None:
    """Return why cards can't be collected in a folder; None where they can."""
    if folder.resolve().is_relative_to(published.resolve()):
        return "the site itself is published there"
    return None


def collect(chosen: Settings, stories: tuple[Story, ...], published: Path, folder: Path) -> Collected:
    """Put the square card of each story into a folder, and its words beside it; take away what is over."""
    wanted: dict[str, bytes] = {}
    unset: dict[str, str] = {}
    for story in stories:
        card = heads.card_of_story(chosen, story)
        if card:
            square = published / file_of(layout.address(card, SQUARE))
            wanted[f"{story.source.slug}.jpg"] = square.read_bytes()
            wanted[f"{story.source.slug}.txt"] = _words(chosen, story, card).encode()
        elif story.shareable and chosen.cards:
            letters = missing(setting(f"{story.quote}{story.name}{story.year}{story.field}{story.school}"))
            unset[story.source.path] = " ".join(sorted(letters))
    return _laid(wanted, folder, unset)


def _words(chosen: Settings, story: Story, card: Card) -> str:
    """Return alternative text and caption of a card."""
    about = f"{story.name}, {card.facts}" if card.facts else story.name
    seen = f"{story.alt.rstrip('.')}. " if card.portrait and story.alt else ""
    address = chosen.origin + chosen.base + encode(story.source.address)
    return (
        f"Alternative text, for those who can't see the card:\n\n"
        f"{seen}{card.words} {about}. {chosen.name}.\n\n"
        f"Caption:\n\n"
        f"{card.words}\n{about}\n\nRead the whole story: {address}\n"
    )


def _laid(wanted: Mapping[str, bytes], folder: Path, unset: Mapping[str, str]) -> Collected:
    folder.mkdir(parents=True, exist_ok=True)
    ours = _listed(folder)
    found = {path: _there(folder / path) for path in wanted.keys() | ours.keys()}
    new = {path: _digest(data) for path, data in wanted.items()}
    kept = {path for path in new if found[path] == new[path]}
    free = {path for path, there in found.items() if there in ("", ours.get(path))}
    written = free & new.keys() - kept
    removed = {path for path in free - new.keys() if found[path]}
    over = ours.keys() - new.keys() - free
    for path in written:
        (folder / path).write_bytes(wanted[path])
    for path in removed:
        (folder / path).unlink()
    listed = {path: new[path] for path in kept | written} | {path: ours[path] for path in over}
    lines = (f"{digest}  {path}\n" for path, digest in sorted(listed.items()))
    (folder / LIST).write_text("".join(lines), encoding="utf-8")
    return Collected(
        written=tuple(sorted(written)),
        kept=tuple(sorted(kept)),
        removed=tuple(sorted(removed)),
        foreign=tuple(sorted(new.keys() - kept - written)),
        over=tuple(sorted(over)),
        unset=unset,
    )


def _there(file: Path) -> str:
    """Return the digest of a file; nothing where there is none, and a word where there is something else."""
    if file.is_symlink() or file.is_dir():
        return "something else"
    return _digest(file.read_bytes()) if file.exists() else ""


def _listed(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    entries = (line.partition("  ") for line in lines)
    # a list that somebody has written into never leads out of the folder
    return {path: digest for digest, _, path in entries if is_inside(path) and "/" not in path}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
