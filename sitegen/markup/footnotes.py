"""Footnotes: each is handed to the part of a text that refers to it."""

import re
from collections.abc import Sequence
from html import unescape
from typing import TypeVar

from markupsafe import Markup

Html = TypeVar("Html", str, Markup)

OPENING = '<div class="footnote">\n<hr>\n<ol>\n'
CLOSING = "\n</ol>\n</div>"
NOTE = re.compile(r'^<li(?: value="\d+")? id="([^"]*)">', re.MULTILINE)
REFERENCE = re.compile(r'<a class="footnote-ref" href="#([^"]*)"')
MARK = re.compile(r'<sup id="[^"]*"><a class="footnote-ref".*?</sup>', re.DOTALL)

BACKLINK = re.compile(r'(?:&nbsp;)?<a class="footnote-backref" href="#fnref:([^"]*)"[^>]*>[^<]*</a>')


def without_dead_backlinks(html: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the links from footnotes that nothing refers to, and the names of those."""
    if "footnote-backref" not in html:  # most texts have no footnotes, and the search below is slow
        return html, ()
    unused: list[str] = []

    def checked(found: re.Match[str]) -> str:
        if f' id="fnref:{found[1]}"' in html:
            return found[0]
        unused.append(unescape(found[1]))
        return ""

    return BACKLINK.sub(checked, html), tuple(unused)


def split(html: Html) -> tuple[Html, tuple[Html, ...]]:
    """Return a text without its footnotes, and these as list items; none if the list is not well-formed."""
    start = html.rfind(OPENING)
    end = html.rstrip()
    if start < 0 or not end.endswith(CLOSING):
        return html, ()
    listed = end[start + len(OPENING) : -len(CLOSING)]
    starts: list[int] = [found.start() for found in NOTE.finditer(listed)]
    ends: list[int] = [*starts[1:], len(listed)] if starts else []
    notes = tuple(listed[first:last].strip() for first, last in zip(starts, ends, strict=True))
    are_whole = all(note.count("<li") == note.count("</li>") and note.endswith("</li>") for note in notes)
    return (html[:start], notes) if notes and starts[0] == 0 and are_whole else (html, ())


def handed_out(parts: Sequence[Html], notes: Sequence[Html], headings: Sequence[str]) -> list[Html]:
    """Return parts of a text with the footnotes at their ends, each where it is referred to first.

    A footnote that only another one refers to goes to the same part; one without a reference, to the last.
    `headings` are those of the parts; they are shown without marks, so no footnote leads back to them.
    """
    shown = "".join((*parts, *notes))
    notes = [
        type(note)(BACKLINK.sub(lambda back: back[0] if f' id="fnref:{back[1]}"' in shown else "", note))
        for note in notes
    ]
    names = [NOTE.match(note)[1] for note in notes]  # type: ignore[index]  # `split` found it there
    place: dict[str, int] = {}
    for number, (heading, part) in enumerate(zip(headings, parts, strict=True)):
        for name in REFERENCE.findall(heading + part):
            place.setdefault(name, number)
    for name, note in zip(names, notes, strict=True):
        for inner in REFERENCE.findall(note):
            place.setdefault(inner, place.get(name, len(parts) - 1))
    of_part: list[list[tuple[int, Html]]] = [[] for _ in parts]
    for number, (name, note) in enumerate(zip(names, notes, strict=True), 1):
        of_part[place.get(name, len(parts) - 1)].append((number, note))
    return [_with_notes(part, own) for part, own in zip(parts, of_part, strict=True)]


def without(html: Html) -> Html:
    """Return a part of a text without footnotes and the marks that refer to them."""
    text, _ = split(html)
    return type(html)(MARK.sub("", text))


def _with_notes(part: Html, notes: list[tuple[int, Html]]) -> Html:
    """Return a part with its footnotes, which keep their numbers."""
    if not notes:
        return part
    items, expected = [], 1
    for number, note in notes:
        items.append(note if number == expected else f'<li value="{number}"{note[3:]}')
        expected = number + 1
    return type(part)("".join((part.strip(), "\n", OPENING, "\n".join(items), CLOSING)))
