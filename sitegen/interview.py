"""Asking for what is missing: one question at a time on a terminal, all that is wrong at once elsewhere."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from sitegen import signs
from sitegen.founding import Wish
from sitegen.frontmatter import Value
from sitegen.questions import ABOUT_THE_PHOTO, PHOTO, QUOTE, KeyPath, Question
from sitegen.schema import Fault
from sitegen.words import say

Answers = dict[KeyPath, str]
"""What was answered, by the way to its key, as it was typed."""

Check = Callable[[Mapping[str, Value]], tuple[Fault, ...]]
"""Tells what is wrong with the values of a file."""

LookAt = Callable[[Path], str]
"""Tells in words what is wrong with a photo; nothing, where it is in order."""


def is_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Ask whether something may be done; where nobody can be asked, it may not; Ctrl-C ends the program."""
    if not is_terminal():
        return False
    try:
        return click.confirm(question, default=False, err=True)
    except click.Abort:
        say("\nStopped. Nothing was done.")
        sys.exit(STOPPED)


def values_of(questions: tuple[Question, ...], answers: Answers) -> dict[str, Value]:
    """Return the answers as the values of a file; the photo is not among them."""
    values: dict[str, Value] = {}
    for question in questions:
        answer = signs.line(answers.get(question.path, ""))
        if not answer or question.path == PHOTO:
            continue
        if question.path == QUOTE:
            answer = signs.unquoted(answer)
        inner = values
        for key in question.path[:-1]:
            inner = inner.setdefault(key, {})  # type: ignore[assignment]  # what stands there is made here
        inner[question.path[-1]] = _several(answer) if question.several else answer
    return values


def _several(answer: str) -> Value:
    return [part.strip() for part in answer.strip("[]").split(",") if part.strip()]


# -- on a terminal --------------------------------------------------------------------------


STOPPED = 130
"""The exit code after Ctrl-C, as everywhere."""


def ask(questions: tuple[Question, ...], answers: Answers, check: Check, look_at: LookAt) -> Answers:
    """Ask for what is not answered yet, each thing again until it is in order; Ctrl-C ends the program."""
    try:
        return _ask(questions, answers, check, look_at)
    except click.Abort:
        say("\nStopped. Nothing was written.")
        sys.exit(STOPPED)


def _ask(questions: tuple[Question, ...], answers: Answers, check: Check, look_at: LookAt) -> Answers:
    say("Press Enter to leave out what you don't know. Ctrl-C stops, and nothing is written.")
    for question in questions:
        if not _is_wanted(question, questions, answers):
            continue
        given = answers.get(question.path)
        while True:
            answer = _prompt(question) if given is None else given
            wrong = _what_is_wrong(question, answer, questions, answers, check, look_at)
            if not wrong:
                break
            say(wrong, fg="yellow")
            given = None
        answers = {**answers, question.path: answer}
    return answers


def _is_wanted(question: Question, questions: tuple[Question, ...], answers: Answers) -> bool:
    """Tell whether a question has to be put, or its answer looked at, after what was said so far."""
    if question.path in answers:
        return True
    if question.path in ABOUT_THE_PHOTO:
        return bool(answers.get(PHOTO))
    if question.path[0] == "consent":
        return question.asked and _has_consent(question, questions, answers)
    return question.asked


def _has_consent(question: Question, questions: tuple[Question, ...], answers: Answers) -> bool:
    if any(path[0] == "consent" for path in answers):
        return True
    first = next(other for other in questions if other.path[0] == "consent")
    if question is not first:
        return False
    is_item = any(other.path == ("people",) for other in questions)
    if is_item and answers.get(("people",), "").lower() not in ("yes", "true"):
        return False
    if click.confirm("Is there a signed consent form?", default=False, err=True):
        return True
    say("Then this is kept as a draft, which nobody sees, until consent is recorded.")
    return False


def _prompt(question: Question) -> str:
    hint = "" if question.required else ", if there is one" if question.path == PHOTO else ", if known"
    words = f"{question.words}{hint} (such as {question.example})"
    answer: str = click.prompt(words, default="", show_default=False, err=True)
    return answer.strip().strip('"') if question.path == PHOTO else answer.strip()


def _what_is_wrong(
    question: Question,
    answer: str,
    questions: tuple[Question, ...],
    answers: Answers,
    check: Check,
    look_at: LookAt,
) -> str:
    if not answer:
        needed = question.required or (question.path == ("alt",) and answers.get(PHOTO))
        return "This is needed." if needed else ""
    if question.path == PHOTO:
        return look_at(Path(answer).expanduser())
    faults = check(values_of(questions, {**answers, question.path: answer}))
    return next((_said(fault) for fault in faults if fault.path[: len(question.path)] == question.path), "")


def wishes(
    asked: Mapping[str, str], wished: dict[str, str], what_is_wrong: Callable[[Wish], Mapping[str, str]]
) -> dict[str, str]:
    """Ask for the parts of a wish for a site that were not told; Enter takes what stands in brackets."""
    fallback = Wish("", "")
    try:
        for part, words in asked.items():
            usual = getattr(fallback, part)
            while part not in wished or part in what_is_wrong(Wish(**{"name": "", "url": ""} | wished)):
                if part in wished:
                    say(what_is_wrong(Wish(**{"name": "", "url": ""} | wished))[part], fg="yellow")
                said = click.prompt(words, default=usual, show_default=bool(usual), err=True)
                wished[part] = signs.line(said)
    except click.Abort:
        say("\nStopped. Nothing was written.")
        sys.exit(STOPPED)
    return wished


# -- elsewhere ------------------------------------------------------------------------------


def what_is_missing(
    questions: tuple[Question, ...], answers: Answers, check: Check, look_at: LookAt
) -> list[str]:
    """Return all that is missing or wrong, each with the option that mends it."""
    lines = []
    values = values_of(questions, answers)
    has_consent = "consent" in values
    for question in questions:
        needed = question.required and (question.path[0] != "consent" or has_consent)
        needed = needed or (question.path == ("alt",) and bool(answers.get(PHOTO)))
        if needed and not answers.get(question.path, "").strip():
            option = f"{question.option} " if question.option.startswith("-") else ""
            lines.append(f'{question.path[-1]} is missing. Write it like {option}"{question.example}"')
    if wrong := look_at(Path(answers[PHOTO]).expanduser()) if answers.get(PHOTO) else "":
        lines.append(f"--photo: {wrong}")
    lines.extend(_said(fault) for fault in check(values) if " missing" not in fault.message)
    return lines


def _said(fault: Fault) -> str:
    return f"{fault.message} {fault.hint}".rstrip()
