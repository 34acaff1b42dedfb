"""Block rules: rewrites a text so that Python-Markdown finds CommonMark's blocks.

Python-Markdown follows the rules of 2004: a list or a table needs an empty line above it, what belongs to an
item is indented by four spaces, and Markdown within HTML is not read. What people write follows CommonMark
(spec 0.31) and GitHub. This pass reads lists, quotations, footnotes, fenced code and HTML as CommonMark does,
and writes them with the empty lines and indentation that Python-Markdown needs. Code and HTML are stored.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

BULLETS = "•◦▪●○‣·⁃∙■►➢❖\uf0a7\uf0b7\uf0d8"
"""Bullets of word processors, the last three in their symbol fonts; they are read as hyphens."""

STEP = " " * 4
"""Indentation of what belongs to an item."""

DEEPEST = 10
"""Levels of lists and quotations that are rewritten; deeper lines stay as they are."""

Store = Callable[[str], str]
"""Stores HTML and returns the placeholder for it."""

ITEM = re.compile(
    rf"(?: {{0,3}}(?P<sign>[-+*])| *(?P<bullet>[{BULLETS}])(?=[ \xa0])| {{0,3}}(?P<number>[0-9]{{1,9}})[.)])"
    r"(?:[ \xa0]+|$)"
)
PASTED = re.compile(rf" *[{BULLETS}][ \xa0]")
"""An item of a word processor, which may begin with a tab."""

LIKE_ITEM = re.compile(r"^( *\d*)([-+*]|(?<=\d)\.)(?= )")
"""What Python-Markdown takes for an item wherever a list is open."""

HASHTAG = re.compile(r"#(?!#{0,5}(?: |$))")
"""What only Python-Markdown takes for a heading, which has a space behind its signs (CommonMark, 4.2)."""

NOTE = re.compile(r" {0,3}(?P<note>\[\^[^\]]+\]:) *")
RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})$")
HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
HEADING_ID = re.compile(r" +\{#[\w.:-]+\} *$")
"""The name of a heading, which Google Docs writes behind it."""

ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *$", re.IGNORECASE)
"""The first line of a quotation that GitHub shows as an alert."""

QUOTE = re.compile(r" {0,3}> ?")
FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})")
COLUMNS = re.compile(r" *(?:\| *:?-+:? *|:?-+:? *(?=\|))(?:\| *:?-+:? *)*\|? *$")
"""The line below the head of a table."""

TASK = re.compile(r"\[([ xX])\] +(?=\S)")
BOXES = {" ": "☐", "x": "☑", "X": "☑"}

HTML = re.compile(
    r" {0,3}</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    r"|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html"
    r"|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[ />]|$)",
    re.IGNORECASE,
)
"""HTML that goes on to the next empty line."""

CLOSED_HTML = re.compile(r" {0,3}<(?:(!--)|(script|pre|style|textarea)(?=[ >]|$))", re.IGNORECASE)
"""HTML that continues to its end, also over empty lines."""

BLOCKS = (QUOTE, HEADING, RULE, FENCE, HTML, CLOSED_HTML)
"""How blocks begin that end a paragraph, besides items and tables."""


ADJACENT = {"text": ("heading", "text"), "heading": ("heading", "text"), "table": ("heading", "table")}
"""Kinds of blocks that need no empty line above, by what they may follow."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of an item or footnote: as Python-Markdown writes it, and columns before the text."""

    written: str
    width: int
    first: str
    kind: str


def rewritten(lines: list[str], store: Store) -> list[str]:
    """Return the lines of a text as Python-Markdown needs them; tabs must be spaces already."""
    return _Rewriter(lines, store).run()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _mark(line: str) -> _Mark | None:
    """Return the mark of the item or footnote that a line begins."""
    if note := NOTE.match(line):
        return _Mark(note["note"], len(STEP), line[note.end() :], "note")
    found = None if RULE.match(line) else ITEM.match(line)
    if not found:
        return None
    width = found.end()
    spaces = width - len(found[0].rstrip(" \xa0"))
    if spaces > 4 or width == len(line):  # code, or nothing, begins behind the first space
        width += min(1 - spaces, 0) if width < len(line) else 1 - spaces
    written = f"{found['number']}." if found["number"] else found["sign"] or "-"
    first = (
        TASK.sub(lambda task: f"{BOXES[task[1]]} ", line[width:], count=1)
        if TASK.match(line, width)
        else line[width:]
    )
    return _Mark(written, width, first, "ol" if found["number"] else "ul")


def _ends_paragraph(line: str) -> bool:
    """Whether a line below a paragraph begins something else; only a list that begins with 1 does."""
    mark = _mark(line)
    if mark:
        is_first = mark.kind == "ul" or mark.written == "1."
        return mark.kind == "note" or (is_first and bool(mark.first.strip(" ")))
    return any(block.match(line) for block in BLOCKS)


def _no_item(line: str) -> str:
    """Return a line of a paragraph that Python-Markdown doesn't take for an item or a heading."""
    return f"\\{line}" if HASHTAG.match(line) else LIKE_ITEM.sub(r"\1\\\2", line)


class _Rewriter:
    """One pass over the lines of a text, an item, a quotation or a footnote."""

    def __init__(self, lines: list[str], store: Store, depth: int = 0, *, is_item: bool = False) -> None:
        self.lines, self.store, self.depth = lines, store, depth
        self.is_first = is_item  # in the first paragraph of an item, below which a list needs no empty line
        self.at = 0
        self.out: list[str] = []
        self.last = ""  # kind of the block above, "" after an empty line
        self.unclosed: set[str] = set()  # ends that no further line has

    def run(self) -> list[str]:
        if self.depth > DEEPEST:
            return self.lines
        while self.at < len(self.lines):
            self._block(self.lines[self.at])
        return self.out

    def _block(self, line: str) -> None:
        """Write the block that begins with this line."""
        if not line.strip(" "):
            self._take("", "")
        elif _indent(line) >= len(STEP) and not PASTED.match(line):
            if self.last == "text":
                self._take(_no_item(line), "text")
            else:
                self._take(line, "code")
        elif fence := FENCE.match(line):
            self._fenced(fence)
        elif end := self._end_of_html(line):
            self._html(end)
        elif QUOTE.match(line):
            self._quote()
        elif (mark := _mark(line)) and (self.last != "text" or _ends_paragraph(line)):
            self._item(mark)
        else:
            self._text(line)

    def _take(self, line: str, kind: str) -> None:
        self.out.append(line)
        self.last = kind
        self.at += 1

    def _text(self, line: str) -> None:
        """Write a line of a paragraph, a table, a heading or a rule."""
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        is_head = "|" in line and "|" in below and COLUMNS.match(below) is not None
        is_table = is_head or self.last == "table"
        kind = "heading" if HEADING.match(line) or RULE.match(line) else "table" if is_table else "text"
        self._apart(kind, *ADJACENT[kind])
        self._take(HEADING_ID.sub("", line) if HEADING.match(line) else _no_item(line), kind)
        if kind == "table" and is_head:
            self._take(below, kind)

    def _apart(self, kind: str, *siblings: str) -> None:
        """Write an empty line, unless there is one or the block above is of a kind in `siblings`."""
        if self.last not in ("", *siblings):
            self.out.append("")
        self.is_first &= kind == "text" and bool(self.last or not self.out)
        self.last = kind

    def _inner(self, lines: list[str], *, is_item: bool = False) -> list[str]:
        return _Rewriter(lines, self.store, self.depth + 1, is_item=is_item).run()

    # -- code and HTML --

    def _stored(self, html: str) -> None:
        self._apart("html")
        self.out.append(self.store(html))

    def _fenced(self, fence: re.Match[str]) -> None:
        indent, sign = len(fence[1]), re.escape(fence[2][0])
        end = re.compile(rf" {{0,3}}{sign}{{{len(fence[2])},}} *$")
        self.at += 1
        code = []
        while self.at < len(self.lines) and not end.match(self.lines[self.at]):
            line = self.lines[self.at]
            code.append(line[min(_indent(line), indent) :])
            self.at += 1
        if self.at == len(self.lines):
            while code and not code[-1].strip():
                code.pop()
        self.at += 1
        self._stored(
            "<pre><code>" + "".join(f"{escape(line, quote=False)}\n" for line in code) + "</code></pre>"
        )

    def _end_of_html(self, line: str) -> int:
        """Return the line number behind the HTML that begins with this line, or 0."""
        if closed := CLOSED_HTML.match(line):
            return self._closed("-->" if closed[1] else f"</{closed[2].lower()}>", closed.end())
        if not HTML.match(line):
            return 0
        end = self.at
        while end < len(self.lines) and self.lines[end].strip(" "):
            end += 1
        return end

    def _closed(self, end: str, start: int) -> int:
        """Return the line number behind the line with this end; 0 if there is none, for then it is text."""
        if end in self.unclosed:
            return 0
        for number in range(self.at, len(self.lines)):
            if self.lines[number].lower().find(end, start if number == self.at else 0) >= 0:
                return number + 1
        self.unclosed.add(end)
        return 0

    def _html(self, end: int) -> None:
        html = "\n".join(self.lines[self.at : end])
        self.at = end
        self._stored(html.lstrip(" "))

    # -- what has blocks in it --

    def _quote(self) -> None:
        inner = []
        while self.at < len(self.lines) and (mark := QUOTE.match(self.lines[self.at])):
            inner.append(self.lines[self.at][mark.end() :])
            self.at += 1
        if alert := ALERT.match(inner[0]):
            inner[:1] = [f"**{alert[1].capitalize()}**", ""]
        self._apart("quote", "text", "heading")
        self.out.extend(f"> {line}".rstrip(" ") for line in self._inner(inner))
        while self._is_lazy(inner[-1]):
            self._take(self.lines[self.at], "quote")

    def _is_lazy(self, above: str) -> bool:
        """Whether the next line goes on with a paragraph that began within something."""
        if self.at >= len(self.lines) or not above.strip(" "):
            return False
        line = self.lines[self.at]
        return bool(line.strip(" ")) and not _ends_paragraph(line) and not _mark(line)

    def _item(self, mark: _Mark) -> None:
        inner = [mark.first]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _indent(line) >= mark.width or not line.strip(" "):
                inner.append(line[mark.width :])
            elif self._is_lazy(inner[-1]):
                inner.append(line)
            else:
                break
            self.at += 1
        while len(inner) > 1 and not inner[-1].strip(" "):
            inner.pop()
            self.at -= 1
        self._apart(mark.kind, mark.kind, *(["text"] if self.is_first else []))
        first, *others = self._without_first_gap(self._inner(inner, is_item=mark.kind != "note"))
        if "" in others:
            self.last = "loose"  # the next item needs an empty line above it
        self.out.append(f"{mark.written} {first}")
        self.out.extend(STEP + line if line else "" for line in others)

    def _without_first_gap(self, lines: list[str]) -> list[str]:
        """Return the lines of an item; one that begins below its mark moves up to it."""
        start = next((number for number, line in enumerate(lines) if line.strip(" ")), 0)
        return [lines[start].lstrip(" ") if start else lines[start], *lines[start + 1 :]]
