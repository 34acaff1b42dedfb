"""View objects: one typed input per template.

A view is the whole input of its page, so its fields decide whether the page is stale.
Addresses are without the base path; the template filters `href` and `absolute` add it.
`Markup` is HTML that has been through the sanitiser; everything else is text and gets escaped.
"""

import datetime
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.core.settings import Announcement, Contact, Link
from sitegen.images.card_layout import SharedPicture
from sitegen.images.derivatives import Picture

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class SiteView:
    """Values that every page shows: names, navigation, contact, assets."""

    name: str
    short_name: str
    description: str
    language: str
    origin: str
    base: str
    navigation: tuple[Link, ...]
    contact: Contact | None
    social: tuple[Link, ...]
    announcement: Announcement | None
    assets: tuple[tuple[str, str], ...]
    """Name and digest of each file under `assets/`."""
    policy: str
    """The Content-Security-Policy of every page."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Here:
    """Metadata of this page, for its `<head>`."""

    address: str
    title: str
    description: str
    language: str
    indexed: bool = True
    alternates: tuple[Alternate, ...] = ()
    kind: str = "website"
    """Open Graph type: website or article. Empty if links to the page must not show a preview."""
    picture: SharedPicture | None = None
    linked_data: Markup = NOTHING
    """JSON-LD, inert in HTML."""

    @property
    def right_to_left(self) -> bool:
        """Whether the page's language is written from right to left (BCP 47; a script, if given, decides)."""
        language, *more = self.language.lower().split("-")
        script = next((part for part in more if len(part) == 4), "")
        return script in RIGHT_TO_LEFT_SCRIPTS if script else language in RIGHT_TO_LEFT


RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "syrc", "thaa"))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a second-level heading."""

    anchor: str
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text: whole (`html`), and the part before the first heading (`lead`), sections."""

    title: str
    summary: str
    statement: str
    html: Markup
    lead: Markup
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Teaser:
    """A few words that lead to a page."""

    title: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list. `tint` (0 to 5) is the colour of the initials picture."""

    address: str
    name: str
    initials: str
    tint: int
    portrait: Picture | None
    quote: str
    own_words: bool
    facts: tuple[str, ...]
    """Year, field and school, as far as known and covered."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story's own page. `field` and `school` link to the lists of the same.

    `title` is empty unless the author wrote one; `minutes` is the reading time; `corrected` is the day of the
    last correction since it is public.
    """

    title: str
    name: str
    initials: str
    tint: int
    portrait: Picture | None
    quote: str
    own_words: bool
    year: str
    role: str
    field: Link | None
    school: Link | None
    topics: tuple[Link, ...]
    date: datetime.date
    corrected: datetime.date | None
    minutes: int
    shareable: bool
    html: Markup


@dataclass(frozen=True, slots=True)
class NetworkText:
    """A network's own page."""

    title: str
    summary: str
    since: str
    website: str
    contact: Contact | None
    html: Markup


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item of members in action; `anchor` is its id on the page."""

    anchor: str
    title: str
    date: datetime.date
    photo: Picture | None
    caption: str
    html: Markup


@dataclass(frozen=True, slots=True)
class TermLink:
    """One field, school or topic with its number of stories."""

    label: str
    address: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """The terms of one taxonomy, to choose from: those with the most stories, where there are very many.

    `directory` is the address of all of them; empty where these are all.
    """

    label: str
    terms: tuple[TermLink, ...]
    plural: str
    directory: str


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """One of the pages of a list."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Position of a page in a list of pages; addresses are empty if there is no such page.

    `leaps` are links to far pages of a long list: the first, the last, and some between.
    """

    number: int
    total: int
    previous: str
    next: str
    leaps: tuple[NumberedPage, ...]


# -- one view per template ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageView:
    """`page.html` and every other layout that only needs the page's own words."""

    site: SiteView
    here: Here
    page: PageText


@dataclass(frozen=True, slots=True)
class HomeView:
    """`home.html`"""

    site: SiteView
    here: Here
    page: PageText
    join: Teaser | None
    mission: Teaser | None
    vision: Teaser | None
    stories: tuple[StoryCard, ...]
    networks: tuple[Teaser, ...]
    items: tuple[ItemText, ...]
    more_networks: bool
    more_items: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """`story.html`"""

    site: SiteView
    here: Here
    story: StoryText
    next: StoryCard | None
    related: tuple[StoryCard, ...]


@dataclass(frozen=True, slots=True)
class StoriesView:
    """`stories.html`: the index, its further pages, and the lists by field, school and topic.

    `count` is that of all its pages together; `page` is there on the first page of the index only. `index` is
    the address of the index that the list belongs to; `complete` leads to that of all stories, where some are
    on no list that search engines may see.
    """

    site: SiteView
    here: Here
    page: PageText | None
    heading: str
    count: int
    cards: tuple[StoryCard, ...]
    filters: tuple[Filter, ...]
    index: str
    complete: TermLink | None
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class TermsView:
    """`terms.html`: all fields, schools or topics, where there are more than `stories.html` shows."""

    site: SiteView
    here: Here
    heading: str
    index: str
    count: int
    terms: tuple[TermLink, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class NetworksView:
    """`networks.html`"""

    site: SiteView
    here: Here
    page: PageText
    networks: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """`network.html`"""

    site: SiteView
    here: Here
    network: NetworkText


@dataclass(frozen=True, slots=True)
class ItemsView:
    """`members-in-action.html`"""

    site: SiteView
    here: Here
    page: PageText
    items: tuple[ItemText, ...]
    complete: str
    """The address of the page of all items, where some are closed to search engines."""


@dataclass(frozen=True, slots=True)
class MissingView:
    """`404.html`"""

    site: SiteView
    here: Here


@dataclass(frozen=True, slots=True)
class RedirectView:
    """`redirect.html`: an old address that leads to a new one."""

    site: SiteView
    here: Here
