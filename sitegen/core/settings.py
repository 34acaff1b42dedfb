"""Settings: what `content/site.yaml` says of a whole site, as values."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person; the e-mail address may be empty."""

    name: str
    role: str
    email: str


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

    `cards` is true if social cards are drawn; `keep` has globs of files of others in the output
    folder; `timezone` is the name of a zone (IANA), or "".
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
    keep: tuple[str, ...] = ()
    timezone: str = ""
