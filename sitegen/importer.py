"""Answers of a form to drafts: what each row becomes is planned first, and then written."""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath

from sitegen import filing, frontmatter, manuscript, pasted, photobox, responses, scaffold, schema
from sitegen.columns import Mapped
from sitegen.frontmatter import Value
from sitegen.limits import LONGEST_LINE, LONGEST_TEXT
from sitegen.model import Kind, Settings
from sitegen.photobox import Box
from sitegen.problems import Problem
from sitegen.responses import Answer
from sitegen.scan import Shelf
from sitegen.signs import unquoted
from sitegen.tables import Table

KNOWN_BY = "Known by"
"""The note by which an answer is known again, whatever was changed in its file since."""

MARK = re.compile(rb"^# Known by ([0-9a-f]{16})\b", re.MULTILINE)


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new draft"
    KNOWN = "there already"
    UNUSABLE = "can't be used"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a row becomes. `path` is the file that it goes to, or in which it is already."""

    row: int
    name: str
    fate: Fate
    path: str = ""
    notes: tuple[str, ...] = ()
    """What somebody should know or look at."""
    values: Mapping[str, Value] | None = None
    body: str = ""
    photo: str = ""
    """The path of its photo in the box."""
    mark: str = ""

    @property
    def slug(self) -> str:
        """The name of its file, without the ending."""
        return PurePosixPath(self.path).stem


class _Refused(Exception):
    """A row can't be used; the text says why."""


def plan(
    table: Table, mapped: Mapped, root: Path, shelf: Shelf, settings: Settings, box: Box, today: date
) -> list[Plan]:
    """Return what each row becomes, in the order of the table; nothing is written."""
    known = _known(root, shelf)
    day_first = responses.is_day_first(table, mapped)
    taken: set[str] = set()
    plans: list[Plan] = []
    for row, cells in table.rows:
        answer = responses.read(row, cells, mapped, len(table.columns))
        try:
            planned = _planned(answer, known, settings, box, day_first, today)
            if planned.fate is Fate.NEW:
                planned = _placed(planned, shelf, taken, known)
                taken.add(planned.slug)
                known.marks[planned.mark] = planned.path
                known.people.setdefault(_folded(planned.name), planned.path)
        except _Refused as refused:
            planned = Plan(row, answer.name, Fate.UNUSABLE, notes=(str(refused),))
        plans.append(planned)
    return plans


# -- what is there already ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """The stories that there are: the path of each by its mark, and the first one of each name."""

    marks: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def _known(root: Path, shelf: Shelf) -> Known:
    """Look for the marks that stories were imported with, and for who says what in them today."""
    known = Known()
    for source in shelf.sources:
        if source.kind is not Kind.STORY:
            continue
        data = (root / source.path).read_bytes()
        known.marks.update((found.decode(), source.path) for found in MARK.findall(data))
        document = frontmatter.read(data, source.path)
        if not isinstance(document, Problem):
            name, quote = str(document.values.get("name")), str(document.values.get("quote"))
            known.marks.setdefault(mark_of(name, quote), source.path)
            known.people.setdefault(_folded(name), source.path)
    return known


def mark_of(name: str, quote: str) -> str:
    """Return what an answer is known by: who says what, in whatever letters and signs."""
    return hashlib.blake2b(f"{_folded(name)}\n{_folded(quote)}".encode(), digest_size=8).hexdigest()


def _folded(words: str) -> str:
    letters = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"\w+", letters.replace("'", "").replace("’", "")))


# -- one row --------------------------------------------------------------------------------


def _planned(
    answer: Answer, known: Known, settings: Settings, box: Box, day_first: bool, today: date
) -> Plan:
    name = answer.name
    if answer.is_too_wide:
        raise _Refused("it has more cells than the table has headings")
    if not name:
        raise _Refused("there is no name")
    if pasted.is_formula(answer.raw_name.strip()) or pasted.is_formula(name):
        raise _Refused("the name is a formula")
    quote, body = _words(answer)
    mark = mark_of(name, quote)
    if mark in known.marks:
        return Plan(answer.row, name, Fate.KNOWN, known.marks[mark])
    notes: list[str] = []
    values: dict[str, Value] = {"name": name, "quote": quote}
    values["date"] = responses.day(answer, day_first, today, notes)
    values |= {key: answer.line(key) for key in ("school", "year", "field", "role", "title", "alt")}
    values["topics"] = [word.strip() for word in re.split(r"[,;]", answer.line("topics")) if word.strip()]
    values |= responses.consent(answer, day_first, notes)
    values["draft"] = "true"
    kept = _without_faults(values, settings, notes)
    photo = _photo(answer, box, notes)
    if photo and not kept.get("alt"):
        notes.append("describe the photo in its file")
    return Plan(answer.row, name, Fate.NEW, "", tuple(notes), kept, body, photo, mark)


def _words(answer: Answer) -> tuple[str, str]:
    """Return quote and Markdown; where a quote is missing or too long, the first sentence leads."""
    quote, body = unquoted(answer.line("quote")), answer.parts.get("story", "")
    if not quote or len(quote) > LONGEST_LINE:
        body = body or answer.parts.get("quote", "")
        quote = re.split(r"(?<=[.!?…])[”\"')]*\s", " ".join((quote or body).split()), maxsplit=1)[0]
    if not re.search(r"\w", quote):
        raise _Refused("there is neither a quote nor a story")
    if len(quote) > LONGEST_LINE:
        raise _Refused(f"the quote has {len(quote)} characters; the most is {LONGEST_LINE}")
    plain = manuscript.plain(body.replace("\n", "\n\n"))
    if len(plain) > LONGEST_TEXT:
        raise _Refused(f"the story has {len(body):,} characters; the most is about {LONGEST_TEXT:,}")
    return quote, plain


def _without_faults(values: dict[str, Value], settings: Settings, notes: list[str]) -> dict[str, Value]:
    """Leave out what a story can't hold, and note it; raise where it can't be a story without it."""
    kept: dict[str, Value] = {key: value for key, value in values.items() if value}
    for fault in scaffold.faults(Kind.STORY, kept, settings):
        key = str(fault.path[0])
        if key in ("name", "quote", "date"):
            raise _Refused(fault.message.rstrip("."))
        if kept.pop(key, None):
            notes.append(f"{fault.message} {fault.hint} It was left out.")
    return kept


def _photo(answer: Answer, box: Box, notes: list[str]) -> str:
    written = answer.line("photo")
    found = photobox.find(box, answer.parts.get("photo", ""), answer.name)
    if len(found) == 1:
        return found[0]
    if found:
        notes.append(f"the photo may be any of {', '.join(found[:3])}; copy the right one by hand")
    elif written and box.place:
        notes.append(f'the photo "{written[-60:]}" is not in {box.place.name}')
    elif written:
        notes.append(
            "the photo stayed behind: copy it by hand, or remove this draft and import again with --photos"
        )
    return ""


# -- where it goes --------------------------------------------------------------------------


def _placed(planned: Plan, shelf: Shelf, taken: Set[str], known: Known) -> Plan:
    slug = scaffold.story_slug(planned.values or {})
    if not slug:
        raise _Refused("no file name can be made of the name")
    path = scaffold.path_of(Kind.STORY, scaffold.free(shelf, Kind.STORY, slug, taken))
    twin = known.people.get(_folded(planned.name))
    notes = (*planned.notes, *((f"{twin} is of the same name",) if twin else ()))
    return replace(planned, path=path, notes=notes)


def write(root: Path, plans: list[Plan], box: Box, table_name: str) -> Iterator[Plan]:
    """Write what was planned, and yield each row with what came of it."""
    for planned in plans:
        yield _written(root, planned, box, table_name) if planned.fate is Fate.NEW else planned


def _written(root: Path, planned: Plan, box: Box, table_name: str) -> Plan:
    if (root / planned.path).exists():
        note = f"{planned.path} was made by somebody else in this moment"
        return replace(planned, fate=Fate.UNUSABLE, notes=(note,))
    stored = _store(root, planned, box)
    wrong = stored if stored and not stored.startswith("content/") else ""
    values = dict(planned.values or {})
    notes = [f"{KNOWN_BY} {planned.mark}: row {planned.row} of {table_name}. Leave this line as it is."]
    if stored and not wrong:
        name = PurePosixPath(stored).name
        if values.get("alt"):
            values["headshot"] = name
        else:
            notes.append('The photo lies beside this file. Describe it, and take away the "# " of two lines:')
            notes.extend((f"headshot: {name}", "alt: What the photo shows"))
    else:
        values.pop("alt", None)
    text = manuscript.text(schema.StoryForm, values, planned.body, tuple(notes))
    filing.put(root / planned.path, text.encode())
    return replace(planned, notes=(*planned.notes, wrong)) if wrong else planned


def _store(root: Path, planned: Plan, box: Box) -> str:
    """Put the photo of a row beside its file; return its path, or what is wrong with it."""
    if not planned.photo:
        return ""
    data = box.read(planned.photo)
    if isinstance(data, str):
        return data
    suffix = PurePosixPath(planned.photo).suffix
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"photo{suffix}"
        copy.write_bytes(data)
        found = scaffold.look_at_photo(copy)
    if isinstance(found, str):
        return found.replace(f"photo{suffix}", PurePosixPath(planned.photo).name)
    return scaffold.store_photo(root, Kind.STORY, planned.slug, data, suffix)
