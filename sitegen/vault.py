"""The vault: what no published file may hold, as what it is looked for.

Names, quotes and sentences of whoever is withheld, numbers of signed forms, names and bytes of source
photos, addresses that nobody sees. The files are read as plain lines, because one that is withheld may be
so broken that nothing else can read it.
"""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import stats

Phrase = tuple[str, ...]
"""Words in lower case, as they follow one another."""

LONGEST = 8
"""Words of a sentence that are looked for; so many in a row are nobody else's."""
SHORTEST_SENTENCE = 6
SHORTEST_QUOTE = 4

FORM = re.compile(rb"^[ \t]+form:(.*)$", re.MULTILINE)
LINK_TARGET = re.compile(r"\]\([^)]*\)")


class Phrases:
    """Phrases, each with the path of the file that it is from, ready to be looked for together.

    A long phrase is looked for by the words that it begins with, a short one by its rarest word: where
    these do not stand, the phrase doesn't.
    """

    def __init__(self, paths: Mapping[Phrase, str]) -> None:
        self.paths = paths
        used = Counter(word for phrase in paths if len(phrase) < RUN for word in phrase)
        self.by_run: dict[Phrase, list[Phrase]] = {}
        self.by_word: dict[str, list[Phrase]] = {}
        for phrase in paths:
            if len(phrase) < RUN:
                self.by_word.setdefault(min(phrase, key=lambda word: used[word]), []).append(phrase)
            else:
                self.by_run.setdefault(phrase[:RUN], []).append(phrase)

    def said(self, spoken: Phrase) -> list[Phrase]:
        """Return the phrases that stand among the words of a text."""
        likely = [phrase for run in self.by_run.keys() & runs(spoken) for phrase in self.by_run[run]]
        likely += [phrase for word in self.by_word.keys() & set(spoken) for phrase in self.by_word[word]]
        text = f" {' '.join(spoken)} " if likely else ""
        return sorted(phrase for phrase in likely if f" {' '.join(phrase)} " in text)


RUN = 4
"""Words in a row that hardly ever stand in two texts."""


def runs(spoken: Phrase) -> set[Phrase]:
    """Return every so many words that follow one another."""
    return set(zip(spoken, spoken[1:], spoken[2:], spoken[3:], strict=False))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What no published file may hold."""

    phrases: Phrases
    """Words of withheld stories, each with the path of its file."""
    names: frozenset[Phrase]
    """Those of the phrases that are somebody's name."""
    forms: Phrases
    """Numbers of signed forms, likewise."""
    photos: Mapping[str, str]
    """Names of source photos, in lower case, each with its path."""
    addresses: Mapping[str, str]
    """Addresses of withheld stories, each with the path of its file."""
    originals: Mapping[int, tuple[Path, ...]]
    """Source photos by their size in bytes."""


def secrets(
    root: Path,
    withheld: Mapping[str, str],
    forms: Mapping[str, str],
    photos: Iterable[str],
    asset_names: Iterable[str],
) -> Secrets:
    """Gather what must not be published.

    `withheld` maps the path of each file that the public doesn't see to its address, `forms` the path of each
    file with a consent to the number of its form; `photos` are the paths of all source photos.
    """
    originals: dict[int, list[Path]] = {}
    for path in sorted(photos):
        originals.setdefault((root / path).stat().st_size, []).append(root / path)
    known = {posixpath.basename(name).casefold() for name in asset_names}
    files = {posixpath.basename(path).casefold(): path for path in photos}
    texts = {path: _text(root / path) for path in withheld}
    return Secrets(
        phrases=Phrases({phrase: path for path, text in texts.items() for phrase in _phrases(text)}),
        names=frozenset(name for text in texts.values() for name in names(text)),
        forms=Phrases(
            {number: path for path, form in forms.items() if len("".join(number := words(form))) > 3}
        ),
        photos={name: path for name, path in files.items() if name not in known},
        addresses={address: path for path, address in withheld.items() if "#" not in address},
        originals={size: tuple(same) for size, same in originals.items()},
    )


def forms(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the number of the signed form that each of the files gives, by its path."""
    found = ((path, FORM.search(stats.read(f"{root}/{path}"))) for path in paths)
    return {path: form[1].decode("utf-8", "replace") for path, form in found if form}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def _phrases(text: str) -> Iterator[Phrase]:
    """Yield what is a story's own: name, quote, and the beginning of every sentence."""
    yield from names(text)
    for value in re.findall(r"^(?:quote|title):(.*)$", text, re.MULTILINE):
        if len(found := words(value)) >= SHORTEST_QUOTE:
            yield found
    body = re.split(r"^---[ \t]*\r?$", text, maxsplit=2, flags=re.MULTILINE)[-1]
    for sentence in re.split(r"[.!?:]\s|\n\s*\n", LINK_TARGET.sub("]", body)):
        if len(found := words(sentence)) >= SHORTEST_SENTENCE:
            yield found[:LONGEST]


def names(text: str) -> list[Phrase]:
    """Return the names that a story's file gives, where they are more than a first name, or than signs."""
    written = (words(value) for value in re.findall(r"^name:(.*)$", text, re.MULTILINE))
    found = (tuple(word for word in name if not word.isdecimal()) for name in written)
    return [name for name in found if len(name) > 1 and not all(map(LETTER.fullmatch, name))]


LETTER = re.compile(r"[a-z_]")
"""What is nobody's name by itself: a style sheet is full of `a b`."""


def words(text: str) -> Phrase:
    """Return the words of a text, in lower case."""
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
