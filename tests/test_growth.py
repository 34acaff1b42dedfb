"""A site four times as large is four times the work: nothing here looks at a clock.

Steps are counted, so one that looks at everything for each thing is found with a few dozen things already.
"""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from sitegen import comparison, desk, directory, feeds, pages, pagination, references, taxonomy
from sitegen.proofreading import advised
from sitegen.scan import scan
from tests.conftest import SETTINGS, Site
from tests.work import counted, outgrown

FEW = 20
MANY = 4 * FEW
TIMES = 4.6
"""How often the work for few may go into that for many: the last page of a list may be full or not."""
EACH = 7
"""The same for one function: sorting takes it a little more than four, looking at all for each sixteen."""

LIMITS = (
    (taxonomy, "MOST_TERMS"),
    (directory, "ON_A_PAGE"),
    (feeds, "ENTRIES"),
    (feeds, "IN_A_SITEMAP"),
    (pages, "NEWEST"),
    (pages, "AT_HOME"),
    (pagination, "FEW"),
    (references, "MOST_GUESSES"),
    (desk, "MOST_GUESSED"),
)
"""What is the same for every site above a size: made small, so that both sites are above it."""


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for room, name in LIMITS:
        monkeypatch.setattr(room, name, 5)


def with_many(folder: Path, count: int) -> Site:
    """Write a site with many of everything that there can be many of."""
    site = Site(folder).write("content/site.yaml", f"{SETTINGS}page_size: 5\n")
    for number in range(count):
        site.story(
            f"story-{number}",
            f"After [her](story-{(number + 1) % count}.md), [all](/stories/hub/) came to workshop {number}.",
            name=f"Maya Number{number}",
            date=f"2026-01-{number % 28 + 1:02}",
            school=f"School {number}",
            topics=f"[Rivers, Topic {number}]",
            quote=f"Sentence {number} is mine.",
        )
        site.story(
            f"withheld-{number}",
            f"What was said on day {number} of the camp stays among those who were there.",
            consent={"withdrawn": "2026-06-01"},
            name=f"Ana Hidden{number}",
        )
        site.story(
            f"broken-{number}", f"See [this](nowhere-{number}.md).", headshot=f"no-{number}.jpg", alt="A"
        )
        site.page(f"page-{number}", "## One\n\nText.", aliases=f"[/old/{number}/]")
        site.page(f"networks/network-{number}")
        front = f"title: Table {number}\ndate: 2026-01-01\npeople: false"
        site.write(f"content/members-in-action/item-{number}.md", f"---\n{front}\n---\nText.\n")
        site.write(f"content/stories/other-{number}.jpg", b"")
    links = " ".join(
        f"[Her](story-{number}.md) we met at the workshop in spring, and again." for number in range(count)
    )
    site.story("hub", links, name="Ben Hub")
    questions = "\n\n".join(
        f"## Question {number}?\n\nYes, as was said [here](#question-{number}), and by others."
        for number in range(count)
    )
    return site.page("faq", questions, layout="faq")


def work(site: Site) -> Counter[str]:
    """Return the steps of a build in this process, and the bytes that it published."""
    steps = counted(lambda: site.build(workers=1))
    assert site.report.published > 1, site.messages
    steps["bytes"] = sum(map(len, site.public.values()))
    return steps


@pytest.mark.usefixtures("small_limits")
def test_no_step_of_a_build_grows_faster_than_the_site(tmp_path: Path) -> None:
    few, many = (work(with_many(tmp_path / str(count), count)) for count in (FEW, MANY))
    assert outgrown(few, many, EACH) == {}
    assert many.total() <= TIMES * few.total()
    assert many["bytes"] <= TIMES * few["bytes"]


def test_no_step_of_the_advice_grows_faster_than_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MOST_USUAL", 5)

    def work_of(count: int) -> Counter[str]:
        root = with_many(tmp_path / str(count), count).root
        shelf, _ = scan(root)
        return counted(lambda: list(advised(root, shelf)))

    assert outgrown(work_of(FEW), work_of(MANY), EACH) == {}


def looking(count: int) -> tuple[int, int]:
    once_each = sum(1 for _ in range(100 * count))
    return once_each, each_with_each(range(count))


def each_with_each(things: range) -> int:
    return sum(1 for one in things for other in things if one == other)


def test_a_step_that_looks_at_everything_for_each_thing_is_noticed() -> None:
    few, many = (counted(partial(looking, count)) for count in (FEW, MANY))
    (name,) = outgrown(few, many, EACH)
    assert "each_with_each" in name
