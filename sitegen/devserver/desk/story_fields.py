"""Form fields: a story's form, made from its questions and its schema."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sitegen.authoring import editor_schemas
from sitegen.authoring.answers import value_of
from sitegen.authoring.editor_schemas import LONG
from sitegen.authoring.questions import CONSENT, PERSON, PHOTO, STORY, USES, Question
from sitegen.content.field_types import iso_date
from sitegen.content.schema import ConsentForm, Form, PersonForm, StoryForm
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.content.written_people import people_in
from sitegen.core.model import Scope
from sitegen.core.settings import Settings


class Widget(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PROSE = "prose"
    DAY = "day"
    CHOICE = "choice"
    SIGNER = "signer"
    USES = "uses"
    FOCUS = "focus"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: the key path of its value, its label, guidance, and how it is filled in.

    `question` says how an answer becomes a value; `options` are the values of a choice.
    """

    keys: KeyPath
    label: str
    guidance: str
    widget: Widget
    question: Question
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the field in a form."""
        return ".".join(map(str, self.keys))

    @property
    def is_required(self) -> bool:
        """Whether the form can't be saved without it."""
        return self.question.required and "consent" not in self.keys


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the form. Those about a person have the key path above the person's name."""

    name: str
    title: str
    fields: tuple[Field, ...]
    person: KeyPath = ()


WHO = ("name", "shown_as", "school", "year", "field", "role")
WORDS = ("quote", "title", "topics")
ABOUT_PHOTO = ("alt", "focus")
WHEN = ("date", "publish", "expire")

NOT_ASKED = (
    Question(("focus",), "", "Focal point", "50% 35%"),
    Question(("publish",), "", "First day on the site; as soon as possible if left out", "2026-11-04"),
    Question(("expire",), "", "First day off the site; when consent ends if left out", "2027-11-04"),
)
"""Fields of the form that no command asks for."""

SIGNERS: Mapping[str, str] = {"self": "The student", "guardian": "A parent or guardian"}

GUIDANCE: Mapping[str, str] = {
    "alt": "One sentence for people who can’t see the photo: who or what is in it, and what happens. "
    "Leave out “photo of”.",
    "form": "The number only, never a name. It is never published.",
    "until": "Two years after the signature if left out.",
}


def sections(values: Mapping[str, Value], settings: Settings | None) -> tuple[Section, ...]:
    """Return the sections of the form for a story with some values."""
    people = [each.keys for each in people_in(values)]
    is_group = people != [()]
    facts = tuple(key for key in WHO if not (is_group and key in ("name", "shown_as")))
    found = [Section("who", "Facts" if is_group else "Who", _fields(StoryForm, STORY, facts, settings))]
    for number, keys in enumerate(people, 1) if is_group else ():
        own = _fields(PersonForm, PERSON, ("name", "shown_as"), settings, keys)
        found.append(Section(f"person-{number}", f"Person {number}", own, keys))
    found.append(Section("words", "Words", _fields(StoryForm, STORY, WORDS, settings)))
    found.append(Section("photo", "Photo", _fields(StoryForm, (*STORY, *NOT_ASKED), ABOUT_PHOTO, settings)))
    for number, keys in enumerate(people, 1):
        title = f"Consent of person {number}" if is_group else "Consent"
        asked = tuple(str(each.path[-1]) for each in CONSENT)
        own = _fields(ConsentForm, CONSENT, asked, settings, (*keys, "consent"))
        found.append(Section(f"consent-{number}" if is_group else "consent", title, own, keys))
    found.append(Section("when", "When", _fields(StoryForm, (*STORY, *NOT_ASKED), WHEN, settings)))
    return tuple(found)


def _fields(
    form: type[Form],
    questions: Sequence[Question],
    keys: Sequence[str],
    settings: Settings | None,
    above: KeyPath = (),
) -> tuple[Field, ...]:
    kinds = dict(editor_schemas.kinds(form, settings))
    by_key = {question.path[-1]: question for question in questions if question.path != PHOTO}
    return tuple(_field((*above, key), by_key[key], kinds[key]) for key in keys)


def _field(keys: KeyPath, question: Question, kind: Mapping[str, object]) -> Field:
    key = str(keys[-1])
    label, _, more = re.sub(r"[:;(]|, ", "\0", question.words, count=1).partition("\0")
    known = kind.get("enum")
    options = tuple(map(str, known)) if isinstance(known, list) else ()
    widget = _widget(key, kind, options)
    guidance = GUIDANCE.get(key) or more.strip(" )").capitalize()
    if widget in (Widget.SIGNER, Widget.USES):
        guidance = ""
    return Field(keys, label.strip(), guidance, widget, question, options)


def _widget(key: str, kind: Mapping[str, object], options: tuple[str, ...]) -> Widget:
    if key in ("by", "covers", "focus"):
        return {"by": Widget.SIGNER, "covers": Widget.USES, "focus": Widget.FOCUS}[key]
    if kind.get("format") == "date":
        return Widget.DAY
    if options:
        return Widget.CHOICE
    return Widget.PROSE if key in LONG else Widget.LINE


# -- values ---------------------------------------------------------------------------------


def value_at(values: Value, keys: KeyPath) -> Value:
    """Return the value at a key path; None where there is none."""
    for key in keys:
        if isinstance(values, dict):
            values = values.get(str(key))
        elif isinstance(values, list) and isinstance(key, int) and key < len(values):
            values = values[key]
        else:
            return None
    return values


def shown(field: Field, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what a field shows for the values of a file: texts of a list for uses, else one text."""
    value = value_at(dict(values), field.keys)
    if isinstance(value, list):
        found = tuple(str(each) for each in value if each)
        return found if field.widget is Widget.USES else (", ".join(found),)
    return (value if isinstance(value, str) else "",)


def has_day_picker(field: Field, text: str) -> bool:
    """Whether a browser's day picker can show a text; it would lose any other."""
    return field.widget is Widget.DAY and (not text or iso_date(text) is not None)


def answer(field: Field, given: Sequence[str], before: Mapping[str, Value]) -> Value:
    """Return what was filled in as the value of a file; uses that stay keep their order in the file."""
    if field.widget is Widget.USES:
        old = value_at(dict(before), field.keys)
        kept = [each for each in old if each in given] if isinstance(old, list) else []
        return [*kept, *(scope.value for scope in Scope if scope in given and scope not in kept)]
    return value_of(field.question, next(iter(given), ""))


def uses() -> Iterator[tuple[str, str, str]]:
    """Yield each use of a story: its value, its name, and what it means."""
    for scope, use in USES.items():
        yield scope.value, use.name, use.words
