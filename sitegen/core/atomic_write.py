"""Atomic file writes: locked temporary file, fsync, compare, rename or hard link."""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.core import atomic_swap, leftovers

ATTEMPTS = 100
"""How often a change is made anew because another program wrote the file in the meantime."""


def create(file: Path, data: bytes) -> bool:
    """Create a file in one step; return False, and change nothing, if the path exists."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(file, data) as temporary:
        try:
            os.link(temporary, file)
        except FileExistsError:
            return False
        except OSError:  # a disk without links, such as a memory stick's
            return _create_without_links(file, data)
    return True


def change(file: Path, changed: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
    """Replace a file's content by what a function makes of it; return the content before and after.

    The content that was replaced is compared, and put back if it is not what the function got: if an editor
    saved the file in the meantime, the function gets the new content. Permissions, owner and extended
    attributes stay. Raises OSError.
    """
    if not file.is_file():  # to read a named pipe would wait for a program that writes into it
        raise FileNotFoundError(None, "this is not a file", str(file))
    for _ in range(ATTEMPTS):
        before = file.read_bytes()
        after = changed(before)
        if after == before or _replace(file, before, after):
            return before, after
    raise OSError(None, "another program keeps changing this file", str(file))


def _replace(file: Path, before: bytes, after: bytes) -> bool:
    """Replace a file's content in one step; return False, and keep it, if it is not `before` any more."""
    with _temporary(file, after) as temporary:
        _copy_attributes(file, temporary)
        if file.read_bytes() != before:
            return False
        return _exchange(temporary, file, before, after)


def _exchange(temporary: Path, file: Path, before: bytes, after: bytes) -> bool:
    """Give a file the content of the temporary one, unless another program saves it at that very moment."""
    if not atomic_swap.exchange(temporary, file):  # a system or a disk that can't
        temporary.replace(file)
        return True
    time.sleep(WRITING)
    expected, written = before, after
    while (found := temporary.read_bytes()) != expected:  # a save: it is put back, and a newer one wins
        if not atomic_swap.exchange(temporary, file):
            temporary.replace(file)
            return False
        expected, written = written, found
    return written == after


WRITING = 0.01
"""Seconds in which an editor writes into a file that it opened right before the file was replaced."""


def _copy_attributes(source: Path, target: Path) -> None:
    """Copy permissions, owner and extended attributes, as far as the system lets this user."""
    stat = source.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(target, stat.st_uid, stat.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(source):
                os.setxattr(target, name, os.getxattr(source, name))
    target.chmod(stat.st_mode & 0o7777)


def write(file: Path, data: bytes) -> None:
    """Create or replace a file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(file, data) as temporary:
        temporary.replace(file)


def _create_without_links(file: Path, data: bytes) -> bool:
    try:
        with file.open("xb") as new:
            new.write(data)
    except FileExistsError:
        return False
    return True


@contextlib.contextmanager
def _temporary(file: Path, data: bytes) -> Iterator[Path]:
    """Write a hidden temporary file in the same folder; it is deleted at the end if it still exists.

    It is locked until then, so that `leftovers.sweep` tells it from one of a killed process.
    """
    descriptor, temporary = _locked(file)
    try:
        with os.fdopen(descriptor, "wb") as writing:
            writing.write(data)
            writing.flush()
            os.fsync(writing.fileno())
            temporary.chmod(0o644)
            if os.name != "nt":  # Windows renames no open file
                yield temporary
        if os.name == "nt":
            yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _locked(file: Path) -> tuple[int, Path]:
    while True:
        descriptor, name = tempfile.mkstemp(leftovers.ENDING, f".{file.name[:40]}.", file.parent)
        # another command can sweep the file before it is locked
        if leftovers.lock(descriptor) and os.path.exists(name):  # noqa: PTH110
            return descriptor, Path(name)
        os.close(descriptor)
