"""What several commands share: options, the days that people write behind them, exit codes."""

import os
from datetime import date
from typing import Any

import click

PUBLISHED, SITE_AT_FAULT, WRONG_USAGE, HELD_BACK = 0, 1, 2, 3
"""Exit codes; wrong usage is click's own, too."""


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
