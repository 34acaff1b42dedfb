"""How a file lies on the disk: what tells, without reading it, that it is still the file that was read."""

import os

Stat = tuple[int, int, int, int]
"""Size in bytes, times of the last change of the content and of anything (ns), and number on the disk.

The content's time can be set back by hand, the other one can't.
"""

GRAIN = 100_000_000
"""Nanoseconds: longer than the clock of any disk with fine times takes from one tick to the next."""

COARSE_GRAIN = 2_000_000_000
"""The same where times are whole seconds; FAT counts in twos."""


def stat_of(found: os.stat_result) -> Stat:
    """Return what is worth knowing of the stat of a file or a folder."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read(file: str) -> bytes:
    """Return what a file holds; a third of the time is saved by not buffering what is read at once."""
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - there can be thousands
        return opened.read()


UNSETTLED: Stat = (-1, 0, 0, 0)
"""Stands for how something lies that may change once more and lie the same; nothing lies like that."""


def settled(stat: Stat, looked: int) -> Stat:
    """Return how something lay at a moment (ns) if it is enough to know it by, else UNSETTLED."""
    return stat if is_settled(stat, looked) else UNSETTLED


def is_settled(stat: Stat, looked: int) -> bool:
    """Tell whether what lay like this at a moment (ns) can't change any more and lie the same.

    A change in the same tick of the clock as the look would leave no trace in the times.
    """
    latest = max(stat[1], stat[2])
    return latest + (GRAIN if latest % 1_000_000_000 else COARSE_GRAIN) < looked
