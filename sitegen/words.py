"""What is said to people: problems, reports, the register of consent, the receipt of a take-down."""

import contextlib
import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from sitegen import register
from sitegen.build import Report
from sitegen.problems import Problem
from sitegen.takedown import Receipt


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
        _say_problem(problem)
    for withheld in report.withheld:
        say(f"{withheld.path}: withheld: {withheld.reason}.", fg="cyan")
    if report.site_at_fault:
        say("Nothing was published; the old site stands.", fg="red")
        say("Next: mend the files named above, then run this again.")


def _say_problem(problem: Problem) -> None:
    place = click.style(f"{problem.where}:", bold=True)
    colour = "red" if problem.is_error else "yellow"
    kind = "" if problem.is_error else "warning: "
    say(f"{place} {click.style(kind + problem.message, fg=colour)} {problem.hint}".rstrip())


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
        say(f"Next: mend {', '.join(report.held_back)}, then run sitegen build again.")
    else:
        say(
            f"Next: python -m http.server --bind 127.0.0.1 --directory {where} 8000, and open http://127.0.0.1:8000/"
        )


def show_register(found: register.Register) -> None:
    """Print the register as a table."""
    # only here, because loading it takes longer than most commands
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"Consent on {found.day}", title_justify="left", box=None, pad_edge=False)
    for name in ("file", "public", "until, or why not"):
        table.add_column(name, overflow="fold")
    for entry in found.published:
        table.add_row(entry.path, "yes", str(entry.last or "no end"))
    for withheld in found.withheld:
        table.add_row(withheld.path, "no", withheld.reason)
    console = Console(highlight=False)
    console.print(table)
    for days in register.HORIZONS:
        ending = ", ".join(entry.path for entry in found.ending(days)) or "none"
        console.print(f"Ending within {days} days: {ending}", markup=False, soft_wrap=True)
    console.print(f"The site next changes by itself on: {found.next_change or 'no day that is known'}")
    if found.ended:
        console.print("Ended, and still published:", ", ".join(found.ended), markup=False, soft_wrap=True)
    say(
        "Next: sitegen build"
        if found.ended
        else "Next: sitegen withdraw NAME, when somebody changes their mind"
    )


def register_as_object(found: register.Register) -> dict[str, Any]:
    """Return the register as it goes into JSON."""
    return {
        "day": str(found.day),
        "published": [
            {"path": entry.path, "until": str(entry.last) if entry.last else None}
            for entry in found.published
        ],
        "withheld": [asdict(withheld) for withheld in found.withheld],
        "ending": {str(days): [entry.path for entry in found.ending(days)] for days in register.HORIZONS},
        "next_change": str(found.next_change) if found.next_change else None,
        "ended": list(found.ended),
    }


def show_receipt(receipt: Receipt, day: date) -> None:
    """Print what was taken down, what is proved, and what this program can't reach."""
    if receipt.problem:
        _say_problem(receipt.problem)
    elif receipt.written:
        click.echo(f"{receipt.path}: withdrawn from {day} on; nothing else in the file was changed.")
    else:
        click.echo(f"{receipt.path}: not changed; it was withdrawn already, or has no consent to withdraw.")
    if receipt.proof is None:
        say(
            f"It is still public, and comes down with the build of {day}."
            if not receipt.report.site_at_fault
            else ""
        )
        return
    click.echo(f"Removed from the site: {count(len(receipt.removed), 'address', 'addresses')}.")
    for address in receipt.removed:
        click.echo(f"  {address}")
    proof = receipt.proof
    click.echo(
        f"Looked through every byte of {count(proof.files, 'file')} in public/ and .sitegen/ "
        f"for {count(proof.things, 'thing')}: words, addresses, the photos' names, and how they look."
    )
    for trace in proof.traces:
        say(f"{trace.path}: still has {trace.what}.", fg="red")
    if not proof.traces:
        click.echo("Nothing of the story is left there.")
    click.echo(BEYOND)


BEYOND = """\
What this can't reach, and somebody has to see to:
  - the site on the web: deploy now, and delete old deployments at the host;
  - search engines: ask them to forget the addresses above;
  - the version history of this folder: the file and the photo are still in it, and in every copy of it;
  - copies elsewhere: social media, newsletters, web archives, screenshots.
Next: deploy the site, then hand the addresses above to whoever keeps them."""


def _from_here(out: Path) -> Path:
    here = Path.cwd()
    return out.relative_to(here) if out.is_relative_to(here) else out


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def say(line: str, fg: str | None = None) -> None:
    """Write a line to people, on stderr; in colour on a terminal, unless NO_COLOR is set."""
    colour = False if os.environ.get("NO_COLOR") else None
    with contextlib.suppress(OSError):  # where nobody listens any more, the work goes on
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
