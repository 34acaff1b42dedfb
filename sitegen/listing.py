"""Listings: what the folders of a tree hold; one that nobody has touched need not be opened again."""

import contextlib
import os
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns

from sitegen.stats import UNSETTLED, Stat, settled, stat_of


@dataclass(frozen=True, slots=True)
class Held:
    """What a folder held while it lay like this: files and links by name, with their numbers on the disk."""

    lay: Stat
    files: dict[str, int]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders that were opened, whichever tree they lie in: their numbers on the disk tell them apart.

    A file that comes, goes or is replaced changes how its folder lies; what is written into it does not.
    """

    opened: tuple[Held, ...] = ()


NONE_KNOWN = Folders()


@dataclass(frozen=True, slots=True)
class Listing:
    """What each folder of a tree holds, by its path below the tree: a slash ends it, or it is empty."""

    folders: dict[str, Held] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the path of each file and each link of the tree, and its number on the disk."""
        for above, held in self.folders.items():
            for name, number in held.files.items():
                yield above + name, number


NOTHING = Listing()


def look(tree: Path, known: Folders = NONE_KNOWN) -> Listing:
    """Return what the folders of a tree hold now; those that lie as they are known to are not opened."""
    looked = time_ns()
    before = {held.lay[3]: held for held in known.opened}
    now: dict[str, Held] = {}
    ahead = [""]
    while ahead:
        above = ahead.pop()
        folder = f"{tree}/{above}"
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            # before it is opened: what changes while it is read makes it lie otherwise than this
            lay = stat_of(os.stat(folder))  # noqa: PTH116 - there can be thousands
            held = before.get(lay[3])
            if held is None or held.lay != lay:
                held = _opened(folder, settled(lay, looked))
            now[above] = held
            ahead.extend(f"{above}{name}/" for name in held.folders)
    return Listing(now)


def _opened(folder: str, lay: Stat) -> Held:
    files: dict[str, int] = {}
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                files[entry.name] = entry.inode()
    return Held(lay, files, tuple(folders))


def remember(paths: Set[str], *listings: Listing) -> Folders:
    """Return what to remember of listings where files stand at some paths, and nowhere else.

    No folder is remembered from which something has gone since, because that is not to be named any more;
    nor one that may change once more and lie the same.
    """
    opened: list[Held] = []
    for each in listings:
        changed = {above for path, _ in each.files() if path not in paths for above in _above(path)}
        opened.extend(
            held for above, held in each.folders.items() if above not in changed and held.lay != UNSETTLED
        )
    return Folders(tuple(opened))


def _above(path: str) -> Iterator[str]:
    """Yield all folders in which a path lies, the tree itself first."""
    names = path.split("/")[:-1]
    return ("".join(f"{name}/" for name in names[:depth]) for depth in range(len(names) + 1))
