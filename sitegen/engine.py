"""Python-Markdown without its waiting: the same HTML, character for character, in a fraction of the time.

Nine tenths of Python-Markdown's time goes into trying rules on texts that can't follow them: eighteen
patterns for typographic quotes where there is no quote, sixteen kinds of blocks on every plain paragraph.
Each shortcut here leaves out work of which can be said beforehand that it would change nothing. It is
taken only where Python-Markdown's rules are the ones that it was made for. Where an upgrade brings
others, those are followed as they stand, and all that is lost is time.

The shortest cut is `prose`, which makes the HTML of plain texts without Python-Markdown.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown, __version__, blockprocessors, inlinepatterns, preprocessors, treeprocessors
from markdown.extensions.toc import TocTreeprocessor
from markdown.util import ETX, STX, AtomicString

from sitegen import prose, typography
from sitegen.addresses import slugify

EXTENSIONS = ["abbr", "def_list", "footnotes", "sane_lists", "smarty", "tables", "toc"]


def stock() -> Markdown:
    """Return Python-Markdown with our extensions and nothing changed in it."""
    return Markdown(
        extensions=EXTENSIONS,
        # the marker would put a table of contents where a text has [TOC] in it
        extension_configs={"toc": {"slugify": lambda text, _: slugify(text) or "section", "marker": ""}},
        output_format="html",
    )


def swift() -> Markdown:
    """Return the same with every shortcut that its rules allow.

    A processor keeps its name, its place in the order and what it holds; only its class becomes one
    that knows the shortcut, and only where it was the class that this one is made from.
    """
    markdown = stock()
    before, tree = markdown.preprocessors, markdown.treeprocessors
    for processor, swifter in (
        (before["normalize_whitespace"], Whitespace),
        (before["html_block"], HtmlBlocks),
        (tree["toc"], Headings),
        (tree["unescape"], Unescape),
    ):
        if type(processor) is swifter.__base__:
            processor.__class__ = swifter
    inline, smarty = tree["inline"], tree["smarty"]
    if type(inline) is treeprocessors.InlineProcessor and hasattr(inline, "_InlineProcessor__applyPattern"):
        inline.__class__ = InlineProcessor
    if type(smarty) is treeprocessors.InlineProcessor and typography.rules(smarty) == typography.RULES:
        smarty.__class__ = typography.Typography
    if _blocks(markdown) == BLOCKS:
        markdown.parser.blockprocessors.register(PlainParagraph(markdown.parser), "plain", 1000)
    # whether a name is in a set is asked in one step; in the list of sixty it takes sixty for each <em>
    markdown.block_level_elements = frozenset(markdown.block_level_elements)  # type: ignore[assignment]
    return markdown


def plainly(text: str) -> str | None:
    """Return the HTML of a text for which Python-Markdown is not needed; None where it is."""
    return prose.html(text) if __version__.startswith(PROSE) else None


PROSE = "3.11."
"""The releases of Python-Markdown whose rules `prose` follows."""

# -- before the blocks ----------------------------------------------------------------------


class Whitespace(preprocessors.NormalizeWhitespace):
    """Only adds the two line ends where there is nothing to normalise."""

    UNTIDY = ("\t", "\r", STX, ETX, " \n")

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines) + "\n"
        return super().run(lines) if any(mark in text for mark in self.UNTIDY) else [*lines, "", ""]


class HtmlBlocks(preprocessors.HtmlBlockPreprocessor):
    """Looks for HTML only where a tag or an entity may begin: without one, its parser hands back the text."""

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
    """Hands a block straight to the paragraphs where no line of it begins like anything else."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return (
            bool(block)
            and "|" not in block  # a table
            and "]:" not in block  # where a footnote, an abbreviation or a link leads
            and "] :" not in block
            and prose.is_paragraph(block)
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.parser.blockprocessors["paragraph"].run(parent, blocks)


# -- inline ---------------------------------------------------------------------------------

MARKS = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`",),
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
}
"""What a text must hold, one of them at least, for a pattern to be found in it."""


class InlineProcessor(treeprocessors.InlineProcessor):
    """Tries a pattern only on a text that has its mark; a pattern that is not known is always tried.

    It bears the name of its base class, because a method whose name begins with two underscores goes by
    the name of its class as well, and can be replaced only under that.
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
    """Gives headings their anchors, and leaves out the table of contents, which nobody reads."""

    def run(self, doc: Element) -> None:
        if any(self.header_rgx.match(element.tag) for element in doc.iter()):
            super().run(doc)

    def build_toc_div(self, toc_list: object) -> Element:  # noqa: ARG002
        return Element("div")


class Unescape(treeprocessors.UnescapeTreeprocessor):
    """Looks for escaped characters only where one may begin."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text
