"""Photo lookup: the file that a text or a value of the front matter names."""

import posixpath
from collections.abc import Mapping, Set
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from sitegen.content.discovery import unreadable
from sitegen.core.diagnostics import Remark, did_you_mean
from sitegen.core.model import Photo
from sitegen.core.picture_names import is_picture
from sitegen.core.problem_codes import Code
from sitegen.core.text import skeleton
from sitegen.core.urls import sibling_picture


def find_photo(root: Path, path: str, written: str, others: Set[str]) -> Photo | Remark:
    """Return the photo that the content file at `path` names, or a remark if there is none to use.

    `others` are the paths of all files in `content/` that are not Markdown.
    """
    found = sibling_picture(written, path)
    if found is None:
        hint = "Put it beside this file, and write its name only."
        message = f'the picture "{written}" is not in the same folder as this file.'
        return Remark(Code.PHOTO_ELSEWHERE, message, hint, written)
    if not is_picture(found):
        hint = "Save the picture as .jpg or .png, and write that name."
        return Remark(Code.NOT_A_PICTURE, f'"{written}" is not a picture.', hint, written)
    stored = stored_files(found, written, others)
    if len(stored) == 1:
        return _inspect(root / stored[0], stored[0])
    return _ambiguous(written, stored) if stored else _missing(written, found, others)


def _inspect(file: Path, path: str) -> Photo | Remark:
    # imported here, so that a site without pictures is checked without the tens of milliseconds of Pillow
    from sitegen.images import probe  # noqa: PLC0415

    try:
        return probe.inspect_photo(file, path)
    except OSError as error:
        found = unreadable(path, error)
        message = f'the picture "{file.name}": {found.message}'
        return Remark(found.code, message, found.hint, file.name)


def stored_files(path: str, written: str, others: Set[str]) -> tuple[str, ...]:
    """Return the paths that a name can mean: the exact one alone, or else all that look like it."""
    folder, name = posixpath.split(path)
    exact = (posixpath.join(folder, as_written) for as_written in (written, name))
    if found := next((path for path in exact if path in others), None):
        return (found,)
    return _beside(frozenset(others)).get(folder, {}).get(same_look(name), ())


def same_look(name: str) -> str:
    """Return a text that is equal for file names that people take for the same.

    Phones, screenshots and browsers write spaces of other widths, %20, and accents apart or not at all.
    """
    return " ".join(skeleton(unquote(name)).split())


def _ambiguous(written: str, paths: tuple[str, ...]) -> Remark:
    names = " and ".join(f'"{posixpath.basename(path)}"' for path in paths[:2])
    message = f'the picture "{written}" could be one of {len(paths)} files: {names}.'
    hint = "Rename the one that you mean, and write its new name."
    return Remark(Code.PHOTO_NAME_DIFFERS, message, hint, written)


def _missing(written: str, path: str, others: Set[str]) -> Remark:
    folder = posixpath.dirname(path)
    beside = _beside(frozenset(others)).get(folder, {})
    names = (posixpath.basename(path) for paths in beside.values() for path in paths)
    guess = did_you_mean(written, filter(is_picture, names)) if len(beside) <= MOST_GUESSED else ""
    hint = guess or f"Copy the picture into {folder}/ under this name."
    return Remark(Code.PHOTO_NOT_FOUND, f'the picture "{written}" was not found.', hint, written)


MOST_GUESSED = 1_000
"""Files in a folder up to which a misspelled name gets a suggestion, which compares all of them."""


@lru_cache(maxsize=2)
def _beside(paths: frozenset[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for each folder the paths of its files, by how their names look."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted(paths):
        folder, name = posixpath.split(path)
        alike = found.setdefault(folder, {})
        alike[same_look(name)] = (*alike.get(same_look(name), ()), path)
    return found
