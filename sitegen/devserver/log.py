"""Terminal log: one line per rebuild, and problems when they are new."""

import time
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager
from typing import Protocol

from sitegen.core.text import count
from sitegen.devserver.routes import PreviewState

Line = tuple[str, str | None]
"""A line and its color."""


class Say(Protocol):
    """Writes a line to the terminal, optionally in a color."""

    def __call__(self, line: str, fg: str | None = None) -> None: ...


class ProgressBar(Protocol):
    """Shows the progress of a build, and lines above the bar."""

    def say(self, line: str) -> None: ...

    def update(self, doing: str, done: int, of: int) -> None: ...


NewBar = Callable[[], AbstractContextManager[ProgressBar]]
"""Returns a progress bar for one build."""

MOST = 20
"""Problems listed at a time."""


def lines(
    before: PreviewState, now: PreviewState, changed: Set[str], made: Set[str], seconds: float
) -> Iterator[Line]:
    """Yield the lines to print after a rebuild; none if nothing happened."""
    if now.trouble.crash:
        if now.trouble != before.trouble:
            yield "Something went wrong in sitegen. It is not your mistake. The last good pages stay.", "red"
            yield now.trouble.crash, None
            yield "Next: please report these lines, and what you had just changed.", None
        return
    yield from _problems(before, now)
    if before.trouble and not now.trouble:
        yield "Fixed.", "green"
    if not changed and now.generation == before.generation:
        return
    first = before.overview.built is None
    what = "everything" if first and not changed else listed(sorted(changed)) or "checked again"
    yield f"{time.strftime('%H:%M:%S')} {what}: {_done(before, now, made)}, in {seconds:.2f} s.", None
    if first and now.overview.hidden:
        drafts = count(len(now.overview.hidden), "file is", "files are")
        yield f"{drafts} not public (Draft); the dashboard says why.", "cyan"


def _problems(before: PreviewState, now: PreviewState) -> Iterator[Line]:
    """Yield the new problems, at most MOST of them."""
    known = {*before.overview.report.problems, *before.trouble.problems}
    all_now = dict.fromkeys((*now.overview.report.problems, *now.trouble.problems))
    new = [each for each in all_now if each not in known]
    for problem in new[:MOST]:
        kind, color = ("", "red") if problem.is_error else ("warning: ", "yellow")
        yield f"{problem.where}: {kind}{problem.message} {problem.hint}".rstrip(), color
    if len(new) > MOST:
        yield f"… and {len(new) - MOST} more problems; the dashboard lists them all.", "red"


def _done(before: PreviewState, now: PreviewState, made: Set[str]) -> str:
    """Return what a rebuild did, in words."""
    if now.overview.report.site_at_fault:
        return "no page was made, the last good pages stay"
    if before.files == now.files:
        return "nothing to make"
    return f"made {listed(sorted(map(_address, made)))}" if made else "removed deleted pages"


def listed(names: list[str], most: int = 3) -> str:
    """Return names separated by commas, the first `most` of them."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")
