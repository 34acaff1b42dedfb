"""Shared corpus: of many stories with common text, a withheld one blocks none."""

import random

from tests.support.site import TODAY, Site, tree
from tests.support.thorough import rounds

WORDS = """
we build robots after school with friends and our team likes water code math design art garden music science
city river health open small large new lab test make learn teach share plan draw solder print measure count
"""
SHARED = (
    "If you want to join our robotics club, write to us any time.",
    "_If you want_ to join our **robotics** club, write to us any time.",
    "Sign up in [our form](https://docs.example.org/forms/d/e/abc/view) before the end of May.",
    "https://docs.example.org/forms/d/e/abc/view is the form for all of us.",
    "Come to the<br>big open house of our team &ndash; every Friday at noon.",
    "Come to the big open house of our team – every Friday at noon.",
    'They said "you can do whatever you want to" and they were right.',
    "They said “you can do whatever you want to” and they were right.",
)
WITHHELD = 0.05


def corpus(site: Site, stories: int, seed: int) -> int:
    """Write stories of random words that share texts, and return how many of them are withheld."""
    chance, withheld = random.Random(seed), 0
    for number in range(stories):
        sentences = [" ".join(chance.choices(WORDS.split(), k=9)).capitalize() + "." for _ in range(6)]
        sentences += chance.sample(SHARED, 3)
        chance.shuffle(sentences)
        is_withheld = chance.random() < WITHHELD
        withheld += is_withheld
        site.story(
            f"s{number}",
            "\n\n".join(sentences),
            name=f"Ana Quex{number}",
            quote=chance.choice((*SHARED[:1], sentences[0])).replace(":", ""),
            consent={"form": f"R-{10_000 + number}", "withdrawn": "2026-06-01" if is_withheld else None},
        )
    return withheld


def test_no_withheld_story_of_many_stops_the_others(site: Site) -> None:
    stories = rounds(100, 500)
    withheld = corpus(site, stories, seed=7)
    site.build()
    assert (site.report.site_at_fault, site.report.held_back) == (False, ())
    assert site.report.published == stories - withheld
    gone = [path.rpartition("/")[2].removesuffix(".md") for path in site.withheld]
    for folder in (site.out, site.root / ".sitegen"):
        everything = b"\n".join(tree(folder).values()).decode("utf-8", "replace")
        for slug in gone:
            assert f"/{slug}/" not in everything
            assert f"Quex{slug[1:]} " not in everything.replace("<", " ")


def test_one_more_withdrawal_among_many_goes_through(site: Site) -> None:
    corpus(site, 30, seed=8)
    before = site.build().report.published
    path = "content/stories/s0.md"
    site.change(path, "  form:", f"  withdrawn: {TODAY}\n  form:").build()
    assert (site.report.published, site.report.site_at_fault) == (before - 1, False)
