"""Cross-file rules: unusual words, similar stories, unused pictures."""

import heapq
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote
from zlib import crc32

from sitegen.content import documents
from sitegen.content.discovery import ContentFiles
from sitegen.content.pictures import same_look
from sitegen.content.strict_yaml import KeyPath
from sitegen.core.diagnostics import Problem, Severity, Where, nearest
from sitegen.core.limits import LONGEST_FILE_NAME
from sitegen.core.model import Kind
from sitegen.core.picture_names import ENDING, is_picture
from sitegen.core.problem_codes import Code
from sitegen.core.text import count, words
from sitegen.engine import file_state
from sitegen.lint.document import ParsedFile, contents
from sitegen.markup import render


def compare(root: Path, files: ContentFiles, everything: Sequence[ParsedFile]) -> Iterator[Problem]:
    """Yield suggestions from comparing all files."""
    stories = [one for one in everything if one.source.kind is Kind.STORY and not one.is_withdrawn]
    yield from _rare_words(stories, "field")
    yield from _rare_words(stories, "topics")
    yield from _nearly_the_same(stories)
    yield from _unused(root, files, everything)
    yield from _silent_pdfs(root, files, everything)


# -- words ----------------------------------------------------------------------------------

MOST_USUAL = 200
"""The number of frequent words that every other word is compared with."""


NEARLY = 0.85
"""Similarity (0 to 1) from which a word may be a misspelling of another."""


def _rare_words(stories: list[ParsedFile], key: str) -> Iterator[Problem]:
    """Yield a suggestion for each word that is nearly one that more stories use."""
    used: dict[str, list[tuple[ParsedFile, KeyPath]]] = defaultdict(list)
    for story in stories:
        value = story.document.values.get(key)
        terms = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, word in terms:
            if isinstance(word, str) and word.strip():
                used[word.strip()].append((story, (key,) if index is None else (key, index)))
    counted = Counter({word: len(places) for word, places in used.items()})
    usual = [word for word, number in counted.most_common(MOST_USUAL) if number > 1]
    for word, places in used.items():
        others = [other for other in usual if other != word]
        near = nearest(word, others, NEARLY)
        if near and counted[near] > counted[word]:
            for story, keys in places:
                message = f'{key} "{word}" is nearly "{near}", which {counted[near]} stories have.'
                hint = "Write it the same way, if it is the same."
                yield story.at(Code.RARE_TERM, keys, message, hint)


# -- stories --------------------------------------------------------------------------------

RUN = 3
"""Words in a row that are compared; one changed word changes three runs."""

MOST_RUNS = 32
"""Runs of a story that are compared: its MinHash (Broder, 1997)."""

FEWEST_RUNS = 12
"""Runs that a story needs to be compared."""

MOST_SHARING = 20
"""Stories that can share a run before it is ignored as a common phrase."""


def _nearly_the_same(stories: Sequence[ParsedFile]) -> Iterator[Problem]:
    """Yield a suggestion for each pair of stories that share half of the runs of the shorter one."""
    runs = {story.source.path: _runs(story.document.body) for story in stories}
    sharing_run: dict[int, list[str]] = defaultdict(list)
    for path in sorted(runs):
        for run in runs[path]:
            sharing_run[run].append(path)
    shared: Counter[tuple[str, str]] = Counter()
    for sharing in sharing_run.values():
        if len(sharing) <= MOST_SHARING:
            shared.update(combinations(sharing, 2))
    by_path = {story.source.path: story for story in stories}
    for (one, other), number in sorted(shared.items()):
        if number * 2 >= min(len(runs[one]), len(runs[other])) >= FEWEST_RUNS:
            message = f"this story is nearly the same as {one}."
            yield by_path[other].at(
                Code.SIMILAR_STORY, (), message, "Remove one of them, if they are one story."
            )


def _runs(body: str) -> list[int]:
    """Return the MinHash of a text, ignoring case, accents and punctuation."""
    said = words(body)
    rows = zip(*(said[start:] for start in range(RUN)), strict=False)
    return heapq.nsmallest(MOST_RUNS, {crc32(" ".join(row).encode()) for row in rows})


# -- pictures -------------------------------------------------------------------------------


def _unused(root: Path, files: ContentFiles, everything: Iterable[ParsedFile]) -> Iterator[Problem]:
    """Yield a suggestion for each picture that no file in its folder names, even in a comment."""
    pictures = list(filter(is_picture, sorted(files.others)))
    written: dict[str, set[str]] = defaultdict(set)
    for path in pictures:
        folder, name = posixpath.split(path)
        written[folder].add(same_look(name))
    named: dict[str, set[str]] = defaultdict(set)
    for source, data in contents(root, files):
        folder = posixpath.dirname(source.path)
        raw = data.decode("utf-8", "replace")
        named[folder] |= _named(same_look(raw), written[folder])
    withdrawn = {posixpath.dirname(one.source.path) for one in everything if one.is_withdrawn}
    for path in pictures:
        folder, name = posixpath.split(path)
        if same_look(name) not in named[folder]:
            hint = "Remove it, or name it in the file that it belongs to."
            if folder in withdrawn:
                hint = "Remove it, above all if it belonged to a story that was taken back."
            message = "no file uses this picture."
            yield Problem(Code.UNUSED_PICTURE, Where(path), message, hint, Severity.WARNING)


def _named(text: str, names: Set[str]) -> set[str]:
    """Return the names of pictures that are in a text, searching backwards from file extensions.

    The text and the names are as `same_look` makes them.
    """
    if not names:
        return set()
    ends = [found.end() for found in ENDING.finditer(text)]
    return {text[start:end] for end in ends for start in range(max(0, end - LONGEST_FILE_NAME), end)} & names


# -- PDFs -----------------------------------------------------------------------------------


def _silent_pdfs(root: Path, files: ContentFiles, everything: Iterable[ParsedFile]) -> Iterator[Problem]:
    """Yield a suggestion for each link to a PDF of which a page has no text: names on it are not found."""
    silent: dict[str, int] = {}
    for one in everything:
        if one.is_withdrawn or documents.ENDING not in unquote(one.document.body).lower():
            continue
        body, _ = render.render(one.document.body)
        for link in documents.linked(body.links, one.source.path, files.others):
            if link.path not in silent:
                silent[link.path] = _pages_without_text(root / link.path)
            if silent[link.path]:
                pages = count(silent[link.path], "page")
                message = (
                    f'"{posixpath.basename(link.path)}" has {pages} without text, on which no name is found.'
                )
                hint = "Read it yourself before you publish it."
                yield one.in_text(Code.PDF_WITHOUT_WORDS, link.written, message, hint)


def _pages_without_text(file: Path) -> int:
    # imported here, because hardly any site has PDFs
    from sitegen.pdf import document  # noqa: PLC0415
    from sitegen.pdf.refusal import RefusedPdfError  # noqa: PLC0415

    try:
        return document.clean(file_state.read(str(file))).silent
    except (OSError, RefusedPdfError):  # a build reports it
        return 0
