"""Content writer: front matter with comments and unused keys, and Markdown.

Any text that is written here is read back unchanged by `content.frontmatter`.
"""

import json
import re
from collections.abc import Iterator, Mapping

from sitegen.content import frontmatter
from sitegen.content.schema import ConsentForm, Form
from sitegen.content.strict_yaml import Value
from sitegen.core.diagnostics import Problem
from sitegen.markup.block_rules import BULLETS

NOTE = "Lines that begin with # are notes for you. The website never shows them."
UNUSED = 'To use one of these lines, remove the "# " in front of it and change the text after the colon.'
CONSENT = (
    "This is not public until consent is recorded. When you have filed the signed form, remove",
    'the "# " in front of these lines, correct them, and delete the line "draft: true".',
    "Besides website it can cover photo, full-name, school, social and search.",
)
CONSENT_OF_ITEM = (
    "If people can be recognized, this is not public until consent is recorded. When you have filed the",
    'signed form, remove the "# " in front of these lines, correct them, and delete the line "draft: true".',
    "It must cover website and photo.",
)
CONSENT_OF_PERSON = (
    "This is not public until everyone's consent is recorded. When you have filed this person's form, remove",
    'the "# " in front of these lines and correct them. With everyone\'s, delete the line "draft: true".',
)
OF_ONE_PERSON = frozenset({"name", "shown_as"})
"""Keys that a file with a list of people has in the list."""
NEVER_OFFERED = frozenset({"withdrawn"})
"""Keys that a new file never needs."""


def text(form: type[Form], values: Mapping[str, Value], body: str = "", notes: tuple[str, ...] = ()) -> str:
    """Return the text of a content file: the given values, unused keys as comments, and the body."""
    lines = [f"# {note}" for note in (NOTE, *notes)]
    has_list = isinstance(values.get("people"), list)
    unused: list[str] = []
    for key, field in form.model_fields.items():
        note = f"# {_sentence(field.description or key)}"
        if values.get(key):
            lines.extend((note, *_written(key, values[key])))
        elif key == "consent" or (has_list and key in OF_ONE_PERSON):
            pass
        elif field.examples:
            unused.append(_commented_out(key, field.examples[0], field.description))
    if unused:
        lines.extend(("#", f"# {UNUSED}", *unused))
    if "consent" in form.model_fields and not values.get("consent") and not has_list:
        notes = CONSENT_OF_ITEM if "people" in form.model_fields else CONSENT
        lines.extend(("#", *(f"# {note}" for note in notes), "# consent:", *_consent_template()))
    below = f"{body.strip()}\n" if body.strip() else ""
    return "\n".join(("---", *lines, "---", below))


def scalar(words: str, inside: bool = False) -> str:
    """Return a text as a YAML scalar that is read back unchanged; `inside` is for a list in brackets."""
    around = f"[{words}]" if inside else words
    read = frontmatter.read_yaml(f"key: {around}".encode(), "")
    meant = {"key": [words] if inside else words}
    if not isinstance(read, Problem) and read.values == meant and "\xa0" not in words:
        return words
    return UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(words, ensure_ascii=False))


UNESCAPED = re.compile("[\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that YAML reads only as escapes (YAML 1.1, 5.1, c-printable). JSON escapes the lower ones."""


def _written(key: str, value: Value, indent: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{key}:"
        for inner, one in value.items():
            if one:
                yield from _written(inner, one, indent + "  ")
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        yield f"{indent}{key}:"
        for one in value:
            if isinstance(one, dict):
                yield from _person(one, indent)
    elif isinstance(value, list):
        yield f"{indent}{key}: [{', '.join(scalar(str(one), inside=True) for one in value)}]"
    else:
        yield f"{indent}{key}: {scalar(str(value))}"


def _person(person: Mapping[str, Value], indent: str) -> Iterator[str]:
    """Yield the entry of a person in a list, with a consent to fill in where there is none."""
    given = [line for key, one in person.items() if one for line in _written(key, one, f"{indent}    ")]
    yield f"{indent}  - {given[0].strip()}"
    yield from given[1:]
    if not person.get("consent"):
        yield from (f"{indent}    # {note}" for note in CONSENT_OF_PERSON)
        yield f"{indent}    # consent:"
        yield from (f"{indent}    {line}" for line in _consent_template())


def _commented_out(key: str, example: str, description: str | None, indent: str = "") -> str:
    line = f"# {indent}{key}: {example}"
    return f"{line:<44}  # {description}" if description else line


TO_FILL_IN: Mapping[str, str] = {"given": "YYYY-MM-DD", "until": "YYYY-MM-DD", "covers": "[website]"}
"""Placeholders in the consent template; dates are invalid so that they can't be left unchanged."""


def _consent_template() -> Iterator[str]:
    for key in ConsentForm.model_fields:
        if key not in NEVER_OFFERED:
            yield template_line(ConsentForm, key, "  ")


def template_line(form: type[Form], key: str, indent: str = "") -> str:
    """Return the line that a new file has for an unused key; "" if it has none."""
    field = form.model_fields.get(key)
    if field is None or key == "consent":
        return "# consent:" if field else ""
    example = (TO_FILL_IN.get(key) if form is ConsentForm else None) or (field.examples or [""])[0]
    return _commented_out(key, example, field.description, indent) if field.examples else ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


SPECIAL = re.compile(
    r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#|\w+;)|~(?=~)|:(?=//|[a-z0-9_+-]+:)|(?<=[Ww]ww)\.(?=\w)"
)
LINE_START = re.compile(
    rf"^([#>=~:|]|[-+](?=\s|$)|-{{2,}}|\d{{1,9}}(?=[.)]\s))|^([{BULLETS}](?=\s))", re.MULTILINE
)
ENTITIES = {"&": "&amp;", "<": "&lt;", **{bullet: f"&#{ord(bullet)};" for bullet in BULLETS}}
"""Characters that are more readable as entities, or that Markdown has no backslash escape for."""


def plain(words: str) -> str:
    """Escape Markdown, so that a text is shown as typed, without headings, links or tags."""
    lines = "\n".join(line.strip() for line in words.split("\n"))
    return LINE_START.sub(_at_line_start, SPECIAL.sub(_escaped, lines))


def _escaped(found: re.Match[str]) -> str:
    return ENTITIES.get(found[0], f"\\{found[0]}")


def _at_line_start(found: re.Match[str]) -> str:
    if found[2]:
        return ENTITIES[found[2]]
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"
