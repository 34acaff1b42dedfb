"""A site read as an editor reads it: what a build would say, what could be better, and what mends itself."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from sitegen import advice, comparison, filing, galley, mending, outside, scaffold, settings
from sitegen.build import build
from sitegen.crew import Progress
from sitegen.model import Source
from sitegen.order import Order, Report
from sitegen.problems import Problem
from sitegen.scan import Shelf, scan


@dataclass(frozen=True, slots=True)
class Proofs:
    """What a build would report, and the advice, which holds nothing back."""

    report: Report
    advice: tuple[Problem, ...]
    mendable: tuple[str, ...] = ()
    """Files in which something mends itself."""


def proofread(order: Order, with_external: bool, progress: Progress = lambda *_: None) -> Proofs:
    """Check a site and write nothing; other websites are asked only `with_external` links."""
    report = build(order, progress=progress)
    shelf, _ = scan(order.root)
    found = sorted(advised(order.root, shelf))
    if with_external:
        found.extend(outside.check(outside.links(order.root, shelf)))
    told = {problem.where.path for problem in (*report.problems, *found)}
    mends = (source.path for source, *_ in _mends(order.root, shelf, told))
    return Proofs(report, tuple(found), tuple(mends))


def advised(root: Path, shelf: Shelf) -> Iterator[Problem]:
    """Yield everything that an editor would say: of each file, and of all of them side by side."""
    chosen, _ = settings.read(root)
    language = chosen.languages[0] if chosen else "en"
    everything = list(galley.read(root, shelf))
    for one in everything:
        if not one.is_withdrawn:
            yield from advice.advise(root, one, scaffold.look_at_photo, language)
    yield from comparison.compare(root, shelf, everything)


def mend(root: Path) -> Iterator[str]:
    """Mend what is safe to mend, file by file, and yield the difference that it made."""
    shelf, _ = scan(root)
    for source, before, after in _mends(root, shelf, {source.path for source in shelf.sources}):
        filing.replace(root / source.path, after)
        yield mending.difference(before, after, source.path)


def _mends(root: Path, shelf: Shelf, paths: Set[str]) -> Iterator[tuple[Source, bytes, bytes]]:
    """Yield, of the files at some paths, those in which something mends itself: before and after."""
    for source in shelf.sources:
        before = (root / source.path).read_bytes() if source.path in paths else b""
        after = mending.mended(before, source) if before else b""
        if after != before:
            yield source, before, after
