"""CSV reader: guesses the encoding and the separator of a table."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from sitegen.core.limits import MOST_TABLE_BYTES

SEPARATORS = (",", ";", "\t", "|")
"""Separators of cells; Excel writes semicolons in countries with decimal commas."""


@dataclass(frozen=True, slots=True)
class Table:
    """Unique column names, and the rows, each with its row number in the spreadsheet."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(data: bytes) -> Table | str:
    """Return the table in a file's bytes, or why it can't be read, in words."""
    if len(data) > MOST_TABLE_BYTES:
        most = MOST_TABLE_BYTES // 1_000_000
        return f"it is larger than {most} MB. Export only the answers, without the photos."
    if data[:2] == b"PK":
        return 'it is an Excel workbook. In Excel, choose Save As and the format "CSV UTF-8".'
    text = _decoded(data)
    if text is None:
        return 'its letters can\'t be recognized. In Excel, choose Save As and the format "CSV UTF-8".'
    text = text.replace("\0", "")
    if not text.strip():
        return "it is empty."
    first, _, rest = text.partition("\n")
    named = NAMED_SEPARATOR.match(first)
    if named:
        return _table(_rows(rest, named[1]) or [])
    heading = text.lstrip().splitlines()[0]
    possible = [separator for separator in SEPARATORS if separator in heading] or [","]
    parsed = {separator: rows for separator in possible if (rows := _rows(text, separator))}
    if not parsed:
        return "a quotation mark in it is never closed. Export the table again as CSV."
    return _table(max(parsed.values(), key=_regularity))


NAMED_SEPARATOR = re.compile(r"\s*sep=(\t|[^\s\"])", re.IGNORECASE)
"""Excel's first line. Python 3.13 refuses a quotation mark and the like as a separator."""


def _decoded(data: bytes) -> str | None:
    """Decode as UTF-16 or UTF-8, else as Windows-1252 or Mac Roman; None if none of them is plausible."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:64:2].count(0) > 16:  # every other byte of Western text in UTF-16 is zero
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        windows, mac = data.decode("cp1252", "replace"), data.decode("mac_roman")
    text = max((windows, mac), key=_in_place)
    odd = sum(byte > 127 for byte in data)
    return None if odd >= MANY and _in_place(text) * 4 < odd else text


MANY = 8
"""Bytes outside ASCII from which the check for misplaced letters is reliable."""

IN_PLACE = re.compile(r"[A-Za-z][à-öø-ÿœß]|[A-Z][À-ÖØ-Þ]|(?<!\w)[À-ÖØ-Þ“‘„][a-zA-Z]|[\w.,!?][”’…]|\s[–—•]\s")
"""Accents and typographic signs where people write them."""


def _in_place(text: str) -> int:
    return len(IN_PLACE.findall(text))


def _rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(MOST_TABLE_BYTES)  # an answer with Word's markup can exceed csv's limit of 128 KiB
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return []


def _regularity(rows: list[list[str]]) -> tuple[bool, float, int]:
    """Return a sort key: several columns first, then the share of rows as wide as the first, then width."""
    filled = [row for row in rows if any(row)]
    width = len(filled[0]) if filled else 0
    return width > 1, sum(len(row) == width for row in filled) / (len(filled) or 1), width


def _table(rows: list[list[str]]) -> Table | str:
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not numbered:
        return "it has no rows."
    _, header = numbered[0]
    columns = _each_once([_visible(name) for name in header])
    return Table(columns, tuple((number, tuple(row)) for number, row in numbered[1:]))


def _visible(name: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", name).split())
    return "".join(letter for letter in words if letter.isprintable())


def _each_once(names: list[str]) -> tuple[str, ...]:
    """Return unique column names: repeated ones get a number."""
    found: list[str] = []
    for name in names:
        twins = sum(other.split(" (")[0] == name for other in found)
        found.append(f"{name} ({twins + 1})" if twins and name else name)
    return tuple(found)
