"""Autofix: corrects mistakes that have only one possible fix."""

import json
import re
from collections.abc import Mapping
from datetime import date
from difflib import unified_diff

from sitegen.content import frontmatter, validation
from sitegen.content.field_types import guess_date
from sitegen.content.frontmatter import FENCE, NEARLY_A_FENCE, Document
from sitegen.content.schema import FORMS
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Source
from sitegen.core.problem_codes import Code
from sitegen.lint.rules import WORDS_STUCK

MOST_COLONS = 20
"""Lines of a file that are put in quotes; a file with more needs a person."""


def fixed(data: bytes, source: Source) -> bytes:
    """Return a file with its safe fixes; the same bytes if it can't be read after them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    end = (
        "\r\n"
        if text.count("\r\n") == text.count("\n") > 0 and text.count("\r") == text.count("\n")
        else "\n"
    )
    plain = _with_fences(text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _in_quotes(plain, source.path)
    document = frontmatter.read(plain.encode(), source.path)
    if isinstance(document, Problem):
        return data  # a person has to correct it, and finds it easier in the file as it was
    plain = _with_plain_spaces(_with_days(plain, document, source), document)
    if isinstance(frontmatter.read(plain.encode(), source.path), Problem):
        return data
    return plain.replace("\n", end).encode()


def difference(before: bytes, after: bytes, path: str) -> str:
    """Return the changes as a unified diff; invisible characters are named."""
    old, new = (_visible(data).splitlines(keepends=True) for data in (before, after))
    return "".join(unified_diff(old, new, path, f"{path} (fixed)", n=1))


def _visible(data: bytes) -> str:
    text = data.decode("utf-8", "replace").replace("\ufeff", "[byte-order mark]").replace("\xa0", "[nbsp]")
    return text.replace("\r\n", "[CR]\n").replace("\r", "[CR]\n")


def _with_fences(text: str) -> str:
    """Replace what word processors make of three hyphens, above and below the front matter."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or not (NEARLY_A_FENCE.match(lines[first]) or FENCE.match(lines[first])):
        return text
    lines[first] = "---"
    if not any(FENCE.match(line) for line in lines[first + 1 :]):
        near = (number for number in range(first + 1, len(lines)) if NEARLY_A_FENCE.match(lines[number]))
        last = next(near, None)
        if last is not None:
            lines[last] = "---"
    return "\n".join(lines)


def _in_quotes(text: str, path: str) -> str:
    """Put values with a colon in them in quotes."""
    for _ in range(MOST_COLONS):
        found = frontmatter.read(text.encode(), path)
        if isinstance(found, Document) or found.code is not Code.COLON_IN_VALUE:
            break
        lines = text.split("\n")
        key, _, value = lines[found.where.line - 1].partition(": ")
        if not value or re.search(r"[\"'\\]| #", value):
            break
        lines[found.where.line - 1] = f"{key}: {json.dumps(value.strip(), ensure_ascii=False)}"
        text = "\n".join(lines)
    return text


def _with_days(text: str, document: Document, source: Source) -> str:
    """Write unambiguous dates as year-month-day."""
    filled = validation.fill(FORMS[source.kind], document.values)
    lines = text.split("\n")
    for fault in filled if isinstance(filled, tuple) else ():
        written = _value_at(document, fault.path)
        day = _unambiguous_date(written)
        if fault.code is not Code.NOT_A_DATE or day is None or fault.path not in document.places:
            continue
        number, column = document.places[fault.path].value
        before, after = lines[number - 1][: column - 1], lines[number - 1][column - 1 :]
        for form in (f'"{written}"', f"'{written}'", written):
            if after.startswith(form):
                lines[number - 1] = before + day.isoformat() + after[len(form) :]
                break
    return "\n".join(lines)


def _value_at(document: Document, keys: tuple[str | int, ...]) -> str:
    found: object = document.values
    for key in keys:
        if isinstance(found, list) and isinstance(key, int):
            found = found[key]
        else:
            found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def _unambiguous_date(written: str) -> date | None:
    """Return the date that a text means; None if the order of day and month or a time zone matters."""
    day = guess_date(written) if written and ":" not in written else None
    numbers = re.search(r"(?<!\d)(\d{1,2})[/.‐‑‒–—-](\d{1,2})[/.‐‑‒–—-]\d{2,4}(?!\d)", written)
    doubtful = numbers and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1] != numbers[2]
    return None if doubtful else day


def _with_plain_spaces(text: str, document: Document) -> str:
    """Replace no-break spaces between words of the text; those before punctuation and units stay."""
    split = text.rfind(document.body)
    head, body = text[: max(split, 0)], text[max(split, 0) :]
    if split < 0 or not document.body:
        return text
    while WORDS_STUCK.search(body):
        body = WORDS_STUCK.sub(lambda found: found[0].replace("\xa0", " "), body)
    return head + body
