"""The crew: hands work to other processes where that is quicker than doing it here."""

import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

NOTHING: tuple[list[Any], float] = ([], 0.0)

PART = 100.0
"""Milliseconds of work that are handed over at once; less takes longer to hand over than to do here."""


Progress = Callable[[str, int, int], None]
"""Takes what is being done, how many of the things to do are done, and how many there are."""


class Crew:
    """Other processes, started when they are first worth it; as a context manager it ends them.

    With an executor of somebody else's the work goes there, and that executor is left running. `progress`
    is told after each part of the work.
    """

    def __init__(
        self, workers: int, executor: Executor | None = None, progress: Progress = lambda *_: None
    ) -> None:
        self.workers, self._lent, self._progress = workers, executor, progress
        self._own: Executor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)

    def each(
        self,
        function: Callable[[list[Task]], list[Result]],
        tasks: Iterable[tuple[float, Task]],
        doing: str,
        of: int,
    ) -> Iterator[Result]:
        """Yield the results of all tasks in their order; `doing` says what is done, `of` how many there are.

        Each task comes with the milliseconds that it takes, roughly; `function` takes several tasks and
        returns their results. Tasks are taken, and results held, only a little ahead of their turn.
        """
        done = 0
        for results in self._parts(function, _parts(tasks)):
            done += len(results)
            self._progress(doing, done, of)
            yield from results

    def _parts(
        self, function: Callable[[list[Task]], list[Result]], parts: Iterator[tuple[list[Task], float]]
    ) -> Iterator[list[Result]]:
        """Yield the results of each part."""
        first, cost = next(parts, NOTHING)
        executor = self._executor(cost)
        if executor is None:
            yield function(first)
            for part, _ in parts:
                yield function(part)
            return
        waiting = deque([executor.submit(function, first)])
        try:
            while waiting:
                while len(waiting) <= 2 * self.workers:
                    part, _ = next(parts, NOTHING)
                    if not part:
                        break
                    waiting.append(executor.submit(function, part))
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _executor(self, cost: float) -> Executor | None:
        """Return the executor for work whose first part takes so long; None where it is done here."""
        if self._lent:
            return self._lent
        if cost < PART or self.workers == 1:
            return None
        if self._own is None:
            self._own = _processes(self.workers)
        return self._own


def _parts(tasks: Iterable[tuple[float, Task]]) -> Iterator[tuple[list[Task], float]]:
    """Gather tasks into parts of about equal cost, and yield each part with its cost."""
    part: list[Task] = []
    filled = 0.0
    for cost, task in tasks:
        part.append(task)
        filled += cost
        if filled >= PART:
            yield part, filled
            part, filled = [], 0.0
    if part:
        yield part, filled


def _processes(workers: int) -> Executor:
    # it takes a while to import, and most builds need no other process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    # A fork has everything imported already. Beside threads it can hang, and elsewhere it isn't there.
    forks = sys.platform == "linux" and threading.active_count() == 1
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork" if forks else "spawn"))


ALONE = Crew(1)
"""Nobody: everything is done here."""
