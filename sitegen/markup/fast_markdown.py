"""Markdown shortcuts: Python-Markdown's own HTML in a fraction of the time.

Python-Markdown spends nine tenths of its time on rules that can't match: eighteen patterns for typographic
quotes in texts without quotes, sixteen kinds of blocks for every plain paragraph. Each shortcut here skips
work that would change nothing. It is used only if Python-Markdown's rules are the ones that it was written
for; if an upgrade changes them, the library's own code runs, and only time is lost.

`fast_path` makes the HTML of plain texts without Python-Markdown.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown, __version__, blockprocessors, inlinepatterns, preprocessors, treeprocessors
from markdown.extensions.toc import TocTreeprocessor
from markdown.util import ETX, STX, AtomicString

from sitegen.core.urls import slugify
from sitegen.markup import extension, fast_path, smartypants

EXTENSIONS = ["abbr", "def_list", "footnotes", "sane_lists", "smarty", "tables", "toc"]
"""Names of Python-Markdown's own extensions; `extension.CommonMark` comes after them."""


def standard() -> Markdown:
    """Return Python-Markdown with our extensions and nothing changed in it."""
    return Markdown(
        extensions=[*EXTENSIONS, extension.CommonMark()],
        # the marker would put a table of contents where a text has [TOC] in it
        extension_configs={"toc": {"slugify": lambda text, _: slugify(text) or "section", "marker": ""}},
        output_format="html",
    )


def fast() -> Markdown:
    """Return the same with every shortcut that its rules allow.

    A processor keeps its name, priority and state; only its class is replaced by a subclass with the
    shortcut, and only if it is exactly the base class of that subclass.
    """
    markdown = standard()
    before, tree = markdown.preprocessors, markdown.treeprocessors
    for processor, fast_class in (
        (before["normalize_whitespace"], Whitespace),
        (before["html_block"], HtmlBlocks),
        (tree["toc"], Headings),
        (tree["unescape"], Unescape),
    ):
        if type(processor) is fast_class.__base__:
            processor.__class__ = fast_class
    inline, smarty = tree["inline"], tree["smarty"]
    if type(inline) is treeprocessors.InlineProcessor and hasattr(inline, "_InlineProcessor__applyPattern"):
        inline.__class__ = InlineProcessor
    if type(smarty) is treeprocessors.InlineProcessor and smartypants.rules(smarty) == smartypants.RULES:
        smarty.__class__ = smartypants.Typography
    if _blocks(markdown) == BLOCKS:
        markdown.parser.blockprocessors.register(PlainParagraph(markdown.parser), "plain", 1000)
    # membership in a set takes one step; in the list of sixty names it takes sixty for each <em>
    markdown.block_level_elements = frozenset(markdown.block_level_elements)  # type: ignore[assignment]
    return markdown


def fast_html(text: str) -> str | None:
    """Return the HTML of a text if Python-Markdown is not needed for it, else None."""
    return fast_path.html(text) if __version__.startswith(FAST_PATH_RELEASES) else None


FAST_PATH_RELEASES = "3.11."
"""The releases of Python-Markdown whose rules `fast_path` follows."""

# -- before the blocks ----------------------------------------------------------------------


class Whitespace(preprocessors.NormalizeWhitespace):
    """Only adds the two line ends where there is nothing to normalise."""

    UNTIDY = ("\t", "\r", STX, ETX, " \n")

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines) + "\n"
        return super().run(lines) if any(mark in text for mark in self.UNTIDY) else [*lines, "", ""]


class HtmlBlocks(preprocessors.HtmlBlockPreprocessor):
    """Runs the HTML parser only on texts with a character that can begin a tag or an entity."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else lines


# -- blocks ---------------------------------------------------------------------------------

BLOCKS = {
    "EmptyBlockProcessor": "",
    "ListIndentProcessor": "",
    "DefListIndentProcessor": "",
    "CodeBlockProcessor": "",
    "TableProcessor": "",
    "HashHeaderProcessor": r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)",
    "SetextHeaderProcessor": r"^.*?\n(?:=+|-+)[ ]*(\n|$)",
    "HRProcessor": r"^[ ]{0,3}(?=(?P<atomicgroup>(-+[ ]{0,2}){3,}|(_+[ ]{0,2}){3,}|(\*+[ ]{0,2}){3,}))"
    r"(?P=atomicgroup)[ ]*$",
    "SaneOListProcessor": r"^[ ]{0,3}\d+\.[ ]+(.*)",
    "SaneUListProcessor": r"^[ ]{0,3}[*+-][ ]+(.*)",
    "DefListProcessor": r"(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)",
    "BlockQuoteProcessor": r"(^|\n)[ ]{0,3}>[ ]?(.*)",
    "FootnoteBlockProcessor": r"^[ ]{0,3}\[\^([^\]]*)\]:[ ]*(.*)$",
    "AbbrBlockprocessor": r"^[*]\[(?P<abbr>[^\\]*?)\][ ]?:[ ]*\n?[ ]*(?P<title>.*)$",
    "ReferenceProcessor": r"^[ ]{0,3}\[([^\[\]]*)\]:[ ]*(?:\n[ ]*)?([^\s]+)[ ]*(?:\n[ ]*)?"
    r"""((["\'])(.*)\4[ ]*|\((.*)\)[ ]*)?$""",
    "ParagraphProcessor": "",
}
"""The kinds of blocks that `PlainParagraph` rules out, and how each is recognised."""


def _blocks(markdown: Markdown) -> dict[str, str]:
    found = {}
    for processor in markdown.parser.blockprocessors:
        pattern = getattr(processor, "SEARCH_RE", None) or getattr(processor, "RE", None)
        found[type(processor).__name__] = pattern.pattern if pattern else ""
    return found


class PlainParagraph(blockprocessors.BlockProcessor):
    """Makes a paragraph of a block if no line of it begins like another kind of block."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return (
            bool(block)
            and "|" not in block  # a table
            and "]:" not in block  # where a footnote, an abbreviation or a link leads
            and "] :" not in block
            and fast_path.is_paragraph(block)
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.parser.blockprocessors["paragraph"].run(parent, blocks)


# -- inline ---------------------------------------------------------------------------------

MARKS = {
    extension.CODE: ("`",),
    r"\\(.)": ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),
    r"(?<!\!)\[": ("[",),
    r"\!\[": ("![",),
    r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>": ("<",),
    r"<([^<> !]+@[^@<> ]+)>": ("<",),
    r"  \n": ("  \n",),
    r"""(<(\/?+[a-zA-Z][^\s"'<>@]*+(?:\s+[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+\s*+/?"""
    r"|!--(?:(?!<!--|-->).)*--|[?](?:(?!<[?]|[?]>).)*[?]|!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\])>)": (
        "<",
    ),
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": ("&",),
    r"\*|_": ("*", "_"),
    extension.ADDRESS: ("://", "ww."),
    extension.IN_ANGLES: ("<",),
    extension.STRUCK: ("~~",),
    extension.EMOJI: (":",),
}
"""Substrings by pattern; a text without any of them can't match the pattern."""


class InlineProcessor(treeprocessors.InlineProcessor):
    """Tries a pattern only on a text with its trigger; an unknown pattern is always tried.

    It has the name of its base class, because Python mangles method names that begin with two underscores
    with the name of the class, so only a class of the same name can override one.
    """

    @cached_property
    def marked(self) -> list[tuple[int, inlinepatterns.Pattern, tuple[str, ...]]]:
        """Return the patterns with their places and marks; every text has the empty one."""
        patterns = cast("Iterable[inlinepatterns.Pattern]", self.inlinePatterns)
        return [
            (place, pattern, MARKS.get(pattern.getCompiledRegExp().pattern, ("",)))
            for place, pattern in enumerate(patterns)
        ]

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - as it is called
        if isinstance(data, AtomicString):
            return data
        for place, pattern, marks in self.marked[patternIndex:]:
            for mark in marks:
                if mark in data:
                    break
            else:
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self.__applyPattern(pattern, data, place, start)  # type: ignore[attr-defined]
        return data


# -- after the text -------------------------------------------------------------------------


class Headings(TocTreeprocessor):
    """Gives headings their anchors, and skips the table of contents, which is not used."""

    def run(self, doc: Element) -> None:
        if any(self.header_rgx.match(element.tag) for element in doc.iter()):
            super().run(doc)

    def build_toc_div(self, toc_list: object) -> Element:  # noqa: ARG002
        return Element("div")


class Unescape(treeprocessors.UnescapeTreeprocessor):
    """Looks for escaped characters only in texts with their start mark."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text
