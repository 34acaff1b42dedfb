"""The workshop: runs the jobs that are stale, keeps what the others made before, and hands over the tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path

from sitegen import jobs, memory
from sitegen.jobs import Failed, Job, Made
from sitegen.memory import Memory
from sitegen.publish import Stage


class Workshop:
    """Everything that is made in one build passes through here, and is counted."""

    def __init__(
        self,
        stage: Stage,
        known: Memory,
        executor: Executor | None,
        tell: Callable[[str], None],
    ) -> None:
        self.stage, self.executor, self.tell = stage, executor, tell
        self.audited = known.audited
        self.known = _still_true(known, stage)
        self.inputs: dict[str, Mapping[str, str]] = {}
        self.fresh: list[str] = []
        self.reused = 0

    def make(self, planned: Iterable[Job]) -> Iterator[Failed]:
        """Bring the outputs of all jobs into the tree, and yield the jobs that failed."""
        waiting = []
        for job in planned:
            reason = jobs.stale(job, self.known)
            if reason is None:
                self._keep(job)
            else:
                self.tell(f"{job.paths[0]}: made because {reason}")
                waiting.append(job)
        for made in jobs.run(waiting, self.executor):
            if isinstance(made, Failed):
                yield made
            else:
                self._write(made)

    def _keep(self, job: Job) -> None:
        for path in job.paths:
            self.stage.keep(path)
            self.inputs[path] = job.inputs
        self.reused += len(job.paths)

    def _write(self, made: Made) -> None:
        for path, data in zip(made.job.paths, made.files, strict=True):
            self.stage.write(path, data)
            self.inputs[path] = made.job.inputs
            self.fresh.append(path)

    def unaudited(self, secrets: str) -> list[str]:
        """Return the paths of all files that were not yet audited against the secrets with this digest."""
        return self.fresh if secrets == self.audited else sorted(self.inputs)

    def publish(self, root: Path, secrets: str) -> None:
        """Let the tree, audited against these secrets, take its place, and remember how it was made."""
        tree = self.stage.tree
        stats = memory.look(self.stage.folder, self.inputs)
        memory.save(root, tree.identity, Memory(self.inputs, stats, secrets))
        if self.fresh or tree != self.stage.old:
            self.stage.publish()
        memory.forget_others(root, tree.identity)


def _still_true(known: Memory, stage: Stage) -> Mapping[str, Mapping[str, str]]:
    """Return what is remembered of the files that lie in the old tree just as they were left."""
    found = memory.look(stage.out, known.stats)
    return {
        path: inputs
        for path, inputs in known.inputs.items()
        if found.get(path) == known.stats[path] and path in stage.old.digests
    }
