"""Shared texts: words that a public text says too are no leak."""

import pytest

from tests.support.site import Site, picture

GONE = {"withdrawn": "2026-06-01"}

SAME_TEXT = {
    "emphasis": ("_If you want_ to join our robotics club", "If **you want to join** our robotics club"),
    "emphasis within a word": (
        "My micro**scope** sees tiny things",
        "My microscope sees tiny things",
    ),
    "a link and a bare address": (
        "Fill in [our form](https://docs.example.org/forms/d/e/abc/view).",
        "https://docs.example.org/forms/d/e/abc/view is the form",
    ),
    "a reference link": (
        "Come to our [open workshop day][1] in May\n\n[1]: https://example.org/one/two/three/four/five",
        "Come to our open workshop day in May. https://example.org/one/two/three/four/five",
    ),
    "a break": ("Come to the<br>big open house of our team", "Come to the  \nbig open house of our team"),
    "an entity": ("We like math &amp; art &ndash; every single day", "We like math & art – every single day"),
    "quotation marks": ('He said "come to our big house" today', "He said “come to our big house” today"),
    "a list": ("- one two three\n- four five six\n- seven eight", "One two three four five six seven eight"),
    "a table": (
        "| one two | three four |\n|---|---|\n| five six |",
        "One two three four five six seven",
    ),
    "a comment": ("Join our <!-- x --> club every day after school", "Join our club every day after school"),
    "an escape": (
        "Join robotics\\_club every day after school now",
        "Join robotics_club every day after school",
    ),
    "a soft hyphen": (
        "Join our ro&shy;botics club every day at noon",
        "Join our robotics club every day at noon",
    ),
    "wide letters": (
        "Ｊｏｉｎ our robotics club every day at noon",
        "Join our robotics club every day at noon",
    ),
    "left out tags": ("Join our <font>robotics club</font> every day", "Join our robotics club every day"),
    "a title": (
        'See [x](https://example.org "one two three four five six")',
        "One two three four five six",
    ),
    "a code": ("Join our `robotics club` every day at noon", "Join our robotics club every day at noon"),
    "accents apart": ("Cafe\u0301 talks every day after school now", "Café talks every day after school now"),
    "Japanese": ("ロボット部に入りたい人は来てください。", "ロボット部に入りたい人は来てください。"),
    "a footnote": (
        "Join our club[^1] every day at noon.\n\n[^1]: x",
        "Join our club every day at noon.",
    ),
}


def both(site: Site, public: str, withheld: str, **front: str) -> Site:
    """Build a public and a withheld story with these texts."""
    site.story("ben-ito", public, name="Ben Ito", quote="Water.")
    return site.story("zori", withheld, consent=GONE, **{"name": "Zorilla Quexley", **front}).build()


@pytest.mark.parametrize("shared", SAME_TEXT)
@pytest.mark.parametrize("way", ["as it is", "the other way round"])
def test_a_shared_text_is_no_leak(site: Site, shared: str, way: str) -> None:
    public, withheld = SAME_TEXT[shared] if way == "as it is" else SAME_TEXT[shared][::-1]
    both(site, public, withheld)
    assert (site.report.published, site.report.site_at_fault, site.report.held_back) == (1, False, ())


QUOTES = (
    "One two three four five.",
    "Fields robotics central high",
    "1 story in Robotics",
    "Published on February 1, 2026",
    "More from Central High School",
    "Hear From Our Youth Robotics",
    "We build what we wish",
)


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quote_that_pages_contain_by_chance_is_no_leak(site: Site, quote: str) -> None:
    site.page("we-build-what-we-wish").page("mission", "[Read](we-build-what-we-wish.md)")
    both(site, "See [x](https://example.org/one-two-three/four-five).", "Text.", quote=quote)
    assert (site.report.published, site.report.site_at_fault) == (1, False)


NAMES = (
    "Home Stories",
    "Junior Robotics",
    "Ben Robotics",
    "Grace Hopper",
    "Strong Bdi",
    "Next Story",
    "February 2026",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_pages_put_together_is_no_leak(site: Site, name: str) -> None:
    site.page("networks/grace-hopper", title="Society").story(year="Junior")
    both(site, "**Bdi** it is.", "Text.", name=name)
    assert (site.report.published, site.report.site_at_fault) == (2, False)


def test_a_form_numbered_like_a_day_is_no_leak(site: Site) -> None:
    site.story().story("zori", name="Zorilla Quexley", consent={**GONE, "form": "2026-02"}).build()
    assert (site.report.published, site.report.site_at_fault) == (1, False)


def test_the_text_of_an_asset_is_no_leak(site: Site) -> None:
    site.write("assets/notes.txt", "Plover tides bend amber light over seven quiet harbors. Zorilla Quexley")
    both(site, "Text.", "Plover tides bend amber light over seven quiet harbors.")
    assert (site.report.published, site.report.site_at_fault) == (1, False)
    assert [str(problem.where) for problem in site.report.problems] == ["assets/notes.txt:1:57"]


@pytest.mark.parametrize("used_by", ["nobody", "a public story", "a withheld story"])
def test_a_picture_saved_from_the_site_is_no_leak(site: Site, used_by: str) -> None:
    site.photo("content/stories/ben.png").story(
        "ben-ito", name="Ben Ito", headshot="ben.png", alt="Ben"
    ).build()
    saved = next(data for path, data in sorted(site.public.items()) if path.endswith(".webp"))
    site.write("content/stories/saved.webp", saved)
    if used_by != "nobody":
        consent = GONE if "withheld" in used_by else None
        site.story(headshot="saved.webp", alt="Maya", consent=consent)
    site.build()
    assert (site.report.site_at_fault, site.report.held_back) == (False, ())


def test_a_picture_that_encoding_does_not_change_is_no_leak(site: Site) -> None:
    site.write("content/stories/white.webp", picture((480, 480), "white", ".webp", quality=80))
    site.story(body="![White](white.webp)").build()
    derivative = next(data for path, data in site.public.items() if path.endswith("-480.webp"))
    site.write("content/stories/white.webp", derivative).build()
    assert (site.report.site_at_fault, site.report.published) == (False, 1)
