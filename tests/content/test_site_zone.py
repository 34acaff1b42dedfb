"""Site zone: the plain line that a command reads says the same as the settings loader."""

import pytest

from sitegen.content import settings, site_zone
from sitegen.core import time_zone
from tests.support.site import SETTINGS, Site
from tests.support.terminal import run

UNNAMED = SETTINGS.replace("short_name: TC\n", "")

WRITTEN = {
    "none": "",
    "plain": "timezone: America/New_York\n",
    "with a comment": "timezone: Asia/Tokyo # here\npage_size: 3\n",
    "a comment alone": "# timezone: Asia/Tokyo\n",
    "both": "# timezone: Asia/Tokyo\ntimezone: Europe/London\n",
    "in quotes": 'timezone: "Asia/Tokyo"\n',
    "a quoted key": '"timezone": Asia/Tokyo\n',
    "an escaped key": '"time\\x7aone": Asia/Tokyo\n',
    "a line of a quoted text": 'short_name: "a\ntimezone: Asia/Tokyo\n  b"\n',
    "a line of an apostrophed text": "short_name: 'a\ntimezone: Asia/Tokyo\n  b'\n",
    "a line of a list": 'topics: ["a", "b\ntimezone: Asia/Tokyo\n c"]\n',
    "a word of a text": "short_name: timezone\ntimezone: Asia/Tokyo\n",
    "an empty value": "timezone:\npage_size: 3\n",
    "Windows line ends": "timezone: Asia/Tokyo\r\npage_size: 3\r\n",
    "no line end": "timezone: Asia/Tokyo",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_command_reads_the_zone_that_the_settings_have(site: Site, written: str) -> None:
    chosen, problems = settings.read(site.write("content/site.yaml", UNNAMED + written).root)
    assert chosen, problems
    assert site_zone.read(site.root) == chosen.timezone


def test_a_misspelt_zone_stops_publishing_and_suggests_the_right_one(site: Site) -> None:
    site.write("content/site.yaml", SETTINGS + "timezone: America/New_Yrok\n").build()
    (problem,) = site.report.problems
    assert (problem.code, problem.hint) == ("not-a-time-zone", 'Did you mean "America/New_York"?')
    assert site.report.site_at_fault


def test_a_misspelt_variable_is_said_unless_the_site_or_the_command_gives_the_day(site: Site) -> None:
    wrong = {"TZ": "America/New_Yrok"}
    done = run(site, "build", **wrong)
    assert (done.returncode, 'Did you mean "America/New_York"?' in done.stderr) == (2, True)
    assert run(site, "build", "--date", "2026-11-21", **wrong).returncode == 0
    site.write("content/site.yaml", SETTINGS + "timezone: America/New_York\n")
    assert run(site, "build", **wrong).returncode == 0


def test_a_withdrawal_does_not_wait_for_a_misspelt_variable(site: Site) -> None:
    done = run(site.story(), "withdraw", "maya-lopez", TZ="America/New_Yrok")
    assert done.returncode == 0
    assert 'TZ is "America/New_Yrok"' in done.stderr


def test_a_story_is_public_from_midnight_in_the_zone_of_the_site(site: Site) -> None:
    for name, live in (("Pacific/Kiritimati", True), ("Pacific/Pago_Pago", False)):
        site.write("content/site.yaml", f"{SETTINGS}timezone: {name}\n")
        site.story(publish=str(time_zone.today("Pacific/Kiritimati")), consent={"until": "2100-01-01"})
        assert run(site, "build").returncode == 0
        assert ("stories/maya-lopez/index.html" in site.public) is live
