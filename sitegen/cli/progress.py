"""Progress bar: on a terminal only, once a build has taken more than a second."""

import sys
import time
from typing import TYPE_CHECKING

from sitegen.cli import messages

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds before a bar appears."""


class Bar:
    """A bar on stderr, removed when the context ends; nothing is drawn if stderr is not a terminal."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._drawn: Progress | None = None
        self._task = ""

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._drawn.stop()

    def update(self, doing: str, done: int, of: int) -> None:
        """Show that `done` of `of` things are done; the bar appears PATIENCE seconds after the start."""
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
        """Print a line above the bar."""
        if self._drawn:
            self._drawn.console.print(line, markup=False, highlight=False)
        else:
            messages.say(line)


def _drawn() -> "Progress":
    # imported here, because importing rich takes longer than many a build
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # without auto_refresh there is no thread, beside which forking workers would be unsafe
    bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    bar.start()
    return bar
