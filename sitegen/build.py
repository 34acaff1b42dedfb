"""The corridor: what happens to a story, from its file to the public site, in order.

    read ─▶ check ─▶ clear ─▶ develop ─▶ arrange ─▶ plan ─▶ make ─▶ publish

A submission (a story or an item) that is at fault is held back alone; when the site itself is at
fault nothing is published and the old site stands. Up to `make` everything is a value; only the
stage writes, and only `publish` lets anybody see it.
"""

import contextlib
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from sitegen import (
    campaign,
    consent,
    content,
    feeds,
    images,
    markup,
    memory,
    pages,
    press,
    publish,
    references,
    settings,
    starter,
    taxonomy,
    templates,
)
from sitegen.addresses import file_of
from sitegen.desk import Help
from sitegen.images import Recipe
from sitegen.jobs import Job
from sitegen.model import Checked, Item, Settings, Site, Story, Withheld
from sitegen.press import Edition, Pictured
from sitegen.problems import Problem
from sitegen.scan import Shelf, scan
from sitegen.starter import Asset
from sitegen.templates import TemplateFault
from sitegen.workshop import Workshop

Tell = Callable[[str], None]
"""Takes a line on each thing that is made, as it happens."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a build. `today` decides what is cleared; `workers` never changes the result.

    Where `publish` is false everything is made as it would be, and nothing outlives the build.
    """

    root: Path
    out: Path
    today: date
    clean: bool = False
    workers: int = 1
    publish: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """How a build went: `published` counts stories; `made`, `reused` and `removed` count files."""

    published: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    made: int = 0
    reused: int = 0
    removed: int = 0
    seconds: float = 0.0

    @property
    def held_back(self) -> tuple[str, ...]:
        """The submissions that a mistake in them keeps from being published."""
        return tuple(path for path in _at_fault(self.problems) if content.is_submission(path))

    @property
    def site_at_fault(self) -> bool:
        """Whether a mistake in the site itself kept everything from being published."""
        return len(self.held_back) < len(_at_fault(self.problems))


def build(order: Order, tell: Tell = lambda _: None) -> Report:
    """Build the site and publish it, unless it is at fault or only a check was ordered."""
    started = time.perf_counter()
    report = _build(order, tell)
    return replace(
        report,
        withheld=tuple(sorted(report.withheld, key=lambda withheld: withheld.path)),
        problems=tuple(sorted(set(report.problems))),
        seconds=time.perf_counter() - started,
    )


def _build(order: Order, tell: Tell) -> Report:
    chosen, problems = settings.read(order.root)
    if chosen is None:
        return Report(problems=problems)
    found = templates.find(starter.layers(order.root, "templates"))
    assets = starter.assets(order.root)

    # read and check: every file to its end, then what stands between them
    shelf, misplaced = scan(order.root)
    helping = Help(markup.render, images.look, images.ENDINGS, found.layouts)
    checked, faults = content.check(order.root, shelf, chosen, helping)
    own = {*feeds.ADDRESSES, *press.TITLES, *(f"/assets/{asset.name}" for asset in assets)}
    chosen, stray = _followed(order.root, shelf, checked, chosen, own)
    report = Report(problems=(*misplaced, *faults, *stray))
    if report.site_at_fault:
        return report

    # clear: only from here on are there stories
    sound = content.without(checked, set(report.held_back))
    stories, withheld = consent.clear(sound.stories, order.today)
    items, withheld_items = consent.clear_items(sound.items, order.today)
    report = replace(report, withheld=withheld + withheld_items)

    standing = publish.standing(order.out)
    if isinstance(standing, Problem):
        return replace(report, problems=(*report.problems, standing))
    known = memory.EMPTY if order.clean else memory.load(order.root, standing.identity)
    with (
        publish.Stage(order.out, standing, rehearsal=not order.publish) as stage,
        _executor(order.workers) as executor,
    ):
        workshop = Workshop(stage, known, executor, tell)

        # develop: a photo that can't be decoded holds back what would have shown it
        colours, spoiled = _develop(
            order.root, workshop, chosen, [*stories, *items, *sound.pages, *sound.networks]
        )
        report = replace(report, problems=report.problems + spoiled)
        if report.site_at_fault:
            return report
        stories, items = _without(stories, spoiled), _without(items, spoiled)

        # arrange, plan, make
        site = taxonomy.arrange(chosen, sound.pages, sound.networks, items, stories)
        edition = press.edition(site, found, colours, assets, own | set(_standing(site)), order.today)
        report = replace(report, problems=report.problems + _make(workshop, edition, assets))
        if report.site_at_fault:
            return report

        if order.publish:
            workshop.publish(order.root)
        return replace(
            report,
            published=len(stories),
            withheld=report.withheld
            + tuple(Withheld(path, "there is a mistake in it") for path in report.held_back),
            made=workshop.made,
            reused=workshop.reused,
            removed=len(standing.digests.keys() - stage.tree.digests.keys()),
        )


# -- steps of the corridor that belong to no room -------------------------------------------


def _at_fault(problems: Iterable[Problem]) -> list[str]:
    """Return the files with something in them that can't be published."""
    return sorted({problem.where.path for problem in problems if problem.is_error})


def _executor(workers: int) -> contextlib.AbstractContextManager[ThreadPoolExecutor | None]:
    return ThreadPoolExecutor(workers) if workers > 1 else contextlib.nullcontext()


def _followed(
    root: Path, shelf: Shelf, checked: Checked, chosen: Settings, own: set[str]
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings with their links followed, and the problems between files."""
    atlas = references.Atlas(shelf, checked, own)
    followed, remarks = references.follow_settings(chosen, atlas)
    placed = [(settings.PATH, remark) for remark in remarks]
    placed.extend(references.check(atlas, shelf, checked))
    return followed, tuple(content.place(root, path, remark) for path, remark in placed)


def _develop(
    root: Path, workshop: Workshop, chosen: Settings, things: list[Pictured]
) -> tuple[dict[Recipe, str], tuple[Problem, ...]]:
    """Make the pictures of all things; return the colour of each, and the problems of those that fail."""
    shown = [
        (thing, photo, recipe) for thing in things for photo, recipe in press.recipes(thing, chosen.images)
    ]
    planned = {
        recipe: Job(
            tuple(map(file_of, images.addresses(recipe))),
            {"recipe": repr(recipe)},
            partial(images.develop, root / photo.path, recipe),
        )
        for _, photo, recipe in shown
    }
    failed = {made.job.paths for made in workshop.make(planned.values())}
    problems = tuple(
        content.place(root, thing.source.path, images.unreadable(Path(photo.path).name))
        for thing, photo, recipe in shown
        if planned[recipe].paths in failed
    )
    colours = {
        recipe: images.colour(workshop.stage.read(job.paths[0]))
        for recipe, job in planned.items()
        if job.paths not in failed
    }
    return colours, problems


Submission = TypeVar("Submission", Story, Item)


def _without(things: tuple[Submission, ...], spoiled: tuple[Problem, ...]) -> tuple[Submission, ...]:
    paths = {problem.where.path for problem in spoiled}
    return tuple(thing for thing in things if thing.source.path not in paths)


def _standing(site: Site) -> list[str]:
    """Return the address of every page of the site."""
    return [*pages.standing(site), *campaign.standing(site)]


def _make(workshop: Workshop, edition: Edition, assets: tuple[Asset, ...]) -> tuple[Problem, ...]:
    """Make everything but the pictures, which are there already; return what is wrong with templates."""
    copies = (
        Job((f"assets/{asset.name}",), {"file": asset.digest}, partial(_copy, asset.file)) for asset in assets
    )
    try:
        planned = [
            *copies,
            *pages.plan(edition),
            *campaign.plan(edition),
            *feeds.plan(edition, _standing(edition.site)),
        ]
    except TemplateFault as fault:  # figures in texts are set while the pages are planned
        return (fault.problem,)
    problems = []
    for made in workshop.make(planned):
        if not isinstance(made.error, TemplateFault):
            raise made.error
        problems.append(made.error.problem)
    return tuple(problems)


def _copy(file: Path) -> tuple[bytes]:
    return (file.read_bytes(),)
