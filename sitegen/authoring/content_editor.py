"""Content editor: changes some values of a content file, and no other byte.

Comments, the order of keys and line ends stay. A key is written in place of its commented-out line in a new
file, or else below the keys that come before it in the form.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from sitegen.authoring import content_writer
from sitegen.content import frontmatter
from sitegen.content.frontmatter import FENCE
from sitegen.content.schema import Form
from sitegen.content.strict_yaml import BLOCK_STYLES, KeyPath, Value
from sitegen.content.validation import inner_form, is_empty, keys_of
from sitegen.core.diagnostics import Problem

Node = yaml.Node | None


def edited(
    data: bytes, form: type[Form], changes: Mapping[KeyPath, Value], body: str | None = None
) -> bytes | None:
    """Return the bytes of a file with other values at some key paths, and another body unless it is None.

    An empty value leaves its key without one. None if the file can't be changed in this way: only the wanted
    values may differ when the result is read back.
    """
    before = frontmatter.read(data, "")
    if isinstance(before, Problem):
        return None
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text, end = _with_plain_ends(data.removeprefix(mark).decode())
    parts = _split(text)
    if parts is None:
        return None
    matter: str | None = parts.matter
    try:
        for keys, value in changes.items():
            matter = None if matter is None else _with_value(matter, form, keys, value)
    except yaml.YAMLError:  # after a change that nothing can hold
        return None
    if matter is None:
        return None
    below = parts.below if body is None else _with_body(parts.below, body)
    after = mark + (parts.above + matter + below).replace("\n", end).encode()
    return after if _is_meant(after, before, changes, body) else None


def _with_plain_ends(text: str) -> tuple[str, str]:
    """Return a text with plain line ends, and the line end that it has everywhere; mixed ones stay."""
    if text.count("\r\n") == text.count("\n") == text.count("\r") > 0:
        return text.replace("\r\n", "\n"), "\r\n"
    if "\n" not in text and "\r" in text:
        return text.replace("\r", "\n"), "\r"
    return text, "\n"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file in parts: all above the front matter, the front matter, and all from the closing fence on."""

    above: str
    matter: str
    below: str


def _split(text: str) -> _Parts | None:
    fences = [found.span() for found, _ in zip(FENCE.finditer(text), range(2), strict=False)]
    if len(fences) < 2:
        return None
    start, end = fences[0][1] + 1, fences[1][0]
    return _Parts(text[:start], text[start:end], text[end:])


def _with_body(below: str, body: str) -> str:
    """Return the closing fence with another body; blank lines between them stay."""
    fence = re.match(r"---[ \t]*(?:\n\s*\n|\n)?", below)
    assert fence  # noqa: S101 - it begins with one
    opening = fence[0] if fence[0].endswith("\n") else f"{fence[0]}\n"
    return f"{opening}{body.strip()}\n" if body.strip() else opening


def _is_meant(
    data: bytes, before: frontmatter.Document, changes: Mapping[KeyPath, Value], body: str | None
) -> bool:
    """Read the changed file back, and compare: nothing but the wanted values may differ."""
    after = frontmatter.read(data, "")
    if isinstance(after, Problem):
        return False
    meant: Value = dict(before.values)
    for keys, value in changes.items():
        meant = with_value(meant, keys, value)
    wanted = before.body if body is None else body.strip()
    return _filled(dict(after.values)) == _filled(meant) and after.body.strip() == wanted.strip()


def with_value(values: Value, keys: KeyPath, value: Value) -> Value:
    """Return values with another one at a key path, whose blocks are made where they are missing."""
    if not keys:
        return value
    if isinstance(values, list):
        return [
            with_value(each, keys[1:], value) if at == keys[0] else each for at, each in enumerate(values)
        ]
    inner = values if isinstance(values, dict) else {}
    return {**inner, str(keys[0]): with_value(inner.get(str(keys[0])), keys[1:], value)}


def _filled(value: Value) -> Value:
    """Return a value without what counts as not given."""
    if isinstance(value, dict):
        kept = {key: _filled(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if not _is_nothing(inner)} or None
    if isinstance(value, list):
        return [_filled(each) for each in value] or None
    return None if is_empty(value) else value


def _is_nothing(value: Value) -> bool:
    return value in ([], {}) or is_empty(value)


# -- one value ------------------------------------------------------------------------------


def _with_value(matter: str, form: type[Form], keys: KeyPath, value: Value) -> str | None:
    """Return front matter with a value at a key path; None where nothing can hold it."""
    for depth in range(1, len(keys)):
        if _value_at(_root(matter), keys[:depth]) is None:
            added = _added(matter, form, keys[:depth], "")
            if added is None:
                return None
            matter = added
    root = _root(matter)
    node = _value_at(root, keys)
    if node is not None:
        above = (_value_at(root, keys[:depth]) for depth in range(len(keys)))
        is_inside = any(isinstance(each, yaml.CollectionNode) and each.flow_style for each in above)
        return _replaced(matter, node, value, is_inside)
    return matter if _is_nothing(value) else _added(matter, form, keys, value)


def _root(matter: str) -> Node:
    # a space that doesn't break is none to YAML; see `frontmatter`
    return yaml.CBaseLoader(matter.replace("\xa0", " ")).get_single_node()


def _value_at(node: Node, keys: KeyPath) -> Node:
    """Return the node at a key path; None where there is none."""
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            return None
    return node


def _end(matter: str, node: yaml.Node) -> int:
    """Return the offset behind the last character of a value, without what follows it on its line."""
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    if is_block and node.value:
        last = node.value[-1]
        return _end(matter, last[1] if isinstance(last, tuple) else last)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    is_text_below = isinstance(node, yaml.ScalarNode) and node.style in BLOCK_STYLES
    return start + len(matter[start:end].rstrip()) if is_text_below else end


def _replaced(matter: str, node: yaml.Node, value: Value, is_inside: bool) -> str:
    """Return front matter with another value in place of a text or a list; it may be inside brackets."""
    start, end = node.start_mark.index, _end(matter, node)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and isinstance(value, list):
        return _with_entries(matter, node, [str(each) for each in value])
    words = _written(value, is_inside)
    space = "" if not words or start == 0 or matter[start - 1] in " [{,\n" else " "
    # in brackets, a comma that touches the colon would belong to the key
    above = matter[:start] if words or is_inside else matter[:start].rstrip(" ")
    return f"{above}{space}{words}{matter[end:]}"


def _written(value: Value, is_inside: bool = False) -> str:
    if isinstance(value, list):
        return f"[{', '.join(content_writer.scalar(str(each), inside=True) for each in value)}]"
    return content_writer.scalar(str(value), is_inside) if value else ""


def _with_entries(matter: str, node: yaml.SequenceNode, wanted: Sequence[str]) -> str:
    """Return front matter with other entries in a list that has a line for each, with its note."""
    entries = [(str(each.value), *_line_span(matter, each)) for each in node.value]
    known = [words for words, _, _ in entries]
    last = entries[-1][2]
    head = matter[entries[0][1] : entries[0][2]]
    indent = head[: len(head) - len(head.lstrip())]
    added = "".join(f"{indent}- {content_writer.scalar(each)}\n" for each in wanted if each not in known)
    text = matter[:last] + added + matter[last:]
    for words, start, end in reversed(entries):
        if words not in wanted:
            text = text[:start] + text[end:]
    return text


def _line_span(matter: str, node: yaml.Node) -> tuple[int, int]:
    """Return the offsets of the first and behind the last line that a value is on."""
    start = matter.rfind("\n", 0, node.start_mark.index) + 1
    end = matter.find("\n", _end(matter, node))
    return start, end + 1 if end >= 0 else len(matter)


# -- a new key ------------------------------------------------------------------------------


def _added(matter: str, form: type[Form], keys: KeyPath, value: Value) -> str | None:
    """Return front matter with a key that was not there, below the keys that come before it in the form."""
    parent, key = _value_at(_root(matter), keys[:-1]), str(keys[-1])
    above = _form_at(form, keys[:-1])
    line = f"{key}: {_written(value)}".rstrip()
    if isinstance(parent, yaml.MappingNode) and parent.flow_style:
        place = parent.start_mark.index + 1
        comma = ", " if parent.value else ""
        words = _written(value, is_inside=True) or "{}"  # a block for keys that follow
        return f"{matter[:place]}{key}: {words}{comma}{matter[place:]}"
    first, last, indent = _block(matter, parent, keys[:-1])
    for inside in ("", "  ") if indent else ("",):
        template = content_writer.template_line(above, key, inside)
        outer = indent.removesuffix(inside)
        place = f"\n{matter}".find(f"\n{outer}{template}\n", first) if template else -1
        if 0 <= place < last:
            return _uncommented(matter, place, outer + template, f"{indent}{line}")
    at = _below(matter, parent, keys_of(above), key, first)
    return f"{matter[:at]}{indent}{line}\n{matter[at:]}"


def _form_at(form: type[Form], keys: KeyPath) -> type[Form]:
    for key in keys:
        if isinstance(key, str):
            field = next((f for name, f in form.model_fields.items() if (f.alias or name) == key), None)
            form = (inner_form(field.annotation) if field else None) or form
    return form


def _block(matter: str, parent: Node, keys: KeyPath) -> tuple[int, int, str]:
    """Return where the lines of a block begin and end, and their indent."""
    if not keys:
        return 0, len(matter), ""
    if isinstance(parent, yaml.MappingNode) and parent.value:
        name = parent.value[0][0]
        start = matter.rfind("\n", 0, name.start_mark.index) + 1
        return start, _last_line(matter, start, name.start_mark.column), " " * name.start_mark.column
    # a key without a value, or that of a list
    place = parent.start_mark.index if parent is not None else 0
    line = matter.rfind("\n", 0, place) + 1
    found = re.match(r"[ -]*", matter[line:])
    indent = " " * (len(found[0] if found else "") + 2)
    start = matter.find("\n", place) + 1
    return start, _last_line(matter, start, len(indent)), indent


def _last_line(matter: str, start: int, column: int) -> int:
    """Return the offset at which the lines end that belong to a block, or that are notes."""
    place = start
    for line in matter[start:].splitlines(keepends=True):
        own = len(line) - len(line.lstrip(" -"))
        if line.strip() and not line.lstrip().startswith("#") and own < column:
            break
        place += len(line)
    return place


def _below(matter: str, parent: Node, order: Sequence[str], key: str, first: int) -> int:
    """Return the offset of the line below the nearest key that comes before one in the form."""
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else []
    before = {name: place for place, name in enumerate(order)}
    rank = before.get(key, len(order))
    ahead = [value for name, value in pairs if before.get(name.value, -1) in range(rank)]
    if ahead:
        return _line_span(matter, max(ahead, key=lambda value: _end(matter, value)))[1]
    return first


def _uncommented(matter: str, place: int, template: str, line: str) -> str:
    """Return front matter with a key in place of its commented-out line, whose note stays."""
    end = place + len(template)
    _, sign, note = template.lstrip("# ").partition("  # ")
    return matter[:place] + (f"{line:<44}{sign}{note}" if sign else line) + matter[end:]
