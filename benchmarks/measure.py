"""Measurement of one command: wall time, processor time, peak memory.

`python -I -S measure.py REPORT COMMAND…` is a small separate process for two reasons: Linux includes in
`ru_maxrss` the memory between fork and exec, when a child is still a copy of its parent, so a large parent
would inflate the value of a small child; and the cost of sampling stays out of the measurement. It
uses only the standard library, without site-packages (`-S`), and starts in 10 ms.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two samples of memory; shorter in the first half second, for short runs."""

SHARE = 0.04
"""The largest share of the time that is spent on sampling; a large tree is sampled less often."""


LIMIT = 1_800
"""Seconds after which a command is stopped: some never end when they fail."""


def main(arguments: list[str]) -> int:
    """Run the command, write the report, return the command's exit code."""
    report, *command = arguments
    measured = run(command)
    Path(report).write_text(json.dumps(measured), encoding="utf-8")
    return int(measured["exit_code"])


def run(command: list[str]) -> dict[str, float]:
    """Return the measurements of a command.

    `wall` and `cpu` are seconds; `cpu` is user and system time of the process and of all descendants
    that were waited for. `tree_kb` is the highest sum, over the whole tree, of the proportional set
    sizes (PSS: what is shared between processes counts once), as sampled; `process_kb` is the highest
    resident set of any single process in it (`ru_maxrss`), which the kernel keeps without sampling. Both in
    kibibytes.
    """
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    handle = os.pidfd_open(child)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    family = Family(child)
    peak, samples, pause = 0, 0, 0.005
    while not poll.poll(pause * 1000):
        looked = time.perf_counter()
        if looked - started > LIMIT:
            family.end()
        peak = max(peak, sum(map(proportional_kb, family.members())))
        samples += 1
        took = time.perf_counter() - looked
        pause = max(min(INTERVAL, (looked - started) / 10), took / SHARE)
    wall = time.perf_counter() - started
    _, status, usage = os.wait4(child, 0)
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "tree_kb": max(peak, usage.ru_maxrss if not samples else 0),
        "process_kb": usage.ru_maxrss,
        "samples": samples,
        "exit_code": os.waitstatus_to_exitcode(status),
    }


class Family:
    """A process and its descendants. The parent of each process of the machine is read only once."""

    def __init__(self, root: int) -> None:
        self.inside = {root}
        self.known: set[int] = set()

    def members(self) -> Iterator[int]:
        """Yield the ids of the running ones."""
        alive = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
        for process in sorted(alive - self.known):  # parents mostly have lower numbers than their children
            if parent(process) in self.inside:
                self.inside.add(process)
        self.known = alive
        self.inside &= alive
        yield from self.inside

    def end(self) -> None:
        """End them all."""
        for process in self.members():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def parent(process: int) -> int:
    """Return the id of a process's parent; 0 if it is gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return 0
    return int(stat.rpartition(b")")[2].split()[1])


def proportional_kb(process: int) -> int:
    """Return the PSS of a process in kibibytes (proc_pid_smaps(5)); 0 if it is gone."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_bytes()
    except OSError:
        return 0
    for line in rollup.splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
