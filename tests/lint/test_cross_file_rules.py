"""Rules across files: near-duplicate stories and nearly equal terms."""

from tests.support.check import PATH, advice
from tests.support.site import Site


def test_a_field_nearly_equal_to_a_common_one_is_reported(site: Site) -> None:
    for slug in ("ana", "ben"):
        site.story(slug, name=f"{slug.title()} Reed", topics="[Mentoring]", body=f"{slug}.")
    site.story(field="Robotcs", topics="[art, mentoring]")
    assert advice(site) == [
        f'{PATH}:4:8: field "Robotcs" is nearly "Robotics", which 2 stories have. '
        "Write it the same way, if it is the same.",
        f'{PATH}:7:15: topics "mentoring" is nearly "Mentoring", which 2 stories have. '
        "Write it the same way, if it is the same.",
    ]


def test_two_nearly_equal_stories_are_reported(site: Site) -> None:
    text = "It began with a toaster that nobody wanted. Then a robot came that everybody wanted to see."
    site.story("ana", text, name="Ana Reed").story("ben", f"{text} And a last one.", name="Ben Ito")
    site.story("cy", "Something altogether different happened to me. It was a long day.", name="Cy Moe")
    assert advice(site) == [
        "content/stories/ben.md:1:1: this story is nearly the same as content/stories/ana.md. "
        "Remove one of them, if they are one story."
    ]


def test_a_copy_with_every_sentence_edited_is_reported(site: Site) -> None:
    text = (
        "It began with a toaster that nobody wanted to have. Then a robot came that everybody wanted to see."
    )
    site.story("ana", text, name="Ana Reed")
    site.story("ben", text.replace("toaster", "kettle").replace("robot", "radio"), name="Ben Ito")
    (said,) = advice(site)
    assert said.startswith(
        "content/stories/ben.md:1:1: this story is nearly the same as content/stories/ana.md."
    )


def test_common_phrases_make_no_stories_similar(site: Site) -> None:
    for number in range(25):
        own = f"My own part number {number} was to carry {number} boxes up to floor {number} every day."
        site.story(f"s{number}", f"I joined the collective to learn how things are made. {own}")
    assert [line for line in advice(site) if "nearly the same" in line] == []
