"""Story jobs: story pages, the index, and lists by field, school and topic."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from operator import itemgetter

from sitegen.core.model import Site, Story, StoryIndex, Taxonomy
from sitegen.engine.jobs import Job
from sitegen.engine.serialization import digest, prepacked
from sitegen.site import fragments, metadata, page_jobs, pagination, taxonomy
from sitegen.site.context import TITLES, SiteContext
from sitegen.templating.views import (
    Filter,
    Here,
    PageText,
    StoriesView,
    StoryCard,
    StoryText,
    StoryView,
    TermLink,
)

WORDS_A_MINUTE = 200
"""Reading speed of a young reader."""

Cards = Mapping[str, tuple[StoryCard, str]]
"""The card of each story, packed, and its digest, by slug.

Packed, so that a forked process that makes a list touches, and so copies, no memory of its stories.
"""


def plan(context: SiteContext) -> Iterator[Job]:
    """Yield the job of every story's page, and of every page of every list."""
    site = context.site
    cards = {
        story.source.slug: (card, digest(card))
        for story in site.stories
        for card in [prepacked(fragments.card(context, story))]
    }
    # lists with the same cards follow each other, because a worker caches a limited number of rendered cards
    yield from (job for _, job in sorted(_lists(context, cards), key=itemgetter(0)))
    shared = digest(metadata.shared_by_stories(context))
    # in order of reading: forked workers with adjacent stories touch, and so copy, fewer memory pages
    for story, following, related in sorted(taxonomy.with_next_stories(site), key=_path):
        yield _story(context, story, following, related, cards, shared)


def _path(with_next_stories: tuple[Story, Story | None, tuple[Story, ...]]) -> str:
    return with_next_stories[0].source.path


def standalone(context: SiteContext, story: Story) -> Job:
    """Return the job of a story's page without links to others, for the preview of one that is not public."""
    return _story(context, story, None, (), {}, digest(metadata.shared_by_stories(context)))


def _story(
    context: SiteContext,
    story: Story,
    following: Story | None,
    related: tuple[Story, ...],
    cards: Cards,
    shared: str,
) -> Job:
    """Return the job of a story's page.

    The story is made from its file by the gate, so the file's digest covers all of its fields; other inputs
    are the targets of its links, its pictures, and the cards of the stories that it leads to.
    """
    inputs = {"story": context.digests[story.source.path].hex(), "head": shared}
    inputs["days"] = f"{story.published} {story.updated}"  # a day in the file counts when it has come
    if story.body.links:
        inputs["links"] = digest([fragments.leads_to(context, story, link) for link in story.body.links])
    if recipes := fragments.recipes(story, context.site.settings.images):
        inputs["pictures"] = digest([(recipe, context.colours[recipe]) for _, recipe in recipes])
        inputs["templates/figure.html"] = context.templates.digests["figure.html"]
    next_card, next_digest = cards[following.source.slug] if following else (None, "")
    more = [cards[other.source.slug] for other in related]
    inputs["next"] = next_digest
    inputs["related"] = " ".join(each for _, each in more)

    def view() -> StoryView:
        return StoryView(
            site=context.view,
            here=metadata.story(context, story),
            story=_text(context, story),
            next=next_card,
            related=tuple(card for card, _ in more),
        )

    return page_jobs.job_of_file(context, "story.html", story.source.address, inputs, view)


def _text(context: SiteContext, story: Story) -> StoryText:
    index = taxonomy.SEARCHABLE if story.searchable else taxonomy.COMPLETE
    topics = (fragments.term(index, "topics", topic) for topic in story.topics)
    made_up = (story.name, f"{story.name}, {story.field}")
    return StoryText(
        title="" if story.title in made_up else story.title,
        name=story.name,
        initials=story.initials,
        tint=fragments.tint(story),
        portrait=fragments.portrait(context, story),
        quote=story.quote,
        own_words=story.own_words,
        year=story.year,
        role=story.role,
        field=fragments.term(index, "fields", story.field),
        school=fragments.term(index, "schools", story.school),
        topics=tuple(topic for topic in topics if topic),
        date=story.date,
        corrected=story.updated if story.updated > story.published else None,
        minutes=max(1, round(story.body.words / WORDS_A_MINUTE)),
        shareable=story.shareable,
        html=fragments.body(context, story),
    )


def _lists(context: SiteContext, cards: Cards) -> Iterator[tuple[date, Job]]:
    """Yield the pages of every index of stories, and of its lists by field, school and topic.

    Each comes with the date of its first story.
    """
    here, text, template = metadata.section(context, taxonomy.SEARCHABLE)
    for index in context.site.indexes:
        filters = tuple(_filter(each) for each in index.taxonomies if each.terms)
        if index.indexed:
            yield from _list(context, index, template, here, text, index.stories, cards, filters)
        else:
            about = metadata.list_head(
                context, here, index.address, EVERY_STORY, here.description, indexed=False
            )
            yield from _list(context, index, "stories.html", about, None, index.stories, cards, filters)
        for each in index.taxonomies:
            for term in each.terms:
                title = f"{each.label}: {term.label}"
                description = f"{TITLES[taxonomy.SEARCHABLE]}: {term.label}"
                about = metadata.list_head(context, here, term.address, title, description, index.indexed)
                yield from _list(context, index, "stories.html", about, None, term.stories, cards, filters)


EVERY_STORY = "Every story"


def _list(
    context: SiteContext,
    index: StoryIndex,
    template: str,
    here: Here,
    text: PageText | None,
    stories: tuple[Story, ...],
    cards: Cards,
    filters: tuple[Filter, ...],
) -> Iterator[tuple[date, Job]]:
    size = context.site.settings.page_size
    total = pagination.pages_of(len(stories), size)
    filters = tuple(_marked(each, here.address) for each in filters)
    filters_digest = digest(filters)
    for number in range(1, total + 1):
        title = here.title if number == 1 else f"{here.title}, page {number}"
        address = pagination.numbered(here.address, number)
        about = here
        if number > 1:
            about = metadata.list_head(context, here, address, title, here.description, index.indexed)
        here_shown = stories[(number - 1) * size : number * size]
        shown = [cards[story.source.slug] for story in here_shown]
        view = StoriesView(
            site=context.view,
            here=about,
            page=text if number == 1 else None,
            heading=title,
            count=len(stories),
            cards=tuple(card for card, _ in shown),
            filters=filters,
            index=index.address,
            complete=_complete(context.site, index),
            pagination=pagination.pagination(here.address, number, total),
        )
        digests = {"cards": digest([each for _, each in shown]), "filters": filters_digest}
        job = page_jobs.job(context, template, view, cost=0.3 + 0.05 * len(shown), digests=digests)
        yield (here_shown[0].date if here_shown else date.max), job


def _complete(site: Site, index: StoryIndex) -> TermLink | None:
    """Return the link from the searchable index to the complete one, where that has more stories."""
    if site.complete is None or not index.indexed:
        return None
    return TermLink(EVERY_STORY, site.complete.address, len(site.complete.stories), current=False)


def _filter(sorted_by: Taxonomy) -> Filter:
    """Return the terms to choose from on every list."""
    shown = taxonomy.most_common(sorted_by)
    return Filter(
        sorted_by.label,
        tuple(TermLink(term.label, term.address, len(term.stories), current=False) for term in shown),
        sorted_by.plural,
        sorted_by.address if taxonomy.has_directory(sorted_by) else "",
    )


def _marked(choice: Filter, address: str) -> Filter:
    """Return a filter with the term at an address marked as current, if it is shown."""
    if all(term.address != address for term in choice.terms):
        return choice
    terms = tuple(replace(term, current=True) if term.address == address else term for term in choice.terms)
    return replace(choice, terms=terms)


# -- addresses ------------------------------------------------------------------------------


def addresses(site: Site) -> list[str]:
    """Return the address of every page of `plan`."""
    lists = [(index.address, index.stories) for index in site.indexes]
    lists.extend(
        (term.address, term.stories)
        for index in site.indexes
        for each in index.taxonomies
        for term in each.terms
    )
    return [
        *(story.source.address for story in site.stories),
        *(
            each
            for address, stories in lists
            for each in pagination.addresses(address, len(stories), site.settings.page_size)
        ),
    ]
