"""Jobs: what makes each output, when it has to be made anew and why, and what is remembered of it.

A job is stale when the digests of its inputs are not the remembered ones. There is no graph and no
clock in it: `make` sees nothing that the inputs do not name.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """One or several output files that are made together.

    `paths` lie below the output folder; `inputs` maps the name of everything the job depends on to
    its digest; `make` returns the bytes of each path, in their order.
    """

    paths: tuple[str, ...]
    inputs: Mapping[str, str]
    make: Callable[[], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Made:
    """A job that has run, and the bytes of its files."""

    job: Job
    files: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that has raised an error."""

    job: Job
    error: Exception


def digest(value: object) -> str:
    """Return the digest of a value made of frozen dataclasses, tuples, text, numbers and dates."""
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()


def stale(job: Job, remembered: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the reason for which a job has to run, or None where what it made before still holds.

    `remembered` maps each path to the inputs it was last made of; a path whose file is gone or was
    touched is not in it.
    """
    for path in job.paths:
        before = remembered.get(path)
        if before is None:
            return "it is new"
        reason = _difference(before, job.inputs)
        if reason:
            return reason
    return None


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    for name in now:
        if name not in before:
            return f"{name} is new"
        if before[name] != now[name]:
            return f"{name} changed"
    for name in before:
        if name not in now:
            return f"{name} is gone"
    return None


def run(jobs: Iterable[Job], executor: Executor | None = None) -> Iterator[Made | Failed]:
    """Run jobs and yield what each made, in their order; in this thread where no executor is given."""
    return executor.map(_run, jobs) if executor else map(_run, jobs)


def _run(job: Job) -> Made | Failed:
    try:
        return Made(job, job.make())
    except Exception as error:  # whoever planned the job knows which errors to expect of it
        return Failed(job, error)
