"""Withheld texts: the lines, names and form numbers of files that stay hidden."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.audit.secrets import WithheldText
from sitegen.content import frontmatter
from sitegen.content.plain_values import plain_value
from sitegen.content.written_people import WrittenPerson, people_in
from sitegen.core import visible_text
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Body, Draft, ItemDraft, Person, Source
from sitegen.engine import file_state
from sitegen.markup import render

QUOTES, LINES = ("quote", "title"), ("alt", "caption")
"""Keys of submissions with secret values: quotes, and sentences."""

KEY_LINE = re.compile(r"^[\s-]*[\"']?(name|quote|title)[\"']?\s*:(.*)$", re.MULTILINE)
INLINE_NAME = re.compile(r"[{,]\s*[\"']?name[\"']?\s*:([^,}\n]*)")
"""What seems to give a value, in a file that is too broken to be parsed."""


def read(root: Path, source: Source, draft: Draft | ItemDraft | None) -> WithheldText:
    """Return what a withheld file says; `draft` saves parsing it, where its whole text was read.

    What can't be parsed is taken word by word; a file that can't be read at all says nothing.
    """
    if draft and draft.body != Body():
        return _of_draft(draft)
    try:
        data = file_state.read(f"{root}/{source.path}")
    except OSError:
        return WithheldText(source.path, source.address)
    document = frontmatter.read(data, source.path)
    if isinstance(document, Problem):
        return _raw(source, data.decode("utf-8-sig", "replace"))
    body, _ = render.render(document.body)
    # a text that is too long or too nested to be rendered says what is written
    lines = _lines(body) if body != Body() else [document.body]
    return WithheldText(
        source.path,
        source.address,
        names=tuple(_names(people_in(document.values))),
        quotes=tuple(_texts(document.values, QUOTES)),
        lines=(*_texts(document.values, LINES), *lines),
    )


def _of_draft(draft: Draft | ItemDraft) -> WithheldText:
    source = draft.source
    names = tuple(_names(draft.people))
    if isinstance(draft, ItemDraft):
        lines = (draft.alt, draft.caption, *_lines(draft.body))
        return WithheldText(source.path, source.address, names, (draft.title,), lines)
    return WithheldText(
        source.path,
        source.address,
        names=names,
        quotes=(draft.quote, draft.title),
        lines=(draft.alt, *_lines(draft.body)),
    )


def _raw(source: Source, text: str) -> WithheldText:
    found = [(key, value) for key, value in KEY_LINE.findall(text)]
    return WithheldText(
        source.path,
        source.address,
        names=(*(value for key, value in found if key == "name"), *INLINE_NAME.findall(text)),
        quotes=tuple(value for key, value in found if key != "name"),
        lines=tuple(text.split("\n\n")),
    )


def _lines(body: Body) -> list[str]:
    """Return what readers would see of a text: its lines, and what is said of its pictures; no targets."""
    spoken = visible_text.seen(body.html)
    return [*spoken, *(text for mark in body.pictures for text in (mark.alt, mark.caption))]


def _texts(values: Mapping[str, object], keys: Iterable[str]) -> Iterator[str]:
    """Yield the texts at some keys."""
    return (value for key in keys if isinstance(value := values.get(key), str))


def _names(people: Iterable[Person | WrittenPerson]) -> Iterator[str]:
    """Yield every name that a file gives its people, in full and as shown."""
    return (name for person in people for name in (person.name, person.shown_as) if name)


# -- numbers of forms -----------------------------------------------------------------------

FORM_LINE = re.compile(r"^[ \t]+form:[ \t]+([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*$", re.MULTILINE)
"""What seems to be the number of a form, in a file that is too broken to be parsed."""


def contents(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of files by path, less those that can't be read."""
    return {path: data for path in paths if (data := _content(root, path))}


def _content(root: Path, path: str) -> bytes:
    try:
        return file_state.read(f"{root}/{path}")
    except OSError:
        return b""


def forms(contents: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Return the numbers of the signed forms that each of the files gives, by its path."""
    return {path: found for path, data in contents.items() if (found := _forms(path, data))}


def _forms(path: str, data: bytes) -> tuple[str, ...]:
    if plain := plain_value(data, "form"):
        return (plain,)
    document = frontmatter.read(data, path)
    if isinstance(document, Problem):
        return tuple(FORM_LINE.findall(data.decode("utf-8", "replace").replace("\r", "")))
    return tuple(form for person in people_in(document.values) if (form := person.value("form")))
