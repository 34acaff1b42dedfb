"""Removal proof: searches the published site and the cache for traces."""

import os
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from sitegen.audit import leak_scanner
from sitegen.audit.leak_scanner import TEXTS
from sitegen.audit.secrets import TITLES, Secrets, WithheldText, name_words
from sitegen.consent.names import plain_letters
from sitegen.content.discovery import is_submission
from sitegen.core.picture_names import is_picture
from sitegen.core.text import printable
from sitegen.core.visible_text import INLINE, Phrase, words
from sitegen.engine import file_state
from sitegen.images import derivatives
from sitegen.images.derivatives import PerceptualHash


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace of the story: the file, and what was found in it.

    `said` are the words, or `picture` the name of the derivatives, if it is one of these. `owner` is the path
    of the other submission that it is from; "" if there is none.
    """

    path: str
    what: str
    said: Phrase = ()
    picture: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The number of files searched, the number of things searched for, and the traces found.

    `mentions` are the places in other source texts that still name the person. `shared` are the
    sentences, and `quotes` the quotes, that other texts have as well: they are no traces.
    """

    files: int
    things: int
    traces: tuple[Trace, ...]
    mentions: tuple[Trace, ...] = ()
    shared: tuple[Trace, ...] = ()
    quotes: tuple[Trace, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left of the story, anywhere that was searched."""
        return not (self.traces or self.mentions)

    @property
    def is_left_by_others_only(self) -> bool:
        """Whether all that is left of the story comes from submissions of other people."""
        return all(trace.owner for trace in (*self.traces, *self.mentions))


def search(
    folders: tuple[Path, ...], secrets: Secrets, prints: tuple[PerceptualHash, ...], names: frozenset[str]
) -> Proof:
    """Search the names, bytes and pixels of every file below the folders.

    `secrets` are those of the story, `prints` the perceptual hashes of its pictures, `names` the file names
    of its derivatives and cards. Paths in the traces begin with the name of the folder.
    """
    closed: list[OSError] = []
    files = [file for folder in folders for file in sorted(files_below(folder, closed.append))]
    traces = [
        trace for file in files for trace in _traces(file, _shown(file, folders), secrets, prints, names)
    ]
    for error in closed:
        path = _shown(Path(error.filename), folders)
        traces.append(Trace(path, "files that can't be listed, and could not be searched"))
    pictures = len(prints) + len(names)
    things = len(secrets.phrases.paths) + len(secrets.photos) + len(secrets.addresses) + pictures
    return Proof(len(files), things, tuple(traces))


def files_below(folder: Path, closed: Callable[[OSError], None] = lambda _: None) -> Iterator[Path]:
    """Yield every file below a folder; `closed` takes the error of each folder that can't be listed."""
    if not folder.is_dir():
        return
    for parent, _, names in os.walk(folder, onerror=closed):
        yield from (Path(parent, name) for name in names if os.path.isfile(f"{parent}/{name}"))  # noqa: PTH113


def _shown(file: Path, folders: tuple[Path, ...]) -> str:
    folder = next(folder for folder in folders if file.is_relative_to(folder))
    return f"{folder.name}/{file.relative_to(folder).as_posix()}"


def _traces(
    file: Path, path: str, secrets: Secrets, prints: tuple[PerceptualHash, ...], names: frozenset[str]
) -> Iterator[Trace]:
    try:
        data = file_state.read(str(file))
    except OSError:
        return iter([Trace(path, "bytes that can't be read, and could not be searched")])
    data = _words_of_pdf(data) if path.endswith(".pdf") else data
    return _traces_in(data, path, secrets, prints, names)


def _traces_in(
    data: bytes, path: str, secrets: Secrets, prints: tuple[PerceptualHash, ...], names: frozenset[str]
) -> Iterator[Trace]:
    for name in secrets.addresses:
        if f"{name}".encode() in data or name in f"/{path}/":
            yield Trace(path, f"the address {name}")
    for phrase in sorted(_phrases_in(data, path, secrets)):
        yield Trace(path, f'the words "{" ".join(phrase)}"', said=phrase)
    for name in secrets.photos:
        if name.encode() in data.lower():
            yield Trace(path, f'the photo\'s name "{name}"')
    for name in sorted(names):
        if name in path or name.encode() in data:
            yield Trace(path, f"the picture or card {name}", picture=name)
    if is_picture(path):
        # imported here, so that other commands don't import Pillow
        from sitegen.images import processing  # noqa: PLC0415

        seen = processing.perceptual_hash(data)
        if seen and any(derivatives.look_alike(seen, each) for each in prints):
            name = Path(path).stem.partition("-")[0]
            yield Trace(path, "a picture that looks like the story's", picture=name)


def _phrases_in(data: bytes, path: str, secrets: Secrets) -> set[Phrase]:
    """Return the words of the story in the bytes of a file, and in what readers see of them."""
    found = set(secrets.phrases.said(words(f"{path} {data.decode('utf-8', 'replace')}")))
    if path.endswith(TEXTS):
        found.update(secrets.phrases.said(leak_scanner.spoken_words(leak_scanner.text_of(data))))
    return found


def _words_of_pdf(data: bytes) -> bytes:
    """Return what a PDF says; its own bytes are packed."""
    # imported here, because hardly any site has PDFs
    from sitegen.pdf import document  # noqa: PLC0415
    from sitegen.pdf.refusal import RefusedPdfError  # noqa: PLC0415

    try:
        return "\n".join(document.clean(data).texts).encode("utf-8", "replace")
    except RefusedPdfError:  # it is a file of others, which a build never made
        return data


# -- other texts ----------------------------------------------------------------------------

SOURCES = {"content": (".md", ".yaml"), "templates": ("",), "assets": TEXTS}
"""Folders of a site's source texts, and the endings of their names."""


def mentions(root: Path, hidden: Set[str], text: WithheldText) -> Iterator[Trace]:
    """Yield each line of the site's source texts that names the person, in any usual form.

    `hidden` are the paths of the files that visitors don't see.
    """
    patterns = [pattern for name in text.names if (pattern := _forms_of(name))]
    files = [
        file for name in SOURCES for file in files_below(root / name) if file.name.endswith(SOURCES[name])
    ]
    for file in sorted(files) if patterns else ():
        other = file.relative_to(root).as_posix()
        if other not in hidden:
            yield from _mentions_in(file, printable(other), patterns)


def text_of(file: Path) -> str:
    """Return the text of a file; the empty string if it can't be read."""
    try:
        data = file_state.read(str(file))
    except OSError:
        return ""
    data = _words_of_pdf(data) if file.suffix == ".pdf" else data
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def without_marks(text: str) -> str:
    """Return Markdown with the same lines, without what would split a word."""
    return INLINE.sub("", unescape(re.sub(r"[*_`~\\]", "", text)))


def _mentions_in(file: Path, path: str, patterns: list[re.Pattern[str]]) -> Iterator[Trace]:
    plain = plain_letters(without_marks(text_of(file)))
    found = {
        plain.count("\n", 0, match.start()) + 1: match[0]
        for pattern in patterns
        for match in pattern.finditer(plain)
    }
    for line, name in sorted(found.items()):
        owner = path if is_submission(path) else ""
        yield Trace(f"{path}:{line}", f'the name "{" ".join(name.split())}"', owner=owner)


def _forms_of(name: str) -> re.Pattern[str] | None:
    """Return what finds a name: `Maya Lopez`, `Lopez, Maya`, `MayaLopez`, `Ms. Lopez`, `M. Lopez`..."""
    parts = name_words(plain_letters(name))
    if not parts:
        return None
    first, last = re.escape(parts[0]), re.escape(parts[-1])
    given = rf"{first}(?:{GAP}[^\W_]+){{0,2}}?"
    forms = (
        rf"{given}{GAP}{last}",
        rf"{last}{GAP}{first}",
        rf"{first}{last}|{last}{first}",
        rf"(?:{'|'.join(sorted(TITLES))})\.?\s+{last}",
        rf"{re.escape(parts[0][0])}\.?\s+{last}",
        rf"{first}\s+{re.escape(parts[-1][0])}\.",
    )
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(forms)})(?![^\W\d_])")


GAP = r"(?:(?!\n\s*\n)\W)+"
"""Characters between two words of a name, which may be on two lines of one paragraph."""
