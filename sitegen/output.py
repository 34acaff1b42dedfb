"""The output folder: whose it is, what stands there, and what a stopped build left beside it."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sitegen import listing
from sitegen.addresses import is_inside
from sitegen.listing import NONE_KNOWN, Folders, Listing
from sitegen.problems import Problem, Where
from sitegen.stats import Stat

MARK = ".sitegen"
"""The file that marks a tree as ours: the digest and path of every other file in it, in the form
that `sha256sum --check` reads."""


@dataclass(frozen=True)
class Tree:
    """A published tree: the SHA-256 of each file by its path, and the identity made of them all."""

    digests: Mapping[str, str]

    @cached_property
    def manifest(self) -> bytes:
        """The text of the mark."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self.digests.items()))
        return "".join(lines).encode()

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of the manifest."""
        return hashlib.sha256(self.manifest).hexdigest()


NO_TREE = Tree({})


# -- whose folder it is ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at the output folder: our tree, what is in it that is not ours, how each file lies.

    `marked` tells whether the mark is just as we write it, `listing` what each folder holds.
    """

    tree: Tree = NO_TREE
    marked: bool = False
    foreign: tuple[str, ...] = ()
    stats: Mapping[str, os.stat_result] = field(default_factory=dict)
    listing: Listing = listing.NOTHING


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
    if any(place.is_relative_to(root / name) for name in SOURCES):
        return "the site is made from what lies there"
    return None


def recover(out: Path) -> None:
    """Finish what a stopped build left: bring back a tree that was taken away, sweep what is over."""
    aside = beside(out, "old")
    if not (out / MARK).is_file() and (aside / MARK).is_file() and not any(listing.look(out).files()):
        with contextlib.suppress(FileNotFoundError):
            out.rmdir()
        aside.rename(out)
    for left in _left(out):
        shutil.rmtree(left, ignore_errors=True)


def is_tidy(out: Path) -> bool:
    """Tell whether no stopped build has left anything beside the output folder."""
    return not any(left.exists() for left in _left(out))


def _left(out: Path) -> tuple[Path, Path]:
    return beside(out, "old"), beside(out, "new")


def standing(out: Path, known: Folders = NONE_KNOWN) -> Standing:
    """Return what stands at `out`; folders that lie as they are known to need not be opened."""
    now = listing.look(out, known)
    found = files(out, now)
    try:
        manifest = (out / MARK).read_bytes()
        lines = manifest.decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return Standing(foreign=tuple(sorted(found)), stats=found, listing=now)
    parts = (line.partition("  ") for line in lines)
    # what a mark names is removed one day, whoever wrote it
    tree = Tree({path: digest for digest, _, path in parts if is_inside(path)})
    foreign = found.keys() - tree.digests.keys() - {MARK}
    return Standing(tree, manifest == tree.manifest, tuple(sorted(foreign)), found, now)


def identity(out: Path) -> str:
    """Return the identity of the tree that stands at `out`; the empty string where none does."""
    try:
        return hashlib.sha256((out / MARK).read_bytes()).hexdigest()
    except OSError:
        return ""


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


def lying(stats: Mapping[str, os.stat_result]) -> dict[str, Stat]:
    """Return how published files lie; the number of links to them, and when that changed, doesn't matter."""
    return {path: (stat.st_size, stat.st_mtime_ns, 0, stat.st_ino) for path, stat in stats.items()}


def look(folder: Path, paths: Iterable[str]) -> dict[str, Stat]:
    """Return how some of the files of a tree lie."""
    return lying({path: os.lstat(f"{folder}/{path}") for path in paths})


def files(folder: Path, found: Listing) -> dict[str, os.stat_result]:
    """Return how each listed file and link of a tree lies, by its path."""
    stats = {}
    for path, _ in found.files():
        try:
            stats[path] = os.lstat(f"{folder}/{path}")
        except FileNotFoundError:  # it went in this moment
            continue
    return stats


def beside(out: Path, role: str) -> Path:
    """Return the folder beside the output folder that a tree waits in: `new` or `old`."""
    return out.parent / f".{out.name}.{role}"
