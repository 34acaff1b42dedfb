"""The corridor: what happens to a story, from its file to the public site, in order.

    read ─▶ check ─▶ clear ─▶ develop ─▶ arrange ─▶ plan ─▶ make ─▶ publish

A submission (a story or an item) that is at fault is held back alone; when the site itself is at
fault nothing is published and the old site stands. Up to `make` everything is a value; only the
stage writes, and only `publish` lets anybody see it.
"""

import contextlib
import gc
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace

from sitegen import alarm as alarms
from sitegen import (
    campaign,
    cards,
    consent,
    development,
    directory,
    feeds,
    inspection,
    lock,
    output,
    pages,
    press,
    register,
    taxonomy,
)
from sitegen.alarm import Alarm
from sitegen.crew import Crew, Progress
from sitegen.jobs import Changed, Job, Output, ready
from sitegen.model import Item, Site, Story, Withheld
from sitegen.order import Order, Report, Tell
from sitegen.output import Standing
from sitegen.packing import digest_of
from sitegen.press import Edition, Pictured
from sitegen.problems import Problem, Where
from sitegen.recall import Readings
from sitegen.starter import Asset
from sitegen.survey import Survey, survey
from sitegen.templates import TemplateFault
from sitegen.venue import Folder, Venue
from sitegen.workshop import Outputs, Workshop


def build(
    order: Order,
    tell: Tell = lambda _: None,
    explain: Tell = lambda _: None,
    executor: Executor | None = None,
    progress: Progress = lambda *_: None,
    venue: Venue | None = None,
) -> Report:
    """Build the site and publish it, unless it is at fault or only a check was ordered.

    It is published in the folder that is ordered, unless there is another `venue`. `tell` takes what people
    should know at once; `explain` the reason for each file that is made; `progress` how far it is. What can
    be done side by side goes to `executor`, where one is given; its workers must see the same disk.
    """
    started = time.perf_counter()
    venue = venue or Folder(order)
    report = _refused(order)
    if report is None:
        try:
            with (
                _without_collecting(),
                venue.hold(tell),
                Crew(order.workers, executor, progress) as crew,
            ):
                report = _build(order, venue, tell, explain, crew)
        except lock.Held as held:
            report = Report(problems=(held.problem,))
    return replace(
        report,
        withheld=tuple(sorted(report.withheld, key=lambda withheld: withheld.path)),
        problems=tuple(sorted(set(report.problems))),
        seconds=time.perf_counter() - started,
    )


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for what refers back to itself, which a build hardly makes.

    Among the hundreds of thousands of objects that stay until its end, each look takes longer.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _refused(order: Order) -> Report | None:
    """Return the report of a build whose output folder is out of the question."""
    reason = output.refused(order.out, order.root)
    if reason is None:
        return None
    message = f"the site can't be published here: {reason}."
    return Report(problems=(Problem(Where(str(order.out)), message, "Name another folder with --out."),))


def _build(order: Order, venue: Venue, tell: Tell, explain: Tell, crew: Crew) -> Report:
    standing = venue.standing()

    # read and check: every file to its end, but what was read before and still holds
    known = venue.known(standing.tree.identity, Readings)
    found = survey(order.root, crew, known, order.today)
    report = Report(problems=found.problems)

    # clear: only from here on are there stories
    stories, withheld = consent.clear(found.sound.stories, order.today)
    items, withheld_items = consent.clear_items(found.sound.items, order.today)
    stories, items = (*found.recalled.stories, *stories), (*found.recalled.items, *items)
    waiting = register.still_shown(order.out, standing.tree, found, stories, items)
    report = replace(report, withheld=withheld + withheld_items, waiting=waiting)
    if standing.foreign and not order.force:
        foreign = output.foreign_problem(order.out, standing.foreign)
        report = report.with_problems((foreign,))
    if report.site_at_fault:
        return report

    walk = Walk(order, venue, standing, found, crew, tell, explain)
    while True:
        done, named = _make_and_publish(walk, report, stories, items)
        report = done.with_problems(named)
        if not named or report.site_at_fault:
            return report
        # once more, without those that name what must not be named: they hold up nobody else
        stories, items = development.without(stories, named), development.without(items, named)


@dataclass(frozen=True, slots=True)
class Walk:
    """What stays the same on the second half of the way: what is asked, what was found, and who helps."""

    order: Order
    venue: Venue
    standing: Standing
    found: Survey
    crew: Crew
    tell: Tell
    explain: Tell


def _make_and_publish(
    walk: Walk, report: Report, stories: tuple[Story, ...], items: tuple[Item, ...]
) -> tuple[Report, tuple[Problem, ...]]:
    """Walk the second half: from what is cleared to what stands, unless the site turns out to be at fault.

    Nothing stands, either, where the problems are returned of texts that name what must not be published.
    """
    root, found = walk.order.root, walk.found
    known = walk.venue.known(walk.standing.tree.identity, Outputs)
    with walk.venue.stage(walk.standing.tree) as stage:
        workshop = Workshop(stage, walk.standing, known, walk.crew, walk.explain)

        # develop: a photo that can't be decoded holds back what would have shown it
        shown: list[Pictured] = [*stories, *items, *found.pages, *found.networks]
        colours, spoiled = development.develop(root, workshop, found.settings, shown)
        report = report.with_problems(spoiled)
        if report.site_at_fault:
            return report, ()
        stories, items = development.without(stories, spoiled), development.without(items, spoiled)

        # arrange, plan, make
        site = taxonomy.arrange(found.settings, found.pages, found.networks, items, stories)
        addresses = found.own | set(_standing(site))
        edition = press.edition(
            site, found.templates, colours, found.assets, addresses, found.digests, walk.order.today
        )
        secrets = inspection.secrets(root, found, edition)
        alarm = alarms.alarm(secrets)
        report = report.with_problems(_make(workshop, edition, found.assets, alarm))
        if report.site_at_fault:
            return report, ()

        # audit: what was made is looked through before anybody else sees it
        verdict = inspection.inspect(root, workshop, edition, secrets, alarm)
        report = report.with_problems(verdict.problems)
        if verdict.named or report.site_at_fault:
            return report, verdict.named

        # publish: in one step, and only now; what is excused today has to be looked at again tomorrow
        return _publish(walk, workshop, edition, report, "" if verdict.excused else alarm.digest), ()


def _publish(walk: Walk, workshop: Workshop, edition: Edition, report: Report, audited: str) -> Report:
    """Let the new site stand, if that was ordered, and report it; `audited` is remembered with it."""
    tree, standing = workshop.stage.tree, walk.standing
    if walk.order.publish:
        if standing.foreign:
            aside = output.move_aside(walk.order.out, standing.foreign)
            walk.tell(f"Moved aside to {aside}: {', '.join(standing.foreign)}")
        outputs = workshop.remember(audited)
        with ThreadPoolExecutor(1) as packer:  # the disk takes its time to write, and needs nobody for it
            parcel = packer.submit(walk.venue.pack_up, walk.found, edition, report, outputs)
            workshop.publish()
        walk.venue.leave(tree, walk.found, edition, report, parcel.result())
    held_back = tuple(Withheld(path, register.MISTAKE) for path in report.held_back)
    return replace(
        report,
        published=len(edition.site.stories),
        withheld=report.withheld + held_back,
        made=len(workshop.fresh),
        reused=workshop.reused,
        removed=len(standing.tree.digests.keys() - tree.digests.keys()),
        waiting=(),
    )


# -- steps of the corridor that belong to no room -------------------------------------------


def _standing(site: Site) -> list[str]:
    """Return the address of every page of the site."""
    return [*pages.standing(site), *campaign.standing(site), *directory.standing(site)]


def _make(
    workshop: Workshop, edition: Edition, assets: tuple[Asset, ...], alarm: Alarm
) -> tuple[Problem, ...]:
    """Make everything but the pictures, which are there already; return what is wrong with templates."""
    copies = (Job((f"assets/{asset.name}",), {"file": asset.digest}, ready(_copy, asset)) for asset in assets)
    try:
        planned = [
            *copies,
            *pages.plan(edition),
            *campaign.plan(edition),
            *directory.plan(edition),
            *cards.plan(edition, workshop.stage.folder),
            *feeds.plan(edition, _standing(edition.site)),
        ]
    except TemplateFault as fault:  # figures in texts are set while the pages are planned
        return (fault.problem,)
    problems = []
    for made in workshop.make(planned, "Making pages", alarm):
        match made.error:
            case TemplateFault(problem=problem):
                problems.append(problem)
            case Changed():
                message = "this file changed while the site was being built."
                problems.append(Problem(Where(made.job.paths[0]), message, "Build again."))
            case error:
                raise error
    return tuple(problems)


def _copy(asset: Asset) -> Output:
    data = asset.file.read_bytes()
    if digest_of(data) != asset.digest:
        raise Changed(str(asset.file))
    return Output((data,))
