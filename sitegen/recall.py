"""Recall: what the last build read and the gate let through, as far as it still holds today.

Nothing of what is withheld is remembered, nothing of a consent but the days on which it holds, and no
name of a photo. Only what is flawless is remembered, so that every mistake is found anew each time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sitegen import consent, scan
from sitegen.addresses import ToWeb, resolve
from sitegen.consent import Span
from sitegen.model import Draft, Item, ItemDraft, Network, Page, Photo, Story
from sitegen.packing import raw_digest
from sitegen.scan import Shelf
from sitegen.stats import Stat, settled

Thing = Page | Network | Item | Story
AnyThing = TypeVar("AnyThing", bound=Thing)


@dataclass(frozen=True, slots=True)
class Look:
    """How a file lay when it was read, and the digest of what it held."""

    stat: Stat
    digest: bytes


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld file with nothing wrong in it, nor in what it leads to: its photos, each by its key."""

    look: Look
    photos: dict[str, Stat]


@dataclass(frozen=True, slots=True)
class Readings:
    """What is remembered of the files that were read.

    `context` is a digest of everything besides a file itself that its reading depends on. Public things
    are known by the path of their file, the others and all photos by a digest of theirs. `photos` are those
    that things show, `unshown` those that a public thing's file leads to, and no consent covers.
    """

    context: str
    looks: dict[str, Look]
    spans: dict[str, Span]
    withheld: dict[str, Withheld]
    photos: dict[str, Stat]
    unshown: dict[str, dict[str, Stat]]
    pages: tuple[Page, ...]
    networks: tuple[Network, ...]
    items: tuple[Item, ...]
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What needs no reading today, and what is withheld and needs only its front matter read."""

    pages: tuple[Page, ...] = ()
    networks: tuple[Network, ...] = ()
    items: tuple[Item, ...] = ()
    stories: tuple[Story, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    unshown: Mapping[str, dict[str, Stat]] = field(default_factory=dict)
    withheld: Mapping[str, Withheld] = field(default_factory=dict)

    @property
    def things(self) -> tuple[Thing, ...]:
        """All of them."""
        return (*self.pages, *self.networks, *self.items, *self.stories)

    def without(self, paths: Set[str]) -> "Recalled":
        """Return the same, less the things whose files are at the given paths."""

        def less(things: tuple[AnyThing, ...]) -> tuple[AnyThing, ...]:
            return tuple(thing for thing in things if thing.source.path not in paths)

        return replace(
            self,
            pages=less(self.pages),
            networks=less(self.networks),
            items=less(self.items),
            stories=less(self.stories),
        )


NOTHING = Recalled()


def recall(root: Path, shelf: Shelf, known: Readings | None, context: str, today: date) -> Recalled:
    """Return what was read before of the files on the shelf and still holds on a day."""
    return NOTHING if known is None or known.context != context else _recalled(root, shelf, known, today)


def _recalled(root: Path, shelf: Shelf, known: Readings, today: date) -> Recalled:
    has_photos = known.photos or known.unshown or known.withheld
    paths = {scan.key(path): path for path in shelf.others} if has_photos else {}
    looks: dict[str, Look] = {}

    def lie_the_same(photos: Mapping[str, Stat]) -> bool:
        return all(shelf.stats.get(paths.get(photo, "")) == stat for photo, stat in photos.items())

    def held(things: tuple[AnyThing, ...]) -> tuple[AnyThing, ...]:
        found = []
        for thing in things:
            path = thing.source.path
            look = _still(root, shelf, path, known.looks[path])
            if (
                look
                and consent.holds(known.spans.get(path), today)
                and all(_is_same(root, shelf, photo, paths, known.photos) for photo in _photos(thing))
                and lie_the_same(known.unshown.get(path, {}))
            ):
                looks[path] = look
                found.append(_with_photos(thing, lambda photo: replace(photo, path=paths[photo.path])))
        return tuple(found)

    sources = {scan.key(source.path): source.path for source in shelf.sources} if known.withheld else {}
    withheld = {
        path: Withheld(look, then.photos)
        for key, then in known.withheld.items()
        if (path := sources.get(key))
        and (look := _still(root, shelf, path, then.look))
        and lie_the_same(then.photos)
    }
    return Recalled(
        pages=held(known.pages),
        networks=held(known.networks),
        items=held(known.items),
        stories=held(known.stories),
        looks=looks,
        spans=known.spans,
        unshown=known.unshown,
        withheld=withheld,
    )


def remember(
    shelf: Shelf,
    looked: int,
    context: str,
    recalled: Recalled,
    digests: Mapping[str, bytes],
    drafts: Collection[Draft | ItemDraft],
    things: Iterable[Thing],
    problems: Set[str],
) -> Readings:
    """Return what to remember of today's reading.

    The shelf was looked at in the moment `looked` (ns). `digests` has that of each file by its path,
    `drafts` what was read, `things` what is public; `problems` are the paths of files with something wrong.
    """

    def lay(path: str) -> Stat:
        return settled(shelf.stats[path], looked)

    def look(path: str) -> Look:
        return Look(lay(path), digests[path])

    sound = [thing for thing in things if thing.source.path not in problems]
    shown = {thing.source.path: {photo.path for photo in _photos(thing)} for thing in sound}
    spans = {path: span for path, span in recalled.spans.items() if path in shown}
    spans |= {draft.source.path: consent.span(draft) for draft in drafts if draft.source.path in shown}
    others = (draft for draft in drafts if draft.source.path not in shown)
    withheld = _withheld(others, recalled, problems, lay)
    hidden = [_with_photos(thing, lambda photo: replace(photo, path=scan.key(photo.path))) for thing in sound]
    return Readings(
        context=context,
        looks={path: look(path) for path in sorted(shown)},
        spans=spans,
        withheld={scan.key(path): Withheld(look(path), used) for path, used in withheld},
        photos={scan.key(path): lay(path) for path in sorted(set().union(*shown.values()))},
        unshown=_unshown(drafts, recalled, shown, lay),
        pages=tuple(thing for thing in hidden if isinstance(thing, Page)),
        networks=tuple(thing for thing in hidden if isinstance(thing, Network)),
        items=tuple(thing for thing in hidden if isinstance(thing, Item)),
        stories=tuple(thing for thing in hidden if isinstance(thing, Story)),
    )


def _withheld(
    drafts: Iterable[Draft | ItemDraft],
    recalled: Recalled,
    problems: Set[str],
    lay: Callable[[str], Stat],
) -> Iterator[tuple[str, dict[str, Stat]]]:
    """Yield the path of each withheld file that can be remembered, and how its photos lay, by their keys."""
    for draft in drafts:
        path = draft.source.path
        if path in recalled.withheld:  # only its front matter was read today
            yield path, recalled.withheld[path].photos
        elif path not in problems and not _leads_on(draft):
            yield path, {scan.key(photo.path): lay(photo.path) for photo in _photos(draft)}


def _unshown(
    drafts: Iterable[Draft | ItemDraft],
    recalled: Recalled,
    shown: Mapping[str, Set[str]],
    lay: Callable[[str], Stat],
) -> dict[str, dict[str, Stat]]:
    """Return how the photos lay, by their keys, that public files lead to and that are not shown, by path."""
    unshown = {path: photos for path, photos in recalled.unshown.items() if path in shown}
    for draft in drafts:
        path = draft.source.path
        if path in shown:
            rest = (photo.path for photo in _photos(draft) if photo.path not in shown[path])
            unshown[path] = {scan.key(photo): lay(photo) for photo in rest}
    return {path: photos for path, photos in unshown.items() if photos}


def _leads_on(draft: Draft | ItemDraft) -> bool:
    """Tell whether a draft has links whose targets could go away."""
    return not all(isinstance(resolve(link, draft.source.path), ToWeb) for link in draft.body.links)


def _still(root: Path, shelf: Shelf, path: str, look: Look) -> Look | None:
    """Return the look at a file that holds what it held then; None where it doesn't."""
    stat = shelf.stats.get(path)
    if stat == look.stat:
        return look
    if stat and digest_of_file(root / path) == look.digest:
        return Look(stat, look.digest)
    return None


def digest_of_file(file: Path) -> bytes:
    """Return the digest of what a file holds."""
    return raw_digest(file.read_bytes())


# -- photos ---------------------------------------------------------------------------------


def _is_same(
    root: Path, shelf: Shelf, photo: Photo, paths: Mapping[str, str], known: Mapping[str, Stat]
) -> bool:
    """Tell whether the file of a photo, known by its key, holds what it held."""
    path = paths.get(photo.path)
    if path is None:
        return False
    return shelf.stats[path] == known[photo.path] or digest_of_file(root / path).hex() == photo.digest


def _photos(thing: Thing | Draft | ItemDraft) -> tuple[Photo, ...]:
    """Return all photos of a thing."""
    if isinstance(thing, Story | Draft) and thing.headshot:
        return (thing.headshot, *thing.photos)
    if isinstance(thing, Item | ItemDraft) and thing.photo:
        return (thing.photo, *thing.photos)
    return thing.photos


def _with_photos(thing: AnyThing, changed: Callable[[Photo], Photo]) -> AnyThing:
    """Return a thing with all of its photos changed."""
    if not _photos(thing):
        return thing
    others = tuple(changed(photo) for photo in thing.photos)
    if isinstance(thing, Story):
        return replace(thing, photos=others, headshot=thing.headshot and changed(thing.headshot))
    if isinstance(thing, Item):
        return replace(thing, photos=others, photo=thing.photo and changed(thing.photo))
    return replace(thing, photos=others)
