"""Story form: what its fields show, and what was filled in as changes of a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.authoring import scaffold
from sitegen.authoring.answers import is_yes
from sitegen.authoring.content_editor import with_value
from sitegen.content import frontmatter
from sitegen.content.frontmatter import ODD_BREAKS
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.content.validation import Fault, is_empty
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Kind, Source
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Settings
from sitegen.core.text import UNPRINTABLE
from sitegen.devserver.desk import story_fields
from sitegen.devserver.desk.context import Request
from sitegen.devserver.desk.story_fields import Field, Section, Widget
from sitegen.engine.serialization import raw_digest

FLAGS: Mapping[str, bool] = {"own_words": True, "draft": False}
"""Boxes of the form besides the uses, with the value of a file that doesn't say."""

CENTER = "50% 50%"


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story's file as it is now: its bytes, and what is in it."""

    source: Source
    data: bytes
    values: Mapping[str, Value]
    body: str

    @property
    def digest(self) -> str:
        """The digest that travels with a form of this version."""
        return digest_of(self.data)


def digest_of(data: bytes) -> str:
    """Return the digest of a file, as text."""
    return raw_digest(data).hex()


def stored(root: Path, source: Source) -> StoredStory | Problem:
    """Read a story's file; return what makes it unreadable instead. Raises OSError."""
    data = (root / source.path).read_bytes()
    document = frontmatter.read(data, source.path)
    if isinstance(document, Problem):
        return document
    return StoredStory(source, data, document.values, document.body)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form shows: texts and boxes by the names of the fields, the body, the photo's file name.

    `digest` is that of the file, "" for a new story; `errors` are messages by field; `theirs` is what the
    file has by now, by field, where another program has changed it.
    """

    sections: tuple[Section, ...]
    texts: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, bool]
    body: str
    photo: str = ""
    digest: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the text that a field shows."""
        return next(iter(self.texts.get(name, ())), "")

    @property
    def fields(self) -> Iterator[Field]:
        """All fields."""
        return (each for section in self.sections for each in section.fields)


def of_file(story: StoredStory, settings: Settings | None) -> Shown:
    """Return what the form of a file shows."""
    return of_values(story.values, story.body, settings, story.digest)


def of_values(values: Mapping[str, Value], body: str, settings: Settings | None, digest: str = "") -> Shown:
    """Return what a form shows for values and a text."""
    sections = story_fields.sections(values, settings)
    texts = {each.name: story_fields.shown(each, values) for each in _fields(sections)}
    photo = values.get("headshot")
    flags = {name: _flag(values, name) for name in FLAGS}
    return Shown(sections, texts, flags, body, photo if isinstance(photo, str) else "", digest)


def of_request(request: Request, before: Mapping[str, Value], settings: Settings | None) -> Shown:
    """Return what a form shows after it was sent; `before` are the values of the file."""
    base = of_values(before, "", settings, request.text("digest"))
    texts = {each.name: _given(each, request) for each in base.fields}
    flags = {name: name in request.form for name in FLAGS}
    # files are read without these, so a text with them would not be read back as it was written
    body = ODD_BREAKS.sub(" ", UNPRINTABLE.sub("", request.text("body")))
    return Shown(base.sections, texts, flags, body, base.photo, base.digest)


def _fields(sections: Sequence[Section]) -> Iterator[Field]:
    return (each for section in sections for each in section.fields)


def _flag(values: Mapping[str, Value], name: str) -> bool:
    written = values.get(name)
    return FLAGS[name] if not isinstance(written, str) or is_empty(written) else is_yes(written)


def _given(each: Field, request: Request) -> tuple[str, ...]:
    """Return what was filled in; a focal point has a field for each of its two numbers."""
    if each.widget is Widget.FOCUS:
        across, down = (request.text(f"{each.name}.{axis}") for axis in ("x", "y"))
        return (f"{across}% {down}%",) if across and down else ("",)
    if each.widget is Widget.USES:
        return request.form.get(each.name, ())
    return (request.text(each.name),)


# -- changes --------------------------------------------------------------------------------


def changes(form: Shown, before: Mapping[str, Value]) -> dict[KeyPath, Value]:
    """Return the values that a form changes, by key path; what it doesn't change is not touched."""
    found: dict[KeyPath, Value] = {}
    for each in form.fields:
        wanted = story_fields.answer(each, form.texts[each.name], before)
        old = story_fields.answer(each, story_fields.shown(each, before), before)
        if wanted != old and not (not old and wanted == _default(each, before)):
            found[each.keys] = wanted
    for section in form.sections:
        if _is_consent(section) and not _says_consent(section, form, before):
            found = {keys: value for keys, value in found.items() if keys[:-1] != section.fields[0].keys[:-1]}
    for name, is_set in form.flags.items():
        if is_set != _flag(before, name):
            found[(name,)] = "true" if is_set else "false"
    return found


def _default(each: Field, before: Mapping[str, Value]) -> str:
    """Return what a field sends that nobody has touched, where the file doesn't have to say it."""
    if each.widget is Widget.FOCUS:
        return CENTER
    has_consent = story_fields.value_at(dict(before), each.keys[:-1]) is not None
    return "self" if each.widget is Widget.SIGNER and has_consent else ""


def _is_consent(section: Section) -> bool:
    return bool(section.fields) and "consent" in section.fields[0].keys


def _says_consent(section: Section, form: Shown, before: Mapping[str, Value]) -> bool:
    """Whether a consent is recorded or was filled in; who signed is always chosen."""
    if story_fields.value_at(dict(before), section.fields[0].keys[:-1]) is not None:
        return True
    others = (each for each in section.fields if each.widget is not Widget.SIGNER)
    return any(any(form.texts[each.name]) for each in others)


def merged(before: Mapping[str, Value], changed: Mapping[KeyPath, Value]) -> dict[str, Value]:
    """Return the values of a file after changes."""
    values: Value = dict(before)
    for keys, value in changed.items():
        values = with_value(values, keys, value)
    assert isinstance(values, dict)  # noqa: S101 - it was one before
    return values


PLEASE_ANSWER = "Please fill this in."


def errors(
    form: Shown, values: Mapping[str, Value], settings: Settings | None, photo: bool
) -> dict[str, str]:
    """Return what is wrong with a form, by field; `photo` says whether there is one."""
    found = {
        each.name: PLEASE_ANSWER for each in form.fields if each.is_required and not form.text(each.name)
    }
    if photo and not values.get("alt"):
        found["alt"] = "Please describe the photo."
    fields = {each.keys: each.name for each in form.fields}
    for fault in scaffold.faults(Kind.STORY, values, settings):
        name = next((fields[keys] for keys in _above(fault.path) if keys in fields), "")
        if name:
            found.setdefault(name, _message(fault))
    return found


def _above(path: KeyPath) -> Iterator[KeyPath]:
    return (path[:length] for length in range(len(path), 0, -1))


def _message(fault: Fault) -> str:
    if fault.code in (Code.MISSING_FIELD, Code.EMPTY_FIELD):
        return PLEASE_ANSWER
    return f"{fault.message} {fault.hint}".strip().capitalize()


def differences(form: Shown, now: StoredStory) -> dict[str, str]:
    """Return what a file has, by field, where a form has something else."""
    changed = changes(form, now.values)
    shown = {each: story_fields.shown(each, now.values) for each in form.fields if each.keys in changed}
    found = {each.name: ", ".join(texts) or "nothing" for each, texts in shown.items()}
    flags = (name for name in form.flags if (name,) in changed)
    found |= {name: "yes" if _flag(now.values, name) else "no" for name in flags}
    if form.body.strip() != now.body.strip():
        found["body"] = now.body
    return found
