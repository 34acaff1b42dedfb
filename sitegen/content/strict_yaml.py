"""Strict YAML reader: keys to text, lists and mappings, each with its place.

YAML itself turns `NO` into False, `2026-02-30` into an error and `12:30` into 750, lets the last of two equal
keys win, and drops what follows ` #`. Here scalars stay text, an empty one is None, and what YAML would
change or drop in silence is refused with the fix.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from sitegen.content import yaml_depth, yaml_errors
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.limits import DEEPEST, LONGEST_LINE, MOST_VALUES
from sitegen.core.problem_codes import Code
from sitegen.core.text import UNPRINTABLE

BLOCK_STYLES = ("|", ">")
"""Styles of texts that begin below their key."""

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists."""

Value = str | None | list["Value"] | dict[str, "Value"]

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that hold nothing (YAML 1.1, tag:yaml.org,2002:null)."""

CUT_OFF = re.compile(r"[ \t]*(#+[^\s#])")
"""A comment that may be meant as text: its first word touches the number sign."""

CUT_OFF_IN_LIST = re.compile(r"(?<=[\s,\[{])#+[^\s#]")
"""The same within brackets, which it keeps from being closed."""

NO_SPACE = re.compile(r"[ ]*(?:- )?(?P<key>[A-Za-z_]\w*):(?P<value>[^\s/:].*)")
"""A line with a key without a space after its colon, and that is no web address."""


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, from 1, of a key and of its value."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(frozen=True, eq=False)
class _Places(Mapping[KeyPath, Place]):
    """The place of each value, computed where it is asked for: only problems need places."""

    marks: Mapping[KeyPath, tuple[yaml.Mark, yaml.Mark]]
    line_above: int

    def __getitem__(self, path: KeyPath) -> Place:
        key, value = self.marks[path]
        return Place(_position(key, self.line_above), _position(value, self.line_above))

    def __contains__(self, path: object) -> bool:
        return path in self.marks

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


def _position(mark: yaml.Mark, line_above: int) -> tuple[int, int]:
    return line_above + mark.line + 1, mark.column + 1


@dataclass(frozen=True, slots=True)
class Loaded:
    """Values, and the place of each by its path of keys."""

    values: dict[str, Value]
    places: Mapping[KeyPath, Place]


class UnreadableError(Exception):
    """A text that can't be read: code, line and column from 1, message and hint."""

    def __init__(self, code: Code, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint

    def problem(self, path: str) -> Problem:
        return Problem(self.code, Where(path, self.line, self.column), self.message, self.hint)


def load(text: str, line_above: int) -> Loaded:
    """Return the values of a text in YAML and their places; raise UnreadableError for the first mistake.

    `line_above` is the number of the line above the text: lines in places and errors count from the
    beginning of the file.
    """
    if text.count("\n") + text.count(",") > MOST_VALUES:
        message = f"there are more than {MOST_VALUES:,} lines and commas here."
        raise UnreadableError(Code.FILE_TOO_LARGE, line_above + 1, 1, message, "Take out what was pasted in.")
    reader = _Reader(text, line_above)
    return Loaded(reader.read(), _Places(reader.marks, line_above))


class _NodeLoader(yaml.CBaseLoader):
    """Composes nodes without tags: every scalar is text. PyYAML's own would look for a tag for each."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


@dataclass(slots=True)
class _Reader:
    """Turns YAML's nodes into values, and notes where keys and values begin."""

    text: str
    line_above: int
    lines: list[str] = field(init=False)
    marks: dict[KeyPath, tuple[yaml.Mark, yaml.Mark]] = field(default_factory=dict)
    has_sign: bool = field(init=False)
    has_escape: bool = field(init=False)
    has_comment: bool = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.has_sign = "&" in self.text or "!" in self.text
        self.has_escape = "\\" in self.text
        self.has_comment = "#" in self.text

    def read(self) -> dict[str, Value]:
        """Return the values of the mapping that the text is."""
        self._refuse_depth()
        try:
            root = _NodeLoader(self.text).get_single_node()
        except yaml.YAMLError as error:
            raise self._unreadable(error) from None
        if root is None:
            return {}
        if isinstance(root, yaml.MappingNode):
            return self._mapping(root, ())
        self._refuse_missing_space(root.start_mark.line)
        raise UnreadableError(
            Code.NOT_KEY_AND_VALUE,
            *self._position(root.start_mark),
            "this is not a list of keys and values.",
            "Write one `key: value` a line, such as `title: Our mission`.",
        )

    def _refuse_depth(self) -> None:
        """Refuse deep nesting before YAML reads it."""
        found = yaml_depth.find_too_deep(self.text, DEEPEST)
        if found:
            line, column = self.line_above + found[0] + 1, found[1] + 1
            hint = "Front matter needs five levels at most."
            raise UnreadableError(Code.NESTED_TOO_DEEPLY, line, column, "this is nested too deeply.", hint)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            if self.has_sign:
                self._refuse_sign(key_node)
            key = self._key(key_node)
            here = (*path, key)
            if key in values:
                first, _ = self._position(self.marks[here][0])
                raise UnreadableError(
                    Code.DUPLICATE_KEY,
                    *self._position(key_node.start_mark),
                    f'"{key}" is here a second time; the first is on line {first}.',
                    "Keep one.",
                )
            self.marks[here] = key_node.start_mark, value_node.start_mark
            values[key] = self._value(value_node, here)
            touching = NO_SPACE.fullmatch(key) if node.flow_style and values[key] is None else None
            if touching:
                raise self._missing_space(touching, key_node.start_mark.line, key_node.start_mark.column)
        return values

    def _key(self, node: yaml.Node) -> str:
        key = self._printable(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if not 0 < len(key) <= LONGEST_LINE:
            position = self._position(node.start_mark)
            raise UnreadableError(Code.BAD_KEY, *position, "this key is not a word.", "Write `key: value`.")
        return key

    def _value(self, node: yaml.Node, path: KeyPath) -> Value:
        if self.has_sign:
            self._refuse_sign(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items: list[Value] = []
            for index, item in enumerate(node.value):
                self.marks[(*path, index)] = item.start_mark, item.start_mark
                items.append(self._value(item, (*path, index)))
            return items
        if isinstance(node, yaml.ScalarNode):
            if self.has_comment:
                self._refuse_cut_off(node)
            if not node.style:
                self._refuse_touching_key(node.start_mark)
                if node.value in EMPTY:
                    return None
        return self._printable(node.value)

    def _printable(self, value: str) -> str:
        r"""Return a value without what an escape such as \x00 in quotes brought back into it."""
        return UNPRINTABLE.sub("", value) if self.has_escape else value

    def _refuse_sign(self, node: yaml.Node) -> None:
        """Refuse a text that begins with & or !, because YAML drops its first word.

        Without & there is no alias either, so no value is used twice.
        """
        line = self.lines[node.start_mark.line]
        sign = line[node.start_mark.column : node.start_mark.column + 1]
        if sign in ("&", "!"):
            raise UnreadableError(
                Code.SIGN_AT_START,
                *self._position(node.start_mark),
                f'a text can\'t start with "{sign}".',
                yaml_errors.in_quotes(line),
            )

    def _refuse_cut_off(self, node: yaml.ScalarNode) -> None:
        """Refuse a text that YAML cuts off, on its last line or by a line that belongs to it."""
        mark = node.start_mark if node.style in BLOCK_STYLES else node.end_mark
        column = mark.column + (node.style in BLOCK_STYLES)
        found = CUT_OFF.match(self._line(mark.line), column)
        if found:
            raise self._cut_off(mark.line, found.start(1))
        below = None if node.style else CUT_OFF.match(self._line(mark.line + 1))
        above = self._line(node.start_mark.line)
        if below and below.start(1) > len(above) - len(above.lstrip()):
            raise self._cut_off(mark.line + 1, below.start(1))

    def _cut_off(self, number: int, column: int) -> UnreadableError:
        """Return the error for a comment on a line (from 0) that may be meant as text."""
        line = self._line(number)
        is_value = ": " in line[:column] and not re.search(r"[\[{\"'>|]", line[:column])
        quoted = yaml_errors.in_quotes(line) if is_value else "Put the whole text in quotes."
        message = 'YAML drops what follows " #".'
        hint = f"{quoted} Or, for a note, put a space after the #."
        place = self.line_above + number + 1, column + 1
        return UnreadableError(Code.CUT_OFF_BY_COMMENT, *place, message, hint)

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def _refuse_touching_key(self, start: yaml.Mark) -> None:
        """Refuse a text that is alone on its line and is a key that touches its value."""
        if not self._line(start.line)[: start.column].strip():
            self._refuse_missing_space(start.line)

    def _refuse_missing_space(self, number: int) -> None:
        """Refuse a line such as `form:R-0042`, which is one word to YAML."""
        found = NO_SPACE.fullmatch(self._line(number))
        if found:
            raise self._missing_space(found, number, 0)

    def _missing_space(self, found: re.Match[str], number: int, column: int) -> UnreadableError:
        """Return the error for a match of NO_SPACE that begins at a line and column from 0."""
        return UnreadableError(
            Code.NO_SPACE_AFTER_COLON,
            self.line_above + number + 1,
            column + found.start("value") + 1,
            f'there is no space after the colon of "{found["key"]}".',
            f"Write {found['key']}: {found['value'][:LONGEST_LINE].strip()}",
        )

    def _position(self, mark: yaml.Mark) -> tuple[int, int]:
        return _position(mark, self.line_above)

    def _unreadable(self, error: yaml.YAMLError) -> UnreadableError:
        """Return an error of YAML in words for people who don't know YAML."""
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            message = "there is a character in it that can't be read."
            return UnreadableError(Code.UNREADABLE_LINE, self.line_above, 1, message, "Type the line again.")
        opened = getattr(error, "context_mark", None) or mark
        said = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            position = self._position(mark)
            message = "this line is indented with a tab."
            return UnreadableError(Code.TAB_INDENT, *position, message, "Use two spaces instead.")
        if "mapping values" in said or "simple key" in said:
            # a key without a space runs on to the next line, where YAML finds a colon too many
            for number in (opened.line, mark.line - 1, mark.line):
                self._refuse_missing_space(max(number, 0))
        if "flow" in said:
            for number in range(opened.line, mark.line + 1):
                if comment := CUT_OFF_IN_LIST.search(self._line(number)):
                    return self._cut_off(number, comment.start())
        mistake = yaml_errors.find(said, line, mark.column)
        line_number, column = self._position(opened if mistake.where_it_opens else mark)
        if mistake is yaml_errors.OUT_OF_LINE:
            column = len(line) - len(line.lstrip()) + 1
        hint = mistake.hint or yaml_errors.in_quotes(line)
        return UnreadableError(mistake.code, line_number, column, mistake.message, hint)
