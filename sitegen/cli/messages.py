"""Messages: problems and reports as text for people and as JSON."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen.cli.options import SITE_AT_FAULT, WRONG_USAGE
from sitegen.core.diagnostics import Problem
from sitegen.core.status import DRAFT, LIVE, NEEDS_FIXING
from sitegen.core.text import count, several
from sitegen.pipeline.request import BuildReport

if TYPE_CHECKING:
    from sitegen.core.settings import Settings


def tell(report: BuildReport, as_json: bool = False) -> None:
    """Print a report: problems and the status of what is not live; or everything, as one JSON object."""
    if as_json:
        click.echo(json.dumps(_as_object(report), ensure_ascii=False, indent=1))
        return
    if report.site_at_fault and report.still_public:
        say("These pages must be removed from the site, and can't be until it is fixed:", fg="red")
        for address in report.still_public:
            say(f"  {address}", fg="red")
    for problem in report.problems:
        say_problem(problem)
    for withheld in report.withheld:
        status = NEEDS_FIXING if withheld.path in report.held_back else DRAFT
        say(f"{withheld.path}: {status} – not public: {withheld.reason}.", fg="cyan")
    if report.left_out and not report.site_at_fault:
        say(f"Left out until it is fixed, from content/site.yaml: {', '.join(report.left_out)}.", fg="yellow")
    if report.site_at_fault:
        say("Nothing was published; the old site is unchanged.", fg="red")
        say("Next: fix the files listed above, then run this again.")


def tell_problems(report: BuildReport) -> None:
    """Say what kept a new site from being built."""
    for problem in report.problems:
        say_problem(problem)


def say_problem(problem: Problem) -> None:
    """Print a problem: where, what, and how to fix it."""
    place = click.style(f"{problem.where}:", bold=True)
    color = "red" if problem.is_error else "yellow"
    kind = "" if problem.is_error else "warning: "
    say(f"{place} {click.style(kind + problem.message, fg=color)} {problem.hint}".rstrip())


def tell_check(report: BuildReport, advice: tuple[Problem, ...]) -> None:
    """Print the problems, and after them the suggestions."""
    tell(report)
    if advice:
        say("\nSuggestions (nothing is blocked):", fg="yellow")
    for problem in advice[:MOST_ADVICE]:
        place = click.style(f"{problem.where}:", bold=True)
        say(f"  {place} {problem.message} {problem.hint}".rstrip())
    if len(advice) > MOST_ADVICE:
        say(f"  … and {len(advice) - MOST_ADVICE} more; --json has them all.")
    if advice:
        say("")


MOST_ADVICE = 40
"""Suggestions that are printed at a time."""


def check_as_object(report: BuildReport, advice: tuple[Problem, ...]) -> dict[str, Any]:
    """Return a build's report and the suggestions as a JSON object."""
    return _as_object(report) | {"advice": [_problem_as_object(problem) for problem in advice]}


def say_fixable(paths: Sequence[str]) -> None:
    """Print which files `--fix` can change."""
    if paths:
        say(f"sitegen check --fix can fix some of this in {several(paths)}. It shows what it changes.")


def say_checked(report: BuildReport) -> None:
    """Print how many stories have which status, and the next step."""
    say(f"Checked. {statuses(report)}. Nothing was written.")
    fix = "fix the files listed above, then sitegen check"
    say(f"Next: {fix if report.needs_fixing else 'sitegen build'}")


def statuses(report: BuildReport) -> str:
    """Return how many stories are live, and how many files are drafts or need fixing."""
    fixing = len(report.held_back)
    drafts = len({withheld.path for withheld in report.withheld} - {*report.held_back})
    parts = [f"{LIVE}: {count(report.published, 'story', 'stories')}"]
    parts += [f"{DRAFT}: {drafts}"] if drafts else []
    parts += [f"{NEEDS_FIXING}: {fixing}"] if fixing else []
    return ", ".join(parts)


def say_published(report: BuildReport, out: Path) -> None:
    """Print what was published where, and the next step."""
    where = _from_here(out)
    say(
        f"Published {count(report.published, 'story', 'stories')} in {where}/: "
        f"{count(report.made, 'file')} made, {report.reused} kept, {report.removed} removed, "
        f"in {report.seconds:.2f} s. {statuses(report)}.",
        fg="green",
    )
    if report.needs_fixing:
        say(f"Next: fix {several(report.needs_fixing)}, then run sitegen build again.")
    else:
        say("Next: sitegen serve, to look at it")


def _from_here(out: Path) -> Path:
    here = Path.cwd()
    return out.relative_to(here) if out.is_relative_to(here) else out


def say(line: str, fg: str | None = None) -> None:
    """Print a line on stderr, in color on a terminal unless NO_COLOR is set."""
    color = False if os.environ.get("NO_COLOR") else None
    with contextlib.suppress(OSError):  # a closed pipe must not stop a build
        click.secho(line, fg=fg, err=True, color=color)


def _as_object(report: BuildReport) -> dict[str, Any]:
    return {
        "published": report.published,
        "withheld": [asdict(withheld) for withheld in report.withheld],
        "problems": [_problem_as_object(problem) for problem in report.problems],
        "made": report.made,
        "reused": report.reused,
        "removed": report.removed,
        "seconds": round(report.seconds, 3),
    }


def _problem_as_object(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.where.path,
        "line": problem.where.line,
        "column": problem.where.column,
        "code": problem.code.value,
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity.value,
    }


def refuse(lines: Iterable[str]) -> NoReturn:
    """Print what is wrong, and exit with WRONG_USAGE."""
    for line in lines:
        say(line, fg="red")
    say("Nothing was written.")
    sys.exit(WRONG_USAGE)


def settings_of(root: Path) -> "Settings":
    """Return the settings of a site; if they can't be read, print why and exit with SITE_AT_FAULT."""
    from sitegen.content import settings  # noqa: PLC0415

    chosen, problems = settings.read(root)
    for problem in problems:
        say_problem(problem)
    if chosen is None:
        say("Nothing was written.")
        sys.exit(SITE_AT_FAULT)
    return chosen
