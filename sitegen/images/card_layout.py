"""Card layout: positions, sizes, colours and addresses of social cards.

A card's name is a digest of its content, so browsers can cache it forever. This module doesn't need Pillow;
`card_renderer` draws.
"""

from dataclasses import dataclass

from sitegen.engine.serialization import digest
from sitegen.images.card_fonts import font, normalized
from sitegen.images.line_breaking import TextBox

Size = tuple[int, int]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


# -- colours --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """The picture that other sites show with a link to a page: address, size in pixels, alternative text."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of one card: background, letters, and the shape behind the initials."""

    ground: str
    letters: str
    shape: str


CREAM, NIGHT = "#fdf6e7", "#14213d"

TINTS = (
    Tint("#b5402a", CREAM, "#f4b72f"),
    Tint("#1b6b66", CREAM, "#f0c9a0"),
    Tint("#5f2a57", CREAM, "#ec7a56"),
    Tint(NIGHT, CREAM, "#55b8ad"),
    Tint("#f4b72f", NIGHT, "#b5402a"),
    Tint("#245a92", CREAM, "#f4b72f"),
)
"""The same, in the same order, as `.tint-0` to `.tint-5` in assets/style.css."""


# -- positions ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of card, in pixels: the picture's box, and text boxes with their top left corners."""

    size: Size
    picture: Box
    words_at: tuple[int, int]
    words: TextBox
    name_at: tuple[int, int]
    name: TextBox
    facts: TextBox
    collective_at: tuple[int, int]
    collective: TextBox


SIZES = (80, 75, 70, 65, 60, 56, 52, 49, 46, 43, 40, 37, 34, 32, 30, 28, 26, 24, 22, 20)
"""Font sizes to try for the words, in pixels."""

WIDE = Layout(
    size=(1200, 630),
    picture=(0, 0, 504, 630),
    words_at=(560, 64),
    words=TextBox(580, 296, (136, 120, 104, 96, 88, *SIZES), 1.13, broken=42),
    name_at=(560, 392),
    name=TextBox(580, 66, (42, 38, 34, 30, 26, 23), 1.15),
    facts=TextBox(580, 128, (28, 26, 24, 22, 20), 1.3),
    collective_at=(560, 558),
    collective=TextBox(580, 26, (24, 22, 20, 18, 16), 1.2),
)
"""For links that are shared: 1200 by 630, as most networks show it."""

SQUARE = Layout(
    size=(1080, 1080),
    picture=(0, 0, 500, 500),
    words_at=(72, 568),
    words=TextBox(936, 344, (152, 140, 128, 116, 104, 96, 88, *SIZES), 1.13, broken=50),
    name_at=(556, 190),
    name=TextBox(452, 132, (60, 56, 52, 48, 44, 40, 37, 34, 31, 28, 26), 1.12, broken=34),
    facts=TextBox(452, 170, (32, 30, 28, 26, 24, 22), 1.3),
    collective_at=(72, 990),
    collective=TextBox(936, 30, (28, 26, 24, 22, 20, 18, 16), 1.2),
)
"""For the campaign's own posts: `sitegen cards` draws it, a build does not."""

DESIGN_VERSION = 2
"""Raise it when cards are drawn differently, so that they get new names."""


# -- cards ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """Content of a card; `portrait` is the address of a square picture, or empty.

    `words` is the largest text, in the given font; `initials` are drawn if there is no portrait.
    """

    words: str
    font: str
    name: str
    facts: str
    collective: str
    initials: str
    tint: int
    portrait: str


def card(
    words: str, name: str, facts: str, collective: str, initials: str, tint: int, portrait: str
) -> Card | None:
    """Return a card; None if the fonts lack one of its characters."""
    words, name, facts = normalized(words), normalized(name), normalized(facts)
    collective, initials = normalized(collective), normalized(initials)
    found = font(words + name)
    if found is None or font(facts + collective + initials) is None:
        return None
    return Card(words, found, name, facts, collective, initials, tint, portrait)


def address(card: Card) -> str:
    """Return the address of a card in its wide shape, the only one that is published."""
    return f"/images/{digest((DESIGN, card))[:24]}-{WIDE.size[0]}.jpg"


DESIGN = digest((DESIGN_VERSION, TINTS, WIDE))


def shared(card: Card) -> SharedPicture:
    """Return a card as Open Graph picture."""
    who = f" {card.name}, {card.collective}." if card.name else f" {card.collective}."
    return SharedPicture(address(card), *WIDE.size, alt=card.words + who)
