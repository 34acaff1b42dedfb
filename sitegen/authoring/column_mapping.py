"""Column mapping: which column of a form has which part of a story."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.authoring import content_writer
from sitegen.authoring.csv_reader import Table
from sitegen.authoring.private_columns import is_private
from sitegen.content import frontmatter
from sitegen.core.diagnostics import Problem, choose_from
from sitegen.core.problem_codes import Code
from sitegen.core.text import fold
from sitegen.core.urls import slugify

PATH = "content/import.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story: its key, its description, and patterns for the headings of its column."""

    key: str
    words: str
    wording: str
    """A pattern for the slug of a heading, the best match first."""
    never: str = r"^$"


PHOTO = "(headshot|photo|picture|portrait|image|selfie|foto|imagen|retrato|bild)"
ALLOWED = "(consent|permi|allow|may-we|can-we|release|agree|authori[sz]|autoriz|podemos|de-acuerdo)"
UPLOAD = "(upload|attach|sube|subir|adjunt)"
SIGNED = "(date|signature|signed|fecha|firma)"

PARTS = (
    Part(
        "first_name",
        "the first name, if it has its own column",
        r"first-?name|given-?names?|forenames?|^first$|^prenom|^vorname",
        r"last|surname",
    ),
    Part(
        "last_name",
        "the last name, if it has its own column",
        r"last-?name|surname|family-?name|^last$|apellido|sobrenome|nachname|nom-de-famille",
        r"first|forename|given|nombre",
    ),
    Part(
        "name",
        "first and last name",
        r"(full|your|student-?s?|preferred)-.*name|^name-of|nombre-(y-apellidos?|completo)|^name$|^nombres?$"
        r"|name|nombre|^nome|^nom$",
        r"school|file|user|college|nick|full-name-of-your|pet|teacher|doctor|counselor|coach|mentor|friend|"
        r"program|project|team|club|compan|organi[sz]ation|employer|city|course|class|escuela|colegio|archivo|"
        r"usuario|mascota|maestr|profesor|proyecto|equipo|empresa",
    ),
    Part(
        "photo_permission",
        "whether the photo may be used: yes or no",
        rf"{PHOTO}.*{ALLOWED}|{ALLOWED}.*{PHOTO}",
        rf"{UPLOAD}|{SIGNED}",
    ),
    Part(
        "alt",
        "what the photo shows",
        r"alt-text|descri.*(photo|picture|headshot|image|foto|imagen)|photo-description",
    ),
    Part(
        "photo",
        "the photo's file name",
        PHOTO.strip("()"),
        rf"^(?!.*{UPLOAD}).*{ALLOWED}|release|{SIGNED}",
    ),
    Part(
        "quote",
        "a sentence from the story to use as its headline",
        r"quote|(one|a)-sentence|in-your-own-words|why-do-you-care|inspire|motivate|\bcita\b|\bfrase\b"
        r"|en-tus-(propias-)?palabras|te-inspir|te-motiv|por-que-te-importa",
    ),
    Part(
        "story",
        "the text of the story",
        r"(your|full)-story|^story|tell-us-(more|about)|journey|^about-you|describe|historia|cuenta|cuentenos"
        r"|sobre-ti|acerca-de-ti|describ",
        r"title|titulo",
    ),
    Part(
        "year",
        "the year at school",
        r"grade|^year|year-(at|in|of)|class-year|(what|school)-year|\bgrado\b|ano-escolar",
        r"average|point|gpa",
    ),
    Part(
        "school",
        "the school",
        r"school|college|university|institution|escuela|colegio|universidad|instituto|preparatoria",
        r"grade|year|grado|ano-",
    ),
    Part(
        "field",
        "the field",
        r"^fields?$|field-of|major|discipline|(stem|your)-(field|area|subject)|carrera|especialidad"
        r"|area-de-(estudio|interes)|^campo",
    ),
    Part(
        "role",
        "the role in the collective",
        r"^role|your-role|position|^rol$|\brol-en|^tu-rol|^cargo|^puesto",
    ),
    Part("topics", "topics, separated by commas", r"topics?|keywords?|^tags?$|^temas?$|palabras-clave"),
    Part(
        "date",
        "the date of the story",
        r"timestamp|completion-time|submi(tted|ssion)-?(at|on|date|time)|^created|^date$|marca-(de-tiempo|temporal)"
        r"|hora-de-finalizacion|fecha-de-envio|^fecha$",
        r"consent|sign|firma",
    ),
    Part("consent_form", "the number of the signed form in your files", r"(form|release)-(number|id|no)$"),
    Part("consent_given", "the date of the signature", r"(date|day|fecha).*(sign|consent|firma)|signed-on"),
    Part("consent_by", "self or guardian", r"^(who-signed|signed-by|quien-firm|firmado-por)"),
    Part(
        "consent_covers",
        "what may be used: website, photo, full-name, school, social, search",
        r"consent.*cover|what-may-we-(use|show|publish)",
    ),
)
"""In the order in which columns are assigned. Patterns for consent are narrow: a person must read those."""

ABOUT_CONSENT = frozenset(part.key for part in PARTS if part.key.startswith(("consent_", "photo_p")))
"""Parts that are about what is allowed, which parents may answer."""

Mapped = Mapping[str, int]
"""The index of a column, by the key of its part."""


def guess(table: Table) -> Mapped:
    """Return the columns whose headings match the parts of a story; each is used for one part at most."""
    found: dict[str, int] = {}
    slugs = [slugify(column) for column in table.columns]
    private = {part.key: private_positions(table, part.key) for part in PARTS}
    for part in PARTS:
        if part.key == "name" and {"first_name", "last_name"} <= found.keys():
            continue
        fits = [
            position
            for position, slug in enumerate(slugs)
            if position not in found.values()
            and position not in private[part.key]
            and re.search(part.wording, slug)
            and not re.search(part.never, slug)
            and _has_answers(table, position)
        ]
        if fits:
            found[part.key] = min(fits, key=lambda position: _rank(part, slugs[position]))
    if "last_name" in found and "name" in found and not re.search("full|complet", slugs[found["name"]]):
        found["first_name"] = found.pop("name")  # columns such as Name and Surname
    return found


def private_positions(table: Table, key: str = "") -> frozenset[int]:
    """Return the columns that a part must not have: sensitive answers, and data of parents."""
    is_about_consent = key in ABOUT_CONSENT
    headings = enumerate(table.columns)
    return frozenset(at for at, heading in headings if is_private(heading, is_about_consent))


def _has_answers(table: Table, position: int) -> bool:
    """Tell whether a column has answers; Microsoft Forms fills one with `anonymous`."""
    answers = {row[position].strip().lower() for _, row in table.rows if position < len(row)}
    return bool(answers - {"", "anonymous"}) or not table.rows


def _rank(part: Part, slug: str) -> int:
    """Return the position of the first alternative that matches; smaller is better."""
    return next(
        (rank for rank, wording in enumerate(_wordings(part.wording)) if re.search(wording, slug)), 99
    )


def _wordings(pattern: str) -> list[str]:
    """Split a pattern at the bars outside of brackets."""
    return re.split(r"\|(?![^(]*\))", pattern)


def read(data: bytes, table: Table) -> Mapped | tuple[Problem, ...]:
    """Return the mapping in a file's bytes, or its problems."""
    document = frontmatter.read_yaml(data, PATH)
    if isinstance(document, Problem):
        return (document,)
    found: dict[str, int] = {}
    problems = []
    names = {_same(column): position for position, column in enumerate(table.columns)}
    for key, column in document.values.items():
        wrong = _what_is_wrong(key, column, names, table.columns)
        if wrong:
            code, message, hint = wrong
            problems.append(Problem(code, document.where(PATH, (key,)), message, hint))
        elif isinstance(column, str):
            found[key] = names[_same(column)]
    return tuple(problems) or found


def _what_is_wrong(
    key: str, column: object, names: Mapping[str, int], columns: tuple[str, ...]
) -> tuple[Code, str, str] | None:
    known = [part.key for part in PARTS]
    if key not in known:
        hint = choose_from(key, known, "keys")
        return Code.UNKNOWN_FIELD, f'the key "{key}" is not known.', hint
    if column is not None and not isinstance(column, str):
        hint = "Write the heading of the column after the colon."
        return Code.EXPECTS_TEXT, f"{key} takes the name of one column.", hint
    if isinstance(column, str) and _same(column) not in names:
        hint = choose_from(column, columns, "columns")
        return Code.UNKNOWN_COLUMN, f'there is no column "{column}" in this table.', hint
    if isinstance(column, str) and is_private(column, key in ABOUT_CONSENT):
        message = f'the answers to "{column}" are private, so sitegen doesn\'t read them.'
        hint = "Choose another column. If this one asks for something else, rename its heading in the table."
        return Code.PRIVATE_COLUMN, message, hint
    return None


def _same(name: str) -> str:
    return " ".join(fold(name).split())


def what_is_missing(mapped: Mapped) -> str:
    """Return which required part has no column, in words; "" if none is missing."""
    if not {"name", "first_name"} & mapped.keys():
        return "No column has the name"
    if not {"quote", "story"} & mapped.keys():
        return "No column has a quote or a story"
    return ""


def written(table: Table, mapped: Mapped) -> str:
    """Return the text of a mapping file, for people to correct."""
    return "\n".join((*_lines(table, mapped), ""))


def _lines(table: Table, mapped: Mapped) -> Iterator[str]:
    yield "# Which column of the form has which part of a story. Write the exact column name after each"
    yield "# colon. Lines that begin with # are notes."
    for part in PARTS:
        note = f"# {part.words}"
        if part.key in mapped:
            yield f"{part.key}: {content_writer.scalar(table.columns[mapped[part.key]])}  {note}"
        else:
            yield f"# {part.key}:  {note}"
    unused, private = unused_columns(table, mapped)
    if unused:
        yield "# Not used:"
        yield from (f"#   {column}" for column in unused)
    if private:
        yield "# Private, never used:"
        yield from (f"#   {column}" for column in private)


def unused_columns(table: Table, mapped: Mapped) -> tuple[list[str], list[str]]:
    """Return the headings of the unused columns, and those of the private ones among them apart."""
    private, used = private_positions(table), mapped.values()
    unused = [(column, at in private) for at, column in enumerate(table.columns) if column and at not in used]
    return [column for column, hidden in unused if not hidden], [
        column for column, hidden in unused if hidden
    ]
