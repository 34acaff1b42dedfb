"""The press: today's edition of the site, and how each of its pages becomes a job."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from sitegen import headers, templates
from sitegen.addresses import file_of
from sitegen.images import Recipe
from sitegen.jobs import Job, Make
from sitegen.model import Announcement, Item, Link, Network, Page, Site, Story
from sitegen.packing import digest, digest_of, pack
from sitegen.starter import Asset
from sitegen.templates import Templates
from sitegen.views import SiteView

TITLES = {
    "/": "Home",
    "/stories/": "Hear From Our Youth",
    "/networks/": "Networks",
    "/members-in-action/": "Members in Action",
}
"""The pages that the site itself puts together stand even where nobody wrote a text for them."""

Pictured = Story | Item | Page | Network
"""What can show pictures."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The site of today, and everything that its pages are set with.

    `packed_site` is `view`, packed. `colours` has the waiting colour of every recipe that was developed;
    `files` the address of every content file that the public can see, `digests` the digest of what each
    holds; `standing` every address on the site, without last slash; `titles` what the pages that stand above
    others are called in the way to them, by their addresses.
    """

    site: Site
    view: SiteView
    packed_site: bytes
    site_digest: str
    templates: Templates
    colours: Mapping[Recipe, str]
    files: Mapping[str, str]
    digests: Mapping[str, bytes]
    standing: frozenset[str]
    titles: Mapping[str, str]


def edition(
    site: Site,
    templates: Templates,
    colours: Mapping[Recipe, str],
    assets: tuple[Asset, ...],
    addresses: Set[str],
    digests: Mapping[str, bytes],
    today: date,
) -> Edition:
    """Return today's edition of a site; `addresses` are those of everything but redirects.

    `digests` has that of each content file by its path.
    """
    public: list[Pictured] = [*site.pages, *site.networks, *site.items, *site.stories]
    old = {redirect.old for redirect in site.redirects}
    standing = frozenset(address.rstrip("/") for address in addresses | old)
    policy = headers.policy((asset.name for asset in assets), templates.inline)
    view = _view(site, assets, policy, standing, today)
    packed = pack(view)
    return Edition(
        site=site,
        view=view,
        packed_site=packed,
        site_digest=digest_of(packed),
        templates=templates,
        colours=colours,
        digests=digests,
        files={thing.source.path: thing.source.address for thing in public},
        standing=standing,
        titles=_titles(site),
    )


def _view(site: Site, assets: tuple[Asset, ...], policy: str, standing: Set[str], today: date) -> SiteView:
    """Return what stands round every page today."""
    chosen = site.settings
    return SiteView(
        name=chosen.name,
        short_name=chosen.short_name,
        description=chosen.description,
        language=chosen.languages[0],
        origin=chosen.origin,
        base=chosen.base,
        navigation=tuple(link for link in _navigation(site) if _leads_on(link, standing)),
        contact=chosen.contact,
        social=chosen.social,
        announcement=_announced(chosen.announcement, standing, today),
        assets=tuple((asset.name, asset.digest) for asset in assets),
        policy=policy,
    )


def _titles(site: Site) -> Mapping[str, str]:
    """Return what the pages that stand above others are called: as somebody wrote, else as we do."""
    written = {page.source.address: page.title for page in site.pages if page.source.address in TITLES}
    return TITLES | written | {"/": site.settings.short_name}


def _navigation(site: Site) -> tuple[Link, ...]:
    """Return the entries of the menu: as site.yaml has them, else the pages that give a nav_order."""
    if site.settings.navigation:
        return site.settings.navigation
    ordered = sorted(
        (page.nav_order, page.source.address, page.title) for page in site.pages if page.nav_order is not None
    )
    return tuple(Link(title, address) for _, address, title in ordered)


def _announced(announcement: Announcement | None, standing: Set[str], today: date) -> Announcement | None:
    """Return the announcement on its days, without a link that leads to what the public can't see."""
    if announcement is None or not announcement.start <= today <= announcement.until:
        return None
    link = announcement.link
    return announcement if link is None or _leads_on(link, standing) else replace(announcement, link=None)


def _leads_on(link: Link, standing: Set[str]) -> bool:
    """Tell whether a link leads to another website or to what the public can see of this one."""
    address = link.to.partition("#")[0]
    return not address.startswith("/") or address.rstrip("/") in standing


# -- pages ----------------------------------------------------------------------------------


def job(
    edition: Edition,
    template: str,
    view: Any,
    address: str = "",
    cost: float = 0.5,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> Job:
    """Return the job of a page: its inputs are the template and every field of its view.

    `digests` has those of fields that many pages share, made once for all.
    """
    inputs = {name: digests.get(name) or digest(getattr(view, name)) for name in _fields(view)}
    return job_of_file(edition, template, address or view.here.address, inputs, lambda: view, cost)


def job_of_file(
    edition: Edition,
    template: str,
    address: str,
    inputs: Mapping[str, str],
    view: Callable[[], Any],
    cost: float = 0.5,
) -> Job:
    """Return the job of a page whose view is made only when it is needed: there are many stories.

    `inputs` has the digests of everything that the view is made of, besides the site itself. The template
    is given the bytes of the view's fields: what would be safe HTML by mistake is plain text in them.
    """

    def prepare() -> Make:
        made = view()
        packed = {name: pack(getattr(made, name)) for name in _fields(made)}
        return partial(
            templates.render, edition.templates.packed, template, edition.packed_site, type(made), packed
        )

    inputs = {
        f"templates/{template}": edition.templates.digests[template],
        "site": edition.site_digest,
        **inputs,
    }
    return Job((file_of(address),), inputs, prepare, cost)


def _fields(view: Any) -> list[str]:
    return [field.name for field in fields(view) if field.name != "site"]
