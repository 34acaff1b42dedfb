"""Which column of a form answers which part of a story: told in a file, or guessed from its words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen import frontmatter, manuscript
from sitegen.addresses import slugify
from sitegen.problems import Problem, did_you_mean
from sitegen.tables import Table

PATH = "content/import.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story that a column can answer, what it is, and how questions for it are worded."""

    key: str
    words: str
    wording: str
    """A pattern for the words of a question, in lower case with hyphens between."""
    never: str = r"^$"


PARTS = (
    Part(
        "first_name",
        "the first name, where it has a column of its own",
        r"first-name|given-name",
        r"last|guardian|parent",
    ),
    Part("last_name", "the last name, likewise", r"last-name|surname|family-name", r"first|guardian|parent"),
    Part(
        "name",
        "first and last name",
        r"(full|your|student-?s?|preferred)-.*name|^name-of|^name$|name",
        r"school|file|user|parent|guardian|college|nick|email|full-name-of-your|pet|teacher",
    ),
    Part("alt", "what the photo shows", r"alt-text|descri.*(photo|picture|headshot|image)|photo-description"),
    Part(
        "photo",
        "the photo's file name",
        r"headshot|photo|picture|portrait|image|selfie",
        r"consent|permi|allow|may-we|can-we|release|agree",
    ),
    Part(
        "quote",
        "the sentence that leads the story",
        r"quote|(one|a)-sentence|in-your-own-words|why-do-you-care|inspire|motivate",
    ),
    Part(
        "story",
        "the text of the story",
        r"(your|full)-story|^story|tell-us-(more|about)|journey|^about-you|describe",
        r"title",
    ),
    Part("year", "the year at school", r"grade|^year|year-(at|in|of)|class-year|(what|school)-year"),
    Part("school", "the school", r"school|college|university|institution", r"grade|year"),
    Part("field", "the field", r"^fields?$|field-of|major|discipline|(stem|your)-(field|area|subject)"),
    Part("role", "the role in the collective", r"^role|your-role|position"),
    Part("topics", "topics, with commas between", r"topics?|keywords?|^tags?$"),
    Part(
        "date",
        "the day of the story",
        r"timestamp|completion-time|submi(tted|ssion)-?(at|on|date|time)|^created|^date$",
        r"birth|consent|sign",
    ),
    Part(
        "consent_form", "the number under which the signed form is filed", r"(form|release)-(number|id|no)$"
    ),
    Part("consent_given", "the day of the signature", r"(date|day).*(sign|consent)|signed-on"),
    Part("consent_by", "self or guardian", r"^(who-signed|signed-by)"),
    Part(
        "consent_covers",
        "what may be used: website, photo, full-name, school, social, search",
        r"consent.*cover|what-may-we-(use|show|publish)",
    ),
)
"""In the order in which they choose a column; what a person must have read is seldom guessed."""

Mapped = Mapping[str, int]
"""The position of a column by the key of the part that it answers."""


def guess(table: Table) -> Mapped:
    """Return the columns that look like the parts of a story; each answers one part at most."""
    found: dict[str, int] = {}
    slugs = [slugify(column) for column in table.columns]
    for part in PARTS:
        if part.key == "name" and {"first_name", "last_name"} <= found.keys():
            continue
        fits = [
            position
            for position, slug in enumerate(slugs)
            if position not in found.values()
            and re.search(part.wording, slug)
            and not re.search(part.never, slug)
            and _has_answers(table, position)
        ]
        if fits:
            found[part.key] = min(fits, key=lambda position: _rank(part, slugs[position]))
    return found


def _has_answers(table: Table, position: int) -> bool:
    """Tell whether anybody answered; Microsoft Forms fills a column of its own with `anonymous`."""
    answers = {row[position].strip().lower() for _, row in table.rows if position < len(row)}
    return bool(answers - {"", "anonymous"}) or not table.rows


def _rank(part: Part, slug: str) -> int:
    """Return which of the wordings fits, the first being the surest."""
    return next(
        (rank for rank, wording in enumerate(_wordings(part.wording)) if re.search(wording, slug)), 99
    )


def _wordings(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no brackets."""
    return re.split(r"\|(?![^(]*\))", pattern)


def told(data: bytes, table: Table) -> Mapped | tuple[Problem, ...]:
    """Return the columns that a file names, or what is wrong with it."""
    document = frontmatter.read_yaml(data, PATH)
    if isinstance(document, Problem):
        return (document,)
    found: dict[str, int] = {}
    problems = []
    names = {_same(column): position for position, column in enumerate(table.columns)}
    for key, column in document.values.items():
        message = _what_is_wrong(key, column, names, table.columns)
        if message:
            problems.append(Problem(document.where(PATH, (key,)), *message))
        elif isinstance(column, str):
            found[key] = names[_same(column)]
    return tuple(problems) or found


def _what_is_wrong(
    key: str, column: object, names: Mapping[str, int], columns: tuple[str, ...]
) -> tuple[str, str] | None:
    known = [part.key for part in PARTS]
    if key not in known:
        return f'the key "{key}" is not known.', did_you_mean(key, known) or f"They are {', '.join(known)}."
    if column is not None and not isinstance(column, str):
        return f"{key} takes the name of one column.", "Write the heading of the column behind the colon."
    if isinstance(column, str) and _same(column) not in names:
        hint = did_you_mean(column, columns) or f"The columns are: {'; '.join(columns)}."
        return f'there is no column "{column}" in this table.', hint
    return None


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def what_is_missing(mapped: Mapped) -> str:
    """Return what no story can be without and no column answers; the empty string where nothing is."""
    if not {"name", "first_name"} & mapped.keys():
        return "no column has the name"
    if not {"quote", "story"} & mapped.keys():
        return "no column has a quote or a story"
    return ""


def written(table: Table, mapped: Mapped) -> str:
    """Return the file that tells which column answers what, for people to correct."""
    return "\n".join((*_lines(table, mapped), ""))


def _lines(table: Table, mapped: Mapped) -> Iterator[str]:
    yield "# Which column of the form answers which part of a story. Behind each colon stands the heading of"
    yield "# a column, letter for letter. Lines that begin with # are notes."
    for part in PARTS:
        note = f"# {part.words}"
        if part.key in mapped:
            yield f"{part.key}: {manuscript.scalar(table.columns[mapped[part.key]])}  {note}"
        else:
            yield f"# {part.key}:  {note}"
    used = mapped.values()
    unused = [column for position, column in enumerate(table.columns) if column and position not in used]
    if unused:
        yield "# Not used:"
        yield from (f"#   {column}" for column in unused)
