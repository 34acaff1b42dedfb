"""Prefilter of the leak scanner: may raise false alarms, never misses a leak.

It reads thousands of pages, so pages without accents, escapes and tags within words are compared as bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from itertools import islice, pairwise

from sitegen.audit import full_names, image_metadata, leak_scanner
from sitegen.audit.full_names import Word
from sitegen.audit.leak_scanner import DERIVATIVES, TEXTS
from sitegen.audit.phrases import RUN, runs
from sitegen.audit.secrets import Secrets
from sitegen.core.picture_names import is_picture
from sitegen.core.visible_text import INLINE_TAG, Phrase
from sitegen.engine.serialization import digest

Spoken = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Words, names and sizes, at least one of which is in every leak.

    `digest` is that of the secrets: an output that was scanned for the same secrets is not scanned again.
    `words` has also the last names of people whose first name only is public. In a page with no other match,
    `pairs` find full names, and `secret_words` all other secrets. The `plain_` ones can be in plain pages.
    `has_numbers_only` is whether every secret is a number, as where all people allow their full name.
    """

    digest: str
    words: frozenset[str]
    secret_words: frozenset[str]
    runs: frozenset[Phrase]
    pairs: frozenset[Phrase]
    plain_words: frozenset[bytes]
    plain_secret_words: frozenset[bytes]
    plain_runs: frozenset[Spoken]
    plain_pairs: frozenset[Spoken]
    photos: frozenset[str]
    addresses: frozenset[str]
    sizes: frozenset[int]
    has_numbers_only: bool


def make_prefilter(secrets: Secrets) -> Prefilter:
    """Return the prefilter for some secrets."""
    originals = {size: tuple(map(str, files)) for size, files in secrets.originals.items()}
    names = secrets.full_names.phrases.paths
    known = (
        *(secrets.phrases.paths, secrets.forms.paths, secrets.photos, secrets.addresses, originals),
        names,
    )
    secret_words = frozenset(secrets.phrases.by_word.keys() | secrets.forms.by_word.keys())
    words = secret_words | secrets.full_names.surnames
    runs = frozenset(secrets.phrases.by_run.keys() | secrets.forms.by_run.keys())
    pairs = frozenset(name[-2:] for name in names)
    return Prefilter(
        digest=digest([sorted(each.items()) for each in known]),
        words=words,
        secret_words=secret_words,
        runs=runs,
        pairs=pairs,
        plain_words=frozenset(word.encode() for word in words if word.isascii()),
        plain_secret_words=frozenset(word.encode() for word in secret_words if word.isascii()),
        plain_runs=_plain(runs),
        plain_pairs=_plain(pairs),
        photos=frozenset(secrets.photos),
        addresses=frozenset(secrets.addresses),
        sizes=frozenset(secrets.originals),
        has_numbers_only=not runs and not pairs and all(word.isascii() and word.isdigit() for word in words),
    )


def _plain(phrases: frozenset[Phrase]) -> frozenset[Spoken]:
    return frozenset(tuple(word.encode() for word in each) for each in phrases if "".join(each).isascii())


def may_leak(prefilter: Prefilter, path: str, data: bytes) -> bool:
    """Return whether a published file has to be scanned."""
    if is_picture(path):
        is_copy = len(data) in prefilter.sizes and not path.startswith(DERIVATIVES)
        return is_copy or image_metadata.found_in(data) is not None
    if not path.endswith(TEXTS):
        return False
    text = leak_scanner.unescaped(data) if prefilter.photos or prefilter.addresses else ""
    if not (
        prefilter.photos.isdisjoint(leak_scanner.picture_names(text))
        and prefilter.addresses.isdisjoint(leak_scanner.story_addresses(text, path))
    ):
        return True
    if prefilter.has_numbers_only and _says_no_number(prefilter, path, data):
        return False
    is_suspect = (
        _says_anything(prefilter, path, data) if prefilter.runs else _says_a_word(prefilter, path, data)
    )
    return is_suspect and (not prefilter.pairs or _says_more_than_a_surname(prefilter, path, data))


def _says_more_than_a_surname(prefilter: Prefilter, path: str, data: bytes) -> bool:
    """Return whether a file says a secret or a full name, not just the last name of one."""
    if not _is_plain(path, data):
        spoken = _spoken(prefilter, data)
        return _says_pair(prefilter.secret_words, prefilter.pairs, spoken) or _says_run(prefilter, spoken)
    for reading in (data, ANY_TAG.sub(b" ", data)):
        plain = reading.translate(TO_WORDS).split()
        if _says_pair(prefilter.plain_secret_words, prefilter.plain_pairs, plain) or not _has_no_run(
            prefilter, plain
        ):
            return True
    return False


def _says_pair(words: frozenset[Word], pairs: frozenset[tuple[Word, ...]], spoken: Sequence[Word]) -> bool:
    """Return whether a text has one of the words, or a pair, also with an initial or so within it."""
    return not (
        words.isdisjoint(spoken)
        and pairs.isdisjoint(pairwise(spoken))
        and pairs.isdisjoint(zip(spoken, islice(spoken, 2, None), strict=False))
        and pairs.isdisjoint(zip(spoken, strict=True))
    )


def _says_anything(prefilter: Prefilter, path: str, data: bytes) -> bool:
    return _says_plainly(prefilter, data) if _is_plain(path, data) else _says(prefilter, data)


def _says(prefilter: Prefilter, data: bytes) -> bool:
    if not (prefilter.runs or prefilter.pairs):
        return not prefilter.words.isdisjoint(leak_scanner.single_words(leak_scanner.text_of(data)))
    spoken = _spoken(prefilter, data)
    return not prefilter.words.isdisjoint(spoken) or _says_run(prefilter, spoken)


def _says_run(prefilter: Prefilter, spoken: Phrase) -> bool:
    return bool(prefilter.runs) and not prefilter.runs.isdisjoint(runs(spoken))


def _spoken(prefilter: Prefilter, data: bytes) -> Phrase:
    """Return the words of a file; if there are full names to find, also those without accents."""
    text = leak_scanner.text_of(data)
    spoken = leak_scanner.spoken_words(text)
    if not prefilter.pairs or text.isascii():
        return spoken
    return (*spoken, "", *leak_scanner.spoken_words(full_names.plain(text)))


# -- lines ----------------------------------------------------------------------------------


def _says_a_word(prefilter: Prefilter, path: str, data: bytes) -> bool:
    """Return whether a file says any of the secrets, if all of them are single words.

    A word is within one line, unless a tag continues on the next; and most lines are on many pages.
    """
    seen = _seen(prefilter.digest)
    new = set(data.split(b"\n")) - seen
    if any(line.rfind(b"<") > line.rfind(b">") for line in new):
        return _says_anything(prefilter, path, data)
    odd = set() if _is_plain(path, b"\n".join(new)) else {line for line in new if not _is_plain(path, line)}
    if (odd and _says(prefilter, b"\n".join(odd))) or _says_plainly(prefilter, b"\n".join(new - odd)):
        return True
    if len(seen) > MOST_LINES:
        seen.clear()
    seen |= new
    return False


MOST_LINES = 20_000
"""Clean lines that are cached: a few megabytes."""


@lru_cache(maxsize=1)
def _seen(_digest: str) -> set[bytes]:
    """Return the lines that are clean of the secrets with a digest."""
    return set()


# -- plain pages ----------------------------------------------------------------------------

ASCII = bytes(range(128))
TYPOGRAPHY = re.compile(
    rb"(?:\xe2\x80[\x90-\xa7\xb0-\xbf]|\xc2[\xa0-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf])*"
)
"""General punctuation, and Latin-1 signs that folding turns into neither letters nor digits."""
UNCLOSED = "|".join(name for name in html5 if not name.endswith(";")).encode()
"""Entities that are decoded even without a semicolon."""
ODD_ENTITY = re.compile(
    rb"&(?!amp;(?:(?![#a-zA-Z])|(?!%s)[a-zA-Z]\w*=)|lt;|gt;|quot;|nbsp;|#3[49];)" % UNCLOSED
)
"""An entity that neither templates, the sanitizer nor queries of addresses have; it could be a letter."""
TO_WORDS = bytes(
    byte if chr(byte).islower() or chr(byte).isdigit() else
    byte + 32 if chr(byte).isupper() else 32
    for byte in range(128)
) + b" " * 128  # fmt: skip
"""Maps capital letters to small ones, and everything outside of words to spaces."""
ANY_TAG = re.compile(rb"<[^>]*>")
INLINE_TAGS = re.compile(rb"(?:%s)+" % INLINE_TAG.encode(), re.IGNORECASE)
"""Tags that can be within a word."""


TO_NUMBERS = bytes(byte if chr(byte) in "0123456789" else 32 for byte in range(256))
"""Maps everything but digits to spaces."""
LETTERS = bytes(byte for byte in range(128) if chr(byte).isalpha())
"""What can be deleted before digits are looked at: next to a letter they are no word of their own."""
TAG_IN_NUMBER = re.compile(rb"<(?<=[0-9]<)[^>]*>(?:<[^>]*>)*[0-9]")
"""Tags between two digits; the pattern begins with the sign that is found fastest."""


def _is_plain(path: str, data: bytes) -> bool:
    """Return whether a file's words are those of its bytes: no escapes, no accents, no tags within words."""
    return _is_plainly_written(path, data) and not _has_tag_in_word(data)


def _is_plainly_written(path: str, data: bytes) -> bool:
    return (
        (path.endswith(".html") or (path.endswith(".xml") and b"&lt;" not in data))  # which escapes HTML
        and b"\\" not in data  # which begins an escape in JSON
        and not ODD_ENTITY.search(data)
        and TYPOGRAPHY.fullmatch(data.translate(None, ASCII)) is not None
    )


def _says_no_number(prefilter: Prefilter, path: str, data: bytes) -> bool:
    """Return whether a file is plain enough to be sure that it says none of the numbers."""
    return (
        prefilter.plain_words.isdisjoint(data.translate(TO_NUMBERS, LETTERS).split())
        and _is_plainly_written(path, data)
        and not TAG_IN_NUMBER.search(data)
    )


def _has_tag_in_word(data: bytes) -> bool:
    """Return whether inline tags are within a word. Splitting is five times as fast as a pattern."""
    begun, tags = False, b""
    for part in data.split(b"<"):
        if begun:
            tag, _, text = part.partition(b">")
            tags += b"<" + tag + b">"
            if not text:
                continue
            if text[:1].isalnum() and INLINE_TAGS.fullmatch(tags):
                return True
        begun, tags = part[-1:].isalnum(), b""
    return False


def _says_plainly(prefilter: Prefilter, data: bytes) -> bool:
    spoken = data.translate(TO_WORDS).split()
    if not prefilter.plain_words.isdisjoint(spoken):
        return True
    if not prefilter.plain_runs:
        return False
    seen = ANY_TAG.sub(b" ", data).translate(TO_WORDS).split()
    return not (_has_no_run(prefilter, spoken) and _has_no_run(prefilter, seen))


def _has_no_run(prefilter: Prefilter, spoken: list[bytes]) -> bool:
    return prefilter.plain_runs.isdisjoint(
        zip(*(islice(spoken, start, None) for start in range(RUN)), strict=False)
    )
