"""The composing room: how the texts, pictures and cards of an edition are set, and where their links lead."""

import hashlib
from urllib.parse import unquote

from markupsafe import Markup

from sitegen import images, markup, sections, templates
from sitegen.addresses import ToAddress, ToFile, ToWeb, encode, resolve, slugify
from sitegen.images import Recipe
from sitegen.model import Focus, ImageSettings, Item, Link, Page, Photo, PictureMark, Story
from sitegen.press import Edition, Pictured
from sitegen.views import PageText, Picture, Section, StoryCard

TINTS = 6
"""Colours that initials pictures come in."""


# -- pictures -------------------------------------------------------------------------------


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


# -- texts ----------------------------------------------------------------------------------


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


# -- stories in lists -----------------------------------------------------------------------


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
