"""Page metadata: title, description, Open Graph card and JSON-LD of each page."""

from sitegen.content.site_pages import LAYOUTS
from sitegen.core.model import Network, Page, Site, Story
from sitegen.core.settings import Settings
from sitegen.images import card_layout, derivatives
from sitegen.images.card_layout import Card
from sitegen.site import fragments, json_ld
from sitegen.site.context import TITLES, SiteContext
from sitegen.site.json_ld import Thing
from sitegen.templating.views import NOTHING, Alternate, Here, PageText

HOME, STORIES = "/", "/stories/"
LOGO = "icon-512.png"
MISSING, MOVED = "Page not found", "This page has moved"

BOILERPLATE = "\n".join((*TITLES.values(), MISSING, MOVED, "article"))
"""Text of page metadata on every site; the leak check excuses it."""


def page(context: SiteContext, page: Page, text: PageText, more: tuple[Thing, ...] = ()) -> Here:
    """Return the head of a content page; on an FAQ page, each section of the text is a question."""
    address = page.source.address
    if page.layout == "faq":
        more = (*more, json_ld.questions((asked.title, asked.html) for asked in text.sections))
    here = Here(
        address=address,
        title=page.title,
        description=page.summary or context.view.description,
        language=page.language,
        alternates=_alternates(context.site, page),
    )
    return _finished(context, here, card_of_page(context.site.settings, page), more)


def section(context: SiteContext, address: str) -> tuple[Here, PageText, str]:
    """Return head, text and template of a generated page, with or without a content file."""
    written = next((page for page in context.site.pages if page.source.address == address), None)
    more = _of_home(context) if address == HOME else ()
    if written:
        text = fragments.page_text(context, written)
        return page(context, written, text, more), text, f"{written.layout}.html"
    title = TITLES[address]
    here = Here(address, title, context.view.description, context.view.language)
    text = PageText(title, "", "", NOTHING, NOTHING, ())
    return _finished(context, here, None, more), text, f"{LAYOUTS[address]}.html"


def network(context: SiteContext, network: Network) -> Here:
    """Return the head of a network's page."""
    description = network.summary or context.view.description
    here = Here(network.source.address, network.title, description, context.view.language)
    return _finished(context, here, card_of_network(context.site.settings, network))


def story(context: SiteContext, story: Story) -> Here:
    """Return the head of a story's page; its consent decides about search engines and previews of links."""
    here = Here(
        address=story.source.address,
        title=story.title,
        description=f"{story.headline} {story.name}",
        language=context.view.language,
        indexed=story.searchable,
        kind="article" if story.shareable else "",
    )
    card = card_of_story(context.site.settings, story)
    portrait = fragments.portrait(context, story)
    article = json_ld.article(
        _root(context),
        story,
        context.view.name,
        here.language,
        card_layout.address(card) if card else "",
        portrait.jpeg.address if portrait else "",
    )
    return _finished(context, here, card, (article,))


def list_head(
    context: SiteContext, above: Here, address: str, title: str, description: str, indexed: bool = True
) -> Here:
    """Return the head of a list of stories below another one, with the same card."""
    here = Here(address, title, description, above.language, indexed, picture=above.picture)
    return _finished(context, here, None, above=(above.title, above.address))


def missing(context: SiteContext) -> Here:
    """Return the head of the 404 page."""
    return Here("/404.html", MISSING, "", context.view.language, indexed=False, kind="")


def moved(context: SiteContext, new: str) -> Here:
    """Return the head of a redirect page."""
    return Here(new, MOVED, "", context.view.language, indexed=False, kind="")


# -- cards ----------------------------------------------------------------------------------


def card_of_story(chosen: Settings, story: Story) -> Card | None:
    """Return the card of a story; None if its consent doesn't cover one, or no font has its characters."""
    if not (story.shareable and chosen.cards):
        return None
    portrait = ""
    if story.headshot:
        _, jpeg = derivatives.derivatives(derivatives.headshot(story.headshot, story.focus, chosen.images))
        portrait = jpeg.address
    facts = ", ".join(filter(None, (story.year, story.field, story.school)))
    tint = fragments.tint(story)
    return card_layout.card(story.headline, story.name, facts, chosen.name, story.initials, tint, portrait)


def card_of_page(chosen: Settings, page: Page) -> Card | None:
    """Return the card of a page; the card of the home page has the site's name."""
    if page.source.address == HOME:
        return _card_of_words(chosen, HOME, chosen.name, chosen.description)
    return _card_of_words(chosen, page.source.address, page.title, page.summary)


def card_of_network(chosen: Settings, network: Network) -> Card | None:
    """Return the card of a network."""
    return _card_of_words(chosen, network.source.address, network.title, network.summary)


def _card_of_words(chosen: Settings, address: str, title: str, summary: str) -> Card | None:
    if not chosen.cards:
        return None
    return card_layout.card(title, "", summary, chosen.name, "", fragments.tint_of(address), "")


# -- parts of every head --------------------------------------------------------------------


def _finished(
    context: SiteContext,
    here: Here,
    card: Card | None,
    more: tuple[Thing, ...] = (),
    above: tuple[str, str] | None = None,
) -> Here:
    """Return a head with its card, and with JSON-LD if search engines may index the page."""
    picture = card_layout.shared(card) if card else here.picture
    data = NOTHING
    if here.indexed:
        trail = [] if here.address == HOME else [_breadcrumbs(context, here, above)]
        data = json_ld.script((*trail, *more))
    return Here(
        here.address, here.title, here.description, here.language,
        here.indexed, here.alternates, here.kind, picture, data,
    )  # fmt: skip


def _breadcrumbs(context: SiteContext, here: Here, above: tuple[str, str] | None) -> Thing:
    folder = next((each for each in TITLES if each != HOME and here.address.startswith(each)), HOME)
    between = above or (context.titles[folder], folder)
    trail = {HOME: context.titles[HOME], between[1]: between[0], here.address: here.title}
    return json_ld.breadcrumbs(_root(context), ((title, address) for address, title in trail.items()))


def shared_by_stories(context: SiteContext) -> tuple[str, bool]:
    """Return the inputs of story heads that are neither in the story nor in the site view."""
    return context.titles[STORIES], context.site.settings.cards


def _root(context: SiteContext) -> str:
    return context.view.origin + context.view.base


def _of_home(context: SiteContext) -> tuple[Thing, ...]:
    site, root = context.view, _root(context)
    logo = f"{root}/assets/{LOGO}" if LOGO in dict(site.assets) else ""
    collective = json_ld.organization(root, site.name, site.short_name, site.description, logo)
    event = site.announcement and json_ld.event(root, site.announcement, site.name)
    return (
        json_ld.reachable(collective, site.contact, site.social),
        json_ld.website(root, site.name, site.description, site.language),
        *([event] if event else []),
    )


def _alternates(site: Site, page: Page) -> tuple[Alternate, ...]:
    """Return the page and its translations; empty without translations."""
    original = page.translation_of or page.source.path
    group = site.translations.get(original, ())
    return tuple(Alternate(other.language, other.source.address) for other in group)
