"""Tokens: words of a text, as written and folded, without invisible parts."""

import re
import unicodedata
from dataclasses import dataclass

from sitegen.consent.names import APOSTROPHE, plain_letters
from sitegen.core.text import DEFAULT_IGNORABLE, without_marks


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, folded, and its place."""

    written: str
    folded: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it does not begin with a small letter."""
        return not self.written[0].islower()


UNSEEN = re.compile(
    f"(?:{DEFAULT_IGNORABLE.pattern}|(?<=\\w)[*`~]+|[*`~]+(?=\\w)|(?<=\\w)<[^<>\\n]{{1,80}}>(?=\\w))"
)
"""Invisible characters, emphasis marks and tags as text within a word."""


HIDING = re.compile(f"{DEFAULT_IGNORABLE.pattern[:-1]}*`~<]")
"""A character of each of these: a search for it is much faster than for UNSEEN."""


def without_unseen(text: str) -> str:
    """Return a text without UNSEEN."""
    text = BLACK_LETTER.sub(lambda found: chr(ord("A") + (ord(found[0]) - 0x1F150) % 32), text)
    return UNSEEN.sub("", text) if HIDING.search(text) else text


BLACK_LETTER = re.compile("[\U0001f150-\U0001f169\U0001f170-\U0001f189]")
"""White letters on black, of which Unicode doesn't say for which letters they are."""


def cleaned_text(text: str) -> str:
    """Return a text in composed letters without accents, and without UNSEEN."""
    parts = unicodedata.normalize("NFKD", without_unseen(text))
    if not parts.isascii():
        parts = unicodedata.normalize("NFKC", without_marks(parts))
    return parts


WORD = re.compile(r"(?:[^\W\d_]|(?<=[^\W\d_])['’‘ʼʻ′´`](?=[^\W\d_]{2}))+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def tokens_of(text: str, whole_words: frozenset[str] = frozenset()) -> list[Token]:
    """Return the words of a text; a capital within a word begins another one, as in #MayaLopez.

    Those of `whole_words` stay whole: McDonald is one name.
    """
    found = []
    for match in WORD.finditer(cleaned_text(text)):
        start, whole = match.start(), match[0]
        pieces = CAMEL.split(whole)
        folded = fold_word(whole)
        if len(pieces) > 1 and folded not in whole_words:
            for piece in pieces:
                found.append(Token(piece, fold_word(piece), start, start + len(piece)))
                start += len(piece)
        else:
            found.append(Token(whole, folded, start, match.end()))
    return found


def without_apostrophes(text: str) -> str:
    """Return a text without the characters that are used as an apostrophe."""
    return APOSTROPHE.sub("", text)


def fold_word(word: str) -> str:
    """Return a word as the words of a `PersonName` are folded."""
    return without_apostrophes(plain_letters(word))
