"""Tables and receipts: consent register, takedown, card export, and import."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sitegen.authoring import csv_reader
from sitegen.authoring.column_mapping import PARTS, Mapped, unused_columns
from sitegen.authoring.importer import Outcome, Plan
from sitegen.cli.messages import say, say_problem
from sitegen.commands import consent_register, takedown_receipt
from sitegen.commands.card_export import Collected
from sitegen.commands.takedown import Receipt
from sitegen.commands.takedown_receipt import BEYOND, Tone
from sitegen.core.diagnostics import Problem
from sitegen.core.status import DRAFT, LIVE, NEEDS_FIXING
from sitegen.core.text import count, printable
from sitegen.pipeline import still_public


def show_register(found: consent_register.Register) -> None:
    """Print the register as a table."""
    console = Console(highlight=False)
    console.print(_register_table(found))
    for days in consent_register.HORIZONS:
        ending = ", ".join(_with_person(entry) for entry in found.ending(days)) or "none"
        console.print(f"Consent ends within {days} days: {ending}", markup=False, soft_wrap=True)
    console.print(f"The site next changes by itself on: {found.next_change or 'no known day'}")
    if found.ended:
        console.print(
            "Still published, but not allowed:", ", ".join(found.ended), markup=False, soft_wrap=True
        )
    say(
        "Next: sitegen build"
        if found.ended
        else "Next: sitegen withdraw NAME, when a person changes their mind"
    )


def _register_table(found: consent_register.Register) -> Table:
    """Return the table of the register: one row for each person, named where a file has several."""
    rows = [(entry.path, entry.person, LIVE, _until_when(entry)) for entry in found.published]
    rows += [
        (each.path, each.person, NEEDS_FIXING if each.reason == still_public.MISTAKE else DRAFT, each.reason)
        for each in found.withheld
    ]
    with_people = any(person for _, person, _, _ in rows)
    table = Table(title=f"Consent on {found.day}", title_justify="left", box=None, pad_edge=False)
    for name in ("file", *(["person"] if with_people else []), "status", "until when, or why"):
        table.add_column(name, overflow="fold")
    for path, person, status, words in rows:
        table.add_row(path, *([escape(person)] if with_people else []), status, words)
    return table


def _until_when(entry: consent_register.Published) -> str:
    until = f"until {entry.last}" if entry.last else "no end"
    return f"{until}; no signed form, published at {escape(entry.source)}" if entry.source else until


def _with_person(entry: consent_register.Published) -> str:
    return f"{entry.path} ({entry.person})" if entry.person else entry.path


def register_as_object(found: consent_register.Register) -> dict[str, Any]:
    """Return the register as a JSON object."""
    return {
        "day": str(found.day),
        "published": [
            {"path": entry.path, "until": str(entry.last) if entry.last else None}
            | _person(entry)
            | ({"source": entry.source} if entry.source else {})
            for entry in found.published
        ],
        "withheld": [{"path": each.path, "reason": each.reason} | _person(each) for each in found.withheld],
        "ending": {
            str(days): list(dict.fromkeys(entry.path for entry in found.ending(days)))
            for days in consent_register.HORIZONS
        },
        "next_change": str(found.next_change) if found.next_change else None,
        "ended": list(found.ended),
    }


def _person(entry: consent_register.Published | consent_register.NotPublic) -> dict[str, str]:
    return {"person": entry.person} if entry.person else {}


def show_receipt(receipt: Receipt, day: date) -> None:
    """Print what was taken down, the result of the search, and what sitegen can't reach."""
    for line in takedown_receipt.lines(receipt, day):
        if isinstance(line, Problem):
            say_problem(line)
        elif line.tone is Tone.PLAIN:
            click.echo(line.words)
        else:
            say(line.words, fg="red" if line.tone is Tone.BAD else "yellow")
    if receipt.proof and not receipt.failure:
        click.echo("What sitegen can't do for you:")
        for each in BEYOND:
            click.echo(f"  - {each}")
        click.echo(
            "Next: sitegen deploy, then send the addresses above to the people who can remove the copies."
        )
    elif not receipt.failure and not receipt.report.site_at_fault:
        say(f"Live until then: the build on {day} removes it. Next: sitegen build on that day")


def show_collected(done: Collected, folder: Path) -> None:
    """Print which cards were written where, and the next step."""
    cards = len([path for path in (*done.written, *done.kept) if path.endswith(".jpg")])
    for path in done.foreign:
        say(f"{folder / path}: not replaced, because sitegen did not make it or it was edited.", fg="yellow")
    for path in done.outdated:
        say(f"{folder / path}: please delete this by hand. It may no longer be shared.", fg="red")
    for path, letters in done.without_card.items():
        say(f"{path}: no card, because the fonts don't have {letters}.", fg="yellow")
    say(
        f"Drew {count(cards, 'card')} in {folder}/, each with a text file: "
        f"{count(len(done.written), 'file')} written, {len(done.kept)} kept, {len(done.removed)} removed.",
        fg="green",
    )
    say(
        "Next: post the cards with the words from the .txt files, and run this again when consent changes."
        if cards
        else "Next: to get a card, add social to what a story's consent covers."
    )


def show_columns(table: csv_reader.Table, mapped: Mapped) -> None:
    """Print which column goes to which part of a story, and the unused columns."""
    shown = Table(title="Columns", title_justify="left", box=None, pad_edge=False)
    for heading in ("part of the story", "column"):
        shown.add_column(heading, overflow="fold")
    for part in PARTS:
        if part.key in mapped:
            shown.add_row(part.key, escape(table.columns[mapped[part.key]]))
    unused, private = unused_columns(table, mapped)
    if unused:
        shown.add_row("(not used)", escape("; ".join(unused)))
    if private:
        shown.add_row("(private, never used)", escape("; ".join(private)))
    Console(highlight=False).print(shown)


def show_plans(plans: Iterable[Plan]) -> None:
    """Print what becomes of each row."""
    shown = Table(title="Rows", title_justify="left", box=None, pad_edge=False)
    for heading in ("row", "name", "", "file", "notes"):
        shown.add_column(heading, overflow="fold")
    for plan in plans:
        file, notes = plan.path.removeprefix("content/"), "; ".join(plan.notes)
        shown.add_row(str(plan.row), escape(plan.name), plan.outcome.value, file, escape(notes))
    Console(highlight=False).print(shown)


def reported(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Pass rows on, and print the result and the notes of each."""
    for plan in plans:
        _say_row(plan)
        yield plan


def _say_row(plan: Plan) -> None:
    if plan.outcome is Outcome.UNUSABLE:
        say(f"row {plan.row}{_of(plan.name)} can't be used: {'; '.join(plan.notes)}.", fg="red")
    elif plan.outcome is Outcome.KNOWN:
        say(f"row {plan.row}{_of(plan.name)} already exists: {plan.path}", fg="cyan")
    else:
        click.echo(f"{plan.path}: row {plan.row}{_of(plan.name)}")
        for note in plan.notes:
            say(f"  {note}", fg="yellow")


def _of(name: str) -> str:
    return f" ({name})" if name else ""


def say_photos_left(names: list[str]) -> None:
    """Print every photo that was given and belongs to no story."""
    if names:
        say(f"{count(len(names), 'photo')} not used, because no row says whose they are:", fg="yellow")
    for name in names:
        say(f"  {printable(name)}", fg="yellow")


def say_imported(plans: list[Plan], is_dry_run: bool) -> None:
    """Print how many rows became what, and the next step."""
    outcomes = Counter(plan.outcome for plan in plans)
    new, known, unusable = outcomes[Outcome.NEW], outcomes[Outcome.KNOWN], outcomes[Outcome.UNUSABLE]
    will_be = "would be " if is_dry_run else ""
    say(
        f"{count(len(plans), 'row')}: {count(new, 'new draft')} {will_be}written, "
        f"{known} already imported, {unusable} can't be used."
    )
    if is_dry_run:
        say("Nothing was written. Next: run this again without --dry-run")
    elif unusable:
        say("Next: fix those rows in the table, then import it again. Existing drafts are not changed.")
    elif new:
        say("Next: read each draft, record consent in it, then sitegen check")
    else:
        say("Next: sitegen check")
