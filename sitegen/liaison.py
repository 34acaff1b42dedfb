"""The liaison's commands: a new file, answers of a form, a new site.

Each command imports what it needs when it runs, as those in `cli` do.
"""
# ruff: noqa: PLC0415

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen import filing
from sitegen.options import HELD_BACK, WRONG_USAGE, today
from sitegen.questions import PHOTO, QUESTIONS, KeyPath, Question

if TYPE_CHECKING:
    from sitegen.columns import Mapped
    from sitegen.frontmatter import Value
    from sitegen.model import Kind
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
    from sitegen import interview, scaffold, settings, words
    from sitegen.model import Kind
    from sitegen.scan import scan

    kind, questions = Kind(kind_name), QUESTIONS[kind_name]
    chosen, problems = settings.read(root)
    for problem in problems:
        words.say_problem(problem)
    if problems:
        sys.exit(1)

    def check(values: dict[str, "Value"]) -> tuple[Any, ...]:
        return scaffold.faults(kind, values, chosen)

    def look_at(photo: Path) -> str:
        found = scaffold.look_at_photo(photo)
        return found if isinstance(found, str) else ""

    if interview.is_terminal():
        answers = interview.ask(questions, answers, check, look_at)  # type: ignore[arg-type]
    elif missing := interview.what_is_missing(questions, answers, check, look_at):  # type: ignore[arg-type]
        _refuse(missing)
    values = _completed(kind, interview.values_of(questions, answers))
    slug = scaffold.slug_of(kind, slug or "") or _own_slug(kind, values)
    if not slug:
        _refuse(["no file name can be made of this. Give one with --file, in letters and digits."])
    shelf, _ = scan(root)
    photo = Path(answers[PHOTO]).expanduser() if answers.get(PHOTO) else None
    standing = scaffold.who_stands_there(shelf, kind, slug)
    written = None if standing else scaffold.write(root, kind, slug, values, photo)
    if written is None:
        _refuse(
            [
                f"{standing or scaffold.path_of(kind, slug)} is there already, and is left as it is.",
                f"Change that file, or give this one another name: --file {scaffold.free(shelf, kind, slug)}",
            ]
        )
    _say_written(written.path, written.photo, bool(values.get("draft")))


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


def _refuse(lines: list[str]) -> NoReturn:
    from sitegen.words import say

    for line in lines:
        say(line, fg="red")
    say("Nothing was written.")
    sys.exit(WRONG_USAGE)


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
    from sitegen import columns, importer, photobox, settings, tables, tally, words
    from sitegen.scan import scan

    chosen, problems = settings.read(root)
    if chosen is None:
        for problem in problems:
            words.say_problem(problem)
        sys.exit(1)
    table = tables.read(file.read_bytes())
    if isinstance(table, str):
        _refuse([f"{file.name} can't be read: {table}"])
    box = photobox.opened(photos) if photos else photobox.EMPTY
    if isinstance(box, str):
        _refuse([f"{photos}: {box}"])
    mapped = _mapped(root, table, dry_run, yes)
    shelf, _ = scan(root)
    plans = importer.plan(table, mapped, root, shelf, chosen, box, today or date.today())
    if dry_run:
        tally.show_plans(plans)
    else:
        if not (root / columns.PATH).exists():
            filing.put(root / columns.PATH, columns.written(table, mapped).encode())
            words.say(f"Kept which column answers what: {columns.PATH}")
        written = importer.write(root, plans, box, " ".join(file.name.split()))
        plans = list(tally.told(written))
    tally.say_imported(plans, dry_run)
    unusable = any(plan.fate is importer.Fate.UNUSABLE for plan in plans)
    sys.exit(HELD_BACK if unusable else 0)


def _mapped(root: Path, table: "Table", dry_run: bool, yes: bool) -> "Mapped":
    """Return which column answers what: as the file says, or as somebody says that the guess is right."""
    from sitegen import columns, interview, tally, words

    told = root / columns.PATH
    mapped = columns.told(told.read_bytes(), table) if told.exists() else columns.guess(table)
    if isinstance(mapped, tuple):
        for problem in mapped:
            words.say_problem(problem)
        _refuse([f"Next: correct {columns.PATH}, or remove it to have the columns guessed."])
    tally.show_columns(table, mapped)
    missing = columns.what_is_missing(mapped)
    if missing:
        words.say(f"Write {columns.PATH} with the headings behind the colons, such as this:")
        click.echo(columns.written(table, mapped))
        _refuse([f"{missing}."])
    if told.exists() or dry_run or yes or interview.confirmed("Is that right?"):
        return mapped
    words.say(f"Write {columns.PATH} with the right headings behind the colons:")
    click.echo(columns.written(table, mapped))
    _refuse(["Next: run it again with --yes if the columns are right, or with that file if they are not."])


# -- a new site -----------------------------------------------------------------------------

WISHES = {
    "name": "Name of the collective",
    "url": "Address at which the site will stand, such as https://example.org",
    "main": "Main color, dark",
    "accent": "Second color",
}


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help=f"{WISHES['name']}.")
@click.option("--url", help=f"{WISHES['url']}.")
@click.option("--color", "main", help=f"{WISHES['main']}, as #rrggbb.")
@click.option("--accent", help=f"{WISHES['accent']}, as #rrggbb.")
@today
def init_command(folder: Path, today: date | None, **given: str | None) -> None:
    """Make a new collective's site in a folder of its own.

    Templates, assets, and one example of each kind of file are put there. It can be built at once.
    """
    from sitegen import founding, interview, words

    if said := founding.what_is_in(folder):
        _refuse([f"{folder}: {said}.", "Next: sitegen init with the name of a new folder"])
    wished = {part: value.strip() for part, value in given.items() if value is not None}
    if interview.is_terminal():
        wished = interview.wishes(WISHES, wished, founding.what_is_wrong)
    wish = founding.Wish(**{"name": "", "url": ""} | wished)
    if wrong := founding.what_is_wrong(wish):
        _refuse([f"--{'color' if part == 'main' else part}: {said}" for part, said in wrong.items()])
    founding.found(folder, wish, today or date.today())
    words.say(f"{wish.name} has a site in {folder}.", fg="green")
    words.say(f"Next: cd {folder}, then sitegen build. Begin with content/site.yaml and content/index.md.")


# -- forms for editors ----------------------------------------------------------------------


@click.command("schema", short_help="Write what content may hold, for editors.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the files go; schema/ in the site's folder if not given.",
)
@click.option("--repo", default="OWNER/NAME", help="The repository at GitHub that Sveltia CMS writes to.")
@click.option("--branch", default="main", help="The branch that it writes to.")
@click.pass_obj
def schema_command(root: Path, folder: Path | None, repo: str, branch: str) -> None:
    """Write what content may hold, for editors: JSON Schema, Front Matter CMS, Sveltia CMS.

    It is made from the same rules that a build checks content with. Write it anew after an update.
    """
    from sitegen import forms, settings, words

    chosen, problems = settings.read(root)
    if chosen is None:
        for problem in problems:
            words.say_problem(problem)
        sys.exit(1)
    folder = folder or root / "schema"
    made = dict(forms.files(chosen, repo, branch))
    if folder.exists() and (foreign := sorted(set(_below(folder)) - made.keys())):
        _refuse(
            [f"{folder} has other files in it, such as {foreign[0]}. Name a folder of its own with --to."]
        )
    for name, text in made.items():
        filing.write(folder / name, text.encode())
        words.say(f"Written: {folder / name}", fg="green")
    words.say("Next: copy frontmatter.json to the site's folder for Front Matter CMS (Visual Studio Code),")
    words.say(
        "or sveltia/config.yml to where Sveltia CMS stands. Name the repository with --repo OWNER/NAME."
    )


def _below(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()]
