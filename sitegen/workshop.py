"""The workshop: runs the jobs that are stale, keeps what the others made before, and hands over the tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sitegen import alarm as alarms
from sitegen import jobs, output, publish, stats
from sitegen.alarm import Alarm
from sitegen.crew import Crew
from sitegen.jobs import Job
from sitegen.output import Standing
from sitegen.publish import Stage
from sitegen.stats import Stat


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that has raised an error."""

    job: Job
    error: Exception


Made = tuple[tuple[str, ...], str, bool] | Exception
"""The digest of each file, the note, and whether the alarm rang; or what went wrong."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is remembered of the published files.

    By path: which of the `inputs` it was made of, and how it lies. `notes` are those that jobs left;
    `audited` is the digest of the secrets that no file holds.
    """

    made_of: dict[str, int]
    lying: dict[str, Stat]
    inputs: tuple[dict[str, str], ...]
    notes: dict[str, str]
    audited: str


class Workshop:
    """Everything that is made in one build passes through here, and is counted."""

    def __init__(
        self,
        stage: Stage,
        standing: Standing,
        known: Outputs | None,
        crew: Crew,
        tell: Callable[[str], None],
    ) -> None:
        self.stage, self.standing, self.crew, self.tell = stage, standing, crew, tell
        self.audited = known.audited if known else ""
        self.lying = output.lying(standing.stats)
        self.known = _still_true(known, self.lying, standing.tree.digests) if known else {}
        self.notes = {path: note for path, note in known.notes.items() if path in self.known} if known else {}
        self.inputs: dict[str, Mapping[str, str]] = {}
        self.fresh: set[str] = set()
        self.suspects: list[str] = []
        self.reused = 0

    def make(self, planned: Iterable[Job], doing: str, alarm: Alarm | None = None) -> Iterator[Failed]:
        """Bring the outputs of all jobs into the tree, and yield the jobs that failed.

        Files with which the alarm rings are noted as suspects.
        """
        waiting = []
        for job in planned:
            reason = jobs.stale(job, self.known)
            if reason is None:
                self._keep(job)
            else:
                self.tell(f"{job.paths[0]}: made because {reason}")
                waiting.append(job)
        work = partial(_make_all, self.stage.folder, alarm)
        tasks = ((job.cost, job) for job in waiting)
        for job, made in zip(waiting, self.crew.each(work, tasks, doing, len(waiting)), strict=True):
            if isinstance(made, Exception):
                yield Failed(job, made)
            else:
                self._made(job, *made)

    def _keep(self, job: Job) -> None:
        for path in job.paths:
            self.stage.keep(path, self.standing.stats[path].st_ino)
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

    def audit(self, alarm: Alarm) -> list[str]:
        """Return the suspects among all files, having looked at those that were never audited like this."""
        if alarm.digest != self.audited:
            kept = sorted(self.inputs.keys() - self.fresh)
            tasks = ((AUDIT, (path, self.stage.file(path))) for path in kept)
            rings = self.crew.each(partial(_rings_all, alarm), tasks, "Checking", len(kept))
            self.suspects.extend(path for path, rang in zip(kept, rings, strict=True) if rang)
        return self.suspects

    def publish(self) -> None:
        """Let the tree take its place, unless it is the one that stands."""
        if self.fresh or self.stage.tree != self.stage.old or not self.standing.marked:
            self.stage.publish()

    def remember(self, audited: str) -> Outputs:
        """Return what to remember of the tree on the stage, audited for secrets with this digest."""
        numbers: dict[int, int] = {}
        distinct: list[dict[str, str]] = []
        for inputs in self.inputs.values():
            if numbers.setdefault(id(inputs), len(distinct)) == len(distinct):
                distinct.append(dict(inputs))
        fresh = output.look(self.stage.folder, self.fresh)
        return Outputs(
            made_of={path: numbers[id(inputs)] for path, inputs in self.inputs.items()},
            lying={path: fresh.get(path) or self.lying[path] for path in self.inputs},
            inputs=tuple(distinct),
            notes={path: note for path, note in self.notes.items() if path in self.inputs},
            audited=audited,
        )


AUDIT = 0.1
"""Milliseconds that it takes to look through a file."""


def _make_all(folder: Path, alarm: Alarm | None, jobs: Sequence[Job]) -> list[Made]:
    """Do several jobs in whatever process this is, and write what they make below the folder."""
    return [_made(folder, alarm, job) for job in jobs]


def _made(folder: Path, alarm: Alarm | None, job: Job) -> Made:
    try:
        done = job.prepare()()
    except Exception as error:  # whoever planned the job knows which errors to expect of it
        return error
    files = list(zip(job.paths, done.files, strict=True))
    digests = tuple(publish.write(folder, path, data) for path, data in files)
    suspicious = alarm is None or any(alarms.rings(alarm, path, data) for path, data in files)
    return digests, done.note, suspicious


def _rings_all(alarm: Alarm, files: Sequence[tuple[str, Path]]) -> list[bool]:
    return [alarms.rings(alarm, path, stats.read(str(file))) for path, file in files]


def _still_true(
    known: Outputs, lying: Mapping[str, Stat], ours: Mapping[str, str]
) -> Mapping[str, Mapping[str, str]]:
    """Return what is remembered of those of our files that lie just as they were left."""
    return {
        path: known.inputs[number]
        for path, number in known.made_of.items()
        if path in ours and lying.get(path) == known.lying[path]
    }
