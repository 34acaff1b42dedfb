"""What the preview says in the terminal: a line for each rebuild, and what is wrong as long as it is new."""

from collections.abc import Iterator, Set
from datetime import datetime

from sitegen.answers import Showing
from sitegen.words import count

Line = tuple[str, str | None]
"""A line, and its colour."""

MOST = 20
"""Problems that are told at a time."""


def lines(before: Showing, now: Showing, changed: Set[str], made: Set[str], seconds: float) -> Iterator[Line]:
    """Yield what there is to say of a rebuild; nothing where nothing happened."""
    if now.trouble.crash:
        if now.trouble != before.trouble:
            yield "sitegen itself is at fault; the last good pages stay.", "red"
            yield now.trouble.crash, None
            yield "Next: report these lines, and what you had just changed.", None
        return
    yield from _problems(before, now)
    if before.trouble and not now.trouble:
        yield "Mended.", "green"
    if not changed and now.generation == before.generation:
        return
    first = before.stage.backdrop is None
    what = "all" if first and not changed else listed(sorted(changed)) or "another look"
    yield f"{datetime.now():%H:%M:%S} {what}: {_done(before, now, made)}, in {seconds:.2f} s.", None
    if first and now.stage.hidden:
        yield f"{count(len(now.stage.hidden), 'file is', 'files are')} withheld; backstage says why.", "cyan"


def _problems(before: Showing, now: Showing) -> Iterator[Line]:
    """Yield the problems that were not there before, of many the first ones."""
    known = {*before.stage.report.problems, *before.trouble.problems}
    all_now = dict.fromkeys((*now.stage.report.problems, *now.trouble.problems))
    new = [each for each in all_now if each not in known]
    for problem in new[:MOST]:
        kind, colour = ("", "red") if problem.is_error else ("warning: ", "yellow")
        yield f"{problem.where}: {kind}{problem.message} {problem.hint}".rstrip(), colour
    if len(new) > MOST:
        yield f"… and {len(new) - MOST} more problems; backstage has them all.", "red"


def _done(before: Showing, now: Showing, made: Set[str]) -> str:
    """Say what was made."""
    if now.stage.report.site_at_fault:
        return "nothing was made, the last good pages stay"
    if before.files == now.files:
        return "nothing to make"
    return f"made {listed(sorted(map(_address, made)))}" if made else "removed what is gone"


def listed(names: list[str], most: int = 3) -> str:
    """Return names in a row, of many the first ones."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")
