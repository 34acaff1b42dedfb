"""The commands that lay the groundwork: a new site, and forms for those who write in it.

Each command imports what it needs when it runs, as those in `cli` do.
"""
# ruff: noqa: PLC0415

from datetime import date
from pathlib import Path

import click

from sitegen import filing, signs
from sitegen.options import today
from sitegen.refusal import refuse, settings_of

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
    try:
        _settle(folder, {part: value for part, value in given.items() if value is not None}, today)
    except OSError as error:
        refuse([f"{folder} can't be made: {error.strerror}.", "Next: sitegen init with another folder"])


def _settle(folder: Path, wished: dict[str, str], today: date | None) -> None:
    """Look at the place, ask, make the site, and say what comes next."""
    from sitegen import founding, interview, words

    if said := founding.what_is_in(folder):
        refuse([f"{folder}: {said}.", "Next: sitegen init with the name of a new folder"])
    wished = {part: signs.line(value) for part, value in wished.items()}
    if interview.is_terminal():
        wished = interview.wishes(WISHES, wished, founding.what_is_wrong)
    wish = founding.Wish(**{"name": "", "url": ""} | wished)
    if wrong := founding.what_is_wrong(wish):
        refuse([f"--{'color' if part == 'main' else part}: {said}" for part, said in wrong.items()])
    founding.found(folder, wish, today or date.today())
    typed = f'"{folder}"' if " " in str(folder) else folder
    words.say(f"{wish.name} has a site in {folder}.", fg="green")
    words.say(f"Next: cd {typed}, then sitegen build. Begin with content/site.yaml and content/index.md.")


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
    from sitegen import forms, words

    chosen = settings_of(root)
    folder = folder or root / "schema"
    made = dict(forms.files(chosen, repo, branch))
    if folder.exists() and (foreign := sorted(set(_below(folder)) - made.keys())):
        refuse([f"{folder} has other files in it, such as {foreign[0]}. Name a folder of its own with --to."])
    for name, text in made.items():
        filing.write(folder / name, text.encode())
        words.say(f"Written: {folder / name}", fg="green")
    words.say("Next: copy frontmatter.json to the site's folder for Front Matter CMS (Visual Studio Code),")
    words.say(
        "or sveltia/config.yml to where Sveltia CMS stands. Name the repository with --repo OWNER/NAME."
    )


def _below(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()]
