"""Card renderer: content of cards, who has one, when they are drawn again."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from sitegen.commands.takedown import find, take_down
from sitegen.consent import gate
from sitegen.images import card_layout, card_renderer, card_text
from sitegen.pipeline.load_site import load_site
from sitegen.pipeline.request import BuildRequest
from sitegen.site import metadata
from tests.support.cards import QUOTE, cards, drawn, ink, sizes
from tests.support.imports import imported
from tests.support.site import TODAY, Site
from tests.support.up_to_date import settled


@pytest.fixture
def site(site: Site) -> Site:
    """An empty site on which cards are drawn."""
    return site.with_cards()


def test_a_story_with_social_consent_has_a_wide_card(site: Site) -> None:
    site.story().build()
    assert sizes(site) == [(1200, 630)]
    assert all(len(data) <= 100_000 for data in cards(site).values())


def test_without_social_consent_there_is_no_card_and_no_reference_to_one(site: Site) -> None:
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
    """Return whether a picture has a bright green pixel."""
    few = Image.open(io.BytesIO(data)).convert("RGB").resize((24, 24)).tobytes()
    return any(few[i + 1] > 200 and few[i] < 90 and few[i + 2] < 90 for i in range(0, len(few), 3))


def test_a_card_shows_no_more_than_the_consent_covers(site: Site) -> None:
    site.story("maya", consent={"covers": "[website, social]"})
    found = load_site(site.root)
    (story,), _ = gate.clear(found.valid.stories, TODAY)
    card = metadata.card_of_story(found.settings, story)
    assert card
    assert (card.name, card.facts) == ("Maya", "Robotics")


def test_a_card_has_quotation_marks_only_round_words_that_the_person_has_said(site: Site) -> None:
    found = load_site(site.story().story("ben-ito", name="Ben Ito", own_words="false").root)
    stories, _ = gate.clear(found.valid.stories, TODAY)
    cards = [metadata.card_of_story(found.settings, story) for story in stories]
    said, ours = "“I build what I wish existed.”", "I build what I wish existed."
    assert {card.words for card in cards if card} == {said, ours}


def test_a_withdrawal_removes_the_cards_and_the_proof_searches_for_them(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", quote="Water is worth measuring.").build()
    before = set(cards(site))
    source = find(site.root, "maya-lopez")
    assert not isinstance(source, str)
    site.page("mission").write("assets/left.html", "".join(f"<img src=/{path}>" for path in before))
    receipt = take_down(BuildRequest(site.root, site.out, TODAY), source, TODAY, lambda _: None)
    assert len(before - set(cards(site))) == 1
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
    assert len(cards(site)) < 7
    assert site.build(clean=True).report.made == made == len(site.public) - 1


def test_cards_can_be_turned_off(site: Site) -> None:
    site.change("content/site.yaml", "cards: true", "cards: false").story().page("mission").build()
    assert cards(site) == {}
    assert "og:image" not in site.read("mission/index.html")


def test_a_card_is_drawn_again_only_when_something_on_it_changes(site: Site) -> None:
    before = cards(site.story().page("mission").build())
    assert cards(site.change("content/stories/maya-lopez.md", "Her story.", "Edited.").build()) == before
    after = cards(site.change("content/stories/maya-lopez.md", "I build", "We build").build())
    assert len(after.keys() - before.keys()) == len(before.keys() - after.keys()) == 1


@pytest.mark.slow
def test_a_build_that_draws_no_card_imports_no_pillow(site: Site) -> None:
    settled(site.story().page("mission")).change("content/stories/maya-lopez.md", "Her story.", "Edited.")
    assert "PIL" not in imported("--root", str(site.root), "build", "--date", str(TODAY))


@pytest.mark.parametrize("quote", ["Yes.", QUOTE, QUOTE + QUOTE, "Pneumonoultramicroscopic" * 8, "W" * 600])
def test_a_quote_of_any_length_stays_in_its_box(quote: str) -> None:
    wide, square = drawn(quote[:600])
    right, (left, top) = wide.width, card_layout.WIDE.words_at
    assert ink(wide, (left, top, right - 30, card_layout.WIDE.name_at[1] - 8)) > 0
    assert ink(wide, (right - 30, 0, right, wide.height)) == 0
    assert ink(wide, (left, card_layout.WIDE.name_at[1] - 8, right, card_layout.WIDE.name_at[1])) == 0
    assert ink(square, (square.width - 30, 0, square.width, square.height)) == 0


def test_a_long_name_takes_a_second_line_rather_than_ending_in_dots() -> None:
    long = "Bartholomew Featherstonehaugh-Wolfeschlegelstein Montgomery"
    left, top = card_layout.WIDE.name_at
    second = (left, top + 45, left + 580, top + 54)
    assert ink(next(drawn("I build.")), second) == 0
    assert ink(next(drawn("I build.", long)), second) > 100


def test_a_noisy_portrait_still_makes_a_small_file(tmp_path: Path) -> None:
    Image.effect_noise((768, 768), 200).convert("RGB").save(tmp_path / "noise.jpg", quality=95)
    card = card_layout.card("“Yes.”", "Maya", "", "Test Collective", "M", 1, "/noise.jpg")
    assert card
    for layout in (card_layout.WIDE, card_layout.SQUARE):
        assert len(card_renderer.draw(card, layout, tmp_path)) <= 100_000


def test_a_card_has_the_same_bytes_whatever_was_drawn_before(tmp_path: Path) -> None:
    Image.radial_gradient("L").convert("RGB").save(tmp_path / "a.jpg")
    texts = [("“Yes.”", "/a.jpg"), (f"“{QUOTE}”", ""), ("“A Wave of Tofu”", "/a.jpg"), ("“No.”", "")]
    cards = [
        card_layout.card(words, f"Maya {tint}", "Junior", "Test Collective", "ML", tint, portrait)
        for tint, (words, portrait) in enumerate(texts)
    ]

    def drawn_in_turn(order: list[int]) -> dict[int, bytes]:
        card_text._glyph.cache_clear()
        card_renderer._canvas.cache_clear()
        return {
            at: card_renderer.draw(card, card_layout.WIDE, tmp_path) for at in order if (card := cards[at])
        }

    first = drawn_in_turn([0, 1, 2, 3])
    assert len(set(first.values())) == 4
    with ThreadPoolExecutor(4) as threads:
        orders = [[3, 2, 1, 0], [1, 3, 0, 2], [2], [0, 3, 1, 2]]
        for again in threads.map(drawn_in_turn, orders):
            assert again == {at: first[at] for at in again}
