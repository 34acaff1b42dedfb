"""Span: the days on which the gate's decision about a file stays the same.

The up-to-date check imports no other module of this package.
"""

from datetime import date

Span = tuple[int, int]
"""The first and the last day, as ordinals, on which the public sees what it sees today."""

ALWAYS: Span = (date.min.toordinal(), date.max.toordinal())


def holds(passed: Span | None, today: date) -> bool:
    """Tell whether what passed the gate once may pass today; without a span it always may."""
    first, last = passed or ALWAYS
    return first <= today.toordinal() <= last
