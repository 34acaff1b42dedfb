"""Output folder: ownership, manifest, file states and recovery."""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sitegen.core import keep_list
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code
from sitegen.core.text import printable
from sitegen.core.urls import is_inside
from sitegen.engine import dir_index, modes
from sitegen.engine.dir_index import NONE_KNOWN, DirIndex, Listing
from sitegen.engine.file_state import Stat

MARK = ".sitegen"
"""Manifest that marks a tree as made by sitegen: digest and path of every other file, in the format of
`sha256sum --check`."""


@dataclass(frozen=True)
class Tree:
    """A published tree: the SHA-256 of each file by its path, and the identity made of them all."""

    digests: Mapping[str, str]

    @cached_property
    def manifest(self) -> bytes:
        """The content of the mark."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self.digests.items()))
        return "".join(lines).encode()

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of the manifest."""
        return hashlib.sha256(self.manifest).hexdigest()


NO_TREE = Tree({})


# -- ownership ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishedTree:
    """The tree in the output folder, the paths of foreign files in it, and the stat result of each file.

    `marked` is true if the mark is exactly the tree's manifest; `listing` has the entries of each folder.
    `kept` are the foreign files that are carried over into the next tree. A foreign folder that can't be
    read is among the foreign files, with a final slash.
    """

    tree: Tree = NO_TREE
    marked: bool = False
    foreign: tuple[str, ...] = ()
    stats: Mapping[str, os.stat_result] = field(default_factory=dict)
    listing: Listing = dir_index.NOTHING
    kept: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        """Whether there is a mark that can't be one of ours any more, such as an empty file."""
        return MARK in self.stats and not self.marked

    def keeping(self, globs: Sequence[str]) -> "PublishedTree":
        """Return the same with the foreign files that a keep list names in `kept`."""
        kept = tuple(path for path in self.foreign if keep_list.is_kept(path, globs))
        return replace(self, kept=kept, foreign=tuple(sorted(set(self.foreign) - set(kept))))


SOURCES = ("content", "templates", "assets", ".sitegen", ".git")
"""Folders of a site that nothing is ever published into."""


def refusal_reason(out: Path, root: Path) -> str | None:
    """Return why a folder can't be an output folder, regardless of its content; None if it can."""
    if out.is_symlink():
        return "it is a link to another place"
    if out.exists() and not out.is_dir():
        return "it is a file"
    location = out.parent.resolve() / out.name
    if location in (Path(location.anchor), Path.home()):
        return "it is much more than a website"
    if location == root or location in root.parents:
        return "the site's own files lie in it"
    if any(location.is_relative_to(root / name) for name in SOURCES):
        return "the site is made from the files in it"
    return None


def recover(out: Path) -> None:
    """Repair after a killed build: restore a tree that was renamed, delete leftover folders."""
    aside = sibling(out, "old")
    if not (out / MARK).is_file() and (aside / MARK).is_file() and not any(dir_index.scan(out).files()):
        with contextlib.suppress(FileNotFoundError):
            out.rmdir()
        aside.rename(out)
    for left in _leftovers(out):
        shutil.rmtree(left, ignore_errors=True)


def is_tidy(out: Path) -> bool:
    """Whether no killed build has left folders next to the output folder."""
    return not any(left.exists() for left in _leftovers(out))


def _leftovers(out: Path) -> tuple[Path, Path]:
    return sibling(out, "old"), sibling(out, "new")


def read_and_open(out: Path, known: DirIndex = NONE_KNOWN) -> PublishedTree:
    """Return the published tree, after its files and folders were made readable for a web server."""
    modes.repair(str(out), modes.FOLDER)
    recover(out)
    published = read_published(out, known)
    return read_published(out, known) if open_to_servers(out, published) else published


def read_published(out: Path, known: DirIndex = NONE_KNOWN) -> PublishedTree:
    """Return the published tree at `out`; folders whose state is known are not opened."""
    now = dir_index.scan(out, known)
    found, unreadable = files(out, now), {*now.unreadable} - {""}
    try:
        manifest = (out / MARK).read_bytes()
    except OSError:
        return PublishedTree(foreign=tuple(sorted({*found, *unreadable})), stats=found, listing=now)
    parts = (line.partition("  ") for line in manifest.decode("utf-8", "replace").split("\n"))
    # files named in a mark are deleted one day, so a path that leads elsewhere is dropped
    named = {path: digest for digest, _, path in parts if is_inside(path)}
    ours = {f"{parent}/" for path in named for parent in _parents(path)} if unreadable else ()
    foreign = {*found, *unreadable} - {*named, *ours, MARK}
    if foreign and not (named.keys() <= found.keys() and manifest == Tree(named).manifest):
        named |= _recognized(out, foreign, manifest)
    tree = Tree(named)
    marked = bool(named) and manifest == tree.manifest
    return PublishedTree(tree, marked, tuple(sorted(foreign - named.keys())), found, now)


def _recognized(out: Path, paths: Iterable[str], manifest: bytes) -> dict[str, str]:
    """Return the files whose digest or name is in the manifest: a flipped bit can change the other there."""
    digests = {digest.decode() for digest in DIGEST.findall(manifest)}
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            digest = hashlib.sha256((out / path).read_bytes()).hexdigest()
            if digest in digests or f" {path}\n".encode() in manifest:
                found[path] = digest
    return found


DIGEST = re.compile(rb"[0-9a-f]{64}")


def closed(published: PublishedTree) -> tuple[list[str], set[str]]:
    """Return the published files, and folders with such files, that a web server may not be able to read."""
    ours = {*published.tree.digests, MARK}
    seen = published.stats.keys() & ours
    files = [path for path in seen if modes.is_closed(published.stats[path].st_mode, modes.FILE)]
    folders = set(published.listing.closed)
    if folders:
        folders &= {"", *(f"{parent}/" for path in ours for parent in _parents(path))}
    return files, folders


def open_to_servers(out: Path, published: PublishedTree) -> bool:
    """Make every published file readable by a web server; return whether one was not."""
    files, folders = closed(published)
    for path in files:
        modes.repair(f"{out}/{path}", modes.FILE)
    for path in folders:
        modes.repair(f"{out}/{path}", modes.FOLDER)
    return bool(files or folders)


def identity(out: Path) -> str:
    """Return the identity of the tree at `out`; the empty string if there is none."""
    try:
        return hashlib.sha256((out / MARK).read_bytes()).hexdigest()
    except OSError:
        return ""


def foreign_problem(out: Path, foreign: tuple[str, ...]) -> Problem:
    """Return the problem that the output folder has files that sitegen did not make."""
    first = ", ".join(map(printable, foreign[:5]))
    named = first + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
    message = f"sitegen did not make {named}, and this folder is replaced as a whole."
    hint = "List them as keep in site.yaml to keep them, or move them: --force moves them aside."
    return Problem(Code.FOREIGN_FILES, Where(str(out)), message, hint)


def in_the_way(kept: Iterable[str], tree: Tree) -> list[str]:
    """Return the kept files that can't be in a folder together with a tree."""
    folders = {parent for path in tree.digests for parent in _parents(path)}
    return [
        path
        for path in kept
        if path in tree.digests
        or path.rstrip("/") in folders
        or any(each in tree.digests for each in _parents(path))
    ]


def _parents(path: str) -> Iterator[str]:
    return (path[:end] for end, sign in enumerate(path) if sign == "/")


def move_aside(out: Path, foreign: tuple[str, ...], new: Tree) -> tuple[list[str], Path]:
    """Move foreign files to a new folder next to `out`; return the moved ones and the folder.

    Those that equal a file of the new tree stay: nothing is lost with them.
    """
    number = 1
    while (aside := out.with_name(f"{out.name}-moved-aside-{number}")).exists():
        number += 1
    moved = [path for path in foreign if not _is_in(new, path, out / path)]
    for path in moved:
        modes.move(out / path, aside / path)
    return moved, aside


def _is_in(tree: Tree, path: str, file: Path) -> bool:
    """Whether a file has the bytes that a tree has at a path."""
    if path not in tree.digests or file.is_symlink():
        return False
    return hashlib.sha256(file.read_bytes()).hexdigest() == tree.digests[path]


def file_states(stats: Mapping[str, os.stat_result]) -> dict[str, Stat]:
    """Return the states of published files; ctime is left out, because new hard links change it."""
    return {path: (stat.st_size, stat.st_mtime_ns, 0, stat.st_ino) for path, stat in stats.items()}


def states_of(folder: Path, paths: Iterable[str]) -> dict[str, Stat]:
    """Return the states of some files of a tree."""
    return file_states({path: os.lstat(f"{folder}/{path}") for path in paths})


def files(folder: Path, found: Listing) -> dict[str, os.stat_result]:
    """Return the stat result of each listed file and link of a tree, by path."""
    stats = {}
    for path, _ in found.files():
        try:
            stats[path] = os.lstat(f"{folder}/{path}")
        except FileNotFoundError:  # it was deleted since the listing
            continue
    return stats


def sibling(out: Path, role: str) -> Path:
    """Return the hidden folder next to the output folder for a tree in transit: `new` or `old`."""
    return out.parent / f".{out.name}.{role}"
