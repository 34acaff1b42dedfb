"""Command `new`: make a new story, page, network or item."""
# ruff: noqa: PLC0415 - each command imports what it needs when it runs

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.authoring.questions import (
    CONSENT,
    NAME,
    OTHERS,
    PEOPLE,
    PERSON,
    PHOTO,
    QUESTIONS,
    SHOWN_AS,
    KeyPath,
)
from sitegen.cli.messages import refuse, settings_of
from sitegen.cli.options import day_of

if TYPE_CHECKING:
    from sitegen.content.strict_yaml import Value
    from sitegen.content.validation import Fault
    from sitegen.core.model import Kind


DESCRIPTIONS = {
    "story": "Make a young person's story. It stays a draft until consent is recorded.",
    "page": "Make a page.",
    "network": "Make a network that the collective belongs to.",
    "item": "Make an item of Members in Action: something that members did, with a photo.",
}


@click.group("new", short_help="Make a new story, page, network or item.")
def new_command() -> None:
    """Make a new story, page, network or item.

    In a terminal, sitegen asks for what is missing. In a script, give everything as options.
    """


def _parameters(kind: str) -> list[click.Parameter]:
    """Return the parameters of a command: the first question as its argument, the others as options."""
    first, *others = QUESTIONS[kind]
    options = [
        click.Option([question.option, _name(question.path)], help=f"{question.words}.", metavar="TEXT")
        for question in others
    ]
    slug = click.Option(["--file", "slug"], help="Name of the file, without .md.", metavar="NAME")
    if kind in OTHERS:
        words = f"{OTHERS[kind]}; once for each. The file then has a consent for everyone."
        options.append(click.Option(["--person", "names"], help=words, metavar="NAME", multiple=True))
    return [click.Argument([_name(first.path)], required=False, metavar=f"[{first.option}]"), *options, slug]


def _name(path: KeyPath) -> str:
    return "_".join(path)


def _add(kind: str) -> None:
    """Add the command for a kind of content to the group."""

    @click.pass_obj
    def make(root: Path, /, **given: Any) -> None:
        slug, names = given.pop("slug"), given.pop("names", ())
        answers = {
            question.path: given[_name(question.path)]
            for question in QUESTIONS[kind]
            if given[_name(question.path)] is not None
        }
        _make(root, kind, answers, slug, [name for name in names if name.strip()])

    command = click.Command(kind, callback=make, params=_parameters(kind), help=DESCRIPTIONS[kind])
    new_command.add_command(command)


for _kind in QUESTIONS:
    _add(_kind)


def _make(
    root: Path, kind_name: str, answers: dict[KeyPath, str], slug: str | None, names: list[str]
) -> None:
    """Ask for what is missing, check the answers, write the file, and print the next step."""
    from sitegen.authoring import scaffold
    from sitegen.authoring.answers import completed, own_slug, values_of
    from sitegen.cli import prompts
    from sitegen.core.model import Kind

    kind, questions, chosen = Kind(kind_name), QUESTIONS[kind_name], settings_of(root)
    today = day_of(root, None)

    def check(values: Mapping[str, "Value"]) -> tuple["Fault", ...]:
        return scaffold.faults(kind, values, chosen)

    review = prompts.Review(check, today, _look_at)
    answers = prompts.all_understood(questions, answers, today)
    if prompts.is_terminal():
        before_consent = tuple(question for question in questions if question.path[0] != "consent")
        answers = prompts.ask(before_consent, answers, review)
        names = names or _asked_names(kind_name, answers)
        answers = answers if names else prompts.ask_on(questions, answers, review)
    elif errors := prompts.find_errors(questions, answers, review):
        refuse(errors)
    photo = Path(answers[PHOTO]) if answers.get(PHOTO) else None
    values = values_of(questions, answers)
    if names:
        values = _with_people(values, names, today)
    values = completed(kind, values, photo is not None, today)
    slug = scaffold.slug_of(kind, slug or "") or own_slug(kind, values)
    if not slug:
        refuse(["This can't be made into a file name. Choose one with --file, in letters and digits."])
    new_photo = scaffold.NewPhoto(photo.read_bytes(), photo.suffix) if photo else None
    written = scaffold.write(root, kind, _free_slug(root, kind, slug), values, new_photo)
    if written is None:
        refuse([f"{scaffold.path_of(kind, slug)} was just made by another program. Run this again."])
    _say_written(written.path, written.photo, _why_draft(kind, values))


def _look_at(photo: Path) -> str:
    """Return what is wrong with a photo, in words; "" if it can be used."""
    from sitegen.authoring import scaffold

    found = scaffold.look_at_photo(photo)
    return found if isinstance(found, str) else ""


def _asked_names(kind_name: str, answers: Mapping[KeyPath, str]) -> list[str]:
    """Return the names of more people, or of those who can be recognized."""
    from sitegen.authoring.answers import is_yes
    from sitegen.cli import prompts

    is_item = PEOPLE in {question.path for question in QUESTIONS[kind_name]}
    wanted = is_yes(answers.get(PEOPLE, "")) if is_item else kind_name in OTHERS
    has_consent = any(path[0] == "consent" for path in answers)
    return prompts.ask_names(OTHERS[kind_name]) if wanted and not has_consent else []


def _with_people(values: dict[str, "Value"], names: list[str], today: date) -> dict[str, "Value"]:
    """Return the values of a file with a list of people, each of whom is asked about in a terminal."""
    from sitegen.authoring import scaffold
    from sitegen.authoring.answers import values_of
    from sitegen.cli import prompts
    from sitegen.cli.messages import say

    if "consent" in values:
        refuse(["Several people have a consent each: write it into the file, not as an option."])
    first, shown_as = values.pop("name", None), values.pop("shown_as", None)
    people: list[Value] = []
    for name in (first, *names) if first else names:
        answers: dict[KeyPath, str] = {NAME: str(name)}
        if name is first and shown_as:
            answers[SHOWN_AS] = str(shown_as)
        if prompts.is_terminal():
            say(f"{name}:", fg="cyan")
            answers = prompts.ask_on(
                (*PERSON, *CONSENT), answers, prompts.Review(scaffold.person_faults, today)
            )
        people.append(values_of((*PERSON, *CONSENT), answers))
    return {**values, "people": people}


def _free_slug(root: Path, kind: "Kind", slug: str) -> str:
    """Return the name if no file has it; else the next free name, if confirmed."""
    from sitegen.authoring import scaffold
    from sitegen.cli import messages, prompts
    from sitegen.content.discovery import scan

    files, _ = scan(root)
    existing, free = scaffold.existing_file(files, kind, slug), scaffold.free_slug(files, kind, slug)
    if not existing:
        return slug
    messages.say(f"{existing} already exists.", fg="red")
    if not prompts.confirmed(f"Save as {free} instead?"):
        refuse([f"Next: edit that file, or choose another name with --file {free}"])
    return free


def _why_draft(kind: "Kind", values: Mapping[str, "Value"]) -> str:
    """Return what a draft waits for, in words; "" if it is none."""
    from sitegen.core.model import Kind

    if "draft" not in values:
        return ""
    if kind is Kind.ITEM and "people" not in values:
        return "until it says whether people can be recognized: people: true or people: false"
    return UNTIL_CONSENT


UNTIL_CONSENT = "until consent is recorded in it."


def _say_written(path: str, photo: str, why_draft: str) -> None:
    from sitegen.cli.messages import say

    say(f"Written: {path}", fg="green")
    if photo:
        say(f"Copied:  {photo}", fg="green")
    if why_draft:
        say(f"Draft – not public {why_draft}")
    if why_draft == UNTIL_CONSENT:
        say(f"When the form is signed: sitegen consent record {Path(path).stem}")
    say(f"Next: open {path}, write the text below the second line of hyphens, then sitegen check")
