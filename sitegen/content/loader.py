"""Content loader: files to checked drafts, with every problem of every file."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.content import site_pages, submissions
from sitegen.content.file_reader import FileReader, ReadContext
from sitegen.content.submissions import Known
from sitegen.core.diagnostics import Problem, Remark, Where
from sitegen.core.model import Checked, Draft, ItemDraft, Kind, Network, Page, Source, Thing
from sitegen.core.picture_names import is_picture
from sitegen.engine import file_state
from sitegen.engine.serialization import pack, unpack
from sitegen.engine.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Reading:
    """Result of reading a file: its content, None if its front matter is faulty, and its problems."""

    path: str
    digest: bytes
    thing: Thing | None
    problems: tuple[Problem, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        # it is sent between processes in packed form, which is ten times as fast
        return _unpacked, (self.path, self.digest, type(self.thing), pack(self.thing), self.problems)


def _unpacked(
    path: str, digest: bytes, kind: type[Thing], packed: bytes, problems: tuple[Problem, ...]
) -> Reading:
    return Reading(path, digest, unpack(packed, kind), problems)


Task = tuple[Source, bool]
"""A file to read, and whether to skip its text, which is neither shown nor faulty."""


def read(
    context: ReadContext,
    tasks: Sequence[Task],
    pool: WorkerPool,
) -> list[Reading]:
    """Return the readings of files, in the order of the tasks."""
    cost = COST + LOOK * min(1, sum(map(is_picture, context.others)) / max(1, len(tasks)))
    costs = ((BRIEF_COST if brief else cost, (source, brief)) for source, brief in tasks)
    return list(pool.map_tasks(partial(_read_all, context), costs, "Reading", len(tasks)))


COST, BRIEF_COST = 1.0, 0.4
"""Milliseconds to read a file of a page or two, with and without its text."""

LOOK = 4.0
"""Milliseconds to probe a photo; only reading a file tells whether it has one."""


def _read_all(context: ReadContext, tasks: Sequence[Task]) -> list[Reading]:
    """Return the readings of some files; runs in a worker process."""
    known = submissions.known(context.settings)
    return [_reading(FileReader(context, source, brief), known) for source, brief in tasks]


def read_one(
    context: ReadContext, source: Source, data: bytes | None = None, *, brief: bool = False
) -> Reading:
    """Return the reading of one file in this process; `data` are bytes to read instead of its own."""
    return _reading(FileReader(context, source, brief, data), submissions.known(context.settings))


def _reading(reader: FileReader, known: Known) -> Reading:
    thing = _read(reader, known)
    return Reading(reader.source.path, reader.digest, thing, tuple(reader.problems))


def _read(reader: FileReader, known: Known) -> Thing | None:
    """Return the content of a file, or None if its front matter is faulty."""
    match reader.source.kind:
        case Kind.STORY:
            return submissions.story(reader, known)
        case Kind.ITEM:
            return submissions.item(reader)
        case Kind.NETWORK:
            return site_pages.network(reader)
        case Kind.PAGE:
            return site_pages.page(reader)


def checked(things: Iterable[Thing | None]) -> Checked:
    """Return content sorted by kind."""
    found = list(things)
    return Checked(
        pages=tuple(thing for thing in found if isinstance(thing, Page)),
        networks=tuple(thing for thing in found if isinstance(thing, Network)),
        items=tuple(thing for thing in found if isinstance(thing, ItemDraft)),
        stories=tuple(thing for thing in found if isinstance(thing, Draft)),
    )


def without(checked: Checked, paths: Set[str]) -> Checked:
    """Return checked content without the files at the given paths."""
    return Checked(
        pages=tuple(page for page in checked.pages if page.source.path not in paths),
        networks=tuple(network for network in checked.networks if network.source.path not in paths),
        items=tuple(item for item in checked.items if item.source.path not in paths),
        stories=tuple(story for story in checked.stories if story.source.path not in paths),
    )


def place(root: Path, path: str, remark: Remark) -> Problem:
    """Return the problem that a remark on a file makes, with its line looked up."""
    try:
        text = file_state.read(f"{root}/{path}").decode("utf-8-sig", "replace")
    except OSError:  # the remark is about the whole file then
        return Problem(remark.code, Where(path), remark.message, remark.hint, remark.severity)
    return remark.at(path, text, 1)
