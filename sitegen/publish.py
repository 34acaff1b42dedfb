"""Publishing: a new tree is put together beside the old one, and takes its place when it is whole."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


def standing(out: Path) -> Tree | Problem:
    """Return the tree that stands at `out`, or why nothing may be put there."""
    _recover(out)
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        return Problem(Where(str(out)), "this is not a folder.", "Name another folder with --out.")
    if not out.exists() or not any(out.iterdir()):
        return NO_TREE
    try:
        manifest = (out / MARK).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        message = "this folder holds files that sitegen did not make."
        return Problem(Where(str(out)), message, "Move them away, or name another folder with --out.")
    tree = Tree(
        {path: digest for digest, _, path in (line.partition("  ") for line in manifest.splitlines())}
    )
    foreign = sorted(_files(out) - tree.digests.keys() - {MARK})
    if foreign:
        message = f"sitegen did not make {', '.join(foreign[:5])}{' and others' * (len(foreign) > 5)}."
        return Problem(
            Where(str(out)),
            message,
            "Move what is yours out of there; this folder is replaced as a whole.",
        )
    return tree


def _files(folder: Path) -> set[str]:
    return {
        (Path(where) / name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder)
        for name in names
    }


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

    def write(self, path: str, data: bytes) -> None:
        """Add a file that was made."""
        target = self._place(path)
        target.write_bytes(data)
        self._digests[path] = hashlib.sha256(data).hexdigest()

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
        """Let the new tree take the place of the old one."""
        (self.folder / MARK).write_bytes(self.tree.manifest)
        aside = _beside(self.out, "old")
        shutil.rmtree(aside, ignore_errors=True)
        if self.out.exists():
            self.out.rename(aside)
        self.folder.rename(self.out)
        shutil.rmtree(aside, ignore_errors=True)


def _beside(out: Path, role: str) -> Path:
    return out.parent / f".{out.name}.{role}"


def _recover(out: Path) -> None:
    """Bring back the old tree where a build was stopped between taking it away and putting up the new."""
    aside = _beside(out, "old")
    if not out.exists() and (aside / MARK).is_file():
        aside.rename(out)
