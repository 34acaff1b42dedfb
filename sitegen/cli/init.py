"""Commands `init` and `schema`: a new site, and settings for content editors."""
# ruff: noqa: PLC0415 - each command imports what it needs when it runs

from datetime import date
from pathlib import Path

import click

from sitegen.cli.messages import refuse, settings_of
from sitegen.cli.options import day_of, today
from sitegen.core import atomic_write, litter
from sitegen.core.text import line

# -- a new site -----------------------------------------------------------------------------

QUESTIONS = {
    "name": "Name of your collective",
    "url": "Web address of the site, for example https://example.org",
    "main": "Main color (dark)",
    "accent": "Second color",
}


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help=f"{QUESTIONS['name']}.")
@click.option("--url", help=f"{QUESTIONS['url']}.")
@click.option("--color", "main", help=f"{QUESTIONS['main']}, as #rrggbb.")
@click.option("--accent", help=f"{QUESTIONS['accent']}, as #rrggbb.")
@today
def init_command(folder: Path, today: date | None, **given: str | None) -> None:
    """Make a new site in the folder DIR.

    It gets templates, styles, and one example of each kind of file, and is ready to build.
    """
    try:
        _make_site(folder, {part: value for part, value in given.items() if value is not None}, today)
    except OSError as error:
        refuse([f"{folder} can't be made: {error.strerror}.", "Next: sitegen init with another folder"])


def _make_site(folder: Path, answers: dict[str, str], today: date | None) -> None:
    """Check the folder, ask for missing answers, make the site, and print the next step."""
    from sitegen.authoring import new_site
    from sitegen.cli import messages, prompts

    if reason := new_site.why_unusable(folder):
        refuse([f"{folder} can't be used: {reason}.", "Next: sitegen init with the name of a new folder"])
    answers = {part: line(value) for part, value in answers.items()}
    if prompts.is_terminal():
        answers = prompts.ask_for_site(QUESTIONS, answers, new_site.find_errors)
    site = new_site.NewSite(**{"name": "", "url": ""} | answers)
    if errors := new_site.find_errors(site):
        refuse([f"--{'color' if part == 'main' else part}: {message}" for part, message in errors.items()])
    new_site.create(folder, site, day_of(folder, today))
    typed = f'"{folder}"' if " " in str(folder) else folder
    messages.say(f"The site of {site.name} is ready in {folder}.", fg="green")
    messages.say(f"Next: cd {typed}, then sitegen build. Start with content/site.yaml and content/index.md.")


# -- forms for editors ----------------------------------------------------------------------


@click.command("schema", short_help="Write settings for content editors.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the files; schema/ in the site's folder if not given.",
)
@click.option("--repo", default="OWNER/NAME", help="The GitHub repository that Sveltia CMS writes to.")
@click.option("--branch", default="main", help="The branch that it writes to.")
@click.pass_obj
def schema_command(root: Path, folder: Path | None, repo: str, branch: str) -> None:
    """Write settings for content editors: JSON Schema, Front Matter CMS, Sveltia CMS.

    They are made from the same rules that a build checks. Run this again after updating sitegen.
    """
    from sitegen.authoring import editor_schemas
    from sitegen.cli import messages

    chosen = settings_of(root)
    folder = folder or root / "schema"
    made = dict(editor_schemas.files(chosen, repo, branch))
    if folder.exists() and (foreign := sorted(set(_below(folder)) - made.keys())):
        refuse([f"{folder} has other files in it, such as {foreign[0]}. Choose an empty folder with --to."])
    for name, text in made.items():
        atomic_write.write(folder / name, text.encode())
        messages.say(f"Written: {folder / name}", fg="green")
    messages.say("Next: for Front Matter CMS (Visual Studio Code), copy frontmatter.json to the site folder.")
    messages.say("For Sveltia CMS, run this with --repo OWNER/NAME, and copy sveltia/config.yml next to it.")


def _below(folder: Path) -> list[str]:
    files = (file for file in folder.rglob("*") if not file.is_dir())
    return [file.relative_to(folder).as_posix() for file in files if not litter.is_file(file.name)]
