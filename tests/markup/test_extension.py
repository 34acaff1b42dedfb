"""Markdown extension: addresses, struck out words, emoji and escapes within a line."""

import pytest

from sitegen.markup.render import render


def paragraph(text: str) -> str:
    """Return the HTML of a line without its paragraph."""
    return render(text)[0].html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://a.example/b_c_d?e=f_g.", "https://a.example/b_c_d?e=f_g"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("**https://a.example/b**", "https://a.example/b"),
        ('"https://a.example/b--c"', "https://a.example/b--c"),
        ("Https://a.example!", "Https://a.example"),
        ("<https://a.example>", "https://a.example"),
        ("~~https://a.example~~", "https://a.example"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ("[https://a.example](https://a.example)", "https://a.example"),
    ],
)
def test_a_bare_address_is_one_link_and_ends_before_punctuation(text: str, address: str) -> None:
    found = paragraph(text)
    assert f'<a href="{address}">{address}</a>' in found
    assert found.count("<a ") == 1


@pytest.mark.parametrize("text", ["www.a.example", "<www.a.example>"])
def test_an_address_without_protocol_is_a_link(text: str) -> None:
    assert paragraph(text) == '<a href="http://www.a.example">www.a.example</a>'


@pytest.mark.parametrize("text", ["`https://a.example`", "https://", "www.", "xhttps://a.example", "a/www.b"])
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert "<a" not in paragraph(text)


def test_words_between_two_tildes_are_struck_out() -> None:
    assert paragraph("~~a *b*~~ ~c~ ~~ d~~") == "<del>a <em>b</em></del> ~c~ ~~ d~~"


def test_the_name_of_an_emoji_becomes_one_and_other_words_between_colons_stay() -> None:
    assert paragraph(":smile: **:+1:** :nothing_such: 10:30:45 `:tada:`") == (
        "😄 <strong>👍</strong> :nothing_such: 10:30:45 <code>:tada:</code>"
    )


def test_a_backslash_shows_any_sign_and_ends_a_line() -> None:
    assert paragraph(r"\$5 \~ \@a \% \"b\" C:\d") == r'$5 ~ @a % "b" C:\d'
    assert paragraph("a\\\nb") == "a<br>\nb"


def test_the_name_of_a_link_may_have_code_in_it() -> None:
    text = "[`Wire`] [`wire`][] [the wire][`wire`] [`tape`]\n\n[`wire`]: wire.md"
    assert paragraph(text).count('href="wire.md"') == 3
    assert paragraph(text).endswith("[<code>tape</code>]")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("``a` b``c ``", "<code>a` b</code>c ``"),
        ("a ``b` c", "a ``b` c"),
        ("`` a `", "`` a `"),
        ("`a``", "`a``"),
        ("```a`` b` c", "```a`` b` c"),
        ("``a`` b ```c``` `d", "<code>a</code> b <code>c</code> `d"),
        ("`` ` `` and `x`", "<code>`</code> and <code>x</code>"),
        ("\\``a`", "`<code>a</code>"),
        ("`a\\`b`", "<code>a\\</code>b`"),
    ],
)
def test_code_ends_at_as_many_backticks_as_it_begins_with(text: str, html: str) -> None:
    assert paragraph(text) == html
