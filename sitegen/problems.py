"""What can be wrong, where it is, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """The thing it was found in can't be published."""
    WARNING = "warning"
    """It is published all the same; somebody should look."""


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: path relative to the site's root, line and column from 1 (0: the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, in words for the person who wrote it."""

    where: Where
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether it keeps something from being published."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.hint}".rstrip()


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem in a text whose line is still to be looked up: it stands where `needle` stands."""

    message: str
    hint: str
    needle: str
    severity: Severity = Severity.ERROR

    def at(self, path: str, text: str, first_line: int) -> Problem:
        """Return the problem, placed at the first `needle` in `text`, which begins on `first_line`."""
        offset = text.find(self.needle)
        if offset < 0:
            offset = text.lower().find(self.needle.lower())
        before = text[: max(offset, 0)]
        column = offset - before.rfind("\n") if offset >= 0 else 1
        line = first_line + before.count("\n")
        return Problem(Where(path, line, column), self.message, self.hint, self.severity)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where nothing is close."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question that suggests the nearest known word, or the empty string."""
    suggestion = nearest(word, known)
    return f'Did you mean "{suggestion}"?' if suggestion else ""
