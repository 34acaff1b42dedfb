"""Markdown texts put together from parts, as Hypothesis strategies."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st

# -- everything that Markdown can do --------------------------------------------------------


def around(text: str) -> Iterator[str]:
    """Yield a text alone and within other blocks."""
    yield text
    yield f"> {text}".replace("\n", "\n> ")
    yield f"* {text}".replace("\n", "\n    ")
    yield f"Term\n:   {text}".replace("\n", "\n    ")
    yield f"Word[^1]\n\n[^1]: {text}".replace("\n", "\n    ")


def pieces(text: str) -> Iterator[str]:
    """Yield each block of a text alone and in place of a line."""
    for piece in text.split("\n\n"):
        yield piece
        yield f"## {piece}\n\n{piece}\n===\n\n| {piece} | a |\n|--|--|\n| b | {piece} |"


# -- everything that can be put together ----------------------------------------------------


WORDS = [
    "a",
    "it's",
    "don't",
    "s",
    "the '80s",
    '"yes,"',
    "'no.'",
    "12",
    "1.",
    "snake_case",
    "é",
    "3 < 4",
    "R&D",
]


WITHIN_A_LINE = [
    "*{}*", "**{}**", "_{}_", "__{}__", "***{}***", "`{}`", "``{}``", '"{}"', "'{}'", "({})", "[{}]", "{}--",
    "[{}](b.md)", "[{}](javascript:b)", '[{}](b.md "t")', "[b]({})", "![{}](c.jpg)", "[{}][r]", "[{}][]",
    "![{}][r]", "[^{}]", "<b>{}</b>", "<https://a.example/{}>", "<{}@a.example>", "\\{}", "&{};", "...{}",
]  # fmt: skip


BLOCKS = [
    "{}", "{}  \n{}", "{}\n{}", "## {}", "{} ##", "{}\n---", "{}\n===", "---", "> {}", "{}\n> {}", "    {}",
    "* {}", "+ {}", "1. {}", "3. {}", "{}\n* {}\n* {}", "- {}\n    - {}\n\n    {}", "t\n: {}", ":   {}",
    "{} | {}\n-|-\n{} | {}", "| {} |\n|:-:|\n| {} |", "[^1]: {}", "*[a]: {}", '[r]: r.md "{}"', "[r]: {}",
    "<div>\n{}\n</div>", "<!-- {} -->",
]  # fmt: skip


CHARACTERS = "*_`\\[](){}<>!#+-=|:^~&;.'\"\n \t/8sa\x02\x03\xa0–é"


PARTS = [
    *CHARACTERS,
    *WORDS,
    "--",
    "---",
    "...",
    "](",
    "][",
    "]: ",
    "[^",
    "*[",
    "&nbsp;",
    "\n\n",
    "    ",
    "  \n",
]


def filled(form: str, parts: list[str]) -> str:
    """Put parts into the gaps of a pattern."""
    rest = iter(parts)
    return re.sub(r"\{\}", lambda _: next(rest, "b"), form)


def joined(parts: st.SearchStrategy[str], *gaps: str) -> st.SearchStrategy[str]:
    """Draw some parts with equal gaps between them."""
    return st.builds(str.join, st.sampled_from(gaps), st.lists(parts, min_size=1, max_size=5))


LINES = st.recursive(
    st.sampled_from(WORDS) | st.text(CHARACTERS, max_size=6),
    lambda inner: (
        st.builds(filled, st.sampled_from(WITHIN_A_LINE), st.lists(inner, max_size=1))
        | joined(inner, " ", "", "\n")
    ),
    max_leaves=8,
)


INDENTED = st.builds(
    lambda block, indent: indent + block.replace("\n", f"\n{indent}"),
    st.builds(filled, st.sampled_from(BLOCKS), st.lists(LINES, max_size=4)),
    st.sampled_from(["", "", "", " ", "    ", "> ", "        "]),
)


TEXTS = joined(INDENTED, "\n\n", "\n", "\n\n\n") | st.lists(st.sampled_from(PARTS), max_size=60).map("".join)
