"""File modes: 0644 for published files and 0755 for folders, regardless of umask."""

import contextlib
import os

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
