"""Consent register: who is public on a day, until when, and what changes next."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sitegen.consent import calendar, form_number, gate, group
from sitegen.core.model import Draft, ItemDraft, Kind, Person
from sitegen.engine import output_tree
from sitegen.pipeline import still_public
from sitegen.pipeline.load_site import load_site

HORIZONS = (30, 60, 90)
"""Numbers of days for which upcoming ends are listed."""


@dataclass(frozen=True, slots=True)
class Published:
    """A person in a public story or item, and the last day of their consent (None: no end is set).

    `person` is the name, where there are several people in the file; `source` the public page on which the
    person published the story, where no form is signed.
    """

    path: str
    last: date | None
    person: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NotPublic:
    """A person in a story or an item that the public doesn't see, and why; `person` as in Published."""

    path: str
    reason: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Consent of all stories and items on a day.

    `next_change` is the next day on which the site changes without an edit; `ended` has the addresses in
    the published site of stories that are no longer cleared.
    """

    day: date
    published: tuple[Published, ...]
    withheld: tuple[NotPublic, ...]
    next_change: date | None
    ended: tuple[str, ...]

    def ending(self, days: int) -> tuple[Published, ...]:
        """Return what is public today and will not be public `days` days later."""
        horizon = self.day + timedelta(days)
        return tuple(entry for entry in self.published if entry.last and entry.last < horizon)


def read(root: Path, out: Path, day: date) -> Register:
    """Return the register of a site on a day; `out` is the folder of the published site."""
    found = load_site(root, today=day)
    stories, withheld = gate.clear(found.valid.stories, day)
    items, withheld_items = gate.clear_items(found.valid.items, day)
    drafts: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    reasons = {each.path: each.reason for each in (*withheld, *withheld_items)}
    broken = {source.path for source in found.files.sources if source.kind in (Kind.STORY, Kind.ITEM)}
    broken -= {draft.source.path for draft in drafts}
    published = [each for draft in drafts if draft.source.path not in reasons for each in _published(draft)]
    not_public = [
        each
        for draft in drafts
        if draft.source.path in reasons
        for each in _not_public(draft, day, reasons[draft.source.path])
    ]
    not_public += [NotPublic(path, still_public.MISTAKE) for path in broken]
    return Register(
        day=day,
        published=tuple(sorted(published, key=lambda entry: (entry.last or date.max, entry.path))),
        withheld=tuple(sorted(not_public, key=lambda entry: entry.path)),
        next_change=calendar.next_change(drafts, found.settings.announcement, day),
        ended=still_public.still_shown(out, output_tree.read_published(out).tree, found, stories, items),
    )


def _published(draft: Draft | ItemDraft) -> list[Published]:
    """Return one entry for each person of a public story or item."""
    path = draft.source.path
    if not draft.people:
        return [Published(path, gate.last_day(draft))]
    is_named = len(draft.people) > 1
    return [
        Published(
            path,
            gate.last_day(replace(draft, people=(person,))),
            person.name if is_named else "",
            _source(person),
        )
        for person in draft.people
    ]


def _source(person: Person) -> str:
    consent = person.consent
    return consent.source if consent and form_number.is_public_source(consent.form) else ""


def _not_public(draft: Draft | ItemDraft, day: date, reason: str) -> list[NotPublic]:
    """Return one entry for each person of a withheld story or item; `reason` is that of the whole file."""
    path = draft.source.path
    if len(draft.people) < 2:
        return [NotPublic(path, reason)]
    with_photo = isinstance(draft, ItemDraft) and draft.has_people
    own = [group.why_person_closed(person, day, with_photo) for person in draft.people]
    if draft.is_draft or not any(own):
        return [NotPublic(path, reason, person.name) for person in draft.people]
    return [
        NotPublic(path, each or OTHERS, person.name) for person, each in zip(draft.people, own, strict=True)
    ]


OTHERS = "this consent is open, but not that of everyone in it"
"""Why a person with an open consent is not public."""
