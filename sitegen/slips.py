"""Mistakes in templates: where they stand, and what is said about them in words of everyday life."""

import re
import traceback
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes

from sitegen.problems import Problem, Where, did_you_mean

Folders = tuple[str, ...]
"""Where templates are looked for: the site's own folder, then the starter's."""

MOST_ROUNDS = 100_000
"""Numbers in a range(): more than a site of a hundred thousand stories has of anything."""


class Slip(Exception):
    """A mistake that Jinja would let pass; `file` and `line` where no line of a template was running."""

    def __init__(self, message: str, hint: str, file: str | None = None, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.file, self.line = message, hint, file, line


def unknown_asset(name: str) -> Slip:
    """Return the mistake of asking for a file that is not among the assets."""
    return Slip(f'the file "{name}" is not in assets/.', SLIP)


def bounded_range(*bounds: int) -> range:
    """Return what Python's range() does, unless nobody would live to see its end."""
    numbers = range(*bounds)
    if len(numbers) > MOST_ROUNDS:
        raise Slip(f"this range is too long; the most is {MOST_ROUNDS:,}.", "Choose a smaller number.")
    return numbers


ANY_BLOCKS = frozenset({"*"})
"""Those of a template that extends another one by a name that is computed."""


@lru_cache(maxsize=64)
def _outline(text: str) -> tuple[str | None, Mapping[str, int], frozenset[str]]:
    """Return what a template extends, the lines of the blocks that fill that in, and all of its blocks."""
    try:
        parsed = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError:
        return None, {}, frozenset()
    above = parsed.find(nodes.Extends)
    named = above.template.value if above and isinstance(above.template, nodes.Const) else None
    if above and not named:
        return None, {}, ANY_BLOCKS
    filling = {each.name: each.lineno for each in parsed.body if isinstance(each, nodes.Block)}
    return named, filling if named else {}, frozenset(each.name for each in parsed.find_all(nodes.Block))


def stray_block(name: str, texts: Mapping[str, tuple[str, bytes]]) -> Slip | None:
    """Return the mistake of filling in a block that nothing above the template has: nobody would see it."""
    file, data = texts[name]
    above, filling, _ = _outline(data.decode("utf-8", "replace"))
    known: set[str] = set()
    seen = {name}
    while above and above in texts and above not in seen:
        seen.add(above)
        parent = above
        above, _, blocks = _outline(texts[parent][1].decode("utf-8", "replace"))
        known |= blocks
    for block, line in filling.items() if len(seen) > 1 else ():
        if block not in known and not known >= ANY_BLOCKS:
            hint = did_you_mean(block, known) or f"The blocks are {', '.join(sorted(known)) or 'none'}."
            return Slip(f'the block "{block}" is nowhere to be filled in.', hint, file, line)
    return None


SLIP = "Look for a slip in the name."


def problem(error: Exception, file: str, line: int, folders: Folders) -> Problem:
    """Return what is wrong with a template, at its file and line."""
    where = Where(_shown(file, folders), line)
    match error:
        case TemplateNotFound():
            return Problem(where, f'the template "{error.name}" is not there.', SLIP)
        case TemplateSyntaxError():
            return Problem(where, *_slip(error.message or ""))
        case UnicodeDecodeError():
            hint = "Save the file again and choose UTF-8 as its encoding."
            return Problem(where, "a template that this page is made with is not saved as UTF-8.", hint)
        case UndefinedError():
            named = re.findall(r"'([^']+)'", error.message or "")
            return Problem(where, f'"{named[-1] if named else "a name"}" is not known here.', SLIP)
        case Slip(message=message, hint=hint):
            return Problem(where, message, hint)
        case RecursionError():
            return Problem(where, "templates include one another without end.", "Break the circle.")
        case ZeroDivisionError():
            return Problem(where, "something is divided by zero here.", "Ask first whether it is zero.")
        case MemoryError() | OverflowError():
            return Problem(where, "what this makes is too large.", "Choose a smaller number.")
    hint = "docs/templates.md tells what each name holds, and what each filter takes."
    return Problem(where, "this can't be done with what it is given.", hint)


SLIPS = (
    (r"unknown tag '((?!end|el)\w+)'", 'the tag "{}" is not known.', SLIP),
    (r"needs to be closed is '(\w+)'", 'the "{}" that opens above is not closed here.', "Add {{% end{} %}}."),
    (r"unknown tag '(\w+)'", 'the tag "{}" is not known, or nothing is open that it could end.', SLIP),
    (r"No (?:filter|test) named '(\w+)'", 'the filter "{}" is not known.', SLIP),
    (r"block '(\w+)' defined twice", 'the block "{}" stands in this template twice.', "Keep one."),
    (r"", "this line can't be read.", "Look for a missing bracket or quotation mark, here or above."),
)
"""What Jinja says of a slip in a template, and what we say; the last one fits everything."""


def _slip(said: str) -> tuple[str, str]:
    """Return message and hint for a mistake in a template's code."""
    for pattern, message, hint in SLIPS:
        found = re.search(pattern, said)
        if found:
            return message.format(*found.groups()), hint.format(*found.groups())
    raise AssertionError(said)


def place(error: Exception, folders: Folders) -> tuple[str | None, int]:
    """Return the innermost template's file, and the line in it, where an error was raised."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or _found(error.name, folders), error.lineno
    if isinstance(error, Slip) and error.file:
        return error.file, error.line
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.lineno or 0) for frame in frames if frame.filename.startswith(folders)]
    if isinstance(error, RecursionError):
        # where in a circle the stack ends is chance; where the circle is entered is not
        times = Counter(places)
        return next((place for place in places if times[place] > 1), (None, 0))
    return places[-1] if places else (None, 0)


def _found(name: str | None, folders: Folders) -> str | None:
    files = (Path(folder) / name for folder in folders) if name else ()
    return next((str(file) for file in files if file.is_file()), None)


def _shown(file: str, folders: Folders) -> str:
    root = Path(folders[0]).parent
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
