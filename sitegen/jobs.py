"""Jobs: what makes each output, and when and why it has to be made anew.

A job is stale when the digests of its inputs are not the remembered ones. There is no graph and no
clock in it: `make` sees nothing that the inputs do not name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any


@dataclass(frozen=True, slots=True)
class Output:
    """The bytes of a job's files, in their order, and a note that is remembered with them."""

    files: tuple[bytes, ...]
    note: str = ""


class Changed(Exception):
    """A file is not the one any more that the build began with; the text is its path."""


Make = Callable[[], Output]


def ready(make: Callable[..., Output], *arguments: object) -> Callable[[], Make]:
    """Return what prepares a job of which everything is known already."""
    return lambda: partial(make, *arguments)


@dataclass(frozen=True, slots=True)
class Job:
    """One or several output files that are made together.

    `paths` lie below the output folder; `inputs` maps the name of everything the job depends on to
    its digest. `prepare` is called only when the job is stale, in whatever process does it, or before it
    is sent there; it returns what makes the files: a plain function with plain data bound to it. `cost` is
    about the milliseconds that it takes.
    """

    paths: tuple[str, ...]
    inputs: Mapping[str, str]
    prepare: Callable[[], Make]
    cost: float = 0.5

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel prepared: what prepares a job may hold the whole site."""
        try:
            make = self.prepare()
        except Exception as error:  # it is told where the job is done
            make = partial(_fail, error)
        return Job, (self.paths, {}, partial(_ready, make), self.cost)


def _ready(make: Make) -> Make:
    return make


def _fail(error: Exception) -> Output:
    raise error


def stale(job: Job, remembered: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the reason for which a job has to run, or None where what it made before still holds.

    `remembered` maps each path to the inputs it was last made of; a path whose file is gone or was
    touched is not in it.
    """
    for path in job.paths:
        before = remembered.get(path)
        if before is None:
            return "it is new"
        if before != job.inputs:
            return _difference(before, job.inputs)
    return None


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    for name in now:
        if name not in before:
            return f"{name} is new"
        if before[name] != now[name]:
            return f"{name} changed"
    gone = next(name for name in before if name not in now)
    return f"{gone} is gone"
