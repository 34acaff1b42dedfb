"""The liaison's commands: a new file, answers of a form.

Each command imports what it needs when it runs, as those in `cli` do.
"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import filing
from sitegen.options import HELD_BACK, PUBLISHED, today
from sitegen.questions import PHOTO, QUESTIONS, KeyPath, Question
from sitegen.refusal import refuse, settings_of

if TYPE_CHECKING:
    from sitegen.columns import Mapped
    from sitegen.frontmatter import Value
    from sitegen.model import Kind
    from sitegen.schema import Fault
    from sitegen.tables import Table


DESCRIPTIONS = {
    "story": "A young person's story; a draft until consent is recorded.",
    "page": "A page of the site.",
    "network": "A network.",
    "item": "Something that members did, with a photo.",
}


@click.group("new", short_help="Begin a story, a page, a network or an item.")
def new_command() -> None:
    """Begin a story, a page, a network or an item, and say what comes next.

    On a terminal you are asked for what is missing; elsewhere the options have to say it.
    """


def _parameters(questions: tuple[Question, ...]) -> list[click.Parameter]:
    """Return the parameters of a command: the first question is its argument, the others are options."""
    first, *others = questions
    options = [
        click.Option([question.option, _name(question.path)], help=f"{question.words}.", metavar="TEXT")
        for question in others
    ]
    slug = click.Option(["--file", "slug"], help="Name of the file, without its ending.", metavar="NAME")
    return [click.Argument([_name(first.path)], required=False, metavar=f"[{first.option}]"), *options, slug]


def _name(path: KeyPath) -> str:
    return "_".join(path)


def _add(kind: str) -> None:
    """Add the command for a kind of content to the group."""

    @click.pass_obj
    def begin(root: Path, /, **given: Any) -> None:
        slug = given.pop("slug")
        answers = {
            question.path: given[_name(question.path)]
            for question in QUESTIONS[kind]
            if given[_name(question.path)] is not None
        }
        _begin(root, kind, answers, slug)

    parameters = _parameters(QUESTIONS[kind])
    new_command.add_command(click.Command(kind, callback=begin, params=parameters, help=DESCRIPTIONS[kind]))


for _kind in QUESTIONS:
    _add(_kind)


def _begin(root: Path, kind_name: str, answers: dict[KeyPath, str], slug: str | None) -> None:
    """Ask, look, write, and say what comes next."""
    from sitegen import interview, scaffold
    from sitegen.model import Kind

    kind, questions, chosen = Kind(kind_name), QUESTIONS[kind_name], settings_of(root)

    def check(values: Mapping[str, "Value"]) -> tuple["Fault", ...]:
        return scaffold.faults(kind, values, chosen)

    def look_at(photo: Path) -> str:
        found = scaffold.look_at_photo(photo)
        return found if isinstance(found, str) else ""

    if interview.is_terminal():
        answers = interview.ask(questions, answers, check, look_at)
    elif missing := interview.what_is_missing(questions, answers, check, look_at):
        refuse(missing)
    values = _completed(kind, interview.values_of(questions, answers))
    slug = scaffold.slug_of(kind, slug or "") or _own_slug(kind, values)
    if not slug:
        refuse(["no file name can be made of this. Give one with --file, in letters and digits."])
    photo = Path(answers[PHOTO]).expanduser() if answers.get(PHOTO) else None
    written = scaffold.write(root, kind, _free_slug(root, kind, slug), values, photo)
    if written is None:
        refuse([f"somebody else has begun {scaffold.path_of(kind, slug)} in this moment. Run it again."])
    _say_written(written.path, written.photo, bool(values.get("draft")))


def _free_slug(root: Path, kind: "Kind", slug: str) -> str:
    """Return a name that no other file has: this one, or the next one if somebody says so."""
    from sitegen import interview, scaffold, words
    from sitegen.scan import scan

    shelf, _ = scan(root)
    standing, free = scaffold.who_stands_there(shelf, kind, slug), scaffold.free(shelf, kind, slug)
    if not standing:
        return slug
    words.say(f"{standing} is there already, and is left as it is.", fg="red")
    if not interview.confirmed(f"Shall this be another one, called {free}?"):
        refuse([f"Change that file, or give this one another name: --file {free}"])
    return free


def _completed(kind: "Kind", values: dict[str, "Value"]) -> dict[str, "Value"]:
    """Add what needs no asking: the day of a story, and that it is a draft while no consent is recorded."""
    from sitegen.model import Kind

    if kind is Kind.STORY:
        values.setdefault("date", date.today().isoformat())
        if "consent" not in values:
            values["draft"] = "true"
    return values


def _own_slug(kind: "Kind", values: dict[str, "Value"]) -> str:
    from sitegen import scaffold
    from sitegen.model import Kind

    if kind is Kind.STORY:
        return scaffold.story_slug(values)
    return scaffold.slug_of(kind, str(values.get("title", "")))


def _say_written(path: str, photo: str, is_draft: bool) -> None:
    from sitegen.words import say

    say(f"Written: {path}", fg="green")
    if photo:
        say(f"Copied:  {photo}", fg="green")
    if is_draft:
        say("It is a draft: nobody sees it before consent is recorded in it.")
    say(f"Next: open {path}, write the text below its second line of hyphens, then sitegen check")


# -- answers of a form ----------------------------------------------------------------------


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--photos",
    type=click.Path(exists=True, path_type=Path),
    help="Folder or ZIP with the photos that the answers name.",
)
@click.option("--dry-run", is_flag=True, help="Show what each row would become, and write nothing.")
@click.option("--yes", is_flag=True, help="Take the columns as they are guessed, without asking.")
@today
@click.pass_obj
def import_command(
    root: Path, file: Path, photos: Path | None, dry_run: bool, yes: bool, today: date | None
) -> None:
    """Make drafts of the answers to a form.

    FILE is a table as Google Forms, Microsoft Forms, Airtable or Excel save it (CSV). Which column answers
    what is guessed, shown, and kept in content/import.yaml, where you can correct it.
    """
    from sitegen import importer, photobox, tables, tally
    from sitegen.scan import scan

    chosen = settings_of(root)
    table = tables.read(file.read_bytes())
    if isinstance(table, str):
        refuse([f"{file.name} can't be read: {table}"])
    box = photobox.opened(photos) if photos else photobox.EMPTY
    if isinstance(box, str):
        refuse([f"{photos}: {box}"])
    mapped = _mapped(root, table, dry_run, yes)
    shelf, _ = scan(root)
    plans = importer.plan(table, mapped, root, shelf, chosen, box, today or date.today())
    if dry_run:
        tally.show_plans(plans)
    else:
        _keep(root, table, mapped)
        plans = list(tally.told(importer.write(root, plans, box, " ".join(file.name.split()))))
    tally.say_imported(plans, dry_run)
    unusable = any(plan.fate is importer.Fate.UNUSABLE for plan in plans)
    sys.exit(HELD_BACK if unusable else PUBLISHED)


def _keep(root: Path, table: "Table", mapped: "Mapped") -> None:
    """Write down which column answers what, where nobody has yet."""
    from sitegen import columns, words

    if not (root / columns.PATH).exists():
        filing.put(root / columns.PATH, columns.written(table, mapped).encode())
        words.say(f"Kept which column answers what: {columns.PATH}")


def _mapped(root: Path, table: "Table", dry_run: bool, yes: bool) -> "Mapped":
    """Return which column answers what: as the file says, or as somebody says that the guess is right."""
    from sitegen import columns, interview, tally, words

    told = root / columns.PATH
    mapped = columns.told(told.read_bytes(), table) if told.exists() else columns.guess(table)
    if isinstance(mapped, tuple):
        for problem in mapped:
            words.say_problem(problem)
        refuse([f"Next: correct {columns.PATH}, or remove it to have the columns guessed."])
    tally.show_columns(table, mapped)
    missing = columns.what_is_missing(mapped)
    if missing:
        words.say(f"Write {columns.PATH} with the headings behind the colons, such as this:")
        click.echo(columns.written(table, mapped))
        refuse([f"{missing}."])
    if told.exists() or dry_run or yes or interview.confirmed("Is that right?"):
        return mapped
    if not interview.is_terminal():
        words.say(f"Write {columns.PATH} with the right headings behind the colons:")
        click.echo(columns.written(table, mapped))
        refuse(["Next: run it again with --yes if the columns are right, or with that file if they are not."])
    _keep(root, table, mapped)
    words.say("No draft was written. Next: correct that file, then import again.")
    sys.exit(PUBLISHED)
