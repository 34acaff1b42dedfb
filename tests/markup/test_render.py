"""Markdown rendering: sanitized HTML, and marks that are filled in later."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.core.diagnostics import Severity
from sitegen.core.limits import LONGEST_TEXT
from sitegen.core.model import Heading, PictureMark
from sitegen.core.problem_codes import Code
from sitegen.markup.render import fill_in, plain, render
from sitegen.markup.sections import cut
from tests.support.html_safety import VECTORS, Danger


def html(text: str) -> str:
    """Return the HTML of a text without problems."""
    body, remarks = render(text)
    assert not remarks
    return body.html


def said(text: str) -> list[str]:
    """Return the remarks on a text."""
    return [remark.message for remark in render(text)[1]]


def no_link(_: str) -> str | None:
    return None


def no_picture(_: PictureMark, __: bool) -> str:
    return ""


# -- what Markdown makes --------------------------------------------------------------------


def test_the_columns_of_a_table_are_aligned_by_class() -> None:
    table = html("a | b | c | d\n:-- | :-: | --: | ---\n1 | 2 | 3 | 4")
    assert '<th class="left">a</th>\n<th class="center">b</th>\n<th class="right">c</th>' in table
    assert '<td class="right">3</td>\n<td>4</td>' in table
    assert "style" not in table


def test_a_footnote_and_its_mark_lead_to_each_other() -> None:
    body, _ = render("Word[^1]\n\n[^1]: The note.")
    assert body.links == ("#fn:1", "#fnref:1")
    assert body.anchors == ("fnref:1", "fn:1")
    assert '<div class="footnote">' in body.html


def test_the_first_of_two_definitions_counts_and_the_other_is_reported() -> None:
    notes = "Text[^1] and [a page][p].\n\n[^1]: One.\n\n[^1]: Two.\n\n[p]: one.md\n[p]: two.md\n"
    html = render(notes)[0].html
    assert "One." in html
    assert "Two." not in html
    assert 'href="one.md"' in html
    assert said(notes) == [
        'two footnotes are called "1"; only the first is shown.',
        'two links are called "p"; only the first is used.',
    ]
    assert said("Text[^1].\n\n[^1]: One.\n\n[^1]: One.") == []
    assert said("Text[^1].\n\n[^1]: Another text.") == []


def test_a_footnote_without_a_mark_is_shown_without_a_link_and_reported() -> None:
    body, (remark,) = render("Text.\n\n[^a]: A note with a [link](one.md).\n")
    assert "A note with a" in body.html
    assert body.links == ("one.md",)
    assert (remark.message, remark.needle) == ('nothing in the text leads to the footnote "a".', "[^a]:")


def test_a_mark_without_a_footnote_is_reported_except_in_code() -> None:
    assert said("Text[^2], again[^2].\n\n`[^3]`\n\n    [^4]\n") == ["there is no footnote [^2]."]
    assert said("See [^ this ] and x[^") == []
    assert said("\\[^1]: no, [\\^2] and \\[^3]") == []


def test_a_definition_list() -> None:
    assert html("STEM\n: Science and more") == "<dl>\n<dt>STEM</dt>\n<dd>Science and more</dd>\n</dl>"


def test_an_abbreviation_is_spelled_out() -> None:
    text = "*[STEM]: Science and more\n\nWe love STEM."
    assert html(text) == '<p>We love <abbr title="Science and more">STEM</abbr>.</p>'


def test_lists_of_two_kinds_are_two_lists() -> None:
    found = html("1. one\n2. two\n\n* three\n* four")
    assert (found.count("<ol>"), found.count("<ul>"), found.count("<li>")) == (1, 1, 4)


def test_a_list_begins_with_the_number_that_is_written() -> None:
    assert html("4. four\n5. five").startswith('<ol start="4">')


def test_quotes_dashes_and_dots_are_typographic() -> None:
    assert html("\"Well\" -- 'so'...") == "<p>“Well” – ‘so’…</p>"


def test_code_is_shown_as_it_is_written() -> None:
    assert html('`<b id="x">"y"</b>`') == '<p><code>&lt;b id="x"&gt;"y"&lt;/b&gt;</code></p>'


def test_allowed_html_stays() -> None:
    details = "<details open>\n<summary>More</summary>\n<p>Less <kbd>x</kbd></p>\n</details>"
    assert html(details) == details.replace("open", 'open=""')


def test_headings_are_listed_with_their_anchors() -> None:
    body, _ = render("## Café *life* & `code`\n\n### What?")
    assert body.headings == (Heading(2, "cafe-life-code", "Café life & code"), Heading(3, "what", "What?"))
    assert body.anchors == ("cafe-life-code", "what")


@pytest.mark.parametrize(
    "text",
    ["## A\n\n## A\n\n### A", "## 🎉\n\n## !!!", "## A\n\n## A_1\n\n## A", '## X\n\n<h2 id="x">X</h2>'],
)
def test_no_two_headings_share_an_anchor(text: str) -> None:
    found = re.findall(r' id="([^"]*)"', render(text)[0].html)
    assert found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["# Title\n\nText.", "Title\n=====\n\nText.", "<h1>Title</h1>"])
def test_a_first_level_heading_becomes_a_second_level_one(text: str) -> None:
    body, [remark] = render(text)
    assert (body.headings[0].level, body.headings[0].text) == (2, "Title")
    assert "<h1" not in body.html
    assert remark.code is Code.MAIN_HEADING_IN_TEXT
    assert remark.severity is Severity.WARNING


def test_pictures_and_links_are_listed_as_written() -> None:
    body, _ = render('![ A "robot" ](a.jpg "Its arm") [us](../a b.md?c&d#x) <me@example.org>')
    assert body.pictures == (PictureMark("a.jpg", 'A "robot"', "Its arm"),)
    assert body.links == ("../a b.md?c&d#x", "mailto:me@example.org")


def test_only_ids_are_anchors_and_not_what_looks_like_one() -> None:
    body, _ = render('Write `<p id="x">`.\n\n## Here')
    assert body.anchors == ("here",)


def test_an_id_that_begins_with_an_underscore_is_dropped() -> None:
    body, remarks = render('<h2 id="_main">A</h2>\n\n<ol><li id="_a">B</li></ol>\n\n<sup id="_b">C</sup>')
    assert body.anchors == ()
    assert "_" not in body.html
    assert {remark.code for remark in remarks} == {Code.HTML_REMOVED}


def test_no_state_is_carried_to_the_next_text() -> None:
    alone = render("STEM [a][b] word[^1]")
    render("STEM[^1] [a][b]\n\n*[STEM]: x\n\n[b]: y.md\n[b]: z.md\n\n[^1]: z\n[^1]: y")
    assert render("STEM [a][b] word[^1]") == alone


# -- what is left out -----------------------------------------------------------------------


@pytest.mark.parametrize("text", VECTORS)
def test_nothing_in_a_text_can_run(text: str) -> None:
    for written in (text, f"> * {text}", f"Word {text} word", f"{text}\n\n{text}"):
        body, _ = render(written)
        assert Danger(body.html).found == []
        assert Danger(fill_in(body.html, lambda target: target, no_picture)).found == []


def test_the_safety_check_detects_the_danger_in_these_texts() -> None:
    assert Danger("<p><a href=' java\tscript:x' onclick=y>z</a><svg></svg><!-- c -->").found == [
        "href= java\tscript:x", "onclick", "svg", " c ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<script>x</script>", "<script> was left out."),
        ("<style>x</style>", "<style> was left out."),
        ("<iframe src=x></iframe>", "<iframe> was left out."),
        ("<svg></svg>", "<svg> was left out."),
        ("<math></math>", "<math> was left out."),
        ("<form>x</form>", "<form> was left out."),
        ("<base href=x>", "<base> was left out."),
        ("<meta charset=x>", "<meta> was left out."),
        ("<p onclick=x>y</p>", "onclick= was left out of <p>."),
        ("<p style='color: red'>y</p>", "style= was left out of <p>."),
        ("[x](javascript:y)", "a link was left out because of how its address begins."),
        ("[x](&#106;avascript:y)", "a link was left out because of how its address begins."),
        ("[x](JavaScript:y)", "a link was left out because of how its address begins."),
        ("[x](vbscript:y)", "a link was left out because of how its address begins."),
        ("[x](data:text/html,y)", "a link was left out because of how its address begins."),
        ("[x][y]\n\n[y]: javascript:z", "a link was left out because of how its address begins."),
        ("![x](javascript:y)", "a link was left out because of how its address begins."),
        ("[![x](javascript:y)](z.md)", "a link was left out because of how its address begins."),
        ('[x](javascript:y " href=")', "a link was left out because of how its address begins."),
    ],
)
def test_every_removal_is_reported(text: str, what: str) -> None:
    body, remarks = render(f"Before\n\n{text}\n\nAfter")
    assert [remark.message for remark in remarks] == [what]
    assert remarks[0].severity is Severity.WARNING
    assert body.html.startswith("<p>Before</p>")
    assert body.html.endswith("<p>After</p>")


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_content_of_script_and_style_is_removed_too(tag: str) -> None:
    assert "secret" not in render(f"Before <{tag}>secret</{tag}>\n\n<{tag}>\nsecret\n</{tag}>")[0].html


def test_a_remark_has_the_place_of_its_cause() -> None:
    text = "First [link](a.md)\n\nSecond <ScRiPt>x</ScRiPt>"
    [remark] = render(text)[1]
    assert (remark.at("a.md", text, 10).where.line, remark.at("a.md", text, 10).where.column) == (12, 8)


def test_a_text_that_is_too_long_is_refused() -> None:
    assert said("a" * LONGEST_TEXT) == []
    [refusal] = said("a" * (LONGEST_TEXT + 1))
    assert refusal == f"the text has {LONGEST_TEXT + 1:,} characters; the most is {LONGEST_TEXT:,}."


@pytest.mark.parametrize("mark", ["[", "![", "[^", "*["])
def test_brackets_without_end_are_refused(mark: str) -> None:
    assert said(f"First.\n\n{mark * 4_000}") == ["there are too many brackets in one paragraph."]
    assert said(f"{mark * 90}\n\n" * 5) == []


def test_lists_that_are_nested_too_deeply_are_refused_and_the_next_text_is_not() -> None:
    assert said("1. " * 2000) == ["lists or quotes are nested too deeply."]
    assert html("*fine*") == "<p><em>fine</em></p>"


MADE_BY_MARKDOWN = [
    "a | b | c\n:-- | :-: | --:\n1 | 2 | 3",
    "Word[^1] and word[^1]\n\n[^1]: The note.",
    "Term\n: Definition\n\n    Another paragraph",
    "*[HTML]: Language\n\nHTML",
    "1. one\n\n    * two\n\n    three",
    "7. seven",
    "> ## Quote\n>\n> Text",
    "    code < code",
    "`a < b`",
    "![A robot](robot.jpg 'Its arm')",
    "[![A robot](robot.jpg)](mission.md)",
    "[a](mission.md#x 'Title') <https://example.org> <me@example.org>",
    "[a][b] [b]\n\n[b]: mission.md 'Title'",
    "[see[^2]](mission.md)\n\n[^2]: Note",
    "**a _b_**  \nc\n\n---",
    "\"a\" -- 'b' ... << 5 >> & d",
    "[TOC]",
]


@pytest.mark.parametrize("text", MADE_BY_MARKDOWN)
def test_html_that_markdown_makes_is_never_removed(text: str) -> None:
    assert said(f"{text}\n\n## Heading\n\nFour is < five, see [us](a.md).") == []


MARKS = st.sampled_from(
    [*"abc <>[]()!*_`#-+=|:~^\\\"'&;.1\n\t", "\n\n", "    ", "\n> ", "\n* ", "[^a]", "*[a]: "]
)


TEXTS = st.text(max_size=300) | st.lists(MARKS, max_size=100).map(lambda marks: "".join(marks)[:300])


@given(TEXTS)
@settings(max_examples=200, deadline=None, database=None)
def test_any_text_can_be_rendered_and_always_gives_the_same(text: str) -> None:
    first = render(text)
    render("[^a] *[a]: b")
    assert render(text) == first
    assert Danger(first[0].html).found == []
    lead, sections = cut(first[0].html)
    assert plain(fill_in(lead, no_link, no_picture, "x-")) in plain(first[0].html)
    assert all(heading.level == 2 for heading, _ in sections)


@given(TEXTS.filter(lambda text: not any(mark in text for mark in ("<", "](", "]:"))))
@settings(max_examples=200, deadline=None, database=None)
def test_nothing_is_removed_from_a_text_without_html_and_links(text: str) -> None:
    assert Code.HTML_REMOVED not in {remark.code for remark in render(text)[1]}


# -- finishing ------------------------------------------------------------------------------


def test_a_link_without_a_target_becomes_plain_text() -> None:
    written = html("See [*Maya* & co](maya.md 'Her story'), [us](us.md).")
    finished = fill_in(written, lambda target: "/us/" if target == "us.md" else None, no_picture)
    assert finished == '<p>See <em>Maya</em> &amp; co, <a href="/us/">us</a>.</p>'


def test_a_link_keeps_its_title_and_gets_its_address_escaped() -> None:
    finished = fill_in(html("[us](us.md 'a > b')"), lambda _: '/a&b"c/', no_picture)
    assert finished == '<p><a href="/a&amp;b&quot;c/" title="a &gt; b">us</a></p>'


def test_links_are_passed_on_as_written() -> None:
    asked: list[str] = []
    fill_in(html("[a](x.md?a=1&b=2#c) [d](e%20f.md)"), asked.append, no_picture)
    assert asked == ["x.md?a=1&b=2#c", "e%20f.md"]


def test_a_link_within_a_link_is_a_link_too() -> None:
    nested = '<div><a href="one.md"><table><tr><td><a href="two.md">x</a></td></tr></table></a></div>'
    body, _ = render(nested)
    assert body.links == ("one.md", "two.md")
    assert "two.md" not in fill_in(body.html, no_link, no_picture)
    assert fill_in(body.html, lambda target: f"/{target}", no_picture).count('href="/') == 2


def test_pictures_are_replaced_and_marked_as_block_or_inline() -> None:
    asked: list[tuple[PictureMark, bool]] = []

    def shown(mark: PictureMark, alone: bool) -> str:
        asked.append((mark, alone))
        return "<figure>\\1</figure>"

    finished = fill_in(html('![A](a.jpg "B & C")\n\nWord ![D](d.jpg)'), no_link, shown)
    assert finished == "<figure>\\1</figure>\n<p>Word <figure>\\1</figure></p>"
    assert asked == [(PictureMark("a.jpg", "A", "B & C"), True), (PictureMark("d.jpg", "D", ""), False)]


def test_a_prefix_goes_before_every_anchor_and_every_link_to_one() -> None:
    finished = fill_in(html("## Top\n\n[up](#top) word[^1]\n\n[^1]: Note"), no_link, no_picture, "fair-")
    ids = set(re.findall(r' id="([^"]*)"', finished))
    assert ids == {"fair-top", "fair-fn:1", "fair-fnref:1"}
    assert set(re.findall(r'href="#([^"]*)"', finished)) == ids


def test_a_prefix_changes_no_words() -> None:
    written = html('Write `<p id="x">`.')
    assert fill_in(written, no_link, no_picture, "fair-") == written


def test_without_a_prefix_links_to_anchors_stay_as_they_are() -> None:
    written = html("## Top\n\n[up](#top)")
    assert fill_in(written, no_link, no_picture) == written


# -- sections -------------------------------------------------------------------------------


def test_a_text_is_cut_at_its_second_level_headings() -> None:
    lead, sections = cut(html("Lead.\n\n## One\n\nA\n\n### Sub\n\nB\n\n## Two & *more*"))
    assert lead == "<p>Lead.</p>"
    assert sections == (
        (Heading(2, "one", "One"), '<p>A</p>\n<h3 id="sub">Sub</h3>\n<p>B</p>'),
        (Heading(2, "two-more", "Two & more"), ""),
    )


def test_a_text_without_headings_is_all_lead() -> None:
    assert cut("<p>A</p>") == ("<p>A</p>", ())
    assert cut("") == ("", ())


@pytest.mark.parametrize(
    "inner",
    ["> ## Quoted\n>\n> Text", "* ## Listed", "<div><h2>Boxed</h2></div>", "Term\n:   ## Defined"],
)
def test_a_heading_within_something_else_does_not_cut(inner: str) -> None:
    lead, sections = cut(html(f"{inner}\n\n## Real\n\nText"))
    assert [heading.text for heading, _ in sections] == ["Real"]
    assert "<h2" in lead


def letters(html: str) -> str:
    """Return the text of HTML without any white space."""
    return "".join(plain(html).split())


@pytest.mark.parametrize(
    "text",
    [
        "Lead<br>\nmore\n\n## One\n\n![A](a.jpg)\n\n---\n\n## Two\n\n> ## In\n\nEnd[^1]\n\n[^1]: Note",
        "## One\n\n## Two",
        "<h2>One<div><h2>In</h2>Text</div></h2>\n\n## Two",
        "Text < & > \u2028 é\r\n\r\n## One\r\n\r\nText",
    ],
)
def test_the_sections_add_up_to_the_whole(text: str) -> None:
    whole = render(text)[0].html
    lead, sections = cut(whole)
    pieces = [lead, *(f"{heading.text} {inner}" for heading, inner in sections)]
    assert letters(" ".join(pieces)) == letters(whole)


def test_every_section_is_well_formed() -> None:
    lead, sections = cut(render("<h2>One<div><h2>In</h2>Text</div></h2>\n\n## Two\n\nMore")[0].html)
    for piece in (lead, *(inner for _, inner in sections)):
        assert piece.count("<div>") == piece.count("</div>")
        assert piece.count("<h2") == piece.count("</h2>")


def test_plain_is_the_text_without_tags_and_escapes() -> None:
    assert plain(' <p>a <em title="&gt;">b</em> &amp; &lt;c&gt;</p>\n') == "a b & <c>"
