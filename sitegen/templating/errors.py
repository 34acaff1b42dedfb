"""Template errors: their place, and a message in plain words."""

import re
import traceback
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes

from sitegen.core.diagnostics import Problem, Where, choose_from
from sitegen.core.problem_codes import Code

Folders = tuple[str, ...]
"""Template folders in order: the site's own, then the built-in one."""

MAX_RANGE = 100_000
"""Numbers in a range(): more than a site of a hundred thousand stories needs."""


class TemplateMistakeError(Exception):
    """A mistake that Jinja accepts; `file` and `line` if it was found before rendering."""

    def __init__(self, code: Code, message: str, hint: str, file: str | None = None, line: int = 1) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.file, self.line = file, line


def unknown_asset(name: str) -> TemplateMistakeError:
    """Return the mistake of asking for a file that is not among the assets."""
    return TemplateMistakeError(Code.ASSET_NOT_FOUND, f'the file "{name}" is not in assets/.', CHECK_SPELLING)


def bounded_range(*bounds: int) -> range:
    """Return Python's range(); raise TemplateMistakeError if it has too many numbers."""
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        message = f"this range is too long; the most is {MAX_RANGE:,}."
        raise TemplateMistakeError(Code.TEMPLATE_VALUE_TOO_LARGE, message, "Choose a smaller number.")
    return numbers


ANY_BLOCKS = frozenset({"*"})
"""Placeholder for the blocks of a template that extends another one by a computed name."""


@lru_cache(maxsize=64)
def _outline(text: str) -> tuple[str | None, Mapping[str, int], frozenset[str]]:
    """Return the parent of a template, its top-level blocks with their lines, and the names of all blocks."""
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


def unknown_block(name: str, texts: Mapping[str, tuple[str, bytes]]) -> TemplateMistakeError | None:
    """Return the mistake of a block that no parent template has, so that it would not be shown."""
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
            hint = choose_from(block, sorted(known), "blocks")
            message = f'the block "{block}" is not in the base template.'
            return TemplateMistakeError(Code.UNKNOWN_BLOCK, message, hint, file, line)
    return None


CHECK_SPELLING = "Check the spelling."


def problem(error: Exception, file: str, line: int, folders: Folders) -> Problem:
    """Return what is wrong with a template, at its file and line."""
    where = Where(_shown(file, folders), line)
    match error:
        case TemplateNotFound():
            return Problem(
                Code.TEMPLATE_NOT_FOUND, where, f'the template "{error.name}" was not found.', CHECK_SPELLING
            )
        case TemplateSyntaxError():
            code, message, hint = _syntax_message(error.message or "")
            return Problem(code, where, message, hint)
        case UnicodeDecodeError():
            hint = "Save the file again and choose UTF-8 as its encoding."
            message = "a template that this page is made with is not saved as UTF-8."
            return Problem(Code.NOT_UTF_8, where, message, hint)
        case UndefinedError():
            named = re.findall(r"'([^']+)'", error.message or "")
            message = f'"{named[-1] if named else "a name"}" is not known here.'
            return Problem(Code.UNKNOWN_TEMPLATE_NAME, where, message, CHECK_SPELLING)
        case TemplateMistakeError(code=code, message=message, hint=hint):
            return Problem(code, where, message, hint)
        case RecursionError():
            message = "templates include one another without end."
            return Problem(Code.TEMPLATE_LOOP, where, message, "Take out one of the includes.")
        case ZeroDivisionError():
            hint = "Check first if it is zero."
            return Problem(Code.TEMPLATE_DIVISION_BY_ZERO, where, "something is divided by zero here.", hint)
        case MemoryError() | OverflowError():
            message = "the result is too large."
            return Problem(Code.TEMPLATE_VALUE_TOO_LARGE, where, message, "Choose a smaller number.")
    hint = "docs/templates.md says what each name holds and what each filter takes."
    return Problem(Code.TEMPLATE_ERROR, where, "this doesn't work with the value that it gets.", hint)


SYNTAX_MESSAGES = (
    (
        Code.UNKNOWN_TEMPLATE_NAME,
        r"unknown tag '((?!end|el)\w+)'",
        'the tag "{}" is not known.',
        CHECK_SPELLING,
    ),
    (
        Code.TEMPLATE_SYNTAX,
        r"needs to be closed is '(\w+)'",
        'the "{}" that opens above is not closed here.',
        "Add {{% end{} %}}.",
    ),
    (
        Code.UNKNOWN_TEMPLATE_NAME,
        r"unknown tag '(\w+)'",
        'the tag "{}" is not known, or nothing is open that it could end.',
        CHECK_SPELLING,
    ),
    (
        Code.UNKNOWN_TEMPLATE_NAME,
        r"No (?:filter|test) named '(\w+)'",
        'the filter "{}" is not known.',
        CHECK_SPELLING,
    ),
    (
        Code.TEMPLATE_SYNTAX,
        r"block '(\w+)' defined twice",
        'the block "{}" is in this template twice.',
        "Keep one.",
    ),
    (
        Code.TEMPLATE_SYNTAX,
        r"",
        "this line can't be read.",
        "Look for a missing bracket or quotation mark, here or above.",
    ),
)
"""Patterns of Jinja's syntax errors with our message and hint; the last one matches everything."""


def _syntax_message(said: str) -> tuple[Code, str, str]:
    """Return code, message and hint for a mistake in a template's code."""
    for code, pattern, message, hint in SYNTAX_MESSAGES:
        found = re.search(pattern, said)
        if found:
            return code, message.format(*found.groups()), hint.format(*found.groups())
    raise AssertionError(said)


def location(error: Exception, folders: Folders) -> tuple[str | None, int]:
    """Return the innermost template's file, and the line in it, where an error was raised."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or _found(error.name, folders), error.lineno
    if isinstance(error, TemplateMistakeError) and error.file:
        return error.file, error.line
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.lineno or 0) for frame in frames if frame.filename.startswith(folders)]
    if isinstance(error, RecursionError):
        # the innermost frame of an endless include is random; the first one in the cycle is not
        times = Counter(places)
        return next((location for location in places if times[location] > 1), (None, 0))
    return places[-1] if places else (None, 0)


def _found(name: str | None, folders: Folders) -> str | None:
    files = (Path(folder) / name for folder in folders) if name else ()
    return next((str(file) for file in files if file.is_file()), None)


def _shown(file: str, folders: Folders) -> str:
    root = Path(folders[0]).parent
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
