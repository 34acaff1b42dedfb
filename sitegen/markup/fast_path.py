"""Markdown fast path: HTML of plain texts without Python-Markdown.

It handles paragraphs, headings, plain lists and quotations, with links, emphasis and typographic quotes: most
texts have nothing else, and Python-Markdown takes several times as long for them. A text with anything else
in it, or with something ambiguous, is left to Python-Markdown as a whole.
"""

import re
from collections.abc import Iterator
from html import unescape

from sitegen.core.urls import slugify
from sitegen.markup.block_rules import BULLETS
from sitegen.markup.smartypants import typeset

OTHER = re.compile(
    "[<\\\\`|\x02\x03\t\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
"""HTML, escapes, code, tables, and all white space but the usual."""

OTHERS = (" \n", "\n ", "\n\n\n", "![", "]:", "~~", "{#")
"""Lines with surrounding spaces, several empty lines, pictures, notes, and more: not handled here."""

ENTITY = re.compile("&(?:#x?)?[0-9a-zA-Z]+;")

HEADING = re.compile(r"(##+) +([^#\s][^#\n]*)(?:\n|$)")
ITEMS = {
    "-": re.compile("- (?![ -])"),
    "*": re.compile(r"\* (?! )"),
    "1": re.compile(r"\d+\. (?! )"),
    ">": re.compile("> (?! )"),
}
"""How each line of a list or a quotation begins, by the first character of the block."""

FIRST = re.compile(
    rf"\n| {{4}}| {{0,3}}(?:[*+-](?: |$)|[{BULLETS}] |\d+[.)](?: |$)|[:>]|(?:[-_*] {{0,2}}){{3}})|#",
    re.MULTILINE,
)
"""A block that is no paragraph: an empty line, code, a list, a definition, a quote, a rule, a heading."""

LATER = re.compile(rf"\n(?:[#=-]| {{0,3}}(?:[:>]|[*+{BULLETS}] |\d+[.)] |(?:[-_*] {{0,2}}){{3}}))")
"""A line that ends a paragraph: a heading, the underline of one, a list, a definition, a quote, a rule."""

MARK = re.compile(r"[][*_]")
"""A sign of a link or of emphasis."""

COLON = re.compile(r"://|:[a-z0-9_+-]+:")
"""A sign of an address, or what may be the name of an emoji."""

MARKED = re.compile(
    r"\[([^][*_\n]+)\]\(([^][()*\"'\s]+)\)"
    r"|\*(?<![\w*]\*)(\*?)(?=\w)([^][*_\n]*(?<=[\w.,:;!?]))\*\3(?=[\s.,:;!?)'\"–—]|$)"
)
"""A link, or emphasized words."""

BARE = re.compile(r"&(?![a-z]+;)")


class _UnsupportedError(Exception):
    """The text has something in it that the fast path doesn't handle."""


def html(text: str) -> str | None:
    """Return the HTML that Python-Markdown makes of a text; None if the fast path doesn't handle it."""
    text = text.strip("\n")
    if OTHER.search(text) or any(other in text for other in OTHERS) or text != text.strip(" "):
        return None
    if "&" in text and ENTITY.search(text):
        return None
    try:
        return "\n".join(_blocks(text.split("\n\n")))
    except _UnsupportedError:
        return None


def is_paragraph(block: str) -> bool:
    """Whether no line of a block begins anything but a paragraph."""
    return not (FIRST.match(block) or LATER.search(block))


def _blocks(blocks: list[str]) -> Iterator[str]:
    anchors: set[str] = set()
    after_list = False
    for block in blocks:
        start = 0
        while heading := HEADING.match(block, start):
            yield _heading(len(heading[1]), heading[2], anchors)
            start, after_list = heading.end(), False
        if rest := block[start:]:
            made = _list_or_quote(rest)
            if made and after_list:  # two adjacent lists could be one
                raise _UnsupportedError
            after_list = bool(made)
            yield made or f"<p>{_paragraph(rest)}</p>"


def _heading(level: int, text: str, anchors: set[str]) -> str:
    if level > 6 or _has_mark(text):
        raise _UnsupportedError
    made = _inline(text.rstrip())
    anchor = slugify(unescape(made)) or "section"
    if anchor in anchors:
        raise _UnsupportedError
    anchors.add(anchor)
    return f'<h{level} id="{anchor}">{made}</h{level}>'


def _list_or_quote(block: str) -> str:
    """Return the HTML of a list or a quotation; the empty string if the block is neither."""
    mark = ITEMS.get(block[0])
    if not mark or not mark.match(block):
        return ""
    lines = block.split("\n")
    if not all(map(mark.match, lines)):
        raise _UnsupportedError
    items = [line.partition(" ")[2] for line in lines]
    if block[0] == ">":
        text = _paragraph("\n".join(items))
        return f"<blockquote>\n<p>{text}</p>\n</blockquote>"
    if block[0] == "1" and not block.startswith("1. "):
        raise _UnsupportedError
    tag = "ol" if block[0] == "1" else "ul"
    inner = "\n".join(f"<li>{_paragraph(item)}</li>" for item in items)
    return f"<{tag}>\n{inner}\n</{tag}>"


def _paragraph(text: str) -> str:
    if not text or not is_paragraph(text):
        raise _UnsupportedError
    return _inline(text)


def _inline(text: str) -> str:
    """Return the HTML of a line's text, with links and emphasis."""
    if not _has_mark(text):
        return _words(text)
    made, end = [], 0
    for found in MARKED.finditer(text):
        words, address, strongly, stressed = found.groups()
        made.append(_words(text[end : found.start()]))
        if words:
            made.append(f'<a href="{_escaped(address)}">{_words(words)}</a>')
        else:
            tag = "strong" if strongly else "em"
            made.append(f"<{tag}>{_words(stressed)}</{tag}>")
        end = found.end()
    return "".join((*made, _words(text[end:])))


def _has_mark(text: str) -> bool:
    """Whether a text has something in it that may be more than words.

    Searches for one sign each take a third of the time of one search for all of them.
    """
    return bool(MARK.search(text) or (":" in text and COLON.search(text)) or "www." in text or "Www." in text)


def _words(text: str) -> str:
    if _has_mark(text):
        raise _UnsupportedError
    made = typeset(text)
    if made is None:
        raise _UnsupportedError
    return _escaped(made)


def _escaped(text: str) -> str:
    """Return a text with HTML special characters escaped, except in entities, which are our own."""
    if "&" in text:
        text = BARE.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text
