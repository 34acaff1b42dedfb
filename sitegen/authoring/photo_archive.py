"""Photo archive: finds photos by name in a folder or a ZIP, and nowhere else."""

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

from sitegen.content.pictures import same_look
from sitegen.core import limits
from sitegen.core.picture_names import is_picture
from sitegen.core.urls import is_inside, slugify

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
)
"""Exceptions of zipfile for truncated files and files with a password."""


@dataclass(frozen=True, slots=True)
class PhotoArchive:
    """The photos in a folder or ZIP, by path inside of it."""

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


EMPTY = PhotoArchive(None)


def _bounded(data: bytes, name: str) -> bytes | str:
    # the sizes in a ZIP's directory can be false, so bytes are counted while unpacking
    return (
        data
        if len(data) <= limits.MOST_PHOTO_BYTES
        else f'"{name}" is larger than {limits.MOST_PHOTO_BYTES // 1_000_000} MB.'
    )


def opened(place: Path) -> PhotoArchive | str:
    """Return the archive at a path, or why it can't be used, in words."""
    if place.is_dir():
        return PhotoArchive(place, tuple(sorted(_in_folder(place))))
    if not zipfile.is_zipfile(place):
        return "it is neither a folder nor a ZIP file."
    try:
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        return "the ZIP is damaged. Download it again."
    if len(entries) > limits.MOST_PHOTOS:
        return f"it has more than {limits.MOST_PHOTOS:,} files."
    return PhotoArchive(place, tuple(sorted(entry.filename for entry in entries if _is_plain(entry))))


def _in_folder(place: Path) -> Iterator[str]:
    for where, _, names in os.walk(place):
        for name in names:
            file = Path(where) / name
            if _is_photo(name) and not file.is_symlink():
                yield file.relative_to(place).as_posix()


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry of a ZIP is a photo, with a path inside the archive and not a symbolic link."""
    path = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_inside(path) and not (is_link or entry.is_dir()) and _is_photo(posixpath.basename(path))


def _is_photo(name: str) -> bool:
    return is_picture(name) and not name.startswith(".") and name.isprintable()


def find(archive: PhotoArchive, written: str, person: str) -> tuple[str, ...]:
    """Return the photos that an answer names; without a name, those whose file name has the person's name."""
    named = tuple(sorted({found for name in _names_in(written) for found in _called(archive, name)}))
    if named or not written:
        return named
    who = slugify(person)
    return tuple(name for name in archive.names if f"-{who}-" in f"-{slugify(posixpath.splitext(name)[0])}-")


def _called(archive: PhotoArchive, wanted: str) -> list[str]:
    """Return the photos with exactly this name, or else those whose names look like it."""
    exact = [name for name in archive.names if posixpath.basename(name) == wanted]
    return exact or [
        name for name in archive.names if same_look(posixpath.basename(name)) == same_look(wanted)
    ]


def _names_in(written: str) -> Iterator[str]:
    """Yield the file names in an answer about an upload: names, URLs, or names followed by a URL."""
    for part in re.split(r"[,;]\s*(?=\S)|\n", written):
        bare = re.sub(r"\s*\(https?://[^)]*\)?$", "", part.strip())
        path = unquote(urlsplit(bare).path) if re.match(r"https?://", bare) else bare
        name = path.replace("\\", "/").rpartition("/")[2].strip()
        if _is_photo(name):
            yield name
