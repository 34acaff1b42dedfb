"""The press: what every page and feed draws on, and how bodies, pictures and cards are set for them."""

import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from sitegen import headers, images, markup, sections, templates
from sitegen.addresses import ToAddress, ToFile, ToWeb, encode, file_of, resolve, slugify
from sitegen.images import Recipe
from sitegen.jobs import Job, Make
from sitegen.model import (
    Announcement,
    Focus,
    ImageSettings,
    Item,
    Link,
    Network,
    Page,
    Photo,
    PictureMark,
    Site,
    Story,
)
from sitegen.packing import digest, digest_of, pack
from sitegen.starter import Asset
from sitegen.templates import Templates
from sitegen.views import PageText, Picture, Section, SiteView, StoryCard

TINTS = 6
"""Colours that initials pictures come in."""


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
    chosen = site.settings
    public: list[Pictured] = [*site.pages, *site.networks, *site.items, *site.stories]
    old = {redirect.old for redirect in site.redirects}
    standing = frozenset(address.rstrip("/") for address in addresses | old)
    view = SiteView(
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
        policy=headers.policy((asset.name for asset in assets), templates.inline),
    )
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
        titles=TITLES
        | {page.source.address: page.title for page in site.pages if page.source.address in TITLES}
        | {"/": chosen.short_name},
    )


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


Pictured = Story | Item | Page | Network
"""What can show pictures."""


def recipes(thing: Pictured, chosen: ImageSettings) -> list[tuple[Photo, Recipe]]:
    """Return every photo that a thing shows, with its recipe."""
    wanted = [(photo, images.figure(photo, chosen)) for photo in thing.photos]
    if isinstance(thing, Story) and thing.headshot:
        wanted.append((thing.headshot, images.headshot(thing.headshot, thing.focus, chosen)))
    if isinstance(thing, Item) and thing.photo:
        wanted.append((thing.photo, images.figure(thing.photo, chosen)))
    return wanted


def crops(photo: Photo, focus: Focus | None, chosen: ImageSettings) -> tuple[Recipe, ...]:
    """Return the recipes of everything that could be made of a photo: whole, and as a headshot."""
    return (images.figure(photo, chosen), images.headshot(photo, focus or Focus(), chosen))


def picture(edition: Edition, recipe: Recipe, alt: str) -> Picture:
    """Return a developed picture."""
    return images.picture(recipe, alt, edition.colours[recipe])


def body(edition: Edition, thing: Pictured, prefix: str = "", absolute: bool = False) -> Markup:
    """Return a thing's text as HTML, its links and pictures filled in.

    Links to what the public can't see become plain text. `prefix` goes before every anchor;
    `absolute` makes whole web addresses, for feeds.
    """
    root = (edition.view.origin if absolute else "") + edition.view.base
    photos = {photo.digest: photo for photo in thing.photos}

    def link(written: str) -> str | None:
        return leads_to(edition, thing, written, root)

    def shown(mark: PictureMark, alone: bool) -> str:
        photo = photos.get(mark.source)
        if photo is None:
            return ""  # from elsewhere, or not covered by consent; both have been told
        found = picture(edition, images.figure(photo, edition.site.settings.images), mark.alt)
        if absolute:
            return Markup('<img src="{}" alt="{}">').format(root + found.jpeg.address, found.alt)
        return templates.figure(edition.templates, edition.packed_site, found, mark.caption, alone)

    return Markup(markup.finish(thing.body.html, link, shown, prefix))  # noqa: S704 - sanitised by markup


def leads_to(edition: Edition, thing: Pictured, written: str, root: str = "") -> str | None:
    """Return the address that a link in a text leads to today; None where there is nothing to see."""
    match resolve(written, thing.source.path):
        case ToWeb(address):
            return None if _is_hidden(edition, address) else address
        case ToFile(path, anchor) if path in edition.files:
            return root + encode(_with_anchor(edition.files[path], anchor))
        case ToAddress(address, anchor) if address.rstrip("/") in edition.standing:
            return root + encode(_with_anchor(address, anchor))
    return None


def _is_hidden(edition: Edition, address: str) -> bool:
    """Tell whether a whole web address is that of a story of this site that the public can't see."""
    home = f"{edition.view.origin}{edition.view.base}/stories/"
    path = unquote(address.removeprefix(home).partition("#")[0].partition("?")[0])
    return address.startswith(home) and f"/stories/{path}".rstrip("/") not in edition.standing


def _with_anchor(address: str, anchor: str) -> str:
    return f"{address.partition('#')[0]}#{anchor}" if anchor else address


def card(edition: Edition, story: Story) -> StoryCard:
    """Return what lists show of a story."""
    return StoryCard(
        address=story.source.address,
        name=story.name,
        initials=story.initials,
        tint=tint(story),
        portrait=portrait(edition, story),
        quote=story.quote,
        facts=tuple(fact for fact in (story.year, story.field, story.school) if fact),
    )


def portrait(edition: Edition, story: Story) -> Picture | None:
    """Return the headshot of a story, where there is one that may be shown."""
    if story.headshot is None:
        return None
    recipe = images.headshot(story.headshot, story.focus, edition.site.settings.images)
    return picture(edition, recipe, story.alt)


def item_photo(edition: Edition, item: Item) -> Picture | None:
    """Return the photo of an item, where it has one."""
    if item.photo is None:
        return None
    return picture(edition, images.figure(item.photo, edition.site.settings.images), item.alt)


def tint(story: Story) -> int:
    """Return the colour of a story, the same for as long as its address is."""
    return tint_of(story.source.slug)


def tint_of(name: str) -> int:
    """Return the colour of anything that has a name, the same for as long as it has."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % TINTS


def term(folder: str, label: str) -> Link | None:
    """Return the link to the list of a field, school or topic; None where there can't be one."""
    slug = slugify(label)
    return Link(label, f"/stories/{folder}/{slug}/") if slug else None


# -- pages ----------------------------------------------------------------------------------

TITLES = {
    "/": "Home",
    "/stories/": "Hear From Our Youth",
    "/networks/": "Networks",
    "/members-in-action/": "Members in Action",
}
"""The pages that the site itself puts together stand even where nobody wrote a text for them."""


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


def page_text(edition: Edition, page: Page) -> PageText:
    """Return the words of a page, whole and in sections."""
    html = body(edition, page)
    lead, parts = sections.cut(html)
    return PageText(
        title=page.title,
        summary=page.summary,
        statement=page.statement,
        html=html,
        lead=lead,
        sections=tuple(Section(heading.anchor, heading.text, part) for heading, part in parts),
    )
