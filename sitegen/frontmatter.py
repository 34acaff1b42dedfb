"""Strict reading of YAML front matter: nothing is guessed, and everything keeps its place in the file.

python-frontmatter does the reading through `StrictHandler`. Left alone it would take a file with a
byte-order mark, an em-dash fence or no closing fence for one without front matter and print the
front matter as text; and plain YAML would turn `NO` into False and let the last of two equal keys
win. So fences are found here, scalars stay text, and duplicates are refused.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from sitegen import mistakes, plain
from sitegen.limits import DEEPEST, LONGEST_LINE, MOST_BYTES, MOST_VALUES
from sitegen.problems import Problem, Where
from sitegen.signs import UNPRINTABLE

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists."""

Value = str | None | list["Value"] | dict[str, "Value"]

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
NEARLY_A_FENCE = re.compile(
    r"^[ \t\xa0\"'“”„‘’]*(?:(?:[-‐‑‒–—―][ \t\xa0]?){1,10}|\*{3,}|_{3,})[ \t\xa0\"'“”‘’]*$"
)
"""What word processors make of three hyphens, and what people type for them, in quotation marks or not."""


ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""What YAML takes for the end of a line, though no editor shows one; it comes along likewise."""

SHALLOW = 1000
"""Characters that can't be nested deeply enough to matter."""


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, from 1, of a key and of its value."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(frozen=True)
class Document:
    """A file in parts: the values, the text and the line above them, the body and its first line."""

    values: Mapping[str, Value]
    matter: str
    line_above: int
    body: str
    body_line: int

    @cached_property
    def places(self) -> Mapping[KeyPath, Place]:
        """The place of each value, by its path of keys: looked up only where there is something to say."""
        handler = StrictHandler(self.line_above)
        handler.load_nodes(self.matter)
        return handler.places

    def where(self, path: str, keys: KeyPath, on_key: bool = False) -> Where:
        """Return the place of a value (or of its key), or of the nearest thing around it that has one."""
        while keys and keys not in self.places:
            keys, on_key = keys[:-1], True
        if not keys:
            return Where(path, 1, 1)
        place = self.places[keys]
        return Where(path, *(place.key if on_key else place.value))


class Refused(Exception):
    """The text can't be read; carries line, column, message and hint."""

    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.hint = line, column, message, hint

    def problem(self, path: str) -> Problem:
        return Problem(Where(path, self.line, self.column), self.message, self.hint)


def read(data: bytes, path: str) -> Document | Problem:
    """Take the bytes of a Markdown file apart, or return the first thing that makes it unreadable."""
    try:
        text = _decode(data)
        handler = StrictHandler(first_line=1 + _leading_lines(text))
        values, body = frontmatter.parse(text, handler=handler)
    except Refused as refused:
        return refused.problem(path)
    return Document(_as_values(values), handler.matter, handler.first_line, body, handler.body_line)


def read_yaml(data: bytes, path: str) -> Document | Problem:
    """Read a whole file of YAML, such as `site.yaml`, as strictly as front matter."""
    try:
        handler = StrictHandler(first_line=0)
        values = handler.load(_decode(data))
    except Refused as refused:
        return refused.problem(path)
    return Document(values, handler.matter, handler.first_line, "", 0)


class StrictHandler(YAMLHandler):
    """Splits and loads for python-frontmatter, and finds where everything stood.

    `first_line` is the line of the opening fence; lines in `places` and `body_line` count from 1.
    """

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.first_line = first_line
        self.matter = ""
        self.body_line = 0
        self.places: dict[KeyPath, Place] = {}

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body; raise Refused where a fence is missing or malformed."""
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
        self.matter = fm
        if fm.count("\n") + fm.count(",") > MOST_VALUES:
            message = f"there are more than {MOST_VALUES:,} lines and commas here."
            raise Refused(self.first_line + 1, 1, message, "Take out what was pasted in.")
        simple = plain.read(fm)
        return self.load_nodes(fm) if simple is None else simple

    def load_nodes(self, fm: str) -> dict[str, Value]:
        """Return the same from YAML's nodes, and note the places."""
        try:
            self._refuse_depth(fm)
            root = yaml.CSafeLoader(fm).get_single_node()
        except yaml.YAMLError as error:
            raise self._unreadable(error, fm) from None
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            raise Refused(
                *self._position(root.start_mark),
                "this is not a list of keys and values.",
                "Write one `key: value` a line, such as `title: Our mission`.",
            )
        return self._mapping(root, (), fm.split("\n"))

    def _refuse_depth(self, matter: str) -> None:
        """Refuse deep nesting before nodes are made: that recurses in C, and would end the process."""
        if len(matter) <= SHALLOW:
            return
        loader, depth = yaml.CSafeLoader(matter), 0
        while loader.check_event():
            match loader.get_event():
                case yaml.CollectionStartEvent(start_mark=mark):
                    depth += 1
                    if depth > DEEPEST:
                        raise self._too_deep(mark)
                case yaml.CollectionEndEvent():
                    depth -= 1

    def _too_deep(self, mark: Any) -> Refused:
        hint = "Front matter needs three levels at most."
        return Refused(*self._position(mark), "this is nested too deeply.", hint)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath, lines: list[str]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = UNPRINTABLE.sub("", key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
            self._refuse_sign(key_node, lines)
            position = self._position(key_node.start_mark)
            if not isinstance(key, str) or not 0 < len(key) <= LONGEST_LINE:
                raise Refused(*position, "this key is not a word.", "Write `key: value`.")
            if key in values:
                first = self.places[(*path, key)].key[0]
                raise Refused(
                    *position,
                    f'"{key}" stands here a second time; the first is on line {first}.',
                    "Keep one.",
                )
            self.places[(*path, key)] = Place(position, self._position(value_node.start_mark))
            values[key] = self._value(value_node, (*path, key), lines)
        return values

    def _refuse_sign(self, node: yaml.Node, lines: list[str]) -> None:
        """Refuse what YAML would swallow: the first word of a text that begins with & or !.

        Without an & nothing can be repeated with *, so no value stands in two places either.
        """
        line = lines[node.start_mark.line]
        sign = line[node.start_mark.column : node.start_mark.column + 1]
        if sign in ("&", "!"):
            raise Refused(
                *self._position(node.start_mark),
                f'a text can\'t begin with "{sign}".',
                mistakes.in_quotes(line),
            )

    def _value(self, node: yaml.Node, path: KeyPath, lines: list[str]) -> Value:
        self._refuse_sign(node, lines)
        if len(path) > DEEPEST:
            raise self._too_deep(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, lines)
        if isinstance(node, yaml.SequenceNode):
            items: list[Value] = []
            for index, item in enumerate(node.value):
                place = self._position(item.start_mark)
                self.places[(*path, index)] = Place(place, place)
                items.append(self._value(item, (*path, index), lines))
            return items
        if node.tag == "tag:yaml.org,2002:null":
            return None
        # quotes can bring back with \\x00 what was taken out of the file
        return UNPRINTABLE.sub("", node.value)

    def _position(self, mark: yaml.Mark) -> tuple[int, int]:
        return self.first_line + mark.line + 1, mark.column + 1

    def _unreadable(self, error: yaml.YAMLError, matter: str) -> Refused:
        """Put a YAML error into words for somebody who never heard of YAML."""
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            message = "there is a character in it that can't be read."
            return Refused(self.first_line, 1, message, "Type the text anew.")
        opened = getattr(error, "context_mark", None) or mark
        said = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
        line = matter.split("\n")[mark.line] if mark.line <= matter.count("\n") else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Refused(
                *self._position(mark), "this line is indented with a tab.", "Use two spaces instead."
            )
        mistake = mistakes.find(said, line, mark.column)
        line_number, column = self._position(opened if mistake.where_it_opens else mark)
        if mistake is mistakes.OUT_OF_LINE:
            column = len(line) - len(line.lstrip()) + 1
        return Refused(line_number, column, mistake.message, mistake.hint or mistakes.in_quotes(line))


def _as_values(values: Mapping[str, object]) -> Mapping[str, Value]:
    # python-frontmatter types its result loosely; it is what StrictHandler.load returned
    return values  # type: ignore[return-value]


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Refused(
            0,
            0,
            f"the file holds {len(data) / 1e6:.2f} MB of text; the most is {MOST_BYTES / 1e6} MB.",
            "Split it, or take out what was pasted in.",
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(0, 0, "the file is saved as UTF-16.", "Save it again and choose UTF-8 as its encoding.")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(
            line,
            len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1,
            "a letter here is not saved as UTF-8.",
            "Save the file again and choose UTF-8 as its encoding.",
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Refused(line, 1, "this is not a text file.", "Save the text as plain text with the ending .md.")
    lines = ODD_BREAKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return UNPRINTABLE.sub("", lines)


def _leading_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _no_opening(opening: str, line: int) -> Refused:
    if not opening.strip():
        return Refused(0, 0, "the file is empty.", "Begin with a line of three hyphens: ---")
    if NEARLY_A_FENCE.match(opening):
        return Refused(
            line,
            1,
            f'the front matter begins with "{opening.strip()}".',
            "Make it three plain hyphens: ---",
        )
    return Refused(line, 1, "there is no front matter.", "Begin the file with a line of three hyphens: ---")


def _no_closing(rest: str, first_line: int) -> Refused:
    for offset, line in enumerate(rest.split("\n"), start=1):
        if NEARLY_A_FENCE.match(line):
            return Refused(
                first_line + offset,
                1,
                f'the front matter ends with "{line.strip()}".',
                "Make it three plain hyphens: ---",
            )
    return Refused(
        first_line,
        1,
        "the front matter that opens here is never closed.",
        "Add a line of three hyphens below it: ---",
    )
