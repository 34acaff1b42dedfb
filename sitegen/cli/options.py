"""Options: parameters and exit codes that several commands share."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sitegen.pipeline.request import BuildReport

PUBLISHED, SITE_AT_FAULT, WRONG_USAGE, HELD_BACK = 0, 1, 2, 3
"""Exit codes; 2 is also click's own for wrong usage."""

STOPPED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal SIGINT."""


class Day(click.ParamType[date]):
    """A day, written as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date. Write it like 2024-11-04.', param, ctx)


today = click.option("--date", "today", type=Day(), default=None, help="Use this day as today.")


def day_of(root: Path, given: date | None) -> date:
    """Return the day given as today, or else the day it is where the site is."""
    if given:
        return given
    from sitegen.content import site_zone  # noqa: PLC0415 - not needed for the help

    if problem := unknown_zone(root):
        raise click.UsageError(problem)
    return site_zone.today(root)


def unknown_zone(root: Path) -> str:
    """Return what is wrong with the environment variable TZ, if it decides the day; else ""."""
    from sitegen.content import site_zone  # noqa: PLC0415
    from sitegen.core import time_zone  # noqa: PLC0415

    written = time_zone.misspelt_variable()
    if not written or site_zone.read(root):
        return ""
    meant = time_zone.nearest_zone(written)
    hint = f'Did you mean "{meant}"?' if meant else "Write region and city, such as America/New_York."
    return f'The environment variable TZ is "{written}", which is not a time zone. {hint}'


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
workers = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Number of worker processes."
)


def exit_code(report: "BuildReport") -> int:
    """Return the exit code for a build's report."""
    if report.site_at_fault:
        return SITE_AT_FAULT
    return HELD_BACK if report.needs_fixing else PUBLISHED
