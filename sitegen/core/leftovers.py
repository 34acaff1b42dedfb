"""Leftovers: temporary files and folders that no living process has locked."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":  # there an open file can't be deleted anyway
    import fcntl

ENDING = ".sitegen-tmp"
"""Ending of the names of temporary files and folders; `.gitignore` has it."""

LOCK = "lock"
"""File in a temporary folder that is locked while its process lives."""


def lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; return False if another process has locked it."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks, such as some network disks
        return True
    return True


@contextlib.contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """Make a private folder that is deleted at the end, or swept by a later command."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(ENDING, "deploy-", parent))
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(descriptor)
        inner = folder / "content"
        inner.mkdir()
        yield inner
    finally:
        os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


def sweep(content: Path, cache: Path) -> list[Path]:
    """Delete the leftovers below `content` and directly in `cache`; return the paths of the deleted ones."""
    return [found for found in (*_below(content), *cache.glob(f"*{ENDING}")) if _deleted(found)]


def _below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(ENDING):
                yield Path(parent, name)


def _deleted(path: Path) -> bool:
    """Delete a leftover unless a living process has locked it; return whether it was deleted."""
    locked = path / LOCK if path.is_dir() else path
    try:
        descriptor = os.open(locked, os.O_RDWR)
    except OSError:
        return False
    try:
        if not lock(descriptor):
            return False
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
