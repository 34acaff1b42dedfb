"""Consent calendar: an event on the last day of each consent, without names."""

import re

from sitegen.commands import consent_calendar, consent_register
from tests.support import terminal
from tests.support.desk import opened
from tests.support.site import TODAY, Site, person


def calendar(site: Site) -> str:
    """Return the calendar of a site."""
    register = consent_register.read(site.root, site.out, TODAY)
    return consent_calendar.calendar(register).decode()


def test_each_consent_has_an_event_with_three_reminders(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", draft="true")
    text = calendar(site.story("ada-li", name="Ada Li", consent={"until": "2027-03-31"}))
    assert re.findall(r"SUMMARY:(.*)\r\n", text) == [
        "Last day of consent: ada-li",
        "Last day of consent: maya-lopez",
    ]
    assert "DTSTART;VALUE=DATE:20270331\r\nDTEND;VALUE=DATE:20270401\r\n" in text
    assert re.findall(r"TRIGGER:(.*)\r\n", text) == ["-P90D", "-P30D", "-P7D"] * 2
    assert text.count("BEGIN:") == text.count("END:") == 1 + 2 + 6
    assert "Maya Lopez" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")


def test_an_event_is_the_same_one_after_its_day_has_moved(site: Site) -> None:
    first = calendar(site.group(people=[person("Ada Li"), person("Ben Ito")]))
    second = calendar(site.group(people=[person("Ada Li", "", {"until": "2028-01-01"}), person("Ben Ito")]))
    names = re.findall(r"UID:(.*)\r\n", first)
    assert len(set(names)) == 2
    assert names == re.findall(r"UID:(.*)\r\n", second)
    assert "20280101" in second


def test_a_long_line_is_folded_between_characters(site: Site) -> None:
    text = calendar(site.story("é" * 60))
    assert text.replace("\r\n ", "").count("é" * 60) == 4
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_command_writes_it_and_the_desk_offers_it(site: Site) -> None:
    done = terminal.run(site.story(), "consent", "--on", str(TODAY), "--ics", str(site.root / "c.ics"))
    assert done.returncode == 0, done.stderr
    assert (site.root / "c.ics").read_bytes().decode() == calendar(site)
    with opened(site) as desk:
        assert 'href="/_desk/consent.ics" download' in desk.read("/_desk/")
        assert desk.read("/_desk/consent.ics") == calendar(site)
