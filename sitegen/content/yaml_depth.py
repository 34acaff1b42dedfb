"""YAML depth: measures nesting from the text, before a YAML library reads it.

A YAML library builds nodes by recursion in C: some ten thousand levels would end the process, and each
release of libyaml has a limit and a message of its own. `find_too_deep` gives the same answer with all of
them. It splits a text into tokens by the rules of libyaml's scanner (YAML 1.1, chapters 4 to 9), and
counts the collections that are open at each token. The tests compare it with the events of PyYAML.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto


class Token(Enum):
    """A token that can open or close a collection, or that says which one is open."""

    MAPPING = auto()
    SEQUENCE = auto()
    BLOCK_END = auto()
    ENTRY = auto()
    KEY = auto()
    VALUE = auto()
    FLOW_MAPPING = auto()
    FLOW_SEQUENCE = auto()
    FLOW_END = auto()
    COMMA = auto()


class Collection(Enum):
    """A collection that is open."""

    MAPPING = auto()
    SEQUENCE = auto()
    INDENTLESS = auto()
    """A sequence in the same column as the key that it belongs to."""
    FLOW_MAPPING = auto()
    FLOW_SEQUENCE = auto()
    PAIR = auto()
    """A mapping of one key without braces, within brackets."""


PREFIX = re.compile(r"^[ \t\ufeff?:-]*", re.MULTILINE)
BLANK = re.compile(r"[ ]*")
BLANKS = re.compile(r"[ \t]*")
DOCUMENT = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.MULTILINE)
REST_OF_LINE = re.compile(r".*")
ANCHOR = re.compile(r"[&*][0-9A-Za-z_-]*")
TAG = re.compile(r"!(?:<[^>\s]*>?|[^\s,\[\]{}]*)")
DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
SINGLE_QUOTED = re.compile(r"'(?:[^']|'')*+'")
BLOCK_HEADER = re.compile(r"[|>](?:[+-]?([1-9])?|([1-9])[+-])[ \t]*(?:#.*)?$", re.MULTILINE)
INDENT = re.compile(r" *")
PLAIN_IN_BLOCK = re.compile(r"(?:[^\s:]|:(?!\s|\Z))++")
PLAIN_IN_FLOW = re.compile(r"(?:[^\s:,\[\]{}]|:(?![\s,\[\]{}?]|\Z))++")
SPACE_WITHIN = re.compile(r"[ \t\n]+")

LONGEST_KEY = 1024
"""Characters of a key, and of a flow collection that is one (YAML 1.1, 7.4.2)."""


def find_too_deep(text: str, most: int) -> tuple[int, int] | None:
    """Return line and column, from 0, of the first collection nested deeper than `most` levels, or None.

    The outermost collection is the first level. Time is linear in the length of the text.
    """
    if most_levels(text) <= most:
        return None
    scanner = Scanner(text)
    scanner.run(most)
    offset = _first_beyond(scanner.tokens, most)
    if offset is None:
        return None
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, start), offset - start


def most_levels(text: str) -> int:
    """Return a number of levels that a text can't exceed, from a count of its indentations and brackets.

    Block collections begin in a column where a line, or an indicator at its beginning, begins: at most a
    mapping and a sequence in each. A `[` opens a sequence, and perhaps a pair in it.
    """
    prefixes: set[str] = set(PREFIX.findall(text))
    columns = sum(1 + len(prefix) - prefix.count(" ") for prefix in prefixes)
    return 2 * columns + 2 * text.count("[") + text.count("{")


def _first_beyond(tokens: list[tuple[Token, int]], most: int) -> int | None:
    """Return the offset of the first collection beyond so many levels."""
    opened: list[Collection] = []
    for token, offset in tokens:
        _apply(token, opened)
        if len(opened) > most:
            return offset
    return None


OPENS = {
    Token.MAPPING: Collection.MAPPING,
    Token.SEQUENCE: Collection.SEQUENCE,
    Token.FLOW_MAPPING: Collection.FLOW_MAPPING,
    Token.FLOW_SEQUENCE: Collection.FLOW_SEQUENCE,
}
CLOSED_BY: dict[Token, Collection] = {
    Token.KEY: Collection.INDENTLESS,
    Token.VALUE: Collection.INDENTLESS,
    Token.BLOCK_END: Collection.INDENTLESS,
    Token.COMMA: Collection.PAIR,
    Token.FLOW_END: Collection.PAIR,
}
"""Collections without an end of their own, by the tokens that end them."""


def _apply(token: Token, opened: list[Collection]) -> None:
    """Open and close what a token opens and closes."""
    top = opened[-1] if opened else None
    if top and CLOSED_BY.get(token) is top:
        opened.pop()
        top = opened[-1] if opened else None
    if token in OPENS:
        opened.append(OPENS[token])
    elif token is Token.KEY and top is Collection.FLOW_SEQUENCE:
        opened.append(Collection.PAIR)
    elif token is Token.ENTRY and top is Collection.MAPPING:
        opened.append(Collection.INDENTLESS)
    elif token in (Token.BLOCK_END, Token.FLOW_END) and opened:
        opened.pop()


@dataclass(slots=True)
class SimpleKey:
    """The beginning of something that is a key if a colon follows on the same line."""

    offset: int
    line_start: int
    index: int
    """Where in the list of tokens it begins."""


@dataclass(slots=True)
class Scanner:
    """Splits a text into the tokens that matter to nesting, as libyaml's scanner does.

    It stops at the first thing that no YAML reader gets past.
    """

    text: str
    position: int = 0
    line_start: int = 0
    tokens: list[tuple[Token, int]] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    keys: list[SimpleKey | None] = field(default_factory=lambda: [None])
    """The possible key of each flow level that is open, and of the block around them."""
    is_key_allowed: bool = True

    def run(self, most: int) -> None:
        """Scan to the end of the text, to what can't be read, or to just beyond `most` levels.

        Beyond by the length of a key: until its colon comes, a key may still prove to begin a mapping.
        """
        end = len(self.text)
        while self.position < end and self._skip_to_token() and self._scan_token():
            if len(self.indents) + len(self.keys) - 1 > most:
                end = min(end, self.position + LONGEST_KEY)
                most = len(self.text)
        self._unroll(-1)

    @property
    def _in_flow(self) -> bool:
        return len(self.keys) > 1

    @property
    def _indent(self) -> int:
        return self.indents[-1] if self.indents else -1

    @property
    def _column(self) -> int:
        return self.position - self.line_start

    def _is_blank_at(self, offset: int) -> bool:
        return self.text[offset : offset + 1] in ("", " ", "\t", "\n")

    def _skip_to_token(self) -> bool:
        """Move to the next token; return whether there is one."""
        while self.position < len(self.text):
            if self.position == self.line_start and self.text[self.position] == "\ufeff":
                self.position += 1
            blanks = BLANKS if self._in_flow or not self.is_key_allowed else BLANK
            self.position = _end(blanks, self.text, self.position)
            sign = self.text[self.position : self.position + 1]
            if sign == "#":
                self.position = _end(REST_OF_LINE, self.text, self.position)
            elif sign == "\n":
                self._move(self.position + 1)
                if not self._in_flow:
                    self.is_key_allowed = True
            else:
                return bool(sign)
        return False

    def _move(self, position: int) -> None:
        """Move to a position, which may be on another line."""
        newline = self.text.rfind("\n", self.position, position)
        self.position = position
        if newline >= 0:
            self.line_start = newline + 1

    def _scan_token(self) -> bool:
        """Scan the token at the position; return whether it can be read."""
        self._unroll(self._column)
        sign, at = self.text[self.position], self.position
        if DOCUMENT.match(self.text, at):
            return self._document(at)
        if sign in "[{":
            return self._open(Token.FLOW_SEQUENCE if sign == "[" else Token.FLOW_MAPPING)
        if sign in "]}":
            return self._close()
        if sign == ",":
            self.keys[-1] = None
            return self._indicator(Token.COMMA, is_key_allowed=True)
        if sign in "-?:" and (self._is_blank_at(at + 1) or (self._in_flow and sign != "-")):
            return self._block_indicator(sign)
        if sign in "|>" and not self._in_flow:
            return self._block_scalar()
        return self._scalar(sign)

    def _document(self, at: int) -> bool:
        self._unroll(-1)
        self.keys[-1] = None
        self.is_key_allowed = False
        self.position = at + 3
        return True

    def _open(self, token: Token) -> bool:
        self._save_key()
        self.keys.append(None)
        return self._indicator(token, is_key_allowed=True)

    def _close(self) -> bool:
        if not self._in_flow:
            return False
        self.keys.pop()
        return self._indicator(Token.FLOW_END, is_key_allowed=False)

    def _indicator(self, token: Token, is_key_allowed: bool) -> bool:
        self.tokens.append((token, self.position))
        self.position += 1
        self.is_key_allowed = is_key_allowed
        return True

    def _block_indicator(self, sign: str) -> bool:
        if sign == ":":
            return self._value()
        if not self._in_flow:
            if not self.is_key_allowed:
                return False
            self._roll(self._column, Token.SEQUENCE if sign == "-" else Token.MAPPING)
        self.keys[-1] = None
        allowed = not self._in_flow or sign == "-"
        return self._indicator(Token.ENTRY if sign == "-" else Token.KEY, allowed)

    def _value(self) -> bool:
        """Scan a colon: what began on the same line is its key, and the block mapping begins with that."""
        key = self.keys[-1] if self._has_key() else None
        self.keys[-1] = None
        if key is None:
            if not self._in_flow:
                if not self.is_key_allowed:
                    return False
                self._roll(self._column, Token.MAPPING)
            return self._indicator(Token.VALUE, not self._in_flow)
        self.tokens.insert(key.index, (Token.KEY, key.offset))
        self._roll(key.offset - key.line_start, Token.MAPPING, key)
        return self._indicator(Token.VALUE, is_key_allowed=False)

    def _has_key(self) -> bool:
        key = self.keys[-1]
        return (
            key is not None
            and key.line_start == self.line_start
            and self.position - key.offset <= LONGEST_KEY
        )

    def _save_key(self) -> None:
        if self.is_key_allowed:
            self.keys[-1] = SimpleKey(self.position, self.line_start, len(self.tokens))

    def _roll(self, column: int, token: Token, key: SimpleKey | None = None) -> None:
        """Begin a block collection where the column is to the right of the one around it."""
        if self._in_flow or self._indent >= column:
            return
        self.indents.append(column)
        if key is None:
            self.tokens.append((token, self.position))
        else:
            self.tokens.insert(key.index, (token, key.offset))

    def _unroll(self, column: int) -> None:
        """End the block collections that are to the right of the column."""
        while not self._in_flow and self._indent > column:
            self.indents.pop()
            self.tokens.append((Token.BLOCK_END, self.position))

    def _scalar(self, sign: str) -> bool:
        """Move behind a text, an anchor or a tag; return whether it can be read to its end."""
        self._save_key()
        self.is_key_allowed = False
        if sign not in "\"'&*!":
            return self._plain()
        shape = {'"': DOUBLE_QUOTED, "'": SINGLE_QUOTED, "!": TAG}.get(sign, ANCHOR)
        found = shape.match(self.text, self.position)
        if found is None:
            return False
        self._move(found.end())
        return True

    def _plain(self) -> bool:
        """Move behind a text without quotation marks, over all of its lines."""
        shape = PLAIN_IN_FLOW if self._in_flow else PLAIN_IN_BLOCK
        start, floor = self.position, self._indent + 1
        while True:
            end = _end(shape, self.text, self.position)
            if end == self.position:
                break
            self._move(end)
            space = SPACE_WITHIN.match(self.text, end)
            if space is None:
                break
            self._move(space.end())
            if "\n" in space[0]:
                self.is_key_allowed = True
                if DOCUMENT.match(self.text, self.position) or (not self._in_flow and self._column < floor):
                    break
            if self.text[self.position : self.position + 1] == "#":
                break
        return self.position > start

    def _block_scalar(self) -> bool:
        """Move behind the lines of a text that | or > begins."""
        header = BLOCK_HEADER.match(self.text, self.position)
        if header is None:
            return False
        self.keys[-1] = None
        self.is_key_allowed = True
        given = header[1] or header[2]
        floor = max(self._indent, 0) + int(given) if given else 0
        self._move(header.end() + 1)
        if not floor:
            floor = max(self._indent + 1, 1, self._indent_of_text())
        while self.position < len(self.text):
            indent = _end(INDENT, self.text, self.position) - self.position
            end = _end(REST_OF_LINE, self.text, self.position)
            if indent < floor and self.position + indent < end:
                break
            self._move(end + 1)
        return True

    def _indent_of_text(self) -> int:
        """Return the indentation of the first line that isn't blank, or of the longest blank one above."""
        most, position = 0, self.position
        while position < len(self.text):
            end = _end(INDENT, self.text, position)
            most = max(most, end - position)
            if self.text[end : end + 1] != "\n":
                break
            position = end + 1
        return most


def _end(shape: re.Pattern[str], text: str, position: int) -> int:
    found = shape.match(text, position)
    return found.end() if found else position
