"""Form numbers: texts of the site itself are published without them.

A submission that says the number of a signed form is withheld. Pages, settings and assets can't be: others
need them, and a withdrawal has to go through.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from sitegen.audit.phrases import Phrases
from sitegen.consent.name_order import set_of
from sitegen.content import settings
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Body
from sitegen.core.problem_codes import Code
from sitegen.core.visible_text import TAG, Phrase, words
from sitegen.pipeline import public_texts
from sitegen.pipeline.load_site import LoadedSite

LEFT_OUT = "[…]"
"""What readers see in place of a number."""

UNCHANGED = set_of(
    "source layout language translation_of aliases photos links origin base languages page_size images "
    "fields topics cards keep timezone"
)
"""Fields that are no text: addresses, and values with a meaning to the program."""

NEEDED_ASSETS = (".css", ".js")
"""Endings of assets without which no page can be used."""


@dataclass(frozen=True, slots=True)
class LateFindings:
    """What the end of a run finds, and a second run takes into account.

    `problems` are those of texts; submissions among them are withheld. `numbers` are the numbers of forms to
    leave out, by the path of the file that says them.
    """

    problems: tuple[Problem, ...] = ()
    numbers: Mapping[str, frozenset[Phrase]] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems of the submissions that are withheld."""
        return tuple(problem for problem in self.problems if problem.is_error)

    def __add__(self, other: "LateFindings") -> "LateFindings":
        return LateFindings((*self.problems, *other.problems), {**self.numbers, **other.numbers})


NOTHING_LATE = LateFindings()


def as_left_out(problem: Problem) -> Problem:
    """Return the problem of a text of the site that names a number, if it can be published without."""
    path = problem.where.path
    if problem.is_error or (path.startswith("assets/") and path.endswith(NEEDED_ASSETS)):
        return problem
    what = "so this file is left out" if path.startswith("assets/") else "which is left out"
    return replace(problem, code=Code.FORM_NUMBER_LEFT_OUT, message=f"{problem.message[:-1]}, {what}.")


def to_leave_out(named: Iterable[tuple[Phrase, Problem]]) -> LateFindings:
    """Return the findings of the numbers to leave out, among all that texts name."""
    found = [(said, problem) for said, problem in named if problem.code is Code.FORM_NUMBER_LEFT_OUT]
    paths = {problem.where.path for _, problem in found}
    numbers = {path: frozenset(said for said, each in found if each.where.path == path) for path in paths}
    return LateFindings(tuple(problem for _, problem in found), numbers)


def without_numbers(loaded: LoadedSite, numbers: Mapping[str, frozenset[Phrase]]) -> LoadedSite:
    """Return a site whose pages and settings don't say the numbers found in them; assets are left out."""
    if not numbers:
        return loaded
    pages = tuple(
        _less(page, numbers[page.source.path]) for page in loaded.pages if page.source.path in numbers
    )
    kept = (page for page in loaded.valid.pages if page.source.path not in numbers)
    chosen, checked = loaded.settings, loaded.checked_assets
    assets = {path.removeprefix("assets/") for path in numbers if path.startswith("assets/")}
    return replace(
        loaded,
        settings=_less(chosen, numbers[settings.PATH]) if settings.PATH in numbers else chosen,
        checked_assets=replace(checked, left_out=checked.left_out | assets),
        valid=replace(loaded.valid, pages=(*kept, *pages)),
        cached=loaded.cached.without({page.source.path for page in pages}),
    )


def _less(value: Any, numbers: Collection[Phrase]) -> Any:
    """Return a page, the settings or a part of them without some numbers."""
    match value:
        case str():
            return _text(value, numbers)
        case Body():
            return _body(value, numbers)
        case tuple():
            return tuple(_less(each, numbers) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            names = (each.name for each in fields(value) if each.name not in UNCHANGED)
            return replace(value, **{name: _less(getattr(value, name), numbers) for name in names})
    return value


def _body(body: Body, numbers: Collection[Phrase]) -> Body:
    """Return a body without numbers; an empty one if it writes them in a way that can't be cut out."""
    less = replace(
        body,
        utf8=_cut(body.html, numbers).encode(),
        pictures=_less(body.pictures, numbers),
        headings=_less(body.headings, numbers),
        anchors=_less(body.anchors, numbers),
    )
    return Body() if _says("\n".join(public_texts.lines_of(less)), numbers) else less


def _text(text: str, numbers: Collection[Phrase]) -> str:
    less = _cut(text, numbers)
    return LEFT_OUT if _says(less, numbers) else less


def _says(text: str, numbers: Collection[Phrase]) -> bool:
    return bool(Phrases(dict.fromkeys(numbers, "")).said(words(text)))


def _cut(text: str, numbers: Collection[Phrase]) -> str:
    """Return a text, or HTML, without numbers as they are usually written; their tags stay."""
    for number in numbers:
        parts = [TAGS.join(map(re.escape, word)) for word in number]
        pattern = rf"(?<!\w){BETWEEN.join(parts)}(?!\w)"
        text = re.sub(pattern, _left_out, text, flags=re.IGNORECASE)
    return text


def _left_out(found: re.Match[str]) -> str:
    return LEFT_OUT + "".join(TAG.findall(found[0]))


TAGS = "(?:<[^>]*>)*"
BETWEEN = r"(?:[^\w<>\"&]|_|<[^>]*>|&[#\w]+;)+"
