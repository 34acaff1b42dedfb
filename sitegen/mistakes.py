"""What the reader of YAML says of a mistake, and what we say, to somebody who never heard of YAML."""

from dataclasses import dataclass

from sitegen.limits import LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in YAML: a piece of what its reader says of it, and ours. Without a hint: `in_quotes`."""

    said: str
    message: str
    hint: str
    where_it_opens: bool = False


OUT_OF_LINE = Mistake(
    "", "this line begins too far to the right.", "Begin it right under the key above that it stands beside."
)
QUOTES_IN_QUOTES = Mistake(
    "",
    "the text goes on after the quotation mark that ends it.",
    "Write “ and ” within the text, and put double quotes around one that has an apostrophe.",
)
NO_LIST = Mistake(
    "", "a hyphen begins an entry of a list, but this is none.", "Take out the hyphen and the space after it."
)
MISTAKES = (
    Mistake("mapping values", "there is a second colon in this line.", ""),
    Mistake(
        "quoted scalar found unexpected end",
        "the quotation mark that opens here is never closed.",
        'Add a " at the end of the text.',
        where_it_opens=True,
    ),
    Mistake(
        "quoted scalar",
        "a backslash in quotes means something special.",
        "Write two backslashes for one, or use single quotes.",
    ),
    Mistake(
        "flow sequence",
        "the bracket that opens here is never closed.",
        "Add a ] at the end of the list.",
        where_it_opens=True,
    ),
    Mistake(
        "flow mapping",
        "the brace that opens here is never closed.",
        "Put the text in quotes if the { belongs to it, or add a } at its end.",
        where_it_opens=True,
    ),
    Mistake(
        "another document",
        "this line begins with three hyphens.",
        "Take them out: three hyphens stand only above and below the front matter.",
    ),
    Mistake(
        "simple key",
        "this line is not of the form `key: value`.",
        "Put a colon and a space after the key, or quotes around a text of several lines.",
        where_it_opens=True,
    ),
    Mistake("", "this line can't be read.", 'Put the text after the colon in quotes, like key: "text".'),
)
"""In the order in which they are tried; the last one fits everything."""


def find(said: str, line: str, column: int) -> Mistake:
    """Find what the reader of YAML said; what it has one name for can be several mistakes to people."""
    if "mapping values" in said and f"{line} ".count(": ") < 2:
        return OUT_OF_LINE
    if "expected key" in said and line[:column].rstrip().endswith(('"', "'")):
        return QUOTES_IN_QUOTES
    if "expected key" in said and line.lstrip().startswith("- "):
        return NO_LIST
    sign = line.partition(": ")[2].strip()[:1]
    if sign and sign in "@`%*&!|>]},?-" and "simple key" not in said and "mapping values" not in said:
        return Mistake("", f'a text can\'t begin with "{sign}".', "")
    return next(known for known in MISTAKES if known.said in said)


def in_quotes(line: str) -> str:
    """Return how to put the value of a line in quotes."""
    key, _, text = line.strip().partition(": ")
    if text and len(text) <= LONGEST_LINE and '"' not in text and "\\" not in text:
        return f'Put the text in quotes: {key}: "{text}"'
    return "Put the text in quotes."
