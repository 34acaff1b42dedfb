"""Command line: the group `sitegen`, `build`, `check`, `serve`, and exit codes.

Each command imports what it needs when it runs, because imports take several times as long as printing the
help or finding that there is nothing to do.
"""
# ruff: noqa: PLC0415 - see above

import atexit
import gc
import json
import os
import signal
import sys
import traceback
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from sitegen import __version__
from sitegen.cli.options import (
    HELD_BACK,
    PUBLISHED,
    SITE_AT_FAULT,
    STOPPED,
    as_json,
    day_of,
    exit_code,
    today,
    workers,
)
from sitegen.core.text import printable

COMMANDS = {
    "new": "new",
    "import": "import_csv",
    "consent": "consent",
    "cards": "consent",
    "withdraw": "consent",
    "init": "init",
    "schema": "init",
    "serve": "serve",
    "deploy": "deploy",
}
"""Commands of other modules of this package, each with its module."""


class Group(click.Group):
    """A group that imports the module of a command when the command, or the help, is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted((*super().list_commands(ctx), *COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"sitegen.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="The site's folder; the current one if not given.",
)
@click.version_option(__version__, message="sitegen %(version)s")
@click.pass_context
def sitegen(context: click.Context, root: Path) -> None:
    """Turn Markdown files into a website that shows each person's story only with their consent."""
    context.obj = root.resolve()
    if context.invoked_subcommand == "withdraw":  # it names them in its receipt, and never waits
        return
    if (shown := printable(str(context.obj))) != str(context.obj):
        hint = "Rename it, or the folder that it is in, with plain letters."
        raise click.UsageError(f"The path of this folder is not in UTF-8: {shown}. {hint}")
    _sweep(context.obj)


def _sweep(root: Path) -> None:
    """Delete what killed commands left in a site's folder, and name it."""
    from sitegen.core import leftovers

    swept = leftovers.sweep(root / "content", root / ".sitegen")
    if swept:
        from sitegen.cli import messages

        for path in swept:
            messages.say(f"{path.relative_to(root)}: deleted. A command that was stopped had left this.")


@sitegen.command("build")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the website; public/ in the site's folder if not given.",
)
@today
@click.option("--clean", is_flag=True, help="Build everything from scratch.")
@click.option("--force", is_flag=True, help="Move files aside that sitegen did not make.")
@click.option("--explain", is_flag=True, help="Say why each file is made.")
@workers
@as_json
@click.pass_obj
def build_command(
    root: Path,
    out: Path | None,
    today: date | None,
    clean: bool,
    force: bool,
    explain: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Build the website in public/."""
    from sitegen.cli import messages
    from sitegen.pipeline import up_to_date
    from sitegen.pipeline.request import BuildRequest

    out = Path(os.path.abspath(out)) if out else root / "public"  # noqa: PTH100 - keeps symbolic links
    request = BuildRequest(root, out, day_of(root, today), clean=clean, workers=jobs, force=force)
    report = up_to_date.nothing_to_do(request)
    if report is None:
        from sitegen.build import build
        from sitegen.cli.progress import Bar

        with Bar() as bar:
            report = build(request, bar.say, bar.say if explain else lambda _: None, progress=bar.update)
    messages.tell(report, as_json)
    if not as_json and not report.site_at_fault:
        messages.say_published(report, out)
    sys.exit(exit_code(report))


@sitegen.command("check", short_help="Show what needs fixing, and what could be better.")
@today
@workers
@as_json
@click.option("--fix", is_flag=True, help="Fix what has only one possible fix, and show the changes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["words", "github"]),
    default="words",
    help="Words for people, or annotations for a GitHub pull request.",
)
@click.option("--external", is_flag=True, help="Also test the links to other websites.")
@click.pass_obj
def check_command(
    root: Path, today: date | None, jobs: int, as_json: bool, fix: bool, form: str, external: bool
) -> None:
    """Show what needs fixing and what could be better, without writing anything.

    Suggestions don't block anything. --fix corrects front matter fences, line endings, dates, and colons that
    need quotation marks.
    """
    from sitegen.cli import github, messages
    from sitegen.cli.progress import Bar
    from sitegen.commands import check
    from sitegen.pipeline.request import BuildRequest

    unchanged = []
    for done in check.fix(root) if fix else ():
        if isinstance(done, str):
            click.echo(done, err=as_json)
        else:
            unchanged.append(done)
    request = BuildRequest(root, root / "public", day_of(root, today), workers=jobs, publish=False)
    with Bar() as bar:
        found = check.check_site(request, external, bar.update, unchanged)
    if as_json:
        checked = messages.check_as_object(found.report, found.advice)
        click.echo(json.dumps(checked, ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in found.report.problems:
            click.echo(github.annotation(problem))
        for problem in found.advice:
            click.echo(github.annotation(problem, is_advice=True))
    else:
        messages.tell_check(found.report, found.advice)
        messages.say_fixable(found.fixable)
        if not found.report.site_at_fault:
            messages.say_checked(found.report)
    sys.exit(exit_code(found.report) or (HELD_BACK if unchanged else PUBLISHED))


def main() -> None:
    """Run the command line; errors end in a message and an exit code, not in a traceback."""
    # the cyclic garbage collector takes a seventh of the import time, and as long again at exit
    gc.disable()
    atexit.register(gc.freeze)
    _end_in_order()
    try:
        sitegen(standalone_mode=True)
    except (Exception, KeyboardInterrupt) as error:
        sys.exit(_failed(error))


def _end_in_order() -> None:
    """Let temporary folders be deleted when a terminal is closed or the system ends this process."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def _failed(error: BaseException) -> int:
    """Print why a command failed, and return the exit code."""
    from sitegen.cli import messages

    if isinstance(error, KeyboardInterrupt):
        messages.say("Stopped. Nothing was published; the old site is unchanged.")
        return STOPPED
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        messages.say(
            f"{place}{error.strerror or error}. Nothing was published; the old site is unchanged.", fg="red"
        )
        return SITE_AT_FAULT
    if os.environ.get("SITEGEN_DEBUG"):
        traceback.print_exception(error)
    messages.say(f"Something went wrong in sitegen: {type(error).__name__}: {error}", fg="red")
    messages.say("Nothing was published; the old site is unchanged.")
    messages.say("Next: run this again with SITEGEN_DEBUG=1 set, and report what it prints.")
    return SITE_AT_FAULT
