"""Named submissions: which story or item a command names, and which person in it."""

from collections.abc import Sequence
from pathlib import Path

import click

from sitegen.cli import prompts
from sitegen.commands import takedown
from sitegen.content.written_people import WrittenPerson
from sitegen.core.model import Source
from sitegen.core.text import joined


def source_of(root: Path, typed: str) -> Source:
    """Return the story or item that was typed: its file, or the name of a person who is in no other one."""
    found = takedown.find(root, typed)
    if not isinstance(found, str):
        return found
    named = takedown.named(root, typed)
    if len(named) == 1:
        return named[0]
    if named:
        paths = "".join(f"\n  {source.path}" for source in named)
        raise click.UsageError(f'"{typed}" may be any of these. Say which one, with its path:{paths}')
    hint = f' Did you mean "{found}"?' if found else ' "sitegen consent" lists all.'
    raise click.UsageError(f'There is no story or item "{typed}".{hint}')


def person_of(
    path: str, people: Sequence[WrittenPerson], name: str | None, question: str
) -> WrittenPerson | None:
    """Return the person of several who is meant: the one with the name, or the one chosen in a terminal."""
    names = [each.name for each in people]
    if name is not None and any(names):
        found = takedown.find_person(people, name)
        if isinstance(found, str):
            hint = f'Did you mean "{found}"?' if found else f"The people are {joined(names)}."
            raise click.UsageError(f'"{name}" is not one of the people in {path}. {hint}')
        return found if len(people) > 1 else None
    if len(people) < 2:
        return None
    if prompts.is_terminal():
        return people[prompts.choose(question, names)]
    options = " or ".join(f'--person "{each}"' for each in names)
    raise click.UsageError(f"There are {len(people)} people in {path}. Say whose consent it is: {options}")
