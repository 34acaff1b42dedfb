"""Card text: lines from cached glyphs, compared with Pillow's own text."""

import pytest
from PIL import Image, ImageChops, ImageDraw

from sitegen.images import card_text
from sitegen.images.card_fonts import DISPLAY, PLAIN

COLOUR, GROUND = "#fdf6e7", "#14213d"


@pytest.mark.parametrize("size", [17, 42, 104])
@pytest.mark.parametrize(
    ("font", "line"),
    [
        (DISPLAY, "“AVATAR, Ta To fjord: I built it.”"),
        (DISPLAY, "Nguyễn Thị Ánh Đào"),
        (DISPLAY, "Łucja Wałęsa-Żółkiewska"),
        (PLAIN, "Ọlámidé Adéṣọlá, Ɓello Ɗan Ƙasa"),
        (PLAIN, "Αθηνά Παπά, ἀρχή ᾧ"),
        (PLAIN, "Олена Шевченко, їжак"),
    ],
)
def test_a_line_looks_as_pillow_draws_it(font: str, line: str, size: int) -> None:
    ours, theirs = (Image.new("RGB", (2000, 200), GROUND) for _ in range(2))
    card_text.draw_line(ours, line, card_text.pen(font, size, COLOUR), 20.3, 140.7)
    loaded = card_text.load(font, size)
    ImageDraw.Draw(theirs).text((20.3, 140.7), line, COLOUR, loaded, anchor="ls")
    difference = ImageChops.difference(ours, theirs)
    # letters that touch are rounded in another order
    assert difference.point(lambda level: level > 1).getbbox() is None
    assert theirs.getcolors() != [(400_000, (20, 33, 61))]


def test_a_combining_accent_stays_over_its_letter() -> None:
    def ink(line: str) -> tuple[int, int, int, int]:
        image = Image.new("L", (200, 200))
        card_text.draw_line(image, line, card_text.Pen(PLAIN, 80, (255,)), 50, 150)
        return image.getbbox() or (0, 0, 0, 0)

    (left, top, right, bottom), accented = ink("ọ"), ink("ọ\u0301")
    assert (accented[0], accented[2:]) == (left, (right, bottom))
    assert accented[1] < top - 5
