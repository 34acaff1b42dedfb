"""Build lock: one build per site folder, released when its process ends."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code

PATIENCE = 120.0
"""Seconds that a build waits for another one to end."""


class LockHeldError(Exception):
    """Another build still holds the lock after the timeout; `problem` names its process."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@contextlib.contextmanager
def hold(folder: Path, say: Callable[[str], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock in `folder` while the block runs; wait up to `patience` seconds. Raises LockHeldError.

    The system releases the lock when its process ends, so a crash can't leave it stuck. The empty lock
    file stays and has no meaning.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / "lock"), folder / "holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"Another build is running{_holder_process(holder)}; waiting for it to end.")
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            message = f"another build is still running after {patience:.0f} seconds{_holder_process(holder)}."
            hint = "Wait for it, or stop it."
            raise LockHeldError(Problem(Code.BUILD_RUNNING, Where(str(folder)), message, hint)) from None
    try:
        holder.write_text(str(os.getpid()))
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _holder_process(holder: Path) -> str:
    try:
        return f", process {int(holder.read_text())}"
    except (OSError, ValueError):
        return ""
