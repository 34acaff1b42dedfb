"""Worker pool: runs batches of tasks in other processes when that is faster."""

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import chain
from typing import Any, TypeVar

Result = TypeVar("Result")

BatchFunction = Callable[[list[Any]], list[Any]]
"""Takes several tasks, and returns the result of each."""

PART_COST = 25.0
"""Milliseconds of work in one batch; a smaller batch takes longer to send than to run."""

FORK_WORTH = 100.0
"""Milliseconds of work that justify forked processes, which start with all data in memory."""

PARTS_AHEAD = 3
"""Batches per worker that are submitted in advance, so that no worker is idle."""

SPAWN_WORTH = 1_000.0
"""Milliseconds of work that justify spawned processes, which start empty: each compiles the templates."""

Progress = Callable[[str, int, int], None]
"""Takes the activity, the number of finished tasks, and the number of all tasks."""


class WorkerPool:
    """Worker processes, started when the work justifies it; as a context manager it ends them.

    With an `executor` the work goes there instead, and the executor is left running. `progress` is called
    after each batch.
    """

    def __init__(
        self, workers: int, executor: Executor | None = None, progress: Progress = lambda *_: None
    ) -> None:
        self.workers, self._executor, self._progress = workers, executor, progress
        self._spawned: Executor | None = None

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._spawned:
            self._spawned.shutdown(cancel_futures=True)

    def map_tasks(
        self, function: BatchFunction, tasks: Iterable[tuple[float, Any]], activity: str, total: int
    ) -> Iterator[Any]:
        """Yield the results of all tasks in order; `activity` and `total` are for the progress bar.

        Each task comes with its cost, a rough estimate in milliseconds; `function` takes a batch of tasks
        and returns their results. Both must be picklable, for systems without fork.
        """
        done = 0
        for results in self._results(function, tasks):
            done += len(results)
            self._progress(activity, done, total)
            yield from results

    def _results(self, function: BatchFunction, tasks: Iterable[tuple[float, Any]]) -> Iterator[list[Any]]:
        """Yield the results of one batch after the other."""
        parts = _parts(tasks)
        # a fork of a process with threads can deadlock, and other systems have none or a broken one
        can_fork = sys.platform == "linux" and threading.active_count() == 1
        enough = FORK_WORTH if can_fork else SPAWN_WORTH
        first, cost = _take_until(parts, enough)
        every = chain(first, (part for part, _ in parts))
        if self._executor:
            yield from self._submit_ahead(self._executor, function, every, function)
        elif cost < enough or self.workers == 1:
            yield from map(function, every)
        elif can_fork:
            yield from self._run_forked(function, list(every))
        else:
            self._spawned = self._spawned or _started(self.workers, _start_method())
            if self._spawned:
                yield from self._submit_ahead(self._spawned, function, every, function)
            else:
                yield from map(function, every)

    def _run_forked(self, function: BatchFunction, parts: list[list[Any]]) -> Iterator[list[Any]]:
        """Run the batches in forked processes, which inherit all data: only indexes are sent to them.

        This process works too, because every fork copies the memory pages that it touches.
        """
        executor = _started(self.workers - 1, "fork", _inherit, (function, parts))
        if executor is None:
            yield from map(function, parts)
            return
        try:
            yield from self._submit_ahead(
                executor, _run_part, range(len(parts)), lambda part: function(parts[part]), helps=True
            )
        finally:
            executor.shutdown(cancel_futures=True)

    def _submit_ahead(
        self,
        executor: Executor,
        function: Callable[[Any], list[Any]],
        parts: Iterable[Any],
        run_here: Callable[[Any], list[Any]],
        helps: bool = False,
    ) -> Iterator[list[Any]]:
        """Yield the results of each batch, submitting only a few batches in advance.

        If this process `helps`, it runs batches that no worker has started while it waits for a result. It
        runs what is left if a worker was killed, such as by a system that is short of memory.
        """
        waiting: deque[tuple[Any, Future[list[Any]]]] = deque()
        try:
            for part in parts:
                waiting.append((part, _submitted(executor, function, part)))
                if len(waiting) > PARTS_AHEAD * self.workers:
                    yield _next(waiting, run_here, helps)
            while waiting:
                yield _next(waiting, run_here, helps)
        finally:
            for _, future in waiting:
                future.cancel()


def _submitted(executor: Executor, function: Callable[[Any], list[Any]], part: Any) -> Future[list[Any]]:
    try:
        return executor.submit(function, part)
    except BrokenExecutor as error:
        failed = Future[list[Any]]()
        failed.set_exception(error)
        return failed


def _next(
    waiting: deque[tuple[Any, Future[list[Any]]]], run_here: Callable[[Any], list[Any]], helps: bool
) -> list[Any]:
    """Remove the first waiting batch and return its result."""
    while helps and not waiting[0][1].done():
        at = next((at for at, (_, future) in enumerate(waiting) if future.cancel()), None)
        if at is None:
            break
        part, done = waiting[at][0], Future[list[Any]]()
        done.set_result(run_here(part))
        waiting[at] = part, done
    part, future = waiting.popleft()
    try:
        return future.result()
    except BrokenExecutor:
        return run_here(part)


def _parts(tasks: Iterable[tuple[float, Any]]) -> Iterator[tuple[list[Any], float]]:
    """Group tasks into batches of about equal cost, and yield each batch with its cost."""
    part: list[Any] = []
    filled = 0.0
    for cost, task in tasks:
        part.append(task)
        filled += cost
        if filled >= PART_COST:
            yield part, filled
            part, filled = [], 0.0
    if part:
        yield part, filled


def _take_until(parts: Iterator[tuple[list[Any], float]], enough: float) -> tuple[list[list[Any]], float]:
    """Take batches until their cost reaches `enough`; return them and their cost."""
    first, total = [], 0.0
    while total < enough and (ahead := next(parts, None)):
        first.append(ahead[0])
        total += ahead[1]
    return first, total


def _started(
    workers: int, start: str, initializer: Any = None, arguments: tuple[Any, ...] = ()
) -> Executor | None:
    """Return an executor whose processes run; None if the system has no more of what they need."""
    if not _has_room(workers + OWN_THREADS):
        return None
    before = set(multiprocessing.active_children())
    try:
        executor = _processes(workers, start, initializer, arguments)
        executor.submit(int)
    except (OSError, RuntimeError, ImportError, NotImplementedError):  # no process, thread or semaphore
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        return None
    return executor


OWN_THREADS = 2
"""Threads that an executor starts in this process; one that can't start raises no error."""


def _has_room(count: int) -> bool:
    """Whether so many more processes and threads can be started; a limit on processes counts threads, too."""
    end = threading.Event()
    started = []
    try:
        for _ in range(count):
            thread = threading.Thread(target=end.wait)
            thread.start()
            started.append(thread)
    except RuntimeError:
        return False
    finally:
        end.set()
        for thread in started:
            thread.join()
    return True


def submit_or_run(executor: Executor, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
    """Submit a call to an executor; run it here if no thread can be started."""
    try:
        return executor.submit(function, *arguments)
    except RuntimeError:
        done = Future[Result]()
        done.set_result(function(*arguments))
        return done


def _processes(
    workers: int, start: str, initializer: Any = None, arguments: tuple[Any, ...] = ()
) -> Executor:
    # it takes a while to import, and most builds need no other process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context(start)
    return ProcessPoolExecutor(workers, context, _initialize_worker, (initializer, arguments))


def _initialize_worker(initializer: Any, arguments: tuple[Any, ...]) -> None:
    # Ctrl-C is sent to all processes of a terminal; the one that began the work ends it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if initializer:
        initializer(*arguments)


def _start_method() -> str:
    """Return the fastest safe start method of a process with threads.

    A fork of it could deadlock; on Linux a fork server without threads is forked instead.
    """
    return "forkserver" if start_fork_server() else "spawn"


def start_fork_server(module: str = "") -> bool:
    """Start a fork server with a module imported; return whether it runs."""
    if sys.platform != "linux":
        return False
    # only here, because a build without threads never needs it
    from multiprocessing import forkserver  # noqa: PLC0415

    if module:
        multiprocessing.set_forkserver_preload([module])
    try:
        forkserver.ensure_running()
    except OSError:  # the path of its socket is too long if the temporary folder is deeply nested
        return False
    return True


# -- in a forked process --------------------------------------------------------------------

_inherited: list[tuple[BatchFunction, list[list[Any]]]] = []


def _inherit(function: BatchFunction, parts: list[list[Any]]) -> None:
    _inherited.append((function, parts))


def _run_part(number: int) -> list[Any]:
    function, parts = _inherited[0]
    return function(parts[number])


IN_PROCESS = WorkerPool(1)
"""A pool without worker processes."""
