"""What the last build remembers: the inputs of every output, and how each file lay when it was done.

A memory belongs to one tree: it carries the tree's identity and is believed for no other. One that
is missing, damaged, of another version of the program or of another tree is an empty memory, which
means a clean build, never a wrong one.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sitegen import __version__

FOLDER = ".sitegen"
"""In the site's root; safe to delete at any time."""

LIBRARIES = ("jinja2", "markdown", "nh3", "pillow")
"""Those whose release can change what is made of the same input."""

Stat = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Memory:
    """By output path: the inputs it was made of, size and time of the file, and the note, if any.

    `audited` is the digest of the secrets that none of the files holds.
    """

    inputs: Mapping[str, Mapping[str, str]]
    stats: Mapping[str, Stat]
    notes: Mapping[str, str]
    audited: str = ""


EMPTY = Memory({}, {}, {})


def load(root: Path, tree: str) -> Memory:
    """Return the memory of the tree with this identity, or an empty one."""
    try:
        stored = json.loads(_file(root, tree).read_bytes())
        if stored["stamp"] != _stamp():
            return EMPTY
        return Memory(
            inputs={path: stored["inputs"][index] for path, (index, _, _) in stored["files"].items()},
            stats={path: (size, time) for path, (_, size, time) in stored["files"].items()},
            notes=stored["notes"],
            audited=stored["audited"],
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return EMPTY


def save(root: Path, tree: str, memory: Memory) -> None:
    """Write the memory of a tree; it counts from the moment when that tree stands."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    numbers: dict[int, int] = {}
    distinct: list[Mapping[str, str]] = []
    for inputs in memory.inputs.values():
        if numbers.setdefault(id(inputs), len(distinct)) == len(distinct):
            distinct.append(inputs)
    files = {path: (numbers[id(memory.inputs[path])], *memory.stats[path]) for path in sorted(memory.inputs)}
    text = json.dumps(
        {
            "stamp": _stamp(),
            "audited": memory.audited,
            "notes": dict(memory.notes),
            "inputs": distinct,
            "files": files,
        }
    )
    unfinished = folder / "memory.unfinished"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(_file(root, tree))


def forget_others(root: Path, tree: str) -> None:
    """Remove the memories of all trees but one: what was withdrawn is forgotten there too."""
    kept = _file(root, tree)
    for file in (root / FOLDER).glob("memory*"):
        if file != kept:
            with contextlib.suppress(OSError):  # the tree stands by now; the next build sweeps again
                file.unlink()


def look(folder: Path, paths: Iterable[str]) -> dict[str, Stat]:
    """Return size and time of those of the files that are there."""
    stats = {}
    for path in paths:
        try:
            found = (folder / path).lstat()
        except OSError:
            continue
        stats[path] = (found.st_size, found.st_mtime_ns)
    return stats


def _file(root: Path, tree: str) -> Path:
    return root / FOLDER / f"memory-{tree[:32]}.json"


@cache
def _stamp() -> str:
    """Return what changes when this program, or a library that shapes its output, does."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    releases = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"sitegen {__version__} {digest.hexdigest()} {releases}"
