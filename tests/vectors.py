"""What wants to run in a visitor's browser: read from `hostile/scripts.txt`, and put into every field.

The fields are those of the forms in `schema`, so one that is added later is tried, too.
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

from sitegen import markup, schema
from sitegen.addresses import WEB
from sitegen.engine import EXTENSIONS
from sitegen.limits import LONGEST_LINE
from sitegen.model import Kind
from sitegen.schema import Form, SettingsForm
from tests.conftest import CONSENT, Site

CORPUS = Path(__file__).parent / "hostile/scripts.txt"
CLASS = re.compile(r"\[([^:\]]+): ([a-z ]+)\]")

FOLDERS = {Kind.STORY: "stories/", Kind.ITEM: "members-in-action/", Kind.NETWORK: "networks/", Kind.PAGE: ""}

BASE = "/public"
"""What the sites stand below, so that a page beside them can hold theirs in frames."""


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
"""What breaks out of a cell, a path, YAML, Markdown or a template, where somebody is careless."""


@dataclass(frozen=True)
class Vector:
    """One try: its number, the class that it is of, where a careless site would print it, and the text."""

    number: int
    kind: str
    context: str
    text: str

    @property
    def in_a_field(self) -> str:
        """The text, where it must not name a photo that lies beside it: no file of a photo is ever told."""
        return self.text.replace("photo.jpg", "x.jpg")


def read(elsewhere: str = "127.0.0.1:7") -> tuple[Vector, ...]:
    """Return all of the corpus; `elsewhere` is the host and port that nobody may be sent to."""
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


# -- a careless site ------------------------------------------------------------------------


def careless(vector: Vector) -> str:
    """Return the page that a site without any care would make of a text."""
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
    """Return what Jinja makes of a text; the sandbox is for us, whose machine this is."""
    try:
        return SandboxedEnvironment().from_string(text).render()
    except Exception:
        return text


# -- every field ----------------------------------------------------------------------------

KEPT: Mapping[tuple[str, str], Any] = {
    ("StoryForm", "headshot"): "portrait.jpg",
    ("StoryForm", "consent"): {**CONSENT, "covers": CONSENT["covers"].strip("[]").split(", ")},
    ("ItemForm", "photo"): "portrait.jpg",
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
}
"""What has to lead somewhere, or to be as it is for the rest to be shown. All else takes what it can."""


MOST_ENTRIES = 5
"""Entries of a menu and the like: they stand on every page, so many of them make every page long."""


@dataclass(frozen=True)
class Filled:
    """A form filled in: its values, the keys that took the text, and those that refused all of it."""

    values: dict[str, Any]
    took: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def filled(form: type[Form], texts: Sequence[str], turn: int = 0) -> Filled:
    """Fill in a form with texts, wherever it takes them.

    What holds one text only gets as many as there is room for, from another one on at each key; `turn`
    moves all of them on.
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
    """Return what a key takes of the texts, None where it takes none; and the keys within it that do."""
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
    """Tell whether a form can be filled with a value at a key."""
    return not isinstance(schema.fill(form, {**_needed(form), key: value}), tuple)


def _inner(annotation: Any) -> type[Form] | None:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Form) else None
    return next(filter(None, map(_inner, getattr(annotation, "__args__", ()))), None)


def takes_as_text(text: str) -> bool:
    """Tell whether a text can be published as the body of a file: it leads to nothing that isn't there."""
    body, remarks = markup.render(text)
    leads_on = all(link == "#" or WEB.match(link) for link in body.links)
    shows = all(mark.alt and mark.source.startswith(("photo.jpg", "http")) for mark in body.pictures)
    return leads_on and shows and not any(remark.severity == "error" for remark in remarks)


# -- a site full of them --------------------------------------------------------------------


def write(site: Site, vectors: Sequence[Vector], turn: int = 0, together: int = 1) -> dict[str, set[int]]:
    """Put vectors into every field of every kind of content; return by field the numbers that stand in it.

    A file holds several `together`, except for items, of which all stand on one page anyway.
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
    """Return YAML as JSON, one key a line: no letter of a value means anything there."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())


def broken(vector: Vector) -> Iterator[tuple[str, str]]:
    """Yield a file that can't be published: a vector is an unknown key in it, and stands for a day."""
    written = json.dumps(vector.text)
    yield f"content/stories/k{vector.number}.md", f"---\n{written}: x\ndate: {written}\n---\n"


def draft(vector: Vector) -> str:
    """Return the file of a story that only the preview shows, full of a vector."""
    form = filled(schema.StoryForm, [vector.in_a_field])
    values = {key: value for key, value in form.values.items() if key != "headshot"}
    body = vector.text if takes_as_text(vector.text) and "photo.jpg" not in vector.text else ""
    return f"---\n{_yaml({**values, 'draft': 'true'})}---\n{body}\n"
