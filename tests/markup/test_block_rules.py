"""Block rules: lists, tables, code and HTML as CommonMark and GitHub read them."""

import pytest

from sitegen.markup.render import render
from tests.support.messy_posts import RAW_MARKS, posts, shown


def html(text: str) -> str:
    """Return the HTML of a text without line ends."""
    return render(text)[0].html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We need:\n- wire\n- tape", "<p>We need:</p><ul><li>wire</li><li>tape</li></ul>"),
        ("Steps:\n1. cut\n2. glue", "<p>Steps:</p><ol><li>cut</li><li>glue</li></ol>"),
        ("1) cut\n2) glue", "<ol><li>cut</li><li>glue</li></ol>"),
        ("3) cut", '<ol start="3"><li>cut</li></ol>'),
        ("• wire\n•\xa0tape\n· glue", "<ul><li>wire</li><li>tape</li><li>glue</li></ul>"),
        ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("Need:\n\t•\twire\n\t•\ttape", "<p>Need:</p><ul><li>wire</li><li>tape</li></ul>"),
        ("⁃\twire\n\uf0b7\ttape\n■ glue", "<ul><li>wire</li><li>tape</li><li>glue</li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- [x] a\n- [ ] b", "<ul><li>☑ a</li><li>☐ b</li></ul>"),
        ("> a\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        ("- a\n## B", '<ul><li>a</li></ul><h2 id="b">B</h2>'),
    ],
)
def test_a_list_needs_neither_an_empty_line_nor_four_spaces(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I was born in\n2009. That was a year.", "It is - \n-\nso.",
        "•a and •b", "a\n-b", "Our score was 3\n- ", "- - -",
    ],
)  # fmt: skip
def test_a_line_that_begins_no_list_is_none(text: str) -> None:
    assert "<li>" not in render(text)[0].html


def test_a_number_that_begins_a_line_of_an_item_stays() -> None:
    found = html("1. I was born\n   2009. A good year.")
    assert "2009. A good year." in found
    assert found.count("<li>") == 1


def test_an_alert_of_github_begins_with_its_kind() -> None:
    assert html("> [!NOTE]\n> Be *kind*.") == (
        "<blockquote><p><strong>Note</strong></p><p>Be <em>kind</em>.</p></blockquote>"
    )
    assert html("> [!NOTE] me") == "<blockquote><p>[!NOTE] me</p></blockquote>"


@pytest.mark.parametrize("written", ["## Our Team {#our-team}", "## Our Team {#our-team}\n\ntext"])
def test_the_name_that_google_docs_gives_a_heading_is_not_shown(written: str) -> None:
    assert html(written).startswith('<h2 id="our-team">Our Team</h2>')


def test_a_table_needs_no_empty_line_and_ends_at_the_next_block() -> None:
    found = html("Results:\n| a | b |\n|---|---|\n| 1 | 2 |\n- next\n\nc | d\n- | -\n3 | 4\n## End")
    assert found.startswith("<p>Results:</p><table>")
    assert "<td>2</td></tr></tbody></table><ul><li>next</li></ul><table>" in found
    assert found.endswith('<td>4</td></tr></tbody></table><h2 id="end">End</h2>')


def test_a_table_in_an_item_belongs_to_it() -> None:
    assert "<table>" in html("- a\n  | b |\n  |---|\n  | c |").partition("</li>")[0]


@pytest.mark.parametrize("fence", ["```", "~~~~", "```python", "``` text"])
def test_code_between_fences_is_shown_as_it_is_written(fence: str) -> None:
    code = f'a\n{fence}\nif x < 1:\n\n    **y** = "it\'s" # <b>\n{fence.rstrip("pythonex ")}\nb'
    shown = '<pre><code>if x &lt; 1:\n\n    **y** = "it\'s" # &lt;b&gt;\n</code></pre>'
    assert render(code)[0].html == f"<p>a</p>\n{shown}\n<p>b</p>"


def test_code_in_an_item_belongs_to_it_and_loses_the_indentation_of_the_item() -> None:
    found = render("1. a\n   ```\n   b\n     c\n   ```\n2. d")[0].html
    assert "<p>a</p>\n<pre><code>b\n  c\n</code></pre>" in found.partition("</li>")[0]
    assert found.count("<ol>") == 1


def test_code_that_nothing_ends_goes_on_to_the_end_of_the_text() -> None:
    assert html("```\na\n\n- b") == "<pre><code>a- b</code></pre>"


def test_markdown_within_html_is_read_after_an_empty_line() -> None:
    found = html("<details>\n<summary>More</summary>\n\n**bold**\n- a\n\n</details>\nend\n\n*after*")
    assert "<summary>More</summary><p><strong>bold</strong></p><ul><li>a</li></ul></details>" in found
    assert found.endswith("<p><em>after</em></p>")


@pytest.mark.parametrize(
    "start", ["<!-- never closed", "<pre>", "<div>", "<script", "```", "[^1]:", "> ```", "- <div>"]
)
def test_what_is_never_closed_takes_no_text_along(start: str) -> None:
    found = render(f"First\n\n{start}\n\nSecond\n\nThird")[0].html
    assert all(word in found for word in ("First", "Second", "Third"))


def test_lists_that_are_nested_deeper_than_anyone_writes_keep_their_words() -> None:
    text = "\n".join(f"{'  ' * level}- word{level}" for level in range(30))
    assert all(f"word{level}" in render(text)[0].html for level in range(30))


@pytest.mark.parametrize(("post", "words"), [*posts(30)], ids=range(30))
def test_messy_posts_keep_every_word_and_show_no_marks(post: str, words: list[str]) -> None:
    found = shown(post)
    assert [word for word in words if word not in found] == []
    assert [mark for mark in RAW_MARKS if mark in found] == []
