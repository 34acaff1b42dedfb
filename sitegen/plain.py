"""Front matter of the plainest kind, read without YAML's nodes: what nearly every file begins with.

That is one key a line, with a value on the same line or a list in brackets, and blocks indented by two
spaces. For whatever else there is, the answer is None, and YAML is asked. Where there is an answer, it is
what PyYAML says, every scalar as text; the tests hold one against the other.
"""

import re
from typing import Any

LETTER = r"[ !$-9;-\[\]-~\u00a1-\u024f\u2010-\u2027]"
"""What typed text is made of, less what can mean more: colon, hash, quotation mark and backslash."""
LAST = LETTER.replace("[ ", "[")
ENTRY = r'(?:[A-Za-z0-9](?:[\w .-]*\w)?|"[\w .:\'-]*")'

LINE = re.compile(
    r"(  )?([a-z_]{1,60}):"
    rf'(?: +(?:([A-Za-z0-9](?:{LETTER}*{LAST})?)|"((?:{LETTER}|[:#])*)"|'
    rf"(\[ *{ENTRY}(?: *, *{ENTRY})* *\])))? *",
    re.ASCII,
)
"""Indentation, key, and one of three values: words, words in quotation marks, entries in brackets."""
ITEM = re.compile(ENTRY, re.ASCII)
ASIDE = re.compile(rf' *(?:#(?:{LETTER}|[:#"\\])*)?')
"""A line that says nothing, or a comment."""


def read(matter: str) -> dict[str, Any] | None:
    """Return the values of front matter; None where it is not of the plainest kind."""
    values: dict[str, Any] = {}
    block: dict[str, Any] | None = None
    opened = ""
    for line in matter.split("\n"):
        found = LINE.fullmatch(line)
        if found is None:
            if ASIDE.fullmatch(line):
                continue
            return None
        indented, key, words, quoted, entries = found.groups()
        value = words or (_entries(entries) if entries else quoted)
        if _is_null(words) or (isinstance(value, list) and any(map(_is_null, value))):
            return None
        if not indented:
            if key in values:
                return None
            values[key], block, opened = value, None, key if value is None else ""
        else:
            if opened:
                values[opened] = block = {}
                opened = ""
            if block is None or key in block:
                return None
            block[key] = value
    return values


def _entries(written: str) -> list[str]:
    return [entry.strip('"') for entry in ITEM.findall(written)]


def _is_null(words: str | None) -> bool:
    return words is not None and words.lower() == "null"
