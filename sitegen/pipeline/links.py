"""Link check: dead links, and addresses that two files claim."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from sitegen.content import documents
from sitegen.content.discovery import ContentFiles, same_address
from sitegen.core.diagnostics import Remark, nearest
from sitegen.core.model import Item, ItemDraft, Kind, Page, Source, Story, Thing
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Link, Settings
from sitegen.core.urls import BadLink, ToAddress, ToFile, ToWeb, resolve

SITE_YAML = "content/site.yaml"

LISTS = ("/stories/page/", "/stories/fields/", "/stories/schools/", "/stories/topics/")
"""Lists exist only while they have stories; a link to one without becomes plain text."""

OWN = (*LISTS, "/assets/", "/images/")
"""Prefixes of addresses that only the generator uses."""

OWN_FILE = re.compile(
    r"/(?:404\.html|_headers|_redirects|feed\.(?:json|xml)|manifest\.webmanifest|robots\.txt|sitemap(?:-\d+)?\.xml)"
    "(?:/|$)",
    re.IGNORECASE,
)
"""Addresses of the files that every site has in its first folder."""

MOST_GUESSES = 20
"""Dead links per site that get a suggestion: each one compares with all files."""

AnyThing = Thing | Story | Item
"""Content that can contain links, before or after the gate."""


class LinkIndex:
    """Targets of links: files by path, and addresses with their anchors.

    `known_addresses` are those that exist without a content file.
    """

    def __init__(self, files: ContentFiles, things: Sequence[AnyThing], known_addresses: Set[str]) -> None:
        named = [thing for thing in things if not isinstance(thing, ItemDraft | Item)]
        self.others = files.others
        self.is_left_out = files.is_left_out
        self.files = {source.path: source.address for source in files.sources}
        self.paths = {source.address.rstrip("/"): source.path for source in files.sources}
        self.anchors = {thing.source.path: set(thing.body.anchors) for thing in named}
        for source in files.sources:
            if source.kind is Kind.ITEM:  # it has no page, only an anchor on its section's
                self.anchors.get("content/members-in-action/index.md", set()).add(source.slug)
        self.aliases = [(thing.source, alias) for thing in named for alias in thing.aliases]
        self._folders = {posixpath.dirname(path) for path in self.files} | {
            source.path.removesuffix(".md") for source in files.sources if source.kind is Kind.PAGE
        }
        self.own = {address.rstrip("/") for address in known_addresses}
        self.known_addresses = self.own | {alias.rstrip("/") for _, alias in self.aliases}
        self._guesses = MOST_GUESSES

    def bad_link(self, written: str, from_path: str) -> Remark | None:
        """Return the remark on a dead link; None if it has a target."""
        target = resolve(written, from_path)
        folder = posixpath.dirname(from_path)
        match target:
            case ToWeb():
                return None
            case BadLink(hint):
                return Remark(Code.UNUSABLE_LINK, f'the link "{written}" can\'t be followed.', hint, written)
            case ToFile(path, anchor):
                if path in self.files:
                    return self._bad_anchor(written, path, anchor)
                if self.is_left_out(path):
                    return None
                pdf = documents.find_pdf(written, from_path, self.others)
                if pdf and from_path != SITE_YAML:
                    return pdf if isinstance(pdf, Remark) else None
                hint = self._nearest_file(path, folder)
                return Remark(Code.BROKEN_LINK, f'the link "{written}" leads to no file.', hint, written)
            case ToAddress(address, anchor):
                bare = address.rstrip("/")
                if bare in self.paths:
                    return self._bad_anchor(written, self.paths[bare], anchor)
                if bare in self.known_addresses or address.startswith(LISTS) or self.is_left_out(bare):
                    return None
                near = self._nearest(bare, self.paths)
                hint = f"Did you mean {near}/?" if near else "Write the name of a file, such as mission.md."
                message = f'the link "{written}" leads to no address of this site.'
                return Remark(Code.BROKEN_LINK, message, hint, written)

    def did_you_mean(self, name: str) -> str:
        """Return the question that suggests the file with the nearest name, or the empty string."""
        near = self._nearest(name, map(posixpath.basename, self.files))
        return f'Did you mean "{near}"?' if near else ""

    def _nearest_file(self, path: str, folder: str) -> str:
        """Return a hint that names the file whose own name is nearest."""
        if "content/" + path.removeprefix("content/").strip("/") in self._folders:
            return f"Write it as /{path.removeprefix('content/')}/"
        if posixpath.basename(path).startswith("www."):
            return "Start a web address with https://"
        near = self._nearest(_name(path), self._by_name)
        if near is None:
            return "Write the name of a file in content/, or an address that starts with https://"
        return f"Did you mean {posixpath.relpath(self._by_name[near], folder)}?"

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_name(file): file for file in sorted(self.files)}

    def _nearest(self, word: str, known: Iterable[str]) -> str | None:
        """Return the known word closest to another; None after MOST_GUESSES calls."""
        self._guesses -= 1
        return nearest(word, known) if self._guesses >= 0 else None

    def _bad_anchor(self, written: str, path: str, anchor: str) -> Remark | None:
        anchors = self.anchors.get(path)
        if not anchor or anchors is None or anchor in anchors:
            return None
        near = self._nearest(anchor, anchors)
        hint = f"Did you mean #{near}?" if near else f"The part after the # must be a heading in {path}."
        return Remark(Code.BROKEN_ANCHOR, f'the link "{written}" leads to no heading.', hint, written)


def _name(path: str) -> str:
    """Return a file's name without its extension; for an index file, the name of its folder."""
    stem = posixpath.splitext(path)[0].removesuffix("/index")
    return posixpath.basename(stem)


def check(
    index: LinkIndex, files: ContentFiles, things: Sequence[AnyThing], public: Set[str]
) -> Iterator[tuple[str, Remark]]:
    """Yield the path of each file with a stray link or an address that is taken, and a remark on it.

    `public` are the paths of the files that visitors see today. Of files that claim one address, these have
    it, and the others yield; among equals, the first of `things` has it.
    """
    for thing in things:
        for written in dict.fromkeys(thing.body.links):
            bad_link = index.bad_link(written, thing.source.path)
            if bad_link:
                yield thing.source.path, bad_link
    for page in things:
        if isinstance(page, Page) and page.translation_of and page.translation_of not in index.files:
            written = posixpath.relpath(page.translation_of, posixpath.dirname(page.source.path))
            hint = index.did_you_mean(written) or "Write the name of its file."
            message = f'the page "{written}" was not found.'
            yield page.source.path, Remark(Code.TRANSLATION_NOT_FOUND, message, hint, written)
    yield from _taken_addresses(index, files, public)


def _taken_addresses(index: LinkIndex, files: ContentFiles, public: Set[str]) -> Iterator[tuple[str, Remark]]:
    """Yield a remark on each alias that is another file's address, and on each address that is an alias."""
    own = {source.path: same_address(source.address) for source in files.sources}
    taken = {address: path for path, address in own.items() if path in public}
    yield from _taken_aliases(index, [each for each in index.aliases if each[0].path in public], taken)
    for source in files.sources:
        owner = taken.setdefault(own[source.path], source.path)
        if own[owner] != own[source.path]:
            message = f"its address {source.address} is already an alias of {owner}."
            yield source.path, Remark(Code.ADDRESS_TAKEN, message, "Give the file another name.", "")
    yield from _taken_aliases(index, [each for each in index.aliases if each[0].path not in public], taken)


def _taken_aliases(
    index: LinkIndex, aliases: Iterable[tuple[Source, str]], taken: dict[str, str]
) -> Iterator[tuple[str, Remark]]:
    """Yield a remark on each alias that is taken, and note the others as taken from here on."""
    for source, alias in aliases:
        other = taken.setdefault(same_address(alias), source.path)
        if alias.startswith(OWN) or alias.rstrip("/") in index.own or OWN_FILE.match(alias):
            other = "the site itself"
        if other != source.path or same_address(alias) == same_address(source.address):
            message = f'the alias "{alias}" is already an address of {other}.'
            yield source.path, Remark(Code.ALIAS_TAKEN, message, "Take it out of aliases.", alias)


def follow_settings(settings: Settings, index: LinkIndex) -> tuple[Settings, tuple[tuple[str, Remark], ...]]:
    """Return the settings with links to content files turned into addresses, and remarks on dead links.

    What has a dead link is left out; each remark comes with the key in `site.yaml` that it is about. So is
    what links to a submission that is left out, without a remark.
    """
    remarks: list[tuple[str, Remark]] = []

    def resolved(link: Link, key: str) -> Link | None:
        if bad_link := index.bad_link(link.to, SITE_YAML):
            remarks.append((key, bad_link))
            return None
        target = resolve(link.to, SITE_YAML)
        if not isinstance(target, ToFile):
            return link
        if target.path not in index.files:
            return None
        return Link(link.label, index.files[target.path] + (f"#{target.anchor}" if target.anchor else ""))

    announcement = settings.announcement
    if announcement and announcement.link:
        link = resolved(announcement.link, "announcement")
        announcement = replace(announcement, link=link) if link else None
    navigation = (resolved(link, "navigation") for link in settings.navigation)
    linked = replace(settings, navigation=tuple(filter(None, navigation)), announcement=announcement)
    return linked, tuple(remarks)
