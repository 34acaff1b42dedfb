"""Mentions: where a text says a name or a school that consent does not cover.

A text is what a reader sees (`core.visible_text`), a value of the front matter, or the words of an address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from sitegen.consent import word_sense
from sitegen.consent.names import PARTICLES, TITLES, PersonName, plain_letters
from sitegen.consent.tokens import (
    WORD,
    Token,
    cleaned_text,
    fold_word,
    tokens_of,
    without_apostrophes,
    without_unseen,
)
from sitegen.consent.word_forms import (
    SHORTEST,
    has_initial,
    is_form_of,
    is_glued,
    is_inflected,
    is_user_name,
    stem_of,
    taken_apart,
)
from sitegen.consent.word_sense import is_word
from sitegen.core.text import as_typed

SENTENCE_START = re.compile(r"(?:^|[.!?…:\n“\"(\[])[\s“\"'(\[*_-]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a name in a text, as it is written there.

    It is certain where the person must be meant, and a guess where the word may be an ordinary one.
    """

    text: str
    is_certain: bool


def surname_in(text: str, name: PersonName) -> Mention | None:
    """Return the first certain mention of a hidden word of a name in a text; else the first guess, if any."""
    text = unescape(text) if "&" in text else text  # entities in code are visible as written
    if whole := phrase_in(text, name.whole) if name.whole else None:
        return Mention(whole, is_certain=True)
    if not _may_say(text, name):
        return None
    cleaned = cleaned_text(text)
    for found in WORD.finditer(cleaned):
        if is_glued(fold_word(found[0]), name) or _is_handle(cleaned, found, name):
            return Mention(found[0], is_certain=True)
    guess: Mention | None = None
    for mention in _mentions(text, name):
        if mention.is_certain:
            return mention
        guess = guess or mention
    return _taken_apart(cleaned, name) or guess


def full_name_in(text: str, name: PersonName) -> str | None:
    """Return the words of a text that certainly are the shown name and a hidden word beside it."""
    text = unescape(text) if "&" in text else text
    if not _may_say(text, name):
        return None
    tokens, cleaned = tokens_of(text, frozenset((*name.hidden, *name.first))), cleaned_text(text)
    for found in WORD.finditer(cleaned):
        if is_glued(fold_word(found[0]), name):
            return found[0]
    for at, token in enumerate(tokens):
        if any(is_form_of(token, hidden) for hidden in name.hidden):
            near = _neighbor(tokens, at, name, cleaned)
            is_first = near is not None and _is_first(tokens[near], name)
            if near is not None and is_first and _is_named(tokens, at, near, cleaned):
                first, last = sorted((near, at))
                return cleaned[tokens[first].start : tokens[last].end]
            if _has_middle_name(tokens[max(0, at - 2) : at + 1], name, cleaned):
                return cleaned[tokens[at - 2].start : token.end]
    return None


def _has_middle_name(words: list[Token], name: PersonName, text: str) -> bool:
    """Whether three words are the shown name, a middle or nickname, and a hidden word: Maya “Mo” Lopez."""
    if len(words) < 3 or not _is_first(words[0], name):
        return False
    first, middle, last = words
    between = text[first.end : middle.start] + text[middle.end : last.start]
    is_name = middle.is_capital and last.is_capital and middle.folded not in word_sense.VERBS
    return is_name and NAME_GAP.fullmatch(between) is not None


NAME_GAP = re.compile(r"[\s\"“”'‘’()]*")


def may_mention(texts: str, addresses: str, name: PersonName) -> bool:
    """Whether one of several texts or addresses, joined by line breaks, may say what is hidden of a name.

    It is much faster than to look at each of them: hardly any text says the name.
    """
    texts = unescape(texts) if "&" in texts else texts
    return bool(name.whole) or _may_say(f"{texts}\n{_address_words(addresses)}", name)


def _may_say(text: str, name: PersonName) -> bool:
    """Whether the letters of a text, one after the other, have the beginning of a hidden word in them."""
    stems = [stem_of(word) for word in name.hidden]
    typed = as_typed(text)
    if not typed.isascii() or "<" in typed:  # else nothing but letters matters
        typed = without_apostrophes(plain_letters(without_unseen(typed)))
    if all(stem.isascii() for stem in stems):  # the same result, and fast
        letters = typed.lower().encode("ascii", "ignore").translate(None, NO_ASCII_LETTER)
        return any(stem.encode() in letters for stem in stems)
    letters_of_all = NO_LETTER.sub("", typed.lower())
    return any(stem in letters_of_all for stem in stems)


NO_LETTER = re.compile(r"[\W\d_]+")
NO_ASCII_LETTER = bytes(byte for byte in range(128) if not chr(byte).isalpha())


def _taken_apart(text: str, name: PersonName) -> Mention | None:
    """Return a hidden word of which a text writes the letters, or two parts, one after the other."""
    folded = without_apostrophes(plain_letters(text))
    for hidden in name.hidden:
        if len(hidden) > SHORTEST:
            found = taken_apart(hidden).search(folded)
            if found:
                return Mention(found[0], is_certain=not is_word(hidden))
    return None


def _is_handle(text: str, found: re.Match[str], name: PersonName) -> bool:
    """Whether a word is the name of an account: a hidden word with an initial or a short word beside it.

    Without @ or # before it, it must be a long one: `fames` and `abell` are few, `mlopez` is meant.
    """
    word = fold_word(found[0])
    before = text[max(0, found.start() - 20) : found.start()]
    return is_user_name(word, name) and bool(HANDLE_START.search(before) or has_initial(word, name))


HANDLE_START = re.compile(r"[@#][\w.]*$")


def surname_in_address(address: str, name: PersonName) -> str | None:
    """Return the hidden word of a name that an address, a file's name or a link's target says.

    A word that is also an ordinary English one counts only beside the shown name.
    """
    words = _address_words(address)
    if whole := phrase_in(words, name.whole) if name.whole else None:
        return whole
    tokens = tokens_of(words, frozenset((*name.hidden, *name.first)))
    for at, token in enumerate(tokens):
        if is_glued(token.folded, name) or is_user_name(token.folded, name):
            return token.written
        if token.folded in name.hidden and (
            _is_beside(tokens, at, name) or (len(token.folded) >= SHORTEST and not is_word(token.folded))
        ):
            return token.written
    apart = _taken_apart(words, name)
    return apart.text if apart and apart.is_certain else None


def _address_words(address: str) -> str:
    """Return an address with spaces between its words, as browsers show it."""
    shown = unquote(address)
    if "xn--" in shown.lower():  # a domain in Punycode (RFC 3492)
        shown = PUNYCODE.sub(lambda found: _from_punycode(found[1]), shown)
    return shown.translate(SEPARATORS)


PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)


def _from_punycode(label: str) -> str:
    try:
        return label.encode("ascii").decode("punycode")
    except UnicodeError:
        return label


SEPARATORS = str.maketrans("/-_.?=&#+%", " " * 10)


def phrase_in(text: str, phrase: str) -> str | None:
    """Return a phrase as written in a text, ignoring case, accents, punctuation, and spaces within it.

    A plural of several words is found, too.
    """
    words = [token.folded for token in tokens_of(phrase)]
    if not words or words[0] not in without_apostrophes(plain_letters(text)):
        return None
    wanted, endings = "".join(words), ("", "s") if len(words) > 1 else ("",)
    tokens = tokens_of(text)
    for first in range(len(tokens)):
        letters = ""
        for last in range(first, len(tokens)):
            letters += tokens[last].folded
            if letters.startswith(wanted) and letters.removeprefix(wanted) in endings:
                return cleaned_text(text)[tokens[first].start : tokens[last].end]
            if not wanted.startswith(letters):
                break
    return None


def _mentions(text: str, name: PersonName) -> Iterator[Mention]:
    tokens, cleaned = tokens_of(text, frozenset((*name.hidden, *name.first))), cleaned_text(text)
    for at, token in enumerate(tokens):
        hidden = next((word for word in name.hidden if is_form_of(token, word)), None)
        if hidden:
            near = _neighbor(tokens, at, name, cleaned)
            beside = near is not None and _is_named(tokens, at, near, cleaned)
            if beside or len(hidden) >= SHORTEST:
                written = _with_first(tokens, at, cleaned) if len(hidden) < SHORTEST else token.written
                meant = beside or (near is None and _is_meant(tokens, at, cleaned))
                yield Mention(written, beside or meant)


def _with_first(tokens: list[Token], at: int, text: str) -> str:
    return text[tokens[max(0, at - 1)].start : tokens[at].end]


def _is_beside(tokens: list[Token], at: int, name: PersonName) -> bool:
    """Whether the nearest word that is not of the hidden name is of the shown one."""
    return _neighbor(tokens, at, name, "") is not None


def _neighbor(tokens: list[Token], at: int, name: PersonName, text: str) -> int | None:
    """Return where the shown name, or a title, is next to a hidden word in the same sentence."""
    between = {*name.hidden, *PARTICLES}
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(tokens) and (
            (tokens[near].folded in between and tokens[near].folded not in name.first)
            or (len(tokens[near].folded) == 1 and tokens[near].folded not in name.first)
        ):
            near += step
        if 0 <= near < len(tokens) and _is_first(tokens[near], name):
            first, last = sorted((near, at))
            if not SENTENCE_END.search(text[tokens[first].end : tokens[last].start]):
                return near
    if at > 0 and _is_title(tokens[at - 1], tokens[at]):
        return at - 1
    return None


def _is_first(token: Token, name: PersonName) -> bool:
    return any(is_inflected(token.folded, first) for first in name.first)


SENTENCE_END = re.compile(r"[!?…]|\w{2,}\.\s|^\.\s|\n\n|[;:]\s")


def _is_title(title: Token, named: Token) -> bool:
    return title.folded in TITLES and (named.is_capital or title.folded in word_sense.ONLY_TITLES)


def _is_named(tokens: list[Token], at: int, near: int, text: str) -> bool:
    """Whether a hidden word beside the shown name is part of the name, not a word such as `will`."""
    token, other = tokens[at], tokens[near]
    gap = text[min(token.end, other.end) : max(token.start, other.start)]
    if len(token.folded) < SHORTEST:
        is_spoken = token.folded in word_sense.SHORT_WORDS and not token.is_capital and other.is_capital
        return not is_spoken and not ("," in gap and near < at)
    if not is_word(token.folded):
        return True
    if near > at:  # before the first name: an adjective, unless a comma or a capital says otherwise
        is_verb = other.folded in word_sense.VERBS and not other.is_capital
        is_ordinary = token.folded in word_sense.BEFORE_NAMES and SENTENCE_START.search(text[: token.start])
        return token.is_capital and not is_verb and ("," in gap or not is_ordinary)
    if token.is_capital:
        return True
    if "," in gap:
        return False
    return token.folded not in word_sense.VERBS and not (
        is_word(other.folded) and not other.is_capital and other.folded in word_sense.VERBS
    )


def _is_meant(tokens: list[Token], at: int, text: str) -> bool:
    """Whether a hidden word by itself is the name: it is no ordinary word, or it has a capital of its own."""
    token = tokens[at]
    if not (is_word(token.folded) or token.folded in word_sense.CAPITALIZED):
        return True
    if word_sense.is_introduced([each.folded for each in tokens[max(0, at - 3) : at]]):
        return True
    if not token.is_capital or token.folded in word_sense.CAPITALIZED:
        return False
    after = text[token.end : token.end + 2]
    if SENTENCE_START.search(text[: token.start]) and not POSSESSIVE.match(after):
        return False
    near = [tokens[each] for each in (at - 1, at + 1) if 0 <= each < len(tokens)]
    if token.written.isupper() and len(token.written) > 1:  # an acronym, or a text in capitals
        return False
    if at + 1 < len(tokens) and tokens[at + 1].folded in word_sense.FAMILY:
        return True
    if at + 2 < len(tokens) and tokens[at + 1].folded == "of" and tokens[at + 2].is_capital:
        return False  # a place, such as King of Prussia
    # beside another capital it is part of another name, such as Fairmount Park
    return not any(
        other.is_capital and not SENTENCE_START.search(text[: other.start]) and len(other.written) > 1
        for other in near
    )


POSSESSIVE = re.compile("['’]s")
