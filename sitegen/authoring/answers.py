"""Answers: what people typed or chose, as the values of a new file."""

from collections.abc import Mapping
from datetime import date

from sitegen.authoring import scaffold
from sitegen.authoring.questions import PHOTO, QUOTE, KeyPath, Question
from sitegen.content.strict_yaml import Value
from sitegen.core import text
from sitegen.core.model import Kind

Answers = dict[KeyPath, str]
"""The answers as typed, by key path."""

YES_OR_NO: Mapping[str, str] = {
    **dict.fromkeys(("y", "yes", "true"), "true"),
    **dict.fromkeys(("n", "no", "false"), "false"),
}
"""The value in a file for each answer to a yes-or-no question, in small letters."""


def is_yes(answer: str) -> bool:
    """Whether a yes-or-no question was answered with yes."""
    return YES_OR_NO.get(answer.lower()) == "true"


def values_of(questions: tuple[Question, ...], answers: Answers) -> dict[str, Value]:
    """Return the answers as the values of a file, without the photo's path."""
    values: dict[str, Value] = {}
    for question in questions:
        answer = value_of(question, answers.get(question.path, ""))
        if not answer or question.path == PHOTO:
            continue
        inner = values
        for key in question.path[:-1]:
            inner = inner.setdefault(key, {})  # type: ignore[assignment]  # always a dict made here
        inner[question.path[-1]] = answer
    return values


def value_of(question: Question, typed: str) -> Value:
    """Return the answer to one question as a file has it."""
    answer = text.line(typed)
    if question.path == QUOTE:
        return text.unquoted(answer)
    if question.yes_or_no:
        return YES_OR_NO.get(answer.lower(), answer)
    return _several(answer) if question.several else answer


def _several(answer: str) -> Value:
    return [part.strip() for part in answer.strip("[]").split(",") if part.strip()]


def completed(kind: Kind, values: dict[str, Value], has_photo: bool, today: date) -> dict[str, Value]:
    """Add today's date to a story without one, and mark as a draft what needs consent and has none."""
    if kind is Kind.STORY:
        values.setdefault("date", today.isoformat())
    people = values.get("people")
    if isinstance(people, list):
        lacks_consent = not all(isinstance(person, dict) and person.get("consent") for person in people)
    else:
        needs_consent = kind is Kind.STORY or _may_show_people(kind, values, has_photo)
        lacks_consent = needs_consent and "consent" not in values
    return {**values, "draft": "true"} if lacks_consent else values


def _may_show_people(kind: Kind, values: Mapping[str, Value], has_photo: bool) -> bool:
    """Return whether people can be recognized in an item, or nothing was answered about its photo."""
    return kind is Kind.ITEM and values.get("people", "true" if has_photo else "false") == "true"


def own_slug(kind: Kind, values: Mapping[str, Value]) -> str:
    """Return the name of a new file, made from the name or the title in it; "" if no letter is left."""
    if kind is Kind.STORY:
        return scaffold.story_slug(values)
    return scaffold.slug_of(kind, str(values.get("title", "")))
