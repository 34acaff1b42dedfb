"""What the last build remembers, and where: a few files, each read only when it is needed.

A memory belongs to one tree: it carries the tree's identity and is believed for no other. One that
is missing, damaged, of another version of the program or of another tree is no memory, which means
a clean build, never a wrong one.
"""

import contextlib
import hashlib
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from sitegen import __version__
from sitegen.packing import unpack

FOLDER = ".sitegen"
"""In the site's root; safe to delete at any time."""

LIBRARIES = ("jinja2", "markdown", "nh3", "pillow", "pillow-heif")
"""Those whose release can change what is made of the same input; the last may not be there."""

Kept = TypeVar("Kept")


def load(root: Path, tree: str, kind: type[Kept]) -> Kept | None:
    """Return what of this kind is remembered of the tree with this identity, if anything is."""
    try:
        stored = _file(root, tree, kind).read_bytes()
        head = _stamp() + tree.encode()
        checked, packed = stored[len(head) : len(head) + 4], memoryview(stored)[len(head) + 4 :]
        if not stored.startswith(head) or zlib.crc32(packed).to_bytes(4) != checked:
            return None
        return unpack(packed, kind)
    except (OSError, ValueError):
        return None


def save(root: Path, tree: str, kind: type, packed: bytes) -> None:
    """Remember a packed value of a kind for a tree; it counts from the moment when that tree stands."""
    file = _file(root, tree, kind)
    file.parent.mkdir(exist_ok=True)
    unfinished = file.with_name(f"memory-unfinished-{file.suffix}")
    with unfinished.open("wb") as opened:
        opened.write(_stamp() + tree.encode() + zlib.crc32(packed).to_bytes(4))
        opened.write(packed)
    unfinished.replace(file)


def forget_others(root: Path, tree: str) -> None:
    """Remove the memories of all trees but one: what was withdrawn is forgotten there too."""
    kept = _name(tree)
    for file in (root / FOLDER).glob("memory*"):
        if file.stem != kept:
            with contextlib.suppress(OSError):  # the tree stands by now; the next build sweeps again
                file.unlink()


def is_tidy(root: Path, tree: str) -> bool:
    """Tell whether nothing is left of other trees than this one, neither a memory nor a spare."""
    left = (root / FOLDER).glob("*-*")
    return all(file.stem.endswith(f"-{tree[:32]}") for file in left)


def _file(root: Path, tree: str, kind: type) -> Path:
    return root / FOLDER / f"{_name(tree)}.{kind.__name__.lower()}"


def _name(tree: str) -> str:
    return f"memory-{tree[:32]}"


def _release(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def _stamp() -> bytes:
    """Return what changes when this program, or a library that shapes its output, does."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(__file__).parent
    for file in sorted((*package.glob("*.py"), *package.glob("fonts/*"))):
        digest.update(file.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {_release(name)} ".encode())
    return f"sitegen {__version__} ".encode() + digest.digest()
