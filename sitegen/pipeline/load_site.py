"""Site loader: every file of a site, read and checked, with unchanged ones cached."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitegen.consent import gate
from sitegen.content import discovery, documents, loader, settings
from sitegen.content.discovery import ContentFiles, scan
from sitegen.content.file_reader import ReadContext
from sitegen.content.loader import Reading
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Checked, Draft, ItemDraft, Kind, Network, Page, Source
from sitegen.core.problem_codes import Code
from sitegen.core.settings import ImageSettings, Settings
from sitegen.engine.file_state import Stat
from sitegen.engine.serialization import digest
from sitegen.engine.workers import IN_PROCESS, WorkerPool
from sitegen.pipeline import asset_files, links, up_to_date
from sitegen.pipeline.asset_files import AssetCheck
from sitegen.pipeline.reading_cache import CachedSite, Readings, recall
from sitegen.site import feeds
from sitegen.site.context import TITLES
from sitegen.templating import environment, theme
from sitegen.templating.environment import Templates
from sitegen.templating.theme import Asset

UNREAD = Settings(
    *("", "", "", "", "", ("en",), (), None, (), None, 1, ImageSettings(80, 82), (), ()),
)
"""Placeholder for settings that can't be read, so that content can be checked anyway."""


KINDS = (Kind.PAGE, Kind.NETWORK, Kind.ITEM, Kind.STORY)


@dataclass(frozen=True, slots=True)
class LoadedSite:
    """All files of a site, read and checked. `valid` is the content that was read, without faulty files.

    `cached` is the content that needed no reading. `inputs` has the state of every file at the time
    `scanned_at` (ns), before any was read; `context` is a digest of everything besides the file itself that
    a reading depends on; `digests` has the digest of each file; `today` is the day it was read for.
    """

    settings: Settings
    templates: Templates
    checked_assets: AssetCheck
    built_in: frozenset[str]
    """Addresses that exist without a content file."""
    files: ContentFiles
    valid: Checked
    cached: CachedSite
    problems: tuple[Problem, ...]
    inputs: Mapping[str, Stat]
    scanned_at: int
    context: str
    digests: Mapping[str, bytes]
    today: date

    @property
    def assets(self) -> tuple[Asset, ...]:
        """All assets, also those that are left out."""
        return self.checked_assets.assets

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, read or cached."""
        return (*self.valid.pages, *self.cached.pages)

    @property
    def networks(self) -> tuple[Network, ...]:
        """All networks, read or cached."""
        return (*self.valid.networks, *self.cached.networks)

    def without_photos(self, refused: Set[tuple[str, str]]) -> "LoadedSite":
        """Return the same, less some photos of pages, each given by the path of the page and its digest."""
        paths = {path for path, _ in refused}
        if not paths:
            return self

        def less(page: Page) -> Page:
            kept = (photo for photo in page.photos if (page.source.path, photo.digest) not in refused)
            return replace(page, photos=tuple(kept))

        pages = tuple(less(page) for page in self.pages if page.source.path in paths)
        others = (page for page in self.valid.pages if page.source.path not in paths)
        valid = replace(self.valid, pages=(*others, *pages))
        return replace(self, valid=valid, cached=self.cached.without(paths))

    def without(self, problems: Iterable[Problem]) -> "LoadedSite":
        """Return the same, less the files with these problems."""
        paths = {problem.where.path for problem in problems}
        if not paths:
            return self
        return replace(self, valid=loader.without(self.valid, paths), cached=self.cached.without(paths))


def load_site(
    root: Path,
    pool: WorkerPool = IN_PROCESS,
    known: Readings | None = None,
    today: date = date.min,
    refused: Set[str] = frozenset(),
) -> LoadedSite:
    """Read and check a site, except valid cached readings; `refused` paths leave addresses to others."""
    scanned_at = time.time_ns()
    (files, misplaced), (chosen, problems) = scan(root), settings.read(root)
    used, (found, unread) = chosen or UNREAD, _templates(root)
    checked = asset_files.check(root, theme.assets(root), files)
    built_in = frozenset({*feeds.ADDRESSES, *TITLES, *(f"/assets/{asset.name}" for asset in checked.assets)})
    context = digest((used.fields, used.topics, used.languages, sorted(found.layouts)))
    cached = recall(root, files, known, context, today)
    readings = _read(ReadContext(root, files.others, used, found.layouts), files.sources, cached, today, pool)
    content, faults = loader.checked(each.thing for each in readings), _faults(readings, unread)
    things = sorted((*content.things, *cached.things), key=_in_order)
    public = _public_paths(things, faults, today) - refused
    resolved, stray = _between(root, files, used, things, built_in, public)
    clashing = _less_those_that_yield(_unlinked(misplaced, things, files), files, public)
    of_site = (*problems, *unread, *discovery.unusable(root), *checked.problems)
    everything = (*of_site, *clashing, *faults, *stray)
    at_fault = {problem.where.path for problem in everything if problem.is_error}
    return LoadedSite(
        settings=resolved,
        templates=found,
        checked_assets=checked,
        built_in=built_in,
        files=files,
        valid=loader.without(content, at_fault),
        cached=cached.without(at_fault),
        # without settings, many other problems are only consequences
        problems=problems if chosen is None else everything,
        inputs=up_to_date.inputs(root, files.stats),
        scanned_at=scanned_at,
        context=context,
        digests=_digests(readings, cached),
        today=today,
    )


def _templates(root: Path) -> tuple[Templates, tuple[Problem, ...]]:
    """Return the templates; none, and the problem, if one can't be read."""
    folders = theme.layers(root, "templates")
    try:
        return environment.find_templates(folders), ()
    except OSError as error:
        path = str(error.filename).removeprefix(f"{root}/")
        return Templates(b"", {}), (discovery.unreadable(path, error),)


def _faults(readings: Iterable[Reading], unread: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems of content files; without templates, no layout is known."""
    faults = (problem for reading in readings for problem in reading.problems)
    return [problem for problem in faults if not (unread and problem.code is Code.UNKNOWN_LAYOUT)]


def _public_paths(things: Iterable[links.AnyThing], faults: Iterable[Problem], today: date) -> set[str]:
    broken = {problem.where.path for problem in faults if problem.is_error}
    return {thing.source.path for thing in things if _is_public(thing, today)} - broken


def _digests(readings: list[Reading], cached: CachedSite) -> dict[str, bytes]:
    """Return the digest of each content file by path."""
    read = {reading.path: reading.digest for reading in readings}
    return read | {path: file.state.digest for path, file in cached.files.items()}


def _read(
    context: ReadContext, sources: Sequence[Source], cached: CachedSite, today: date, pool: WorkerPool
) -> list[Reading]:
    """Read all files without a valid cached reading; of known withheld files only the front matter."""
    unread = [source for source in sources if source.path not in cached.files]
    readings = loader.read(context, [(source, source.path in cached.withheld) for source in unread], pool)
    cleared = {
        reading.path
        for reading in readings
        if reading.path in cached.withheld
        and isinstance(reading.thing, Draft | ItemDraft)
        and gate.is_cleared(reading.thing, today)
    }
    if not cleared:
        return readings
    tasks = [(source, False) for source in unread if source.path in cleared]
    whole = loader.read(context, tasks, pool)
    by_path = {reading.path: reading for reading in (*readings, *whole)}
    return list(by_path.values())


def _is_public(thing: links.AnyThing, today: date) -> bool:
    """Return whether visitors see a thing on a day; what the gate let through before, they do."""
    return not isinstance(thing, Draft | ItemDraft) or gate.is_cleared(thing, today)


def _unlinked(
    problems: Iterable[Problem], things: Iterable[links.AnyThing], files: ContentFiles
) -> Iterator[Problem]:
    """Yield the problems, less those of PDFs that a text links to."""
    linked = {
        link.path
        for thing in things
        for link in documents.linked(thing.body.links, thing.source.path, files.others)
    }
    return (problem for problem in problems if problem.where.path not in linked)


def _less_those_that_yield(
    problems: Iterable[Problem], files: ContentFiles, public: Set[str]
) -> Iterator[Problem]:
    """Yield the problems, less that of the one public file among those that share an address: it keeps it."""
    kept = {
        clashes[owners[0]]
        for clashes in discovery.clashes(files.sources)
        if len(owners := [path for path in clashes if path in public]) == 1
    }
    return (problem for problem in problems if problem not in kept)


def _between(
    root: Path,
    files: ContentFiles,
    used: Settings,
    things: list[links.AnyThing],
    built_in: frozenset[str],
    public: Set[str],
) -> tuple[Settings, list[Problem]]:
    """Check the links and addresses between files; return the settings with resolved links, and problems."""
    index = links.LinkIndex(files, things, built_in)
    resolved, remarks = links.follow_settings(used, index)
    left_out = [replace(loader.place(root, settings.PATH, remark), part=part) for part, remark in remarks]
    stray = (loader.place(root, path, remark) for path, remark in links.check(index, files, things, public))
    return resolved, [*left_out, *stray]


def read_whole(root: Path, found: LoadedSite, source: Source, data: bytes | None = None) -> Reading:
    """Read one file of a loaded site completely, even if only its front matter was read before.

    `data` are the bytes to read instead of those of the file.
    """
    return loader.read_one(_context(root, found), source, data)


def read_brief(root: Path, found: LoadedSite, source: Source) -> Reading:
    """Read the front matter of one file of a loaded site, without its text and pictures."""
    return loader.read_one(_context(root, found), source, brief=True)


def _context(root: Path, found: LoadedSite) -> ReadContext:
    return ReadContext(root, found.files.others, found.settings, found.templates.layouts)


def _in_order(thing: links.AnyThing) -> tuple[int, str]:
    """Return a sort key: the same one of two files with an alias gets it, whichever is cached."""
    return KINDS.index(thing.source.kind), thing.source.path
