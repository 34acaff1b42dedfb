"""Growth: a site four times as large takes four times the work.

Bytecode instructions are counted, not time, so a quadratic step is found with a few dozen files.
"""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from sitegen.commands.check import suggestions
from sitegen.content import pictures
from sitegen.content.discovery import scan
from sitegen.lint import cross_file_rules
from sitegen.pipeline import links as link_check
from sitegen.site import feeds, pages, pagination, taxonomy, terms
from tests.support.opcount import counted, outgrown
from tests.support.site import SETTINGS, TODAY, Site

FEW = 20
MANY = 4 * FEW
TIMES = 4.6
"""The most that the work may grow: the last page of a list may be full or not."""
EACH = 7
"""The same for one function: sorting takes a little more than 4, a quadratic step 16."""

LIMITS = (
    (taxonomy, "MOST_TERMS"),
    (terms, "ON_A_PAGE"),
    (feeds, "ENTRIES"),
    (feeds, "IN_A_SITEMAP"),
    (pages, "NEWEST"),
    (pages, "AT_HOME"),
    (pagination, "FEW"),
    (link_check, "MOST_GUESSES"),
    (pictures, "MOST_GUESSED"),
)
"""Limits that apply above a size: made small, so that both sites exceed them."""


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in LIMITS:
        monkeypatch.setattr(module, name, 5)


def with_many(folder: Path, count: int) -> Site:
    """Write a site with many files of every kind."""
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
    """Return the instructions of a build in this process, and the bytes that it published."""
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


def test_no_step_of_the_suggestions_grows_faster_than_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_file_rules, "MOST_USUAL", 5)

    def work_of(count: int) -> Counter[str]:
        root = with_many(tmp_path / str(count), count).root
        files, _ = scan(root)
        return counted(lambda: list(suggestions(root, files, TODAY)))

    assert outgrown(work_of(FEW), work_of(MANY), EACH) == {}


def looking(count: int) -> tuple[int, int]:
    once_each = sum(1 for _ in range(100 * count))
    return once_each, each_with_each(range(count))


def each_with_each(things: range) -> int:
    return sum(1 for one in things for other in things if one == other)


def test_a_quadratic_step_is_detected() -> None:
    few, many = (counted(partial(looking, count)) for count in (FEW, MANY))
    (name,) = outgrown(few, many, EACH)
    assert "each_with_each" in name
