"""Card layout: quotation marks and colors of a card."""

from pathlib import Path

import pytest

from sitegen.core import text
from sitegen.images import card_fonts, card_layout


@pytest.mark.parametrize(
    ("quote", "set_as"),
    [
        ("Why not me?", "“Why not me?”"),
        ("“Why not me?”", "“Why not me?”"),
        ('"Why not me?"', "“Why not me?”"),
        ("“Build,” she said, “and break.”", "““Build,” she said, “and break.””"),
        ("It's what I'd do", "“It’s what I’d do”"),
        ('She said "go" and I went', "“She said “go” and I went”"),
    ],
)
def test_a_quote_has_typographic_quotation_marks(quote: str, set_as: str) -> None:
    assert card_fonts.normalized(text.quoted(quote)) == set_as


def test_cards_have_the_colors_of_the_site() -> None:
    style = (Path(__file__).parents[2] / "assets/style.css").read_text(encoding="utf-8")
    worn = {colour for tint in card_layout.TINTS for colour in (tint.ground, tint.letters, tint.shape)}
    assert {colour for colour in worn if colour not in style} == set()
