"""Data model: Source, Draft, Story, Item, Page and the other nouns of a site.

Source, then Draft, then (through the consent gate) Story or Item, then Site.
Addresses are absolute paths within the site, without its base path: `/stories/maya/`.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sitegen.core.settings import Contact, Settings
from sitegen.core.text import joined, quoted


class Kind(StrEnum):
    """The kinds of content; each is read by a form of its own."""

    PAGE = "page"
    STORY = "story"
    NETWORK = "network"
    ITEM = "item"


class Scope(StrEnum):
    """The uses that a consent can open."""

    WEBSITE = "website"
    """The minimum: the story may be on the site."""
    PHOTO = "photo"
    """Pictures of the person may be shown."""
    FULL_NAME = "full-name"
    """The whole name may be shown, instead of the first one."""
    SCHOOL = "school"
    """The school may be named."""
    SOCIAL = "social"
    """Social cards and share links may be made."""
    SEARCH = "search"
    """Search engines, feeds and the sitemap may list it."""


# -- what is read ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown file under `content/`, unread: its path from the site's root, kind and address."""

    path: str
    kind: Kind
    slug: str
    address: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture file that content names: path from the site's root, digest of its bytes, size in pixels."""

    path: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a photo that every crop keeps, in per cent from the left and the top."""

    x: float = 50.0
    y: float = 50.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a body: level 2 to 6, its anchor, its text."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture that a body asks for, as written there."""

    source: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Body:
    """Markdown made into safe HTML, with links and pictures still as written.

    It is kept in UTF-8: as text in Python it would take twice the memory for the sake of one curly quote.
    """

    utf8: bytes = b""
    links: tuple[str, ...] = ()
    pictures: tuple[PictureMark, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0

    @property
    def html(self) -> str:
        """The HTML."""
        return self.utf8.decode()


@dataclass(frozen=True, slots=True)
class Consent:
    """What a young person, or a guardian, has allowed; never leaves the gate."""

    form: str
    source: str
    given: datetime.date
    by: str
    covers: tuple[Scope, ...]
    until: datetime.date
    withdrawn: datetime.date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a story or an item, as written, with their own consent; never leaves the gate.

    An item with one consent for all has one person without a name.
    """

    name: str
    shown_as: str
    consent: Consent | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as written and checked. It can't be shown: only the consent gate makes a Story of it."""

    source: Source
    people: tuple[Person, ...]
    school: str
    year: str
    field: str
    role: str
    date: datetime.date
    headshot: Photo | None
    alt: str
    focus: Focus
    quote: str
    own_words: bool
    title: str
    topics: tuple[str, ...]
    is_draft: bool
    publish: datetime.date | None
    updated: datetime.date | None
    expire: datetime.date | None
    aliases: tuple[str, ...]
    body: Body
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A members-in-action item as written and checked.

    With `has_people`, people can be recognized in it, and each of `people` needs a consent.
    """

    source: Source
    title: str
    date: datetime.date
    photo: Photo | None
    alt: str
    caption: str
    has_people: bool
    people: tuple[Person, ...]
    is_draft: bool
    body: Body
    photos: tuple[Photo, ...]


# -- what may be shown ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """A story cleared for today, holding nothing that its consent doesn't cover. Made by the gate alone.

    `names` are those of its people as the public sees them, in the order of the file. `date` is the story's
    own, `published` the day on which it became public, and `updated` the day of its last correction.
    """

    source: Source
    names: tuple[str, ...]
    initials: str
    school: str
    year: str
    field: str
    role: str
    date: datetime.date
    published: datetime.date
    updated: datetime.date
    headshot: Photo | None
    alt: str
    focus: Focus
    quote: str
    own_words: bool
    title: str
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    body: Body
    photos: tuple[Photo, ...]
    searchable: bool
    shareable: bool

    @property
    def name(self) -> str:
        """The names of its people in one line."""
        return joined(self.names)

    @property
    def headline(self) -> str:
        """The sentence that leads the story, in quotation marks if its people have said it."""
        return quoted(self.quote) if self.own_words else self.quote


@dataclass(frozen=True, slots=True)
class Item:
    """A members-in-action item cleared for today. Made by the gate alone."""

    source: Source
    title: str
    date: datetime.date
    photo: Photo | None
    alt: str
    caption: str
    body: Body
    photos: tuple[Photo, ...]
    searchable: bool


@dataclass(frozen=True, slots=True)
class UnclearedPreview:
    """A story or an item that is not cleared, for the preview only; no code that publishes unwraps it."""

    shown: Story | Item


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file that the public doesn't see today, and why in plain words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the collective's own."""

    source: Source
    title: str
    summary: str
    layout: str
    nav_order: int | None
    statement: str
    aliases: tuple[str, ...]
    language: str
    translation_of: str
    body: Body
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A network that the collective belongs to or speaks of."""

    source: Source
    title: str
    summary: str
    nav_order: int | None
    since: str
    website: str
    contact: Contact | None
    aliases: tuple[str, ...]
    body: Body
    photos: tuple[Photo, ...]


Thing = Page | Network | ItemDraft | Draft
"""What one Markdown file can hold."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Content that has been read, by kind; stories and items are not cleared yet."""

    pages: tuple[Page, ...]
    networks: tuple[Network, ...]
    items: tuple[ItemDraft, ...]
    stories: tuple[Draft, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that was read."""
        return (*self.pages, *self.networks, *self.items, *self.stories)


# -- the whole ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One field, school or topic, and its stories, newest first."""

    label: str
    address: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way of sorting stories: by field, by school or by topic; the directory of all is at `address`."""

    label: str
    plural: str
    address: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """A list of stories, newest first, and the lists of each of its terms; its own page is at `address`.

    `indexed` is true if search engines may list its pages.
    """

    address: str
    stories: tuple[Story, ...]
    taxonomies: tuple[Taxonomy, ...]
    indexed: bool


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the one that took its place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the public sees today, in order. Stories and items are newest first.

    `searchable` is the index of the stories whose consent covers search; `complete` that of all stories,
    where there are others.
    """

    settings: Settings
    pages: tuple[Page, ...]
    networks: tuple[Network, ...]
    items: tuple[Item, ...]
    stories: tuple[Story, ...]
    searchable: StoryIndex
    complete: StoryIndex | None
    redirects: tuple[Redirect, ...]
    translations: Mapping[str, tuple[Page, ...]]
    """What is known by each path: the page there, and those that translate it, where there is any."""

    @property
    def indexes(self) -> tuple[StoryIndex, ...]:
        """Every list of stories: the searchable one, and the complete one where it differs."""
        return (self.searchable, self.complete) if self.complete else (self.searchable,)

    @property
    def items_are_complete(self) -> bool:
        """Whether search engines may list every item."""
        return all(item.searchable for item in self.items)
