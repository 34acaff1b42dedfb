"""The crew: hands work to other processes where that is quicker than doing it here."""

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import chain
from typing import Any

Work = Callable[[list[Any]], list[Any]]
"""Takes several tasks, and returns the result of each."""

PART = 25.0
"""Milliseconds of work that are handed over at once; less takes longer to hand over than to do here."""

ENOUGH = 100.0
"""Milliseconds of work that are worth other processes which begin with everything."""

AHEAD = 3
"""Parts for each worker that are handed over before their turn, so that none waits for the next."""

START = 1_000.0
"""Milliseconds of work that are worth processes which begin with nothing: each compiles the templates."""

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how many of the things to do are done, and how many there are."""


class Crew:
    """Other processes, started when they are worth it; as a context manager it ends them.

    With an executor of somebody else's the work goes there, and that executor is left running. `progress`
    is told after each part of the work.
    """

    def __init__(
        self, workers: int, executor: Executor | None = None, progress: Progress = lambda *_: None
    ) -> None:
        self.workers, self._lent, self._progress = workers, executor, progress
        self._spawned: Executor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._spawned:
            self._spawned.shutdown(cancel_futures=True)

    def each(self, function: Work, tasks: Iterable[tuple[float, Any]], doing: str, of: int) -> Iterator[Any]:
        """Yield the results of all tasks in their order; `doing` says what is done, `of` how many there are.

        Each task comes with the milliseconds that it takes, roughly; `function` takes several tasks and
        returns their results. Both must bear pickling, for where processes can't be forked.
        """
        done = 0
        for results in self._results(function, tasks):
            done += len(results)
            self._progress(doing, done, of)
            yield from results

    def _results(self, function: Work, tasks: Iterable[tuple[float, Any]]) -> Iterator[list[Any]]:
        """Yield the results of one part of the tasks after the other."""
        parts = _parts(tasks)
        # beside threads a fork can hang, and elsewhere there is none
        can_fork = sys.platform == "linux" and threading.active_count() == 1
        enough = ENOUGH if can_fork else START
        first, cost = _first(parts, enough)
        every = chain(first, (part for part, _ in parts))
        if self._lent:
            yield from self._ahead(self._lent, function, every)
        elif cost < enough or self.workers == 1:
            yield from map(function, every)
        elif can_fork:
            yield from self._forked(function, list(every))
        else:
            self._spawned = self._spawned or _processes(self.workers, _way())
            yield from self._ahead(self._spawned, function, every)

    def _forked(self, function: Work, parts: list[list[Any]]) -> Iterator[list[Any]]:
        """Have it done by processes that hold everything already: only numbers are sent to them.

        This one is a worker, too: each process that is forked comes to copy whatever memory it touches.
        """
        executor = _processes(self.workers - 1, "fork", _inherit, (function, parts))
        try:
            yield from self._ahead(executor, _done, range(len(parts)), lambda part: function(parts[part]))
        finally:
            executor.shutdown(cancel_futures=True)

    def _ahead(
        self,
        executor: Executor,
        function: Callable[[Any], list[Any]],
        parts: Iterable[Any],
        here: Callable[[Any], list[Any]] | None = None,
    ) -> Iterator[list[Any]]:
        """Yield the results of each part, handing them over only a little ahead of their turn.

        With `here`, parts that nobody has begun with are done by it while the next result isn't there.
        """
        waiting: deque[tuple[Any, Future[list[Any]]]] = deque()
        try:
            for part in parts:
                waiting.append((part, executor.submit(function, part)))
                if len(waiting) > AHEAD * self.workers:
                    yield _next(waiting, here)
            while waiting:
                yield _next(waiting, here)
        finally:
            for _, future in waiting:
                future.cancel()


def _next(
    waiting: deque[tuple[Any, Future[list[Any]]]], here: Callable[[Any], list[Any]] | None
) -> list[Any]:
    """Take away the first of those that wait, and return its result."""
    while here and not waiting[0][1].done():
        at = next((at for at, (_, future) in enumerate(waiting) if future.cancel()), None)
        if at is None:
            break
        part, done = waiting[at][0], Future[list[Any]]()
        done.set_result(here(part))
        waiting[at] = part, done
    return waiting.popleft()[1].result()


def _parts(tasks: Iterable[tuple[float, Any]]) -> Iterator[tuple[list[Any], float]]:
    """Gather tasks into parts of about equal cost, and yield each part with its cost."""
    part: list[Any] = []
    filled = 0.0
    for cost, task in tasks:
        part.append(task)
        filled += cost
        if filled >= PART:
            yield part, filled
            part, filled = [], 0.0
    if part:
        yield part, filled


def _first(parts: Iterator[tuple[list[Any], float]], enough: float) -> tuple[list[list[Any]], float]:
    """Take parts until their cost is enough, or there are no more; return them and their cost."""
    first, total = [], 0.0
    while total < enough and (ahead := next(parts, None)):
        first.append(ahead[0])
        total += ahead[1]
    return first, total


def _processes(
    workers: int, start: str, initializer: Any = None, arguments: tuple[Any, ...] = ()
) -> Executor:
    # it takes a while to import, and most builds need no other process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context(start)
    return ProcessPoolExecutor(workers, context, _begin, (initializer, arguments))


def _begin(initializer: Any, arguments: tuple[Any, ...]) -> None:
    # Ctrl-C is sent to all processes of a terminal; the one that began the work ends it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if initializer:
        initializer(*arguments)


def _way() -> str:
    """Return the quickest safe way to start a process beside threads.

    A fork of this process can hang there; on Linux one without threads, made for it, is forked instead.
    """
    return "forkserver" if expect_work() else "spawn"


def expect_work(module: str = "") -> bool:
    """Have a process wait, with a module imported, that others can be forked from; tell whether one does."""
    if sys.platform != "linux":
        return False
    # only here, because a build without threads never needs it
    from multiprocessing import forkserver  # noqa: PLC0415

    if module:
        multiprocessing.set_forkserver_preload([module])
    try:
        forkserver.ensure_running()
    except OSError:  # the name of its socket is too long where the folder for temporary files lies deep
        return False
    return True


# -- in a forked process --------------------------------------------------------------------

_inherited: list[tuple[Work, list[list[Any]]]] = []


def _inherit(function: Work, parts: list[list[Any]]) -> None:
    _inherited.append((function, parts))


def _done(number: int) -> list[Any]:
    function, parts = _inherited[0]
    return function(parts[number])


ALONE = Crew(1)
"""Nobody: everything is done here."""
