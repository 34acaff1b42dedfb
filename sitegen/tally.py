"""What is shown of an import: which column answers what, and what becomes of each row."""

from collections import Counter
from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Shown

from sitegen.columns import PARTS, Mapped
from sitegen.importer import Fate, Plan
from sitegen.tables import Table
from sitegen.words import count, say


def show_columns(table: Table, mapped: Mapped) -> None:
    """Print which column answers which part of a story, and which answer none."""
    shown = Shown(title="Columns", title_justify="left", box=None, pad_edge=False)
    for heading in ("part of the story", "column"):
        shown.add_column(heading, overflow="fold")
    for part in PARTS:
        if part.key in mapped:
            shown.add_row(part.key, escape(table.columns[mapped[part.key]]))
    unused = [
        column for position, column in enumerate(table.columns) if column and position not in mapped.values()
    ]
    if unused:
        shown.add_row("(not used)", escape("; ".join(unused)))
    Console(highlight=False).print(shown)


def show_plans(plans: Iterable[Plan]) -> None:
    """Print what becomes of each row."""
    shown = Shown(title="Rows", title_justify="left", box=None, pad_edge=False)
    for heading in ("row", "name", "", "file", "notes"):
        shown.add_column(heading, overflow="fold")
    for plan in plans:
        file, notes = plan.path.removeprefix("content/"), "; ".join(plan.notes)
        shown.add_row(str(plan.row), escape(plan.name), plan.fate.value, file, escape(notes))
    Console(highlight=False).print(shown)


def told(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Pass rows on, and say of each what became of it, and what somebody should look at."""
    for plan in plans:
        _tell(plan)
        yield plan


def _tell(plan: Plan) -> None:
    if plan.fate is Fate.UNUSABLE:
        say(f"row {plan.row}{_of(plan.name)} can't be used: {'; '.join(plan.notes)}.", fg="red")
    elif plan.fate is Fate.KNOWN:
        say(f"row {plan.row}{_of(plan.name)} is there already: {plan.path}", fg="cyan")
    else:
        click.echo(f"{plan.path}: row {plan.row}{_of(plan.name)}")
        for note in plan.notes:
            say(f"  {note}", fg="yellow")


def _of(name: str) -> str:
    return f" ({name})" if name else ""


def say_imported(plans: list[Plan], rehearsal: bool) -> None:
    """Say how many rows became what, and what comes next."""
    fates = Counter(plan.fate for plan in plans)
    new, known, unusable = fates[Fate.NEW], fates[Fate.KNOWN], fates[Fate.UNUSABLE]
    will_be = "would be " if rehearsal else ""
    say(
        f"{count(len(plans), 'row')}: {count(new, 'new draft')} {will_be}written, "
        f"{known} there already, {unusable} that can't be used."
    )
    if rehearsal:
        say("Nothing was written. Next: the same without --dry-run")
    elif unusable:
        say("Next: mend those rows in the table, and import it again: what is there stays as it is.")
    elif new:
        say("Next: read each draft, record consent in it, then sitegen check")
    else:
        say("Next: sitegen check")
