"""Between files: links that lead nowhere, and addresses that two files lay claim to."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from sitegen.addresses import Astray, ToAddress, ToFile, ToWeb, resolve
from sitegen.model import Item, ItemDraft, Kind, Link, Page, Settings, Story, Thing
from sitegen.problems import Remark, nearest
from sitegen.scan import Shelf, same_address

SITE_YAML = "content/site.yaml"

LISTS = ("/stories/page/", "/stories/fields/", "/stories/schools/", "/stories/topics/")
"""Lists come and go with the stories in them; a link to one that is gone becomes plain text."""

OWN = (*LISTS, "/assets/", "/images/")
"""Where only the site itself puts something."""


MOST_GUESSES = 20
"""Stray links of a site for which what was meant is guessed: each guess looks at all of its files."""

AnyThing = Thing | Story | Item
"""What can hold links: as it was read, or as the gate has let it through."""


class Atlas:
    """What links can lead to: files by path, and addresses with the anchors that stand there.

    `fixed` are addresses that stand on the site although no content file makes them.
    """

    def __init__(self, shelf: Shelf, things: Sequence[AnyThing], fixed: Set[str]) -> None:
        named = [thing for thing in things if not isinstance(thing, ItemDraft | Item)]
        self.files = {source.path: source.address for source in shelf.sources}
        self.paths = {source.address.rstrip("/"): source.path for source in shelf.sources}
        self.anchors = {thing.source.path: set(thing.body.anchors) for thing in named}
        for source in shelf.sources:
            if source.kind is Kind.ITEM:  # it has no page, only an anchor on its section's
                self.anchors.get("content/members-in-action/index.md", set()).add(source.slug)
        self.aliases = [(thing.source, alias) for thing in named for alias in thing.aliases]
        self._folders = {posixpath.dirname(path) for path in self.files} | {
            source.path.removesuffix(".md") for source in shelf.sources if source.kind is Kind.PAGE
        }
        self.own = {address.rstrip("/") for address in fixed}
        self.fixed = self.own | {alias.rstrip("/") for _, alias in self.aliases}
        self._guesses = MOST_GUESSES

    def astray(self, written: str, from_path: str) -> Remark | None:
        """Return what is wrong with a link; None where it leads somewhere."""
        target = resolve(written, from_path)
        folder = posixpath.dirname(from_path)
        match target:
            case ToWeb():
                return None
            case Astray(hint):
                return Remark(f'the link "{written}" can\'t be followed.', hint, written)
            case ToFile(path, anchor):
                if path in self.files:
                    return self._astray_anchor(written, path, anchor)
                hint = self._nearest_file(path, folder)
                return Remark(f'the link "{written}" leads to no file.', hint, written)
            case ToAddress(address, anchor):
                bare = address.rstrip("/")
                if bare in self.paths:
                    return self._astray_anchor(written, self.paths[bare], anchor)
                if bare in self.fixed or address.startswith(LISTS):
                    return None
                near = self._nearest(bare, self.paths)
                hint = f"Did you mean {near}/?" if near else "Write the name of a file, such as mission.md."
                return Remark(f'the link "{written}" leads to no address of this site.', hint, written)

    def did_you_mean(self, name: str) -> str:
        """Return the question that suggests the file with the nearest name, or the empty string."""
        near = self._nearest(name, map(posixpath.basename, self.files))
        return f'Did you mean "{near}"?' if near else ""

    def _nearest_file(self, path: str, folder: str) -> str:
        """Return a hint that names the file whose own name is nearest."""
        if "content/" + path.removeprefix("content/").strip("/") in self._folders:
            return f"Write it as /{path.removeprefix('content/')}/"
        if posixpath.basename(path).startswith("www."):
            return "Begin a web address with https://"
        near = self._nearest(_name(path), self._by_name)
        if near is None:
            return "Write the name of a file in content/, or an address that begins with https://"
        return f"Did you mean {posixpath.relpath(self._by_name[near], folder)}?"

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_name(file): file for file in sorted(self.files)}

    def _nearest(self, word: str, known: Iterable[str]) -> str | None:
        """Return the known word most like another; nothing after so many that were looked for."""
        self._guesses -= 1
        return nearest(word, known) if self._guesses >= 0 else None

    def _astray_anchor(self, written: str, path: str, anchor: str) -> Remark | None:
        anchors = self.anchors.get(path)
        if not anchor or anchors is None or anchor in anchors:
            return None
        near = self._nearest(anchor, anchors)
        hint = f"Did you mean #{near}?" if near else f"What follows the # has to be a heading in {path}."
        return Remark(f'the link "{written}" leads to no heading.', hint, written)


def _name(path: str) -> str:
    """Return a file's name without its ending; that of its folder, for an index file."""
    stem = posixpath.splitext(path)[0].removesuffix("/index")
    return posixpath.basename(stem)


def check(atlas: Atlas, shelf: Shelf, things: Sequence[AnyThing]) -> Iterator[tuple[str, Remark]]:
    """Yield the path of each file with a stray link or an alias that is taken, and a remark on it."""
    for thing in things:
        for written in dict.fromkeys(thing.body.links):
            astray = atlas.astray(written, thing.source.path)
            if astray:
                yield thing.source.path, astray
    for page in things:
        if isinstance(page, Page) and page.translation_of and page.translation_of not in atlas.files:
            written = posixpath.relpath(page.translation_of, posixpath.dirname(page.source.path))
            hint = atlas.did_you_mean(written) or "Write the name of its file."
            yield page.source.path, Remark(f'the page "{written}" is not there.', hint, written)
    taken = {same_address(source.address): source.path for source in shelf.sources}
    for source, alias in atlas.aliases:
        other = taken.setdefault(same_address(alias), source.path)
        if alias.startswith(OWN) or alias.rstrip("/") in atlas.own or alias == "/404.html":
            other = "the site itself"
        if other != source.path or same_address(alias) == same_address(source.address):
            message = f'the alias "{alias}" is already an address of {other}.'
            yield source.path, Remark(message, "Take it out of aliases.", alias)


def follow_settings(settings: Settings, atlas: Atlas) -> tuple[Settings, tuple[Remark, ...]]:
    """Return the settings with links to content files turned into addresses, and remarks on stray ones."""
    remarks: list[Remark] = []

    def followed(link: Link) -> Link:
        astray = atlas.astray(link.to, SITE_YAML)
        if astray:
            remarks.append(astray)
            return link
        target = resolve(link.to, SITE_YAML)
        if not isinstance(target, ToFile):
            return link
        return Link(link.label, atlas.files[target.path] + (f"#{target.anchor}" if target.anchor else ""))

    announcement = settings.announcement
    if announcement and announcement.link:
        announcement = replace(announcement, link=followed(announcement.link))
    linked = replace(
        settings,
        navigation=tuple(followed(link) for link in settings.navigation),
        announcement=announcement,
    )
    return linked, tuple(remarks)
