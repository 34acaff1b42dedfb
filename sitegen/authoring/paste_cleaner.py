"""Paste cleaner: HTML, Word's markup and spreadsheet formulas to plain text."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

HTML = re.compile(
    r"<(?:!--|!\[|/?(?:(?:o|w|v|m|st1):\w+|a|abbr|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font"
    r"|h[1-6]|head|hr|html|i|iframe|img|li|link|meta|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg"
    r"|table|tbody|td|th|thead|title|tr|tt|u|ul|xml)(?:\s[^<>]*)?/?>)",
    re.IGNORECASE,
)
"""A tag or comment, including Word's `<o:p>` and `<!--[if …]>`, but not `I <3 robots` or `x <y> z`."""

ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
CONDITIONAL = re.compile(r"<!(?:--)?\[(?:if|endif)[^>]*>", re.IGNORECASE)
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
"""Control signs, soft hyphens, widths of nothing, and what turns the direction of writing. The joiner of
emoji (U+200D) and those of Persian and Indian scripts stay."""

AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
"""A formula that makes a spreadsheet keep a text unchanged: `="0042"`."""

BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
)
UNSEEN = frozenset({"style", "script", "head", "title", "xml", "template", "noscript"})
BULLET = re.compile(r"^[ \t]*[•·▪◦\uf0b7\uf0a7][ \t]*", re.MULTILINE)


def text(cell: str) -> str:
    """Return the paragraphs of a cell as plain text, separated by line breaks."""
    words = unicodedata.normalize("NFC", cell)
    if found := AS_TEXT.fullmatch(words.strip()):
        words = found[1].replace('""', '"')
    if re.match(r"'[=+@-]", words):
        words = words[1:]  # spreadsheets mark a text that looks like a formula with '
    if HTML.search(words):
        words = _VisibleText(CONDITIONAL.sub("", words)).text
    elif ENTITY.search(words):
        words = unescape(words)
    words = BULLET.sub("- ", re.sub("[\r\x0b\x0c\x85\u2028\u2029]", "\n", words.replace("\r\n", "\n")))
    lines = (" ".join(line.split()) for line in INVISIBLE.sub("", words).split("\n"))
    return "\n".join(line for line in lines if line)


def line(cell: str) -> str:
    """Return a cell as one line."""
    return " ".join(text(cell).split())


def is_formula(words: str) -> bool:
    """Tell whether a spreadsheet would evaluate a text as a formula."""
    return bool(re.match(r"=|[@+-].*[(|!]", words))


class _VisibleText(HTMLParser):
    """Collects the visible text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.unseen = ""
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in UNSEEN and not self.unseen:
            self.unseen = tag
        if tag in BLOCKS:
            self.words.append("\n")
        if tag == "li":
            self.words.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = ""
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            # in HTML a line break is a space
            self.words.append(re.sub(r"\s+", " ", data))
