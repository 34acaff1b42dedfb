"""Withdrawal: sets the `withdrawn` date of a consent, and changes no other byte."""

import re
from collections.abc import Mapping
from datetime import date

from sitegen.content import frontmatter
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code

LINE_END = re.compile(r"\r\n|\r|\n")


def withdrawn(data: bytes, path: str, day: date, above: KeyPath = ()) -> bytes | Problem:
    """Return the bytes of a file in which one consent is withdrawn from `day` on.

    `above` is the key path above the consent: empty, or the entry of a person in `people`. The bytes are
    unchanged if this consent is withdrawn already or was never given. A Problem says why the file has to be
    changed by hand.
    """
    document = frontmatter.read(data, path)
    if isinstance(document, Problem):
        return document
    keys = (*above, "consent")
    given = _at(document.values, keys)
    if given is None:
        return data
    if not isinstance(given, dict):
        return _by_hand(document, path, day, keys)
    before = given.get("withdrawn")
    if isinstance(before, str) and before <= day.isoformat():
        return data
    changed = _changed(data.decode("utf-8"), document, day, keys).encode("utf-8")
    return (
        changed
        if _is_withdrawal_only(changed, document, path, day, keys)
        else _by_hand(document, path, day, keys)
    )


def _at(values: Value | Mapping[str, Value], keys: KeyPath) -> Value | Mapping[str, Value]:
    """Return the value at a key path; None where there is none."""
    for key in keys:
        if isinstance(values, Mapping):
            values = values.get(str(key))
        else:
            values = values[int(key)] if isinstance(values, list) else None
    return values


def _changed(text: str, document: Document, day: date, keys: KeyPath) -> str:
    """Return the text with the date: instead of the one in it, or as a new first key of the consent."""
    place = document.places.get((*keys, "withdrawn"))
    if place:
        start, end = _line(text, place.key[0])
        start += place.key[1] - 1
        line = re.sub(r"(withdrawn:)[^#\r\n,}]*?(?=\s*(?:[#,}]|$))", rf"\1 {day}", text[start:end], count=1)
        return text[:start] + line + text[end:]
    line_number, column = document.places[keys].value
    start, end = _line(text, line_number)
    if text[start + column - 1 : start + column] == "{":
        return f"{text[: start + column]}withdrawn: {day}, {text[start + column :]}"
    indent = text[start : start + column - 1]
    line_end = LINE_END.search(text)
    return f"{text[:start]}{indent}withdrawn: {day}{line_end[0] if line_end else ''}{text[start:]}"


def _line(text: str, number: int) -> tuple[int, int]:
    """Return the offsets at which a line, counted from 1, begins and ends, without its line break."""
    ends = list(LINE_END.finditer(text))
    start = ends[number - 2].end() if number > 1 else 0
    return start, ends[number - 1].start() if number <= len(ends) else len(text)


def _is_withdrawal_only(data: bytes, before: Document, path: str, day: date, keys: KeyPath) -> bool:
    """Parse the changed file, and compare: only the withdrawal date may differ."""
    after = frontmatter.read(data, path)
    if isinstance(after, Problem):
        return False
    meant = _with_date(before.values, keys, day)
    return after.body == before.body and after.values == meant


def _with_date(values: object, keys: KeyPath, day: date) -> object:
    """Return values with the withdrawal date in the block at a key path."""
    if isinstance(values, list):
        return [_with_date(each, keys[1:], day) if at == keys[0] else each for at, each in enumerate(values)]
    if not isinstance(values, Mapping):
        return values
    if not keys:
        return {**values, "withdrawn": day.isoformat()}
    return {**values, keys[0]: _with_date(values[str(keys[0])], keys[1:], day)}


def _by_hand(document: Document, path: str, day: date, keys: KeyPath) -> Problem:
    where = document.where(path, keys)
    hint = f"Write under consent: withdrawn: {day}"
    message = "the withdrawal can't be added to this file automatically."
    return Problem(Code.WITHDRAW_BY_HAND, where, message, hint)


def unchangeable(path: str, error: OSError) -> Problem:
    """Return the problem of a file to which the withdrawal can't be written."""
    message = f"this file can't be changed: {error.strerror or error}."
    hint = "Give yourself permission to write it, and run this again: a build could publish it again."
    return Problem(Code.WITHDRAW_BY_HAND, Where(path), message, hint)


def without_consent(path: str) -> Problem:
    """Return the problem of a public file that has no consent to withdraw."""
    hint = "Delete the file, or move it out of content/: until then every build publishes it again."
    return Problem(Code.WITHDRAW_BY_HAND, Where(path), "there is no consent in it to take back.", hint)
