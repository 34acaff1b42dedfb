"""The swift engine writes what Python-Markdown writes, character for character."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown, treeprocessors
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import smarty
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.util import AtomicString

from sitegen import engine
from tests.documents import DOCUMENTS


@cache
def stock() -> Markdown:
    return engine.stock()


@cache
def swift() -> Markdown:
    return engine.swift()


def assert_equal(text: str) -> None:
    assert swift().reset().convert(text) == stock().reset().convert(text)


# -- everything that Markdown can do --------------------------------------------------------


def around(text: str) -> Iterator[str]:
    """Yield a text alone and within other things."""
    yield text
    yield f"> {text}".replace("\n", "\n> ")
    yield f"* {text}".replace("\n", "\n    ")
    yield f"Term\n:   {text}".replace("\n", "\n    ")
    yield f"Word[^1]\n\n[^1]: {text}".replace("\n", "\n    ")


def pieces(text: str) -> Iterator[str]:
    """Yield each block of a text alone and where a line stands."""
    for piece in text.split("\n\n"):
        yield piece
        yield f"## {piece}\n\n{piece}\n===\n\n| {piece} | a |\n|--|--|\n| b | {piece} |"


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_html_is_that_of_python_markdown(text: str) -> None:
    for written in (*around(text), *pieces(text)):
        assert_equal(written)


INSTALLED = sorted(Path(markdown.__file__).parents[1].rglob("*.md"))


@pytest.mark.parametrize("file", INSTALLED, ids=[str(number) for number in range(len(INSTALLED))])
def test_the_html_of_documents_that_came_with_other_packages_is_that_of_python_markdown(file: Path) -> None:
    assert_equal(file.read_text(encoding="utf-8"))


def test_the_html_of_quotes_among_all_neighbours_is_that_of_python_markdown() -> None:
    before = ["".join(letters) for length in range(3) for letters in product("a .(-'\"–", repeat=length)]
    after = ["".join(letters) for length in range(3) for letters in product("a 8s.-'", repeat=length)]
    for quote, start in product("'\"", before):
        assert_equal("\n\n".join(f"{start}{quote}{end}" for end in [*after, "80s", "80sx", "80 s", "'80s"]))


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
    """Put parts into the gaps of a form."""
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


@given(TEXTS)
@settings(max_examples=500, deadline=None, database=None, derandomize=True)
def test_the_html_of_any_text_is_that_of_python_markdown(text: str) -> None:
    assert_equal(text)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_the_html_of_a_text_does_not_depend_on_the_text_before_it(first: str, second: str) -> None:
    swift().reset().convert(first)
    assert swift().reset().convert(second) == engine.swift().convert(second)


def test_the_html_of_a_text_does_not_depend_on_any_text_before_it() -> None:
    for text in DOCUMENTS.values():
        assert swift().reset().convert(text) == engine.swift().convert(text)


# -- where Python-Markdown is another -------------------------------------------------------


def shortcuts(made: Markdown) -> list[str]:
    """Return the names of our processors in it."""
    parts = (*made.preprocessors, *made.parser.blockprocessors, *made.treeprocessors)
    return [type(part).__name__ for part in parts if type(part).__module__.startswith("sitegen.")]


@pytest.mark.skipif(markdown.__version__ != "3.11.3", reason="the release that the shortcuts were made for")
def test_every_shortcut_is_taken_with_the_release_that_it_was_made_for() -> None:
    assert engine.plainly("A text.")
    assert shortcuts(stock()) == []
    assert shortcuts(swift()) == [
        "Whitespace", "HtmlBlocks", "PlainParagraph", "InlineProcessor", "Typography", "Headings", "Unescape",
    ]  # fmt: skip
    patterns = {
        pattern.getCompiledRegExp().pattern for pattern in cast("Iterable[Pattern]", swift().inlinePatterns)
    }
    assert patterns == set(engine.MARKS)


@pytest.mark.parametrize("pattern", engine.MARKS)
@given(st.data())
@settings(max_examples=30, deadline=None, database=None, derandomize=True)
def test_what_a_pattern_finds_has_its_mark(pattern: str, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(re.compile(pattern, re.DOTALL)))
    assert any(mark in found for mark in engine.MARKS[pattern])


@pytest.mark.parametrize(
    "extension", ["admonition", "attr_list", "fenced_code", "md_in_html", "nl2br", "wikilinks"]
)
def test_other_extensions_are_followed(extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '!!! note "A"\n    B\n\n```\nc\n```\n\n# D {: #e }\n\n[[g]]\n\n<p markdown="1">\n*h*\n</p>\ni\nj'
    without = stock().reset().convert(text)
    monkeypatch.setattr(engine, "EXTENSIONS", [*engine.EXTENSIONS, extension])
    assert engine.swift().convert(text) == engine.stock().convert(text) != without


class AsItIs(InlineProcessor):
    """A pattern whose text stays what it is, and stands in an element within an element."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        outer = Element("b")
        SubElement(outer, "i").text = AtomicString(m[0])
        return outer, m.start(), m.end()


def test_a_pattern_that_is_not_known_is_tried_on_every_text() -> None:
    made = engine.swift()
    made.inlinePatterns.register(AsItIs("@[^@]*@"), "as it is", 200)
    assert made.convert("""a @_b_ 'c'@ d""") == "<p>a <b><i>@_b_ 'c'@</i></b> d</p>"


def test_other_rules_for_quotes_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smarty, "remainingDoubleQuotesRegex", '"|~')
    assert engine.swift().convert('"a~') == "<p>&ldquo;a&ldquo;</p>"


def test_other_rules_for_blocks_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HashHeaderProcessor, "RE", re.compile(r"(?P<level>@{1,6})(?P<header>.*)"))
    assert engine.swift().convert("@ a") == '<h1 id="a">a</h1>'


def test_a_processor_of_another_class_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutAnchors(TocTreeprocessor):
        def run(self, doc: Element) -> None:
            pass

    monkeypatch.setattr(TocExtension, "TreeProcessorClass", WithoutAnchors)
    assert engine.swift().convert("# a") == "<h1>a</h1>"


def test_where_the_inner_part_that_a_shortcut_calls_is_gone_the_shortcut_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(treeprocessors.InlineProcessor, "_InlineProcessor__applyPattern")
    assert "InlineProcessor" not in shortcuts(engine.swift())
