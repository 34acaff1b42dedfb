"""The alarm: tells quickly that a published file has nothing in it that must not be there.

Where it doesn't ring, `audit.leaks` would find nothing; where it does, there may still be nothing. It
looks at thousands of pages, so those of the plainest kind are read as bytes, without the letters and
escapes that only some have.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sitegen import audit, vault
from sitegen.audit import PICTURES, TAG, TEXTS
from sitegen.packing import digest
from sitegen.vault import RUN, Phrase, Secrets

Spoken = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What makes a file suspicious: little to carry, and some of it is in every leak.

    `digest` is that of the secrets: an output that was audited against the same need not be again.
    `plain_words` and `plain_runs` are those that plain pages can hold.
    """

    digest: str
    words: frozenset[str]
    runs: frozenset[Phrase]
    plain_words: frozenset[bytes]
    plain_runs: frozenset[Spoken]
    photos: frozenset[str]
    addresses: frozenset[str]
    sizes: frozenset[int]


def alarm(secrets: Secrets) -> Alarm:
    """Return what a file has to be looked through for, before it is worth a closer look."""
    originals = {size: tuple(map(str, files)) for size, files in secrets.originals.items()}
    known = (secrets.phrases.paths, secrets.forms.paths, secrets.photos, secrets.addresses, originals)
    words = frozenset(secrets.phrases.by_word.keys() | secrets.forms.by_word.keys())
    runs = frozenset(secrets.phrases.by_run.keys() | secrets.forms.by_run.keys())
    return Alarm(
        digest=digest([sorted(each.items()) for each in known]),
        words=words,
        runs=runs,
        plain_words=frozenset(word.encode() for word in words if word.isascii()),
        plain_runs=frozenset(tuple(word.encode() for word in run) for run in runs if "".join(run).isascii()),
        photos=frozenset(secrets.photos),
        addresses=frozenset(secrets.addresses),
        sizes=frozenset(secrets.originals),
    )


def rings(alarm: Alarm, path: str, data: bytes) -> bool:
    """Tell whether a published file has to be looked at closely."""
    if path.endswith(PICTURES):
        return len(data) in alarm.sizes or audit.metadata(data) is not None
    if not path.endswith(TEXTS):
        return False
    text = audit.unescaped(data) if alarm.photos or alarm.addresses else ""
    if not (
        alarm.photos.isdisjoint(audit.picture_names(text))
        and alarm.addresses.isdisjoint(audit.story_addresses(text, path))
    ):
        return True
    if alarm.runs:
        return _says_plainly(alarm, data) if _is_plain(path, data) else _says(alarm, data)
    return _says_a_word(alarm, path, data)


def _says(alarm: Alarm, data: bytes) -> bool:
    plain = audit.without_escapes(audit.unescaped(data))
    spoken = vault.words(plain)
    if not alarm.words.isdisjoint(spoken):
        return True
    return bool(alarm.runs) and not (
        alarm.runs.isdisjoint(vault.runs(spoken))
        and alarm.runs.isdisjoint(vault.runs(vault.words(TAG.sub(" ", plain))))
    )


# -- lines ----------------------------------------------------------------------------------


def _says_a_word(alarm: Alarm, path: str, data: bytes) -> bool:
    """Tell whether a file says any, where all to look for are single words.

    These are whole in a line, and most lines stand on many pages.
    """
    seen = _seen(alarm.digest)
    new = set(data.split(b"\n")) - seen
    odd = set() if _is_plain(path, b"\n".join(new)) else {line for line in new if not _is_plain(path, line)}
    if (odd and _says(alarm, b"\n".join(odd))) or _says_plainly(alarm, b"\n".join(new - odd)):
        return True
    if len(seen) > MOST_LINES:
        seen.clear()
    seen |= new
    return False


MOST_LINES = 20_000
"""Lines in which nothing was found that are remembered: a few megabytes."""


@lru_cache(maxsize=1)
def _seen(_digest: str) -> set[bytes]:
    """Return the lines in which nothing was found of the secrets that have this digest."""
    return set()


# -- plain pages ----------------------------------------------------------------------------

ASCII = bytes(range(128))
TYPOGRAPHY = re.compile(rb"(?:\xe2\x80[\x80-\xbf]|\xc2[\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf])*")
"""General punctuation, and those of the Latin-1 signs that are neither letters nor digits."""
ODD_ENTITY = re.compile(rb"&(?!(?:amp;(?![#a-zA-Z])|lt;|gt;|quot;|nbsp;|#3[49];))")
"""Any but those that the templates and the sanitiser write; it could stand for a letter."""
TO_WORDS = bytes(
    byte if chr(byte).islower() or chr(byte).isdigit() else
    byte + 32 if chr(byte).isupper() else
    byte if chr(byte) == "_" else 32
    for byte in range(128)
) + b" " * 128  # fmt: skip
"""Small letters for capital ones, and spaces for everything that doesn't belong to a word."""
ANY_TAG = re.compile(rb"<[^>]*>")


def _is_plain(path: str, data: bytes) -> bool:
    """Tell whether a file's words are those of its bytes: nothing is escaped, and no letter has an accent."""
    return (
        path.endswith(".html")
        and b"\\" not in data  # which begins an escape in JSON
        and not ODD_ENTITY.search(data)
        and TYPOGRAPHY.fullmatch(data.translate(None, ASCII)) is not None
    )


def _says_plainly(alarm: Alarm, data: bytes) -> bool:
    spoken = data.translate(TO_WORDS).split()
    if not alarm.plain_words.isdisjoint(spoken):
        return True
    return bool(alarm.plain_runs) and not (
        _has_no_run(alarm, spoken) and _has_no_run(alarm, ANY_TAG.sub(b" ", data).translate(TO_WORDS).split())
    )


def _has_no_run(alarm: Alarm, spoken: list[bytes]) -> bool:
    return alarm.plain_runs.isdisjoint(
        zip(*(islice(spoken, start, None) for start in range(RUN)), strict=False)
    )
