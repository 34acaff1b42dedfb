"""Atomic swap: exchange two files or folders in one rename, and flush the disk.

The system calls that Python has no function for, through ctypes.
"""

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Linux, renameat2(2)."""
RENAME_SWAP = 2
"""macOS, renamex_np(2)."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two files or folders in one step; return False where the system can't."""
    system = _system()
    if hasattr(system, "renameat2"):
        failed = system.renameat2(AT_FDCWD, bytes(one), AT_FDCWD, bytes(other), RENAME_EXCHANGE)
    elif hasattr(system, "renamex_np"):
        failed = system.renamex_np(bytes(one), bytes(other), RENAME_SWAP)
    else:
        return False
    return not failed


def _system() -> Any:
    """Return the C library, or None where there is no such thing to call."""
    return None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)


def sync(folder: Path) -> None:
    """Have everything on the folder's disk written down, where the system offers it."""
    system = _system()
    if hasattr(system, "syncfs"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            # one call for the whole disk is far cheaper than an fsync for each of thousands of files
            if system.syncfs(descriptor) != 0:
                error = ctypes.get_errno()
                raise OSError(error, os.strerror(error), str(folder))
        finally:
            os.close(descriptor)
    elif hasattr(os, "sync"):
        os.sync()
