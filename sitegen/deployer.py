"""The command that brings the site to where the public finds it."""
# ruff: noqa: PLC0415

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sitegen.options import HELD_BACK, SITE_AT_FAULT, WRONG_USAGE, today

if TYPE_CHECKING:
    from sitegen.deploy import Changes

MOST_SHOWN = 20
"""Addresses of a kind that somebody can look through."""


@click.command("deploy", short_help="Build, show what changes, ask, and deploy.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Copy to this folder instead of pushing to a branch.",
)
@click.option("--remote", default="origin", help="Name or address of the repository; origin if not given.")
@click.option("--branch", default="gh-pages", help="The branch; gh-pages if not given.")
@click.option("--force", is_flag=True, help="Replace a branch that has other files than a site of sitegen.")
@click.option("--held-back-ok", is_flag=True, help="Deploy although a mistake holds back stories.")
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
    """Build the site, show what changes for the public, ask, and deploy it.

    It goes to the branch gh-pages of the site's repository, for GitHub Pages and others, or to a folder.
    Older versions are not kept there: a story that was taken down must not live on in them.
    """
    from sitegen import deploy, settings

    out = root / "public"
    _build(root, out, today or date.today(), held_back_ok)
    chosen, _ = settings.read(root)
    own_domain = deploy.domain(chosen) if chosen else ""
    try:
        if folder:
            found = deploy.to_folder(out, folder, root)
            _ask_and_do(found, str(folder), yes, lambda: deploy.copy(out, folder))
        else:
            address = deploy.remote_of(root, remote)
            with tempfile.TemporaryDirectory(prefix="sitegen-") as repository:
                ready = deploy.commit(root, out, Path(repository), address, branch, own_domain, force)
                where = f"the branch {branch} of {address}"
                _ask_and_do(ready.changes, where, yes, lambda: deploy.push(ready), ready.has_history)
    except deploy.Failed as failed:
        _stop(str(failed), SITE_AT_FAULT)


def _build(root: Path, out: Path, day: date, held_back_ok: bool) -> None:
    """Build, and stop where anything is at fault."""
    from sitegen import words
    from sitegen.build import build
    from sitegen.order import Order

    report = build(Order(root, out, day, workers=os.cpu_count() or 1), words.say)
    words.tell(report)
    if report.site_at_fault:
        _stop("", SITE_AT_FAULT)
    if report.held_back and not held_back_ok:
        hint = "Mend what is named above, or deploy without it: --held-back-ok"
        _stop(f"A mistake holds back {words.several(report.held_back)}. {hint}", HELD_BACK)


def _ask_and_do(
    found: "Changes", where: str, yes: bool, do: Callable[[], None], has_history: bool = False
) -> None:
    """Show what changes, ask, do it, and say what comes next."""
    from sitegen import interview, words

    if not found and not has_history:
        words.say(f"Nothing to deploy: {where} has this very site. Next: sitegen new story")
        return
    _show(found)
    if has_history:
        words.say("Older versions of the site are still there; they go.", fg="yellow")
    if not yes and not interview.is_terminal():
        _stop(f"Look at this, then run it again with --yes to deploy to {where}.", WRONG_USAGE)
    if not yes and not interview.confirmed(f"Deploy this to {where}?"):
        _stop("", 0)
    do()
    words.say(f"Deployed to {where}.", fg="green")
    if found.removed:
        words.say(
            "Ask search engines to forget the removed addresses, and the host to delete old deployments."
        )
    words.say("Next: open the site in a browser. A host takes a minute or two to show what is new.")


def _show(found: "Changes") -> None:
    from sitegen.deploy import address
    from sitegen.words import count

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
    from sitegen.words import say

    if why:
        say(why, fg="red" if code else None)
    say("Nothing was deployed.")
    sys.exit(code)
