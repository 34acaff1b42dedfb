"""XSS vectors: read from `xss/vectors.txt`, and put into every field of content.

The fields are those of the schema, so a new one is tried, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2.sandbox import SandboxedEnvironment
from markdown import Markdown

from sitegen.content import schema, validation
from sitegen.content.schema import Form, SettingsForm
from sitegen.core.limits import LONGEST_LINE
from sitegen.core.model import Kind
from sitegen.core.urls import WEB
from sitegen.markup import render
from sitegen.markup.fast_markdown import EXTENSIONS
from tests.support.site import CONSENT, Site

CORPUS = Path(__file__).parents[1] / "xss/vectors.txt"
CLASS = re.compile(r"\[([^:\]]+): ([a-z ]+)\]")

FOLDERS = {Kind.STORY: "stories/", Kind.ITEM: "members-in-action/", Kind.NETWORK: "networks/", Kind.PAGE: ""}

BASE = "/public"
"""Base path of the sites, so that a page above them can show theirs in frames."""


ODD = (
    *(
        "../x",
        "../../etc/passwd",
        "C:\\x",
        "..\\..\\x",
        "%2e%2e/x",
        "/abs",
        ".hidden",
        "CON",
        "nul.md",
        "a/b/c",
    ),
    *(
        "=1+1",
        "@SUM(1)",
        "-2+3|cmd",
        "+x(1)",
        "a\0b",
        "x\u202ey",
        "x\u2066y",
        "\ufeffBom",
        "a\x85b",
        "\u2028",
    ),
    *(
        "--- \n---",
        "y: [",
        "<<: *a",
        "&a x",
        "!!python/object:x y",
        '"',
        "'",
        "\\",
        "~",
        "null",
        "yes",
        "1e3",
    ),
    *("[a, b]", "{a: b}", "# no", "a #b", "#tag", "- a", "? a", "| a", "> a", "% a", "` a", "*a", "@a b"),
    *("A" * 500, "﷽" * 40, "🏳️‍🌈 Flag", "İstanbul", "content/site.yaml", "\x1b[31mred", "{{ x }}", "&#1 b"),
)
"""Texts that break out of a cell, a path, YAML, Markdown or a template without escaping."""


@dataclass(frozen=True)
class Vector:
    """One vector: its number, its class, the place where an unprotected site would print it, and the text."""

    number: int
    kind: str
    context: str
    text: str

    @property
    def in_a_field(self) -> str:
        """The text, without the name of a photo beside it: names of photos are never published."""
        return self.text.replace("photo.jpg", "x.jpg")


def read(elsewhere: str = "127.0.0.1:7") -> tuple[Vector, ...]:
    """Return the whole corpus; `elsewhere` is the host and port that must get no request."""
    found: list[Vector] = []
    kind = context = ""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        heading = CLASS.fullmatch(line)
        if heading:
            kind, context = heading.groups()
        elif line and kind:
            found.append(Vector(len(found), kind, context, _spelled(line, len(found), elsewhere)))
    return tuple(found)


def _spelled(line: str, number: int, elsewhere: str) -> str:
    text = re.sub(r"\{U\+([0-9A-F]+)\}", lambda found: chr(int(found[1], 16)), line)
    text = text.replace("CANARY", f"http://{elsewhere}/{number}").replace("ELSEWHERE", elsewhere)
    return text.replace("ran()", f"ran({number})")


# -- an unprotected site --------------------------------------------------------------------


def careless(vector: Vector) -> str:
    """Return the page that an unprotected site would make of a text."""
    text = vector.text
    match vector.context:
        case "quoted":
            inside = f'<b title="{text}">x</b>'
        case "bare":
            inside = f"<b tabindex=0 title={text}>x</b>"
        case "address":
            inside = f"""<a href='{text.replace("'", "&#39;")}'>x</a>"""
        case "json":
            inside = f'<script type="application/ld+json">{{"x": "{text}"}}</script>'
        case "javascript":
            inside = f'<script>var x = "{text}"</script>'
        case "css":
            inside = f"<style>p {{ {text} }}</style><p>x</p>"
        case "attribute css":
            inside = f'<p style="{escape(text)}">x</p>'
        case "markdown":
            inside = _markdown().reset().convert(text)
        case "template":
            inside = _filled_in(text)
        case _:
            inside = text
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{inside}'


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, "attr_list", "md_in_html"])


def _filled_in(text: str) -> str:
    """Return a text rendered by Jinja; the sandbox protects this machine."""
    try:
        return SandboxedEnvironment().from_string(text).render()
    except Exception:
        return text


# -- every field ----------------------------------------------------------------------------

KEPT: Mapping[tuple[str, str], Any] = {
    ("StoryForm", "headshot"): "portrait.jpg",
    ("StoryForm", "consent"): {**CONSENT, "covers": CONSENT["covers"].strip("[]").split(", ")},
    ("StoryForm", "people"): None,
    ("ItemForm", "photo"): "portrait.jpg",
    ("ItemForm", "people"): "false",
    ("ItemForm", "consent"): None,
    ("PageForm", "translation_of"): None,
    ("LinkForm", "to"): "index.md",
    ("AnnouncementForm", "from"): "2026-01-01",
    ("AnnouncementForm", "until"): "2027-01-01",
    ("AnnouncementForm", "date"): "2026-12-01",
    ("SettingsForm", "url"): f"https://example.org{BASE}",
    ("SettingsForm", "page_size"): "500",
    ("SettingsForm", "cards"): "false",
    ("SettingsForm", "fields"): None,
    ("SettingsForm", "topics"): None,
    ("SettingsForm", "keep"): None,
}
"""Keys that keep their values, because others depend on them. All others get the vectors they accept."""


MOST_ENTRIES = 5
"""Most entries of a menu and the like: they are on every page, so many of them make every page long."""


@dataclass(frozen=True)
class Filled:
    """A filled schema: its values, the keys that accepted texts, and those that refused all of them."""

    values: dict[str, Any]
    took: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def filled(form: type[Form], texts: Sequence[str], turn: int = 0) -> Filled:
    """Fill a schema with texts, wherever it accepts them.

    A key for one text gets as many texts as fit, beginning with another one at each key; `turn` shifts all of
    them.
    """
    values, took, refused = _needed(form), [], []
    for place, (name, field) in enumerate(form.model_fields.items()):
        key = field.alias or name
        if (form.__name__, key) in KEPT:
            values[key] = KEPT[form.__name__, key]
            continue
        written, inner_took = _written(form, key, field.annotation, texts, turn + place)
        if written is None:
            refused.append(key)
        else:
            values[key] = written
            took.extend(inner_took or [key])
    return Filled({key: value for key, value in values.items() if value is not None}, (*took,), (*refused,))


def _needed(form: type[Form]) -> dict[str, Any]:
    return {
        field.alias or name: KEPT.get((form.__name__, field.alias or name), (field.examples or [""])[0])
        for name, field in form.model_fields.items()
        if field.is_required()
    }


def _written(
    form: type[Form], key: str, annotation: Any, texts: Sequence[str], turn: int
) -> tuple[Any, list[str]]:
    """Return the texts that a key accepts, None if there are none, and the keys in it that accept some."""
    inner = _inner(annotation)
    moved = [*texts[turn * 5 % len(texts) :], *texts[: turn * 5 % len(texts)]]
    if inner:
        each = [filled(inner, [text], turn) for text in moved[:MOST_ENTRIES]]
        whole = filled(inner, texts, turn)
        shapes: list[Any] = [[one.values for one in each if one.took], whole.values]
        names = [f"{key}.{name}" for name in dict.fromkeys(name for one in each for name in one.took)]
        if not names:
            return None, []
    else:
        shapes, names = [_joined(moved), *moved, moved[:2], *([text] for text in moved)], []
    return next(((shape, names) for shape in shapes if takes(form, key, shape)), (None, []))


def _joined(texts: Sequence[str]) -> str:
    joined = texts[0]
    for text in texts[1:]:
        joined = f"{joined} {text}" if len(joined) + len(text) < LONGEST_LINE else joined
    return joined


def takes(form: type[Form], key: str, value: Any) -> bool:
    """Return whether a schema accepts a value at a key."""
    return not isinstance(validation.fill(form, {**_needed(form), key: value}), tuple)


def _inner(annotation: Any) -> type[Form] | None:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Form) else None
    return next(filter(None, map(_inner, getattr(annotation, "__args__", ()))), None)


def takes_as_text(text: str) -> bool:
    """Return whether a text can be published as the body of a file: it has no broken links."""
    body, remarks = render.render(text)
    leads_on = all(link == "#" or WEB.match(link) for link in body.links)
    shows = all(mark.alt and mark.source.startswith(("photo.jpg", "http")) for mark in body.pictures)
    return leads_on and shows and not any(remark.severity == "error" for remark in remarks)


# -- a site full of them --------------------------------------------------------------------


def write(site: Site, vectors: Sequence[Vector], turn: int = 0, together: int = 1) -> dict[str, set[int]]:
    """Put vectors into every field of every kind of content; return the numbers in each field.

    A file has several `together`, except for items, which are all on one page anyway.
    """
    took: dict[str, set[int]] = {}
    texts = [vector.in_a_field for vector in vectors]
    _note(took, "site", chosen := filled(SettingsForm, texts, turn), vectors)
    site.write("content/site.yaml", _yaml(chosen.values)).page("index", "Home.", layout="home")
    for kind, folder in FOLDERS.items():
        site.photo(f"content/{folder}portrait.jpg", (60, 60)).photo(f"content/{folder}photo.jpg", (50, 50))
        size = 1 if kind is Kind.ITEM else together
        for first in range(0, len(vectors), size):
            group = vectors[first : first + size]
            form = filled(schema.FORMS[kind], [vector.in_a_field for vector in group], turn)
            body = [vector for vector in group if takes_as_text(vector.text)]
            text = "\n\n".join(vector.text for vector in body)
            site.write(f"content/{folder}v{group[0].number}.md", f"---\n{_yaml(form.values)}---\n{text}\n")
            _note(took, str(kind), form, group)
            took.setdefault(f"{kind}.text", set()).update(vector.number for vector in body)
    return took


def _note(took: dict[str, set[int]], what: str, form: Filled, vectors: Sequence[Vector]) -> None:
    for key in form.took:
        written = json.dumps(form.values[key.partition(".")[0]])
        here = {vector.number for vector in vectors if json.dumps(vector.in_a_field)[1:-1] in written}
        took.setdefault(f"{what}.{key}", set()).update(here)


def _yaml(values: Mapping[str, Any]) -> str:
    """Return YAML in JSON syntax, one key a line: no character of a value has a meaning there."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())


def broken(vector: Vector) -> Iterator[tuple[str, str]]:
    """Yield a file that can't be published: a vector is an unknown key in it, and a date."""
    written = json.dumps(vector.text)
    yield f"content/stories/k{vector.number}.md", f"---\n{written}: x\ndate: {written}\n---\n"


def draft(vector: Vector) -> str:
    """Return the file of a draft, full of a vector."""
    form = filled(schema.StoryForm, [vector.in_a_field])
    values = {key: value for key, value in form.values.items() if key != "headshot"}
    body = vector.text if takes_as_text(vector.text) and "photo.jpg" not in vector.text else ""
    return f"---\n{_yaml({**values, 'draft': 'true'})}---\n{body}\n"
