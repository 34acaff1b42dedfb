"""The desk: one content file on it, with its form, its text, its pictures, and the problems found in it."""

import posixpath
import unicodedata
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sitegen import frontmatter, schema, stats
from sitegen.addresses import beside
from sitegen.model import Body, Photo, Source
from sitegen.packing import raw_digest
from sitegen.problems import Problem, Remark, Severity, did_you_mean
from sitegen.scan import same_address

AnyForm = TypeVar("AnyForm", bound=schema.Form)


@dataclass(frozen=True, slots=True)
class Help:
    """What the neighbouring rooms do for this one."""

    render: Callable[[str], tuple[Body, tuple[Remark, ...]]]
    """Turn a Markdown text into a body."""
    with_pictures: Callable[[Body, Mapping[str, str]], Body]
    """Give the pictures in a body other names."""
    look: Callable[[Path, str], Photo | Remark]
    """Measure a picture file."""
    picture_endings: frozenset[str]
    layouts: frozenset[str]


def _unused(*_: object) -> Any:
    raise AssertionError


BRIEFLY = Help(_unused, _unused, _unused, frozenset(), frozenset())
"""No help: on a brief look nothing is rendered or measured."""


class Desk:
    """One file on the desk: where its problems gather while it is read.

    `others` has the paths of all files in `content/` that are not Markdown. On a brief look the text is
    passed over.
    """

    def __init__(
        self, root: Path, source: Source, others: Set[str], helping: Help, brief: bool = False
    ) -> None:
        self.root, self.source, self.others, self.helping = root, source, others, helping
        self.brief = brief
        self.digest = b""
        self.problems: list[Problem] = []
        self.document = frontmatter.Document({}, "", 0, "", 1)

    def form(self, kind: type[AnyForm]) -> AnyForm | None:
        """Read the file and return its front matter as a form."""
        data = stats.read(f"{self.root}/{self.source.path}")
        self.digest = raw_digest(data)
        document = frontmatter.read(data, self.source.path)
        if isinstance(document, Problem):
            self.problems.append(document)
            return None
        self.document = document
        filled = schema.fill(kind, document.values)
        if isinstance(filled, tuple):
            for fault in filled:
                self.fault(fault.path, fault.message, fault.hint, on_key=fault.on_key)
            # the text is checked all the same, so that every mistake is told in one run
            self.body()
            return None
        return filled

    def fault(
        self,
        keys: tuple[str | int, ...],
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
        on_key: bool = False,
    ) -> None:
        """Note a problem at a value of the front matter, or at its key."""
        where = self.document.where(self.source.path, keys, on_key)
        self.problems.append(Problem(where, message, hint, severity))

    def remark(self, remark: Remark) -> None:
        """Note a problem in the body."""
        self.problems.append(remark.at(self.source.path, self.document.body, self.document.body_line))

    def body(self) -> tuple[Body, tuple[Photo, ...]]:
        """Render the text, and look up the pictures in it."""
        if self.brief:
            return Body(), ()
        body, remarks = self.helping.render(self.document.body)
        for remark in remarks:
            self.remark(remark)
        photos: dict[str, Photo] = {}
        for mark in dict.fromkeys(body.pictures):
            if mark.source.startswith(("http:", "https:", "//")):
                self.remark(
                    Remark(
                        "a picture from another website was left out.",
                        "Save the picture beside this file, and name it here.",
                        mark.source,
                        Severity.WARNING,
                    )
                )
                continue
            if not mark.alt:
                self.remark(
                    Remark(
                        f'the picture "{mark.source}" has no description.',
                        f"Say what it shows: ![A short description]({mark.source})",
                        mark.source,
                    )
                )
            found = self._photo(mark.source)
            if isinstance(found, Photo):
                photos[mark.source] = found
            else:
                self.remark(replace(found, needle=mark.source))
        if not body.pictures:
            return body, ()
        # from here on a picture is known by what it shows, not by what its file is called
        named = self.helping.with_pictures(body, {name: photo.digest for name, photo in photos.items()})
        return named, tuple(photos.values())

    def photo(self, key: str, written: str) -> Photo | None:
        """Look up the picture that a key of the front matter names."""
        if self.brief or not written:
            return None
        found = self._photo(written)
        if isinstance(found, Photo):
            return found
        self.fault((key,), found.message, found.hint)
        return None

    def _photo(self, written: str) -> Photo | Remark:
        path = beside(written, self.source.path)
        if path is None:
            hint = "Put it beside this file, and write its name only."
            return Remark(f'the picture "{written}" does not lie beside this file.', hint, written)
        if not self._is_picture(path):
            hint = "Save the picture as .jpg or .png, and write that name."
            return Remark(f'"{written}" is not a picture.', hint, written)
        stored = self._stored(path)
        if stored is None:
            return self._missing_photo(written, path)
        return self.helping.look(self.root / stored, stored)

    def _stored(self, path: str) -> str | None:
        """Return the path of a file as the disk has it: some keep é as one letter, some as e and accent."""
        if path in self.others:
            return path
        return _composed(frozenset(self.others)).get(unicodedata.normalize("NFC", path))

    def _missing_photo(self, written: str, path: str) -> Remark:
        folder = posixpath.dirname(path)
        others = _beside(frozenset(self.others)).get(folder, {})
        twin = others.get(same_address(written))
        if twin:
            differs = "capital letters" if twin.lower() == written.lower() else "accents"
            hint = f'Write it as the file is called: "{twin}"'
            return Remark(f'the picture "{written}" differs from the file in {differs}.', hint, written)
        near = filter(self._is_picture, others.values() if len(others) <= MOST_GUESSED else ())
        guess = did_you_mean(written, near)
        hint = guess or f"Copy the picture into {folder}/ under this name."
        return Remark(f'the picture "{written}" is not there.', hint, written)

    def _is_picture(self, path: str) -> bool:
        return posixpath.splitext(path)[1].lower() in self.helping.picture_endings


MOST_GUESSED = 1_000
"""Files in a folder among which a misspelled one is guessed: each guess looks at all of them."""


@lru_cache(maxsize=2)
def _composed(paths: frozenset[str]) -> Mapping[str, str]:
    """Return paths as the disk has them, by the same with accents as parts of their letters."""
    return {unicodedata.normalize("NFC", path): path for path in sorted(paths, reverse=True)}


@lru_cache(maxsize=2)
def _beside(paths: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    """Return for each folder the names of its files, by what those share that are taken for one another."""
    names: dict[str, dict[str, str]] = {}
    for path in sorted(paths, reverse=True):
        folder, name = posixpath.split(path)
        names.setdefault(folder, {})[same_address(name)] = name
    return names
