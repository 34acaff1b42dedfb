"""Public texts of a site: everything that its published files are made of."""

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from sitegen.audit.leak_scanner import TEXTS
from sitegen.audit.public_texts import PublicText
from sitegen.core import visible_text
from sitegen.core.model import Body, Item, Photo, Source, Story
from sitegen.site import feeds, json_ld, metadata, security_headers
from sitegen.site.context import Pictured, SiteContext
from sitegen.templating import environment
from sitegen.templating.theme import Asset

SETTINGS = "content/site.yaml"

BOILERPLATE = {module.__name__: module.BOILERPLATE for module in (feeds, security_headers, metadata, json_ld)}
"""What the program itself says on every site; a draft called "Schema Org" must not stop it."""

STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LITERAL = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")


def collect(
    context: SiteContext, assets: tuple[Asset, ...], only: Collection[str] | None = None
) -> Iterator[PublicText]:
    """Yield every text that was written for the public, and the addresses and words of the program.

    `only` are the paths of the content files that are wanted, where not all of them are.
    """
    for thing in (thing for thing in things(context) if only is None or thing.source.path in only):
        yield PublicText(thing.source.path, tuple(lines_of(thing)))
    yield PublicText(SETTINGS, tuple(lines_of(context.site.settings)))
    for name, text in environment.texts(context.templates).items():
        yield PublicText(f"templates/{name}", tuple(template_lines(text)))
    for asset in assets:
        if asset.name.endswith(TEXTS):
            yield PublicText(f"assets/{asset.name}", (_text(asset.file),))
    yield PublicText("", tuple(_own_lines(context, assets)))


def things(context: SiteContext) -> list[Pictured]:
    """Return all public content."""
    site = context.site
    return [*site.pages, *site.networks, *site.items, *site.stories]


def lines_of(value: object) -> Iterator[str]:
    """Yield every line of a thing that the public can read, and the targets of its links."""
    match value:
        case str():
            yield value
        case Source(address=address, slug=slug):
            yield from (address, slug)
        case Photo():
            return
        case Body() as body:
            yield from (body.html, *visible_text.lines(body.html))
            yield from (text for mark in body.pictures for text in (mark.alt, mark.caption))
        case tuple():
            for each in value:
                yield from lines_of(each)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from lines_of(getattr(value, field.name))


def _days_of(thing: Pictured) -> tuple[date, ...]:
    """Return the days that pages and feeds name of a thing."""
    if isinstance(thing, Story):
        return thing.date, thing.published, thing.updated
    return (thing.date,) if isinstance(thing, Item) else ()


def _forms_of(day: date) -> Iterator[str]:
    """Yield a day in every form that pages and feeds use."""
    yield from (day.isoformat(), environment.day(day), environment.month(day))


def template_lines(text: str) -> Iterator[str]:
    """Yield the text of a template, and each literal in its expressions."""
    literal = STATEMENT.sub(visible_text.BREAK, text)
    yield from (*literal.split(visible_text.BREAK), *visible_text.lines(literal))
    for statement in STATEMENT.findall(text):
        if not statement.startswith("{#"):
            yield from (single or double for single, double in LITERAL.findall(statement))


def _own_lines(context: SiteContext, assets: tuple[Asset, ...]) -> Iterator[str]:
    for words in BOILERPLATE.values():
        yield from (words, *re.split(r'["<>\n]', words))
    yield from environment.MONTHS
    for day in {context.last_left, *(day for thing in things(context) for day in _days_of(thing))}:
        yield from _forms_of(day)
    yield from context.addresses
    yield from (f"/assets/{asset.name}" for asset in assets)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""
