"""The handover: what a build leaves for the next one, so that it needn't do the same again."""

import contextlib

from sitegen import glance, memory, output, recall
from sitegen.glance import Glance
from sitegen.model import Draft, ItemDraft, Site
from sitegen.order import Order, Report
from sitegen.press import Edition
from sitegen.problems import Problem
from sitegen.recall import Readings
from sitegen.survey import Survey
from sitegen.workshop import Outputs


def leave(order: Order, tree: str, found: Survey, edition: Edition, report: Report, outputs: Outputs) -> None:
    """Leave for the next build what it needn't do again; where that fails, it does everything."""
    with contextlib.suppress(OSError):  # the site stands by now
        readings = read(found, edition.site, report.problems)
        memory.save(order.root, tree, outputs)
        memory.save(order.root, tree, readings)
        seen = _glance(order, found, edition, report, readings, outputs)
        if seen:
            memory.save(order.root, tree, seen)
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


def _glance(
    order: Order, found: Survey, edition: Edition, report: Report, readings: Readings, outputs: Outputs
) -> Glance | None:
    """Return what tells the next build that it has nothing to do; None where there is something to say."""
    if report.problems:
        return None
    return glance.take(
        found.inputs,
        found.looked,
        glance.days(readings.spans.values(), found.settings.announcement, order.today),
        published=len(edition.site.stories),
        outputs={**outputs.lying, **output.look(order.out, [output.MARK])},
        withheld=[each.path for each in report.withheld],
    )
