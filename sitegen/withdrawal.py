"""Writing a withdrawal into a file, and changing nothing else in it."""

import re
from datetime import date

from sitegen import frontmatter
from sitegen.frontmatter import Document
from sitegen.problems import Problem

LINE_END = re.compile(r"\r\n|\r|\n")


def withdrawn(data: bytes, path: str, day: date) -> bytes | Problem:
    """Return the bytes of a file in which consent is withdrawn from `day` on.

    They are the same bytes where that is so already, or where there is no consent to withdraw. A
    problem tells why the file has to be changed by hand.
    """
    document = frontmatter.read(data, path)
    if isinstance(document, Problem):
        return document
    given = document.values.get("consent")
    if given is None:
        return data
    if not isinstance(given, dict):
        return _by_hand(document, path, day)
    before = given.get("withdrawn")
    if isinstance(before, str) and before <= day.isoformat():
        return data
    changed = _changed(data.decode("utf-8"), document, day).encode("utf-8")
    return changed if _is_as_meant(changed, document, path, day) else _by_hand(document, path, day)


def _changed(text: str, document: Document, day: date) -> str:
    """Return the text with the day in it: in the place of another one, or as the first key of the consent."""
    place = document.places.get(("consent", "withdrawn"))
    if place:
        start, end = _line(text, place.key[0])
        line = re.sub(r"(withdrawn:)[^#\r\n,}]*?(?=\s*(?:[#,}]|$))", rf"\1 {day}", text[start:end])
        return text[:start] + line + text[end:]
    line_number, column = document.places["consent",].value
    start, end = _line(text, line_number)
    if text[start + column - 1 : start + column] == "{":
        return f"{text[: start + column]}withdrawn: {day}, {text[start + column :]}"
    indent = text[start : start + column - 1]
    line_end = LINE_END.search(text)
    return f"{text[:start]}{indent}withdrawn: {day}{line_end[0] if line_end else ''}{text[start:]}"


def _line(text: str, number: int) -> tuple[int, int]:
    """Return where a line, counted from 1, starts and where its text ends."""
    ends = list(LINE_END.finditer(text))
    start = ends[number - 2].end() if number > 1 else 0
    return start, ends[number - 1].start() if number <= len(ends) else len(text)


def _is_as_meant(data: bytes, before: Document, path: str, day: date) -> bool:
    """Tell whether the changed file says just what it said, and that consent is withdrawn."""
    after = frontmatter.read(data, path)
    if isinstance(after, Problem):
        return False
    given = before.values["consent"]
    meant = {**given, "withdrawn": day.isoformat()} if isinstance(given, dict) else None
    return after.body == before.body and after.values == {**before.values, "consent": meant}


def _by_hand(document: Document, path: str, day: date) -> Problem:
    where = document.where(path, ("consent",))
    hint = f"Write under consent: withdrawn: {day}"
    return Problem(where, "the withdrawal can't be written here by itself.", hint)
