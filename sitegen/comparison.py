"""What an editor sees only with all files side by side: words, stories and pictures that stand out."""

import heapq
import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from zlib import crc32

from sitegen.frontmatter import KeyPath
from sitegen.galley import Galley
from sitegen.images import ENDINGS
from sitegen.model import Kind
from sitegen.problems import Problem, Severity, Where
from sitegen.scan import Shelf


def compare(root: Path, shelf: Shelf, everything: Sequence[Galley]) -> Iterator[Problem]:
    """Yield what an editor would say of files beside each other."""
    stories = [one for one in everything if one.source.kind is Kind.STORY and not one.is_withdrawn]
    yield from _rare_words(stories, "field")
    yield from _rare_words(stories, "topics")
    yield from _nearly_the_same(stories)
    yield from _unused(root, shelf, everything)


# -- words ----------------------------------------------------------------------------------

MOST_USUAL = 200
"""Words, the most frequent, that others are compared with: each is compared with each of them."""


def _rare_words(stories: list[Galley], key: str) -> Iterator[Problem]:
    """Point at a word that one story uses and that is nearly one that others use."""
    used: dict[str, list[tuple[Galley, KeyPath]]] = defaultdict(list)
    for story in stories:
        value = story.document.values.get(key)
        words = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, word in words:
            if isinstance(word, str) and word.strip():
                used[word.strip()].append((story, (key,) if index is None else (key, index)))
    counted = Counter({word: len(places) for word, places in used.items()})
    usual = [word for word, number in counted.most_common(MOST_USUAL) if number > 1]
    for word, places in used.items():
        others = [other for other in usual if other != word]
        near = get_close_matches(word, others, n=1, cutoff=0.85) or [
            other for other in others if other.casefold() == word.casefold()
        ]
        if near and counted[near[0]] > counted[word]:
            for story, keys in places:
                message = f'{key} "{word}" is nearly "{near[0]}", which {counted[near[0]]} stories have.'
                yield story.at(keys, message, "Write it the same way, if it is the same.")


# -- stories --------------------------------------------------------------------------------

RUN = 3
"""Words in a row that are compared: one that is changed spoils three of them."""

MOST_RUNS = 32
"""Runs of a story that are compared, always the same ones of the same text (a MinHash: Broder, 1997)."""

FEWEST_RUNS = 12
"""Runs that a story needs before it can be like another."""

MOST_SHARING = 20
"""Stories that a run can stand in and still tell two of them to be alike: more is a formula."""


def _nearly_the_same(stories: Sequence[Galley]) -> Iterator[Problem]:
    """Point at pairs of stories that share half of the runs of the shorter one."""
    runs = {story.source.path: _runs(story.document.body) for story in stories}
    standing: dict[int, list[str]] = defaultdict(list)
    for path in sorted(runs):
        for run in runs[path]:
            standing[run].append(path)
    shared: Counter[tuple[str, str]] = Counter()
    for sharing in standing.values():
        if len(sharing) <= MOST_SHARING:
            shared.update(combinations(sharing, 2))
    by_path = {story.source.path: story for story in stories}
    for (one, other), number in sorted(shared.items()):
        if number * 2 >= min(len(runs[one]), len(runs[other])) >= FEWEST_RUNS:
            message = f"this story is nearly the same as {one}."
            yield by_path[other].at((), message, "Remove one of them, if they are one story.")


def _runs(body: str) -> list[int]:
    """Return numbers that stand for runs of words of a text, in whatever letters and signs they are."""
    words = re.findall(r"\w+", body.casefold())
    rows = zip(*(words[start:] for start in range(RUN)), strict=False)
    return heapq.nsmallest(MOST_RUNS, {crc32(" ".join(row).encode()) for row in rows})


# -- pictures -------------------------------------------------------------------------------


def _unused(root: Path, shelf: Shelf, everything: Iterable[Galley]) -> Iterator[Problem]:
    """Point at pictures that no file names; a name in a note counts."""
    pictures = [path for path in sorted(shelf.others) if posixpath.splitext(path)[1].lower() in ENDINGS]
    written: dict[str, set[str]] = defaultdict(set)
    for path in pictures:
        folder, name = posixpath.split(path)
        written[folder] |= _forms(name)
    named: dict[str, set[str]] = defaultdict(set)
    for source in shelf.sources:
        folder = posixpath.dirname(source.path)
        raw = (root / source.path).read_bytes().decode("utf-8", "replace")
        named[folder] |= _named(unicodedata.normalize("NFC", raw), written[folder])
    withdrawn = {posixpath.dirname(one.source.path) for one in everything if one.is_withdrawn}
    for path in pictures:
        folder, name = posixpath.split(path)
        if not _forms(name) & named[folder]:
            hint = "Remove it, or name it in the file that it belongs to."
            if folder in withdrawn:
                hint = "Remove it, above all if it belonged to a story that was taken back."
            yield Problem(Where(path), "no file uses this picture.", hint, Severity.WARNING)


ENDING = re.compile("|".join(re.escape(ending) for ending in sorted(ENDINGS, reverse=True)), re.IGNORECASE)
LONGEST_NAME = 255
"""Characters; the most that file systems allow."""


def _forms(name: str) -> set[str]:
    """Return the ways in which the name of a picture can be written in a text."""
    composed = unicodedata.normalize("NFC", name)
    return {composed, composed.replace(" ", "%20")}


def _named(text: str, names: Set[str]) -> set[str]:
    """Return those of the names of pictures that stand in a text, looking back from where one may end."""
    if not names:
        return set()
    ends = [found.end() for found in ENDING.finditer(text)]
    return {text[start:end] for end in ends for start in range(max(0, end - LONGEST_NAME), end)} & names
