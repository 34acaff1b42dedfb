"""SmartyPants: typographic quotes, dashes and ellipses as `smarty` makes them.

`smarty` tries eighteen patterns on every piece of text between two tags. Here two searches find all quotes,
and a text without quotes is not searched at all.
"""

import re
from collections.abc import Iterable
from typing import cast
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.smarty import SubstituteTextPattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

OPENING = r"(\s|&nbsp;|--|–|—|&[mn]dash;|&#8211;|&#8212;)"
CLOSING = r"[^\ \t\r\n\[\{\(\-\u0002\u0003]"
PUNCTUATION = r"""[!"#\$\%'()*+,-.\/:;<=>?\@\[\\\]\^_`{|}~]"""

LONG_DASH, DASH, DOTS = r"(?<!-)---(?!-)", r"(?<!-)--(?!-)", r"(?<!\.)\.{3}(?!\.)"

RULES = [
    (LONG_DASH, ("&mdash;",)),
    (DASH, ("&ndash;",)),
    (rf"^'(?={PUNCTUATION}\B)", ("&rsquo;",)),
    (rf'^"(?={PUNCTUATION}\B)', ("&rdquo;",)),
    (r""""'(?=\w)""", ("&ldquo;&lsquo;",)),
    (r"""'"(?=\w)""", ("&lsquo;&ldquo;",)),
    (rf'(?<={CLOSING})\'"', ("&rsquo;&rdquo;",)),
    (rf"(?<={CLOSING})\"'", ("&rdquo;&rsquo;",)),
    (r"(?<!\w)'(?=\d{2}s)", ("&rsquo;",)),
    (rf"{OPENING}'(?=\w)", (1, "&lsquo;")),
    (rf"(?<={CLOSING})'(?!\s|s\b|\d)", ("&rsquo;",)),
    (r"'(\s|s\b)", ("&rsquo;", 1)),
    ("'", ("&lsquo;",)),
    (rf'{OPENING}"(?=\w)', (1, "&ldquo;")),
    (r'"(?=\s)', ("&rdquo;",)),
    (rf'(?<={CLOSING})"', ("&rdquo;",)),
    ('"', ("&ldquo;",)),
    (DOTS, ("&hellip;",)),
]
"""The patterns of `smarty` that this module replaces, in order, with their replacements."""


def rules(smarty: InlineProcessor) -> list[tuple[str, tuple[object, ...]]]:
    """Return the patterns of `smarty` with their replacements."""
    patterns = cast("Iterable[SubstituteTextPattern]", smarty.inlinePatterns)
    return [
        (pattern.getCompiledRegExp().pattern, tuple(getattr(pattern, "replace", ()))) for pattern in patterns
    ]


CROWDED = re.compile(rf"""['"](?:(?!(?<={CLOSING}") "\w).?['"]|-|(?<=--['"]))""", re.DOTALL)
"""Adjacent quotation marks, except between the end of a sentence and the beginning of the next."""
CLOSING_SINGLE = re.compile(
    rf"'(?:(?<=^')(?={PUNCTUATION}\B)|(?<!\w')(?=\d{{2}}s)"
    rf"|(?!(?<=[\s–—]')\w)(?:(?<={CLOSING}')(?!\s|s\b|\d)|(?=\s|s\b)))"
)
CLOSING_DOUBLE = re.compile(rf'"(?:(?<=^")(?={PUNCTUATION}\B)|(?!(?<=[\s–—]")\w)(?:(?=\s)|(?<={CLOSING}")))')
LONG_DASHES, DASHES, DOTTED = re.compile(LONG_DASH), re.compile(DASH), re.compile(DOTS)


def typeset(text: str) -> str | None:
    """Return a text with the entities of `smarty`; None if quotation marks are adjacent.

    The order of `smarty`'s patterns matters only for adjacent marks. Every other quote depends on its
    neighbors alone: it is a closing one if a closing pattern matches and the opening pattern, which comes
    first, does not; otherwise it is an opening one.
    """
    single, double = "'" in text, '"' in text
    if (single or double) and CROWDED.search(text):
        return None
    if single:
        text = CLOSING_SINGLE.sub("&rsquo;", text).replace("'", "&lsquo;")
    if double:
        text = CLOSING_DOUBLE.sub("&rdquo;", text).replace('"', "&ldquo;")
    if "--" in text:
        text = DASHES.sub("&ndash;", LONG_DASHES.sub("&mdash;", text))
    if "..." in text:
        text = DOTTED.sub("&hellip;", text)
    return text


class Typography(InlineProcessor):
    """Typographic quotes in one pass; for adjacent marks, `smarty`'s own patterns run.

    Entities can't be neighbors of a quote: they are in Markdown's stash by now.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:  # noqa: ARG002 - as it is called
        for element in tree.iter():
            if element.text:
                element.text = self._with_entities(element.text)
            if element.tail and element.tail != "\n":
                element.tail = self._with_entities(element.tail)
        return tree

    def _with_entities(self, text: str) -> str:
        if isinstance(text, AtomicString):
            return text
        found = typeset(text)
        if found is None:
            alone = Element("div")
            SubElement(alone, "p").text = text
            return super().run(alone)[0].text or ""
        return found
