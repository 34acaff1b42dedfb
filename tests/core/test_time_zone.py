"""Time zones: names, suggestions, midnight, and what the environment variable TZ may say."""

from datetime import date

import pytest

from sitegen.core import time_zone

MIDNIGHTS = {
    ("America/New_York", date(2026, 11, 26)): "2026-11-26T00:00:00-05:00",
    ("America/New_York", date(2026, 7, 1)): "2026-07-01T00:00:00-04:00",
    ("Africa/Monrovia", date(1930, 1, 1)): "1930-01-01T00:44:30Z",  # an offset with seconds
    ("Africa/Cairo", date(2026, 4, 24)): "2026-04-24T00:00:00+02:00",  # summer time begins at midnight
    ("", date(2026, 1, 1)): "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(("at", "moment"), MIDNIGHTS.items())
def test_midnight_has_the_offset_of_its_zone_and_day(at: tuple[str, date], moment: str) -> None:
    name, day = at
    assert time_zone.midnight(day, name) == moment


SUGGESTED = {
    "America/New_Yrok": "America/New_York",
    "New York": "America/New_York",
    "america/new_york": "America/New_York",
    "America/Philadelphia": None,
    "EST": None,
}


@pytest.mark.parametrize(("written", "meant"), SUGGESTED.items())
def test_a_misspelt_zone_is_none_and_the_nearest_is_suggested(written: str, meant: str | None) -> None:
    assert time_zone.zone(written) is None
    assert time_zone.nearest_zone(written) == meant


ZONES_AND_RULES = ("", "UTC", "EST", "EST5EDT", ":America/New_York", "<-03>3", "/etc/passwd")


@pytest.mark.parametrize("value", ZONES_AND_RULES)
def test_a_zone_or_rule_is_no_misspelt_variable(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", value)
    assert time_zone.misspelt_variable() == ""


@pytest.mark.parametrize("value", ["America/New_Yrok", "Philadelphia", "/no/such/file", "../../etc/passwd"])
def test_anything_else_is_a_misspelt_variable(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", value)
    assert time_zone.misspelt_variable() == value


def test_the_day_differs_between_the_ends_of_the_earth() -> None:
    days = time_zone.today("Pacific/Kiritimati"), time_zone.today("Pacific/Pago_Pago")
    assert days[0] > days[1]  # 25 hours apart
