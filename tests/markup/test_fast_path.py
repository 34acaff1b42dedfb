"""Fast path: the same HTML as Python-Markdown, or no HTML at all."""

import sys
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from sitegen.markup import fast_markdown, fast_path
from tests.support.markdown_samples import DOCUMENTS
from tests.support.markdown_texts import TEXTS, around, pieces
from tests.support.thorough import rounds


@cache
def stock() -> Markdown:
    return fast_markdown.standard()


def assert_equal(text: str) -> None:
    found = fast_markdown.fast_html(text)
    assert found is None or found == stock().reset().convert(text)


MADE_HERE = [
    "A paragraph\nof two lines.\n\nAnd another one.",
    "\n\nIt's \"said\" by 'them' -- or --- so... R&D > 0.",
    '"One ends." "Another begins."',
    "See [the stories](/stories/), or [a map](https://a.example/b_c?d=e&f=g#h).",
    "**Bold words**, *and!*\n**so on:** or so.",
    '## It\'s about "time"\nText\n\n### 3 things\n\n###### deep',
    "Text\n\n- one\n- *two*\n- [three](c.md)\n\nText\n\n* four\n\n## And\n\n1. five\n5. six",
    "> A quotation\n> of two lines\n\nText",
]


@pytest.mark.parametrize("text", MADE_HERE)
def test_ordinary_texts_need_no_python_markdown(text: str) -> None:
    assert fast_path.html(text)
    assert_equal(text)


LEFT_TO_PYTHON_MARKDOWN = [
    "a\tb", "    code", "`code`", "<b>a</b>", "&copy;", "&#1;", "a\\*b", "a | b\n-|-\nc | d", "![a](b.jpg)",
    "[^1]: a", "[a]: b", "a [b] c", "[a][b]", "[a](b 'c')", "[a](<b>)", "_a_", "a_b", "***a***", "a*b*",
    "*a **b** c*", "* * *", "a\n---", "a\n===", "# a", "#a", "## a #", "## *a*", "####### a", "## a\n\n## a",
    "a  \nb", "a\n\n\nb", " a", "a ", "- a\nb", "- a\n\n- b", "- a\n\n1. b", "- a\n  b", "- - a", "- ",
    "- --", "-  a", "2. a", "+ a", "> a\nb", "> a\n\n> b", ">a", "> > a", "> - a", ">  a", "a\n> b", ": a",
    "a\n: b", "\"'a'\"", "'\"", "a\xa0", "\x02a", "a\u2028b",
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT_TO_PYTHON_MARKDOWN)
def test_ambiguous_texts_are_left_to_python_markdown(text: str) -> None:
    assert fast_path.html(text) is None


def test_unusual_white_space_is_left_to_python_markdown() -> None:
    for letter in filter(str.isspace, map(chr, range(sys.maxunicode))):
        if letter not in " \n":
            assert fast_path.html(f"a{letter}b") is None


def test_a_release_with_other_rules_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_markdown, "__version__", "3.12.0")
    assert fast_markdown.fast_html("A text.") is None


@pytest.mark.parametrize("text", [*DOCUMENTS.values(), *MADE_HERE, *LEFT_TO_PYTHON_MARKDOWN])
def test_prose_within_everything_is_what_python_markdown_writes(text: str) -> None:
    for written in (*around(text), *pieces(text)):
        assert_equal(written)


def test_marks_between_all_neighbours_are_what_python_markdown_writes() -> None:
    before = ["", *map("".join, product("a .(*[-é€", repeat=2))]
    after = ["", *map("".join, product("a .)*](–é€", repeat=2))]
    for inner in ("*a*", "**a**", "[a](b)", "*a!*", "**a:**", "* a*", "*a *", '*"a"*', "*a", "**a*"):
        for start, end in product(before, after):
            assert_equal(f"{start}{inner}{end}")


WORDS = [
    "a", "it's", "don't", '"yes,"', "'80s", "R&D", "x>y", "12", "1.", "é", "--", "---", "...", "(a)", "b!",
    "*a*", "**a b**", "*a*.", "(*a*)", '"*a*"', "[a](b.md)", "[a b](https://x.y/z_1?a=b&c=d)", "[it's](/a#b)",
    "#", "*", "**", "_", "[", "]", ")", "-", ":", ">", "'", '"', "&",
]  # fmt: skip
LINES = st.lists(st.sampled_from(WORDS[:23]) | st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
MARKS = st.sampled_from(["", "", "", "## ", "### ", "- ", "* ", "1. ", "2. ", "> ", ">", "#", "---", ": "])
SAME_MARKS = st.builds(
    lambda mark, lines: "\n".join(mark + line for line in lines),
    MARKS,
    st.lists(LINES, min_size=1, max_size=3),
)
OTHER_MARKS = st.lists(st.builds(str.__add__, MARKS, LINES), min_size=1, max_size=3).map("\n".join)
PROSE = st.lists(SAME_MARKS | OTHER_MARKS, min_size=1, max_size=4).map("\n\n".join)


@given(PROSE | TEXTS)
@settings(
    max_examples=rounds(300, 3000),
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_prose_of_any_kind_is_what_python_markdown_writes(text: str) -> None:
    assert_equal(text)
