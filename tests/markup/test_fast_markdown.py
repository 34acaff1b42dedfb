"""Fast Markdown: the same HTML as Python-Markdown, character for character."""

import re
from collections.abc import Iterable
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

from sitegen.markup import fast_markdown, smartypants
from tests.support.markdown_samples import DOCUMENTS
from tests.support.markdown_texts import TEXTS, around, pieces
from tests.support.thorough import rounds


@cache
def stock() -> Markdown:
    return fast_markdown.standard()


@cache
def swift() -> Markdown:
    return fast_markdown.fast()


def assert_equal(text: str) -> None:
    assert swift().reset().convert(text) == stock().reset().convert(text)


# -- everything that Markdown can do --------------------------------------------------------


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


@given(TEXTS)
@settings(max_examples=rounds(150, 2000), deadline=None, database=None, derandomize=True)
def test_the_html_of_any_text_is_that_of_python_markdown(text: str) -> None:
    assert_equal(text)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_the_html_of_a_text_does_not_depend_on_the_text_before_it(first: str, second: str) -> None:
    swift().reset().convert(first)
    assert swift().reset().convert(second) == fast_markdown.fast().convert(second)


def test_the_html_of_a_text_does_not_depend_on_any_text_before_it() -> None:
    for text in DOCUMENTS.values():
        assert swift().reset().convert(text) == fast_markdown.fast().convert(text)


# -- where Python-Markdown is another -------------------------------------------------------


def shortcuts(made: Markdown) -> list[str]:
    """Return the names of the shortcuts in it."""
    parts = (*made.preprocessors, *made.parser.blockprocessors, *made.treeprocessors)
    modules = (fast_markdown.__name__, smartypants.__name__)
    return [type(part).__name__ for part in parts if type(part).__module__ in modules]


@pytest.mark.skipif(markdown.__version__ != "3.11.3", reason="the release that the shortcuts were made for")
def test_every_shortcut_is_taken_with_the_release_that_it_was_made_for() -> None:
    assert fast_markdown.fast_html("A text.")
    assert shortcuts(stock()) == []
    assert shortcuts(swift()) == [
        "Whitespace", "HtmlBlocks", "PlainParagraph", "InlineProcessor", "Typography", "Headings", "Unescape",
    ]  # fmt: skip
    patterns = {
        pattern.getCompiledRegExp().pattern for pattern in cast("Iterable[Pattern]", swift().inlinePatterns)
    }
    assert patterns == set(fast_markdown.MARKS)


@pytest.mark.parametrize("pattern", fast_markdown.MARKS)
@given(st.data())
@settings(max_examples=30, deadline=None, database=None, derandomize=True)
def test_every_match_of_a_pattern_has_its_trigger_character(pattern: str, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(re.compile(pattern, re.DOTALL)))
    assert any(mark in found for mark in fast_markdown.MARKS[pattern])


@pytest.mark.parametrize("extension", ["admonition", "attr_list", "nl2br", "wikilinks"])
def test_other_extensions_are_followed(extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '!!! note "A"\n    B\n\n# D {: #e }\n\n[[g]]\n\ni\nj'
    without = stock().reset().convert(text)
    monkeypatch.setattr(fast_markdown, "EXTENSIONS", [*fast_markdown.EXTENSIONS, extension])
    assert fast_markdown.fast().convert(text) == fast_markdown.standard().convert(text) != without


class AsItIs(InlineProcessor):
    """A pattern whose text is kept literally, in an element within an element."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        outer = Element("b")
        SubElement(outer, "i").text = AtomicString(m[0])
        return outer, m.start(), m.end()


def test_a_pattern_that_is_not_known_is_tried_on_every_text() -> None:
    made = fast_markdown.fast()
    made.inlinePatterns.register(AsItIs("@[^@]*@"), "as it is", 200)
    assert made.convert("""a @_b_ 'c'@ d""") == "<p>a <b><i>@_b_ 'c'@</i></b> d</p>"


def test_other_rules_for_quotes_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smarty, "remainingDoubleQuotesRegex", '"|~')
    assert fast_markdown.fast().convert('"a~') == "<p>&ldquo;a&ldquo;</p>"


def test_other_rules_for_blocks_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HashHeaderProcessor, "RE", re.compile(r"(?P<level>@{1,6})(?P<header>.*)"))
    assert fast_markdown.fast().convert("@ a") == '<h1 id="a">a</h1>'


def test_a_processor_of_another_class_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutAnchors(TocTreeprocessor):
        def run(self, doc: Element) -> None:
            pass

    monkeypatch.setattr(TocExtension, "TreeProcessorClass", WithoutAnchors)
    assert fast_markdown.fast().convert("# a") == "<h1>a</h1>"


def test_a_shortcut_is_skipped_if_the_internal_that_it_calls_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(treeprocessors.InlineProcessor, "_InlineProcessor__applyPattern")
    assert "InlineProcessor" not in shortcuts(fast_markdown.fast())
