"""Taxonomies: fields, schools and topics; order of lists; redirects."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sitegen.core.model import (
    Item,
    Network,
    Page,
    Redirect,
    Site,
    Story,
    StoryIndex,
    Taxonomy,
    Term,
)
from sitegen.core.settings import Settings
from sitegen.core.urls import term_slug

TAXONOMIES: tuple[tuple[str, str, Callable[[Story], tuple[str, ...]]], ...] = (
    ("Field", "fields", lambda story: (story.field,)),
    ("School", "schools", lambda story: (story.school,)),
    ("Topic", "topics", lambda story: story.topics),
)
"""Label, plural and folder under `/stories/`, and a function that returns a story's terms."""

SEARCHABLE = "/stories/"
"""Index of the stories that search engines may list: the consent to be found holds on every page, not on the
story's own only."""

COMPLETE = "/stories/all/"
"""Index of all stories, closed to search engines; it exists where one of them has no consent for search."""

Thing = TypeVar("Thing", Story, Item)


def arrange(
    settings: Settings,
    pages: tuple[Page, ...],
    networks: tuple[Network, ...],
    items: tuple[Item, ...],
    stories: tuple[Story, ...],
) -> Site:
    """Return the site in its order: stories and items newest first, networks as their files say."""
    stories = newest_first(stories)
    searchable = tuple(story for story in stories if story.searchable)
    is_complete = len(searchable) == len(stories)
    return Site(
        settings=settings,
        pages=tuple(sorted(pages, key=lambda page: page.source.address)),
        networks=tuple(sorted(networks, key=_by_nav_order)),
        items=newest_first(items),
        stories=stories,
        searchable=_index(SEARCHABLE, searchable, indexed=True),
        complete=None if is_complete else _index(COMPLETE, stories, indexed=False),
        redirects=tuple(sorted(_redirects([*pages, *networks, *stories]), key=lambda redirect: redirect.old)),
        translations=_translations(pages),
    )


def _index(address: str, stories: tuple[Story, ...], indexed: bool) -> StoryIndex:
    """Return stories that are newest first as an index, grouped by field, school and topic."""
    taxonomies = tuple(
        Taxonomy(label, plural, f"{address}{plural}/", _terms(f"{address}{plural}/", stories, terms_of))
        for label, plural, terms_of in TAXONOMIES
    )
    return StoryIndex(address, stories, taxonomies, indexed)


def newest_first(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """Sort by date, the newest first; those of one day by their slug."""
    return tuple(sorted(things, key=lambda thing: (-thing.date.toordinal(), thing.source.slug)))


RELATED = 3
"""Related stories of each story, besides the next one."""


def with_next_stories(site: Site) -> Iterator[tuple[Story, Story | None, tuple[Story, ...]]]:
    """Yield every story, the next one to read, and those related to it.

    The next is the next older one, and the newest after the oldest; a single story has none. Related are
    those of the same field, then school, then topics, in each the next older before the newer ones, so
    that a new story changes few pages. A story that search engines may list leads only to
    others that they may list.
    """
    for index in site.indexes:
        lists, stories = _lists(index.taxonomies), index.stories
        for story, following in zip(stories, (*stories[1:], *stories[:1]), strict=True):
            if story.searchable is index.indexed:
                places = lists.get(story.source.slug, [])
                yield story, None if following is story else following, _related(places, following)


Place = tuple[tuple[Story, ...], int]
"""A list of stories, and the index of one story in it."""


def _related(places: list[Place], following: Story) -> tuple[Story, ...]:
    found: dict[str, Story] = {}
    for stories, at in places:
        # one more than are wanted on either side, because the next one to read is not taken
        for other in (*stories[at + 1 : at + 2 + RELATED], *stories[max(0, at - 1 - RELATED) : at][::-1]):
            if other is not following:
                found.setdefault(other.source.slug, other)
        if len(found) >= RELATED:
            break
    return tuple(found.values())[:RELATED]


def _lists(taxonomies: tuple[Taxonomy, ...]) -> dict[str, list[Place]]:
    """Return by slug the position of each story in every list that contains it."""
    lists: dict[str, list[Place]] = {}
    for taxonomy in taxonomies:
        for term in taxonomy.terms:
            for at, story in enumerate(term.stories):
                lists.setdefault(story.source.slug, []).append((term.stories, at))
    return lists


MOST_TERMS = 60
"""Fields, schools or topics in the filters of every list; more would make every page heavy."""


def has_directory(taxonomy: Taxonomy) -> bool:
    """Whether there are more terms than filters show, so that all of them are listed on separate pages."""
    return len(taxonomy.terms) > MOST_TERMS


def most_common(taxonomy: Taxonomy) -> tuple[Term, ...]:
    """Return the terms with the most stories, as many as lists show, in their order."""
    ranked = sorted(taxonomy.terms, key=lambda term: -len(term.stories))
    shown = {term.address for term in ranked[:MOST_TERMS]}
    return tuple(term for term in taxonomy.terms if term.address in shown)


def _by_nav_order(network: Network) -> tuple[bool, int, str]:
    return network.nav_order is None, network.nav_order or 0, network.source.slug


def _redirects(things: Iterable[Page | Network | Story]) -> Iterable[Redirect]:
    for thing in things:
        for old in thing.aliases:
            yield Redirect(old, thing.source.address)


def _translations(pages: Iterable[Page]) -> dict[str, tuple[Page, ...]]:
    found: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: page.source.address):
        for path in filter(None, (page.source.path, page.translation_of)):
            found.setdefault(path, []).append(page)
    return {path: tuple(group) for path, group in found.items() if len(group) > 1}


def _terms(
    folder: str, stories: tuple[Story, ...], terms_of: Callable[[Story], tuple[str, ...]]
) -> tuple[Term, ...]:
    """Group stories by term; spellings that share an address are one term under the most frequent."""
    labels: dict[str, Counter[str]] = {}
    grouped: dict[str, dict[str, Story]] = {}
    for story in stories:
        for label in terms_of(story):
            slug = term_slug(label)
            if slug:
                labels.setdefault(slug, Counter())[label] += 1
                grouped.setdefault(slug, {})[story.source.slug] = story
    return tuple(
        Term(
            label=min(labels[slug], key=lambda label: (-labels[slug][label], label)),
            address=f"{folder}{slug}/",
            stories=tuple(grouped[slug].values()),
        )
        for slug in sorted(grouped)
    )
