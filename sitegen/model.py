"""The nouns: what a file becomes on its way from `content/` to `public/`.

Source, then Draft, then (through the consent gate) Story or Item, then Site.
Addresses are absolute paths within the site, without its base path: `/stories/maya/`.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of content; each is read by a form of its own."""

    PAGE = "page"
    STORY = "story"
    NETWORK = "network"
    ITEM = "item"


class Scope(StrEnum):
    """The uses that a consent can open."""

    WEBSITE = "website"
    """The least: the story may stand on the site."""
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
    given: datetime.date
    by: str
    covers: tuple[Scope, ...]
    until: datetime.date
    withdrawn: datetime.date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as written and checked. It can't be shown: only the consent gate makes a Story of it."""

    source: Source
    name: str
    school: str
    year: str
    field: str
    role: str
    date: datetime.date
    headshot: Photo | None
    alt: str
    focus: Focus
    quote: str
    title: str
    topics: tuple[str, ...]
    is_draft: bool
    publish: datetime.date | None
    expire: datetime.date | None
    aliases: tuple[str, ...]
    body: Body
    photos: tuple[Photo, ...]
    consent: Consent | None


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A members-in-action item as written and checked; with people in it, it needs a consent."""

    source: Source
    title: str
    date: datetime.date
    photo: Photo | None
    alt: str
    caption: str
    people: bool
    body: Body
    photos: tuple[Photo, ...]
    consent: Consent | None


# -- what may be shown ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """A story cleared for today, holding nothing that its consent doesn't cover. Made by the gate alone."""

    source: Source
    name: str
    initials: str
    school: str
    year: str
    field: str
    role: str
    date: datetime.date
    headshot: Photo | None
    alt: str
    focus: Focus
    quote: str
    title: str
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    body: Body
    photos: tuple[Photo, ...]
    searchable: bool
    shareable: bool


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


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A story or an item that is not cleared, as it would be. Nothing that publishes takes it out of here."""

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
class Contact:
    """Whom to ask; the e-mail address may be empty."""

    name: str
    role: str
    email: str


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


# -- settings -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A label and the address or web address behind it."""

    label: str
    to: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A banner across the site, shown from one day until another, both included.

    `day` is the day of what it announces, `place` where that is; both may be unknown.
    """

    text: str
    link: Link | None
    start: datetime.date
    until: datetime.date
    day: datetime.date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """Compression, 1 to 100, of the two picture formats."""

    webp_quality: int
    jpeg_quality: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What `content/site.yaml` says; `origin` is scheme and host, `base` the path below, no last slash.

    `cards` tells whether social cards are drawn.
    """

    name: str
    short_name: str
    origin: str
    base: str
    description: str
    languages: tuple[str, ...]
    navigation: tuple[Link, ...]
    contact: Contact | None
    social: tuple[Link, ...]
    announcement: Announcement | None
    page_size: int
    images: ImageSettings
    fields: tuple[str, ...]
    topics: tuple[str, ...]
    cards: bool = True


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
class Redirect:
    """An old address and the one that took its place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the public sees today, in order. Stories and items are newest first."""

    settings: Settings
    pages: tuple[Page, ...]
    networks: tuple[Network, ...]
    items: tuple[Item, ...]
    stories: tuple[Story, ...]
    taxonomies: tuple[Taxonomy, ...]
    redirects: tuple[Redirect, ...]
    translations: Mapping[str, tuple[Page, ...]]
    """What is known by each path: the page there, and those that translate it, where there is any."""
