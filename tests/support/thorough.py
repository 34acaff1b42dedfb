"""Thoroughness of random and repeated tests: few rounds by default, many with SITEGEN_SWEEP=all."""

import os

from hypothesis import settings

LEVEL = os.environ.get("SITEGEN_SWEEP", "")

SWEEP = LEVEL in ("all", "random")
"""Whether to try as much as `make audit` and `make sweep` do."""

RANDOM = LEVEL == "random"
"""Whether to try something else each time, as `make sweep` does: otherwise a run passes whenever the same run
of the same code has passed."""


def repeat_what_was_tried() -> None:
    """Let the tests of properties try the same examples in every run, unless they are to be random."""
    if not RANDOM:
        settings.register_profile("repeatable", derandomize=True, database=None)
        settings.load_profile("repeatable")


def rounds(few: int, many: int) -> int:
    """Return how many rounds or examples a test tries."""
    return many if SWEEP else few
