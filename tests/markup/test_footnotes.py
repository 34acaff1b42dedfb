"""Footnotes: each part of a text has the ones that it refers to."""

from markupsafe import Markup

from sitegen.markup import footnotes
from sitegen.markup.render import render
from sitegen.markup.sections import cut
from tests.support.site import Site

TEXT = """\
Lead[^a].

## One

First[^b] and second[^c].

## Two

Third[^d], again[^a].

## Three

None.

[^a]: Of the lead.
[^b]: Of one.

    - in a list
[^c]: See[^e].
[^d]: Of two.
[^e]: Of a note.
"""


def test_a_footnote_belongs_to_the_part_that_refers_to_it_first() -> None:
    lead, sections = cut(render(TEXT)[0].html)
    one, two, three = (html for _, html in sections)
    assert "Of the lead." in lead
    assert all(words in one for words in ("Of one.", "<li>in a list</li>", "See", "Of a note."))
    assert "Of two." in two
    assert "Of the lead." not in two
    assert three == "<p>None.</p>"


def test_a_footnote_keeps_its_number_and_every_part_is_well_formed() -> None:
    lead, sections = cut(render(TEXT)[0].html)
    one, two, _ = (html for _, html in sections)
    assert '<li id="fn:a">' in lead
    assert '<li value="2" id="fn:b">' in one
    assert '<li id="fn:c">' in one
    assert '<li value="5" id="fn:e">' in one
    assert '<li value="4" id="fn:d">' in two
    for part in (lead, one, two):
        assert all(
            part.count(f"<{tag}") == part.count(f"</{tag}>") for tag in ("div", "ol", "li", "ul", "sup")
        )


def test_a_footnote_without_a_reference_stays_at_the_end() -> None:
    _, sections = cut(render("## One\n\nA\n\n## Two\n\nB\n\n[^x]: Lost.")[0].html)
    assert "Lost." in sections[1][1]


def test_what_only_looks_like_footnotes_stays_where_it_is() -> None:
    text = '## One\n\nA[^1]\n\n<div class="footnote">\n<hr>\n<ol>\n<li><li id="b">x</ol>\n</div>'
    lead, sections = cut(render(text)[0].html)
    assert (lead, len(sections)) == ("", 1)
    assert "x" in sections[0][1]


def test_a_text_without_footnotes_has_no_marks() -> None:
    assert footnotes.without(Markup("<p>a</p>")) == "<p>a</p>"
    assert "fn" not in footnotes.without(Markup(render("A[^1] b[^1]\n\n[^1]: C")[0].html))


def test_the_answers_of_a_faq_have_their_footnotes_and_none_in_linked_data(site: Site) -> None:
    site.page("faq", "## Why?\n\nThis[^1].\n\n## How?\n\nThat.\n\n[^1]: Note.", layout="faq").build()
    page = site.read("faq/index.html")
    assert site.messages == []
    assert '"text":"This."' in page
    assert '"text":"That."' in page
    assert page.index("Note.") < page.index("How?", page.index("Why?", page.index("<main")))


def test_no_answer_has_footnotes_in_linked_data_whatever_their_numbers(site: Site) -> None:
    body = "## A?\n\nOne[^a].\n\n## B?\n\nTwo[^b] and three[^c].\n\n[^a]: Of a.\n[^b]: Of b.\n[^c]: Of c.\n"
    page = site.page("faq", body, layout="faq").build().read("faq/index.html")
    assert '"text":"Two and three."' in page
    assert page.index("<p>Of b.") > page.index("B?</h2>")


def test_a_mark_in_a_heading_is_not_shown_and_its_footnote_belongs_to_the_section() -> None:
    text = "Lead.\n\n## One[^a]?\n\nText.\n\n## Two\n\nMore.\n\n[^a]: Of one.\n"
    _, ((one, html), (two, last)) = cut(render(text)[0].html)
    assert (one.text, two.text, "Of one." in html, "Of one." in last) == ("One?", "Two", True, False)
    assert "fnref" not in html


def test_a_picture_in_a_section_ends_no_later_one(site: Site) -> None:
    body = "## A?\n\n![Tile](tile.jpg)\n\n## B?\n\n- [ ] To do.\n\n## C?\n\nText.\n"
    page = site.photo("content/tile.jpg").page("faq", body, layout="faq").build().read("faq/index.html")
    assert [f"<summary><h2>{name}?</h2>" in page for name in "ABC"] == [True] * 3
