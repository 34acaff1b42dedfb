"""A content file as an editor has it in hand: what is in it, and where a piece of advice on it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import frontmatter
from sitegen.frontmatter import Document, KeyPath
from sitegen.model import Source
from sitegen.problems import Problem, Remark, Severity
from sitegen.scan import Shelf


@dataclass(frozen=True, slots=True)
class Galley:
    """A file that can be read, and what is in it."""

    source: Source
    document: Document

    def value(self, *keys: str) -> str:
        """Return a value as text; the empty string where there is none."""
        found: object = self.document.values
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back: then it is nobody's to polish."""
        return bool(self.value("consent", "withdrawn"))

    def at(self, keys: KeyPath, message: str, hint: str) -> Problem:
        """Return a piece of advice on a value."""
        where = self.document.where(self.source.path, keys)
        return Problem(where, message, hint, Severity.WARNING)

    def in_text(self, needle: str, message: str, hint: str) -> Problem:
        """Return a piece of advice on the text."""
        remark = Remark(message, hint, needle, Severity.WARNING)
        return remark.at(self.source.path, self.document.body, self.document.body_line)


def read(root: Path, shelf: Shelf) -> Iterator[Galley]:
    """Yield every file that can be read; on the others a build has its say."""
    for source in shelf.sources:
        document = frontmatter.read((root / source.path).read_bytes(), source.path)
        if isinstance(document, Document):
            yield Galley(source, document)
