"""Document lookup: the PDF that a link in a text leads to."""

import posixpath
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from urllib.parse import unquote

from sitegen.content.pictures import stored_files
from sitegen.core.diagnostics import Remark
from sitegen.core.problem_codes import Code
from sitegen.core.urls import ToFile, resolve

ENDING = ".pdf"


@dataclass(frozen=True, slots=True)
class LinkedPdf:
    """A PDF that a file links to: the link as written, the path of the PDF, and the place in it."""

    written: str
    path: str
    anchor: str


def find_pdf(written: str, from_path: str, others: Set[str]) -> LinkedPdf | Remark | None:
    """Return the PDF that a link leads to, or a remark if there is none; None if it leads elsewhere.

    `others` are the paths of all files in `content/` that are not Markdown. Like a picture, a PDF is in the
    folder of the file that links to it.
    """
    if ENDING not in unquote(written).lower():
        return None
    target = resolve(written, from_path)
    if not isinstance(target, ToFile) or not target.path.lower().endswith(ENDING):
        return None
    folder, name = posixpath.split(target.path)
    if folder != posixpath.dirname(from_path):
        message = f'the link "{written}" leads to a PDF in another folder.'
        hint = "Put the PDF beside this file, and write its name only."
        return Remark(Code.BROKEN_LINK, message, hint, written)
    stored = stored_files(target.path, name, others)
    if len(stored) == 1:
        return LinkedPdf(written, stored[0], target.anchor)
    if stored:
        names = " and ".join(f'"{posixpath.basename(path)}"' for path in stored[:2])
        message = f'the link "{written}" could lead to {len(stored)} files: {names}.'
        hint = "Rename the one that you mean, and write its new name."
    else:
        message = f'the link "{written}" leads to no file.'
        hint = f"Copy the PDF into {folder}/ under this name."
    return Remark(Code.BROKEN_LINK, message, hint, written)


def linked(links: Iterable[str], from_path: str, others: Set[str]) -> Iterator[LinkedPdf]:
    """Yield every PDF that the links of a file lead to."""
    for written in dict.fromkeys(links):
        found = find_pdf(written, from_path, others)
        if isinstance(found, LinkedPdf):
            yield found
