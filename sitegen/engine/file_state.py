"""File state (size, times, inode): detects changes without reading a file."""

import os

Stat = tuple[int, int, int, int]
"""Size in bytes, mtime and ctime in nanoseconds, inode.

A program can set mtime back, but not ctime.
"""

GRAIN = 100_000_000
"""Nanoseconds: longer than the timestamp resolution of any file system with sub-second times."""

COARSE_GRAIN = 2_000_000_000
"""The same for file systems with whole seconds; FAT has a resolution of two seconds."""


def stat_of(found: os.stat_result) -> Stat:
    """Return the part of a stat result that identifies a state of a file or folder."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read(file: str) -> bytes:
    """Return the bytes of a file, unbuffered, which saves a third of the time. Raises OSError.

    A named pipe is read as an empty file: to open one would wait for a program that writes into it.
    """
    descriptor = os.open(file, os.O_RDONLY | UNBLOCKED | BINARY)
    with open(descriptor, "rb", buffering=0) as opened:  # noqa: PTH123 - there can be thousands
        return opened.read() or b""


UNBLOCKED, BINARY = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_BINARY", 0)
"""Flags of one system each: Windows has no O_NONBLOCK, and only Windows has O_BINARY."""


UNSETTLED: Stat = (-1, 0, 0, 0)
"""Placeholder for a state that could change again unseen; it equals no real state."""


def settled(stat: Stat, observed_at: int) -> Stat:
    """Return a state observed at a time (ns) if every later change would show in it, else UNSETTLED."""
    return stat if is_settled(stat, observed_at) else UNSETTLED


def is_settled(stat: Stat, observed_at: int) -> bool:
    """Whether every change after the observation, at a time in ns, would change this state.

    A change within the same tick of the clock would leave the same times.
    """
    latest = max(stat[1], stat[2])
    return latest + (GRAIN if latest % 1_000_000_000 else COARSE_GRAIN) < observed_at
