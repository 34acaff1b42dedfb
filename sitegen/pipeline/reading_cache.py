"""Reading cache: parsed content, valid while file and consent dates are the same.

It contains nothing of withheld content, of a consent only the days on which it holds, and no name of a
photo. Only content without problems is cached, so that every problem is reported by every build.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import unquote

from sitegen.consent import gate
from sitegen.consent.span import Span, holds
from sitegen.content import discovery
from sitegen.content.discovery import ContentFiles
from sitegen.core.model import Draft, Item, ItemDraft, Kind, Network, Page, Photo, Story
from sitegen.core.urls import ToAddress, ToFile, ToWeb, resolve
from sitegen.engine import file_state
from sitegen.engine.file_state import Stat, settled
from sitegen.engine.serialization import raw_digest

Thing = Page | Network | Item | Story
AnyThing = TypeVar("AnyThing", bound=Thing)
MaybeThing = TypeVar("MaybeThing", bound=Thing | None)
CachedThing_co = TypeVar("CachedThing_co", bound=Thing | None, covariant=True)


@dataclass(frozen=True, slots=True)
class ReadState:
    """State of a file when it was read, and the digest of its content."""

    stat: Stat
    digest: bytes


@dataclass(frozen=True, slots=True)
class CachedFile(Generic[CachedThing_co]):
    """Cached reading of a content file without problems; its `thing` is None if the file is withheld.

    `span` is the days on which the content is public; content without a consent has none. `photos` has the
    states of the photos that are shown, `hidden` of those that are not; both by a digest of their path.
    """

    state: ReadState
    span: Span | None
    photos: dict[str, Stat]
    hidden: dict[str, Stat]
    thing: CachedThing_co


@dataclass(frozen=True, slots=True)
class Readings:
    """Cached readings of content files.

    `context` is a digest of everything besides a file itself that its reading depends on. Withheld files have
    no internal links, and are keyed by a digest of their path.
    """

    context: str
    pages: tuple[CachedFile[Page], ...]
    networks: tuple[CachedFile[Network], ...]
    items: tuple[CachedFile[Item], ...]
    stories: tuple[CachedFile[Story], ...]
    withheld: dict[str, CachedFile[None]]

    @property
    def public(self) -> Iterator[CachedFile[Thing]]:
        """All files that are not withheld."""
        return chain(self.pages, self.networks, self.items, self.stories)

    @property
    def spans(self) -> list[Span]:
        """The days on which each story and item is public."""
        return [file.span for file in self.public if file.span]


@dataclass(frozen=True, slots=True)
class CachedSite:
    """Content whose cached reading is valid today, and withheld files that need only their front matter.

    `files` has the public files by path, `withheld` the others; `things` is the content in use.
    """

    files: Mapping[str, CachedFile[Thing]] = field(default_factory=dict)
    withheld: Mapping[str, CachedFile[None]] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """Cached pages."""
        return _of_kind(self.things, Page)

    @property
    def networks(self) -> tuple[Network, ...]:
        """Cached networks."""
        return _of_kind(self.things, Network)

    @property
    def items(self) -> tuple[Item, ...]:
        """Cached public items."""
        return _of_kind(self.things, Item)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Cached public stories."""
        return _of_kind(self.things, Story)

    def without(self, paths: Set[str]) -> "CachedSite":
        """Return the same without the content of some paths."""
        return replace(self, things=tuple(each for each in self.things if each.source.path not in paths))


NOTHING = CachedSite()


def _of_kind(things: Iterable[Thing], kind: type[AnyThing]) -> tuple[AnyThing, ...]:
    return tuple(thing for thing in things if isinstance(thing, kind))


# -- reading the cache ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Disk:
    """Files of `content/` as they are now; `photos` has the path of each possible photo, by key."""

    root: Path
    stats: Mapping[str, Stat]
    photos: Mapping[str, str]


def recall(root: Path, files: ContentFiles, known: Readings | None, context: str, today: date) -> CachedSite:
    """Return the cached readings of content files that are valid on a day."""
    if known is None or known.context != context:
        return NOTHING
    disk = Disk(root, files.stats, _paths_by_key(files, known))
    sources = {discovery.key(source.path): source.path for source in files.sources} if known.withheld else {}
    public = {
        file.thing.source.path: _with_file_names(file, disk)
        for then in known.public
        if (file := _valid(disk, then.thing.source.path, then, today))
    }
    withheld = {
        path: current
        for key, then in known.withheld.items()
        if (path := sources.get(key)) and (current := _valid(disk, path, then, today))
    }
    return CachedSite(public, withheld, tuple(file.thing for file in public.values()))


def _paths_by_key(files: ContentFiles, known: Readings) -> dict[str, str]:
    """Return the paths of all files that could be photos, by key; empty if no photo is cached."""
    has_photos = any(file.photos or file.hidden for file in chain(known.public, known.withheld.values()))
    return {discovery.key(path): path for path in files.others} if has_photos else {}


def _valid(disk: Disk, path: str, then: CachedFile[MaybeThing], today: date) -> CachedFile[MaybeThing] | None:
    """Return a cached file with its state of now; None if its reading is not valid today."""
    state = _still(disk, path, then.state)
    if state is None or not holds(then.span, today):
        return None
    shown = () if then.thing is None else photos_of(then.thing)
    if not all(_is_same(disk, photo, then.photos[photo.path]) for photo in shown):
        return None
    if any(disk.stats.get(disk.photos.get(key, "")) != stat for key, stat in then.hidden.items()):
        return None
    return then if state is then.state else replace(then, state=state)


def _still(disk: Disk, path: str, then: ReadState) -> ReadState | None:
    """Return the current state and digest of a file whose content is unchanged, else None."""
    stat = disk.stats.get(path)
    if stat == then.stat:
        return then
    if stat and digest_of_file(disk.root / path) == then.digest:
        return ReadState(stat, then.digest)
    return None


def _is_same(disk: Disk, photo: Photo, stat: Stat) -> bool:
    """Whether the file of a photo, given by its key, is unchanged."""
    path = disk.photos.get(photo.path)
    if path is None:
        return False
    return disk.stats[path] == stat or digest_of_file(disk.root / path).hex() == photo.digest


def digest_of_file(file: Path) -> bytes:
    """Return the digest of a file's content; empty if it can't be read any more."""
    try:
        return raw_digest(file_state.read(str(file)))
    except OSError:
        return b""


def _with_file_names(file: CachedFile[AnyThing], disk: Disk) -> CachedFile[AnyThing]:
    """Return a cached file with the keys of its photos replaced by their paths."""
    if not file.photos:
        return file
    thing = _with_photos(file.thing, lambda photo: replace(photo, path=disk.photos[photo.path]))
    return replace(file, thing=thing)


# -- making the cache -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """State and digest of every file when it was read, by path, and the valid readings of before."""

    files: ContentFiles
    scanned_at: int
    """Time of the scan, in ns."""
    digests: Mapping[str, bytes]
    cached: CachedSite
    today: date


def remember(
    context: str,
    read: Read,
    drafts: Collection[Draft | ItemDraft],
    things: Iterable[Thing],
    problems: Set[str],
) -> Readings:
    """Return the readings to cache.

    `drafts` are the submissions that were read, `things` all public content, `problems` the paths of faulty
    files.
    """
    by_path = {draft.source.path: draft for draft in drafts}
    valid = _cacheable(read.files, tuple(things), problems)
    shown = {thing.source.path for thing in valid}
    others = (draft for draft in drafts if draft.source.path not in shown)

    def public(kind: type[AnyThing]) -> tuple[CachedFile[AnyThing], ...]:
        return tuple(
            _public_file(read, thing, by_path.get(thing.source.path)) for thing in _of_kind(valid, kind)
        )

    return Readings(
        context=context,
        pages=public(Page),
        networks=public(Network),
        items=public(Item),
        stories=public(Story),
        withheld={
            discovery.key(draft.source.path): _withheld_file(read, draft)
            for draft in others
            if _is_withheld_cacheable(draft, read.cached, problems)
        },
    )


def _public_file(read: Read, thing: AnyThing, draft: Draft | ItemDraft | None) -> CachedFile[AnyThing]:
    """Return the cached file of public content; `draft` is what was read of it in this build."""
    path = thing.source.path
    shown = {photo.path for photo in photos_of(thing)}
    known = read.cached.files.get(path)
    span, hidden = (known.span, known.hidden) if known else (None, {})
    if draft:
        span = gate.span(draft, read.today)
        hidden = _photo_states(read, (photo for photo in photos_of(draft) if photo.path not in shown))
    return CachedFile(
        _read_state(read, path), span, _photo_states(read, photos_of(thing)), hidden, _with_photo_keys(thing)
    )


def _withheld_file(read: Read, draft: Draft | ItemDraft) -> CachedFile[None]:
    path = draft.source.path
    known = read.cached.withheld.get(path)  # then only its front matter was read today
    hidden = known.hidden if known else _photo_states(read, photos_of(draft))
    return CachedFile(_read_state(read, path), None, {}, hidden, None)


def _is_withheld_cacheable(draft: Draft | ItemDraft, cached: CachedSite, problems: Set[str]) -> bool:
    path = draft.source.path
    return path in cached.withheld or (path not in problems and not _leads_on(draft))


def _read_state(read: Read, path: str) -> ReadState:
    return ReadState(settled(read.files.stats[path], read.scanned_at), read.digests[path])


def _photo_states(read: Read, photos: Iterable[Photo]) -> dict[str, Stat]:
    """Return the states of photos by key."""
    return {
        discovery.key(photo.path): settled(read.files.stats[photo.path], read.scanned_at) for photo in photos
    }


def _cacheable(files: ContentFiles, public: tuple[AnyThing, ...], problems: Set[str]) -> list[AnyThing]:
    """Return what has no problem and does not name, in a link, a file that the public can't see."""
    hidden = _hidden(files, public)
    return [
        thing for thing in public if thing.source.path not in problems and not _leads_to(thing, hidden, files)
    ]


def _with_photo_keys(thing: AnyThing) -> AnyThing:
    """Return content with the names of its photos replaced by keys."""
    return _with_photos(thing, lambda photo: replace(photo, path=discovery.key(photo.path)))


def _hidden(files: ContentFiles, public: Iterable[Thing]) -> frozenset[str]:
    """Return the paths and the addresses of the stories and items that visitors don't see."""
    shown = {thing.source.path for thing in public}
    hidden = [source for source in files.sources if source.path not in shown]
    return frozenset(
        each.rstrip("/")
        for source in hidden
        if source.kind in (Kind.STORY, Kind.ITEM)
        for each in (source.path, source.address)
    )


def _leads_to(thing: Thing, hidden: Set[str], files: ContentFiles) -> bool:
    """Return whether a text links to something hidden or left out: its target would name it in the cache."""
    for written in thing.body.links if hidden or files.left_out else ():
        match resolve(written, thing.source.path):
            case ToFile(path) if path in hidden or files.is_left_out(path):
                return True
            case ToAddress(address) if (bare := address.rstrip("/")) in hidden or files.is_left_out(bare):
                return True
            case ToWeb(address) if any(each in unquote(address) for each in hidden):
                return True
    return False


def _leads_on(draft: Draft | ItemDraft) -> bool:
    """Whether a draft has links whose targets could disappear."""
    return not all(isinstance(resolve(link, draft.source.path), ToWeb) for link in draft.body.links)


def photos_of(thing: Thing | Draft | ItemDraft) -> tuple[Photo, ...]:
    """Return all photos of a piece of content."""
    if isinstance(thing, Story | Draft) and thing.headshot:
        return (thing.headshot, *thing.photos)
    if isinstance(thing, Item | ItemDraft) and thing.photo:
        return (thing.photo, *thing.photos)
    return thing.photos


def _with_photos(thing: AnyThing, changed: Callable[[Photo], Photo]) -> AnyThing:
    """Return content with all of its photos changed."""
    if not photos_of(thing):
        return thing
    others = tuple(changed(photo) for photo in thing.photos)
    if isinstance(thing, Story):
        return replace(thing, photos=others, headshot=thing.headshot and changed(thing.headshot))
    if isinstance(thing, Item):
        return replace(thing, photos=others, photo=thing.photo and changed(thing.photo))
    return replace(thing, photos=others)
