"""Definitions: footnotes and targets of links; the first of a name counts.

So do CommonMark (spec 0.31, 4.7) and GitHub; Python-Markdown takes the last.
"""

from collections import OrderedDict
from collections.abc import Iterator
from typing import TypeVar, cast

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor

from sitegen.core.diagnostics import Remark, Severity
from sitegen.core.problem_codes import Code

Definition = TypeVar("Definition")


class Definitions(OrderedDict[str, Definition]):
    """Definitions by name, and the names that other definitions have again."""

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[str] = []

    def __setitem__(self, name: str, definition: Definition) -> None:
        if name not in self:
            super().__setitem__(name, definition)
        elif self[name] != definition:
            self.repeated.append(name)


def collect(md: Markdown) -> None:
    """Let the next text's footnotes and targets of links be collected as definitions."""
    _footnotes(md).footnotes = Definitions()
    md.references = Definitions()


def remarks(md: Markdown) -> Iterator[Remark]:
    """Yield a remark on each definition of the last text that is lost, because its name is taken."""
    hint = "Give one of them another name, here and where it is used."
    for name in cast("Definitions[str]", _footnotes(md).footnotes).repeated:
        message = f'two footnotes are called "{name}"; only the first is shown.'
        yield Remark(Code.REPEATED_DEFINITION, message, hint, f"[^{name}]:", Severity.WARNING)
    for name in cast("Definitions[tuple[str, str]]", md.references).repeated:
        message = f'two links are called "{name}"; only the first is used.'
        yield Remark(Code.REPEATED_DEFINITION, message, hint, f"[{name}]:", Severity.WARNING)


def _footnotes(md: Markdown) -> FootnoteExtension:
    return cast("FootnoteInlineProcessor", md.inlinePatterns["footnote"]).footnotes
