"""How much work a text would be for Markdown, counted before any of it is done.

Markdown's time for some texts grows with the square of their length. Each kind of them has a measure here
that grows with the work that its library does, so a text is refused for what it holds, the same on every
machine, and never for how long it has taken.
"""

import re
from collections.abc import Callable

from sitegen import limits
from sitegen.problems import Remark

BRACKET = re.compile(r"\]\(|[\[\]()'\"]")
TITLE = re.compile(r"\"[^\"]*\" *(?=\))|'[^']*' *(?=\))")
HINT = "Leave them away, or begin new paragraphs."


def too_much(text: str) -> Remark | None:
    """Return the remark on a text that would take too long, placed where it is at its worst."""
    parts = text.split("\n\n")
    for work, most, message in MEASURES:
        # however a text is made, no measure passes its length times its length
        if len(text) ** 2 <= most:
            continue
        each = [work(part) for part in parts]
        if sum(each) > most:
            return Remark(message, HINT, parts[each.index(max(each))][:20])
    return _too_wide(parts) or _noted(text) or _unclosed(text)


def _brackets(part: str) -> int:
    """Return how many letters lie within brackets, each as often as there are brackets open round it.

    Round ones count where they hold the address of a link; where a quotation mark begins in it that doesn't
    end the link as its title, Markdown looks on to the end of the paragraph.
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
    """Return the remark on tables that would have more cells than they have letters to fill them."""
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
    return Remark("the tables have too many cells.", "Make them smaller, or split the text.", needle)


def _noted(text: str) -> Remark | None:
    if text.count("[^") <= limits.MOST_NOTES:
        return None
    return Remark("there are too many footnotes.", "Split the text into several pages.", "[^")


def _unclosed(text: str) -> Remark | None:
    tail = text[text.rfind(">") + 1 :]
    if tail.count("<") * len(tail) <= limits.MOST_TAGS:
        return None
    return Remark('there are too many "<" that no ">" closes.', "Leave them away.", tail[:20])
