"""Settings parts: leaves out faulty parts that the site can do without.

Without them the site is whole, so a mistake in one must not hold up a publication or a withdrawal.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen.content import frontmatter
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import KeyPath, UnreadableError, Value
from sitegen.core.diagnostics import Problem

BLOCKS = ("announcement", "contact")
"""Keys whose value is left out as a whole."""

LISTS = ("navigation", "social")
"""Keys whose value is a list, of which the faulty entry is left out."""

KEY = re.compile(rf"""["']?({"|".join((*BLOCKS, *LISTS))})["']?\s*:""")
ENTRY = re.compile(r"( *)-(?:\s|$)")

Span = tuple[str, int, int]
"""A part: its key, the index of its first line, and the index behind its last line."""


def read(data: bytes, path: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read YAML without its unreadable parts; None if something else is unreadable.

    Returns also the problem of each part that was left out, or the one that makes the file unreadable.
    """
    try:
        lines = frontmatter.decode(data).split("\n")
    except UnreadableError as error:
        return None, (error.problem(path),)
    left_out: list[Problem] = []
    while True:
        found = frontmatter.parse_yaml("\n".join(lines), path)
        if isinstance(found, Document):
            return found, tuple(left_out)
        span = _culprit(lines, found)
        if span is None or len(left_out) == MOST_LEFT_OUT:
            return None, (found,)
        left_out.append(replace(found, part=span[0]))
        lines = _blanked(lines, span)


def _culprit(lines: list[str], problem: Problem) -> Span | None:
    """Return the part to leave out: one that heals the rest, or else the smallest at the problem's line.

    A quotation mark that is never closed is noticed far below the part that it is in.
    """
    spans = list(_spans(lines))
    at_line = [span for span in spans if span[1] < problem.where.line <= span[2]]
    above = [span for span in spans if span[1] < problem.where.line and not _is_list(lines, span)]
    tried = (*at_line[:1], *reversed(above[-MOST_TRIED:]))
    healing = (span for span in tried if _is_readable(_blanked(lines, span)))
    return next(healing, None) or next(iter(at_line), None)


def _is_list(lines: list[str], span: Span) -> bool:
    """Whether a part is a whole list: its other entries can be right."""
    return span[0] in LISTS and bool(KEY.match(lines[span[1]]))


MOST_TRIED, MOST_LEFT_OUT = 5, 20
"""Parts above a mistake that are tried as its cause, and mistakes: each takes a reading of the file."""


def _is_readable(lines: list[str]) -> bool:
    return isinstance(frontmatter.parse_yaml("\n".join(lines), ""), Document)


def _blanked(lines: list[str], span: Span) -> list[str]:
    """Return the lines with those of a part empty, so that the others keep their numbers."""
    _, first, end = span
    return [*lines[:first], *[""] * (end - first), *lines[end:]]


def _spans(lines: list[str]) -> Iterator[Span]:
    """Yield the entries of each list, and then each part as a whole."""
    for first, line in enumerate(lines):
        if key := KEY.match(line):
            end = first + 1
            while end < len(lines) and lines[end][:1] in ("", " ", "\t", "#", "-"):
                end += 1
            if key[1] in LISTS:
                yield from _entries(lines, key[1], first + 1, end)
            yield key[1], first, end


def _entries(lines: list[str], key: str, first: int, end: int) -> Iterator[Span]:
    """Yield the entries of a list whose lines are given."""
    dashes = [(number, dash) for number in range(first, end) if (dash := ENTRY.match(lines[number]))]
    outer = min((len(dash[1]) for _, dash in dashes), default=0)
    starts = [number for number, dash in dashes if len(dash[1]) == outer]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        yield key, start, stop


# -- values ---------------------------------------------------------------------------------


def part_of(path: KeyPath) -> str:
    """Return the name of the part that a value belongs to; "" if it belongs to none."""
    return str(path[0]) if path and path[0] in (*BLOCKS, *LISTS) else ""


def without(values: Mapping[str, Value], path: KeyPath) -> Mapping[str, Value]:
    """Return values without the part at a path: the entry of a list, or else the whole key."""
    entries = values.get(str(path[0]))
    if isinstance(entries, list) and len(path) > 1 and isinstance(path[1], int):
        index = path[1]
        # an empty entry counts as not given, and the others keep their positions
        return {**values, str(path[0]): [*entries[:index], None, *entries[index + 1 :]]}
    return {key: value for key, value in values.items() if key != path[0]}
