"""Front matter reader: bytes to values with their places, and a body.

python-frontmatter splits a file through `StrictHandler`. By itself it takes a file with a byte-order mark,
an em-dash fence or no closing fence for one without front matter, and the front matter for body text. So
fences are found here, and `strict_yaml` reads what is between them.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from sitegen.content import strict_yaml
from sitegen.content.strict_yaml import KeyPath, Place, UnreadableError, Value
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.limits import MOST_BYTES
from sitegen.core.problem_codes import Code
from sitegen.core.text import UNPRINTABLE

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
NEARLY_A_FENCE = re.compile(
    r"^[ \t\xa0\"'“”„‘’]*(?:(?:[-‐‑‒–—―][ \t\xa0]?){1,10}|\*{3,}|_{3,})[ \t\xa0\"'“”‘’]*$"
)
"""What word processors make of three hyphens, and what people type for them, in quotation marks or not."""

ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line ends to YAML, though no editor shows one. They arrive with pasted text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file in parts: values of its front matter with their places, its body and the body's first line."""

    values: Mapping[str, Value]
    places: Mapping[KeyPath, Place]
    body: str
    body_line: int

    def where(self, path: str, keys: KeyPath, on_key: bool = False) -> Where:
        """Return the place of a value (or of its key), or of the nearest thing around it that has one."""
        while keys and keys not in self.places:
            keys, on_key = keys[:-1], True
        if not keys:
            return Where(path, 1, 1)
        place = self.places[keys]
        return Where(path, *(place.key if on_key else place.value))


def read(data: bytes, path: str) -> Document | Problem:
    """Take the bytes of a Markdown file apart, or return the first thing that makes it unreadable."""
    try:
        text = decode(data)
        handler = StrictHandler(first_line=1 + _leading_lines(text))
        values, body = frontmatter.parse(text, handler=handler)
    except UnreadableError as error:
        return error.problem(path)
    return Document(_as_values(values), handler.places, body, handler.body_line)


def read_yaml(data: bytes, path: str) -> Document | Problem:
    """Read a whole file of YAML as strictly as front matter."""
    try:
        return parse_yaml(decode(data), path)
    except UnreadableError as error:
        return error.problem(path)


def parse_yaml(text: str, path: str) -> Document | Problem:
    """Read the text of a whole file of YAML."""
    try:
        found = strict_yaml.load(text, 0)
    except UnreadableError as error:
        return error.problem(path)
    return Document(found.values, found.places, "", 0)


def values_of(data: bytes) -> Mapping[str, Value] | None:
    """Return the values of a file's front matter, every scalar as text; None where it can't be parsed.

    For readers that need no places and no messages, such as the collection of secrets of withheld files.
    There None means that the file is damaged and may still hold names: take every word of it for a secret.
    """
    found = read(data, "")
    return None if isinstance(found, Problem) else found.values


class StrictHandler(YAMLHandler):
    """Splits a text and loads its front matter for python-frontmatter, and notes the places of the values.

    `first_line` is the line of the opening fence; lines in `places` and `body_line` count from 1.
    """

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.first_line = first_line
        self.body_line = 0
        self.places: Mapping[KeyPath, Place] = {}

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body; raise UnreadableError where a fence is missing or malformed."""
        opening, _, rest = text.partition("\n")
        if not FENCE.match(opening):
            raise _no_opening(opening, self.first_line)
        closing = FENCE.search(rest)
        if closing is None:
            raise _no_closing(rest, self.first_line)
        # a space that doesn't break, pasted from a word processor, is none to YAML
        matter, body = rest[: closing.start()].replace("\xa0", " "), rest[closing.end() :]
        blank = len(body) - len(body.lstrip())
        above = matter.count("\n") + body[:blank].count("\n")
        self.body_line = self.first_line + 1 + above
        return matter, body

    def load(self, fm: str, **_: object) -> dict[str, Value]:
        """Return the values of a mapping, every scalar as text and an empty one as None."""
        found = strict_yaml.load(fm, self.first_line)
        self.places = found.places
        return found.values


def _as_values(values: Mapping[str, object]) -> Mapping[str, Value]:
    # python-frontmatter types its result loosely; it is what StrictHandler.load returned
    return values  # type: ignore[return-value]


def decode(data: bytes) -> str:
    """Return the text of a file, without what no editor shows. Raises UnreadableError."""
    if len(data) > MOST_BYTES:
        raise UnreadableError(
            Code.FILE_TOO_LARGE,
            0,
            0,
            f"the file has {len(data) / 1e6:.2f} MB of text; the most is {MOST_BYTES / 1e6} MB.",
            "Split it, or take out what was pasted in.",
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "Save it again and choose UTF-8 as its encoding."
        raise UnreadableError(Code.NOT_UTF_8, 0, 0, "the file is saved as UTF-16.", hint)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            Code.NOT_UTF_8,
            line,
            len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1,
            "a letter here is not saved as UTF-8.",
            "Save the file again and choose UTF-8 as its encoding.",
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        hint = "Save the text as plain text with the ending .md."
        raise UnreadableError(Code.NOT_TEXT, line, 1, "this is not a text file.", hint)
    lines = ODD_BREAKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "<<<<<<< " in lines and (conflict := CONFLICT.search(lines)):
        line = lines.count("\n", 0, conflict.start()) + 1
        message = "git could not merge two versions of this file, and both are in it."
        hint = "Keep one of the parts between <<<<<<<, ======= and >>>>>>>, and take these lines out."
        raise UnreadableError(Code.MERGE_CONFLICT, line, 1, message, hint)
    return UNPRINTABLE.sub("", lines)


CONFLICT = re.compile(r"^<{7} .*\n(?:.*\n)*?={7}\n(?:.*\n)*?>{7} ", re.MULTILINE)
"""What git writes around two versions of some lines."""


def _leading_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _no_opening(opening: str, line: int) -> UnreadableError:
    if not opening.strip():
        hint = "Start with a line of three hyphens: ---"
        return UnreadableError(Code.EMPTY_FILE, 0, 0, "the file is empty.", hint)
    if NEARLY_A_FENCE.match(opening):
        return UnreadableError(
            Code.MALFORMED_FENCE,
            line,
            1,
            f'the front matter starts with "{opening.strip()}".',
            "Make it three plain hyphens: ---",
        )
    hint = "Start the file with a line of three hyphens: ---"
    return UnreadableError(Code.NO_FRONT_MATTER, line, 1, "there is no front matter.", hint)


def _no_closing(rest: str, first_line: int) -> UnreadableError:
    for offset, line in enumerate(rest.split("\n"), start=1):
        if NEARLY_A_FENCE.match(line):
            return UnreadableError(
                Code.MALFORMED_FENCE,
                first_line + offset,
                1,
                f'the front matter ends with "{line.strip()}".',
                "Make it three plain hyphens: ---",
            )
    return UnreadableError(
        Code.UNCLOSED_FRONT_MATTER,
        first_line,
        1,
        "the front matter that opens here is never closed.",
        "Add a line of three hyphens below it: ---",
    )
