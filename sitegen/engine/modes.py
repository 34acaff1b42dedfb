"""File modes: 0644 for published files and 0755 for folders, regardless of umask."""

import contextlib
import errno
import os
from pathlib import Path

FILE, FOLDER = 0o644, 0o755


def is_closed(mode: int, wanted: int) -> bool:
    """Whether the permissions in a mode differ from the wanted ones; Windows has none."""
    return os.name != "nt" and mode & 0o777 != wanted


def repair(path: str, wanted: int) -> None:
    """Give a file or folder the wanted permissions; its other bits, such as setgid, stay.

    Nothing changes on disks without permissions, such as FAT, and for files of another user.
    """
    with contextlib.suppress(OSError):
        mode = os.stat(path).st_mode  # noqa: PTH116 - there can be thousands
        if is_closed(mode, wanted):
            os.chmod(path, mode & 0o7000 | wanted)  # noqa: PTH101


def move(source: Path, target: Path) -> None:
    """Rename a file or a folder, also a folder that its owner has closed; its permissions stay.

    Linux renames a folder into another one only if its entry `..` may be written (path_resolution(7)).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except PermissionError:
        mode = source.stat().st_mode & 0o7777
        source.chmod(mode | 0o700)
        try:
            source.rename(target)
        finally:
            (target if target.exists() else source).chmod(mode)


def require_movable(folder: Path) -> None:
    """Raise PermissionError if a closed folder is of another user, so that it can't be moved."""
    if hasattr(os, "geteuid") and folder.stat().st_uid != os.geteuid():
        raise PermissionError(errno.EACCES, "It can't be moved: it belongs to another user", str(folder))
