"""Build cache: the values a build stores so that the next one can skip work."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sitegen.consent import group
from sitegen.consent.span import ALWAYS, Span
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Draft, ItemDraft, Site
from sitegen.engine import cache_store, output_tree
from sitegen.engine.dir_index import DirIndex
from sitegen.engine.serialization import pack
from sitegen.pipeline import reading_cache, up_to_date
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.reading_cache import Read, Readings
from sitegen.pipeline.request import BuildReport, BuildRequest
from sitegen.pipeline.runner import Outputs
from sitegen.pipeline.up_to_date import Fingerprint
from sitegen.site.context import SiteContext


@dataclass(frozen=True, slots=True)
class BuildCache:
    """Readings and outputs for the next build; `packed` has them as bytes for the disk, by kind."""

    readings: Readings
    outputs: Outputs
    packed: Mapping[type, bytes] = field(default_factory=dict)


def make_cache(
    loaded: LoadedSite, site: Site, problems: tuple[Problem, ...], outputs: Outputs, folders: DirIndex
) -> BuildCache:
    """Return the cache of a build, packed for the disk."""
    readings = readings_of(loaded, site, problems)
    packed = {type(each): pack(each) for each in (folders, readings, outputs)}
    return BuildCache(readings, outputs, packed)


def save(
    request: BuildRequest,
    tree: str,
    loaded: LoadedSite,
    context: SiteContext,
    report: BuildReport,
    cache: BuildCache,
) -> None:
    """Write the cache to the disk; if that fails, the next build is a clean one."""
    with contextlib.suppress(OSError):  # the site is published by now
        for kind, packed in cache.packed.items():
            cache_store.save(request.root, tree, kind, packed)
        seen = _fingerprint(request, loaded, context, report, cache)
        if seen:
            cache_store.save(request.root, tree, Fingerprint, pack(seen))
    cache_store.remove_others(request.root, tree)


def readings_of(loaded: LoadedSite, site: Site, problems: tuple[Problem, ...]) -> Readings:
    """Return the readings to cache."""
    drafts: list[Draft | ItemDraft] = [*loaded.valid.stories, *loaded.valid.items]
    return reading_cache.remember(
        loaded.context,
        Read(loaded.files, loaded.scanned_at, loaded.digests, loaded.cached, loaded.today),
        drafts,
        (*site.pages, *site.networks, *site.items, *site.stories),
        {problem.where.path for problem in problems},
    )


def _fingerprint(
    request: BuildRequest, loaded: LoadedSite, context: SiteContext, report: BuildReport, cache: BuildCache
) -> Fingerprint | None:
    """Return the fingerprint for the up-to-date check; None if the next build must repeat problems."""
    if report.problems:
        return None
    spans = [*cache.readings.spans, *_spans_of_refusals(loaded, request.today)]
    return up_to_date.fingerprint(
        loaded.inputs,
        loaded.scanned_at,
        up_to_date.valid_days(spans, loaded.settings.announcement, request.today),
        published=len(context.site.stories),
        outputs={**cache.outputs.file_states, **output_tree.states_of(request.out, [output_tree.MARK])},
        withheld=[each.path for each in report.withheld],
    )


def _spans_of_refusals(loaded: LoadedSite, today: date) -> Iterator[Span]:
    """Yield the days in which a consent, also of a draft, neither begins nor stops to allow its photos."""
    drafts: list[Draft | ItemDraft] = [*loaded.valid.stories, *loaded.valid.items]
    for draft in drafts:
        for last in group.last_days(draft.people):
            yield (ALWAYS[0], last.toordinal()) if today <= last else (last.toordinal() + 1, ALWAYS[1])
