"""Secrets: what no published file may contain, indexed for the leak scanner.

These are names, quotes and sentences of withheld submissions, numbers of signed forms, names and bytes of
source photos, and addresses that visitors don't see.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.audit.full_names import NONE, FirstNameOnly, FullNames, full_names
from sitegen.audit.phrases import Phrases
from sitegen.core.text import fold
from sitegen.core.visible_text import Phrase, words

LONGEST = 8
"""Words of a sentence that are searched for; two authors hardly ever share so many in a row."""
SHORTEST_SENTENCE = 6
SHORTEST_QUOTE = 4

SENTENCE_END = re.compile(r"[.!?:]\s")
LETTER = re.compile(r"[a-z]")
"""A word that is no name by itself: style sheets are full of `a b`."""

TITLES = frozenset({"dr", "miss", "mr", "mrs", "ms", "mx", "prof"})
"""Words before a name that another text may leave out."""


@dataclass(frozen=True, slots=True)
class WithheldText:
    """Texts of a withheld file: names, titles and quotes, and the lines that readers would see."""

    path: str
    address: str
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Secrets:
    """What no published file may contain."""

    phrases: Phrases
    """Words of withheld stories, each with the path of its file."""
    names: frozenset[Phrase]
    """The phrases that are a person's name."""
    forms: Phrases
    """Numbers of signed forms, each with the path of its file."""
    photos: Mapping[str, str]
    """Names of source photos, in lower case, each with its path."""
    addresses: Mapping[str, str]
    """Addresses of withheld stories, each with the path of its file."""
    originals: Mapping[int, tuple[Path, ...]]
    """Source photos by their size in bytes."""
    full_names: FullNames
    """Those that only the texts of other people could say."""


NO_SECRETS = Secrets(Phrases({}), frozenset(), Phrases({}), {}, {}, {}, NONE)


def collect_secrets(
    root: Path,
    withheld: Iterable[WithheldText],
    forms: Mapping[str, Iterable[str]],
    photos: Iterable[str],
    asset_names: Iterable[str],
    first_names: Iterable[FirstNameOnly] = (),
    public_names: Iterable[str] = (),
) -> Secrets:
    """Return what must not be published.

    `forms` maps the path of each file with a consent to the numbers of its forms; `photos` are the paths of
    all source photos. `first_names` are the people of whom only the first name is public, `public_names` the
    names that visitors see.
    """
    texts = tuple(withheld)
    paths = sorted(photos)
    known = {fold(posixpath.basename(name)) for name in asset_names}
    files = {fold(posixpath.basename(path)): path for path in paths}
    return Secrets(
        phrases=Phrases({phrase: text.path for text in texts for phrase in _phrases(text)}),
        names=frozenset(name for text in texts for name in names_of(text)),
        forms=Phrases(
            {
                number: path
                for path, given in forms.items()
                for form in given
                if is_telling(number := words(form))
            }
        ),
        photos={name: path for name, path in files.items() if name not in known},
        addresses={text.address: text.path for text in texts if "#" not in text.address},
        originals=_by_size(root, paths),
        full_names=full_names(first_names, public_names),
    )


def is_telling(number: Phrase) -> bool:
    """Whether the number of a form says in any text that it is one; 2026 can be a year, 12500 a price."""
    joined = "".join(number)
    return len(joined) > (SHORTEST_DIGITS if joined.isdecimal() else SHORTEST_NUMBER)


SHORTEST_NUMBER, SHORTEST_DIGITS = 3, 5
"""A number of so few letters and digits, or of so few digits alone, is not looked for."""


def _by_size(root: Path, paths: Iterable[str]) -> dict[int, tuple[Path, ...]]:
    """Return files by their size in bytes, without those that are missing."""
    found: dict[int, tuple[Path, ...]] = {}
    for path in paths:
        try:
            size = (root / path).stat().st_size
        except OSError:
            continue
        found[size] = (*found.get(size, ()), root / path)
    return found


def _phrases(text: WithheldText) -> Iterator[Phrase]:
    """Yield the phrases that identify a story: names, quotes, the beginning of every sentence."""
    yield from names_of(text)
    for quote in text.quotes:
        if len(found := words(quote)) >= SHORTEST_QUOTE:
            yield found
    yield from sentences(text.lines)


def sentences(lines: Iterable[str]) -> Iterator[Phrase]:
    """Yield the first words of every sentence that is long enough to be recognized."""
    for line in lines:
        for sentence in SENTENCE_END.split(line):
            if len(found := words(sentence)) >= SHORTEST_SENTENCE:
                yield found[:LONGEST]


def names_of(text: WithheldText) -> list[Phrase]:
    """Return the names in a file that are more than a first name or single letters."""
    return [name for written in text.names if (name := name_words(written))]


def name_words(written: str) -> Phrase:
    """Return the words of a name without titles and numbers; none if they identify no person."""
    name = tuple(word for word in words(written) if not word.isdecimal())
    while name and name[0] in TITLES:
        name = name[1:]
    return name if len(name) > 1 and not all(map(LETTER.fullmatch, name)) else ()
