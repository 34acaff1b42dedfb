"""Up-to-date check: reports a build with nothing to do without running one.

It compares file states and opens no file except withheld ones: nothing about them is cached, so the reasons
are read again. Templates, Markdown and pictures are not even imported.
"""
# ruff: noqa: PLC0415

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.consent.span import ALWAYS, Span, holds
from sitegen.content import discovery
from sitegen.core.model import Draft, ItemDraft, Withheld
from sitegen.engine import cache_store, dir_index, modes, output_tree
from sitegen.engine.dir_index import NONE_KNOWN, DirIndex
from sitegen.engine.file_state import Stat, is_settled
from sitegen.engine.serialization import digest
from sitegen.pipeline.request import BuildReport, BuildRequest
from sitegen.templating import theme

if TYPE_CHECKING:
    from sitegen.core.settings import Announcement


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """State of all files when the published site was built, and the days on which it stays the same.

    `inputs` and `outputs` are digests of file states; `published` and `files` are numbers of stories and
    files; `withheld` has a digest of the path of each withheld file.
    """

    inputs: str
    outputs: str
    span: Span
    published: int
    files: int
    withheld: frozenset[str]


def nothing_to_do(request: BuildRequest) -> BuildReport | None:
    """Return the report of a build with nothing to do; None if there may be something."""
    started = time.perf_counter()
    if request.clean or not request.publish or output_tree.refusal_reason(request.out, request.root):
        return None
    tree = output_tree.identity(request.out)
    known = cache_store.load(request.root, tree, Fingerprint)
    if (
        known is None
        or not cache_store.is_tidy(request.root, tree)
        or not output_tree.is_tidy(request.out)
        or not holds(known.span, request.today)
        or known.inputs != _digest(inputs(request.root))
        or not _is_current(request, tree, known)
    ):
        return None
    withheld = _withheld(request, known) if known.withheld else ()
    if withheld is None:
        return None
    return BuildReport(
        published=known.published,
        withheld=withheld,
        reused=known.files,
        seconds=time.perf_counter() - started,
    )


def fingerprint(
    before: Mapping[str, Stat],
    scanned_at: int,
    span: Span,
    published: int,
    outputs: Mapping[str, Stat],
    withheld: Iterable[str],
) -> Fingerprint | None:
    """Return the fingerprint of a site that was just built from inputs with the states `before`.

    The states were observed at `scanned_at` (ns); `outputs` has the states of the published files. None if
    an input changed so shortly before that it could change again unseen.
    """
    if not all(is_settled(stat, scanned_at) for stat in before.values()):
        return None
    return Fingerprint(
        inputs=_digest(before),
        outputs=_digest(outputs),
        span=span,
        published=published,
        files=len(outputs) - 1,  # without the mark
        withheld=frozenset(map(discovery.key, withheld)),
    )


def inputs(root: Path, content: Mapping[str, Stat] | None = None) -> dict[str, Stat]:
    """Return the states of all input files by path; those of `content/` can be given."""
    found = dict(discovery.look(root) if content is None else content)
    for name in ("templates", "assets"):
        for layer in theme.layers(root, name):
            found.update(discovery.look(Path(layer), layer))
    return found


def valid_days(spans: Iterable[Span], announcement: "Announcement | None", today: date) -> Span:
    """Return the first and the last day on which all spans hold and the announcement is as it is today."""
    first, last = ALWAYS
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


def _is_current(request: BuildRequest, tree: str, known: Fingerprint) -> bool:
    """Whether the published files are unchanged, and a web server can read them."""
    folders = cache_store.load(request.root, tree, DirIndex) or NONE_KNOWN
    listing = dir_index.scan(request.out, folders)
    stats = output_tree.files(request.out, listing)
    if listing.closed or any(modes.is_closed(stat.st_mode, modes.FILE) for stat in stats.values()):
        return False
    return known.outputs == _digest(output_tree.file_states(stats))


def _digest(stats: Mapping[str, Stat]) -> str:
    return digest(sorted(stats.items()))


def _withheld(request: BuildRequest, known: Fingerprint) -> tuple[Withheld, ...] | None:
    """Return what is withheld and why; None if one of the files would not be withheld today."""
    from sitegen.consent import gate
    from sitegen.content import loader, settings
    from sitegen.content.file_reader import ReadContext
    from sitegen.engine.workers import IN_PROCESS

    files, _ = discovery.scan(request.root)
    tasks = [(source, True) for source in files.sources if discovery.key(source.path) in known.withheld]
    chosen, _ = settings.read(request.root)
    if chosen is None:
        return None
    context = ReadContext(request.root, files.others, chosen, layouts=frozenset())
    readings = loader.read(context, tasks, IN_PROCESS)
    drafts = [reading.thing for reading in readings]
    _, withheld = gate.clear(tuple(draft for draft in drafts if isinstance(draft, Draft)), request.today)
    items = tuple(draft for draft in drafts if isinstance(draft, ItemDraft))
    _, withheld_items = gate.clear_items(items, request.today)
    both = withheld + withheld_items
    if len(both) < len(known.withheld):
        return None
    return tuple(sorted(both, key=lambda each: each.path))
