"""YAML errors: parser messages, and their plain-English replacements."""

from dataclasses import dataclass

from sitegen.core.limits import LONGEST_LINE
from sitegen.core.problem_codes import Code


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: part of the parser's message, and ours. Without a hint, `in_quotes` makes one."""

    code: Code
    said: str
    message: str
    hint: str
    where_it_opens: bool = False


OUT_OF_LINE = Mistake(
    Code.INDENTED_TOO_FAR,
    "",
    "this line starts too far to the right.",
    "Line it up with the line above.",
)
QUOTES_IN_QUOTES = Mistake(
    Code.QUOTES_IN_QUOTES,
    "",
    "the text goes on after the quotation mark that ends it.",
    "Write “ and ” within the text, and put double quotes around one that has an apostrophe.",
)
NO_LIST = Mistake(
    Code.STRAY_HYPHEN,
    "",
    "this hyphen starts a list entry, but there is no list here.",
    "Take out the hyphen and the space after it.",
)
MISTAKES = (
    Mistake(Code.COLON_IN_VALUE, "mapping values", "there is a second colon in this line.", ""),
    Mistake(
        Code.UNCLOSED_QUOTE,
        "quoted scalar found unexpected end",
        "the quotation mark that opens here is never closed.",
        'Add a " at the end of the text.',
        where_it_opens=True,
    ),
    Mistake(
        Code.BACKSLASH_IN_QUOTES,
        "quoted scalar",
        "a backslash in quotes means something special.",
        "Write two backslashes for one, or use single quotes.",
    ),
    Mistake(
        Code.UNCLOSED_BRACKET,
        "flow sequence",
        "the bracket that opens here is never closed.",
        "Add a ] at the end of the list.",
        where_it_opens=True,
    ),
    Mistake(
        Code.UNCLOSED_BRACE,
        "flow mapping",
        "the brace that opens here is never closed.",
        "Put the text in quotes if the { belongs to it, or add a } at its end.",
        where_it_opens=True,
    ),
    Mistake(
        Code.STRAY_FENCE,
        "another document",
        "this line starts with three hyphens.",
        "Take them out: three hyphens belong only above and below the front matter.",
    ),
    Mistake(
        Code.NOT_KEY_AND_VALUE,
        "simple key",
        "this line is not of the form `key: value`.",
        "Put a colon and a space after the key, or quotes around a text of several lines.",
        where_it_opens=True,
    ),
    Mistake(
        Code.UNREADABLE_LINE,
        "",
        "this line can't be read.",
        'Put the text after the colon in quotes, like key: "text".',
    ),
)
"""In the order in which they are tried; the last one matches every message."""


def find(said: str, line: str, column: int) -> Mistake:
    """Return the mistake behind a parser's message, which can have several causes."""
    if "mapping values" in said and f"{line} ".count(": ") < 2:
        return OUT_OF_LINE
    if "expected key" in said and line[:column].rstrip().endswith(('"', "'")):
        return QUOTES_IN_QUOTES
    if "expected key" in said and line.lstrip().startswith("- "):
        return NO_LIST
    sign = line.partition(": ")[2].strip()[:1]
    if sign and sign in "@`%*&!|>]},?-" and "simple key" not in said and "mapping values" not in said:
        return Mistake(Code.SIGN_AT_START, "", f'a text can\'t start with "{sign}".', "")
    return next(known for known in MISTAKES if known.said in said)


def in_quotes(line: str) -> str:
    """Return how to put the value of a line in quotes."""
    key, _, text = line.strip().partition(": ")
    if text and len(text) <= LONGEST_LINE and '"' not in text and "\\" not in text:
        return f'Put the text in quotes: {key}: "{text}"'
    return "Put the text in quotes."
