"""The gate: what is cleared for today, and how much of it is shown. Only here do Stories and Items begin."""

from dataclasses import replace
from datetime import date, timedelta

from sitegen.model import Consent, Draft, Item, ItemDraft, Rehearsal, Scope, Story, Withheld


def clear(drafts: tuple[Draft, ...], today: date) -> tuple[tuple[Story, ...], tuple[Withheld, ...]]:
    """Part drafts into stories that hold only what is covered, and the files that are withheld today."""
    stories, withheld = [], []
    for draft in drafts:
        reason = why_withheld(draft, today)
        if reason is None and draft.consent is not None:
            stories.append(_story(draft, draft.consent.covers))
        else:
            withheld.append(Withheld(draft.source.path, reason or NO_CONSENT))
    return tuple(stories), tuple(withheld)


def clear_items(drafts: tuple[ItemDraft, ...], today: date) -> tuple[tuple[Item, ...], tuple[Withheld, ...]]:
    """Part items likewise; those in which nobody can be recognized need no consent."""
    items, withheld = [], []
    for draft in drafts:
        reason = _why_item_withheld(draft, today)
        if reason is None:
            items.append(_item(draft))
        else:
            withheld.append(Withheld(draft.source.path, reason))
    return tuple(items), tuple(withheld)


NO_CONSENT = "no consent is recorded"


def why_withheld(draft: Draft, today: date) -> str | None:
    """Say in plain words why the public doesn't see a story today; None where it does."""
    if draft.is_draft:
        return "it is a draft"
    unconsented = _why_unconsented(draft.consent, today)
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


def rehearse(draft: Draft | ItemDraft, today: date) -> Rehearsal | None:
    """Return what is withheld as the public would see it, were it cleared; None where it was withdrawn.

    This is no way through the gate: nothing that publishes takes a Rehearsal. It is for the preview of
    whoever has the file before them anyway, and a test looks that nobody else asks for one. Where no
    consent is recorded, it shows what the least consent would.
    """
    if is_withdrawn(draft, today):
        return None
    covers = draft.consent.covers if draft.consent else (Scope.WEBSITE,)
    if isinstance(draft, ItemDraft):
        hides = draft.people and Scope.PHOTO not in covers
        return Rehearsal(_item(replace(draft, photo=None, alt="", caption="", photos=()) if hides else draft))
    return Rehearsal(replace(_story(draft, covers), searchable=False))


def is_withdrawn(draft: Draft | ItemDraft, day: date) -> bool:
    """Tell whether a consent was given once and is taken back by a day."""
    given = draft.consent
    return bool(given and given.withdrawn and day >= given.withdrawn)


def is_cleared(draft: Draft | ItemDraft, day: date) -> bool:
    """Tell whether the public sees a story or an item on a day."""
    if isinstance(draft, ItemDraft):
        return _why_item_withheld(draft, day) is None
    return why_withheld(draft, day) is None


def last_day(draft: Draft | ItemDraft) -> date | None:
    """Return the last day on which the public can see a draft, if it is cleared at all; None: no end."""
    ends = [draft.consent.until] if draft.consent else []
    if draft.consent and draft.consent.withdrawn:
        ends.append(draft.consent.withdrawn - timedelta(1))
    if isinstance(draft, Draft) and draft.expire:
        ends.append(draft.expire - timedelta(1))
    return min(ends, default=None)


Span = tuple[int, int]
"""The first and the last day, as ordinals, on which the public sees what it sees today."""

ALWAYS: Span = (date.min.toordinal(), date.max.toordinal())


def span(draft: Draft | ItemDraft) -> Span:
    """Return the days on which a draft that is cleared today is so in just the same way."""
    starts = [draft.consent.given] if draft.consent else []
    if isinstance(draft, Draft) and draft.publish:
        starts.append(draft.publish)
    first, last = max(starts, default=date.min), last_day(draft) or date.max
    return first.toordinal(), last.toordinal()


def holds(passed: Span | None, today: date) -> bool:
    """Tell whether what passed the gate once may pass today; without a span it always may."""
    first, last = passed or ALWAYS
    return first <= today.toordinal() <= last


def _why_unconsented(consent: Consent | None, today: date) -> str | None:
    if consent is None:
        return NO_CONSENT
    if consent.withdrawn and today >= consent.withdrawn:
        return f"the consent was withdrawn on {consent.withdrawn}"
    if Scope.WEBSITE not in consent.covers:
        return "the consent doesn't cover the website"
    if today < consent.given:
        return f"the consent begins on {consent.given}"
    if today > consent.until:
        return f"the consent ended on {consent.until}"
    return None


def _why_item_withheld(draft: ItemDraft, today: date) -> str | None:
    if draft.consent is None:
        return f"people can be recognized, and {NO_CONSENT}" if draft.people else None
    unconsented = _why_unconsented(draft.consent, today)
    if unconsented:
        return unconsented
    if draft.people and Scope.PHOTO not in draft.consent.covers:
        return "people can be recognized, and the consent doesn't cover the photo"
    return None


def _story(draft: Draft, covers: tuple[Scope, ...]) -> Story:
    name = draft.name if Scope.FULL_NAME in covers else draft.name.split()[0]
    with_photo = Scope.PHOTO in covers
    headshot = draft.headshot if with_photo else None
    return Story(
        source=draft.source,
        name=name,
        initials=initials(name),
        school=draft.school if Scope.SCHOOL in covers else "",
        year=draft.year,
        field=draft.field,
        role=draft.role,
        date=draft.date,
        headshot=headshot,
        alt=draft.alt if headshot else "",
        focus=draft.focus,
        quote=draft.quote,
        title=draft.title or (f"{name}, {draft.field}" if draft.field else name),
        topics=draft.topics,
        aliases=draft.aliases,
        body=draft.body,
        photos=draft.photos if with_photo else (),
        searchable=Scope.SEARCH in covers,
        shareable=Scope.SOCIAL in covers,
    )


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
    )


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper()
