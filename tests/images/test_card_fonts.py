"""Card fonts: each text is set in a font that has all its letters."""

import pytest

from sitegen.core import text
from sitegen.images import card_fonts, card_layout, card_text
from tests.support.cards import NAMES, cards, drawn, ink
from tests.support.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    """An empty site on which cards are drawn."""
    return site.with_cards()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_without_an_empty_box(name: str) -> None:
    card = card_layout.card(text.quoted("Why not me?"), name, name, "Test Collective", "AB", 0, "")
    assert card
    assert not card_fonts.missing(card.name, card.font)
    assert not card_fonts.missing(card.facts, card_fonts.PLAIN)


def test_a_text_that_no_font_covers_gets_no_card(site: Site) -> None:
    site.story(name="李 明").build()
    assert cards(site) == {}
    assert "og:image" not in site.read("stories/maya-lopez/index.html")
    assert "og:title" in site.read("stories/maya-lopez/index.html")


@pytest.mark.parametrize("font", [card_fonts.DISPLAY, card_fonts.PLAIN])
def test_the_list_of_letters_is_that_of_the_font(font: str) -> None:
    loaded = card_text.load(font, 20)
    box = bytes(loaded.getmask("\ue000"))
    empty = [letter for letter in sorted(card_fonts._letters(font)) if bytes(loaded.getmask(letter)) == box]
    assert empty == []
    assert card_fonts.missing("\ue000字", font) == {"\ue000", "字"}


def test_accents_are_composed_however_they_were_typed() -> None:
    assert card_fonts.normalized("Adéṣola\u0301") == "Adéṣolá"


def test_a_combining_accent_is_drawn_over_its_letter() -> None:
    plain, _ = drawn("Ọ Ọ")
    accented, _ = drawn("Ọ\u0301 Ọ")
    left, top = card_layout.WIDE.words_at
    above = (left, 0, left + 120, top + 10)
    assert ink(accented, above) > ink(plain, above)


def test_emoji_are_left_out() -> None:
    assert card_fonts.normalized("I ❤️ robots 🤖!") == "I robots!"
