"""What the benchmark knows of a generator: how it is installed, what it is given, how it is started."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

from benchmarks.corpus import PAGE_SIZE, Corpus, Story

NOTE = "Nothing on this site is loaded from third parties."
"""Stands in the footer of every contestant's base template; editing the template means adding to it."""


class Change(Enum):
    """What happened to a site before the run that is measured."""

    COLD = "cold"
    """Output and caches are gone."""
    NOTHING = "nothing changed"
    """The last build stands."""
    STORY = "one story edited"
    """The last build stands, and one story has a new sentence."""
    TEMPLATE = "base template edited"
    """The last build stands, and the template round every page has a new sentence."""


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
    """Where one contestant's site lies, and the folder of its installation."""

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
    `path` returns where a page ends up, or None where the generator doesn't make such a page.
    """

    key: str
    name: str
    install: Callable[[Path], str]
    """Install into a folder unless it is there already; return the version."""
    skeleton: Callable[[Corpus], Mapping[str, str]]
    write: Callable[[Story], tuple[str, str]]
    photo: Callable[[Story], str] | None
    """Where a story's photo lies; None for a generator that can't make small pictures by itself."""
    command: Callable[[Bench, Change], Command]
    path: Callable[[Page], str | None]
    base: str
    output: str
    caches: tuple[str, ...] = ()
    lacks: str = ""
    """What its site has not, in words, for the report."""
    pictures: Callable[[Bench], Iterator[Path]] | None = None
    stays: bool = False
    """Whether it runs every round, however slow it is: sitegen, and the one it is held against."""
    only_pictures: bool = False
    """Whether it runs only where there are photos."""
    installed_as: str = ""
    """The key of another contestant whose installation it uses."""


@cache
def pages(corpus: Corpus) -> tuple[Page, ...]:
    """Return every page that a site of these stories has at least; remembered, because every run asks."""
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
