"""Dashboard: the status, pictures and check results of every story."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from sitegen.consent import calendar, gate
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Draft, ItemDraft, Kind, Source, Story
from sitegen.core.urls import file_of
from sitegen.devserver import overlay
from sitegen.devserver.target import BuiltSite
from sitegen.images import derivatives
from sitegen.pipeline import still_public
from sitegen.pipeline.request import BuildReport
from sitegen.templating.environment import day as day_in_words

PAGE_SIZE = 20
"""Stories on one page; hidden ones are rendered for it, a few a second with photos."""

Find = Callable[[str], bytes | None]
"""Returns the bytes of a served file; None if there is none."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A story or an item that is not public: the reason, and the first day on which that changes.

    A withdrawn one is not `readable`.
    """

    source: Source
    reason: str
    changes: date | None
    readable: bool

    @property
    def address(self) -> str:
        """The address in the preview; items have no page of their own and get one of the preview's."""
        if self.source.kind is Kind.ITEM:
            return f"/_preview/members-in-action/{self.source.slug}/"
        return self.source.address

    @property
    def why(self) -> str:
        """The status, the reason and the day of the change, in words."""
        when = (
            f"It goes live by itself on {day_in_words(self.changes)}."
            if self.changes
            else "It stays a draft until you change it."
        )
        return f"Draft – not public: {self.reason}. {when}"


def hidden(built: BuiltSite | None, report: BuildReport, today: date) -> Mapping[str, Hidden]:
    """Return hidden stories and items by address, without faulty ones, which are listed as problems."""
    if built is None:
        return {}
    found = built.loaded
    drafts: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    by_path = {draft.source.path: draft for draft in drafts}
    sources = {source.path: source for source in found.files.sources}
    withheld = [
        _hidden(sources[each.path], each.reason, by_path.get(each.path), today)
        for each in sorted(report.withheld, key=lambda each: each.path)
        if each.path in sources and each.reason != still_public.MISTAKE
    ]
    return {each.address: each for each in withheld}


def _hidden(source: Source, reason: str, draft: Draft | ItemDraft | None, today: date) -> Hidden:
    """Return a hidden story or item; `draft` is None if the site is at fault and nothing was parsed."""
    if draft is None:
        return Hidden(source, reason, None, readable=False)
    changes = min(calendar.changes_of(draft, today), default=None)
    return Hidden(source, reason, changes, readable=not gate.is_withdrawn(draft, today))


# -- the page -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryPreview:
    """A story and its page, empty if it can't be rendered; the path of its social card, "" without one.

    `why` is the reason if the story is hidden; `problems` were found while its draft page was rendered.
    """

    story: Story
    html: bytes
    card: str
    why: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A story as the dashboard shows it; focal point in percent of the crop, `weight` in bytes."""

    preview: StoryPreview
    portrait: str
    focus: tuple[float, float]
    weight: int
    problems: Markup


@dataclass(frozen=True, slots=True)
class Overview:
    """Input of the dashboard: status of the site after a build."""

    root: Path
    today: date
    base: str
    built: BuiltSite | None
    report: BuildReport
    hidden: Mapping[str, Hidden]


def stories_on_page(overview: Overview, number: int) -> tuple[list[Hidden | Story], int, int]:
    """Return the stories on a page, hidden ones first, the page's number, and that of the last page.

    Pages count from 1; a number out of range becomes the nearest one.
    """
    withheld = (each for each in overview.hidden.values() if each.readable and each.source.kind is Kind.STORY)
    public = overview.built.context.site.stories if overview.built else ()
    stories: list[Hidden | Story] = [*withheld, *public]
    last = max(1, -(-len(stories) // PAGE_SIZE))
    number = min(max(number, 1), last)
    return stories[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, last


def public_story(overview: Overview, story: Story, find: Find) -> StoryPreview:
    """Return a public story with its page as served."""
    html = find(file_of(story.source.address)) or b""
    return StoryPreview(story, html, _card(html, overview.base))


def page(overview: Overview, previews: Iterable[StoryPreview], find: Find, number: int, last: int) -> bytes:
    """Return the HTML of a page of the dashboard; `last` is the number of the last page."""
    return (
        _template()
        .render(
            base=overview.base,
            today=day_in_words(overview.today),
            hidden=list(overview.hidden.values()),
            held_back=overview.report.held_back,
            problems=overlay.problems_html(overview.root, overview.report.problems),
            rows=[_row(overview, preview, find) for preview in previews],
            public=len(overview.built.context.site.stories) if overview.built else 0,
            number=number,
            last=last,
        )
        .encode()
    )


def _row(overview: Overview, preview: StoryPreview, find: Find) -> Row:
    assert overview.built  # noqa: S101 - there are stories only where there is a site
    story = preview.story
    portrait, focus = "", (50.0, 50.0)
    if story.headshot and preview.html:
        recipe = derivatives.headshot(story.headshot, story.focus, overview.built.loaded.settings.images)
        portrait, focus = derivatives.derivatives(recipe)[1].address, _focal_point(recipe)
    own = (problem for problem in overview.report.problems if problem.where.path == story.source.path)
    return Row(
        preview=preview,
        portrait=portrait,
        focus=focus,
        weight=_weight(preview.html, overview.base, find),
        problems=overlay.problems_html(overview.root, dict.fromkeys((*own, *preview.problems))),
    )


def _focal_point(recipe: derivatives.Recipe) -> tuple[float, float]:
    """Return the focal point in percent of the crop, from its left and top edge."""
    left, top, right, bottom = derivatives.crop(recipe)
    x, y = recipe.focus.x / 100, recipe.focus.y / 100
    return (100 * (x - left) / (right - left), 100 * (y - top) / (bottom - top))


CARD = re.compile(rb'<meta property="og:image" content="([^"]+)"')
LOADED = re.compile(
    rb'<(?:img|script)\b[^>]*?\bsrc="([^"]+)"|<link rel="(?:stylesheet|icon)"[^>]*?href="([^"]+)"'
)
"""What a browser loads with a page; of a picture with several widths, the fallback only."""


def _card(html: bytes, base: str) -> str:
    """Return the path of a page's social card; "" without one."""
    found = CARD.search(html)
    return _path(found[1], base) if found else ""


def _weight(html: bytes, base: str, find: Find) -> int:
    """Return the size of a page and all that it loads, in bytes, uncompressed."""
    loaded = {_path(one or other, base) for one, other in LOADED.findall(html)}
    return len(html) + sum(len(find(path) or b"") for path in loaded)


def _path(written: bytes, base: str) -> str:
    """Return the path in the served tree for an address in a page."""
    path = urlsplit(unescape(written.decode(errors="replace"))).path
    return unquote(path.removeprefix(base)).lstrip("/")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(Path(__file__).with_name("dashboard.html").read_text(encoding="utf-8"))
