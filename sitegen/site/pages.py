"""Page jobs: home page, content pages, networks, items and redirects."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitegen.core.model import Item, Network, Page, Site
from sitegen.engine.jobs import Job
from sitegen.site import fragments, metadata, page_jobs
from sitegen.site.context import EVERY_ITEM, TITLES, SiteContext
from sitegen.templating.views import (
    NOTHING,
    HomeView,
    ItemsView,
    ItemText,
    MissingView,
    NetworksView,
    NetworkText,
    NetworkView,
    PageView,
    RedirectView,
    Teaser,
)

NEWEST = 6
"""Stories on the home page."""

ITEMS = "/members-in-action/"
"""The page of the items that search engines may list."""

AT_HOME = 12
"""Networks, and items of members in action, on the home page; all of them are on their own list pages."""


def plan(context: SiteContext) -> Iterator[Job]:
    """Yield the job of every page, except stories and their lists."""
    site = context.site
    pages = {page.source.address: page for page in site.pages}
    for page in site.pages:
        if page.source.address not in TITLES:
            text = fragments.page_text(context, page)
            view = PageView(context.view, metadata.page(context, page, text), text)
            yield page_jobs.job(context, f"{page.layout}.html", view)
    yield _home(context, pages)
    yield _networks(context)
    for network in site.networks:
        yield _network(context, network)
    yield _items(context, tuple(item for item in site.items if item.searchable))
    if not site.items_are_complete:
        yield _items(context, site.items, indexed=False, address=EVERY_ITEM)
    yield page_jobs.job(context, "404.html", MissingView(context.view, metadata.missing(context)))
    for redirect in site.redirects:
        here = metadata.moved(context, redirect.new)
        yield page_jobs.job(context, "redirect.html", RedirectView(context.view, here), redirect.old)


# -- home -----------------------------------------------------------------------------------


def _home(context: SiteContext, pages: dict[str, Page]) -> Job:
    here, text, template = metadata.section(context, "/")
    networks = context.site.networks
    items = tuple(item for item in context.site.items if item.searchable)
    view = HomeView(
        site=context.view,
        here=here,
        page=text,
        join=_statement(pages.get("/join/")),
        mission=_statement(pages.get("/mission/")),
        vision=_statement(pages.get("/vision/")),
        stories=tuple(fragments.card(context, story) for story in context.site.searchable.stories[:NEWEST]),
        networks=_network_teasers(networks[:AT_HOME]),
        items=tuple(_item(context, item) for item in items[:AT_HOME]),
        more_networks=len(networks) > AT_HOME,
        more_items=len(items) > AT_HOME,
    )
    return page_jobs.job(context, template, view)


def _statement(page: Page | None) -> Teaser | None:
    if page is None:
        return None
    return Teaser(page.title, page.statement or page.summary, page.source.address)


# -- networks and items ---------------------------------------------------------------------


def _networks(context: SiteContext) -> Job:
    here, text, template = metadata.section(context, "/networks/")
    view = NetworksView(context.view, here, text, _network_teasers(context.site.networks))
    return page_jobs.job(context, template, view)


def _network_teasers(networks: Iterable[Network]) -> tuple[Teaser, ...]:
    return tuple(Teaser(network.title, network.summary, network.source.address) for network in networks)


def _network(context: SiteContext, network: Network) -> Job:
    text = NetworkText(
        title=network.title,
        summary=network.summary,
        since=network.since,
        website=network.website,
        contact=network.contact,
        html=fragments.body(context, network),
    )
    return page_jobs.job(
        context, "network.html", NetworkView(context.view, metadata.network(context, network), text)
    )


def standalone(context: SiteContext, item: Item) -> Job:
    """Return the job of the items page with a single item, for the preview of an item that is not public."""
    return _items(context, (item,), indexed=False)


def _items(context: SiteContext, items: tuple[Item, ...], indexed: bool = True, address: str = ITEMS) -> Job:
    here, text, template = metadata.section(context, ITEMS)
    if not indexed:
        here = replace(here, address=address, indexed=False, linked_data=NOTHING)
    texts = tuple(_item(context, item) for item in items)
    more = EVERY_ITEM if indexed and not context.site.items_are_complete else ""
    return page_jobs.job(context, template, ItemsView(context.view, here, text, texts, more))


def _item(context: SiteContext, item: Item) -> ItemText:
    return ItemText(
        anchor=item.source.slug,
        title=item.title,
        date=item.date,
        photo=fragments.item_photo(context, item),
        caption=item.caption,
        html=fragments.body(context, item, prefix=f"{item.source.slug}-"),
    )


# -- addresses ------------------------------------------------------------------------------


def addresses(site: Site) -> list[str]:
    """Return the address of every page of `plan`, except redirects and the 404 page."""
    return [
        *TITLES.keys() - {"/stories/"},
        *(page.source.address for page in site.pages if page.source.address not in TITLES),
        *(network.source.address for network in site.networks),
        *([] if site.items_are_complete else [EVERY_ITEM]),
    ]
