"""The crew: hands work to other processes where that is quicker than doing it here."""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

WORTH = 250.0
"""Milliseconds of work below which it takes longer to start processes than to do it here."""

LARGEST = 400.0
"""Milliseconds of work that are handed over at once, so that nobody waits for the last one long."""


class Crew:
    """Other processes, started when they are first worth it; as a context manager it ends them.

    With an executor of somebody else's the work goes there, and that executor is left running.
    """

    def __init__(self, workers: int, executor: Executor | None = None) -> None:
        self.workers, self._lent = workers, executor
        self._own: Executor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)

    def each(
        self,
        function: Callable[[Sequence[Task]], list[Result]],
        tasks: Sequence[Task],
        cost: Callable[[Task], float],
    ) -> Iterator[Result]:
        """Yield the results of all tasks in their order.

        `function` takes several tasks and returns their results; `cost` tells the milliseconds that a
        task takes, roughly.
        """
        costs = [cost(task) for task in tasks]
        executor = self._executor(sum(costs))
        if executor is None:
            yield from function(tasks)
            return
        futures = [executor.submit(function, part) for part in _parts(tasks, costs, self.workers)]
        try:
            yield from _results(futures)
        finally:
            for future in futures:
                future.cancel()

    def _executor(self, cost: float) -> Executor | None:
        """Return the executor for work of so many milliseconds; None where it is done here."""
        if self._lent:
            return self._lent
        if self._own is None and self.workers > 1 and cost > WORTH:
            self._own = _processes(self.workers)
        return self._own if cost > WORTH / 10 else None


def _parts(tasks: Sequence[Task], costs: Sequence[float], workers: int) -> Iterator[Sequence[Task]]:
    """Cut tasks into runs of about equal cost, several for each worker."""
    size = min(LARGEST, sum(costs) / (4 * workers))
    start, filled = 0, 0.0
    for index, cost in enumerate(costs, start=1):
        filled += cost
        if filled >= size:
            yield tasks[start:index]
            start, filled = index, 0.0
    if start < len(tasks):
        yield tasks[start:]


def _results(futures: list[Future[list[Result]]]) -> Iterator[Result]:
    for index, future in enumerate(futures):
        yield from future.result()
        futures[index] = Future()  # what has been taken need not be held


def _processes(workers: int) -> Executor:
    # it takes a while to import, and most builds need no other process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    # A fork has everything imported already. Beside threads it isn't safe, and elsewhere it isn't there.
    forks = sys.platform == "linux" and threading.active_count() == 1
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork" if forks else None))


ALONE = Crew(1)
"""Nobody: everything is done here."""
