"""A glance: where no file has changed and no day has come that matters, there is nothing to do.

It looks at how every file lies and opens none, but for those that are withheld: nothing is remembered
of them, so why they are has to be read again. Templates, Markdown and pictures are not even imported.
"""
# ruff: noqa: PLC0415

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import consent, listing, memory, output, scan, starter
from sitegen.consent import Span
from sitegen.listing import NONE_KNOWN, Folders
from sitegen.model import Announcement, Draft, ItemDraft, Withheld
from sitegen.order import Order, Report
from sitegen.packing import digest
from sitegen.stats import Stat, is_settled


@dataclass(frozen=True, slots=True)
class Glance:
    """How everything lay when the site that stands was built, and the days on which it stays the same.

    `inputs` and `outputs` are digests of how the files lie, `published` and `files` how many there are.
    `withheld` knows each withheld file by a digest of its path.
    """

    inputs: str
    outputs: str
    span: Span
    published: int
    files: int
    withheld: frozenset[str]


def nothing_to_do(order: Order) -> Report | None:
    """Return the report of a build that finds nothing to do; None where there may be something."""
    started = time.perf_counter()
    if order.clean or not order.publish or output.refused(order.out, order.root):
        return None
    tree = output.identity(order.out)
    known = memory.load(order.root, tree, Glance)
    if (
        known is None
        or not memory.is_tidy(order.root, tree)
        or not output.is_tidy(order.out)
        or not consent.holds(known.span, order.today)
        or known.inputs != _digest(inputs(order.root))
        or known.outputs != _digest(_outputs(order, tree))
    ):
        return None
    withheld = _withheld(order, known) if known.withheld else ()
    if withheld is None:
        return None
    return Report(
        published=known.published,
        withheld=withheld,
        reused=known.files,
        seconds=time.perf_counter() - started,
    )


def take(
    before: Mapping[str, Stat],
    looked: int,
    span: Span,
    published: int,
    outputs: Mapping[str, Stat],
    withheld: Iterable[str],
) -> Glance | None:
    """Return the glance at a site that was just built, whose inputs lay as they did in a moment (ns) before.

    `outputs` says how its files lie now. None where something changed so shortly before that moment that
    it could change again unseen.
    """
    if not all(is_settled(stat, looked) for stat in before.values()):
        return None
    return Glance(
        inputs=_digest(before),
        outputs=_digest(outputs),
        span=span,
        published=published,
        files=len(outputs) - 1,  # the mark is none
        withheld=frozenset(map(scan.key, withheld)),
    )


def inputs(root: Path, content: Mapping[str, Stat] | None = None) -> dict[str, Stat]:
    """Return how everything lies that a site is made of, by path; of its content, that may be known."""
    found = dict(scan.look(root) if content is None else content)
    for name in ("templates", "assets"):
        for layer in starter.layers(root, name):
            found.update(scan.look(Path(layer), layer))
    return found


def days(spans: Iterable[Span], announcement: Announcement | None, today: date) -> Span:
    """Return the first and the last day on which all spans hold, and the announcement is as it is today."""
    first, last = consent.ALWAYS
    for begins, ends in spans:
        first, last = max(first, begins), min(last, ends)
    if announcement is None:
        return first, last
    start, until = announcement.start.toordinal(), announcement.until.toordinal()
    if today.toordinal() < start:
        return first, min(last, start - 1)
    if today.toordinal() > until:
        return max(first, until + 1), last
    return max(first, start), min(last, until)


def _outputs(order: Order, tree: str) -> dict[str, Stat]:
    folders = memory.load(order.root, tree, Folders) or NONE_KNOWN
    return output.lying(output.files(order.out, listing.look(order.out, folders)))


def _digest(stats: Mapping[str, Stat]) -> str:
    return digest(sorted(stats.items()))


def _withheld(order: Order, known: Glance) -> tuple[Withheld, ...] | None:
    """Return what is withheld and why; None where one of the files would not be withheld today."""
    from sitegen import content, settings
    from sitegen.crew import ALONE
    from sitegen.desk import BRIEFLY

    shelf, _ = scan.scan(order.root)
    tasks = [(source, True) for source in shelf.sources if scan.key(source.path) in known.withheld]
    chosen, _ = settings.read(order.root)
    if chosen is None:
        return None
    readings = content.read(order.root, tasks, shelf.others, chosen, BRIEFLY, ALONE)
    drafts = [reading.thing for reading in readings]
    _, withheld = consent.clear(tuple(draft for draft in drafts if isinstance(draft, Draft)), order.today)
    items = tuple(draft for draft in drafts if isinstance(draft, ItemDraft))
    _, withheld_items = consent.clear_items(items, order.today)
    both = withheld + withheld_items
    if len(both) < len(known.withheld):
        return None
    return tuple(sorted(both, key=lambda each: each.path))
