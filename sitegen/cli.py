"""The command line: commands, words, colours, exit codes."""

import json
import os
import sys
import traceback
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from sitegen import __version__
from sitegen.build import Order, Report, build
from sitegen.problems import Problem

PUBLISHED, SITE_AT_FAULT, HELD_BACK = 0, 1, 3
"""Exit codes; 2, wrong usage, is click's own."""

STOPPED = 130
"""128 and the number of the signal that Ctrl-C sends."""


class Day(click.ParamType[date]):
    """A day, written as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a day. Write it like 2024-11-04.', param, ctx)


today = click.option("--date", "today", type=Day(), default=None, help="The day to take for today.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and no words.")
workers = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Things made at a time."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="The folder of the site; this one if not given.",
)
@click.version_option(__version__, message="sitegen %(version)s")
@click.pass_context
def sitegen(context: click.Context, root: Path) -> None:
    """Make a website of Markdown files; show nothing of anybody without their consent."""
    context.obj = root.resolve()


@sitegen.command("build")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to publish into; public/ in the site's folder if not given.",
)
@today
@click.option("--clean", is_flag=True, help="Make everything anew.")
@click.option("--explain", is_flag=True, help="Say of each file why it is made.")
@workers
@as_json
@click.pass_obj
def build_command(
    root: Path,
    out: Path | None,
    today: date | None,
    clean: bool,
    explain: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Build the site and publish it."""
    out = Path(os.path.abspath(out)) if out else root / "public"  # noqa: PTH100 - links must stay visible
    order = Order(root, out, today or date.today(), clean=clean, workers=jobs)
    report = build(order, _say if explain else lambda _: None)
    _tell(report, as_json)
    if not as_json and not report.site_at_fault:
        _say_published(report, out)
    sys.exit(_exit_code(report))


@sitegen.command("check")
@today
@workers
@as_json
@click.pass_obj
def check_command(root: Path, today: date | None, jobs: int, as_json: bool) -> None:
    """Say everything that a build would say, and write nothing."""
    order = Order(root, root / "public", today or date.today(), workers=jobs, publish=False)
    report = build(order)
    _tell(report, as_json)
    if not as_json and not report.site_at_fault:
        _say(
            f"Checked: {_count(report.published, 'story', 'stories')} can be published. Nothing was written."
        )
        _say(
            "Next: sitegen build"
            if not report.held_back
            else "Next: mend the files named above, then sitegen check"
        )
    sys.exit(_exit_code(report))


def main() -> None:
    """Run the command line; whatever happens ends in words and an exit code, never in a traceback."""
    try:
        sitegen(standalone_mode=True)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(
            f"{place}{error.strerror or error}. Nothing was published; the old site stands.",
            fg="red",
        )
    except KeyboardInterrupt:
        _say("Stopped. Nothing was published; the old site stands.")
        sys.exit(STOPPED)
    except Exception as error:
        if os.environ.get("SITEGEN_DEBUG"):
            traceback.print_exc()
        _say(f"sitegen itself is at fault: {type(error).__name__}: {error}", fg="red")
        _say("Nothing was published; the old site stands.")
        _say("Next: run it again with SITEGEN_DEBUG=1 set, and report what it prints.")
    sys.exit(SITE_AT_FAULT)


# -- words ----------------------------------------------------------------------------------


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_object(report), ensure_ascii=False, indent=1))
        return
    for problem in report.problems:
        _say_problem(problem)
    for withheld in report.withheld:
        _say(f"{withheld.path}: withheld: {withheld.reason}.", fg="cyan")
    if report.site_at_fault:
        _say("Nothing was published; the old site stands.", fg="red")
        _say("Next: mend the files named above, then run this again.")


def _say_problem(problem: Problem) -> None:
    place = click.style(f"{problem.where}:", bold=True)
    colour = "red" if problem.is_error else "yellow"
    kind = "" if problem.is_error else "warning: "
    _say(f"{place} {click.style(kind + problem.message, fg=colour)} {problem.hint}".rstrip())


def _say_published(report: Report, out: Path) -> None:
    where = _from_here(out)
    _say(
        f"Published {_count(report.published, 'story', 'stories')} in {where}/: "
        f"{_count(report.made, 'file')} made, {report.reused} kept, {report.removed} removed, "
        f"in {report.seconds:.2f} s.",
        fg="green",
    )
    if report.held_back:
        _say(f"Next: mend {', '.join(report.held_back)}, then run sitegen build again.")
    else:
        _say(
            f"Next: python -m http.server --bind 127.0.0.1 --directory {where} 8000, and open http://127.0.0.1:8000/"
        )


def _from_here(out: Path) -> Path:
    here = Path.cwd()
    return out.relative_to(here) if out.is_relative_to(here) else out


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _say(line: str, fg: str | None = None) -> None:
    """Write a line to people, on stderr; in colour on a terminal, unless NO_COLOR is set."""
    colour = False if os.environ.get("NO_COLOR") else None
    click.secho(line, fg=fg, err=True, color=colour)


def _as_object(report: Report) -> dict[str, Any]:
    return {
        "published": report.published,
        "withheld": [asdict(withheld) for withheld in report.withheld],
        "problems": [
            {
                "path": problem.where.path,
                "line": problem.where.line,
                "column": problem.where.column,
                "message": problem.message,
                "hint": problem.hint,
                "severity": problem.severity.value,
            }
            for problem in report.problems
        ],
        "made": report.made,
        "reused": report.reused,
        "removed": report.removed,
        "seconds": round(report.seconds, 3),
    }


def _exit_code(report: Report) -> int:
    if report.site_at_fault:
        return SITE_AT_FAULT
    return HELD_BACK if report.held_back else PUBLISHED
