"""Prompts: asks one question at a time, or lists all errors in the options."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from sitegen.authoring.answers import YES_OR_NO, Answers, is_yes, values_of
from sitegen.authoring.new_site import NewSite
from sitegen.authoring.questions import ABOUT_THE_PHOTO, NAME, PEOPLE, PHOTO, SHOWN_AS, Question
from sitegen.cli import typed_answers
from sitegen.cli.messages import say
from sitegen.cli.options import STOPPED
from sitegen.consent.names import understand
from sitegen.content.strict_yaml import Value
from sitegen.content.validation import Fault
from sitegen.core import text
from sitegen.core.problem_codes import Code

Check = Callable[[Mapping[str, Value]], tuple[Fault, ...]]
"""Returns the errors in the values of a file."""

LookAt = Callable[[Path], str]
"""Returns what is wrong with a photo, in words; "" if it can be used."""


@dataclass(frozen=True, slots=True)
class Review:
    """What answers are checked with."""

    check: Check
    today: date
    look_at: LookAt = lambda _: ""


def is_terminal() -> bool:
    """Tell whether stdin and stderr are a terminal, so that questions can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Ask a yes-or-no question; return False without a terminal; exit on Ctrl-C."""
    if not is_terminal():
        return False
    try:
        return click.confirm(question, default=False, err=True)
    except click.Abort:
        say("\nStopped. Nothing was done.")
        sys.exit(STOPPED)


def choose(question: str, options: Sequence[str]) -> int:
    """Ask for one of several options, by number; return its position; exit on Ctrl-C."""
    for number, option in enumerate(options, 1):
        say(f"  {number}. {option}")
    try:
        while True:
            answer = click.prompt(f"{question} (a number)", default="", show_default=False, err=True).strip()
            if answer.isdecimal() and 1 <= int(answer) <= len(options):
                return int(answer) - 1
            say(f"Please answer with a number from 1 to {len(options)}.", fg="yellow")
    except click.Abort:
        say("\nStopped. Nothing was done.")
        sys.exit(STOPPED)


# -- in a terminal --------------------------------------------------------------------------


def ask(questions: tuple[Question, ...], answers: Answers, review: Review) -> Answers:
    """Ask for missing answers, each until it is valid; exit on Ctrl-C."""
    say("Press Enter to skip a question. Press Ctrl-C to stop without writing anything.")
    return ask_on(questions, answers, review)


def ask_on(questions: tuple[Question, ...], answers: Answers, review: Review) -> Answers:
    """Ask for missing answers like `ask`, after others."""
    try:
        return _ask(questions, answers, review)
    except click.Abort:
        say("\nStopped. Nothing was written.")
        sys.exit(STOPPED)


def _ask(questions: tuple[Question, ...], answers: Answers, review: Review) -> Answers:
    for question in questions:
        if not _is_wanted(question, questions, answers):
            continue
        given = answers.get(question.path)
        while True:
            typed = _prompt(question) if given is None else given
            answer, error = understood(question, typed, review.today)
            error = error or _error(question, answer, questions, answers, review)
            if not error:
                break
            say(error, fg="yellow")
            given = None
        answers = {**answers, question.path: answer}
    return answers


def _is_wanted(question: Question, questions: tuple[Question, ...], answers: Answers) -> bool:
    """Tell whether a question has to be asked or its answer checked, given the answers so far."""
    if question.path in answers:
        return True
    if question.path in ABOUT_THE_PHOTO:
        return bool(answers.get(PHOTO))
    if question.path == SHOWN_AS:
        return bool(understand(answers.get(NAME, "")).doubt)
    if question.path[0] == "consent":
        return question.asked and _has_consent(question, questions, answers)
    return question.asked


def _has_consent(question: Question, questions: tuple[Question, ...], answers: Answers) -> bool:
    if any(path[0] == "consent" for path in answers) or _is_of_consent_only(questions):
        return True
    first = next(other for other in questions if other.path[0] == "consent")
    if question is not first:
        return False
    is_item = any(other.path == PEOPLE for other in questions)
    if is_item and not is_yes(answers.get(PEOPLE, "")):
        return False
    if click.confirm("Do you have a signed consent form?", default=False, err=True):
        return True
    say("Then this stays a draft, which is not public, until you record consent.")
    return False


def _is_of_consent_only(questions: tuple[Question, ...]) -> bool:
    return all(question.path[0] == "consent" for question in questions)


def ask_names(words: str) -> list[str]:
    """Ask for the names of people, until there are no more; exit on Ctrl-C."""
    names: list[str] = []
    question = Question(NAME, "", words, "Ben Ito")
    try:
        while name := text.line(_prompt(question)):
            names.append(name)
    except click.Abort:
        say("\nStopped. Nothing was written.")
        sys.exit(STOPPED)
    return names


def _prompt(question: Question) -> str:
    hint = "" if question.required else ", optional"
    words = f"{question.words}{hint} (example: {question.example})"
    answer: str = click.prompt(words, default="", show_default=False, err=True)
    return answer.strip()


def understood(question: Question, typed: str, today: date) -> tuple[str, str]:
    """Return an answer as a file or a path has it, and what is unclear about it, in words."""
    if not typed.strip():
        return "", ""
    if question.path == PHOTO:
        return str(typed_answers.path_of(typed)), ""
    if question.is_past_day:
        day = typed_answers.day_of(typed, today)
        return (typed, day) if isinstance(day, str) else (day.isoformat(), "")
    if question.path == ("consent", "by"):
        return typed_answers.signer(typed), ""
    if question.path == ("consent", "covers"):
        return ", ".join(typed_answers.scopes(typed)), ""
    return typed, ""


def _error(
    question: Question,
    answer: str,
    questions: tuple[Question, ...],
    answers: Answers,
    review: Review,
) -> str:
    if not answer:
        needed = question.required or (question.path == ("alt",) and answers.get(PHOTO))
        return "Please answer this one." if needed else ""
    if question.path == PHOTO:
        return review.look_at(Path(answer))
    if question.yes_or_no:
        return "" if answer.lower() in YES_OR_NO else "Please answer yes or no."
    faults = review.check(values_of(questions, {**answers, question.path: answer}))
    return next(
        (_message(fault) for fault in faults if fault.path[: len(question.path)] == question.path), ""
    )


def all_understood(questions: tuple[Question, ...], answers: Answers, today: date) -> Answers:
    """Return the answers of options as files have them; unclear ones stay as typed."""
    return {
        question.path: understood(question, answers[question.path], today)[0]
        for question in questions
        if question.path in answers
    }


def ask_for_site(
    questions: Mapping[str, str],
    answers: dict[str, str],
    find_errors: Callable[[NewSite], Mapping[str, str]],
) -> dict[str, str]:
    """Ask for the missing or invalid properties of a new site; Enter takes the default; exit on Ctrl-C."""
    defaults = NewSite("", "")
    try:
        for part, words in questions.items():
            default = getattr(defaults, part)
            while part not in answers or (error := find_errors(_site(answers)).get(part)):
                if part in answers:
                    say(str(error), fg="yellow")
                answer = click.prompt(words, default=default, show_default=bool(default), err=True)
                answers[part] = text.line(answer)
    except click.Abort:
        say("\nStopped. Nothing was written.")
        sys.exit(STOPPED)
    return answers


def _site(answers: Mapping[str, str]) -> NewSite:
    return NewSite(**{"name": "", "url": "", **answers})


# -- without a terminal ------------------------------------------------------------------------------


def find_errors(questions: tuple[Question, ...], answers: Answers, review: Review) -> list[str]:
    """Return all missing and invalid answers, each with the option that provides it."""
    unclear = {
        question.path: f"{question.option}: {error}"
        for question in questions
        if (error := understood(question, answers.get(question.path, ""), review.today)[1])
    }
    lines = [*unclear.values()]
    values = values_of(questions, answers)
    has_consent = "consent" in values or _is_of_consent_only(questions)
    for question in questions:
        needed = question.required and (question.path[0] != "consent" or has_consent)
        needed = needed or (question.path == ("alt",) and bool(answers.get(PHOTO)))
        if needed and not answers.get(question.path, "").strip():
            option = f"{question.option} " if question.option.startswith("-") else ""
            lines.append(f'{question.path[-1]} is missing. Add it like this: {option}"{question.example}"')
    if error := review.look_at(Path(answers[PHOTO])) if answers.get(PHOTO) else "":
        lines.append(f"--photo: {error}")
    faults = (fault for fault in review.check(values) if fault.code is not Code.MISSING_FIELD)
    lines.extend(_message(fault) for fault in faults if fault.path not in unclear)
    return lines


def _message(fault: Fault) -> str:
    return f"{fault.message} {fault.hint}".rstrip()
