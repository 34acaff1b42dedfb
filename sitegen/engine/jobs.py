"""Jobs: output files, the digests of their inputs, and the staleness check.

A job is stale when the digests of its inputs differ from the cached ones. Neither a dependency graph nor
timestamps are involved: `make` sees nothing that the inputs do not name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any


@dataclass(frozen=True, slots=True)
class Output:
    """The bytes of a job's files, in the order of its paths, and a note that is cached with them."""

    files: tuple[bytes, ...]
    note: str = ""


class FileChangedError(Exception):
    """A file changed during the build; the text is its path."""


Make = Callable[[], Output]


def prepared(make: Callable[..., Output], *arguments: object) -> Callable[[], Make]:
    """Return the `prepare` of a job whose arguments are known already."""
    return lambda: partial(make, *arguments)


@dataclass(frozen=True, slots=True)
class Job:
    """One or several output files that are made together.

    `paths` are relative to the output folder; `inputs` maps the name of everything the job depends on to
    its digest. `prepare` is called only when the job is stale, in the process that runs it or before it is
    sent there; it returns the function that makes the files, with plain data bound to it. `cost` is a rough
    estimate in milliseconds.
    """

    paths: tuple[str, ...]
    inputs: Mapping[str, str]
    prepare: Callable[[], Make]
    cost: float = 0.5

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the prepared job, because `prepare` may refer to the whole site."""
        try:
            make = self.prepare()
        except Exception as error:  # it is raised again where the job runs
            make = partial(_fail, error)
        return Job, (self.paths, {}, partial(_return, make), self.cost)


def _return(make: Make) -> Make:
    return make


def _fail(error: Exception) -> Output:
    raise error


def stale_reason(job: Job, remembered: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the reason why a job has to run, or None if its outputs are current.

    `remembered` maps each path to the inputs that it was last made of, without the paths whose files were
    deleted or changed.
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
