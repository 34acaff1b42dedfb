"""Directory index: folder listings, reused while a folder is unchanged."""

import contextlib
import os
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns

from sitegen.core import litter
from sitegen.engine import modes
from sitegen.engine.file_state import UNSETTLED, Stat, settled, stat_of


@dataclass(frozen=True, slots=True)
class FolderState:
    """Entries of a folder in one state: inode of each file and link by name, and the subfolders.

    `litter` are the files and subfolders that file managers and the like have left: they are in neither.
    """

    state: Stat
    files: dict[str, int]
    folders: tuple[str, ...]
    litter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirIndex:
    """Folders that were listed before, of any tree; the inode identifies a folder.

    A file that is added, deleted or replaced changes the state of its folder; writing into a file does not.
    """

    folders: tuple[FolderState, ...] = ()


NONE_KNOWN = DirIndex()


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries of every folder of a tree, by path below the tree (with a final slash; empty for the root).

    `closed` are the folders whose permissions are not those of a published folder (`modes.FOLDER`),
    `unreadable` those that can't be listed; they are not in `folders`.
    """

    folders: dict[str, FolderState] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield path and inode of each file and link of the tree."""
        for parent, folder_state in self.folders.items():
            for name, number in folder_state.files.items():
                yield parent + name, number

    def litter(self) -> Iterator[str]:
        """Yield the path of each file and folder that file managers and the like have left in the tree."""
        return (parent + name for parent, found in self.folders.items() for name in found.litter)


NOTHING = Listing()


def scan(tree: Path, known: DirIndex = NONE_KNOWN) -> Listing:
    """Return the current listing of a tree; folders whose state is known are not opened."""
    scanned_at = time_ns()
    before = {folder_state.state[3]: folder_state for folder_state in known.folders}
    now: dict[str, FolderState] = {}
    closed, unreadable = [], []
    ahead = [""]
    while ahead:
        parent = ahead.pop()
        folder = f"{tree}/{parent}"
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            # before it is opened, so that a change during the listing gives it another state
            found = os.stat(folder)  # noqa: PTH116 - there can be thousands
            state = stat_of(found)
            if modes.is_closed(found.st_mode, modes.FOLDER):
                closed.append(parent)
            folder_state = before.get(state[3])
            if folder_state is None or folder_state.state != state:
                try:
                    folder_state = _read_folder(folder, settled(state, scanned_at))
                except PermissionError:
                    unreadable.append(parent)
                    continue
            now[parent] = folder_state
            ahead.extend(f"{parent}{name}/" for name in folder_state.folders)
    return Listing(now, tuple(closed), tuple(unreadable))


def _read_folder(folder: str, state: Stat) -> FolderState:
    files: dict[str, int] = {}
    folders, left = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if litter.is_folder(entry.name) if is_folder else litter.is_file(entry.name):
                left.append(entry.name)
            elif is_folder:
                folders.append(entry.name)
            else:
                files[entry.name] = entry.inode()
    return FolderState(state, files, tuple(folders), tuple(left))


def remember(paths: Set[str], *listings: Listing) -> DirIndex:
    """Return the folders of listings that can be cached, given the paths of all files that exist now.

    Left out are folders from which a file was deleted, because its name must not stay in the cache, and
    folders that could change again without a change of state.
    """
    folders: list[FolderState] = []
    for each in listings:
        changed = {parent for path, _ in each.files() if path not in paths for parent in _parents(path)}
        folders.extend(
            folder
            for parent, folder in each.folders.items()
            if parent not in changed and folder.state != UNSETTLED
        )
    return DirIndex(tuple(folders))


def _parents(path: str) -> Iterator[str]:
    """Yield every parent folder of a path, the tree's root first."""
    names = path.split("/")[:-1]
    return ("".join(f"{name}/" for name in names[:depth]) for depth in range(len(names) + 1))
