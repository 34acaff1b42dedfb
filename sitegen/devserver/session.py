"""Preview session: one work queue for rebuilds and for draft pages."""

import contextlib
import queue
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sitegen.build import build
from sitegen.commands.publication import Destination
from sitegen.content import site_zone
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code
from sitegen.core.urls import file_of
from sitegen.devserver import dashboard, draft_pages, log, overlay
from sitegen.devserver.dashboard import Hidden, Overview
from sitegen.devserver.draft_pages import DraftPage, PictureCache
from sitegen.devserver.log import NewBar, Say
from sitegen.devserver.overlay import Trouble
from sitegen.devserver.routes import PreviewState
from sitegen.devserver.target import BuiltSite, PreviewTarget
from sitegen.engine.file_state import Stat
from sitegen.pipeline import up_to_date
from sitegen.pipeline.request import BuildReport, BuildRequest
from sitegen.templating import theme

WHOLE_PAGE = "*"
"""Sent to browsers to reload the page; anything else is the path of a style sheet to exchange."""

Result = TypeVar("Result")

Task = Callable[[], None] | frozenset[str]
"""An item of the work queue: a function to call, or the paths of changed files."""

BULK_CHANGE = 4
"""Changed files from which a copy or a branch switch is assumed, so that more changes will follow."""

QUIET_SECONDS = 0.2
"""Seconds without a change after which a bulk change counts as finished."""

BUILD_ATTEMPTS = 3
"""Builds that are repeated because a file disappeared while it was read."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Options of `sitegen serve`. Without a `day`, the current one of the site's time zone is used.

    `forwarded` are names that a forwarding service has for this machine. With `edit`, others who have the
    token can change stories, too. The desk publishes to the `destination`.
    """

    root: Path
    port: int = 8000
    host: str = "127.0.0.1"
    day: date | None = None
    workers: int = 1
    open_browser: bool = False
    admin: bool = False
    forwarded: tuple[str, ...] = ()
    edit: bool = False
    destination: Destination = field(default_factory=Destination)

    def today(self) -> date:
        """Return the day to use as today."""
        return self.day or site_zone.today(self.root)


class PreviewSession:
    """Runs builds and draft renderings one at a time and publishes the result as `state`."""

    def __init__(self, options: ServeOptions, target: PreviewTarget, say: Say, new_bar: NewBar) -> None:
        self.options, self.target, self.say, self.new_bar = options, target, say, new_bar
        self.state = PreviewState(
            Overview(options.root, options.today(), "", None, BuildReport(), {}), has_admin=options.admin
        )
        self.reload_browsers: Callable[[str], None] = lambda _: None
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._day = options.today()
        self._inputs: Mapping[str, Stat] = {}
        self._last_visible: object = None
        self.pictures = PictureCache()

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.options.root

    @property
    def built(self) -> BuiltSite | None:
        """The site as it was last built; None if it never was."""
        return self.target.built

    def today(self) -> date:
        """Return the day to use as today."""
        return self.options.today()

    # -- called from other threads ----------------------------------------------------------

    def changed(self, paths: frozenset[str]) -> None:
        """Queue changed files for a rebuild; an empty set asks for a check without a known change."""
        self._tasks.put(paths)

    def render_draft(self, hidden: Hidden, with_card: bool) -> "Future[DraftPage]":
        """Queue the rendering of a hidden story or item, with its social card if `with_card`."""
        return self.run(lambda: self._rendered(hidden, with_card))

    def run(self, task: Callable[[], Result]) -> "Future[Result]":
        """Queue a task, so that no build runs at the same time; the future has its result."""
        future: Future[Result] = Future()

        def work() -> None:
            try:
                future.set_result(task())
            except Exception as error:  # the thread that waits for the future reports it
                future.set_exception(error)

        self._tasks.put(work)
        return future

    def _rendered(self, hidden: Hidden, with_card: bool) -> DraftPage:
        root, built, today = self.options.root, self.target.built, self.options.today()
        if built is None:
            return DraftPage()
        return draft_pages.render_draft(root, built, hidden.source, today, self.pictures, with_card)

    # -- work loop --------------------------------------------------------------------------

    def work(self) -> None:
        """Process the queue until an exception, such as KeyboardInterrupt, ends it."""
        while True:
            # without a timeout, Windows would not deliver Ctrl-C
            with contextlib.suppress(queue.Empty):
                self._process(self._tasks.get(timeout=0.5))

    def _process(self, first: Task) -> None:
        """Process a task and all others that are queued, with at most one build for all changes."""
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
        """Return the files that differ from the last build although no event was received for them.

        The set can be empty and a build still due: on a new day, and after a failed build. None means
        that no build is due.
        """
        then, changed = self._inputs, set[str]()
        with contextlib.suppress(OSError):  # the build reports a folder that can't be read
            now = up_to_date.inputs(self.options.root) if then else {}
            changed = {path for path in now.keys() | then.keys() if now.get(path) != then.get(path)}
            if then and not changed and self.options.today() == self._day:
                return None
        return frozenset(path.removeprefix(f"{self.options.root}/") for path in changed)

    def build(self, changed: frozenset[str]) -> None:
        """Build the site, update `state`, reload browsers and report in the terminal."""
        started = time.perf_counter()
        before, today = self.state, self.options.today()
        swapped, unused = False, set[Path]()
        out = self.target.folder / "preview"
        request = BuildRequest(self.options.root, out, today, workers=self.options.workers)
        try:
            swapped = self._swap_styles(changed)
            unused = self._update_state(self._built(request), today)
        except Exception as error:  # the preview outlives any error of a build
            self._inputs = {}
            self.state = replace(self.state, trouble=_trouble(error))
        if self._looks_different(swapped):
            # pictures of drafts are dropped, because one of the stories may have been withdrawn
            self.pictures = PictureCache()
            self.state = replace(self.state, generation=before.generation + 1, pictures={})
            self.reload_browsers(WHOLE_PAGE)
        for file in unused:
            file.unlink(missing_ok=True)
        seconds = time.perf_counter() - started
        for line in log.lines(before, self.state, changed, self.target.served.fresh, seconds):
            self.say(*line)

    def _built(self, request: BuildRequest) -> BuildReport:
        """Build; repeat if a file disappears meanwhile, for example because its folder is renamed."""
        for _ in range(BUILD_ATTEMPTS):
            with contextlib.suppress(FileNotFoundError):
                return self._build(request)
            time.sleep(QUIET_SECONDS)
        return self._build(request)

    def _build(self, request: BuildRequest) -> BuildReport:
        with self.new_bar() as bar:
            return build(request, bar.say, progress=bar.update, target=self.target)

    def _swap_styles(self, changed: frozenset[str]) -> bool:
        """If only style sheets changed, serve them at once, before the build; return whether it did."""
        files = {f"assets/{asset.name}": asset.file for asset in theme.assets(self.options.root)}
        served = self.target.served.files
        if not changed or not all(
            path.endswith(".css") and path in served and path in files for path in changed
        ):
            return False
        for path in changed:
            self.target.replace_file(path, files[path].read_bytes())
        self.state = replace(self.state, files={**self.target.last_good, **self.target.served.files})
        for path in sorted(changed):
            self.reload_browsers(f"/{path}")
        return True

    def _update_state(self, report: BuildReport, today: date) -> set[Path]:
        """Set `state` after a build; keep last good pages of faulty stories; return unused files."""
        root, built = self.options.root, self.target.built
        unused = self.target.retain(self._faulty_pages(report))
        base = built.context.view.base if built else ""
        hidden = dashboard.hidden(built, report, today)
        self._inputs = {} if report.site_at_fault or not built else built.loaded.inputs
        self._day = today
        self.state = PreviewState(
            overview=Overview(root, today, base, built, report, hidden),
            files={**self.target.last_good, **self.target.served.files},
            trouble=Trouble(tuple(problem for problem in report.problems if problem.is_error)),
            generation=self.state.generation,
            pictures=self.state.pictures,
            has_admin=self.options.admin,
        )
        return unused

    def _faulty_pages(self, report: BuildReport) -> set[str]:
        """Return the pages of stories with a problem, without those whose file mentions a withdrawal."""
        if not self.target.built:
            return set()
        kept = {path for path in report.held_back if not overlay.says_withdrawn(self.options.root, path)}
        sources = self.target.built.loaded.files.sources
        return {file_of(source.address) for source in sources if source.path in kept}

    def _looks_different(self, swapped: bool) -> bool:
        """Tell whether a browser would see a difference; swapped style sheets were sent before."""
        overview, tree = self.state.overview, self.target.served.tree.identity
        withheld: object = ()
        if overview.built and overview.hidden:
            loaded = overview.built.loaded
            files = [loaded.digests.get(each.source.path) for each in overview.hidden.values()]
            withheld = (files, {path: loaded.files.stats[path] for path in loaded.files.others})
        before = self._last_visible
        visible = (self.state.trouble, overview.report.problems, overview.hidden, withheld)
        self._last_visible = (tree, *visible)
        if swapped and isinstance(before, tuple):
            return bool(before[1:] != visible)
        return before != self._last_visible


def _trouble(error: Exception) -> Trouble:
    """Return what to show for an error: an OSError, such as a full disk, is not a bug of sitegen."""
    if isinstance(error, OSError) and error.strerror and not isinstance(error, FileNotFoundError):
        hint = "Fix that; the preview goes on by itself."
        where = Where(str(error.filename or "the disk"))
        return Trouble((Problem(Code.DISK_ERROR, where, f"{error.strerror}.", hint),))
    return Trouble(crash=overlay.report_of(error))


def gathered(first: Task, tasks: "queue.SimpleQueue[Task]") -> list[Task]:
    """Return a task and all queued ones; during a bulk change, wait for the changes that follow."""
    found = [first]
    with contextlib.suppress(queue.Empty):
        while True:
            found.append(tasks.get(timeout=QUIET_SECONDS if _is_bulk_change(found) else 0))
    return found


def _is_bulk_change(tasks: list[Task]) -> bool:
    """Tell whether many files changed and no rendering waits."""
    changes = [task for task in tasks if isinstance(task, frozenset)]
    return len(changes) == len(tasks) and len(frozenset[str]().union(*changes)) >= BULK_CHANGE
