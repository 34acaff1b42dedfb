"""Content files written for people: each key with a note on what it is for, the unused ones in waiting.

What is written here is read back by `frontmatter` as it was meant, whatever the text holds.
"""

import json
import re
from collections.abc import Iterator, Mapping

from sitegen import frontmatter
from sitegen.frontmatter import Value
from sitegen.problems import Problem
from sitegen.schema import ConsentForm, Form

NOTE = "Lines that begin with # are notes for you. The website never shows them."
WAITING = 'To use one of these lines, take the "# " in front of it away and change what follows the colon.'
CONSENT = (
    "Nobody sees this before consent is recorded. When the signed form is filed: take the",
    '"# " away in front of these lines, correct them, and remove the line "draft: true".',
    "Besides website it can cover photo, full-name, school, social and search.",
)
NEVER_OFFERED = frozenset({"withdrawn"})
"""What nobody needs when a file is begun."""


def text(form: type[Form], values: Mapping[str, Value], body: str = "", notes: tuple[str, ...] = ()) -> str:
    """Return a file of a form: the given values, what else could be said as comments, and the text."""
    lines = [f"# {note}" for note in (NOTE, *notes)]
    waiting: list[str] = []
    for key, field in form.model_fields.items():
        note = f"# {_sentence(field.description or key)}"
        if values.get(key):
            lines.extend((note, *_written(key, values[key])))
        elif key == "consent":
            pass
        elif field.examples:
            waiting.append(_in_waiting(key, field.examples[0], field.description))
    if waiting:
        lines.extend(("#", f"# {WAITING}", *waiting))
    if "consent" in form.model_fields and not values.get("consent"):
        lines.extend(("#", *(f"# {note}" for note in CONSENT), "# consent:", *_consent_in_waiting()))
    below = f"{body.strip()}\n" if body.strip() else ""
    return "\n".join(("---", *lines, "---", below))


def scalar(words: str, inside: bool = False) -> str:
    """Return a text as YAML that is read back as it stands; `inside` a list in brackets."""
    around = f"[{words}]" if inside else words
    read = frontmatter.read_yaml(f"key: {around}".encode(), "")
    meant = {"key": [words] if inside else words}
    if not isinstance(read, Problem) and read.values == meant and "\xa0" not in words:
        return words
    return json.dumps(words, ensure_ascii=False)


def _written(key: str, value: Value, indent: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{key}:"
        for inner, one in value.items():
            if one:
                yield from _written(inner, one, indent + "  ")
    elif isinstance(value, list):
        yield f"{indent}{key}: [{', '.join(scalar(str(one), inside=True) for one in value)}]"
    else:
        yield f"{indent}{key}: {scalar(str(value))}"


def _in_waiting(key: str, example: str, description: str | None, indent: str = "") -> str:
    line = f"# {indent}{key}: {example}"
    return f"{line:<44}  # {description}" if description else line


TO_FILL_IN: Mapping[str, str] = {"given": "YYYY-MM-DD", "until": "YYYY-MM-DD", "covers": "[website]"}
"""What stands for a consent that nobody has read yet: nothing of it may pass by being left as it is."""


def _consent_in_waiting() -> Iterator[str]:
    for key, field in ConsentForm.model_fields.items():
        if key not in NEVER_OFFERED:
            example = TO_FILL_IN.get(key) or (field.examples or [""])[0]
            yield _in_waiting(key, example, field.description, "  ")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


SPECIAL = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#|\w+;)")
LINE_START = re.compile(r"^(#|>|[-+](?=\s|$)|-{2,}|\d{1,9}(?=[.)]\s))|^([=~:|])", re.MULTILINE)
ENTITIES = {"&": "&amp;", "<": "&lt;", "=": "&#61;", "~": "&#126;", ":": "&#58;", "|": "&#124;"}
"""What Markdown knows no backslash for."""


def plain(words: str) -> str:
    """Return Markdown that shows a text as it was typed: nothing in it is a heading, a link or a tag."""
    lines = "\n".join(line.strip() for line in words.split("\n"))
    return LINE_START.sub(_at_line_start, SPECIAL.sub(_escaped, lines))


def _escaped(found: re.Match[str]) -> str:
    return ENTITIES.get(found[0], f"\\{found[0]}")


def _at_line_start(found: re.Match[str]) -> str:
    if found[2]:
        return ENTITIES[found[2]]
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"
