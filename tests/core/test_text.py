"""Text: folding, for comparison of texts that readers take for the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.text import DEFAULT_IGNORABLE, fold, line, skeleton, unquoted, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ada Park", "ada park"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Jose\u0301", "josé"),
        ("ＡＤＡ", "ada"),
        ("ﬁeld", "field"),
        ("℻", "fax"),
        ("A\u200bd\u00ada\ufe0f", "ada"),
        ("Ada\u3164", "ada"),
        ("Ada\U000e0041", "ada"),
        ("Ada\u00a0Park", "ada park"),
        ("Σίσυφος", "σίσυφοσ"),
    ],
)
def test_folding_leaves_what_distinguishes_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_stable_and_takes_equal_texts_for_one(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.casefold()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)
    assert skeleton(skeleton(text)) == skeleton(text) == skeleton(fold(text))


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_is_folded_as_all_text_is(text: str) -> None:
    assert fold(text) == fold(text + "é").removesuffix("é")
    assert line(text) == line(f"{text} é").removesuffix("é").rstrip()


def test_ignorable_characters_are_those_of_unicode() -> None:
    found = [code for code in range(0x110000) if DEFAULT_IGNORABLE.match(chr(code))]
    assert (len(found), found[0], found[-1]) == (4174, 0xAD, 0xE0FFF)


@pytest.mark.parametrize(
    ("one", "other"), [("Zoë", "ZOE"), ("Nguyễn", "nguyen"), ("José", "Jose\u0301"), ("Ａｄａ́", "ada")]
)
def test_a_skeleton_ignores_accents(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_words_are_folded_and_an_apostrophe_splits_none() -> None:
    assert words("“Don’t stop”, said Zoë O'Neil!") == ("dont", "stop", "said", "zoë", "oneil")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("“I build.”", "I build."),
        ("„Ich baue.“", "Ich baue."),
        (' "I build." ', "I build."),
        ("“I” and “you”", "“I” and “you”"),
        ("“I build.", "“I build."),
    ],
)
def test_quotation_marks_around_the_whole_of_a_text_go(text: str, bare: str) -> None:
    assert unquoted(text) == bare
