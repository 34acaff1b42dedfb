"""Command `import`: make drafts from the answers to a form."""
# ruff: noqa: PLC0415 - the command imports what it needs when it runs

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.messages import refuse, settings_of
from sitegen.cli.options import HELD_BACK, PUBLISHED, day_of, today
from sitegen.core import atomic_write

if TYPE_CHECKING:
    from sitegen.authoring.column_mapping import Mapped
    from sitegen.authoring.csv_reader import Table


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--photos",
    type=click.Path(exists=True, path_type=Path),
    help="Folder or ZIP file with the photos.",
)
@click.option("--dry-run", is_flag=True, help="Show what each row would become, without writing anything.")
@click.option("--yes", is_flag=True, help="Use the guessed columns without asking.")
@today
@click.pass_obj
def import_command(
    root: Path, file: Path, photos: Path | None, dry_run: bool, yes: bool, today: date | None
) -> None:
    """Make a draft story from each answer to a form.

    FILE is a CSV file from Google Forms, Microsoft Forms, Airtable or Excel. sitegen guesses which column is
    which, shows you its guess, and saves it in content/import.yaml, where you can correct it.
    """
    from sitegen.authoring import csv_reader, importer, photo_archive
    from sitegen.cli import tables
    from sitegen.content.discovery import scan

    chosen = settings_of(root)
    table = csv_reader.read(file.read_bytes())
    if isinstance(table, str):
        refuse([f"{file.name} can't be read: {table}"])
    archive = photo_archive.opened(photos) if photos else photo_archive.EMPTY
    if isinstance(archive, str):
        refuse([f"{photos} can't be used: {archive}"])
    mapped = _mapped(root, table, dry_run, yes)
    files, _ = scan(root)
    plans = importer.plan(table, mapped, root, files, chosen, archive, day_of(root, today))
    if dry_run:
        tables.show_plans(plans)
    else:
        _save_columns(root, table, mapped)
        written = importer.write(root, plans, archive, " ".join(file.name.split()))
        plans = list(tables.reported(written))
    tables.say_photos_left(importer.photos_left(plans, archive))
    tables.say_imported(plans, is_dry_run=dry_run)
    unusable = any(plan.outcome is importer.Outcome.UNUSABLE for plan in plans)
    sys.exit(HELD_BACK if unusable else PUBLISHED)


def _save_columns(root: Path, table: "Table", mapped: "Mapped") -> None:
    """Write the mapping of columns to content/import.yaml, unless the file exists."""
    from sitegen.authoring import column_mapping
    from sitegen.cli import messages

    if not (root / column_mapping.PATH).exists():
        atomic_write.create(root / column_mapping.PATH, column_mapping.written(table, mapped).encode())
        messages.say(f"Saved the columns: {column_mapping.PATH}")


def _mapped(root: Path, table: "Table", dry_run: bool, yes: bool) -> "Mapped":
    """Return the mapping of columns: from content/import.yaml, or guessed and confirmed."""
    from sitegen.authoring import column_mapping
    from sitegen.cli import messages, prompts, tables

    saved = root / column_mapping.PATH
    mapped = column_mapping.read(saved.read_bytes(), table) if saved.exists() else column_mapping.guess(table)
    if isinstance(mapped, tuple):
        for problem in mapped:
            messages.say_problem(problem)
        refuse([f"Next: correct {column_mapping.PATH}, or delete it so that the columns are guessed."])
    tables.show_columns(table, mapped)
    missing = column_mapping.what_is_missing(mapped)
    if missing:
        messages.say(f"Next: write {column_mapping.PATH} with your column names after the colons, like this:")
        click.echo(column_mapping.written(table, mapped))
        refuse([f"{missing}."])
    if saved.exists() or dry_run or yes or prompts.confirmed("Are these columns right?"):
        return mapped
    if not prompts.is_terminal():
        messages.say(f"To correct them, write {column_mapping.PATH} with your column names after the colons:")
        click.echo(column_mapping.written(table, mapped))
        refuse(
            ["Next: run this again with --yes if the columns are right, or after writing that file if not."]
        )
    _save_columns(root, table, mapped)
    messages.say("No draft was written. Next: correct that file, then import again.")
    sys.exit(PUBLISHED)
