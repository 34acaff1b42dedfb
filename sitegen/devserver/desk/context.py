"""Desk context: the preview session, the token of forms, and who may change files.

All functions of this package run in the thread that builds, one at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from sitegen.commands.publication import Destination
from sitegen.core.model import Source
from sitegen.devserver.dashboard import Overview
from sitegen.devserver.desk.prepared import Prepared
from sitegen.devserver.draft_pages import PictureCache
from sitegen.devserver.routes import PreviewState
from sitegen.devserver.target import BuiltSite


class Session(Protocol):
    """What the desk needs of a preview session."""

    @property
    def root(self) -> Path:
        """The site's folder."""

    @property
    def state(self) -> PreviewState:
        """What is served at the moment."""

    @property
    def built(self) -> BuiltSite | None:
        """The site as it was last built; None if it never was."""

    @property
    def pictures(self) -> PictureCache:
        """Pictures of pages that are not public, in memory."""

    def today(self) -> date:
        """Return the day to use as today."""

    def build(self, changed: frozenset[str]) -> None:
        """Build the site and update `state`."""


@dataclass(slots=True)
class Desk:
    """A session, the token that every change needs, and whether anything may be changed.

    `destination` is where the site is published, `prepared` what publishing it would change, or has changed.
    `saved` has the story that each form of a new one has made, so that sending it twice makes one file.
    """

    session: Session
    token: str
    can_edit: bool
    destination: Destination = field(default_factory=Destination)
    saved: dict[str, Source] = field(default_factory=dict)
    prepared: Prepared | None = None

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.session.root

    @property
    def overview(self) -> Overview:
        """The status of the site after the last build."""
        return self.session.state.overview


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a form: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A request to the desk: its path below `/_desk/`, the query, and what a form has sent.

    A form without a `photo` has none chosen.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    photo: Upload | None = None

    def text(self, name: str) -> str:
        """Return the first value of a field, with plain line ends; "" without one."""
        return next(iter(self.form.get(name, ())), "").replace("\r\n", "\n").replace("\r", "\n")
