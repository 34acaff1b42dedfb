"""Backstage: the preview's own page, which tells of every story what the public sees of it, and why not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from sitegen import images, overlay, register, templates
from sitegen.addresses import file_of
from sitegen.greenroom import Backdrop
from sitegen.model import Draft, ItemDraft, Kind, Source, Story
from sitegen.order import Report
from sitegen.problems import Problem

PAGE_SIZE = 50
"""Public stories on one page."""

Find = Callable[[str], bytes | None]
"""Returns the file at a path of the tree that stands, if there is one."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A story or an item that the public doesn't see: why, and the first day on which that changes."""

    source: Source
    reason: str
    changes: date | None

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
    return {
        sources[each.path].address: Hidden(
            sources[each.path],
            each.reason,
            min(register.changes_of(by_path[each.path], today), default=None)
            if each.path in by_path
            else None,
        )
        for each in report.withheld
        if each.path in sources and each.reason != register.MISTAKE
    }


# -- the page -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of a public story. The focal point is in per cent of the crop; `weight` is in bytes."""

    story: Story
    portrait: str
    focus: tuple[float, float]
    card: str
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


def page(stage: Backstage, find: Find, number: int) -> bytes:
    """Return one page of it; `number` counts the pages of public stories from 1."""
    stories = stage.backdrop.edition.site.stories if stage.backdrop else ()
    total = max(1, -(-len(stories) // PAGE_SIZE))
    number = min(max(number, 1), total)
    shown = stories[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    problems = stage.report.problems
    return (
        _template()
        .render(
            base=stage.base,
            today=templates.day(stage.today),
            hidden=sorted(stage.hidden.values(), key=lambda each: each.source.path),
            held_back=stage.report.held_back,
            problems=overlay.problems_html(stage.root, problems),
            rows=[_row(stage, story, find, problems) for story in shown],
            public=len(stories),
            number=number,
            total=total,
            kind=Kind,
        )
        .encode()
    )


def _row(stage: Backstage, story: Story, find: Find, problems: tuple[Problem, ...]) -> Row:
    assert stage.backdrop  # noqa: S101 - there are stories only where there is a site
    html = find(file_of(story.source.address)) or b""
    portrait, focus = "", (50.0, 50.0)
    if story.headshot:
        recipe = images.headshot(story.headshot, story.focus, stage.backdrop.found.settings.images)
        portrait, focus = images.derivatives(recipe)[1].address, _focal_point(recipe)
    of_story = [problem for problem in problems if problem.where.path == story.source.path]
    return Row(
        story=story,
        portrait=portrait,
        focus=focus,
        card=_card(html, stage.base),
        weight=_weight(html, stage.base, find),
        problems=overlay.problems_html(stage.root, of_story),
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
