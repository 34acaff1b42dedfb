"""Command `record`: writes a signed consent into the file of a story or an item."""
# ruff: noqa: PLC0415 - the command imports what it needs when it runs

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.authoring.questions import CONSENT, KeyPath
from sitegen.cli.messages import refuse, say
from sitegen.cli.options import day_of, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.content.strict_yaml import Value

QUESTIONS = tuple(replace(each, option=f"--{each.path[-1]}") for each in CONSENT)
"""What is asked about a consent; here the options need no prefix."""

OPTIONS = [
    click.Option([each.option, str(each.path[-1])], help=f"{each.words}.", metavar="TEXT")
    for each in QUESTIONS
]


@click.command("record", short_help="Record a signed consent in the file of a story or an item.")
@click.argument("name")
@click.option("--person", metavar="NAME", help="Whose consent it is, if there are several in the file.")
@click.option("--ready", is_flag=True, help="Take out the line draft: true, so that it can be public.")
@today
@click.pass_obj
def record_command(
    root: Path, /, name: str, person: str | None, ready: bool, today: date | None, **given: str | None
) -> None:
    """Record a signed consent in the file of a story or an item.

    NAME is the name of its file without .md, or the person's name. In a terminal, sitegen asks for what is
    missing. A consent that ended or was withdrawn is replaced.
    """
    from sitegen.cli import prompts, submissions
    from sitegen.commands import consent_record, takedown

    now, source = day_of(root, today), submissions.source_of(root, name)
    people = takedown.people(root, source)
    chosen = submissions.person_of(source.path, people, person, "Whose consent is it?")
    answers = {each.path: typed for each in QUESTIONS if (typed := given[each.path[-1]]) is not None}
    consent = _asked(answers, now)
    is_ready = ready or prompts.confirmed("May it be public with the next build?")
    above = chosen.keys if chosen else ()
    try:
        is_written = consent_record.record(root, source, above, consent, with_draft=not is_ready)
    except OSError as error:
        refuse([f"{source.path}: it can't be written: {error.strerror}."])
    if not is_written:
        refuse(
            [f"{source.path}: there is no place for a consent in it. Run sitegen check, and fix it first."]
        )
    say(f"Recorded in {source.path}: {', '.join(_words(consent))}.", fg="green")
    _say_status(root, source.path, now)


def _asked(answers: dict[KeyPath, str], now: date) -> "dict[str, Value]":
    """Return the values of the consent; ask for what is missing, or exit with what is wrong."""
    from sitegen.authoring import scaffold
    from sitegen.authoring.answers import values_of
    from sitegen.cli import prompts

    review = prompts.Review(scaffold.person_faults, now)
    answers = prompts.all_understood(QUESTIONS, answers, now)
    if prompts.is_terminal():
        answers = prompts.ask(QUESTIONS, answers, review)
    elif errors := prompts.find_errors(QUESTIONS, answers, review):
        refuse(errors)
    consent = values_of(QUESTIONS, answers)["consent"]
    assert isinstance(consent, dict)  # noqa: S101 - the day and the uses are required
    return consent


def _words(consent: "Mapping[str, Value]") -> "Iterator[str]":
    """Yield what is recorded, for people."""
    covers = consent["covers"]
    yield f"form {consent['form']}" if consent.get("form") else "no form's number yet"
    yield f"signed on {consent['given']}"
    yield f"for {' and '.join(map(str, covers if isinstance(covers, list) else [covers]))}"
    if consent.get("until"):
        yield f"until {consent['until']}"


def _say_status(root: Path, path: str, now: date) -> None:
    """Say whether the next build publishes a file, or why it doesn't."""
    from sitegen.commands import consent_register

    found = consent_register.read(root, root / "public", now)
    held = [each for each in found.withheld if each.path == path]
    for each in held:
        if each.reason != consent_register.OTHERS:
            say(f"Draft – not public: {each.person}{': ' if each.person else ''}{each.reason}.")
    if held:
        say("Next: sitegen check")
    else:
        last = next((each.last for each in found.published if each.path == path), None)
        say(f"The next build publishes it{f', until {last}' if last else ''}.")
        say("Next: sitegen build")


record_command.params.extend(OPTIONS)
