"""How far a build is: a bar on a terminal, once it has taken more than a second."""

import sys
import time
from typing import TYPE_CHECKING

from sitegen import words

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds for which nobody wonders what is going on."""


class Bar:
    """Draws on stderr what it is told of; as a context manager it takes the bar away at the end.

    Where stderr is no terminal, it draws nothing.
    """

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._drawn: Progress | None = None
        self._task = ""

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._drawn.stop()

    def tell(self, doing: str, done: int, of: int) -> None:
        """Show that so many things are done, of so many in all."""
        if not sys.stderr.isatty() or time.monotonic() - self._begun < PATIENCE:
            return
        bar = self._drawn = self._drawn or _drawn()
        if doing != self._task:
            self._task = doing
            for task in bar.task_ids:
                bar.remove_task(task)
            bar.add_task(doing)
        bar.update(bar.task_ids[0], completed=done, total=of, refresh=True)

    def say(self, line: str) -> None:
        """Say a line above the bar."""
        if self._drawn:
            self._drawn.console.print(line, markup=False, highlight=False)
        else:
            words.say(line)


def _drawn() -> "Progress":
    # most builds are done before a bar is due, and rich takes longer to import than many of them
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # not refreshed by a thread: beside one, no process could be forked
    bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    bar.start()
    return bar
