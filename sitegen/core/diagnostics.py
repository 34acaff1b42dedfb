"""Diagnostics: problems with place, severity, message and fix."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from sitegen.core.problem_codes import Code
from sitegen.core.text import fold


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """The thing it was found in can't be published."""
    WARNING = "warning"
    """It is published anyway; a person should look at it."""


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


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for the person who wrote it; sorted by place, then by message.

    `part` is the key in `site.yaml` whose value is left out alone because of it; "" for all other problems.
    """

    code: Code
    where: Where
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    part: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it keeps something from being published."""
        return self.severity is Severity.ERROR

    def __lt__(self, other: "Problem") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[Where, str, str, Severity, Code]:
        return self.where, self.message, self.hint, self.severity, self.code

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.hint}".rstrip()


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem in a text whose line is not known yet: it is where `needle` is."""

    code: Code
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
        return Problem(self.code, Where(path, line, column), self.message, self.hint, self.severity)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word most like `word`; None if none has a similarity of `cutoff` (0 to 1).

    The similarity is that of the folded words (Ratcliff and Obershelp, as in `difflib`).
    """
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold(candidate), candidate)
    close = get_close_matches(fold(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question that suggests the nearest known word, or the empty string."""
    suggestion = nearest(word, known)
    return f'Did you mean "{suggestion}"?' if suggestion else ""


def choose_from(word: str, known: Collection[str], noun: str) -> str:
    """Return the hint for an unknown word: the nearest known one, or else all of them; `noun` is plural."""
    return did_you_mean(word, known) or f"The {noun} are {', '.join(known) or 'none'}."
