"""One build at a time: a lock on the site's folder that ends with the process that holds it."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.problems import Problem, Where

PATIENCE = 120.0
"""Seconds that a build waits for another one to end."""


class Held(Exception):
    """Another build holds the lock and doesn't end; `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@contextlib.contextmanager
def hold(folder: Path, tell: Callable[[str], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock in `folder` while the block runs; wait for whoever has it. Raises Held.

    The system lets go of the lock when its process ends, however it ends, so a crash can't leave it
    stuck; the file that stays is empty and means nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / "lock"), folder / "holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(f"Another build is running{_named(holder)}; waiting for it to end.")
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            message = f"another build is still running after {patience:.0f} seconds{_named(holder)}."
            raise Held(Problem(Where(str(folder)), message, "Wait for it, or end it.")) from None
    try:
        holder.write_text(str(os.getpid()))
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _named(holder: Path) -> str:
    try:
        return f", process {int(holder.read_text())}"
    except (OSError, ValueError):
        return ""
