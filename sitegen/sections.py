"""Sections: the HTML of a text, cut where its second-level headings stand."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import TypeVar

from markupsafe import Markup

from sitegen.markup import HEADING, plain
from sitegen.model import Heading

Html = TypeVar("Html", str, Markup)


class _Sections(HTMLParser):
    """Finds the offsets of second-level headings that no other element holds."""

    VOID = frozenset({"br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.depth = 0
        self.places: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "h2" and self.depth == 0:
            self.places.append(self.getpos())
        self.depth += tag not in self.VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in self.VOID


def _second_level(html: str) -> list[int]:
    """Return the offset of each second-level heading that no other element holds."""
    parser = _Sections()
    parser.feed(html)
    lines = [0, *(found.end() for found in re.finditer("\n", html))]
    return [lines[line - 1] + column for line, column in parser.places]


def cut(html: Html) -> tuple[Html, tuple[tuple[Heading, Html], ...]]:
    """Cut HTML at its second-level headings: what stands before the first, then each heading and its part."""
    matches = (HEADING.match(html, offset) for offset in _second_level(html))
    found: list[re.Match[str]] = [match for match in matches if match]
    ends = [*(heading.start() for heading in found[1:]), len(html)]
    sections = tuple(
        (Heading(2, unescape(heading[2] or ""), plain(heading[3])), html[heading.end() : end].strip())
        for heading, end in zip(found, ends, strict=False)
    )
    return html[: found[0].start() if found else len(html)].strip(), sections
