"""Social cards of a site, and their pixels."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from sitegen.core import text as core_text
from sitegen.images import card_layout, card_renderer
from tests.support.site import Site

NAMES = (
    "Nguyễn Thị Ánh Đào",
    "Łucja Wałęsa-Żółkiewska",
    "Ọlámidé Tèmítọ́pẹ́ Adéṣọlá-Ẹ̀bùn",
    "Þórður Çelik Ñuñez Œuvre",
    "Ɓello Ɗan Ƙasa",
    "Αθηνά Παπά",
    "Олена Шевченко",
)


QUOTE = (
    "The first time I soldered two wires together and the light came on, I thought: somebody made every "
    "single thing in this room, and nobody told me that it could be me. Now I tell every girl in my "
    "building, because they should hear it from a person who has burned her fingers too."
)


def cards(site: Site) -> dict[str, bytes]:
    """Return the published cards by their paths, of either size."""
    return {path: data for path, data in site.public.items() if re.search(r"-(1200|1080)\.jpg$", path)}


def sizes(site: Site) -> list[tuple[int, int]]:
    return sorted(Image.open(io.BytesIO(data)).size for data in cards(site).values())


def drawn(words: str, name: str = "Maya Lopez", tint: int = 0) -> Iterator[Image.Image]:
    """Yield a card in both shapes; fail if it can't be drawn."""
    card = card_layout.card(core_text.quoted(words), name, "Junior", "Test Collective", "ML", tint, "")
    assert card
    for layout in (card_layout.WIDE, card_layout.SQUARE):
        data = card_renderer.draw(card, layout, Path())
        assert len(data) <= 100_000
        yield Image.open(io.BytesIO(data))


def ink(image: Image.Image, box: card_layout.Box) -> int:
    """Return the number of pixels in a box that are not of the background color."""
    ground = image.getpixel((image.width - 1, image.height - 1))
    assert isinstance(ground, tuple)
    part = image.crop(box).convert("RGB").tobytes()
    return sum(max(abs(a - b) for a, b in zip(part[i : i + 3], ground, strict=True)) > 90
               for i in range(0, len(part), 3))  # fmt: skip
