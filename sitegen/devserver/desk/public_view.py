"""Public view: what the public will see of a story in a form.

The consent gate decides. The page and the list come from one rendering of the file that the form would write.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.consent import gate, group
from sitegen.core.model import Draft, Scope, Source, Story
from sitegen.core.status import DRAFT, LIVE, NEEDS_FIXING
from sitegen.devserver import draft_pages
from sitegen.devserver.desk.context import Desk
from sitegen.templating.environment import day as day_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the public sees or doesn't see: its name, whether it does, and how."""

    name: str
    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class PublicView:
    """Status, its reason, what the public sees, and the page, "" if it can't be shown yet.

    `missing` says what is needed before anything can be shown.
    """

    status: str = ""
    why: str = ""
    lines: tuple[Line, ...] = ()
    page: str = ""
    missing: tuple[str, ...] = ()


def of_file(desk: Desk, source: Source, data: bytes | None, with_new_photo: bool = False) -> PublicView:
    """Return what the public will see of a file, or of the bytes that a form would write into it."""
    built, today = desk.session.built, desk.session.today()
    if built is None:
        return PublicView(missing=("The preview is here as soon as the site itself has no mistake.",))
    drawn = draft_pages.render_draft(desk.root, built, source, today, desk.session.pictures, data=data)
    desk.session.state.pictures.update(drawn.pictures)
    messages = tuple(f"{problem.message} {problem.hint}".strip() for problem in drawn.problems)
    if drawn.story is None or not isinstance(drawn.draft, Draft):
        return PublicView(missing=messages or ("Consent was withdrawn: nothing of it is shown.",))
    if any(problem.is_error for problem in drawn.problems):
        status, reason = NEEDS_FIXING, ""
    else:
        why = gate.why_withheld(drawn.draft, today)
        status, reason = LIVE if why is None else DRAFT, _reason(drawn.draft, why)
    lines = tuple(_lines(drawn.draft, drawn.story, with_new_photo))
    page = (drawn.page or b"").decode()
    return PublicView(status, reason, lines, page, messages)


def _reason(draft: Draft, why: str | None) -> str:
    """Return why the public won't see a story, or until when it will, in a sentence."""
    if why == gate.IS_DRAFT:
        return "It is marked as a draft."
    if why is not None:
        return f"{why[:1].upper()}{why[1:]}."
    last = gate.last_day(draft)
    return f"From the next time you publish{f' until {day_in_words(last)}' if last else ''}."


def _lines(draft: Draft, story: Story, with_new_photo: bool) -> Iterator[Line]:
    uses = group.shared_uses(draft.people)
    yield Line("Name", Scope.FULL_NAME in uses, f"“{story.name}” is shown.")
    with_photo = Scope.PHOTO in uses
    has_photo = draft.headshot is not None or with_new_photo
    instead = f"The initials {story.initials} are shown."
    photo = "The photo is shown." if with_photo and has_photo else instead
    yield Line("Photo", with_photo, photo if has_photo else f"There is none yet. {instead}")
    if draft.school:
        named = f"“{story.school}” is named." if story.school else "The school is not named."
    else:
        named = "No school is given."
    yield Line("School", Scope.SCHOOL in uses, named)
    yield Line(
        "Social",
        story.shareable,
        "The page has links for sharing it." if story.shareable else "The page has no links for sharing it.",
    )
    is_found = Scope.SEARCH in uses
    yield Line(
        "Search",
        is_found,
        "Search engines may list it." if is_found else "Search engines are asked to leave it out.",
    )
