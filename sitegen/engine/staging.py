"""Staging folder: builds a tree with hard links and publishes it in one rename."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sitegen.core import atomic_swap, litter
from sitegen.engine import dir_index, modes, output_tree, workers
from sitegen.engine.dir_index import NONE_KNOWN, DirIndex, Listing
from sitegen.engine.output_tree import MARK, Tree


class Stage:
    """The staging folder of a new tree, next to the output folder; for a dry run, a temporary folder.

    As a context manager it deletes the folder at the end if it was not published.

    After a small edit, making thousands of folders and links would take most of a build's time. So a second
    set of hard links to the published files, the spare, is kept below `spare_parent` if that is given. It
    becomes the staging folder of the next build, which touches only what differs; the replaced tree is then
    updated and becomes the next spare. `known` are folders that were listed before.
    """

    def __init__(
        self,
        out: Path,
        old: Tree,
        spare_parent: Path | None = None,
        dry_run: bool = False,
        known: DirIndex = NONE_KNOWN,
    ) -> None:
        self.out, self.old, self.spare_parent, self.known = out, old, None if dry_run else spare_parent, known
        self.folder = (
            Path(tempfile.mkdtemp(prefix="sitegen-")) if dry_run else output_tree.sibling(out, "new")
        )
        self._digests: dict[str, str] = {}
        self._linked: set[str] = set()
        self._spare_listing = dir_index.NOTHING
        self._spare_files: dict[str, int] = {}
        self._kept: frozenset[str] = frozenset()
        self._is_spare = self._is_published = False

    def __enter__(self) -> "Stage":
        shutil.rmtree(self.folder, ignore_errors=True)
        spare = self._spare(self.old)
        if spare:
            with contextlib.suppress(OSError):
                spare.rename(self.folder)
                self._spare_listing = dir_index.scan(self.folder, self.known)
                for parent in self._spare_listing.closed:
                    modes.repair(f"{self.folder}/{parent}", modes.FOLDER)
                self._spare_files = dict(self._spare_listing.files())
                self._is_spare = self._spare_files.keys() == {*self.old.digests, MARK}
        if not self._is_spare:  # there is none, or its files are not those of the old tree
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        spare = self._spare(self.old)
        untouched = kind is None and not self._is_published and self._digests.keys() == self._linked
        if self._is_spare and spare and untouched:
            with contextlib.suppress(OSError):
                self.folder.rename(spare)
        shutil.rmtree(self.folder, ignore_errors=True)

    def made(self, path: str, digest: str) -> None:
        """Add a file that `write` has put into the folder, with the digest that it returned."""
        self._digests[path] = digest

    def keep(self, path: str, number: int = 0) -> None:
        """Add a file of the old tree unchanged, by hard link where the disk allows it, else as a copy.

        `number` is the file's inode, 0 if unknown: the spare may have a link to it already.
        """
        if not self._is_spare or not number or self._spare_files[path] != number:
            self._link(path)
        self._linked.add(path)
        self._digests[path] = self.old.digests[path]

    def file(self, path: str) -> Path:
        """Return the location of a file of the new tree."""
        return self.folder / path

    def listing(self) -> Listing:
        """Return the listing of the tree; for a spare, the one from before this build.

        Folders that changed since then have another state, so their entries are not used.
        """
        return self._spare_listing if self._is_spare else dir_index.scan(self.folder)

    @property
    def tree(self) -> Tree:
        """The tree as it is so far."""
        return Tree(self._digests)

    def finish(self, kept: Iterable[str] = ()) -> None:
        """Complete the staging folder and flush the disk; only `publish` may follow.

        `kept` are the files of others in the old tree that the new one has too.
        """
        self._kept = frozenset(kept)
        modes.repair(str(self.folder), modes.FOLDER)
        for path in self._kept:
            if path.endswith("/"):
                modes.require_movable(self.out / path)
            else:
                self._link(path)
        if self._is_spare:
            _remove(self.folder, self.old.digests.keys() - self._digests.keys())
        write(self.folder, MARK, self.tree.manifest)
        # everything must be on the disk before its name is: else a power cut could leave empty files
        atomic_swap.sync(self.folder)

    def publish(self) -> None:
        """Replace the old tree by the finished one: in an atomic swap where the system has it.

        Elsewhere it takes two renames. The staging folder is the replaced tree then.
        """
        tree = self.tree
        if not self.out.exists() or not any(self.out.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                self.out.rmdir()
            self.folder.rename(self.out)
        elif not atomic_swap.exchange(self.folder, self.out):
            self._replace()
        self._is_published = True
        self._rescue(tree)
        with contextlib.suppress(OSError):  # the new tree is published, even if this fails
            atomic_swap.sync(self.out.parent)
            self._make_spare(tree)

    def _replace(self) -> None:
        """Replace the old tree in two renames; `recover` repairs a stop between them."""
        aside = output_tree.sibling(self.out, "old")
        shutil.rmtree(aside, ignore_errors=True)
        self.out.rename(aside)
        try:
            self.folder.rename(self.out)
        except OSError:
            aside.rename(self.out)
            raise
        aside.rename(self.folder)

    def _rescue(self, tree: Tree) -> None:
        """Move what others wrote into the replaced tree, even during the build, over into the new one."""
        ours = {*self.old.digests, *tree.digests, MARK}
        found = dir_index.scan(self.folder, self.known)
        for path, _ in found.files():
            if path not in ours and (path in self._kept or not (self.out / path).exists()):
                _move(self.folder, self.out, path)
        for path in found.unreadable:
            if path in self._kept:
                _move(self.folder, self.out, path)
        changed = _changed_folders(self.out, self.old.digests.keys() - tree.digests.keys())
        for path in found.litter():
            folder, name = os.path.split(path)
            if folder in changed and litter.describes_others(name):
                _delete(self.folder / path)  # it may hold the names or pictures of what is gone
            else:
                _move(self.folder, self.out, path)

    def _make_spare(self, tree: Tree) -> None:
        """Turn the replaced tree into the spare: it has most files of the new one already.

        The first build makes none, because on a web host's build machine there is no second one.
        """
        spare = self._spare(tree)
        if not spare:
            return
        shutil.rmtree(spare, ignore_errors=True)  # left from when the same tree was published before
        if not self.old.digests:
            return
        _remove(self.folder, self.old.digests.keys() - tree.digests.keys())
        _link_all(self.out, self.folder, [*tree.digests.keys() - self._linked, MARK])
        self.folder.rename(spare)

    def _spare(self, tree: Tree) -> Path | None:
        return self.spare_parent / f"spare-{tree.identity[:32]}" if self.spare_parent else None

    def _link(self, path: str) -> None:
        try:
            link_file(self.out, self.folder, path)
        except OSError:
            shutil.copy2(self.out / path, self.folder / path)


def _changed_folders(out: Path, removed: Iterable[str]) -> set[str]:
    """Return the folders that have lost a file or a folder with the removed files."""
    folders = {os.path.dirname(path) for path in removed}  # noqa: PTH120 - there can be thousands
    return folders | {os.path.dirname(folder) for folder in folders if not (out / folder).is_dir()}  # noqa: PTH120


def _move(source: Path, target: Path, path: str) -> None:
    with contextlib.suppress(OSError):
        modes.move(source / path, target / path)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def remove_other_spares(spare_parent: Path, tree: Tree) -> None:
    """Delete the spares of all other trees, so that no withdrawn file stays on the disk."""
    for spare in spare_parent.glob("spare-*"):
        if spare != spare_parent / f"spare-{tree.identity[:32]}":
            shutil.rmtree(spare, ignore_errors=True)


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Delete files, and the folders that become empty."""
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
    """Hard-link files of one tree into another, replacing files of the same names."""

    def link(some: list[str]) -> None:
        for path in some:
            link_file(source, target, path)

    if len(paths) < MANY:
        link(paths)
        return
    # it takes a while to import, and few builds have many files to link
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(THREADS) as threads:
        done = [workers.submit_or_run(threads, link, paths[start::THREADS]) for start in range(THREADS)]
    for each in done:
        each.result()


MANY, THREADS = 200, 8
"""Removing the last link to a file can wait a millisecond for the disk: eight threads remove ten thousand
files in two seconds, one thread in twenty."""


def link_file(source: Path, target: Path, path: str) -> None:
    """Hard-link a file of one tree into another, replacing a file of the same name."""
    while True:
        try:
            os.link(f"{source}/{path}", f"{target}/{path}")
        except FileExistsError:
            os.unlink(f"{target}/{path}")  # noqa: PTH108 - there can be thousands
        except FileNotFoundError:
            _make_folder(os.path.dirname(f"{target}/{path}"))  # noqa: PTH120
        else:
            return


def write(folder: Path, path: str, data: bytes) -> str:
    """Write a new file into a staging folder, from any process, and return its SHA-256."""
    file = _created(f"{folder}/{path}")
    try:
        if hasattr(os, "fchmod"):
            with contextlib.suppress(OSError):  # on disks without permissions, such as FAT
                os.fchmod(file, modes.FILE)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)
    return hashlib.sha256(data).hexdigest()


def _created(file: str) -> int:
    """Open a new file, replacing an existing one: its inode may be linked into the published tree."""
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
        modes.repair(folder, modes.FOLDER)
    except FileExistsError:
        pass
    except FileNotFoundError:
        _make_folder(os.path.dirname(folder))  # noqa: PTH120
        _make_folder(folder)
