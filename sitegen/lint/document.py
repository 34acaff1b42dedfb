"""Parsed file: a content file as the lint rules get it."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.content import frontmatter
from sitegen.content.discovery import ContentFiles
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import KeyPath
from sitegen.content.written_people import people_in
from sitegen.core.diagnostics import Problem, Remark, Severity
from sitegen.core.model import Source
from sitegen.core.problem_codes import Code
from sitegen.engine import file_state


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A readable content file: source and parsed document."""

    source: Source
    document: Document

    def value(self, *keys: str) -> str:
        """Return a value as text; the empty string if there is none."""
        found: object = self.document.values
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether a person in it withdrew consent; such a file gets no suggestions."""
        return any(person.value("withdrawn") for person in people_in(self.document.values))

    def at(self, code: Code, keys: KeyPath, message: str, hint: str) -> Problem:
        """Return a suggestion about a value."""
        where = self.document.where(self.source.path, keys)
        return Problem(code, where, message, hint, Severity.WARNING)

    def in_text(self, code: Code, needle: str, message: str, hint: str) -> Problem:
        """Return a suggestion about the text."""
        remark = Remark(code, message, hint, needle, Severity.WARNING)
        return remark.at(self.source.path, self.document.body, self.document.body_line)


def contents(root: Path, files: ContentFiles) -> Iterator[tuple[Source, bytes]]:
    """Yield every readable content file with its bytes; a build reports the others."""
    for source in files.sources:
        with contextlib.suppress(OSError):
            yield source, file_state.read(f"{root}/{source.path}")


def read(root: Path, files: ContentFiles) -> Iterator[ParsedFile]:
    """Yield every file that can be parsed; a build reports the others."""
    for source, data in contents(root, files):
        document = frontmatter.read(data, source.path)
        if isinstance(document, Document):
            yield ParsedFile(source, document)
