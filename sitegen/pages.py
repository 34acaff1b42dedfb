"""The plan of the collective's own pages: one job for each, with the view that it is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitegen import composing, heads, press
from sitegen.jobs import Job
from sitegen.model import Item, Network, Page, Site
from sitegen.press import Edition
from sitegen.views import (
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

AT_HOME = 12
"""Networks, and items of members in action, on the home page; all of them stand on pages of their own."""


def plan(edition: Edition) -> Iterator[Job]:
    """Yield the job of every page, but for stories and their lists."""
    site = edition.site
    pages = {page.source.address: page for page in site.pages}
    for page in site.pages:
        if page.source.address not in press.TITLES:
            text = composing.page_text(edition, page)
            view = PageView(edition.view, heads.page(edition, page, text), text)
            yield press.job(edition, f"{page.layout}.html", view)
    yield _home(edition, pages)
    yield _networks(edition)
    for network in site.networks:
        yield _network(edition, network)
    yield _items(edition, site.items)
    yield press.job(edition, "404.html", MissingView(edition.view, heads.missing(edition)))
    for redirect in site.redirects:
        here = heads.moved(edition, redirect.new)
        yield press.job(edition, "redirect.html", RedirectView(edition.view, here), redirect.old)


# -- home -----------------------------------------------------------------------------------


def _home(edition: Edition, pages: dict[str, Page]) -> Job:
    here, text, template = heads.section(edition, "/")
    networks, items = edition.site.networks, edition.site.items
    view = HomeView(
        site=edition.view,
        here=here,
        page=text,
        join=_statement(pages.get("/join/")),
        mission=_statement(pages.get("/mission/")),
        vision=_statement(pages.get("/vision/")),
        stories=tuple(composing.card(edition, story) for story in edition.site.stories[:NEWEST]),
        networks=_network_teasers(networks[:AT_HOME]),
        items=tuple(_item(edition, item) for item in items[:AT_HOME]),
        more_networks=len(networks) > AT_HOME,
        more_items=len(items) > AT_HOME,
    )
    return press.job(edition, template, view)


def _statement(page: Page | None) -> Teaser | None:
    if page is None:
        return None
    return Teaser(page.title, page.statement or page.summary, page.source.address)


# -- networks and items ---------------------------------------------------------------------


def _networks(edition: Edition) -> Job:
    here, text, template = heads.section(edition, "/networks/")
    view = NetworksView(edition.view, here, text, _network_teasers(edition.site.networks))
    return press.job(edition, template, view)


def _network_teasers(networks: Iterable[Network]) -> tuple[Teaser, ...]:
    return tuple(Teaser(network.title, network.summary, network.source.address) for network in networks)


def _network(edition: Edition, network: Network) -> Job:
    text = NetworkText(
        title=network.title,
        summary=network.summary,
        since=network.since,
        website=network.website,
        contact=network.contact,
        html=composing.body(edition, network),
    )
    return press.job(
        edition, "network.html", NetworkView(edition.view, heads.network(edition, network), text)
    )


def alone(edition: Edition, item: Item) -> Job:
    """Return the job of the page of items with one alone on it, for an item that the public doesn't see."""
    return _items(edition, (item,), indexed=False)


def _items(edition: Edition, items: tuple[Item, ...], indexed: bool = True) -> Job:
    here, text, template = heads.section(edition, "/members-in-action/")
    if not indexed:
        here = replace(here, indexed=False, linked_data=NOTHING)
    texts = tuple(_item(edition, item) for item in items)
    return press.job(edition, template, ItemsView(edition.view, here, text, texts))


def _item(edition: Edition, item: Item) -> ItemText:
    return ItemText(
        anchor=item.source.slug,
        title=item.title,
        date=item.date,
        photo=composing.item_photo(edition, item),
        caption=item.caption,
        html=composing.body(edition, item, prefix=f"{item.source.slug}-"),
    )


# -- addresses ------------------------------------------------------------------------------


def standing(site: Site) -> list[str]:
    """Return the address of every page that `plan` makes, but for redirects and the 404 page."""
    return [
        *press.TITLES.keys() - {"/stories/"},
        *(page.source.address for page in site.pages if page.source.address not in press.TITLES),
        *(network.source.address for network in site.networks),
    ]
