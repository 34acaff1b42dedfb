"""Form response: a row of a form as parts of a story, with its date and consent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sitegen.authoring import paste_cleaner
from sitegen.authoring.column_mapping import Mapped
from sitegen.authoring.csv_reader import Table
from sitegen.content.field_types import guess_date
from sitegen.content.strict_yaml import Value
from sitegen.core.model import Scope
from sitegen.core.text import skeleton


@dataclass(frozen=True, slots=True)
class Answer:
    """A row as plain text, by key of the part."""

    row: int
    parts: Mapping[str, str]
    raw_name: str
    is_too_wide: bool
    """Whether it has more cells than headings, which means that some are in the wrong column."""

    def line(self, key: str) -> str:
        """Return a part as one line."""
        return " ".join(self.parts.get(key, "").split())

    @property
    def name(self) -> str:
        """The full name, joined if it has two columns."""
        return self.line("name") or f"{self.line('first_name')} {self.line('last_name')}".strip()


def read(row: int, cells: tuple[str, ...], mapped: Mapped, width: int) -> Answer:
    """Return the answer in the cells of a row; `width` is the number of columns with a heading."""
    raw = {key: cells[position] for key, position in mapped.items() if position < len(cells)}
    parts = {key: paste_cleaner.text(cell) for key, cell in raw.items()}
    return Answer(row, parts, raw.get("name", raw.get("first_name", "")), any(cells[width:]))


# -- consent --------------------------------------------------------------------------------

ANSWERS: Mapping[str, Scope] = {
    **{scope.value: scope for scope in Scope},
    **dict.fromkeys(("our-website", "web-site", "the-website"), Scope.WEBSITE),
    **dict.fromkeys(("photos", "my-photo", "headshot", "my-headshot"), Scope.PHOTO),
    **dict.fromkeys(("my-full-name", "last-name", "first-and-last-name"), Scope.FULL_NAME),
    **dict.fromkeys(("my-school", "school-name"), Scope.SCHOOL),
    **dict.fromkeys(("social-media", "our-social-media"), Scope.SOCIAL),
    **dict.fromkeys(("search-engines",), Scope.SEARCH),
}
"""Answers that are consent to exactly one use; a person has to read any other answer."""


SIGNERS: Mapping[str, str] = {
    **dict.fromkeys(("", "self", "me", "myself", "student", "the student", "yo"), "self"),
    **dict.fromkeys(("guardian", "parent", "a parent", "parent/guardian", "parent or guardian"), "guardian"),
    **dict.fromkeys(("mother", "father", "mom", "dad", "madre", "padre", "tutor", "tutora"), "guardian"),
}

YES = re.compile(r"(yes|yeah|y|si|true|x|i (do|agree|consent|give (my )?permission)|agreed?|de acuerdo)\b")
NO = re.compile(r"(no|n|nope|false|i (do not|don't)|do not|don't|decline)\b")
BUT = re.compile(r"\b(but|except|only|unless|pero|excepto|salvo|solo|not?|don't)\b")
"""Words that limit a yes, so that a person has to read it."""


def may_use_photo(answer: Answer) -> bool | None:
    """Return the answer to whether the photo may be used; None if there is none, or it isn't clear."""
    said = skeleton(answer.line("photo_permission")).replace("’", "'")
    if NO.match(said):
        return False
    return True if YES.match(said) and not BUT.search(said) else None


def consent(answer: Answer, day_first: bool, notes: list[str]) -> dict[str, Value]:
    """Return the consent block of an answer; empty, with a note, if a person has to read any of it."""
    if not answer.line("consent_covers"):
        return {}
    said = [word for word in re.split(r"[,;\n]", answer.parts["consent_covers"]) if word.strip()]
    scopes = [ANSWERS.get("-".join(word.lower().split())) for word in said]
    given = _date_in(answer.line("consent_given"), day_first)
    by = SIGNERS.get(answer.line("consent_by").lower())  # never the name of a parent
    if None in scopes or given is None or by is None:
        notes.append("please read what the form says about consent")
        return {}
    block: dict[str, Value] = {
        "form": answer.line("consent_form"),
        "given": given.isoformat(),
        "by": by,
        "covers": [
            scope.value
            for scope in dict.fromkeys(scopes)
            if scope and not (scope is Scope.PHOTO and may_use_photo(answer) is False)
        ],
    }
    return {"consent": {key: value for key, value in block.items() if value}}


# -- days -----------------------------------------------------------------------------------


def day(answer: Answer, day_first: bool, today: date, notes: list[str]) -> str:
    """Return the date of the story in ISO format: today, with a note, if the answer has no valid date."""
    written = answer.line("date")
    found = _date_in(written, day_first)
    if written and found is None:
        notes.append(f'"{written[:40]}" is not a date, so today is used')
    return (found or today).isoformat()


def _date_in(written: str, day_first: bool) -> date | None:
    """Return the date in a date or time stamp as forms and spreadsheets write it; None if there is none."""
    bare = re.sub(r"[T,]?\s*\d{1,2}:\d{2}.*$", "", written).strip()
    if numbers := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})", bare):
        first, sign, second, year = numbers.groups()
        # countries that write dates with dots put the day first
        of_month, month = (first, second) if day_first or sign == "." else (second, first)
        bare = f"{month}/{of_month}/{year}"
    found = guess_date(bare)
    return found if found and 1900 <= found.year < 2200 else None


def is_day_first(table: Table, mapped: Mapped) -> bool:
    """Tell whether dates are day first: a first number is over 12, and no second number is."""
    pairs = [
        (int(found[1]), int(found[2]))
        for _, cells in table.rows
        for key in ("date", "consent_given")
        if key in mapped and mapped[key] < len(cells)
        if (found := re.match(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]", cells[mapped[key]]))
    ]
    return any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs)
