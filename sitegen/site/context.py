"""Site context: everything that every page of today's site is rendered with."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

from sitegen.core.model import Item, Network, Page, Site, Story
from sitegen.core.settings import Announcement, Link
from sitegen.engine.serialization import digest_of, pack
from sitegen.images.derivatives import Recipe
from sitegen.site import security_headers
from sitegen.templating.environment import Templates
from sitegen.templating.theme import Asset
from sitegen.templating.views import SiteView

TITLES = {
    "/": "Home",
    "/stories/": "Hear From Our Youth",
    "/networks/": "Networks",
    "/members-in-action/": "Members in Action",
}
"""Titles of the generated pages, which exist even without a content file."""

EVERY_ITEM = "/members-in-action/all/"
"""The page of all items, closed to search engines; it exists where a consent does not cover search."""

Pictured = Story | Item | Page | Network
"""Content that can show pictures."""


@dataclass(frozen=True, slots=True)
class SiteContext:
    """Today's site, and everything that its pages are rendered with.

    `packed_site` is `view`, packed. `colours` has the placeholder colour of every recipe; `files` the address
    of every public content file, `digests` the digest of each file; `addresses` every address on the site,
    without final slash; `titles` the titles of section pages in breadcrumbs, by address. `last_left` is the
    day on which a story last left the lists of search engines; `downloads` has the percent-encoded address of
    each PDF, by the path of the file that links to it and the link as written.
    """

    site: Site
    view: SiteView
    packed_site: bytes
    site_digest: str
    templates: Templates
    colours: Mapping[Recipe, str]
    files: Mapping[str, str]
    digests: Mapping[str, bytes]
    addresses: frozenset[str]
    titles: Mapping[str, str]
    last_left: date
    downloads: Mapping[tuple[str, str], str] = field(default_factory=dict)


def make_context(
    site: Site,
    templates: Templates,
    colours: Mapping[Recipe, str],
    assets: tuple[Asset, ...],
    addresses: Set[str],
    digests: Mapping[str, bytes],
    today: date,
    last_left: date,
) -> SiteContext:
    """Return the context of today's site; `addresses` has all of them except redirects.

    `digests` has the digest of each content file by its path.
    """
    public: list[Pictured] = [*site.pages, *site.networks, *site.items, *site.stories]
    old = {redirect.old for redirect in site.redirects}
    addresses = frozenset(address.rstrip("/") for address in addresses | old)
    policy = security_headers.policy((asset.name for asset in assets), templates.inline)
    view = _view(site, assets, policy, addresses, today)
    packed = pack(view)
    return SiteContext(
        site=site,
        view=view,
        packed_site=packed,
        site_digest=digest_of(packed),
        templates=templates,
        colours=colours,
        digests=digests,
        files={thing.source.path: _address(thing) for thing in public},
        addresses=addresses,
        titles=_titles(site),
        last_left=last_left,
    )


def _address(thing: Pictured) -> str:
    """Return the address at which the public finds a thing."""
    if isinstance(thing, Item) and not thing.searchable:
        return f"{EVERY_ITEM}#{thing.source.slug}"
    return thing.source.address


def _view(site: Site, assets: tuple[Asset, ...], policy: str, addresses: Set[str], today: date) -> SiteView:
    """Return the view that all pages share today."""
    chosen = site.settings
    return SiteView(
        name=chosen.name,
        short_name=chosen.short_name,
        description=chosen.description,
        language=chosen.languages[0],
        origin=chosen.origin,
        base=chosen.base,
        navigation=tuple(link for link in _navigation(site) if _leads_on(link, addresses)),
        contact=chosen.contact,
        social=chosen.social,
        announcement=_announced(chosen.announcement, addresses, today),
        assets=tuple((asset.name, asset.digest) for asset in assets),
        policy=policy,
    )


def _titles(site: Site) -> Mapping[str, str]:
    """Return the titles of the section pages: from their content files, else the built-in ones."""
    written = {page.source.address: page.title for page in site.pages if page.source.address in TITLES}
    return TITLES | written | {"/": site.settings.short_name}


def _navigation(site: Site) -> tuple[Link, ...]:
    """Return the entries of the menu: those of site.yaml, else the pages with a nav_order."""
    if site.settings.navigation:
        return site.settings.navigation
    ordered = sorted(
        (page.nav_order, page.source.address, page.title) for page in site.pages if page.nav_order is not None
    )
    return tuple(Link(title, address) for _, address, title in ordered)


def _announced(announcement: Announcement | None, addresses: Set[str], today: date) -> Announcement | None:
    """Return the announcement on its days, without a link to a page that is not public."""
    if announcement is None or not announcement.start <= today <= announcement.until:
        return None
    link = announcement.link
    return announcement if link is None or _leads_on(link, addresses) else replace(announcement, link=None)


def _leads_on(link: Link, addresses: Set[str]) -> bool:
    """Whether a link leads to another website or to a public page of this one."""
    address = link.to.partition("#")[0]
    return not address.startswith("/") or address.rstrip("/") in addresses
