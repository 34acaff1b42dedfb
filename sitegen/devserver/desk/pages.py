"""Desk pages: HTML from the templates in this folder."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sitegen.devserver.desk import story_fields
from sitegen.devserver.desk.context import Desk
from sitegen.devserver.desk.story_fields import SIGNERS, Widget
from sitegen.devserver.routes import KINDS, Answer
from sitegen.lint.rules import LONGEST_QUOTE

FOLDER = Path(__file__).parent

FILES = {"desk.css": ".css", "desk.js": ".js"}


def render(template: str, desk: Desk, **values: Any) -> str:
    """Return the HTML of a template."""
    return (
        _environment()
        .get_template(template)
        .render(
            base=desk.overview.base,
            token=desk.token,
            can_edit=desk.can_edit,
            site_at_fault=desk.overview.report.site_at_fault,
            **values,
        )
    )


def page(template: str, desk: Desk, code: int = 200, **values: Any) -> Answer:
    """Return a page as a response."""
    return Answer(code, body=render(template, desk, **values).encode())


def own_file(name: str) -> Answer | None:
    """Return the desk's style sheet or script; None if it is another name."""
    if name not in FILES:
        return None
    return Answer(200, KINDS[FILES[name]], (FOLDER / name).read_bytes())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        Widget=Widget,
        SIGNERS=SIGNERS,
        USES=list(story_fields.uses()),
        LONGEST_QUOTE=LONGEST_QUOTE,
        has_day_picker=story_fields.has_day_picker,
    )
    return environment
