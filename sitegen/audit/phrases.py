"""Phrases: an index of sequences of words, to find them in many texts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from sitegen.core.visible_text import Phrase

RUN = 4
"""Words in a row that two texts rarely share."""


PAIR = 2
"""Words of most names: looking a pair up is faster than searching the text for it."""


class Phrases:
    """Index of phrases, each with the path of the file that it is from.

    A long phrase is found by its first words, a short one by its rarest word: a text without these doesn't
    contain the phrase.
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
        """Return the phrases that are among the words of a text."""
        likely = [phrase for run in self.by_run.keys() & runs(spoken) for phrase in self.by_run[run]]
        likely += [phrase for word in self.by_word.keys() & set(spoken) for phrase in self.by_word[word]]
        if not likely:
            return []
        text, pairs = f" {' '.join(spoken)} ", set(pairwise(spoken))
        return sorted(
            phrase
            for phrase in likely
            if (phrase in pairs if len(phrase) == PAIR else f" {' '.join(phrase)} " in text)
        )

    def without(self, phrases: Iterable[Phrase]) -> "Phrases":
        """Return the index without some phrases."""
        gone = set(phrases)
        return Phrases({phrase: path for phrase, path in self.paths.items() if phrase not in gone})


def runs(spoken: Phrase) -> set[Phrase]:
    """Return all sequences of RUN words."""
    return set(zip(spoken, spoken[1:], spoken[2:], spoken[3:], strict=False))
