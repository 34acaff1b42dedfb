"""Pagination: few links, and every page within a few clicks."""

import pytest

from sitegen.site.pagination import addresses, pages_of, pagination


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (24, 1), (25, 2), (48, 2), (49, 3)])
def test_a_list_takes_as_few_pages_as_its_entries_need(count: int, pages: int) -> None:
    assert pages_of(count, 24) == pages == len(list(addresses("/stories/", count, 24)))


def test_short_lists_lead_to_the_next_page_and_the_one_before_only() -> None:
    shown = pagination("/stories/", 2, 10)
    assert (shown.previous, shown.next, shown.leaps) == ("/stories/", "/stories/page/3/", ())


def test_long_lists_lead_to_pages_far_away_too() -> None:
    leaps = pagination("/stories/", 250, 4_167).leaps
    assert [page.number for page in leaps] == [1, 150, 240, 260, 350, 1_250, 4_167]
    assert leaps[0].address == "/stories/"
    assert leaps[-1].address == "/stories/page/4167/"


def test_every_page_of_a_long_list_is_a_few_leaps_away() -> None:
    total = 500
    steps = {1: 0}
    ahead = [1]
    while ahead:
        number = ahead.pop(0)
        near = {n for n in (number - 1, number + 1) if 1 <= n <= total}
        for other in near | {page.number for page in pagination("/", number, total).leaps}:
            if other not in steps:
                steps[other] = steps[number] + 1
                ahead.append(other)
    assert len(steps) == total
    assert max(steps.values()) <= 12
