"""The heads: what each page says of itself to search engines and to those who share a link to it."""

from sitegen import composing, images, layout, linked_data
from sitegen.editorial import LAYOUTS
from sitegen.layout import Card
from sitegen.linked_data import Thing
from sitegen.model import Network, Page, Settings, Site, Story
from sitegen.press import TITLES, Edition
from sitegen.views import NOTHING, Alternate, Here, PageText

HOME, STORIES = "/", "/stories/"
LOGO = "icon-512.png"
MISSING, MOVED = "Page not found", "This page has moved"

OWN_WORDS = "\n".join((*TITLES.values(), MISSING, MOVED, "article"))
"""What this room says by itself."""


def page(edition: Edition, page: Page, text: PageText, more: tuple[Thing, ...] = ()) -> Here:
    """Return the head of a page that somebody wrote; on one of questions each has a section of the text."""
    address = page.source.address
    if page.layout == "faq":
        more = (*more, linked_data.questions((asked.title, asked.html) for asked in text.sections))
    here = Here(
        address=address,
        title=page.title,
        description=page.summary or edition.view.description,
        language=page.language,
        alternates=_alternates(edition.site, page),
    )
    return _finished(edition, here, card_of_page(edition.site.settings, page), more)


def section(edition: Edition, address: str) -> tuple[Here, PageText, str]:
    """Return head, text and template of a page that the site puts together, written or not."""
    written = next((page for page in edition.site.pages if page.source.address == address), None)
    more = _of_home(edition) if address == HOME else ()
    if written:
        text = composing.page_text(edition, written)
        return page(edition, written, text, more), text, f"{written.layout}.html"
    title = TITLES[address]
    here = Here(address, title, edition.view.description, edition.view.language)
    text = PageText(title, "", "", NOTHING, NOTHING, ())
    return _finished(edition, here, None, more), text, f"{LAYOUTS[address]}.html"


def network(edition: Edition, network: Network) -> Here:
    """Return the head of a network's page."""
    description = network.summary or edition.view.description
    here = Here(network.source.address, network.title, description, edition.view.language)
    return _finished(edition, here, card_of_network(edition.site.settings, network))


def story(edition: Edition, story: Story) -> Here:
    """Return the head of a story's page: to whom it says what, is for the consent to say."""
    here = Here(
        address=story.source.address,
        title=story.title,
        description=f"“{story.quote}” {story.name}",
        language=edition.view.language,
        indexed=story.searchable,
        kind="article" if story.shareable else "",
    )
    card = card_of_story(edition.site.settings, story)
    portrait = composing.portrait(edition, story)
    article = linked_data.article(
        _root(edition),
        story,
        edition.view.name,
        here.language,
        layout.address(card, layout.WIDE) if card else "",
        portrait.jpeg.address if portrait else "",
    )
    return _finished(edition, here, card, (article,))


def list_below(edition: Edition, above: Here, address: str, title: str, description: str) -> Here:
    """Return the head of a list of stories below another one, whose card it shares."""
    here = Here(address, title, description, above.language, picture=above.picture)
    return _finished(edition, here, None, above=(above.title, above.address))


def missing(edition: Edition) -> Here:
    """Return the head of the page that stands for any that isn't there."""
    return Here("/404.html", MISSING, "", edition.view.language, indexed=False, kind="")


def moved(edition: Edition, new: str) -> Here:
    """Return the head of a page that leads to a new address."""
    return Here(new, MOVED, "", edition.view.language, indexed=False, kind="")


# -- cards ----------------------------------------------------------------------------------


def card_of_story(chosen: Settings, story: Story) -> Card | None:
    """Return the card of a story; None where the consent doesn't cover one, or no font can set it."""
    if not (story.shareable and chosen.cards):
        return None
    portrait = ""
    if story.headshot:
        webp, _ = images.derivatives(images.headshot(story.headshot, story.focus, chosen.images))
        portrait = webp[-1].address
    facts = ", ".join(filter(None, (story.year, story.field, story.school)))
    words, tint = layout.quoted(story.quote), composing.tint(story)
    return layout.card(words, story.name, facts, chosen.name, story.initials, tint, portrait)


def card_of_page(chosen: Settings, page: Page) -> Card | None:
    """Return the card of a page; that of the home page has the name of the whole."""
    if page.source.address == HOME:
        return _card_of_words(chosen, HOME, chosen.name, chosen.description)
    return _card_of_words(chosen, page.source.address, page.title, page.summary)


def card_of_network(chosen: Settings, network: Network) -> Card | None:
    """Return the card of a network."""
    return _card_of_words(chosen, network.source.address, network.title, network.summary)


def _card_of_words(chosen: Settings, address: str, title: str, summary: str) -> Card | None:
    if not chosen.cards:
        return None
    return layout.card(title, "", summary, chosen.name, "", composing.tint_of(address), "")


# -- what all have --------------------------------------------------------------------------


def _finished(
    edition: Edition,
    here: Here,
    card: Card | None,
    more: tuple[Thing, ...] = (),
    above: tuple[str, str] | None = None,
) -> Here:
    """Return a head with its card, and with linked data where search engines are welcome."""
    picture = layout.shared(card) if card else here.picture
    data = NOTHING
    if here.indexed:
        trail = [] if here.address == HOME else [_breadcrumbs(edition, here, above)]
        data = linked_data.script((*trail, *more))
    return Here(
        here.address, here.title, here.description, here.language,
        here.indexed, here.alternates, here.kind, picture, data,
    )  # fmt: skip


def _breadcrumbs(edition: Edition, here: Here, above: tuple[str, str] | None) -> Thing:
    folder = next((each for each in TITLES if each != HOME and here.address.startswith(each)), HOME)
    between = above or (edition.titles[folder], folder)
    trail = {HOME: edition.titles[HOME], between[1]: between[0], here.address: here.title}
    return linked_data.breadcrumbs(_root(edition), ((title, address) for address, title in trail.items()))


def beside_stories(edition: Edition) -> tuple[str, bool]:
    """Return what the heads of stories say that is neither theirs nor the site's."""
    return edition.titles[STORIES], edition.site.settings.cards


def _root(edition: Edition) -> str:
    return edition.view.origin + edition.view.base


def _of_home(edition: Edition) -> tuple[Thing, ...]:
    site, root = edition.view, _root(edition)
    logo = f"{root}/assets/{LOGO}" if LOGO in dict(site.assets) else ""
    collective = linked_data.organization(root, site.name, site.short_name, site.description, logo)
    event = site.announcement and linked_data.event(root, site.announcement, site.name)
    return (
        linked_data.reachable(collective, site.contact, site.social),
        linked_data.website(root, site.name, site.description, site.language),
        *([event] if event else []),
    )


def _alternates(site: Site, page: Page) -> tuple[Alternate, ...]:
    """Return the page and its translations, where it has any."""
    original = page.translation_of or page.source.path
    group = site.translations.get(original, ())
    return tuple(Alternate(other.language, other.source.address) for other in group)
