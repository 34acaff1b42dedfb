"""How a command ends that can't do what it was asked for: in words, and with nothing written."""
# ruff: noqa: PLC0415

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sitegen.options import SITE_AT_FAULT, WRONG_USAGE

if TYPE_CHECKING:
    from sitegen.model import Settings


def refuse(lines: Iterable[str]) -> NoReturn:
    """Say what is wrong, and end the program."""
    from sitegen.words import say

    for line in lines:
        say(line, fg="red")
    say("Nothing was written.")
    sys.exit(WRONG_USAGE)


def settings_of(root: Path) -> "Settings":
    """Return the settings of a site; where they can't be read, say why, and end the program."""
    from sitegen import settings, words

    chosen, problems = settings.read(root)
    for problem in problems:
        words.say_problem(problem)
    if chosen is None:
        words.say("Nothing was written.")
        sys.exit(SITE_AT_FAULT)
    return chosen
