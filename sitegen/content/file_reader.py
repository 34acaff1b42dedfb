"""File reader: front matter, text and pictures of one content file."""

from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sitegen.content import frontmatter, pictures, schema, validation
from sitegen.content.discovery import unreadable
from sitegen.core.diagnostics import Problem, Remark, Severity
from sitegen.core.model import Body, Photo, PictureMark, Source
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Settings
from sitegen.engine import file_state
from sitegen.engine.serialization import raw_digest

AnyForm = TypeVar("AnyForm", bound=schema.Form)


@dataclass(frozen=True, slots=True)
class ReadContext:
    """Everything besides a content file itself that its reading depends on.

    `others` are the paths of all files in `content/` that are not Markdown, `layouts` the names of the
    templates that a page can choose.
    """

    root: Path
    others: Set[str]
    settings: Settings
    layouts: Set[str]


class FileReader:
    """Reads one content file and collects the problems found in it.

    A brief reader skips the text and the pictures, and needs neither Markdown nor Pillow. `data` are the
    bytes to read instead of those of the file.
    """

    def __init__(
        self, context: ReadContext, source: Source, brief: bool = False, data: bytes | None = None
    ) -> None:
        self.context, self.source, self.brief, self.data = context, source, brief, data
        self.digest = b""
        self.problems: list[Problem] = []
        self.document = frontmatter.Document({}, {}, "", 1)

    def form(self, kind: type[AnyForm]) -> AnyForm | None:
        """Read the file and return its front matter as a form."""
        try:
            data = self.data
            if data is None:
                data = file_state.read(f"{self.context.root}/{self.source.path}")
        except OSError as error:
            self.problems.append(unreadable(self.source.path, error))
            return None
        self.digest = raw_digest(data)
        document = frontmatter.read(data, self.source.path)
        if isinstance(document, Problem):
            self.problems.append(document)
            return None
        self.document = document
        filled = validation.fill(kind, document.values)
        if isinstance(filled, tuple):
            for fault in filled:
                self.note(fault)
            # so that one run reports every mistake, in the text too
            self.body()
            return None
        return filled

    def fault(
        self,
        code: Code,
        keys: tuple[str | int, ...],
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
        on_key: bool = False,
    ) -> None:
        """Note a problem at a value of the front matter, or at its key."""
        where = self.document.where(self.source.path, keys, on_key)
        self.problems.append(Problem(code, where, message, hint, severity))

    def note(self, fault: validation.Fault | None) -> None:
        """Note a fault of a value, if there is one."""
        if fault:
            self.fault(fault.code, fault.path, fault.message, fault.hint, on_key=fault.on_key)

    def remark(self, remark: Remark) -> None:
        """Note a problem in the body."""
        self.problems.append(remark.at(self.source.path, self.document.body, self.document.body_line))

    def body(self) -> tuple[Body, tuple[Photo, ...]]:
        """Return the rendered text, and the photos in it."""
        if self.brief:
            return Body(), ()
        # imported here, because a build with nothing to do reads withheld files without Markdown
        from sitegen.markup import render  # noqa: PLC0415

        body, remarks = render.render(self.document.body)
        for remark in remarks:
            self.remark(remark)
        photos: dict[str, Photo] = {}
        for mark in dict.fromkeys(body.pictures):
            found = self._photo_in_text(mark)
            if found:
                photos[mark.source] = found
        if not body.pictures:
            return body, ()
        # published HTML must not have the file name of a photo in it
        named = render.with_pictures(body, {name: photo.digest for name, photo in photos.items()})
        return named, tuple(photos.values())

    def _photo_in_text(self, mark: PictureMark) -> Photo | None:
        """Return the photo of a picture in the text; note its problems."""
        if mark.source.startswith(("http:", "https:", "//")):
            message = "a picture from another website was left out."
            hint = "Save the picture beside this file, and name it here."
            code = Code.PICTURE_FROM_OUTSIDE
            self.remark(Remark(code, message, hint, mark.source, Severity.WARNING))
            return None
        if not mark.alt:
            message = f'the picture "{mark.source}" has no description.'
            hint = f"Say what it shows: ![A short description]({mark.source})"
            self.remark(Remark(Code.MISSING_ALT, message, hint, mark.source))
        found = self._find_photo(mark.source)
        if isinstance(found, Photo):
            return found
        self.remark(replace(found, needle=mark.source))
        return None

    def photo(self, key: str, written: str) -> Photo | None:
        """Return the photo that a key of the front matter names."""
        if self.brief or not written:
            return None
        found = self._find_photo(written)
        if isinstance(found, Photo):
            return found
        self.fault(found.code, (key,), found.message, found.hint)
        return None

    def _find_photo(self, written: str) -> Photo | Remark:
        return pictures.find_photo(self.context.root, self.source.path, written, self.context.others)
