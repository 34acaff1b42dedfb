"""What is said to people: problems and reports."""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sitegen.order import Report
from sitegen.problems import Problem


def tell(report: Report, as_json: bool = False) -> None:
    """Tell what is wrong and what is withheld; or everything, as one JSON object."""
    if as_json:
        click.echo(json.dumps(_as_object(report), ensure_ascii=False, indent=1))
        return
    if report.site_at_fault and report.waiting:
        say("These must come down, and can't until the site is in order again:", fg="red")
        for address in report.waiting:
            say(f"  {address}", fg="red")
    for problem in report.problems:
        say_problem(problem)
    for withheld in report.withheld:
        say(f"{withheld.path}: withheld: {withheld.reason}.", fg="cyan")
    if report.site_at_fault:
        say("Nothing was published; the old site stands.", fg="red")
        say("Next: mend the files named above, then run this again.")


def say_problem(problem: Problem) -> None:
    """Say what is wrong, where, and how to mend it."""
    place = click.style(f"{problem.where}:", bold=True)
    colour = "red" if problem.is_error else "yellow"
    kind = "" if problem.is_error else "warning: "
    say(f"{place} {click.style(kind + problem.message, fg=colour)} {problem.hint}".rstrip())


def tell_proofs(report: Report, advice: tuple[Problem, ...]) -> None:
    """Tell what is wrong, and apart from it what could be better."""
    tell(report)
    if advice:
        say("\nAdvice, which holds nothing back:", fg="yellow")
    for problem in advice[:MOST_ADVICE]:
        place = click.style(f"{problem.where}:", bold=True)
        say(f"  {place} {problem.message} {problem.hint}".rstrip())
    if len(advice) > MOST_ADVICE:
        say(f"  … and {len(advice) - MOST_ADVICE} more; --json has them all.")
    if advice:
        say("")


MOST_ADVICE = 40
"""Pieces of advice that somebody can take at a time."""


def proofs_as_object(report: Report, advice: tuple[Problem, ...]) -> dict[str, Any]:
    """Return everything as it goes into JSON: what a build says, and the advice."""
    return _as_object(report) | {"advice": [_problem_as_object(problem) for problem in advice]}


def say_mendable(paths: Sequence[str]) -> None:
    """Tell where the program can take over some of the work."""
    if paths:
        say(
            f"sitegen check --fix mends by itself what it can in {several(paths)}, and shows what it changed."
        )


def say_checked(report: Report) -> None:
    """Tell how a check ended, and what comes next."""
    say(f"Checked: {count(report.published, 'story', 'stories')} can be published. Nothing was written.")
    say("Next: mend the files named above, then sitegen check" if report.held_back else "Next: sitegen build")


def say_published(report: Report, out: Path) -> None:
    """Tell what was published where, and what comes next."""
    where = _from_here(out)
    say(
        f"Published {count(report.published, 'story', 'stories')} in {where}/: "
        f"{count(report.made, 'file')} made, {report.reused} kept, {report.removed} removed, "
        f"in {report.seconds:.2f} s.",
        fg="green",
    )
    if report.held_back:
        say(f"Next: mend {several(report.held_back)}, then run sitegen build again.")
    else:
        say("Next: sitegen serve, to look at it")


def _from_here(out: Path) -> Path:
    here = Path.cwd()
    return out.relative_to(here) if out.is_relative_to(here) else out


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def several(names: Sequence[str]) -> str:
    """Return a list of names for people: the first few, and how many more there are."""
    more = [f"{len(names) - FEW} more"] if len(names) > FEW else []
    *first, last = [*names[:FEW], *more]
    return f"{', '.join(first)} and {last}" if first else last


FEW = 3
"""Names that somebody remembers until the end of a sentence."""


def say(line: str, fg: str | None = None) -> None:
    """Write a line to people, on stderr; in colour on a terminal, unless NO_COLOR is set."""
    colour = False if os.environ.get("NO_COLOR") else None
    with contextlib.suppress(OSError):  # where nobody listens any more, the work goes on
        click.secho(line, fg=fg, err=True, color=colour)


def _as_object(report: Report) -> dict[str, Any]:
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
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity.value,
    }
