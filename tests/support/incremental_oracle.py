"""Oracle: results of a build and of a clean build, and the words in them.

Every text of these tests has words that occur nowhere else, so a word under `public/` or in the cache
identifies the version of the file that it comes from.
"""

import base64
import bz2
import contextlib
import difflib
import functools
import gzip
import itertools
import lzma
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sitegen.build import build
from sitegen.pipeline.request import BuildReport, BuildRequest

FOLDERS = ("content", "templates", "assets")
"""Folders of a site's inputs."""

DISK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Folder for the builds: in memory (tmpfs) if there is one, because a disk is slower."""

Files = Mapping[str, bytes]


# -- a site and its files -------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path; a symbolic link as its target."""
    return {
        file.relative_to(folder).as_posix(): str(file.readlink()).encode()
        if file.is_symlink()
        else file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_symlink() or file.is_file()
    }


def inputs(root: Path) -> dict[str, bytes]:
    """Return all inputs of a site."""
    return {f"{name}/{path}": data for name in FOLDERS for path, data in files(root / name).items()}


@dataclass(frozen=True)
class Outcome:
    """The published tree and the report of a build."""

    files: Files
    said: Mapping[str, object]
    at_fault: bool


def said(report: BuildReport) -> dict[str, object]:
    """Return the parts of a report that don't depend on how it was built, as in `--json`."""
    problems = [
        {**asdict(problem.where), **asdict(problem), "severity": problem.severity.value}
        for problem in report.problems
    ]
    for problem in problems:
        del problem["where"], problem["part"]  # the part is for the build itself
    withheld = [asdict(each) for each in report.withheld]
    return {"published": report.published, "withheld": withheld, "problems": problems}


@functools.lru_cache(maxsize=50)
def _clean(made_of: tuple[tuple[str, bytes], ...], today: date) -> Outcome:
    with tempfile.TemporaryDirectory(dir=DISK) as folder:
        root = Path(folder) / "copy"
        for path, data in made_of:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        report = build(BuildRequest(root, root / "public", today, clean=True))
        return Outcome(files(root / "public"), said(report), report.site_at_fault)


def clean(root: Path, today: date) -> Outcome:
    """Build a copy of a site in another folder, without a cache."""
    return _clean(tuple(inputs(root).items()), today)


def assert_same(ours: Files, theirs: Files) -> None:
    """Fail with the first file that differs, and with a few lines of the difference."""
    # the mark differs whenever another file does, and shows less
    for path in sorted(ours.keys() | theirs.keys(), key=lambda path: (path == ".sitegen", path)):
        one, other = ours.get(path), theirs.get(path)
        if one == other:
            continue
        if one is None or other is None:
            raise AssertionError(
                f"{path} is {'missing' if one is None else 'left over'} in the incremental build"
            )
        before, after = (data.decode("utf-8", "backslashreplace").splitlines() for data in (other, one))
        lines = difflib.unified_diff(before, after, "clean", "incremental", n=0, lineterm="")
        shown = "\n".join(line[:160] for line in itertools.islice(lines, 12))
        raise AssertionError(f"{path} differs, {len(other)} bytes clean and {len(one)} incremental:\n{shown}")


# -- words that occur nowhere else ----------------------------------------------------------

WORD = re.compile(rb"qvx[0-9]{5}z", re.IGNORECASE)
NEVER = re.compile(rb"lens[0-9]{2}|R-00[0-9]{2}")
"""Names of source photos, their metadata, and numbers of forms: never published or cached."""
PAGE = re.compile(rb"stories/[\w-]+/index\.html")
"""The path of a story below `public/`."""

PACKED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"x\x01", lambda data: zlib.decompressobj().decompress(data)),
    (b"x\x5e", lambda data: zlib.decompressobj().decompress(data)),
    (b"x\x9c", lambda data: zlib.decompressobj().decompress(data)),
    (b"x\xda", lambda data: zlib.decompressobj().decompress(data)),
    (b"\x1f\x8b", gzip.decompress),
    (b"BZh", bz2.decompress),
    (b"\xfd7zXZ", lzma.decompress),
)
"""Magic bytes of compressed data, and the function that unpacks it."""


def layers(data: bytes, depth: int = 2) -> Iterator[bytes]:
    """Yield a file's bytes, and those of all compressed or encoded data in it."""
    yield data
    yield data.replace(b"\0", b"")  # the zero bytes between letters of UTF-16 and UTF-32
    if not depth:
        return
    for magic, opened in PACKED:
        for found in re.finditer(re.escape(magic), data):
            with contextlib.suppress(OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                yield from layers(opened(data[found.start() :]), depth - 1)
    for text in re.findall(rb"[A-Za-z0-9+/]{24,}={0,2}", data):
        with contextlib.suppress(ValueError):
            yield from layers(base64.b64decode(text + b"=" * (-len(text) % 4)), depth - 1)


def words(found: Files, pattern: re.Pattern[bytes] = WORD) -> set[bytes]:
    """Return every unique word in files."""
    return {word.lower() for data in found.values() for word in pattern.findall(data)}


def kept(root: Path, pattern: re.Pattern[bytes] = WORD) -> set[bytes]:
    """Return every unique word in the cache, at any depth."""
    memory = files(root / ".sitegen")
    return {
        word.lower() for data in memory.values() for layer in layers(data) for word in pattern.findall(layer)
    }
