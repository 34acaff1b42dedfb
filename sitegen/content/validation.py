"""Validation: front matter to a filled form, or to all of its faults."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.content.field_types import ANSWER, PEOPLE
from sitegen.content.schema import Form, GroupStoryForm, StoryForm
from sitegen.core.diagnostics import choose_from, did_you_mean
from sitegen.core.limits import MOST_FAULTS
from sitegen.core.problem_codes import Code

AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the value at a path of keys, or of the key itself (`on_key`)."""

    code: Code
    path: tuple[str | int, ...]
    message: str
    hint: str
    on_key: bool = False


def fill(form: type[AnyForm], values: Mapping[str, object]) -> AnyForm | tuple[Fault, ...]:
    """Return the filled form, or all of its faults (`MOST_FAULTS` at most), in words for people."""
    given = _without_empty(values)
    if form is StoryForm and "people" in given:
        form = GroupStoryForm  # type: ignore[assignment]  # a StoryForm, too
    try:
        return form.model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False)[:MOST_FAULTS]
        return tuple(_fault(form, detail, values) for detail in faults)


def unknown_term(key: str, position: int | None, word: str, known: Collection[str]) -> Fault | None:
    """Return the fault of a word that is not in a list in site.yaml; an empty list takes any word.

    `position` is the word's place in a list of words.
    """
    if not word or not known or word in known:
        return None
    hint = did_you_mean(word, known) or f"Choose one of: {', '.join(known)}. Or add it to site.yaml."
    path = (key,) if position is None else (key, position)
    return Fault(Code.UNKNOWN_TERM, path, f'{key} "{word}" is not known.', hint)


def _without_empty(value: Any) -> Any:
    """Return a value without the keys and entries that have none: they count as not given."""
    if isinstance(value, Mapping):
        return {key: _without_empty(inner) for key, inner in value.items() if not is_empty(inner)}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value if not is_empty(inner)]
    return value


def is_empty(value: object) -> bool:
    """Whether a value has nothing in it that a reader would see."""
    if isinstance(value, str):
        # nearly every value begins with a letter, so that none needs to be looked at one by one
        return not (
            value[:1].isalnum() or any(letter.isprintable() and not letter.isspace() for letter in value)
        )
    return value is None


def _without_tags(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return a path without the tag behind a key that takes values of two kinds."""
    return tuple(
        part for above, part in pairwise(("", *path)) if not (above == "people" and part in (ANSWER, PEOPLE))
    )


def _as_written(path: tuple[str | int, ...], values: object) -> tuple[str | int, ...]:
    """Return a path with its positions counted as in the file, empty entries included."""
    written: list[str | int] = []
    for part in path:
        found = part
        if isinstance(part, int) and isinstance(values, list):
            found = [index for index, inner in enumerate(values) if not is_empty(inner)][part]
        values = _inside(values, found)
        written.append(found)
    return tuple(written)


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) else None


def _fault(form: type[Form], detail: ErrorDetails, values: Mapping[str, object]) -> Fault:
    path = _as_written(_without_tags(detail["loc"]), values)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    where = _form_at(form, path)
    match detail["type"]:
        case "missing":
            return _missing(where, path, key, values)
        case "extra_forbidden":
            known = keys_of(where)
            hint = _belongs(where, key) or choose_from(key, known, "keys")
            return Fault(Code.UNKNOWN_FIELD, path, f'the key "{key}" is not known.', hint, on_key=True)
        case "refused":
            return _refused(path, key, detail["ctx"])
        case "greater_than_equal" | "less_than_equal":
            least, most = _bounds(where, key)
            return Fault(
                Code.NUMBER_OUT_OF_RANGE,
                path,
                f"{key} {detail['input']} is out of range.",
                f"Write a number from {least} to {most}.",
            )
        case other:
            raise AssertionError(f"no words for {other}: {detail}")


def _refused(path: tuple[str | int, ...], key: str, context: Mapping[str, Any]) -> Fault:
    """Return the fault of a value that its type refused; the message begins with the key."""
    subject = f"an entry of {key}" if isinstance(path[-1], int) else key
    if context["value"] is not None:
        subject = f'{key} "{context["value"]}"'
    return Fault(context["code"], path, f"{subject} {context['message']}", context["hint"])


def _missing(where: type[Form], path: tuple[str | int, ...], key: str, values: Mapping[str, object]) -> Fault:
    field = next(f for name, f in where.model_fields.items() if (f.alias or name) == key)
    example = (field.examples or ["…"])[0]
    inner: object = values
    for part in path[:-1]:
        inner = _inside(inner, part)
    if isinstance(inner, Mapping) and key in inner:
        hint = f"Write it after the colon, such as {key}: {example}"
        return Fault(Code.EMPTY_FIELD, path, f"{key} has no value.", hint)
    around = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    if not around:
        hint = f"Add a line such as {key}: {example}"
        return Fault(Code.MISSING_FIELD, path, f"{key} is missing.", hint, on_key=True)
    hint = f"Add an indented line such as {key}: {example}"
    return Fault(Code.MISSING_FIELD, path, f"{key} is missing in {around}.", hint, on_key=True)


def _belongs(form: type[Form], key: str) -> str:
    """Return a hint with the block of a form that a key belongs to, or an empty text."""
    for name, field in form.model_fields.items():
        inner = inner_form(field.annotation)
        if inner and key in keys_of(inner):
            return f"It belongs below {field.alias or name}, indented by two spaces."
    return ""


def _form_at(form: type[Form], path: tuple[str | int, ...]) -> type[Form]:
    """Return the form that the last key of `path` belongs to."""
    for part in path[:-1]:
        if isinstance(part, str):
            field = next((f for name, f in form.model_fields.items() if (f.alias or name) == part), None)
            inner = inner_form(field.annotation) if field else None
            form = inner or form
    return form


def inner_form(annotation: Any) -> type[Form] | None:
    """Return the form of a block of keys; None if an annotation has none."""
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = inner_form(argument)
        if found:
            return found
    return None


def keys_of(form: type[Form]) -> list[str]:
    """Return the keys of a form as files have them, in order."""
    return [field.alias or name for name, field in form.model_fields.items()]


def _bounds(form: type[Form], key: str) -> tuple[int, int]:
    limits = form.model_fields[key].metadata
    least = next(limit.ge for limit in limits if hasattr(limit, "ge"))
    most = next(limit.le for limit in limits if hasattr(limit, "le"))
    return least, most
