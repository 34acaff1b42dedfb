"""Publishing: a new tree is put together beside the old one, and takes its place when it is whole."""

import contextlib
import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.problems import Problem, Where

MARK = ".sitegen"
"""The file that marks a tree as ours: the digest and path of every other file in it, in the form
that `sha256sum --check` reads."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A published tree: the SHA-256 of each file by its path, and the identity made of them all."""

    digests: Mapping[str, str]

    @property
    def manifest(self) -> bytes:
        """The text of the mark."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self.digests.items()))
        return "".join(lines).encode()

    @property
    def identity(self) -> str:
        """The SHA-256 of the manifest."""
        return hashlib.sha256(self.manifest).hexdigest()


NO_TREE = Tree({})


# -- whose folder it is ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at the output folder: our tree, and the paths of files in it that are not ours."""

    tree: Tree = NO_TREE
    foreign: tuple[str, ...] = field(default=())


SOURCES = ("content", "templates", "assets", ".sitegen", ".git")
"""Folders of a site that nothing is ever published into."""


def refused(out: Path, root: Path) -> str | None:
    """Return why a folder can't be published into, whatever it holds; None where it can."""
    if out.is_symlink():
        return "it is a link to another place"
    if out.exists() and not out.is_dir():
        return "it is a file"
    place = out.parent.resolve() / out.name
    if place in (Path(place.anchor), Path.home()):
        return "it is much more than a website"
    if place == root or place in root.parents:
        return "the site's own files lie in it"
    if any(
        place.is_relative_to(root / name) for name in ("content", "templates", "assets", ".sitegen", ".git")
    ):
        return "the site is made from what lies there"
    return None


def recover(out: Path) -> None:
    """Finish what a stopped build left: bring back a tree that was taken away, sweep what is over."""
    aside = _beside(out, "old")
    if not (out / MARK).is_file() and (aside / MARK).is_file() and not _files(out):
        with contextlib.suppress(FileNotFoundError):
            out.rmdir()
        aside.rename(out)
    for left in (aside, _beside(out, "new")):
        shutil.rmtree(left, ignore_errors=True)


def standing(out: Path) -> Standing:
    """Return what stands at `out`."""
    found = _files(out)
    try:
        manifest = (out / MARK).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Standing(NO_TREE, tuple(sorted(found)))
    listed = (line.partition("  ") for line in manifest.splitlines())
    tree = Tree({path: digest for digest, _, path in listed})
    return Standing(tree, tuple(sorted(found - tree.digests.keys() - {MARK})))


def foreign_problem(out: Path, foreign: tuple[str, ...]) -> Problem:
    """Return the problem that files of somebody else's stand where the site is to be published."""
    named = ", ".join(foreign[:5]) + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
    message = f"sitegen did not make {named}, and this folder is replaced as a whole."
    hint = "Move them out of there, name another folder with --out, or have them moved aside with --force."
    return Problem(Where(str(out)), message, hint)


def move_aside(out: Path, foreign: tuple[str, ...]) -> Path:
    """Move files that are not ours to a new folder beside `out`, and return it."""
    number = 1
    while (aside := out.with_name(f"{out.name}-moved-aside-{number}")).exists():
        number += 1
    for path in foreign:
        target = aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (out / path).rename(target)
    return aside


def _files(folder: Path) -> set[str]:
    return {
        (Path(where) / name).relative_to(folder).as_posix()
        for where, folders, names in os.walk(folder)
        for name in (*names, *(name for name in folders if (Path(where) / name).is_symlink()))
    }


# -- the new tree ---------------------------------------------------------------------------


class Stage:
    """A tree in the making, beside the one that stands; for a rehearsal, far away from it.

    As a context manager it takes away, at the end, whatever did not come to stand.
    """

    def __init__(self, out: Path, old: Tree, rehearsal: bool = False) -> None:
        self.out, self.old = out, old
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-")) if rehearsal else _beside(out, "new")
        self._digests: dict[str, str] = {}

    def __enter__(self) -> "Stage":
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def made(self, path: str, digest: str) -> None:
        """Add a file that `write` has put into the folder, with the digest that it returned."""
        self._digests[path] = digest

    def keep(self, path: str) -> None:
        """Add a file just as it stands in the old tree, without copying it where links can be made."""
        target = self._place(path)
        try:
            os.link(self.out / path, target)
        except OSError:
            shutil.copy2(self.out / path, target)
        self._digests[path] = self.old.digests[path]

    def read(self, path: str) -> bytes:
        """Return a file of the tree in the making."""
        return (self.folder / path).read_bytes()

    def _place(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    @property
    def tree(self) -> Tree:
        """The tree as it is so far."""
        return Tree(self._digests)

    def publish(self) -> None:
        """Let the new tree take the place of the old one, in one step where the system has one."""
        (self.folder / MARK).write_bytes(self.tree.manifest)
        # everything must be on the disk before its name is: else a power cut could leave empty files
        _sync(self.folder)
        if not self.out.exists() or not any(self.out.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                self.out.rmdir()
            self.folder.rename(self.out)
        elif not _exchange(self.folder, self.out):
            self._replace()
        with contextlib.suppress(OSError):  # the new tree stands, whether or not the disk says so yet
            _sync(self.out.parent)

    def _replace(self) -> None:
        """Do in two steps what can't be done in one; `recover` mends what a stop between them leaves."""
        aside = _beside(self.out, "old")
        shutil.rmtree(aside, ignore_errors=True)
        self.out.rename(aside)
        try:
            self.folder.rename(self.out)
        except OSError:
            aside.rename(self.out)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def write(folder: Path, path: str, data: bytes) -> str:
    """Put a new file into the folder of a stage, from whatever process, and return its SHA-256."""
    target = f"{folder}/{path}"
    try:
        file = open(target, "xb")  # noqa: SIM115, PTH123 - half of the time it takes with Path
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(target, "xb")  # noqa: SIM115, PTH123
    with file:
        file.write(data)
    return hashlib.sha256(data).hexdigest()


def _beside(out: Path, role: str) -> Path:
    return out.parent / f".{out.name}.{role}"


# -- the system -----------------------------------------------------------------------------

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Linux, renameat2(2)."""
RENAME_SWAP = 2
"""macOS, renamex_np(2)."""


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; return False where the system can't."""
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


def _sync(folder: Path) -> None:
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
