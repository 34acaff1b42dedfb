"""Job runner: runs stale jobs, keeps current outputs, collects audit suspects."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sitegen.audit.prefilter import Prefilter, may_leak
from sitegen.engine import file_state, jobs, output_tree, staging
from sitegen.engine.file_state import Stat
from sitegen.engine.jobs import Job
from sitegen.engine.output_tree import PublishedTree
from sitegen.engine.staging import Stage
from sitegen.engine.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that raised an error."""

    job: Job
    error: Exception


Made = tuple[tuple[str, ...], str, bool] | Exception
"""The digest of each file, the note, and whether the prefilter found a possible leak; or the error."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Cached facts about the published files.

    By path: the index of its job's `inputs`, the file state, and the note of its job if there is one.
    `audited` is the digest of the secrets that the tree was scanned for.
    """

    made_of: dict[str, int]
    file_states: dict[str, Stat]
    inputs: tuple[dict[str, str], ...]
    notes: dict[str, str]
    audited: str


class JobRunner:
    """Runs the jobs of one build and counts their outputs."""

    def __init__(
        self,
        stage: Stage,
        published: PublishedTree,
        known: Outputs | None,
        pool: WorkerPool,
        explain: Callable[[str], None],
    ) -> None:
        self.stage, self.published, self.pool, self.explain = stage, published, pool, explain
        self.audited = known.audited if known else ""
        self.file_states = output_tree.file_states(published.stats)
        self.known = _unchanged(known, self.file_states, published.tree.digests) if known else {}
        self.notes = {path: note for path, note in known.notes.items() if path in self.known} if known else {}
        self.inputs: dict[str, Mapping[str, str]] = {}
        self.fresh: set[str] = set()
        self.suspects: list[str] = []
        self.reused = 0

    def make(
        self, planned: Iterable[Job], doing: str, prefilter: Prefilter | None = None
    ) -> Iterator[FailedJob]:
        """Add the outputs of all jobs to the new tree, and yield the jobs that failed.

        Files that the prefilter flags are collected as suspects.
        """
        waiting = []
        for job in planned:
            reason = jobs.stale_reason(job, self.known)
            if reason is None:
                self._keep(job)
            else:
                self.explain(f"{job.paths[0]}: made because {reason}")
                waiting.append(job)
        work = partial(_make_all, self.stage.folder, prefilter)
        tasks = ((job.cost, job) for job in waiting)
        for job, made in zip(waiting, self.pool.map_tasks(work, tasks, doing, len(waiting)), strict=True):
            if isinstance(made, Exception):
                yield FailedJob(job, made)
            else:
                self._made(job, *made)

    def _keep(self, job: Job) -> None:
        for path in job.paths:
            self.stage.keep(path, self.published.stats[path].st_ino)
            self.inputs[path] = job.inputs
        self.reused += len(job.paths)

    def _made(self, job: Job, digests: tuple[str, ...], note: str, suspicious: bool) -> None:
        for path, digest in zip(job.paths, digests, strict=True):
            self.stage.made(path, digest)
            self.inputs[path] = job.inputs
            self.fresh.add(path)
            if note:
                self.notes[path] = note
        if suspicious:
            self.suspects.extend(job.paths)

    def audit(self, prefilter: Prefilter) -> list[str]:
        """Return the paths of all suspects; kept files are scanned if the secrets changed since last time."""
        if prefilter.digest != self.audited:
            kept = sorted(self.inputs.keys() - self.fresh)
            tasks = ((AUDIT, (path, self.stage.file(path))) for path in kept)
            flags = self.pool.map_tasks(partial(_may_leak_all, prefilter), tasks, "Checking", len(kept))
            self.suspects.extend(path for path, is_suspect in zip(kept, flags, strict=True) if is_suspect)
        return self.suspects

    @property
    def is_new(self) -> bool:
        """Whether the new tree differs from the published one."""
        return bool(self.fresh) or self.stage.tree != self.stage.old or not self.published.marked

    def remember(self, audited: str) -> Outputs:
        """Return the facts to cache about the new tree, which was scanned for secrets with this digest."""
        numbers: dict[int, int] = {}
        distinct: list[dict[str, str]] = []
        for inputs in self.inputs.values():
            if numbers.setdefault(id(inputs), len(distinct)) == len(distinct):
                distinct.append(dict(inputs))
        fresh = output_tree.states_of(self.stage.folder, self.fresh)
        return Outputs(
            made_of={path: numbers[id(inputs)] for path, inputs in self.inputs.items()},
            file_states={path: fresh.get(path) or self.file_states[path] for path in self.inputs},
            inputs=tuple(distinct),
            notes={path: note for path, note in self.notes.items() if path in self.inputs},
            audited=audited,
        )


AUDIT = 0.1
"""Milliseconds that the prefilter takes for a file."""


def _make_all(folder: Path, prefilter: Prefilter | None, jobs: Sequence[Job]) -> list[Made]:
    """Run several jobs in this process, and write their outputs below the folder."""
    return [_made(folder, prefilter, job) for job in jobs]


def _made(folder: Path, prefilter: Prefilter | None, job: Job) -> Made:
    try:
        done = job.prepare()()
    except Exception as error:  # the caller knows which errors its jobs may raise
        return error
    files = list(zip(job.paths, done.files, strict=True))
    digests = tuple(staging.write(folder, path, data) for path, data in files)
    suspicious = prefilter is None or any(may_leak(prefilter, path, data) for path, data in files)
    return digests, done.note, suspicious


def _may_leak_all(prefilter: Prefilter, files: Sequence[tuple[str, Path]]) -> list[bool]:
    return [may_leak(prefilter, path, file_state.read(str(file))) for path, file in files]


def _unchanged(
    known: Outputs, file_states: Mapping[str, Stat], ours: Mapping[str, str]
) -> Mapping[str, Mapping[str, str]]:
    """Return the cached inputs of our files whose state has not changed."""
    return {
        path: known.inputs[number]
        for path, number in known.made_of.items()
        if path in ours and file_states.get(path) == known.file_states[path]
    }
