"""Backstage: the preview's own page, which tells of every story what the public sees of it, and why not."""

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

from sitegen import consent, images, overlay, register, templates
from sitegen.addresses import file_of
from sitegen.greenroom import Backdrop
from sitegen.model import Draft, ItemDraft, Kind, Source, Story
from sitegen.order import Report
from sitegen.problems import Problem

PAGE_SIZE = 20
"""Stories on one page. Those that the public doesn't see are made for it, a few in a second with photos."""

Find = Callable[[str], bytes | None]
"""Returns the file at a path of the tree that stands, if there is one."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A story or an item that the public doesn't see: why, and the first day on which that changes.

    What was withdrawn is not `readable`.
    """

    source: Source
    reason: str
    changes: date | None
    readable: bool

    @property
    def address(self) -> str:
        """Where it can be read in the preview: an item, which has no page of its own, on one of ours."""
        if self.source.kind is Kind.ITEM:
            return f"/_preview/members-in-action/{self.source.slug}/"
        return self.source.address

    @property
    def why(self) -> str:
        """The reason and the day, in a sentence each."""
        when = (
            f"It becomes public by itself on {templates.day(self.changes)}."
            if self.changes
            else ("That doesn't change by itself.")
        )
        return f"The public doesn't see this: {self.reason}. {when}"


def hidden(backdrop: Backdrop | None, report: Report, today: date) -> Mapping[str, Hidden]:
    """Return what is withheld, by its address; what a mistake holds back is told as a problem instead."""
    if backdrop is None:
        return {}
    found = backdrop.found
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    by_path = {draft.source.path: draft for draft in drafts}
    sources = {source.path: source for source in found.shelf.sources}
    withheld = [
        _hidden(sources[each.path], each.reason, by_path.get(each.path), today)
        for each in sorted(report.withheld, key=lambda each: each.path)
        if each.path in sources and each.reason != register.MISTAKE
    ]
    return {each.address: each for each in withheld}


def _hidden(source: Source, reason: str, draft: Draft | ItemDraft | None, today: date) -> Hidden:
    """Return what is withheld; while the site is at fault there may be no draft of it yet."""
    if draft is None:
        return Hidden(source, reason, None, readable=False)
    changes = min(register.changes_of(draft, today), default=None)
    return Hidden(source, reason, changes, readable=not consent.is_withdrawn(draft, today))


# -- the page -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """A story and its page, if one could be made; the path of its social card, "" without one.

    Of a withheld story `why` says why the public doesn't see it; `problems` were found in its rehearsal.
    """

    story: Story
    html: bytes
    card: str
    why: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of a story. The focal point is in per cent of the crop; `weight` is in bytes."""

    seen: Seen
    portrait: str
    focus: tuple[float, float]
    weight: int
    problems: Markup


@dataclass(frozen=True, slots=True)
class Backstage:
    """What stands on the page."""

    root: Path
    today: date
    base: str
    backdrop: Backdrop | None
    report: Report
    hidden: Mapping[str, Hidden]


def on_page(stage: Backstage, number: int) -> tuple[list[Hidden | Story], int, int]:
    """Return the stories on a page, withheld ones first, the page's number, and that of the last page.

    Pages count from 1; where there is none with such a number, it is the nearest.
    """
    withheld = (each for each in stage.hidden.values() if each.readable and each.source.kind is Kind.STORY)
    public = stage.backdrop.edition.site.stories if stage.backdrop else ()
    stories: list[Hidden | Story] = [*withheld, *public]
    last = max(1, -(-len(stories) // PAGE_SIZE))
    number = min(max(number, 1), last)
    return stories[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, last


def public(stage: Backstage, story: Story, find: Find) -> Seen:
    """Return a public story with its page as it stands."""
    html = find(file_of(story.source.address)) or b""
    return Seen(story, html, _card(html, stage.base))


def page(stage: Backstage, shown: Iterable[Seen], find: Find, number: int, last: int) -> bytes:
    """Return a page, with the stories that are shown on it; `last` is the number of the last one."""
    return (
        _template()
        .render(
            base=stage.base,
            today=templates.day(stage.today),
            hidden=list(stage.hidden.values()),
            held_back=stage.report.held_back,
            problems=overlay.problems_html(stage.root, stage.report.problems),
            rows=[_row(stage, seen, find) for seen in shown],
            public=len(stage.backdrop.edition.site.stories) if stage.backdrop else 0,
            number=number,
            last=last,
        )
        .encode()
    )


def _row(stage: Backstage, seen: Seen, find: Find) -> Row:
    assert stage.backdrop  # noqa: S101 - there are stories only where there is a site
    story = seen.story
    portrait, focus = "", (50.0, 50.0)
    if story.headshot and seen.html:
        recipe = images.headshot(story.headshot, story.focus, stage.backdrop.found.settings.images)
        portrait, focus = images.derivatives(recipe)[1].address, _focal_point(recipe)
    told = (problem for problem in stage.report.problems if problem.where.path == story.source.path)
    return Row(
        seen=seen,
        portrait=portrait,
        focus=focus,
        weight=_weight(seen.html, stage.base, find),
        problems=overlay.problems_html(stage.root, dict.fromkeys((*told, *seen.problems))),
    )


def _focal_point(recipe: images.Recipe) -> tuple[float, float]:
    """Return the focal point in per cent of the crop, from its left and its top."""
    left, top, right, bottom = images.crop(recipe)
    x, y = recipe.focus.x / 100, recipe.focus.y / 100
    return (100 * (x - left) / (right - left), 100 * (y - top) / (bottom - top))


CARD = re.compile(rb'<meta property="og:image" content="([^"]+)"')
LOADED = re.compile(
    rb'<(?:img|script)\b[^>]*?\bsrc="([^"]+)"|<link rel="(?:stylesheet|icon)"[^>]*?href="([^"]+)"'
)
"""What a browser loads with a page; of a picture in several widths the one that stands for all."""


def _card(html: bytes, base: str) -> str:
    """Return the path of the picture that is shown where a page is shared; "" where it names none."""
    found = CARD.search(html)
    return _path(found[1], base) if found else ""


def _weight(html: bytes, base: str, find: Find) -> int:
    """Return the bytes of a page, with everything that it loads, uncompressed."""
    loaded = {_path(one or other, base) for one, other in LOADED.findall(html)}
    return len(html) + sum(len(find(path) or b"") for path in loaded)


def _path(written: bytes, base: str) -> str:
    """Return the path in the tree of an address in a page."""
    return unquote(urlsplit(unescape(written.decode(errors="replace"))).path).removeprefix(base).lstrip("/")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(Path(__file__).with_name("backstage.html").read_text(encoding="utf-8"))
