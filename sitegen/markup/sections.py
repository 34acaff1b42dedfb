"""Sections: HTML split at its second-level headings."""

import re
from html import unescape
from html.parser import HTMLParser

from sitegen.core.model import Heading
from sitegen.markup import footnotes
from sitegen.markup.footnotes import Html
from sitegen.markup.render import HEADING, plain


class _Sections(HTMLParser):
    """Finds the offsets of second-level headings outside of all other elements."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
    """Elements without an end tag, of those in texts (HTML Standard, 13.1.2)."""

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
    """Return the offset of each second-level heading outside of all other elements."""
    parser = _Sections()
    parser.feed(html)
    lines = [0, *(found.end() for found in re.finditer("\n", html))]
    return [lines[line - 1] + column for line, column in parser.places]


def cut(html: Html) -> tuple[Html, tuple[tuple[Heading, Html], ...]]:
    """Split HTML at its second-level headings: the part before the first, then each heading with its part.

    Each part has the footnotes that it refers to.
    """
    html, notes = footnotes.split(html)
    matches = (HEADING.match(html, offset) for offset in _second_level(html))
    found: list[re.Match[str]] = [match for match in matches if match]
    ends = [*(heading.start() for heading in found), len(html)]
    starts = [0, *(heading.end() for heading in found)]
    parts = [html[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    parts = footnotes.handed_out(parts, notes, ["", *(heading[3] for heading in found)])
    headings = (Heading(2, unescape(heading[2] or ""), _title(heading[3])) for heading in found)
    return parts[0], tuple(zip(headings, parts[1:], strict=True))


def _title(html: str) -> str:
    """Return the text of a heading on one line, without marks of footnotes."""
    return " ".join(plain(footnotes.MARK.sub("", html)).split())
