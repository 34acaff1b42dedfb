"""Cards: what is on them, who has one, and what becomes of them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from sitegen import consent, easel, heads, layout, lettering
from sitegen.order import Order
from sitegen.survey import survey
from sitegen.takedown import find, take_down
from tests.conftest import TODAY, Site, picture
from tests.test_cli import run
from tests.test_speed import imported, settled

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


@pytest.fixture
def site(site: Site) -> Site:
    """An empty site on which cards are drawn."""
    return site.with_cards()


def cards(site: Site) -> dict[str, bytes]:
    """Return the published cards by the end of their names."""
    return {path: data for path, data in site.public.items() if re.search(r"-(1200|1080)\.jpg$", path)}


def sizes(site: Site) -> list[tuple[int, int]]:
    return sorted(Image.open(io.BytesIO(data)).size for data in cards(site).values())


def drawn(words: str, name: str = "Maya Lopez", tint: int = 0) -> Iterator[Image.Image]:
    """Yield a card in both shapes; where there is none, fail."""
    card = layout.card(layout.quoted(words), name, "Junior", "Test Collective", "ML", tint, "")
    assert card
    for data in easel.draw(card, Path()):
        assert len(data) <= 100_000
        yield Image.open(io.BytesIO(data))


def ink(image: Image.Image, box: layout.Box) -> int:
    """Return how many pixels in a box are not of the ground."""
    ground = image.getpixel((image.width - 1, image.height - 1))
    assert isinstance(ground, tuple)
    part = image.crop(box).convert("RGB").tobytes()
    return sum(max(abs(a - b) for a, b in zip(part[i : i + 3], ground, strict=True)) > 90
               for i in range(0, len(part), 3))  # fmt: skip


def test_a_story_with_social_consent_has_a_wide_and_a_square_card(site: Site) -> None:
    site.story().build()
    assert sizes(site) == [(1080, 1080), (1200, 630)]
    assert all(len(data) <= 100_000 for data in cards(site).values())


def test_without_social_consent_there_is_no_card_and_no_word_of_one(site: Site) -> None:
    site.story(consent={"covers": "[website, photo, full-name, school, search]"}).build()
    assert cards(site) == {}
    assert "og:" not in site.read("stories/maya-lopez/index.html")
    assert "twitter:" not in site.read("stories/maya-lopez/index.html")


def test_a_card_shows_the_portrait_only_where_the_consent_covers_it(site: Site) -> None:
    site.photo("content/stories/maya.jpg", colour="#00ff00")
    site.story("maya", headshot="maya.jpg", alt="Maya")
    with_portrait = {shows_green(data) for data in cards(site.build()).values()}
    site.story("maya", headshot="maya.jpg", alt="Maya", consent={"covers": "[website, social]"})
    without = {shows_green(data) for data in cards(site.build()).values()}
    assert (with_portrait, without) == ({True}, {False})


def shows_green(data: bytes) -> bool:
    """Tell whether anything in a picture is bright green."""
    few = Image.open(io.BytesIO(data)).convert("RGB").resize((24, 24)).tobytes()
    return any(few[i + 1] > 200 and few[i] < 90 and few[i + 2] < 90 for i in range(0, len(few), 3))


def test_a_card_says_no_more_than_the_consent_covers(site: Site) -> None:
    site.story("maya", consent={"covers": "[website, social]"})
    found = survey(site.root)
    (story,), _ = consent.clear(found.sound.stories, TODAY)
    card = heads.card_of_story(found.settings, story)
    assert card
    assert (card.name, card.facts) == ("Maya", "Robotics")


def test_a_withdrawn_story_takes_its_cards_with_it_and_the_proof_looks_for_them(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", quote="Water is worth measuring.").build()
    before = set(cards(site))
    found = survey(site.root)
    source = find(found, "maya-lopez")
    assert not isinstance(source, str)
    site.page("mission").write("assets/left.html", "".join(f"<img src=/{path}>" for path in before))
    receipt = take_down(Order(site.root, site.out, TODAY), found, source, TODAY, lambda _: None)
    assert len(before - set(cards(site))) == 2
    assert receipt.proof
    traces = [trace for trace in receipt.proof.traces if trace.path.startswith("public/")]
    assert {trace.path for trace in traces} == {"public/assets/left.html"}
    assert "card" in traces[0].what


def test_pages_and_networks_have_a_card_each(site: Site) -> None:
    site.page("mission").page("networks/ours").page("faq", layout="faq").build()
    assert sizes(site) == [(1200, 630)] * 3


def test_stories_whose_cards_are_the_same_share_one(site: Site) -> None:
    for number in range(7):  # one more than there are colours
        site.story(f"maya-{number}")
    made = site.build().report.made
    assert len(cards(site)) < 14
    assert site.build(clean=True).report.made == made == len(site.public) - 1


def test_a_site_can_do_without_cards(site: Site) -> None:
    site.change("content/site.yaml", "cards: true", "cards: false").story().page("mission").build()
    assert cards(site) == {}
    assert "og:image" not in site.read("mission/index.html")


def test_a_card_is_drawn_again_only_when_something_on_it_changes(site: Site) -> None:
    before = cards(site.story().page("mission").build())
    assert cards(site.change("content/stories/maya-lopez.md", "Her story.", "Mended.").build()) == before
    after = cards(site.change("content/stories/maya-lopez.md", "I build", "We build").build())
    assert len(after.keys() - before.keys()) == len(before.keys() - after.keys()) == 2


def test_a_build_that_draws_no_card_imports_no_pillow(site: Site) -> None:
    settled(site.story().page("mission")).change("content/stories/maya-lopez.md", "Her story.", "Mended.")
    assert "PIL" not in imported("--root", str(site.root), "build", "--date", str(TODAY))


# -- letters --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_set_without_an_empty_box(name: str) -> None:
    card = layout.card(layout.quoted("Why not me?"), name, name, "Test Collective", "AB", 0, "")
    assert card
    assert not lettering.missing(card.name, card.font)
    assert not lettering.missing(card.facts, lettering.PLAIN)


def test_a_text_in_letters_that_no_font_has_gets_no_card_rather_than_empty_boxes(site: Site) -> None:
    site.story(name="李 明").build()
    assert cards(site) == {}
    assert "og:image" not in site.read("stories/maya-lopez/index.html")
    assert "og:title" in site.read("stories/maya-lopez/index.html")


@pytest.mark.parametrize("font", [lettering.DISPLAY, lettering.PLAIN])
def test_the_list_of_letters_is_that_of_the_font(font: str) -> None:
    loaded = easel._font(font, 20)
    box = bytes(loaded.getmask("\ue000"))
    empty = [letter for letter in sorted(lettering._letters(font)) if bytes(loaded.getmask(letter)) == box]
    assert empty == []
    assert lettering.missing("\ue000字", font) == {"\ue000", "字"}


def test_accents_are_composed_whichever_way_they_were_typed() -> None:
    assert lettering.setting("Adéṣola\u0301") == "Adéṣolá"


def test_an_accent_that_stands_apart_is_put_over_its_letter() -> None:
    plain, _ = drawn("Ọ Ọ")
    accented, _ = drawn("Ọ\u0301 Ọ")
    left, top = layout.WIDE.words_at
    above = (left, 0, left + 120, top + 10)
    assert ink(accented, above) > ink(plain, above)


def test_emoji_are_left_out() -> None:
    assert lettering.setting("I ❤️ robots 🤖!") == "I robots!"


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
def test_a_quote_stands_between_real_quotation_marks(quote: str, set_as: str) -> None:
    assert lettering.setting(layout.quoted(quote)) == set_as


@pytest.mark.parametrize("quote", ["Yes.", QUOTE, QUOTE + QUOTE, "Pneumonoultramicroscopic" * 8, "W" * 600])
def test_a_quote_of_any_length_stays_in_its_place(quote: str) -> None:
    wide, square = drawn(quote[:600])
    right, (left, top) = wide.width, layout.WIDE.words_at
    assert ink(wide, (left, top, right - 30, layout.WIDE.name_at[1] - 8)) > 0
    assert ink(wide, (right - 30, 0, right, wide.height)) == 0
    assert ink(wide, (left, layout.WIDE.name_at[1] - 8, right, layout.WIDE.name_at[1])) == 0
    assert ink(square, (square.width - 30, 0, square.width, square.height)) == 0


def test_a_long_name_takes_a_second_line_rather_than_ending_in_dots() -> None:
    long = "Bartholomew Featherstonehaugh-Wolfeschlegelstein Montgomery"
    left, top = layout.WIDE.name_at
    second = (left, top + 45, left + 580, top + 54)
    assert ink(next(drawn("I build.")), second) == 0
    assert ink(next(drawn("I build.", long)), second) > 100


def test_a_noisy_portrait_still_makes_a_small_file(tmp_path: Path) -> None:
    Image.effect_noise((768, 768), 200).convert("RGB").save(tmp_path / "noise.webp", quality=95)
    card = layout.card("“Yes.”", "Maya", "", "Test Collective", "M", 1, "/noise.webp")
    assert card
    assert all(len(data) <= 100_000 for data in easel.draw(card, tmp_path))


def test_cards_wear_the_colours_of_the_site() -> None:
    style = (Path(__file__).parents[1] / "assets/style.css").read_text(encoding="utf-8")
    worn = {colour for tint in layout.TINTS for colour in (tint.ground, tint.letters, tint.shape)}
    assert {colour for colour in worn if colour not in style} == set()


# -- collecting -----------------------------------------------------------------------------


def collect(site: Site, folder: Path) -> tuple[int, str]:
    done = run(site, "cards", "--out", str(folder), "--date", str(TODAY))
    return done.returncode, done.stdout + done.stderr


def test_square_cards_are_collected_with_their_words(site: Site, tmp_path: Path) -> None:
    site.photo("content/stories/maya-lopez.jpg")
    site.story(headshot="maya-lopez.jpg", alt="Maya at her bench").story("ben", name="Ben Ito", quote="Why?")
    code, said = collect(site, tmp_path / "cards")
    assert code == 0
    assert "Collected 2 cards" in said
    assert said.splitlines()[-1].startswith("Next: ")
    assert Image.open(io.BytesIO((tmp_path / "cards/maya-lopez.jpg").read_bytes())).size == (1080, 1080)
    words = (tmp_path / "cards/maya-lopez.txt").read_text()
    assert "Maya at her bench. “I build what I wish existed.” Maya Lopez, Robotics" in words
    assert "Read the whole story: https://example.org/stories/maya-lopez/" in words


def test_collecting_leaves_what_is_not_ours_and_takes_back_what_may_not_be_shared(
    site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "cards"
    for slug in ("ana", "ben", "cleo"):
        site.story(slug, name=f"{slug.title()} Reed")
    folder.mkdir()
    (folder / "ana.jpg").write_bytes(picture((9, 9)))
    assert "ana.jpg: left as it is" in collect(site, folder)[1]
    (folder / "ben.txt").write_text("my own caption")
    site.story("ben", name="Ben Reed", consent={"withdrawn": TODAY})
    site.story("cleo", name="Cleo Reed", consent={"covers": "[website, full-name]"})
    said = collect(site, folder)[1]
    assert "ben.txt: delete this by hand" in said
    assert {file.name for file in folder.iterdir()} == {".sitegen-cards", "ana.jpg", "ana.txt", "ben.txt"}
    assert (folder / "ana.jpg").read_bytes() == picture((9, 9))
    assert "ben.txt: delete this by hand" in collect(site, folder)[1]


def test_a_card_that_no_font_can_set_is_told_when_collecting(site: Site, tmp_path: Path) -> None:
    said = collect(site.story(name="李 明"), tmp_path / "cards")[1]
    assert "content/stories/maya-lopez.md: no card; the fonts don't have 明 李." in said


@pytest.mark.parametrize("folder", ["public", "public/cards", "content", "."])
def test_cards_are_never_collected_into_the_site_itself(site: Site, folder: str) -> None:
    code, said = collect(site.story(), site.root / folder)
    assert code == 2
    assert "Name another folder" in said


def test_the_day_decides_which_cards_are_collected(site: Site, tmp_path: Path) -> None:
    site.story()
    done = run(site, "cards", "--out", str(tmp_path / "cards"), "--date", "2027-01-11")
    assert "Collected 0 cards" in done.stdout + done.stderr
