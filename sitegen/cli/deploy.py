"""Command `deploy`: builds, shows the changes, asks, and publishes."""
# ruff: noqa: PLC0415

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sitegen.cli.options import HELD_BACK, SITE_AT_FAULT, WRONG_USAGE, day_of, today

if TYPE_CHECKING:
    from sitegen.commands.deploy import Changes
    from sitegen.commands.publication import Publication

MOST_SHOWN = 20
"""Addresses listed of each kind of change."""


@click.command("deploy", short_help="Build, show what changes, ask, and deploy.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Copy to this folder instead of pushing to a branch.",
)
@click.option(
    "--remote", default="origin", help="Name or address of the git repository; origin if not given."
)
@click.option("--branch", default="gh-pages", help="The branch to push to; gh-pages if not given.")
@click.option("--force", is_flag=True, help="Replace the branch even if sitegen did not make its files.")
@click.option(
    "--held-back-ok", is_flag=True, help="Deploy even if stories need fixing; they stay off the site."
)
@click.option("--yes", is_flag=True, help="Deploy without asking.")
@today
@click.pass_obj
def deploy_command(
    root: Path,
    folder: Path | None,
    remote: str,
    branch: str,
    force: bool,
    held_back_ok: bool,
    yes: bool,
    today: date | None,
) -> None:
    """Build the site, show what changes for visitors, ask, and deploy it.

    By default the site is pushed to the branch gh-pages of your git repository, for GitHub Pages and similar
    hosts; --to copies it to a folder instead. Older versions are not kept, so a withdrawn story is gone.
    """
    from sitegen.commands import publication
    from sitegen.commands.deploy import DeployError

    out = root / "public"
    _build(root, out, day_of(root, today), held_back_ok)
    destination = publication.Destination(folder, remote, branch, force)
    try:
        with publication.prepared(root, out, destination) as ready:
            _ask_and_do(ready, yes)
    except DeployError as error:
        _stop(str(error), SITE_AT_FAULT)


def _build(root: Path, out: Path, day: date, held_back_ok: bool) -> None:
    """Build, remake published files that something changed, and exit if the site or a story has a problem."""
    from sitegen.cli import messages
    from sitegen.commands import publication
    from sitegen.core import text
    from sitegen.pipeline.request import BuildRequest

    request = BuildRequest(root, out, day, workers=os.cpu_count() or 1)
    report = publication.build_whole(request, messages.say)
    messages.tell(report)
    if report.site_at_fault:
        _stop("", SITE_AT_FAULT)
    if (files := report.needs_fixing) and not held_back_ok:
        hint = "Fix the problems above, or deploy without it: --held-back-ok"
        _stop(f"Needs fixing: {text.several(files)}. {hint}", HELD_BACK)


def _ask_and_do(ready: "Publication", yes: bool) -> None:
    """Show what changes, ask, deploy, and print the next step."""
    from sitegen.cli import messages, prompts

    if not ready.changes and not ready.has_history:
        messages.say(f"Nothing to deploy: {ready.where} is up to date. Next: sitegen new story")
        return
    _show(ready.changes)
    if ready.has_history:
        messages.say("Older versions of the site are still there. They will be deleted.", fg="yellow")
    if not yes and not prompts.is_terminal():
        _stop(f"Check the list above, then add --yes to deploy to {ready.where}.", WRONG_USAGE)
    if not yes and not prompts.confirmed(f"Deploy this to {ready.where}?"):
        _stop("", 0)
    ready.publish()
    messages.say(f"Deployed to {ready.where}.", fg="green")
    if ready.changes.removed:
        messages.say(
            "Ask search engines to forget the removed addresses, and delete old deployments at your host."
        )
    messages.say("Next: open the site in a browser. It can take a minute or two until the changes show.")


def _show(found: "Changes") -> None:
    from sitegen.commands.deploy import address
    from sitegen.core.text import count

    for word, paths in (("added", found.added), ("changed", found.changed), ("removed", found.removed)):
        pages = [path for path in paths if path.endswith((".html", ".xml", ".json"))]
        others = len(paths) - len(pages)
        for path in pages[:MOST_SHOWN]:
            click.echo(f"{word:>8}  {address(path)}")
        more = [count(len(pages) - MOST_SHOWN, "more address", "more addresses")] * (len(pages) > MOST_SHOWN)
        more += [count(others, "picture or other file", "pictures and other files")] * (others > 0)
        if more:
            click.echo(f"{word:>8}  {' and '.join(more)}")


def _stop(why: str, code: int) -> NoReturn:
    from sitegen.cli.messages import say

    if why:
        say(why, fg="red" if code else None)
    say("Nothing was deployed.")
    sys.exit(code)
