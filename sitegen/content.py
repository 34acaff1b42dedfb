"""Content files to checked drafts: every file is read to its end, and every fault in it is told at once."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sitegen import editorial, submissions
from sitegen.crew import Crew
from sitegen.desk import Desk, Help
from sitegen.model import Checked, Draft, ItemDraft, Kind, Network, Page, Settings, Source, Thing
from sitegen.packing import pack, unpack
from sitegen.problems import Problem, Remark
from sitegen.submissions import Known


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: what it holds, where its form could be filled, and what is wrong with it."""

    path: str
    digest: bytes
    thing: Thing | None
    problems: tuple[Problem, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        # between processes it travels packed, which is ten times as quick
        return _unpacked, (self.path, self.digest, type(self.thing), pack(self.thing), self.problems)


def _unpacked(
    path: str, digest: bytes, kind: type[Thing], packed: bytes, problems: tuple[Problem, ...]
) -> Reading:
    return Reading(path, digest, unpack(packed, kind), problems)


Task = tuple[Source, bool]
"""A file to be read, and whether its text can be passed over, since it is neither shown nor at fault."""


def read(
    root: Path, tasks: Sequence[Task], others: Set[str], settings: Settings, helping: Help, crew: Crew
) -> list[Reading]:
    """Read files to their end; `others` are the paths of all files that are not Markdown."""
    cost = COST + LOOK * min(1, _pictures(others, helping) / max(1, len(tasks)))
    costs = ((BRIEF_COST if brief else cost, (source, brief)) for source, brief in tasks)
    reading = partial(_read_all, root, others, settings, helping)
    return list(crew.each(reading, costs, "Reading", len(tasks)))


COST, BRIEF_COST = 1.0, 0.4
"""Milliseconds that a file of a page or two takes, with and without its text."""

LOOK = 4.0
"""Milliseconds that a look at a photo takes; which file shows one, is known only when it is read."""


def _pictures(others: Set[str], helping: Help) -> int:
    """Return how many pictures there are."""
    endings = tuple(helping.picture_endings)
    return sum(path.lower().endswith(endings) for path in others)


def _read_all(
    root: Path, others: Set[str], settings: Settings, helping: Help, tasks: Sequence[Task]
) -> list[Reading]:
    """Read several files, in whatever process this is."""
    readings, known = [], submissions.known(settings)
    for source, brief in tasks:
        desk = Desk(root, source, others, helping, brief)
        thing = _read(desk, settings, known)
        readings.append(Reading(source.path, desk.digest, thing, tuple(desk.problems)))
    return readings


def _read(desk: Desk, settings: Settings, known: Known) -> Thing | None:
    """Return what a file holds, or None where its form can't be filled."""
    match desk.source.kind:
        case Kind.STORY:
            return submissions.story(desk, known)
        case Kind.ITEM:
            return submissions.item(desk)
        case Kind.NETWORK:
            return editorial.network(desk)
        case Kind.PAGE:
            return editorial.page(desk, settings)


def checked(things: Iterable[Thing | None]) -> Checked:
    """Sort what was read by its kind."""
    found = list(things)
    return Checked(
        pages=tuple(thing for thing in found if isinstance(thing, Page)),
        networks=tuple(thing for thing in found if isinstance(thing, Network)),
        items=tuple(thing for thing in found if isinstance(thing, ItemDraft)),
        stories=tuple(thing for thing in found if isinstance(thing, Draft)),
    )


def without(checked: Checked, paths: Set[str]) -> Checked:
    """Return what was checked, less the files at the given paths."""
    return Checked(
        pages=tuple(page for page in checked.pages if page.source.path not in paths),
        networks=tuple(network for network in checked.networks if network.source.path not in paths),
        items=tuple(item for item in checked.items if item.source.path not in paths),
        stories=tuple(story for story in checked.stories if story.source.path not in paths),
    )


def place(root: Path, path: str, remark: Remark) -> Problem:
    """Return the problem that a remark on a file makes, with its line looked up."""
    text = (root / path).read_bytes().decode("utf-8-sig", "replace")
    return remark.at(path, text, 1)
