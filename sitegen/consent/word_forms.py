"""Word forms: changes that languages and accounts make to a family name.

All words are folded as those of a `PersonName` are.
"""

import re
from functools import cache, lru_cache

from sitegen.consent.name_order import set_of
from sitegen.consent.names import APOSTROPHE, PersonName
from sitegen.consent.tokens import Token, fold_word
from sitegen.consent.word_sense import is_word

SHORTEST = 3
"""Letters of a surname that counts by itself; a shorter one counts only beside the shown name."""

PREFIXED = re.compile("[\u0590-\u06ff\u1200-\u137f]")
"""Hebrew, Arabic and Ethiopic, which join words such as `and` to the next one."""
HEBREW = re.compile("[\u05d0-\u05ea]+")
HEBREW_PREFIX = re.compile("[ובכלמשה]{1,2}")
DECLINED = re.compile("[a-z]*[\u0370-\u058f\u10a0-\u10ff]")
"""Greek, Cyrillic (some letters of which fold to Latin ones), Armenian and Georgian: their languages decline
names."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put no spaces between words, or endings right after a name: Thai to Hangul."""
HONORIFICS = "(?:さん|くん|ちゃん|君|様|先生|氏|同学|同學|小姐|女士|老师|老師|씨|군|양|선생)"
"""What follows a family name, also one of a single letter."""


def stem_of(hidden: str) -> str:
    """Return the part of a word that all of its forms begin with."""
    return hidden[: max(4, len(hidden) - 2)] if DECLINED.match(hidden) else hidden


def is_form_of(token: Token, hidden: str) -> bool:
    """Whether a word is a hidden word, or a form of it: plural, declined, or with a word joined to it."""
    word = token.folded
    if word == hidden:
        return True
    if len(hidden) >= SHORTEST and APOSTROPHE.search(token.written):
        return hidden in map(fold_word, APOSTROPHE.split(token.written))  # Lopez'll, d'Okafor, Yılmaz'ın
    if HEBREW.fullmatch(hidden) and len(hidden) == SHORTEST:
        return word.endswith(hidden) and HEBREW_PREFIX.fullmatch(word[: -len(hidden)]) is not None
    if len(hidden) <= SHORTEST:
        return False
    if hidden.isascii():
        return token.is_capital and not is_word(hidden) and word in (f"{hidden}s", f"{hidden}es")
    return is_inflected(word, hidden)


def is_inflected(word: str, base: str) -> bool:
    """Whether a word of a script other than Latin is a base with what its language adds to it."""
    if word == base:
        return True
    if PREFIXED.match(base):
        return len(base) > SHORTEST and word.endswith(base) and len(word) <= len(base) + 2
    if UNSPACED.match(base):
        return len(base) > 1 and word.startswith(base)
    return DECLINED.match(base) is not None and word.startswith(stem_of(base)) and len(word) <= len(base) + 3


# -- several parts in one word --------------------------------------------------------------


@lru_cache(maxsize=256)
def _joined_pairs(name: PersonName) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return a first and a hidden word, or two hidden ones, as one word, in either order.

    The second value are those that can be within a longer word; ordinary words such as `evaluate` and
    `symbolic` have short names in them.
    """
    first, hidden = name.first, name.hidden
    parts = [(one, other) for one in first for other in hidden if min(len(one), len(other)) > 1]
    parts += [(one, other) for one in hidden for other in hidden if min(len(one), len(other)) >= SHORTEST]
    long = [(one, other) for one, other in parts if len(one) >= SHORTEST < len(other)]
    return frozenset(map("".join, _both_orders(parts))), tuple(map("".join, _both_orders(long)))


def _both_orders(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, *((other, one) for one, other in pairs)]


def is_glued(word: str, name: PersonName) -> bool:
    """Whether a word is made of a first and a hidden word, or of two hidden ones.

    Scripts without spaces write whole sentences as one word.
    """
    if UNSPACED.search(word):
        return _is_in_sentence(word, name)
    exact, within = _joined_pairs(name)
    return word in exact or any(pair in word for pair in within)


def _is_in_sentence(text: str, name: PersonName) -> bool:
    """Whether an unspaced text has a hidden word of two letters, or one before an honorific, in it."""
    unspaced = [hidden for hidden in name.hidden if UNSPACED.search(hidden)]
    return (
        any(hidden in text for hidden in unspaced if len(hidden) > 1)
        or any(re.search(re.escape(hidden) + HONORIFICS, text) for hidden in unspaced)
        or any(
            pair in text
            for first in name.first
            for each in name.hidden
            for pair in (first + each, each + first)
        )
    )


@cache
def taken_apart(hidden: str) -> re.Pattern[str]:
    """Return a pattern of a word with its letters apart, or cut in two by a sign or after a prefix."""
    ways = [r"(?:[^\w\n]|_){1,3}".join(map(re.escape, hidden))]
    # a single letter before a hyphen can be a word of its own: e-bike
    cuts = range(1, len(hidden)) if len(hidden) > SHORTEST + 1 else range(2, len(hidden) - 1)
    ways += [rf"{re.escape(hidden[:at])}{CUT}{re.escape(hidden[at:])}" for at in cuts]
    prefixes = [each for each in SPACED_PREFIXES if hidden.startswith(each)]
    ways += [rf"{each}\s{re.escape(hidden[len(each) :])}" for each in prefixes]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


CUT = r"(?:[^\w\s,;:!?]|_){1,3}"
"""A hyphen, a dot or an emoji within a word, without spaces."""

SPACED_PREFIXES = set_of("o d mc mac al el ben bin de del di du fitz la le st van von")
"""Beginnings of family names that some people write with a space behind them."""


# -- names of accounts ----------------------------------------------------------------------

BESIDE_NAMES = set_of(
    "team im iam its the mr mrs ms miss coach dr official real just house family fam fan fans crew gang "
    "squad robotics makes codes builds"
)
"""Words that people put before or after their family name in the name of an account or in a hashtag."""


def is_user_name(word: str, name: PersonName) -> bool:
    """Whether a word is a hidden word with the initial of the first name, or with a word such as `team`."""
    others = (*BESIDE_NAMES, *(first[:1] for first in name.first))
    return not is_word(word) and any(
        word in (other + hidden, hidden + other)
        for hidden in name.hidden
        if len(hidden) > SHORTEST
        for other in others
    )


def has_initial(word: str, name: PersonName) -> bool:
    """Whether a word is a long hidden word, and no ordinary one, with the initial of the first name.

    A short or an ordinary one makes other words, such as `games` and `sparks`.
    """
    return any(
        word in (first[:1] + hidden, hidden + first[:1])
        for hidden in name.hidden
        if len(hidden) > SHORTEST + 1 and not is_word(hidden)
        for first in name.first
    )
