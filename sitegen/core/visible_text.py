"""Visible text: what a reader sees and hears of HTML, as lines and as words.

Content and the files made of it are reduced in the same way, so that they can be compared: emphasis,
entities, reference links, quotation marks and invisible characters make no difference.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import unescape

from sitegen.core.text import as_typed, fold

Phrase = tuple[str, ...]
"""Folded words, as they follow one another."""

BREAK = "\x1e"
"""Separates lines: two blocks, or two attributes, are not one text."""

INLINE_TAG = (
    r"<(?:!--|/?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span"
    r"|strong|sub|sup|time|u|var|wbr)(?=[\s/>]))[^>]*>"
)
INLINE = re.compile(INLINE_TAG, re.IGNORECASE)
"""Tags that readers don't see, and comments: the letters before and after them make one word."""

NOT_SHOWN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""Comments, and elements whose text is not displayed."""

LINE_END = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"(<[^>]*>)")
ATTRIBUTE = re.compile(r"\s([a-z][a-z:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))", re.IGNORECASE)
HEARD = frozenset({"alt", "title", "aria-label"})
"""Attributes that screen readers speak and browsers show."""

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
"""A word; of Chinese and Japanese, which have no spaces, a character."""


def words(text: str) -> Phrase:
    """Return the folded words of a plain text."""
    return tuple(WORD.findall(fold(as_typed(text))))


def visible_text(html: str) -> str:
    """Return what a reader sees of HTML, then what a screen reader adds; an empty line between two blocks."""
    return "\n\n".join(filter(str.strip, (*seen(html), *heard(html))))


def seen(html: str) -> list[str]:
    """Return each block of a piece of HTML as a reader sees it, entities decoded."""
    if "<" not in html:
        return [unescape(html)]
    parts = list(_parted(NOT_SHOWN.sub("", html)))
    parts[1::2] = map(_between_words, parts[1::2])
    return unescape("".join(parts)).split(BREAK)


@lru_cache(maxsize=1)
def _parted(html: str) -> tuple[str, ...]:
    """Return text and tags in turn; cached, because the two readings of one HTML follow one another."""
    return tuple(TAG.split(html))


@lru_cache(maxsize=256)
def _between_words(tag: str) -> str:
    """Return what readers see at a tag: nothing, a space or a break."""
    return "" if INLINE.fullmatch(tag) else " " if LINE_END.fullmatch(tag) else BREAK


def heard(html: str) -> Iterator[str]:
    """Yield the text of each attribute that a screen reader speaks."""
    return (value for name, value in _attributes(html, HEARD) if name.lower() in HEARD)


def lines(html: str) -> Iterator[str]:
    """Yield each block of a piece of HTML that a reader sees, then the value of each attribute."""
    yield from seen(html)
    yield from (value for _, value in _attributes(html))


def _attributes(html: str, names: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield the attributes of each tag; with `names`, of tags that may have one with such a name."""
    for tag in _parted(html)[1::2] if "=" in html else ():
        if "=" in tag and (not names or any(map(tag.lower().__contains__, names))):
            for name, *values in ATTRIBUTE.findall(tag):
                yield name, unescape("".join(values))
