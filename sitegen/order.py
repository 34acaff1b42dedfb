"""What is asked of a build, and what it reports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitegen.model import Withheld
from sitegen.problems import Problem
from sitegen.scan import is_submission

Tell = Callable[[str], None]
"""Takes a line on what is being done, as it happens."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a build. `today` decides what is cleared; `workers` never changes the result.

    Where `publish` is false everything is made as it would be, and nothing outlives the build. With
    `force`, files in `out` that are not ours are moved aside instead of stopping the build.
    """

    root: Path
    out: Path
    today: date
    clean: bool = False
    workers: int = 1
    publish: bool = True
    force: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """How a build went: `published` counts stories; `made`, `reused` and `removed` count files.

    `waiting` has the addresses of stories that the public still sees although they are not cleared
    any more, because nothing could be published.
    """

    published: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    made: int = 0
    reused: int = 0
    removed: int = 0
    seconds: float = 0.0
    waiting: tuple[str, ...] = ()

    def with_problems(self, problems: tuple[Problem, ...]) -> "Report":
        """Return the report with more problems in it."""
        return replace(self, problems=self.problems + problems)

    @property
    def held_back(self) -> tuple[str, ...]:
        """The submissions that a mistake in them keeps from being published."""
        return tuple(path for path in _at_fault(self.problems) if is_submission(path))

    @property
    def site_at_fault(self) -> bool:
        """Whether a mistake in the site itself kept everything from being published."""
        return len(self.held_back) < len(_at_fault(self.problems))


def _at_fault(problems: Iterable[Problem]) -> list[str]:
    """Return the files with something in them that can't be published."""
    return sorted({problem.where.path for problem in problems if problem.is_error})
