"""HTML fragments: bodies, pictures, story cards and links of a page."""

import hashlib
from urllib.parse import unquote

from markupsafe import Markup

from sitegen.core.model import Focus, Item, Page, Photo, PictureMark, Story
from sitegen.core.settings import ImageSettings, Link
from sitegen.core.urls import ToAddress, ToFile, ToWeb, encode, resolve, term_slug
from sitegen.images import derivatives
from sitegen.images.derivatives import Picture, Recipe
from sitegen.markup import render, sections
from sitegen.site.context import Pictured, SiteContext
from sitegen.templating import environment
from sitegen.templating.views import PageText, Section, StoryCard

TINTS = 6
"""Colours that initials pictures come in."""


# -- pictures -------------------------------------------------------------------------------


def recipes(thing: Pictured, chosen: ImageSettings) -> list[tuple[Photo, Recipe]]:
    """Return every photo of a story, item, page or network, with its recipe."""
    wanted = [(photo, derivatives.figure(photo, chosen)) for photo in thing.photos]
    if isinstance(thing, Story) and thing.headshot:
        wanted.append((thing.headshot, derivatives.headshot(thing.headshot, thing.focus, chosen)))
    if isinstance(thing, Item) and thing.photo:
        wanted.append((thing.photo, derivatives.figure(thing.photo, chosen)))
    return wanted


def crops(photo: Photo, focus: Focus | None, chosen: ImageSettings) -> tuple[Recipe, ...]:
    """Return all recipes that are possible for a photo: whole, and as a headshot."""
    return (derivatives.figure(photo, chosen), derivatives.headshot(photo, focus or Focus(), chosen))


def picture(context: SiteContext, recipe: Recipe, alt: str) -> Picture:
    """Return the view of a photo's derivatives."""
    return derivatives.picture(recipe, alt, context.colours[recipe])


def portrait(context: SiteContext, story: Story) -> Picture | None:
    """Return the headshot of a story; None if it has none that may be shown."""
    if story.headshot is None:
        return None
    recipe = derivatives.headshot(story.headshot, story.focus, context.site.settings.images)
    return picture(context, recipe, story.alt)


def item_photo(context: SiteContext, item: Item) -> Picture | None:
    """Return the photo of an item; None if it has none."""
    if item.photo is None:
        return None
    return picture(context, derivatives.figure(item.photo, context.site.settings.images), item.alt)


# -- texts ----------------------------------------------------------------------------------


def page_text(context: SiteContext, page: Page) -> PageText:
    """Return the text of a page, whole and in sections."""
    html = body(context, page)
    lead, parts = sections.cut(html)
    return PageText(
        title=page.title,
        summary=page.summary,
        statement=page.statement,
        html=html,
        lead=lead,
        sections=tuple(Section(heading.anchor, heading.text, part) for heading, part in parts),
    )


def body(context: SiteContext, thing: Pictured, prefix: str = "", absolute: bool = False) -> Markup:
    """Return a thing's text as HTML, its links and pictures filled in.

    Links to what the public can't see become plain text. `prefix` goes before every anchor;
    `absolute` makes whole web addresses, for feeds.
    """
    root = (context.view.origin if absolute else "") + context.view.base
    photos = {photo.digest: photo for photo in thing.photos}

    def link(written: str) -> str | None:
        return leads_to(context, thing, written, root)

    def shown(mark: PictureMark, standalone: bool) -> str:
        photo = photos.get(mark.source)
        if photo is None:
            return ""  # from another site, or not covered by consent; both were reported
        found = picture(context, derivatives.figure(photo, context.site.settings.images), mark.alt)
        if absolute:
            return Markup('<img src="{}" alt="{}">').format(root + found.jpeg.address, found.alt)
        return environment.figure(context.templates, context.packed_site, found, mark.caption, standalone)

    page = root + encode(thing.source.address) if absolute else ""
    return Markup(render.fill_in(thing.body.html, link, shown, prefix, page))  # noqa: S704 - sanitised by markup


def leads_to(context: SiteContext, thing: Pictured, written: str, root: str = "") -> str | None:
    """Return the address of a link's target; None if it is not public today."""
    if download := context.downloads.get((thing.source.path, written)):
        return root + download
    match resolve(written, thing.source.path):
        case ToWeb(address):
            return None if _is_hidden(context, address) else address
        case ToFile(path, anchor) if path in context.files:
            return root + encode(_with_anchor(context.files[path], anchor))
        case ToAddress(address, anchor) if address.rstrip("/") in context.addresses:
            return root + encode(_with_anchor(address, anchor))
    return None


def _is_hidden(context: SiteContext, address: str) -> bool:
    """Whether a web address is that of a story of this site that is not public."""
    home = f"{context.view.origin}{context.view.base}/stories/"
    path = unquote(address.removeprefix(home).partition("#")[0].partition("?")[0])
    return address.startswith(home) and f"/stories/{path}".rstrip("/") not in context.addresses


def _with_anchor(address: str, anchor: str) -> str:
    return f"{address.partition('#')[0]}#{anchor}" if anchor else address


# -- stories in lists -----------------------------------------------------------------------


def card(context: SiteContext, story: Story) -> StoryCard:
    """Return the card of a story in lists."""
    return StoryCard(
        address=story.source.address,
        name=story.name,
        initials=story.initials,
        tint=tint(story),
        portrait=portrait(context, story),
        quote=story.quote,
        own_words=story.own_words,
        facts=tuple(fact for fact in (story.year, story.field, story.school) if fact),
    )


def tint(story: Story) -> int:
    """Return the colour of a story (0 to 5), which depends on its slug alone."""
    return tint_of(story.source.slug)


def tint_of(name: str) -> int:
    """Return the colour (0 to 5) of a name."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % TINTS


def term(index: str, folder: str, label: str) -> Link | None:
    """Return the link from an index to one of its terms; None where no address can be made of the label."""
    slug = term_slug(label)
    return Link(label, f"{index}{folder}/{slug}/") if slug else None
