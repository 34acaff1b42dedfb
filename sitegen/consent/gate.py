"""Consent gate: what is cleared for today, and how much of it is shown.

No other module makes a Story or an Item.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeGuard, TypeVar

from sitegen.consent import group
from sitegen.consent.span import Span
from sitegen.core.model import Draft, Item, ItemDraft, Scope, Story, UnclearedPreview, Withheld
from sitegen.core.text import joined

AnyDraft = TypeVar("AnyDraft", Draft, ItemDraft)
Cleared = TypeVar("Cleared", Story, Item)
IS_DRAFT = "the file says draft: true"


def clear(drafts: tuple[Draft, ...], today: date) -> tuple[tuple[Story, ...], tuple[Withheld, ...]]:
    """Return today's stories, with only what is covered, and the withheld files with their reasons."""
    reasons = [why_withheld(draft, today) for draft in drafts]
    return _parted(drafts, reasons, partial(_story, today=today))


def clear_items(drafts: tuple[ItemDraft, ...], today: date) -> tuple[tuple[Item, ...], tuple[Withheld, ...]]:
    """Return the same for items; one in which no person can be recognized needs no consent."""
    return _parted(drafts, [_why_item_withheld(draft, today) for draft in drafts], _item)


def _parted(
    drafts: Sequence[AnyDraft], reasons: Sequence[str | None], cleared: Callable[[AnyDraft], Cleared]
) -> tuple[tuple[Cleared, ...], tuple[Withheld, ...]]:
    """Return the drafts without a reason, as cleared, and the others as withheld."""
    both = list(zip(drafts, reasons, strict=True))
    return (
        tuple(cleared(draft) for draft, reason in both if reason is None),
        tuple(Withheld(draft.source.path, reason) for draft, reason in both if reason is not None),
    )


def why_withheld(draft: Draft, today: date) -> str | None:
    """Return in plain words why the public doesn't see a story today; None if it does."""
    if draft.is_draft:
        return IS_DRAFT
    unconsented = group.why_closed(draft.people, today, with_photo=False)
    if unconsented:
        return unconsented
    if draft.publish and today < draft.publish:
        last = last_day(draft)
        over = (
            f", but from {last + timedelta(1)} on it may not be shown"
            if last and last < draft.publish
            else ""
        )
        return f"it is scheduled for {draft.publish}{over}"
    if draft.expire and today >= draft.expire:
        return f"it expired on {draft.expire}"
    return None


def preview_uncleared(draft: Draft | ItemDraft, today: date) -> UnclearedPreview | None:
    """Return withheld content as the public would see it if it were cleared; None if it was withdrawn.

    Only the dev server calls this, for people who have the file anyway; a test compares the callers. Nothing
    that publishes takes an UnclearedPreview. Without a recorded consent it shows what the least covers.
    """
    if is_withdrawn(draft, today):
        return None
    if isinstance(draft, ItemDraft):
        hides = draft.has_people and Scope.PHOTO not in group.shared_uses(draft.people)
        return UnclearedPreview(
            _item(replace(draft, photo=None, alt="", caption="", photos=()) if hides else draft)
        )
    return UnclearedPreview(replace(_story(draft, today), searchable=False))


def is_withdrawn(draft: Draft | ItemDraft, day: date) -> bool:
    """Tell whether a consent was given once and is taken back by a day."""
    return group.is_withdrawn(draft.people, day)


def is_cleared(draft: Draft | ItemDraft, day: date) -> bool:
    """Tell whether the public sees a story or an item on a day."""
    if isinstance(draft, ItemDraft):
        return _why_item_withheld(draft, day) is None
    return why_withheld(draft, day) is None


def last_day(draft: Draft | ItemDraft) -> date | None:
    """Return the last day on which the public can see a draft, if it is cleared at all; None: no end."""
    ends = group.last_days(draft.people)
    if isinstance(draft, Draft) and draft.expire:
        ends.append(draft.expire - timedelta(1))
    return min(ends, default=None)


def last_left(drafts: Iterable[Draft], today: date) -> date:
    """Return the day on which a story last left the lists of search engines; `date.min` if none has.

    Only files that are still there can tell it.
    """
    left = (
        day
        for draft in drafts
        if not draft.is_draft and Scope.SEARCH in group.shared_uses(draft.people)
        for last in [last_day(draft)]
        if last and last < date.max and max(_starts(draft)) <= last and (day := last + timedelta(1)) <= today
    )
    return max(left, default=date.min)


def span(draft: Draft | ItemDraft, today: date) -> Span:
    """Return the days on which a draft that is cleared today is so in just the same way."""
    first, last = max(_starts(draft), default=date.min), last_day(draft) or date.max
    for day in (draft.date, draft.updated) if isinstance(draft, Draft) else ():
        if day and day > today:  # it does not count before it has come
            last = min(last, day - timedelta(1))
        elif day:
            first = max(first, day)
    return first.toordinal(), last.toordinal()


def _starts(draft: Draft | ItemDraft) -> list[date]:
    """Return the days on which all that a draft waits for begins."""
    scheduled = [draft.publish] if isinstance(draft, Draft) and draft.publish else []
    return group.first_days(draft.people) + scheduled


def _why_item_withheld(draft: ItemDraft, today: date) -> str | None:
    if draft.is_draft:
        return IS_DRAFT
    if not draft.people:
        return f"people can be recognized, and {group.NO_CONSENT}" if draft.has_people else None
    return group.why_closed(draft.people, today, with_photo=draft.has_people)


def _story(draft: Draft, today: date) -> Story:
    covers, names = group.shared_uses(draft.people), group.shown_names(draft.people)
    name = joined(names)
    with_photo = Scope.PHOTO in covers
    headshot = draft.headshot if with_photo else None
    published = _published(draft, today)
    return Story(
        source=draft.source,
        names=names,
        initials=initials(names),
        school=draft.school if Scope.SCHOOL in covers else "",
        year=draft.year,
        field=draft.field,
        role=draft.role,
        date=draft.date,
        published=published,
        updated=max(published, draft.updated) if _has_come(draft.updated, today) else published,
        headshot=headshot,
        alt=draft.alt if headshot else "",
        focus=draft.focus,
        quote=draft.quote,
        own_words=draft.own_words,
        title=draft.title or (f"{name}, {draft.field}" if draft.field else name),
        topics=draft.topics,
        aliases=draft.aliases,
        body=draft.body,
        photos=draft.photos if with_photo else (),
        searchable=Scope.SEARCH in covers,
        shareable=Scope.SOCIAL in covers,
    )


def _published(draft: Draft, today: date) -> date:
    """Return the day on which a story became public, as far as its file tells.

    That is the first day that it names, else that of the last consent, or its own date if that is later.
    """
    if draft.publish:
        return draft.publish
    days = group.first_days(draft.people)
    return max([*days, draft.date] if not days or _has_come(draft.date, today) else days)


def _has_come(day: date | None, today: date) -> TypeGuard[date]:
    return day is not None and day <= today


def _item(draft: ItemDraft) -> Item:
    return Item(
        source=draft.source,
        title=draft.title,
        date=draft.date,
        photo=draft.photo,
        alt=draft.alt,
        caption=draft.caption,
        body=draft.body,
        photos=draft.photos,
        searchable=not draft.people or Scope.SEARCH in group.shared_uses(draft.people),
    )


MOST_INITIALS = 3
"""Letters that an initials picture has space for."""


def initials(names: tuple[str, ...]) -> str:
    """Return the first letters of the first and the last word of a name; of several names, that of each."""
    if len(names) > 1:
        return "".join(name[0] for name in names[:MOST_INITIALS]).upper()
    words = names[0].split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper()
