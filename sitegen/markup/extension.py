"""Extension: syntax of CommonMark and GitHub that Python-Markdown lacks.

Blocks as CommonMark reads them, bare addresses as links, ~~struck out~~ words, names of emoji, and
a backslash before any sign or at the end of a line.
"""

import re
from html import unescape
from string import punctuation
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    REFERENCE_RE,
    BacktickInlineProcessor,
    EscapeInlineProcessor,
    InlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString, code_escape

from sitegen.markup import definitions
from sitegen.markup.block_rules import rewritten

ADDRESS = r"(?<![\w/@.\x03-])(?:[Hh]ttps?://|[Ww]ww\.)[^\W_][^\s<>\x02\x03]*"
"""A bare address; not right behind a tag, whose words it is."""

CODE = r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)"
BACKTICKS = re.compile("`+")
IN_ANGLES = r"<([Ww]ww\.[^\s<>]+)>"
STRUCK = r"(?<!~)(~~)(?![~\s])((?:[^~]|~(?!~))++)(?<!\s)~~(?!~)"
EMOJI = r"(?<![\w:]):[a-z0-9_+-]+:(?![\w:])"


class Blocks(Preprocessor):
    """Rewrites the lines of a text by the block rules of CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return rewritten(lines, self.md.htmlStash.store)


class CodeSpans(BacktickInlineProcessor):
    """Code ends at as many backticks as it begins with; without these there is none (CommonMark, 6.1)."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as it is called
        self, m: re.Match[str], data: str
    ) -> tuple[str | Element | None, int | None, int | None]:
        if m[1]:  # backslashes
            return super().handleMatch(m, data)
        runs = BACKTICKS.finditer(data, m.start())
        begin = next(runs).end()
        for run in runs:
            if run.end() - run.start() == begin - m.start():
                code = Element("code")
                code.text = AtomicString(code_escape(data[begin : run.start()].strip()))
                return code, m.start(), run.end()
        return None, m.start(), begin


class Escapes(EscapeInlineProcessor):
    """A backslash at the end of a line breaks the line."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as it is called
        self, m: re.Match[str], data: str
    ) -> tuple[str | Element | None, int, int]:
        if m[1] == "\n":
            return Element("br"), m.start(), m.end()
        return cast("tuple[str | None, int, int]", super().handleMatch(m, data))


class References(ReferenceInlineProcessor):
    """Links whose names have code in them, as in [`code`][]; no space is before a name."""

    RE_LINK = re.compile(r"\[([^\]]*)\]", re.DOTALL)

    def evalId(self, data: str, index: int, text: str) -> tuple[str, int, bool]:  # noqa: N802 - as it is called
        name, end, handled = super().evalId(data, index, text)
        return _with_code(self.md, name), end, handled


class ShortReferences(ShortReferenceInlineProcessor):
    """The same for a name alone, as in [`code`]."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str, int, bool]:  # noqa: N802 - as it is called
        name, end, handled = super().evalId(data, index, text)
        return _with_code(self.md, name), end, handled


def _with_code(md: Markdown, name: str | None) -> str:
    """Return the name of a link with its code as written; Python-Markdown has put placeholders there."""
    stash = md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]

    def written(found: re.Match[str]) -> str:
        node = stash.get(found[1])
        is_code = isinstance(node, Element) and node.tag == "code"
        return f"`{unescape(node.text).lower()}`" if is_code else found[0]

    return INLINE_PLACEHOLDER_RE.sub(written, name or "")


class Addresses(InlineProcessor):
    """A link of a bare address, which ends before the punctuation of its sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as it is called
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        address = _without_punctuation(m[0])
        return _link(address), m.start(), m.start() + len(address)


def _without_punctuation(address: str) -> str:
    """Return an address without the signs and closing brackets of the sentence around it."""
    opened = {")": address.count("(") - address.count(")"), "]": address.count("[") - address.count("]")}
    end = len(address)
    while address[end - 1] in "?!.,:;*_~'\"”’»" or opened.get(address[end - 1], 0) < 0:
        if address[end - 1] in opened:
            opened[address[end - 1]] += 1
        end -= 1
    return address[:end]


class AddressesInAngles(InlineProcessor):
    """A link of an address without its protocol, between < and >."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as it is called
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        return _link(m[1]), m.start(), m.end()


def _link(address: str) -> Element:
    link = Element("a", href=address if "://" in address else f"http://{address}")
    link.text = AtomicString(address)
    return link


class EmojiNames(InlineProcessor):
    """An emoji for its name; other words between colons stay as they are."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as it is called
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str, int, int]:
        # imported here, because rich takes longer to import than most texts to render
        from rich.emoji import Emoji  # noqa: PLC0415

        return Emoji.replace(m[0]), m.start(), m.end()


class CommonMark(Extension):
    """Everything above; it is registered after all other extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as it is called
        self.md = md
        md.registerExtension(self)
        md.ESCAPED_CHARS = sorted({*md.ESCAPED_CHARS, *punctuation})
        md.preprocessors.register(Blocks(md), "commonmark", 28)  # behind white space, before HTML
        patterns = md.inlinePatterns
        patterns.register(CodeSpans(CODE), "backtick", 190)
        patterns.register(Escapes(r"\\(.)", md), "escape", 180)
        patterns.register(References(REFERENCE_RE, md), "reference", 170)
        patterns.register(ShortReferences(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(AddressesInAngles(IN_ANGLES, md), "address_in_angles", 125)
        patterns.register(Addresses(ADDRESS, md), "address", 85)  # behind links and HTML
        patterns.register(SimpleTagInlineProcessor(STRUCK, "del"), "struck", 65)
        patterns.register(EmojiNames(EMOJI, md), "emoji", 64)

    def reset(self) -> None:
        """Begin a text; the extensions that were registered before have done so."""
        definitions.collect(self.md)
