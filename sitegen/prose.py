"""Prose: texts of the commonest kind, from Markdown straight to the HTML that Python-Markdown makes of them.

Paragraphs, headings, plain lists and quotations; in their lines links, emphasis and typographic quotes: it is
what nearly everybody writes, and Python-Markdown takes several times as long for it. A text with anything
else in it, or with something that could be read in two ways, is left to Python-Markdown as a whole.
"""

import re
from collections.abc import Iterator
from html import unescape

from sitegen.addresses import slugify
from sitegen.typography import typeset

OTHER = re.compile(
    "[<\\\\`|\x02\x03\t\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
"""HTML, escapes, code, tables, and all white space but the usual."""

OTHERS = (" \n", "\n ", "\n\n\n", "![", "]:")
"""Lines with space round them, more than one empty line, pictures, notes: in no text that is made here."""

ENTITY = re.compile("&(?:#x?)?[0-9a-zA-Z]+;")

HEADING = re.compile(r"(##+) *([^#\s][^#\n]*)(?:\n|$)")
ITEMS = {
    "-": re.compile("- (?![ -])"),
    "*": re.compile(r"\* (?! )"),
    "1": re.compile(r"\d+\. (?! )"),
    ">": re.compile("> (?! )"),
}
"""How each line of a list or a quotation begins, by how the first one does."""

FIRST = re.compile(r"\n| {4}| {0,3}(?:[*+-] |\d+\. |[:>]|(?:[-_*] {0,2}){3})|#")
"""A block that is no paragraph: an empty line, code, a list, a definition, a quote, a rule, a heading."""

LATER = re.compile(r"\n(?:[#=-]| {0,3}(?:[:>]|(?:[-_*] {0,2}){3}))")
"""A line that ends a paragraph: a heading, the underline of one, a definition, a quote, a rule."""

MARK = re.compile(r"[][*_]")
MARKED = re.compile(
    r"\[([^][*_\n]+)\]\(([^][()*\"'\s]+)\)"
    r"|\*(?<![\w*]\*)(\*?)(?=\w)([^][*_\n]*(?<=[\w.,:;!?]))\*\3(?=[\s.,:;!?)'\"–—]|$)"
)
"""A link, or words that are stressed."""

BARE = re.compile(r"&(?![a-z]+;)")


class _Other(Exception):
    """There is something in the text that is not made here."""


def html(text: str) -> str | None:
    """Return the HTML that Python-Markdown makes of a text; None where it has to be asked."""
    text = text.strip("\n")
    if OTHER.search(text) or any(other in text for other in OTHERS) or text != text.strip(" "):
        return None
    if "&" in text and ENTITY.search(text):
        return None
    try:
        return "\n".join(_blocks(text.split("\n\n")))
    except _Other:
        return None


def is_paragraph(block: str) -> bool:
    """Tell whether nothing but a paragraph begins in a block, in its first line or in a later one."""
    return not (FIRST.match(block) or LATER.search(block))


def _blocks(blocks: list[str]) -> Iterator[str]:
    anchors: set[str] = set()
    gathered = False
    for block in blocks:
        start = 0
        while heading := HEADING.match(block, start):
            yield _heading(len(heading[1]), heading[2], anchors)
            start, gathered = heading.end(), False
        if rest := block[start:]:
            made = _gathered(rest)
            if made and gathered:  # one after the other, they could be one
                raise _Other
            gathered = bool(made)
            yield made or f"<p>{_paragraph(rest)}</p>"


def _heading(level: int, text: str, anchors: set[str]) -> str:
    if level > 6 or MARK.search(text):
        raise _Other
    made = _inline(text.rstrip())
    anchor = slugify(unescape(made)) or "section"
    if anchor in anchors:
        raise _Other
    anchors.add(anchor)
    return f'<h{level} id="{anchor}">{made}</h{level}>'


def _gathered(block: str) -> str:
    """Return the HTML of a list or a quotation; the empty string where the block is neither."""
    mark = ITEMS.get(block[0])
    if not mark or not mark.match(block):
        return ""
    lines = block.split("\n")
    if not all(map(mark.match, lines)):
        raise _Other
    items = [line.partition(" ")[2] for line in lines]
    if block[0] == ">":
        text = _paragraph("\n".join(items))
        return f"<blockquote>\n<p>{text}</p>\n</blockquote>"
    if block[0] == "1" and not block.startswith("1. "):
        raise _Other
    tag = "ol" if block[0] == "1" else "ul"
    inner = "\n".join(f"<li>{_paragraph(item)}</li>" for item in items)
    return f"<{tag}>\n{inner}\n</{tag}>"


def _paragraph(text: str) -> str:
    if not text or not is_paragraph(text):
        raise _Other
    return _inline(text)


def _inline(text: str) -> str:
    """Return the HTML of words, with links and stress where there are some."""
    if not MARK.search(text):
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


def _words(text: str) -> str:
    if MARK.search(text):
        raise _Other
    made = typeset(text)
    if made is None:
        raise _Other
    return _escaped(made)


def _escaped(text: str) -> str:
    """Return a text with the signs of HTML escaped, but for entities; it has none but our own."""
    if "&" in text:
        text = BARE.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text
