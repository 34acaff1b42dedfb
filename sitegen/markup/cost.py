"""Complexity bounds: refuses texts on which Markdown would take too long.

For some texts Markdown's time grows with the square of their length. Each measure here grows with the work of
one of its rules, so a text is refused for its content, the same on every machine, never for elapsed time.
"""

import re
from collections.abc import Callable

from sitegen.core import limits
from sitegen.core.diagnostics import Remark
from sitegen.core.problem_codes import Code

BRACKET = re.compile(r"\]\(|[\[\]()'\"]")
TITLE = re.compile(r"\"[^\"]*\" *(?=\))|'[^']*' *(?=\))")
HINT = "Take some out, or start new paragraphs."


def costly_part(text: str) -> Remark | None:
    """Return the remark on a text that would take too long, placed at its most expensive paragraph."""
    parts = text.split("\n\n")
    for work, most, message in MEASURES:
        # however a text is made, no measure passes its length times its length
        if len(text) ** 2 <= most:
            continue
        each = [work(part) for part in parts]
        if sum(each) > most:
            return Remark(Code.TEXT_TOO_COMPLEX, message, HINT, parts[each.index(max(each))][:20])
    return _too_wide(parts) or _too_many_footnotes(text) or _unclosed_tags(text)


def _brackets(part: str) -> int:
    """Return the number of characters in brackets, each counted once per open bracket.

    Parentheses count if they have the address of a link; a quotation mark in it that begins no title makes
    Markdown search to the end of the paragraph.
    """
    work = words = address = last = titled = 0
    for found in BRACKET.finditer(part):
        work += (words + address) * (found.start() - last)
        last = found.start()
        match found[0]:
            case "[":
                words += 1
            case "]":
                words = max(words - 1, 0)
            case "](":
                words, address = max(words - 1, 0), address + 1
            case "(" if address:
                address += 1
            case ")":
                address = max(address - 1, 0)
            case "'" | '"' if address and last >= titled:
                title = TITLE.match(part, last)
                titled = title.end() if title else titled
                work += 0 if title else len(part) - last
    return work + (words + address) * (len(part) - last)


def _lines(part: str) -> int:
    return part.count("\n") * len(part)


def _quotes(part: str) -> int:
    return (part.count("'") + part.count('"')) * len(part)


def _bars(part: str) -> int:
    return part.count("|") * len(part)


MEASURES: tuple[tuple[Callable[[str], int], int, str], ...] = (
    (_brackets, limits.MOST_BRACKETS, "there are too many brackets in one paragraph."),
    (_lines, limits.MOST_LINES, "there are too many lines without an empty line between them."),
    (_quotes, limits.MOST_QUOTES, "there are too many quotation marks in one paragraph."),
    (_bars, limits.MOST_BARS, "there are too many vertical bars in one paragraph."),
)


def _too_wide(parts: list[str]) -> Remark | None:
    """Return the remark on tables with too many cells: rows are padded to the widest one."""
    cells, widest = 0, 0
    needle = ""
    for part in parts:
        lines = part.split("\n") if "|" in part else []
        of_part = max((line.count("|") + 1 for line in lines), default=0) * len(lines)
        cells += of_part
        if of_part > widest:
            widest, needle = of_part, part[:20]
    if cells <= limits.MOST_CELLS:
        return None
    hint = "Make them smaller, or split the text."
    return Remark(Code.TEXT_TOO_COMPLEX, "the tables have too many cells.", hint, needle)


def _too_many_footnotes(text: str) -> Remark | None:
    if text.count("[^") <= limits.MOST_NOTES:
        return None
    hint = "Split the text into several pages."
    return Remark(Code.TEXT_TOO_COMPLEX, "there are too many footnotes.", hint, "[^")


def _unclosed_tags(text: str) -> Remark | None:
    tail = text[text.rfind(">") + 1 :]
    if tail.count("<") * len(tail) <= limits.MOST_TAGS:
        return None
    message = 'there are too many "<" that no ">" closes.'
    return Remark(Code.TEXT_TOO_COMPLEX, message, "Take them out.", tail[:20])
