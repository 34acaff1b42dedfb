"""The house: what the preview shows, and what is still to be done for it, in the order it was handed over."""

import contextlib
import queue
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitegen import backstage, chronicle, glance, overlay, starter, words
from sitegen.addresses import file_of
from sitegen.answers import Showing
from sitegen.backstage import Backstage, Hidden
from sitegen.build import build
from sitegen.greenroom import Greenroom
from sitegen.order import Order, Report
from sitegen.overlay import Trouble
from sitegen.problems import Problem, Where
from sitegen.progress import Bar
from sitegen.rehearsal import Album, Rehearsed, rehearse
from sitegen.stats import Stat

EVERYTHING = "*"
"""What browsers are told when they have to reload the page; else it is the path of a style sheet."""

Task = Callable[[], None] | frozenset[str]
"""What is handed over: something to do, or the paths of files that changed."""

MANY = 4
"""Files that change together when they are copied or when a branch is switched; others follow them."""

PATIENCE = 0.2
"""Seconds without a change after which no others follow."""

AGAIN = 3
"""Builds that are tried again, because a file that was there is not there any more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a preview. Without a `day` it is today, whatever day that comes to be."""

    root: Path
    port: int = 8000
    host: str = "127.0.0.1"
    day: date | None = None
    workers: int = 1
    open_browser: bool = False
    admin: bool = False

    def today(self) -> date:
        """Return the day to take for today."""
        return self.day or date.today()


class House:
    """Builds whenever something changed, and shows what came of it."""

    def __init__(self, wish: Wish, room: Greenroom) -> None:
        self.wish, self.room = wish, room
        self.showing = Showing(
            Backstage(wish.root, wish.today(), "", None, Report(), {}), has_admin=wish.admin
        )
        self.tell_browsers: Callable[[str], None] = lambda _: None
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._day = wish.today()
        self._looked: Mapping[str, Stat] = {}
        self._visible: object = None
        self._album = Album()

    # -- handed over by other threads -------------------------------------------------------

    def changed(self, paths: frozenset[str]) -> None:
        """Take note of files that changed; of none where it is only time to look."""
        self._tasks.put(paths)

    def rehearse(self, hidden: Hidden, with_card: bool) -> "Future[Rehearsed]":
        """Have the page of what is withheld made when its turn has come; and, if wished, its card."""
        future: Future[Rehearsed] = Future()

        def make() -> None:
            try:
                future.set_result(self._rehearsed(hidden, with_card))
            except Exception as error:  # whoever waits for it tells it
                future.set_exception(error)

        self._tasks.put(make)
        return future

    def _rehearsed(self, hidden: Hidden, with_card: bool) -> Rehearsed:
        root, backdrop, today = self.wish.root, self.room.backdrop, self.wish.today()
        if backdrop is None:
            return Rehearsed()
        return rehearse(root, backdrop, hidden.source, today, self._album, with_card)

    # -- one thing after the other ----------------------------------------------------------

    def work(self) -> None:
        """Do what is handed over, for ever."""
        while True:
            # without an end to waiting, Windows would not notice Ctrl-C
            with contextlib.suppress(queue.Empty):
                self._do(self._tasks.get(timeout=0.5))

    def _do(self, first: Task) -> None:
        """Do a task and all that have come in by now; whatever changed meanwhile is built once."""
        tasks = gathered(first, self._tasks)
        changes = [task for task in tasks if isinstance(task, frozenset)]
        changed = frozenset[str]().union(*changes)
        try:
            missed = self._missed() if changes and not changed else None
            if changed or missed is not None:
                self.build(changed or missed or changed)
        finally:
            for task in tasks:
                if not isinstance(task, frozenset):
                    task()

    def _missed(self) -> frozenset[str] | None:
        """Return the files that lie otherwise than when they were read last, though nobody told of them.

        There may be none, and still something to do: on another day, and after a build that failed. None
        where there is nothing to do.
        """
        then, changed = self._looked, set[str]()
        with contextlib.suppress(OSError):  # a folder that can't be looked at: the build will tell
            now = glance.inputs(self.wish.root) if then else {}
            changed = {path for path in now.keys() | then.keys() if now.get(path) != then.get(path)}
            if then and not changed and self.wish.today() == self._day:
                return None
        return frozenset(path.removeprefix(f"{self.wish.root}/") for path in changed)

    def build(self, changed: frozenset[str]) -> None:
        """Build, show what came of it, and tell of it."""
        started = time.perf_counter()
        before, today = self.showing, self.wish.today()
        swapped, over = False, set[Path]()
        order = Order(self.wish.root, self.room.folder / "preview", today, workers=self.wish.workers)
        try:
            swapped = self._swap_styles(changed)
            over = self._show(self._built(order), today)
        except Exception as error:  # a preview doesn't end because of an error of ours
            self._looked = {}
            self.showing = replace(self.showing, trouble=_trouble(error))
        if self._looks_otherwise(swapped):
            # pictures of rehearsals are forgotten: one of the stories may have been withdrawn
            self._album = Album()
            self.showing = replace(self.showing, generation=before.generation + 1, pictures={})
            self.tell_browsers(EVERYTHING)
        for file in over:
            file.unlink(missing_ok=True)
        for line in chronicle.lines(
            before, self.showing, changed, self.room.hanging.fresh, time.perf_counter() - started
        ):
            words.say(*line)

    def _built(self, order: Order) -> Report:
        """Build; where a file goes away in the middle of it, as when a folder is renamed, build again."""
        for _ in range(AGAIN):
            with contextlib.suppress(FileNotFoundError):
                return self._build(order)
            time.sleep(PATIENCE)
        return self._build(order)

    def _build(self, order: Order) -> Report:
        with Bar() as bar:
            return build(order, bar.say, progress=bar.tell, venue=self.room)

    def _swap_styles(self, changed: frozenset[str]) -> bool:
        """Where nothing but style sheets changed, show them at once: the pages' words stay as they are."""
        files = {f"assets/{asset.name}": asset.file for asset in starter.assets(self.wish.root)}
        standing = self.room.hanging.files
        if not changed or not all(
            path.endswith(".css") and path in standing and path in files for path in changed
        ):
            return False
        for path in changed:
            self.room.swap(path, files[path].read_bytes())
        self.showing = replace(self.showing, files={**self.room.left, **self.room.hanging.files})
        for path in sorted(changed):
            self.tell_browsers(f"/{path}")
        return True

    def _show(self, report: Report, today: date) -> set[Path]:
        """Show what stands now, and the last good pages of what a mistake holds back; return what is over."""
        root, backdrop = self.wish.root, self.room.backdrop
        over = self.room.take_down(self._held_back(report))
        base = backdrop.edition.view.base if backdrop else ""
        hidden = backstage.hidden(backdrop, report, today)
        self._looked = {} if report.site_at_fault or not backdrop else backdrop.found.inputs
        self._day = today
        self.showing = Showing(
            stage=Backstage(root, today, base, backdrop, report, hidden),
            files={**self.room.left, **self.room.hanging.files},
            trouble=Trouble(tuple(problem for problem in report.problems if problem.is_error)),
            generation=self.showing.generation,
            pictures=self.showing.pictures,
            has_admin=self.wish.admin,
        )
        return over

    def _held_back(self, report: Report) -> set[str]:
        """Return the pages of stories with a mistake in them, unless their files speak of a withdrawal."""
        if not self.room.backdrop:
            return set()
        kept = {path for path in report.held_back if not overlay.says_withdrawn(self.wish.root, path)}
        shelf = self.room.backdrop.found.shelf
        return {file_of(source.address) for source in shelf.sources if source.path in kept}

    def _looks_otherwise(self, swapped: bool) -> bool:
        """Tell whether a browser would see anything else than before; of style sheets it was told."""
        stage, tree = self.showing.stage, self.room.hanging.tree.identity
        withheld: object = ()
        if stage.backdrop and stage.hidden:
            found = stage.backdrop.found
            files = [found.digests.get(each.source.path) for each in stage.hidden.values()]
            withheld = (files, {path: found.shelf.stats[path] for path in found.shelf.others})
        was = self._visible
        visible = (self.showing.trouble, stage.report.problems, stage.hidden, withheld)
        self._visible = (tree, *visible)
        if swapped and isinstance(was, tuple):
            return bool(was[1:] != visible)
        return was != self._visible


def _trouble(error: Exception) -> Trouble:
    """Return what to tell of an error: a full disk, or a file that nobody may read, is none of ours."""
    if isinstance(error, OSError) and error.strerror and not isinstance(error, FileNotFoundError):
        hint = "Mend that; the preview goes on by itself."
        return Trouble((Problem(Where(str(error.filename or "the disk")), f"{error.strerror}.", hint),))
    return Trouble(crash=overlay.report_of(error))


def gathered(first: Task, tasks: "queue.SimpleQueue[Task]") -> list[Task]:
    """Return a task and all that have come in by now; where many files change at once, those that follow."""
    found = [first]
    with contextlib.suppress(queue.Empty):
        while True:
            found.append(tasks.get(timeout=PATIENCE if _are_many(found) else 0))
    return found


def _are_many(tasks: list[Task]) -> bool:
    """Tell whether so much changed, and nothing else is waited for, that more will."""
    changes = [task for task in tasks if isinstance(task, frozenset)]
    return len(changes) == len(tasks) and len(frozenset[str]().union(*changes)) >= MANY
