"""One answer to a form: a row by the parts of a story, the day that it names, the consent that it carries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sitegen import pasted
from sitegen.columns import Mapped
from sitegen.frontmatter import Value
from sitegen.model import Scope
from sitegen.tables import Table
from sitegen.values import guess_date


@dataclass(frozen=True, slots=True)
class Answer:
    """A row, by the parts of a story, as plain text."""

    row: int
    parts: Mapping[str, str]
    raw_name: str
    is_too_wide: bool
    """Whether it has cells below no heading, which means that others stand in the wrong column."""

    def line(self, key: str) -> str:
        """Return an answer as one line."""
        return " ".join(self.parts.get(key, "").split())

    @property
    def name(self) -> str:
        """The name, put together where it comes in two columns."""
        return self.line("name") or f"{self.line('first_name')} {self.line('last_name')}".strip()


def read(row: int, cells: tuple[str, ...], mapped: Mapped, width: int) -> Answer:
    """Return the answer in the cells of a row; `width` is the number of columns that have a heading."""
    raw = {key: cells[position] for key, position in mapped.items() if position < len(cells)}
    parts = {key: pasted.text(cell) for key, cell in raw.items()}
    return Answer(row, parts, raw.get("name", raw.get("first_name", "")), any(cells[width:]))


# -- consent --------------------------------------------------------------------------------

ANSWERS: Mapping[str, Scope] = {
    **{scope.value: scope for scope in Scope},
    **dict.fromkeys(("our-website", "web-site", "the-website"), Scope.WEBSITE),
    **dict.fromkeys(("photos", "my-photo", "headshot", "my-headshot"), Scope.PHOTO),
    **dict.fromkeys(("my-full-name", "first-and-last-name"), Scope.FULL_NAME),
    **dict.fromkeys(("my-school", "school-name"), Scope.SCHOOL),
    **dict.fromkeys(("social-media", "our-social-media"), Scope.SOCIAL),
    **dict.fromkeys(("search-engines",), Scope.SEARCH),
}
"""Words that are a consent to one use and to nothing else; whatever else is said, a person has to read."""


def consent(answer: Answer, day_first: bool, notes: list[str]) -> dict[str, Value]:
    """Return the consent block that the form carries, or nothing where any of it needs a person to read."""
    if not answer.line("consent_covers"):
        return {}
    said = [word for word in re.split(r"[,;\n]", answer.parts["consent_covers"]) if word.strip()]
    scopes = [ANSWERS.get("-".join(word.lower().split())) for word in said]
    given = _date_in(answer.line("consent_given"), day_first)
    if None in scopes or given is None:
        notes.append("what the form says on consent has to be read by somebody")
        return {}
    block: dict[str, Value] = {
        "form": answer.line("consent_form"),
        "given": given.isoformat(),
        "by": answer.line("consent_by").lower() or "self",
        "covers": [scope.value for scope in dict.fromkeys(scopes) if scope],
    }
    return {"consent": {key: value for key, value in block.items() if value}}


# -- days -----------------------------------------------------------------------------------


def day(answer: Answer, day_first: bool, today: date, notes: list[str]) -> str:
    """Return the day of the story as it is written in its file; what stands for no date is noted."""
    written = answer.line("date")
    found = _date_in(written, day_first)
    if written and found is None:
        notes.append(f'"{written[:40]}" is no date; today stands for it')
    return (found or today).isoformat()


def _date_in(written: str, day_first: bool) -> date | None:
    """Return the day in a date, or in a time stamp of whatever form or spreadsheet."""
    bare = re.sub(r"[T,]?\s*\d{1,2}:\d{2}.*$", "", written).strip()
    if numbers := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})", bare):
        first, sign, second, year = numbers.groups()
        # with dots between, the day comes first wherever people write so
        of_month, month = (first, second) if day_first or sign == "." else (second, first)
        bare = f"{month}/{of_month}/{year}"
    found = guess_date(bare)
    return found if found and 1900 <= found.year < 2200 else None


def is_day_first(table: Table, mapped: Mapped) -> bool:
    """Tell whether the form writes the day before the month: a day is past the twelfth, and no month."""
    pairs = [
        (int(found[1]), int(found[2]))
        for _, cells in table.rows
        for key in ("date", "consent_given")
        if key in mapped and mapped[key] < len(cells)
        if (found := re.match(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]", cells[mapped[key]]))
    ]
    return any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs)
