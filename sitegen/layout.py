"""The layout of social cards: what stands where on them, in which colours, and what each card is called.

A card is named by a digest of all that is on it, so it can be cached for ever. Nothing here draws;
`easel` does, and needs Pillow for it.
"""

from dataclasses import dataclass

from sitegen.lettering import font, setting
from sitegen.packing import digest
from sitegen.signs import unquoted
from sitegen.typesetting import Room
from sitegen.views import SharedPicture

Size = tuple[int, int]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


# -- colours --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of one card: its ground, the letters on it, and what is to catch the eye."""

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


# -- where things stand ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape of card, in pixels: the picture's place, and rooms for words with their top left corners."""

    size: Size
    picture: Box
    words_at: tuple[int, int]
    words: Room
    name_at: tuple[int, int]
    name: Room
    facts: Room
    collective_at: tuple[int, int]
    collective: Room


SIZES = (80, 75, 70, 65, 60, 56, 52, 49, 46, 43, 40, 37, 34, 32, 30, 28, 26, 24, 22, 20)
"""Pixels, each of which is tried for the words."""

WIDE = Layout(
    size=(1200, 630),
    picture=(0, 0, 504, 630),
    words_at=(560, 64),
    words=Room(580, 296, (136, 120, 104, 96, 88, *SIZES), 1.13, broken=42),
    name_at=(560, 392),
    name=Room(580, 66, (42, 38, 34, 30, 26, 23), 1.15),
    facts=Room(580, 128, (28, 26, 24, 22, 20), 1.3),
    collective_at=(560, 558),
    collective=Room(580, 26, (24, 22, 20, 18, 16), 1.2),
)
"""For links that are shared: 1200 by 630, as most networks show it."""

SQUARE = Layout(
    size=(1080, 1080),
    picture=(0, 0, 500, 500),
    words_at=(72, 568),
    words=Room(936, 344, (152, 140, 128, 116, 104, 96, 88, *SIZES), 1.13, broken=50),
    name_at=(556, 190),
    name=Room(452, 132, (60, 56, 52, 48, 44, 40, 37, 34, 31, 28, 26), 1.12, broken=34),
    facts=Room(452, 170, (32, 30, 28, 26, 24, 22), 1.3),
    collective_at=(72, 990),
    collective=Room(936, 30, (28, 26, 24, 22, 20, 18, 16), 1.2),
)
"""For the campaign's own posts."""

SHAPES = (WIDE, SQUARE)

EDITION = 2
"""Raise it when cards are drawn in another way, so that none keeps the name of an older one."""


# -- cards ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is on a card; `portrait` is the address of a square picture, or empty.

    `words` are what is set largest, in the given font; `initials` stand where there is no portrait.
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
    """Return a card; None where the fonts lack a letter that is to be on it."""
    words, name, facts = setting(words), setting(name), setting(facts)
    collective, initials = setting(collective), setting(initials)
    found = font(words + name)
    if found is None or font(facts + collective + initials) is None:
        return None
    return Card(words, found, name, facts, collective, initials, tint, portrait)


def quoted(quote: str) -> str:
    """Return a quote between quotation marks; those that it has already around it are not doubled."""
    return f"“{unquoted(quote)}”"


def address(card: Card, layout: Layout) -> str:
    """Return the address of a card in one of its shapes."""
    return f"/images/{digest((DESIGN, card))[:24]}-{layout.size[0]}.jpg"


DESIGN = digest((EDITION, TINTS, SHAPES))


def shared(card: Card) -> SharedPicture:
    """Return what the head of a page says of its card."""
    who = f" {card.name}, {card.collective}." if card.name else f" {card.collective}."
    return SharedPicture(address(card, WIDE), *WIDE.size, alt=card.words + who)
