"""Importer: plans what each row of a form becomes, then writes new drafts."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath

from sitegen.authoring import content_writer, form_response, paste_cleaner, photo_archive, scaffold
from sitegen.authoring.column_mapping import Mapped
from sitegen.authoring.csv_reader import Table
from sitegen.authoring.form_response import Answer
from sitegen.authoring.photo_archive import PhotoArchive
from sitegen.consent.names import GIVEN, PARTICLES, turned_around, understand
from sitegen.content import frontmatter, schema
from sitegen.content.discovery import FOLDERS, ContentFiles
from sitegen.content.strict_yaml import Value
from sitegen.content.written_people import people_in
from sitegen.core import atomic_write
from sitegen.core.diagnostics import Problem
from sitegen.core.limits import LONGEST_LINE, LONGEST_TEXT
from sitegen.core.model import Kind
from sitegen.core.settings import Settings
from sitegen.core.text import unquoted, words

KNOWN_BY = "Known by"
"""The comment that identifies an imported answer, even after its file was edited."""

MARK = re.compile(rb"^# Known by ([0-9a-f]{16})\b", re.MULTILINE)


class Outcome(StrEnum):
    """The result of a row."""

    NEW = "new draft"
    KNOWN = "already imported"
    UNUSABLE = "can't be used"


@dataclass(frozen=True, slots=True)
class Plan:
    """The result of a row. `path` is the new or existing file."""

    row: int
    name: str
    outcome: Outcome
    path: str = ""
    notes: tuple[str, ...] = ()
    """Notes for people."""
    values: Mapping[str, Value] | None = None
    body: str = ""
    photo: str = ""
    """The path of its photo in the photo archive."""
    mark: str = ""

    @property
    def slug(self) -> str:
        """The name of its file without the extension."""
        return PurePosixPath(self.path).stem


class _RowError(Exception):
    """The row can't be used; the message says why."""


def plan(
    table: Table,
    mapped: Mapped,
    root: Path,
    files: ContentFiles,
    settings: Settings,
    archive: PhotoArchive,
    today: date,
) -> list[Plan]:
    """Return the plan for each row, in the order of the table; nothing is written."""
    known = _known(root, files)
    day_first = form_response.is_day_first(table, mapped)
    taken: set[str] = set()
    plans: list[Plan] = []
    for row, cells in table.rows:
        answer = form_response.read(row, cells, mapped, len(table.columns))
        try:
            planned = _planned(answer, known, settings, archive, day_first, today)
            if planned.outcome is Outcome.NEW:
                planned = _placed(planned, files, taken, known)
                taken.add(planned.slug)
                known.marks[planned.mark] = planned.path
                known.people.setdefault(_comparable(planned.name), planned.path)
        except _RowError as refused:
            planned = Plan(row, answer.name, Outcome.UNUSABLE, notes=(str(refused),))
        plans.append(planned)
    return plans


# -- existing stories ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """Paths of the existing stories, by mark and by folded name."""

    marks: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def _known(root: Path, files: ContentFiles) -> Known:
    """Return the existing stories; stories without a mark get one from their name and quote."""
    known = Known()
    for source in files.sources:
        if source.kind is not Kind.STORY:
            continue
        data = (root / source.path).read_bytes()
        known.marks.update((found.decode(), source.path) for found in MARK.findall(data))
        document = frontmatter.read(data, source.path)
        if not isinstance(document, Problem):
            for person in people_in(document.values):
                known.marks.setdefault(mark_of(person.name, str(document.values.get("quote"))), source.path)
                known.people.setdefault(_comparable(person.name), source.path)
    return known


def mark_of(name: str, quote: str) -> str:
    """Return a digest of name and quote, ignoring case and punctuation."""
    return hashlib.blake2b(f"{_comparable(name)}\n{_comparable(quote)}".encode(), digest_size=8).hexdigest()


def _comparable(text: str) -> str:
    return " ".join(words(text))


# -- one row --------------------------------------------------------------------------------


def _planned(
    answer: Answer, known: Known, settings: Settings, archive: PhotoArchive, day_first: bool, today: date
) -> Plan:
    name = answer.name
    if answer.is_too_wide:
        raise _RowError("it has more cells than the table has headings")
    if not name:
        raise _RowError("the name is missing")
    if paste_cleaner.is_formula(answer.raw_name.strip()) or paste_cleaner.is_formula(name):
        raise _RowError("the name is a formula")
    notes: list[str] = []
    quote, body, is_own = _words(answer, notes)
    name = _first_name_first(_in_proper_case(name, notes), notes)
    mark = mark_of(answer.name, quote)
    for each in (mark, mark_of(name, quote)):
        if each in known.marks:
            return Plan(
                answer.row, answer.name, Outcome.KNOWN, known.marks[each], photo=_photo(answer, archive, [])
            )
    values: dict[str, Value] = {"name": name, "quote": quote, "own_words": "" if is_own else "false"}
    values["date"] = form_response.day(answer, day_first, today, notes)
    values |= {key: answer.line(key) for key in ("school", "year", "field", "role", "title", "alt")}
    values["topics"] = [word.strip() for word in re.split(r"[,;]", answer.line("topics")) if word.strip()]
    values |= form_response.consent(answer, day_first, notes)
    values["draft"] = "true"
    kept = _without_faults(values, settings, notes)
    photo = _photo(answer, archive, notes)
    if photo and not kept.get("alt"):
        notes.append("describe the photo in its file")
    return Plan(answer.row, name, Outcome.NEW, "", tuple(notes), kept, body, photo, mark)


def _first_name_first(name: str, notes: list[str]) -> str:
    """Return a name with the first name first, and note what a person has to check."""
    if turned := turned_around(name):
        notes.append(f'"{name}" became "{turned}"; if these are two people, list them in people')
        return turned
    if doubt := understand(name).doubt:
        notes.append(f"{doubt}: add a line shown_as with the first name, or list several people in people")
    return name


def _in_proper_case(name: str, notes: list[str]) -> str:
    """Return a name that was typed in one case with capital letters where they belong, and note it."""
    if not (name.islower() or name.isupper()) or len(name) < 3:
        return name
    words = [_capitalized(word) for word in name.lower().split()]
    proper = " ".join(words)
    if " " in name and understand(turned_around(proper) or proper).doubt:
        return name
    if proper != name:
        notes.append(f'"{name}" became "{proper}"; check the capital letters')
    return proper


def _capitalized(word: str) -> str:
    """Return a word of a name in small letters with its capital letters: O'Neil, McCoy, Ana-Lia, III, de."""
    if word in PARTICLES - GIVEN:
        return word
    if re.fullmatch(r"ii|iii|iv", word):
        return word.upper()
    parts = re.split(r"([-'’.])", word)
    capital = "".join(part[:1].upper() + part[1:] for part in parts)
    return re.sub(r"^Mc(\w)", lambda found: f"Mc{found[1].upper()}", capital)


def _words(answer: Answer, notes: list[str]) -> tuple[str, str, bool]:
    """Return the headline, the Markdown body, and whether the headline is a quote.

    The first sentence of a text is used as a headline; a person has to choose it before it is a quote.
    """
    quote, body = unquoted(answer.line("quote")), answer.parts.get("story", "")
    is_own = bool(quote) and len(quote) <= LONGEST_LINE
    if not is_own:
        body = body or answer.parts.get("quote", "")
        quote = re.split(r"(?<=[.!?…])[”\"')]*\s", " ".join((quote or body).split()), maxsplit=1)[0]
    if not re.search(r"\w", quote):
        raise _RowError("it has neither a quote nor a story")
    if len(quote) > LONGEST_LINE:
        raise _RowError(f"the quote has {len(quote)} characters; the most is {LONGEST_LINE}")
    plain = content_writer.plain(body.replace("\n", "\n\n"))
    if len(plain) > LONGEST_TEXT:
        raise _RowError(f"the story has {len(body):,} characters; the most is about {LONGEST_TEXT:,}")
    if not is_own:
        notes.append("the first sentence is the headline, without quotation marks, until you choose a quote")
    return quote, plain, is_own


def _without_faults(values: dict[str, Value], settings: Settings, notes: list[str]) -> dict[str, Value]:
    """Drop invalid values, with a note; raise _RowError if a required one is invalid."""
    kept: dict[str, Value] = {key: value for key, value in values.items() if value}
    for fault in scaffold.faults(Kind.STORY, kept, settings):
        key = str(fault.path[0])
        if key in ("name", "quote", "date"):
            raise _RowError(fault.message.rstrip("."))
        if kept.pop(key, None):
            notes.append(f"{fault.message} {fault.hint} It was left out.")
    return kept


def _photo(answer: Answer, archive: PhotoArchive, notes: list[str]) -> str:
    written = answer.line("photo")
    allowed = form_response.may_use_photo(answer)
    if allowed is False:
        notes.append("the form says no to the photo, so it was not copied")
        return ""
    if allowed is None and answer.line("photo_permission"):
        notes.append("please read what the form says about the photo")
    found = photo_archive.find(archive, answer.parts.get("photo", ""), answer.name)
    if len(found) == 1:
        return found[0]
    if found:
        notes.append(f"the photo may be any of {', '.join(found[:3])}; copy the right one by hand")
    elif written and archive.place:
        notes.append(f'the photo "{written[-60:]}" is not in {archive.place.name}')
    elif written:
        notes.append(
            "the photo was not copied: copy it by hand, or delete this draft and import again with --photos"
        )
    return ""


# -- writing --------------------------------------------------------------------------


def _placed(planned: Plan, files: ContentFiles, taken: Set[str], known: Known) -> Plan:
    slug = scaffold.story_slug(planned.values or {})
    if not slug:
        raise _RowError("the name can't be made into a file name")
    path = scaffold.path_of(Kind.STORY, scaffold.free_slug(files, Kind.STORY, slug, taken))
    twin = known.people.get(_comparable(planned.name))
    notes = (*planned.notes, *((f"{twin} has the same name",) if twin else ()))
    return replace(planned, path=path, notes=notes)


def photos_left(plans: list[Plan], archive: PhotoArchive) -> list[str]:
    """Return the photos in the archive that no story took, in the order of their names."""
    taken = {planned.photo for planned in plans if planned.outcome is not Outcome.UNUSABLE}
    return [name for name in archive.names if name not in taken]


def write(root: Path, plans: list[Plan], archive: PhotoArchive, table_name: str) -> Iterator[Plan]:
    """Write the planned drafts, and yield each row with its result."""
    for planned in plans:
        yield _written(root, planned, archive, table_name) if planned.outcome is Outcome.NEW else planned


def _written(root: Path, planned: Plan, archive: PhotoArchive, table_name: str) -> Plan:
    if (root / planned.path).exists():
        return _just_made(planned)
    stored = _store(root, planned, archive)
    error = stored if stored and not stored.startswith("content/") else ""
    values = dict(planned.values or {})
    notes = [f"{KNOWN_BY} {planned.mark}: row {planned.row} of {table_name}. Please keep this line."]
    if stored and not error:
        name = PurePosixPath(stored).name
        if values.get("alt"):
            values["headshot"] = name
        else:
            notes.append('The photo is next to this file. Describe it, and remove the "# " of two lines:')
            notes.extend((f"headshot: {name}", "alt: What the photo shows"))
    else:
        values.pop("alt", None)
    text = content_writer.text(schema.StoryForm, values, planned.body, tuple(notes))
    if not atomic_write.create(root / planned.path, text.encode()):
        return _just_made(planned)
    return replace(planned, notes=(*planned.notes, error), photo="") if error else planned


def _just_made(planned: Plan) -> Plan:
    note = f"{planned.path} was just made by another program"
    return replace(planned, outcome=Outcome.UNUSABLE, notes=(note,))


def _store(root: Path, planned: Plan, archive: PhotoArchive) -> str:
    """Copy the photo of a row next to its file; return its path, or what is wrong with it."""
    if not planned.photo:
        return ""
    data = archive.read(planned.photo)
    if isinstance(data, str):
        return data
    if wrong := scaffold.look_at_bytes(data, planned.photo):
        return wrong
    suffix = PurePosixPath(planned.photo).suffix
    return scaffold.store_photo(root, FOLDERS[Kind.STORY], planned.slug, data, suffix)
