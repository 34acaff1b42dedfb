"""Consent calendar: the days on which something becomes public, or ceases to be."""

from collections.abc import Iterable
from datetime import date, timedelta

from sitegen.consent import gate, group
from sitegen.core.model import Draft, ItemDraft
from sitegen.core.settings import Announcement


def next_change(
    drafts: Iterable[Draft | ItemDraft], announcement: Announcement | None, day: date
) -> date | None:
    """Return the first day after `day` on which something appears or disappears."""
    changes = [each for draft in drafts for each in changes_of(draft, day)]
    if announcement:
        changes += [announcement.start, announcement.until + timedelta(1)]
    return min((each for each in changes if each > day), default=None)


def changes_of(draft: Draft | ItemDraft, day: date) -> Iterable[date]:
    """Yield the days on which a draft becomes public or stops being so, of those its file names."""
    for each in sorted(_days(draft)):
        before = gate.is_cleared(draft, each - timedelta(1))
        if each > day and before != gate.is_cleared(draft, each):
            yield each


def _days(draft: Draft | ItemDraft) -> set[date]:
    days = {*group.first_days(draft.people), *(day + timedelta(1) for day in group.last_days(draft.people))}
    if isinstance(draft, Draft):
        days |= {each for each in (draft.publish, draft.expire) if each}
    return days
