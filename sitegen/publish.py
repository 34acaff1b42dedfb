"""Publishing: a new tree is put together beside the old one, and takes its place when it is whole."""

import contextlib
import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen import listing, output
from sitegen.listing import NONE_KNOWN, Folders, Listing
from sitegen.output import MARK, Tree


class Stage:
    """A tree in the making, beside the one that stands; for a rehearsal, far away from it.

    As a context manager it takes away, at the end, whatever did not come to stand.

    Making thousands of folders and links takes longer than anything else when a comma was mended. So a
    second set of links to the published files, the spare, is kept in `attic`, where there is one. It
    becomes the stage of the next build, in which only what differs is touched; and the tree that was
    replaced, brought into line, becomes the next spare. `known` are folders that were opened before.
    """

    def __init__(
        self,
        out: Path,
        old: Tree,
        attic: Path | None = None,
        rehearsal: bool = False,
        known: Folders = NONE_KNOWN,
    ) -> None:
        self.out, self.old, self.attic, self.known = out, old, None if rehearsal else attic, known
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-")) if rehearsal else output.beside(out, "new")
        self._digests: dict[str, str] = {}
        self._linked: set[str] = set()
        self._spare_listing = listing.NOTHING
        self._spare_files: dict[str, int] = {}
        self._is_spare = self._stands = False

    def __enter__(self) -> "Stage":
        shutil.rmtree(self.folder, ignore_errors=True)
        spare = self._spare(self.old)
        if spare:
            with contextlib.suppress(OSError):
                spare.rename(self.folder)
                self._spare_listing = listing.look(self.folder, self.known)
                self._spare_files = dict(self._spare_listing.files())
                self._is_spare = self._spare_files.keys() == {*self.old.digests, MARK}
        if not self._is_spare:  # there is none, or somebody has put something into it or taken it out
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        spare = self._spare(self.old)
        untouched = kind is None and not self._stands and self._digests.keys() == self._linked
        if self._is_spare and spare and untouched:
            with contextlib.suppress(OSError):
                self.folder.rename(spare)
        shutil.rmtree(self.folder, ignore_errors=True)

    def made(self, path: str, digest: str) -> None:
        """Add a file that `write` has put into the folder, with the digest that it returned."""
        self._digests[path] = digest

    def keep(self, path: str, number: int = 0) -> None:
        """Add a file just as it stands in the old tree, without copying it where links can be made.

        `number` is the file's number on the disk, 0 where it isn't known: the spare may have the same file.
        """
        if not self._is_spare or not number or self._spare_files[path] != number:
            self._link(path)
        self._linked.add(path)
        self._digests[path] = self.old.digests[path]

    def file(self, path: str) -> Path:
        """Return where a file of the tree in the making lies."""
        return self.folder / path

    def listing(self) -> Listing:
        """Return what the folders of the tree hold, or of a spare, what they held before it was the stage.

        Of the few that have changed since then, that is no longer believed.
        """
        return self._spare_listing if self._is_spare else listing.look(self.folder)

    @property
    def tree(self) -> Tree:
        """The tree as it is so far."""
        return Tree(self._digests)

    def publish(self) -> None:
        """Let the new tree take the place of the old one, in one step where the system has one."""
        tree = self.tree
        if self._is_spare:
            _remove(self.folder, self.old.digests.keys() - tree.digests.keys())
        write(self.folder, MARK, tree.manifest)
        # everything must be on the disk before its name is: else a power cut could leave empty files
        _sync(self.folder)
        if not self.out.exists() or not any(self.out.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                self.out.rmdir()
            self.folder.rename(self.out)
        elif not _exchange(self.folder, self.out):
            self._replace()
        self._stands = True
        with contextlib.suppress(OSError):  # the new tree stands, whether or not the disk says so yet
            _sync(self.out.parent)
            self._put_by(tree)

    def _replace(self) -> None:
        """Do in two steps what can't be done in one; `recover` mends what a stop between them leaves."""
        aside = output.beside(self.out, "old")
        shutil.rmtree(aside, ignore_errors=True)
        self.out.rename(aside)
        try:
            self.folder.rename(self.out)
        except OSError:
            aside.rename(self.out)
            raise
        aside.rename(self.folder)

    def _put_by(self, tree: Tree) -> None:
        """Make the spare of the tree that was replaced: it has most of the new one already.

        The first build makes none, because on the machine of a web host it is the only one.
        """
        spare = self._spare(tree)
        if not spare:
            return
        shutil.rmtree(spare, ignore_errors=True)  # one that was left when this tree stood before
        if not self.old.digests:
            return
        _remove(self.folder, self.old.digests.keys() - tree.digests.keys())
        _link_all(self.out, self.folder, [*tree.digests.keys() - self._linked, MARK])
        self.folder.rename(spare)

    def _spare(self, tree: Tree) -> Path | None:
        return self.attic / f"spare-{tree.identity[:32]}" if self.attic else None

    def _link(self, path: str) -> None:
        try:
            _link(self.out, self.folder, path)
        except OSError:
            shutil.copy2(self.out / path, self.folder / path)


def remove_other_spares(attic: Path, tree: Tree) -> None:
    """Remove every spare but that of a tree: nothing of what was withdrawn stays behind."""
    for spare in attic.glob("spare-*"):
        if spare != attic / f"spare-{tree.identity[:32]}":
            shutil.rmtree(spare, ignore_errors=True)


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files of ours, and the folders that are empty then."""
    emptied = set()
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{folder}/{path}")  # noqa: PTH108 - there can be thousands
            emptied.add(os.path.dirname(path))  # noqa: PTH120
    emptied.discard("")
    while emptied:
        inner = emptied.pop()
        with contextlib.suppress(OSError):
            (folder / inner).rmdir()
            emptied.add(os.path.dirname(inner))  # noqa: PTH120
        emptied.discard("")


def _link_all(source: Path, target: Path, paths: list[str]) -> None:
    """Link files of one tree into another, where what had their names goes."""

    def link(some: list[str]) -> None:
        for path in some:
            _link(source, target, path)

    if len(paths) < MANY:
        link(paths)
        return
    # it takes a while to import, and few builds have many files to link
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(link, (paths[start::THREADS] for start in range(THREADS))))


MANY, THREADS = 200, 8
"""To remove the last link to a file means to wait for the disk, sometimes for a millisecond: of ten thousand
files, eight threads remove in two seconds what takes one of them twenty."""


def _link(source: Path, target: Path, path: str) -> None:
    """Link a file of one tree into another, in the place of whatever has its name there."""
    while True:
        try:
            os.link(f"{source}/{path}", f"{target}/{path}")
        except FileExistsError:
            os.unlink(f"{target}/{path}")  # noqa: PTH108 - there can be thousands
        except FileNotFoundError:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
        else:
            return


def write(folder: Path, path: str, data: bytes) -> str:
    """Put a new file into the folder of a stage, from whatever process, and return its SHA-256."""
    file = _created(f"{folder}/{path}")
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)
    return hashlib.sha256(data).hexdigest()


def _created(file: str) -> int:
    """Open a file that is new even where one stands: that one may be public under another name."""
    while True:
        try:
            return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o666)
        except FileNotFoundError:
            _make_folder(os.path.dirname(file))  # noqa: PTH120
        except FileExistsError:
            os.unlink(file)  # noqa: PTH108


BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two bytes for the end of a line."""


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 - the one above is there as a rule
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


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
