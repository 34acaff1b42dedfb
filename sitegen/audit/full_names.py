"""Full names: names of people whose consent covers the first name only."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TypeVar

from sitegen.audit.phrases import Phrases
from sitegen.consent.names import PersonName, plain_letters
from sitegen.core.visible_text import Phrase, words

Word = TypeVar("Word", str, bytes)


@dataclass(frozen=True, slots=True)
class FirstNameOnly:
    """A person whose first name only is public: the path of their file, and the name."""

    path: str
    full: str
    name: PersonName


@dataclass(frozen=True, slots=True)
class FullNames:
    """Ways to write the full names of people, each with one of the people, and the hidden words in them.

    A text without any of `surnames` has none of the names. `public` are names that visitors may see, and
    their parts.
    """

    people: dict[Phrase, FirstNameOnly]
    phrases: Phrases
    surnames: frozenset[str]
    public: frozenset[Phrase]


NONE = FullNames({}, Phrases({}), frozenset(), frozenset())


def full_names(people: Iterable[FirstNameOnly], public: Iterable[str]) -> FullNames:
    """Return the index of full names, without names that are public in full for another person."""
    said = {part for name in public for part in _parts(name_words(name))}
    ways = {way: each for each in people for way in _ways(each)}
    found = {way: each for way, each in ways.items() if way not in said}
    names = {id(each): each.name for each in found.values()}.values()
    surnames = {word for name in names for hidden in name.hidden for word in _words_of_folded(hidden)}
    surnames |= {way[0] for way in found if len(way) == 1}
    phrases = Phrases({way: each.path for way, each in found.items()})
    return FullNames(found, phrases, frozenset(surnames), frozenset(said))


def name_words(text: str) -> Phrase:
    """Return the words of a text, folded as the words of the names are: without accents."""
    return words(plain(text))


def without_initials(spoken: Phrase) -> list[str]:
    """Return words without single letters, such as the R of Maya R. Lopez."""
    return [word for word in spoken if len(word) > 1 or not word.isalpha() or not word.isascii()]


def without_middle_names(spoken: Phrase, public: Set[Phrase]) -> Iterator[str]:
    """Yield the first and the last of three words, then an empty word, unless a public name has all three."""
    for first, middle, last in zip(spoken, spoken[1:], spoken[2:], strict=False):
        if (first, middle, last) not in public:
            yield from (first, last, "")


def plain(text: str) -> str:
    """Return a text in the letters that the index uses."""
    return text if text.isascii() else plain_letters(text)


def _parts(name: Phrase) -> Iterator[Phrase]:
    """Yield every two or more words of a name that follow one another."""
    for start in range(len(name) - 1):
        for end in range(start + 2, len(name) + 1):
            yield name[start:end]


def _ways(person: FirstNameOnly) -> Iterator[Phrase]:
    """Yield the name in full, and the shown name beside each hidden word: in two words, or in one."""
    first = " ".join(person.name.first)
    joined = first.replace(" ", "")
    for hidden in person.name.hidden:
        for way in (f"{first} {hidden}", f"{hidden} {first}", joined + hidden, hidden + joined):
            yield _words_of_folded(way)
    if person.name.hidden and len(whole := name_words(person.full)) > 1:
        yield whole


def _words_of_folded(letters: str) -> Phrase:
    """Return the words of folded letters and spaces; only some scripts have several in a row of letters."""
    return tuple(letters.split()) if letters.isascii() else words(letters)
