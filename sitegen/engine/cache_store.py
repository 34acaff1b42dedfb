"""Cache store: checksummed files in `.sitegen/`, each valid for one tree.

A cache file carries the identity of its tree. One that is missing or damaged, or that belongs to another
tree or another version of the program, is ignored: that means a clean build, never a wrong one.
"""

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import sitegen
from sitegen.engine.serialization import unpack

FOLDER = ".sitegen"
"""In the site's root; safe to delete at any time."""

LIBRARIES = ("jinja2", "markdown", "nh3", "pillow", "pillow-heif")
"""Libraries whose release can change the output; the last one can be missing."""

Cached = TypeVar("Cached")


def load(root: Path, tree: str, kind: type[Cached]) -> Cached | None:
    """Return the cached value of a kind for the tree with this identity; None if there is none."""
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
    """Store a packed value of a kind for a tree; it is used once that tree is the published one."""
    file = _file(root, tree, kind)
    file.parent.mkdir(exist_ok=True)
    unfinished = file.with_name(f"memory-unfinished-{file.suffix}")
    with unfinished.open("wb") as opened:
        opened.write(_stamp() + tree.encode() + zlib.crc32(packed).to_bytes(4))
        opened.write(packed)
    unfinished.replace(file)


def remove_others(root: Path, tree: str) -> None:
    """Delete the cache files of all other trees, so that withdrawn content is in none of them."""
    kept = _name(tree)
    for file in (root / FOLDER).glob("memory*"):
        if file.stem != kept:
            with contextlib.suppress(OSError):  # the tree is published by now; the next build tries again
                file.unlink()


def is_tidy(root: Path, tree: str) -> bool:
    """Whether no cache file and no spare folder of another tree is left."""
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


def _files(package: Path) -> Iterator[str]:
    """Yield the path of each file of a package: code, fonts, lists of words."""
    for folder, folders, names in os.walk(package):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        yield from (f"{folder}/{name}" for name in names)


@cache
def _stamp() -> bytes:
    """Return bytes that change with this program's code and the libraries that shape its output."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(_files(Path(sitegen.__file__).parent)):
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - hundreds, in every build
            digest.update(opened.read())
    for name in LIBRARIES:
        digest.update(f"{name} {_release(name)} ".encode())
    return f"sitegen {sitegen.__version__} ".encode() + digest.digest()
