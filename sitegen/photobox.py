"""A folder or a ZIP with photos, looked up by name: nothing outside of it, and never from the network."""

import lzma
import os
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen import limits
from sitegen.addresses import is_inside, slugify
from sitegen.images import ENDINGS
from sitegen.scan import same_address

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
)
"""What reading from a ZIP can end with where it is cut off, or locked with a password."""


@dataclass(frozen=True, slots=True)
class Box:
    """The photos that there are: where each lies, by its path in the box."""

    place: Path | None
    names: tuple[str, ...] = ()

    def read(self, name: str) -> bytes | str:
        """Return the bytes of a photo, or why it can't be taken, in words."""
        if self.place is None:
            return "there is no folder of photos."
        if self.place.is_dir():
            with (self.place / name).open("rb") as photo:
                return _bounded(photo.read(limits.MOST_PHOTO_BYTES + 1), name)
        try:
            with zipfile.ZipFile(self.place) as archive, archive.open(name) as photo:
                return _bounded(photo.read(limits.MOST_PHOTO_BYTES + 1), name)
        except DAMAGED:
            return f'"{name}" in the ZIP is damaged or locked with a password.'


EMPTY = Box(None)


def _bounded(data: bytes, name: str) -> bytes | str:
    # what a ZIP says of the size of a file need not be true, so it is counted while it is unpacked
    return (
        data
        if len(data) <= limits.MOST_PHOTO_BYTES
        else f'"{name}" is larger than {limits.MOST_PHOTO_BYTES // 1_000_000} MB.'
    )


def opened(place: Path) -> Box | str:
    """Return the box of photos at a place, or why it is none, in words."""
    if place.is_dir():
        return Box(place, tuple(sorted(_in_folder(place))))
    if not zipfile.is_zipfile(place):
        return "it is neither a folder nor a ZIP."
    try:
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        return "the ZIP is damaged. Download it again."
    if len(entries) > limits.MOST_PHOTOS:
        return f"there are more than {limits.MOST_PHOTOS:,} files in it."
    return Box(place, tuple(sorted(entry.filename for entry in entries if _is_plain(entry))))


def _in_folder(place: Path) -> Iterator[str]:
    for where, _, names in os.walk(place):
        for name in names:
            file = Path(where) / name
            if _is_photo(name) and not file.is_symlink():
                yield file.relative_to(place).as_posix()


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry of a ZIP is a photo of its own, inside, and not a link or a way out."""
    path = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_inside(path) and not (is_link or entry.is_dir()) and _is_photo(posixpath.basename(path))


def _is_photo(name: str) -> bool:
    return posixpath.splitext(name)[1].lower() in ENDINGS and not name.startswith(".") and name.isprintable()


def find(box: Box, written: str, person: str) -> tuple[str, ...]:
    """Return the photos that an answer names; where it names none, those that have the person's name."""
    wanted = {same_address(name) for name in _names_in(written)}
    named = tuple(name for name in box.names if same_address(posixpath.basename(name)) in wanted)
    if named or not written:
        return named
    who = slugify(person)
    return tuple(name for name in box.names if f"-{who}-" in f"-{slugify(posixpath.splitext(name)[0])}-")


def _names_in(written: str) -> Iterator[str]:
    """Yield the file names in what a form says of an upload: a name, an address, a name with an address."""
    for part in re.split(r"[,;]\s*(?=\S)|\n", written):
        bare = re.sub(r"\s*\(https?://[^)]*\)?$", "", part.strip())
        path = unquote(urlsplit(bare).path) if re.match(r"https?://", bare) else bare
        name = path.replace("\\", "/").rpartition("/")[2].strip()
        if _is_photo(name):
            yield name
