"""What an editor would say of content: nothing here keeps anything from being published."""

import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, pairwise
from pathlib import Path

from sitegen import frontmatter, readability
from sitegen.frontmatter import Document, KeyPath
from sitegen.images import ENDINGS, HEADSHOT_JPEG_WIDTH
from sitegen.model import Kind, Photo, Source
from sitegen.problems import Problem, Remark, Severity, Where
from sitegen.scan import Shelf

LONGEST_QUOTE = 160
"""Characters that a card holds without looking like a page of its own."""

LARGEST_PHOTO = 12_000_000
"""Bytes; more only makes every copy of the site's folder slower to fetch."""

HARDEST = 13
"""Years of school that a text may ask for: who reads these stories is at school."""

SHORTEST_TEXT = 100
"""Words in a text whose reading level says anything."""

NO_DESCRIPTION = re.compile(
    r"(?:img|dsc[nf]?|pxl|image|photo|picture|screenshot|headshot|portrait|untitled|scan)?[\s\d_().-]*"
    r"|.*\.(?:jpe?g|png|webp|gif|heic)|(?:a |an |the )?(?:photo|picture|image|headshot|portrait)",
    re.IGNORECASE,
)
"""What cameras call a file, and words that describe nothing."""

HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
WORDS_STUCK = re.compile(r"[^\W\d_]\xa0[^\W\d_]")
"""Two words with a space between that never breaks, as Word and web pages have them."""

Look = Callable[[Path], object]
"""Measures a picture file, where it is one: returns a Photo then."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that can be read, and what is in it."""

    source: Source
    document: Document

    def value(self, *keys: str) -> str:
        """Return a value as text; the empty string where there is none."""
        found: object = self.document.values
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""

    def at(self, keys: KeyPath, message: str, hint: str) -> Problem:
        """Return a piece of advice on a value."""
        where = self.document.where(self.source.path, keys)
        return Problem(where, message, hint, Severity.WARNING)

    def in_text(self, needle: str, message: str, hint: str) -> Problem:
        """Return a piece of advice on the text."""
        remark = Remark(message, hint, needle, Severity.WARNING)
        return remark.at(self.source.path, self.document.body, self.document.body_line)


def advise(root: Path, shelf: Shelf, look: Look) -> tuple[Problem, ...]:
    """Return everything that an editor would say, in the order of the files."""
    everything = list(_read(root, shelf))
    # what was taken back is nobody's to polish
    read = [one for one in everything if not one.value("consent", "withdrawn")]
    stories = [one for one in read if one.source.kind is Kind.STORY]
    found = [problem for one in read for problem in _on_one(root, one, look)]
    found.extend(_rare_words(stories, "field"))
    found.extend(_rare_words(stories, "topics"))
    found.extend(_nearly_the_same(stories))
    found.extend(_unused(root, shelf, everything))
    return tuple(sorted(found))


def _read(root: Path, shelf: Shelf) -> Iterator[Read]:
    for source in shelf.sources:
        document = frontmatter.read((root / source.path).read_bytes(), source.path)
        if isinstance(document, Document):
            yield Read(source, document)


# -- one file -------------------------------------------------------------------------------


def _on_one(root: Path, one: Read, look: Look) -> Iterator[Problem]:
    quote, alt = one.value("quote"), one.value("alt")
    if len(quote) > LONGEST_QUOTE:
        message = f"the quote has {len(quote)} characters; a card holds about {LONGEST_QUOTE}."
        yield one.at(("quote",), message, "Let one sentence lead, and move the rest to the text.")
    if alt and NO_DESCRIPTION.fullmatch(alt.strip()):
        message = f'alt "{alt}" describes nothing.'
        yield one.at(("alt",), message, "Say what a friend would see: Maya at her workbench, holding a wheel")
    if one.source.kind is Kind.STORY and not one.document.body.strip():
        yield one.at((), "the story has no text.", "Write it below the second line of hyphens.")
    for key in ("headshot", "photo"):
        if one.value(key):
            yield from _on_photo(root, one, key, look)
    yield from _on_text(one)


def _on_photo(root: Path, one: Read, key: str, look: Look) -> Iterator[Problem]:
    name = one.value(key)
    file = root / posixpath.dirname(one.source.path) / name
    if "/" in name or not file.is_file():
        return  # that is a mistake, and told as one
    found = look(file)
    least = HEADSHOT_JPEG_WIDTH if key == "headshot" else 480
    if isinstance(found, Photo) and min(found.width, found.height) < least:
        message = f"the photo is small: {found.width} by {found.height} pixels."
        yield one.at((key,), message, f"Ask for the original; it should have at least {least} by {least}.")
    size = file.stat().st_size
    if size > LARGEST_PHOTO:
        message = f"the photo has {size / 1_000_000:.0f} MB."
        yield one.at((key,), message, "Save it as JPEG, scaled to 3000 pixels or fewer.")


def _on_text(one: Read) -> Iterator[Problem]:
    body = CODE.sub("", one.document.body)
    levels = [(len(found[1]), found[0]) for found in HEADING.finditer(body)]
    for (above, _), (below, heading) in pairwise([(1, ""), *levels]):
        if below > above + 1:
            hint = (
                f"Take out {'a number sign' if below == above + 2 else 'number signs'}: {'#' * (above + 1)}"
            )
            yield one.in_text(heading, "this heading skips a level.", hint)
    stuck = WORDS_STUCK.findall(one.document.body)
    if stuck:
        message = f"the text has {len(stuck)} spaces that never break, as word processors make them."
        yield one.in_text(stuck[0], message, "sitegen check --fix makes them plain.")
    words, grade = readability.of(body)
    language = one.value("lang") or "en"
    if words >= SHORTEST_TEXT and grade > HARDEST and language.startswith("en"):
        message = f"the text is hard to read: it asks for about {grade:.0f} years of school."
        yield one.in_text("", message, "Shorter sentences and everyday words help everybody.")


# -- between files --------------------------------------------------------------------------


MOST_USUAL = 200
"""Words, the most frequent, that others are compared with: each is compared with each of them."""


def _rare_words(stories: list[Read], key: str) -> Iterator[Problem]:
    """Point at a word that one story uses and that is nearly one that others use."""
    used: dict[str, list[tuple[Read, KeyPath]]] = defaultdict(list)
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


MOST_SHARING = 20
"""Stories that a sentence can stand in and still tell two of them to be alike: more is a formula."""


def _nearly_the_same(stories: list[Read]) -> Iterator[Problem]:
    """Point at pairs of stories that share half of the sentences of the shorter one."""
    sentences = {story.source.path: set(_sentences(story.document.body)) for story in stories}
    standing: dict[str, list[Read]] = defaultdict(list)
    for story in stories:
        for sentence in sentences[story.source.path]:
            standing[sentence].append(story)
    shared: Counter[tuple[str, str]] = Counter()
    for sharing in standing.values():
        if len(sharing) <= MOST_SHARING:
            paths = sorted(story.source.path for story in sharing)
            shared.update(combinations(paths, 2))
    by_path = {story.source.path: story for story in stories}
    for (one, other), number in sorted(shared.items()):
        if number * 2 >= min(len(sentences[one]), len(sentences[other])):
            message = f"this story is nearly the same as {one}."
            yield by_path[other].at((), message, "Remove one of them, if they are one story.")


def _sentences(body: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+|\n\n+", body):
        plain = " ".join(re.findall(r"\w+", sentence.casefold()))
        if len(plain) > 30:
            yield plain


def _unused(root: Path, shelf: Shelf, everything: Iterable[Read]) -> Iterator[Problem]:
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
    withdrawn = {
        posixpath.dirname(one.source.path) for one in everything if one.value("consent", "withdrawn")
    }
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
