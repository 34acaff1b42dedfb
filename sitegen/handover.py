"""The handover: what a build leaves for the next one, so that it needn't do the same again."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen import glance, memory, output, recall
from sitegen.glance import Glance
from sitegen.listing import Folders
from sitegen.model import Draft, ItemDraft, Site
from sitegen.order import Order, Report
from sitegen.packing import pack
from sitegen.press import Edition
from sitegen.problems import Problem
from sitegen.recall import Readings
from sitegen.survey import Survey
from sitegen.workshop import Outputs


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the next build needn't read and make again; `packed` for the disk, by kind."""

    readings: Readings
    outputs: Outputs
    packed: Mapping[type, bytes] = field(default_factory=dict)


def pack_up(
    found: Survey, site: Site, problems: tuple[Problem, ...], outputs: Outputs, folders: Folders
) -> Parcel:
    """Pack what the next build needn't do again."""
    readings = read(found, site, problems)
    packed = {type(each): pack(each) for each in (folders, readings, outputs)}
    return Parcel(readings, outputs, packed)


def leave(order: Order, tree: str, found: Survey, edition: Edition, report: Report, parcel: Parcel) -> None:
    """Leave a parcel for the next build; where that fails, it does everything."""
    with contextlib.suppress(OSError):  # the site stands by now
        for kind, packed in parcel.packed.items():
            memory.save(order.root, tree, kind, packed)
        seen = _glance(order, found, edition, report, parcel)
        if seen:
            memory.save(order.root, tree, Glance, pack(seen))
    memory.forget_others(order.root, tree)


def read(found: Survey, site: Site, problems: tuple[Problem, ...]) -> Readings:
    """Return what to remember of what was read."""
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    return recall.remember(
        found.shelf,
        found.looked,
        found.context,
        found.recalled,
        found.digests,
        drafts,
        (*site.pages, *site.networks, *site.items, *site.stories),
        {problem.where.path for problem in problems},
    )


def _glance(order: Order, found: Survey, edition: Edition, report: Report, parcel: Parcel) -> Glance | None:
    """Return what tells the next build that it has nothing to do; None where there is something to say."""
    if report.problems:
        return None
    return glance.take(
        found.inputs,
        found.looked,
        glance.days(parcel.readings.spans.values(), found.settings.announcement, order.today),
        published=len(edition.site.stories),
        outputs={**parcel.outputs.lying, **output.look(order.out, [output.MARK])},
        withheld=[each.path for each in report.withheld],
    )
