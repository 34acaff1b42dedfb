"""The register of consent: who is public on a day, for how long, and on which day that changes by itself."""

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sitegen import consent, output
from sitegen.model import Announcement, Consent, Draft, Item, ItemDraft, Kind, Network, Page, Story, Withheld
from sitegen.output import Tree
from sitegen.scan import TAKEN_BY_LISTS
from sitegen.survey import Survey, survey

HORIZONS = (30, 60, 90)
"""Days ahead in which an end is worth knowing."""

MISTAKE = "there is a mistake in it"


@dataclass(frozen=True, slots=True)
class Published:
    """A file that the public sees, and the last day of that (None: no end is set)."""

    path: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Register:
    """How consent stands on a day.

    `next_change` is the next day on which the site changes without anybody changing a file; `ended` has
    the addresses at which the public still sees what is not cleared any more.
    """

    day: date
    published: tuple[Published, ...]
    withheld: tuple[Withheld, ...]
    next_change: date | None
    ended: tuple[str, ...]

    def ending(self, days: int) -> tuple[Published, ...]:
        """Return what is public today and will not be in so many days."""
        horizon = self.day + timedelta(days)
        return tuple(entry for entry in self.published if entry.last and entry.last < horizon)


def read(root: Path, out: Path, day: date) -> Register:
    """Return the register of a site on a day, beside what stands published in `out`."""
    found = survey(root)
    stories, withheld = consent.clear(found.sound.stories, day)
    items, withheld_items = consent.clear_items(found.sound.items, day)
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    cleared = {story.source.path for story in stories} | {item.source.path for item in items}
    broken = {source.path for source in found.shelf.sources if source.kind in (Kind.STORY, Kind.ITEM)}
    broken -= {draft.source.path for draft in drafts}
    everything = (*withheld, *withheld_items, *(Withheld(path, MISTAKE) for path in broken))
    return Register(
        day=day,
        published=tuple(
            sorted(
                (
                    Published(draft.source.path, consent.last_day(draft))
                    for draft in drafts
                    if draft.source.path in cleared
                ),
                key=lambda entry: (entry.last or date.max, entry.path),
            )
        ),
        withheld=tuple(sorted(everything, key=lambda entry: entry.path)),
        next_change=_next_change(drafts, found.settings.announcement, day),
        ended=still_shown(out, output.standing(out).tree, found, stories, items),
    )


def still_shown(
    out: Path, tree: Tree, found: Survey, stories: tuple[Story, ...], items: tuple[Item, ...]
) -> tuple[str, ...]:
    """Return the addresses at which a published tree shows a story or an item that is not cleared."""
    named = (re.fullmatch(r"stories/([^/]+)/index\.html", path) for path in tree.digests)
    shown = {f"/stories/{match[1]}/" for match in named if match and match[1] not in TAKEN_BY_LISTS}
    things: list[Page | Network | Story] = [*found.pages, *found.networks, *stories]
    cleared = {story.source.address for story in stories}
    cleared.update(alias for thing in things for alias in thing.aliases)
    with contextlib.suppress(OSError):
        page = (out / "members-in-action/index.html").read_text(encoding="utf-8", errors="replace")
        anchors = (source for source in found.shelf.sources if source.kind is Kind.ITEM)
        shown.update(source.address for source in anchors if f'id="{source.slug}"' in page)
        cleared.update(item.source.address for item in items)
    return tuple(sorted(shown - cleared))


def _next_change(
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
        before = consent.is_cleared(draft, each - timedelta(1))
        if each > day and before != consent.is_cleared(draft, each):
            yield each


def _days(draft: Draft | ItemDraft) -> set[date]:
    days = _days_of(draft.consent) if draft.consent else set()
    if isinstance(draft, Draft):
        days |= {each for each in (draft.publish, draft.expire) if each}
    return days


def _days_of(given: Consent) -> set[date]:
    days = {given.given, given.until + timedelta(1)}
    return days | {given.withdrawn} if given.withdrawn else days
