"""Worker pool: without spare processes, threads or semaphores the work is done in this process."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import process

import pytest

from sitegen.engine import workers
from sitegen.engine.workers import WorkerPool
from tests.support.site import Site

TASKS = [(60.0, number) for number in range(40)]


def _squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def _pooled() -> list[int]:
    with WorkerPool(3) as pool:
        return list(pool.map_tasks(_squares, TASKS, "Counting", len(TASKS)))


def _refuse(error: Exception) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse


def test_work_is_done_without_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (OSError(30, "Read-only file system"), ImportError("no sem_open"), NotImplementedError()):
        monkeypatch.setattr(process, "ProcessPoolExecutor", _refuse(error))
        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", _refuse(error), raising=False)
        assert _pooled() == [number * number for number in range(40)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_work_is_done_if_the_second_process_can_not_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fork
    forked: list[int] = []

    def fork() -> int:
        if forked:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        forked.append(1)
        return real()

    monkeypatch.setattr(os, "fork", fork)
    assert _pooled() == [number * number for number in range(40)]
    for child in multiprocessing.active_children():
        child.join(10)
    assert not multiprocessing.active_children()


def _squares_until_killed(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers and multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return _squares(numbers)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process")
@pytest.mark.parametrize("has_threads", [False, True])
def test_work_is_done_if_a_worker_is_killed(has_threads: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SPAWN_WORTH", 0.0)
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    if has_threads:  # then the processes come from a fork server
        other.start()
    try:
        with WorkerPool(3) as pool:
            for _ in range(2):  # the pool is used again after that
                results = pool.map_tasks(_squares_until_killed, TASKS, "Counting", len(TASKS))
                assert list(results) == [number * number for number in range(40)]
    finally:
        end.set()


@pytest.mark.parametrize("spare", range(6))
def test_a_site_is_built_with_few_spare_threads(
    site: Site, monkeypatch: pytest.MonkeyPatch, spare: int
) -> None:
    real = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        if threading.active_count() > spare:
            raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    monkeypatch.setattr(workers, "FORK_WORTH", 0.0)
    site.story().page("mission").build(workers=3)
    assert not site.report.problems
    assert site.report.published == 1
