"""Files put into a site's folder: each whole or not at all, and none over another."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def put(file: Path, data: bytes) -> bool:
    """Write a new file in one step; return False, and change nothing, where something stands already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _unfinished(file, data) as unfinished:
        try:
            os.link(unfinished, file)
        except FileExistsError:
            return False
        except OSError:  # a disk without links, such as a memory stick's
            return _put_slowly(file, data)
    return True


def replace(file: Path, data: bytes) -> None:
    """Replace a file's content in one step, so that a stop can't leave half of it."""
    with _unfinished(file, data) as unfinished:
        unfinished.chmod(file.stat().st_mode)
        unfinished.replace(file)


def write(file: Path, data: bytes) -> None:
    """Write a file that is made anew each time, in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _unfinished(file, data) as unfinished:
        unfinished.replace(file)


def _put_slowly(file: Path, data: bytes) -> bool:
    try:
        with file.open("xb") as new:
            new.write(data)
    except FileExistsError:
        return False
    return True


@contextlib.contextmanager
def _unfinished(file: Path, data: bytes) -> Iterator[Path]:
    """Write a hidden file beside the one that is meant; whatever is left of it goes in the end."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as writing:
            writing.write(data)
            writing.flush()
            os.fsync(writing.fileno())
        unfinished.chmod(0o644)
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)
