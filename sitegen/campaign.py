"""The plan of the campaign: a page for each story, and the lists that lead to them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from operator import itemgetter

from sitegen import composing, heads, pagination, press, taxonomy
from sitegen.jobs import Job
from sitegen.model import Site, Story, Taxonomy
from sitegen.packing import digest, sealed
from sitegen.press import Edition
from sitegen.views import (
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
"""What a young reader manages with ease."""

Cards = Mapping[str, tuple[StoryCard, str]]
"""The card of each story, sealed, and its digest, by the story's slug.

A list that is made in a forked process touches, and so copies, no memory of its stories then.
"""


def plan(edition: Edition) -> Iterator[Job]:
    """Yield the job of every story's page, and of every page of every list."""
    site = edition.site
    cards = {
        story.source.slug: (card, digest(card))
        for story in site.stories
        for card in [sealed(composing.card(edition, story))]
    }
    # lists that show the same cards one after the other: a worker remembers only so many that it has set
    yield from (job for _, job in sorted(_lists(edition, cards), key=itemgetter(0)))
    beside = digest(heads.beside_stories(edition))
    # as they were read: forked workers that take neighbours touch, and so copy, fewer pages of the memory
    for story, following, related in sorted(taxonomy.onward(site), key=_path):
        yield _story(edition, story, following, related, cards, beside)


def _path(onward: tuple[Story, Story | None, tuple[Story, ...]]) -> str:
    return onward[0].source.path


def alone(edition: Edition, story: Story) -> Job:
    """Return the job of a story's page that leads to no other, for a story that stands on no list."""
    return _story(edition, story, None, (), {}, digest(heads.beside_stories(edition)))


def _story(
    edition: Edition,
    story: Story,
    following: Story | None,
    related: tuple[Story, ...],
    cards: Cards,
    beside: str,
) -> Job:
    """Return the job of a story's page.

    The story is what the gate made of its file, so of all that it holds the file's digest tells; what
    its links and pictures are today, and which stories it leads to, is told beside it.
    """
    inputs = {"story": edition.digests[story.source.path].hex(), "head": beside}
    if story.body.links:
        inputs["links"] = digest([composing.leads_to(edition, story, link) for link in story.body.links])
    if recipes := composing.recipes(story, edition.site.settings.images):
        inputs["pictures"] = digest([(recipe, edition.colours[recipe]) for _, recipe in recipes])
        inputs["templates/figure.html"] = edition.templates.digests["figure.html"]
    next_card, next_digest = cards[following.source.slug] if following else (None, "")
    more = [cards[other.source.slug] for other in related]
    inputs["next"] = next_digest
    inputs["related"] = " ".join(each for _, each in more)

    def view() -> StoryView:
        return StoryView(
            site=edition.view,
            here=heads.story(edition, story),
            story=_text(edition, story),
            next=next_card,
            related=tuple(card for card, _ in more),
        )

    return press.job_of_file(edition, "story.html", story.source.address, inputs, view)


def _text(edition: Edition, story: Story) -> StoryText:
    topics = (composing.term("topics", topic) for topic in story.topics)
    made_up = (story.name, f"{story.name}, {story.field}")
    return StoryText(
        title="" if story.title in made_up else story.title,
        name=story.name,
        initials=story.initials,
        tint=composing.tint(story),
        portrait=composing.portrait(edition, story),
        quote=story.quote,
        year=story.year,
        role=story.role,
        field=composing.term("fields", story.field),
        school=composing.term("schools", story.school),
        topics=tuple(topic for topic in topics if topic),
        date=story.date,
        minutes=max(1, round(story.body.words / WORDS_A_MINUTE)),
        shareable=story.shareable,
        html=composing.body(edition, story),
    )


def _lists(edition: Edition, cards: Cards) -> Iterator[tuple[date, Job]]:
    """Yield the index of stories, and the lists by field, school and topic, all of them in pages.

    Each comes with the date of the first story on it.
    """
    here, text, template = heads.section(edition, "/stories/")
    filters = tuple(_filter(each) for each in edition.site.taxonomies if each.terms)
    yield from _list(edition, template, here, text, edition.site.stories, cards, filters)
    for each in edition.site.taxonomies:
        for term in each.terms:
            title = f"{each.label}: {term.label}"
            description = f"{press.TITLES['/stories/']}: {term.label}"
            about = heads.list_below(edition, here, term.address, title, description)
            yield from _list(edition, "stories.html", about, None, term.stories, cards, filters)


def _list(
    edition: Edition,
    template: str,
    here: Here,
    text: PageText | None,
    stories: tuple[Story, ...],
    cards: Cards,
    filters: tuple[Filter, ...],
) -> Iterator[tuple[date, Job]]:
    size = edition.site.settings.page_size
    total = pagination.pages_of(len(stories), size)
    filters = tuple(_marked(each, here.address) for each in filters)
    filters_digest = digest(filters)
    for number in range(1, total + 1):
        title = here.title if number == 1 else f"{here.title}, page {number}"
        address = pagination.numbered(here.address, number)
        about = here if number == 1 else heads.list_below(edition, here, address, title, here.description)
        here_shown = stories[(number - 1) * size : number * size]
        shown = [cards[story.source.slug] for story in here_shown]
        view = StoriesView(
            site=edition.view,
            here=about,
            page=text if number == 1 else None,
            heading=title,
            count=len(stories),
            cards=tuple(card for card, _ in shown),
            filters=filters,
            pagination=pagination.pagination(here.address, number, total),
        )
        digests = {"cards": digest([each for _, each in shown]), "filters": filters_digest}
        job = press.job(edition, template, view, cost=0.3 + 0.05 * len(shown), digests=digests)
        yield (here_shown[0].date if here_shown else date.max), job


def _filter(sorted_by: Taxonomy) -> Filter:
    """Return the terms to choose from on every list."""
    shown = taxonomy.commonest(sorted_by)
    return Filter(
        sorted_by.label,
        tuple(TermLink(term.label, term.address, len(term.stories), current=False) for term in shown),
        sorted_by.plural,
        sorted_by.address if taxonomy.has_directory(sorted_by) else "",
    )


def _marked(choice: Filter, address: str) -> Filter:
    """Return a filter with the term at an address marked, where it is among those that are shown."""
    if all(term.address != address for term in choice.terms):
        return choice
    terms = tuple(replace(term, current=True) if term.address == address else term for term in choice.terms)
    return replace(choice, terms=terms)


# -- addresses ------------------------------------------------------------------------------


def standing(site: Site) -> list[str]:
    """Return the address of every page that `plan` makes."""
    lists = [("/stories/", site.stories)]
    lists.extend((term.address, term.stories) for each in site.taxonomies for term in each.terms)
    return [
        *(story.source.address for story in site.stories),
        *(
            each
            for address, stories in lists
            for each in pagination.addresses(address, len(stories), site.settings.page_size)
        ),
    ]
