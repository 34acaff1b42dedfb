"""Contestant: how a generator is installed, its input, and its command."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

from benchmarks.corpus import PAGE_SIZE, Corpus, Story

NOTE = "Nothing on this site is loaded from third parties."
"""Text in the footer of every contestant's base template; an edit of the template appends to it."""


class Change(Enum):
    """Change of a site before the measured run."""

    COLD = "cold"
    """Output and caches are gone."""
    NOTHING = "nothing changed"
    """Nothing changed since the last build."""
    STORY = "one story edited"
    """One story has a new sentence since the last build."""
    TEMPLATE = "base template edited"
    """The base template has a new sentence since the last build."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that every contestant should make.

    `kind` is `story`, `list`, `fields`, `schools` or `topics`; `slug` is the story's or the term's, and
    `number` counts the pages of a list from 1.
    """

    kind: str
    slug: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Bench:
    """Folders of one contestant's site and of its installation."""

    tool: Path
    site: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Command:
    """How a build is started."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A generator. Paths are relative to its site's folder, those of pages to its output folder.

    `lay_out` returns the files beside the stories, and `write` one story's file, all as text by path.
    `path` returns the output path of a page, or None if the generator doesn't make such a page.
    """

    key: str
    name: str
    install: Callable[[Path], str]
    """Install into a folder unless it is there already; return the version."""
    skeleton: Callable[[Corpus], Mapping[str, str | bytes]]
    write: Callable[[Story], tuple[str, str]]
    photo: Callable[[Story], str] | None
    """Path of a story's photo, or of one that it shares; None for a generator that can't make derivatives."""
    command: Callable[[Bench, Change], Command]
    path: Callable[[Page], str | None]
    base: str
    output: str
    caches: tuple[str, ...] = ()
    lacks: str = ""
    """Parts that its site lacks, for the report."""
    pictures: Callable[[Bench], Iterator[Path]] | None = None
    cards: bool = False
    """Whether it can draw social cards by itself."""
    stays: bool = False
    """Whether it runs every round, however slow it is: sitegen, and the one it is compared with."""
    only_pictures: bool = False
    """Whether it runs only in scenarios with photos."""
    installed_as: str = ""
    """The key of another contestant whose installation it uses."""


@cache
def pages(corpus: Corpus) -> tuple[Page, ...]:
    """Return the pages that every site of these stories must have; cached, because every run needs them."""
    return tuple(_pages(corpus))


def _pages(corpus: Corpus) -> Iterator[Page]:
    found: Counter[tuple[str, str]] = Counter()
    for story in corpus.stories():
        yield Page("story", story.slug)
        found.update([("fields", story.field.slug), ("schools", story.school.slug)])
        found.update(("topics", topic.slug) for topic in story.topics)
    found["list", ""] = corpus.size
    for (kind, slug), stories in sorted(found.items()):
        for number in range(1, math.ceil(stories / PAGE_SIZE) + 1):
            yield Page(kind, slug, number)
