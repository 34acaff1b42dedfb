"""Build request and build report: input and result of a build."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitegen.content.discovery import is_submission
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Withheld
from sitegen.core.problem_codes import Code

Say = Callable[[str], None]
"""Takes a message about what is being done, as it happens."""


NEEDS_FIXING = (
    Code.FULL_NAME_OF_OTHER,
    Code.FORM_NUMBER_LEFT_OUT,
    Code.PDF_UNUSABLE,
    Code.PDF_TOO_LARGE,
    Code.PDF_NOT_COVERED,
)
"""Problems of files that are published all the same, but with too much or too little in them."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """Input of a build. `today` decides what is cleared; `workers` never changes the result.

    If `publish` is false, everything is made in a temporary folder, which is deleted. With `force`, foreign
    files in `out` are moved aside instead of stopping the build.
    """

    root: Path
    out: Path
    today: date
    clean: bool = False
    workers: int = 1
    publish: bool = True
    force: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Result of a build: `published` counts stories; `made`, `reused` and `removed` count files.

    `still_public` has the addresses of stories that are public although they are not cleared any more,
    because nothing could be published.
    """

    published: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    made: int = 0
    reused: int = 0
    removed: int = 0
    seconds: float = 0.0
    still_public: tuple[str, ...] = ()

    def with_problems(self, problems: tuple[Problem, ...]) -> "BuildReport":
        """Return the report with more problems."""
        return replace(self, problems=self.problems + problems)

    @property
    def held_back(self) -> tuple[str, ...]:
        """Paths of the submissions that are withheld because of a problem in them."""
        return tuple(path for path in _at_fault(self.problems) if is_submission(path))

    @property
    def left_out(self) -> tuple[str, ...]:
        """Keys of `site.yaml` whose value, or an entry of it, is left out because of a problem in it."""
        return tuple(sorted({problem.part for problem in self.problems if problem.part}))

    @property
    def needs_fixing(self) -> tuple[str, ...]:
        """Paths of files that need fixing: something is withheld or left out, or a full name is public."""
        said = (
            problem.where.path
            for problem in self.problems
            if problem.code in NEEDS_FIXING or _is_left_out_asset(problem)
        )
        settings = ["content/site.yaml"] if self.left_out else []
        return tuple(sorted({*self.held_back, *settings, *said}))

    @property
    def site_at_fault(self) -> bool:
        """Whether a problem in the site itself kept everything from being published."""
        return len(self.held_back) < len(_at_fault(self.problems))


def _at_fault(problems: Iterable[Problem]) -> list[str]:
    """Return the paths of all files with an error that is about the whole file, sorted; not of assets."""
    return sorted(
        {
            problem.where.path
            for problem in problems
            if problem.is_error and not problem.part and not _is_left_out_asset(problem)
        }
    )


def _is_left_out_asset(problem: Problem) -> bool:
    """Whether a problem leaves out one picture in `assets/`, and stops nothing else."""
    is_of_picture = problem.code in (Code.METADATA_IN_PICTURE, Code.PHOTO_IN_ASSETS)
    return is_of_picture and problem.is_error and problem.where.path.startswith("assets/")
