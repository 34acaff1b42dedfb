"""Settings: a mistake in a part that the site can do without leaves out that part alone."""

import errno
from datetime import date

import pytest

from sitegen.cli.options import HELD_BACK, SITE_AT_FAULT, exit_code
from sitegen.engine import file_state
from tests.support.site import SETTINGS, Site

ACCOUNTS = 'social:\n  - name: "Mastodon"\n    url: https://example.org/m\n'
MENU = 'navigation:\n  - label: "Home"\n    to: index.md\n'
DAYS = "  from: 2026-11-01\n  until: 2026-11-30\n"
END = "page_size: 12\n"

BANNERS = {
    "colon": "announcement:\n  text: Join us: Saturday\n" + DAYS,
    "colon in one line": "announcement: Join us: Saturday\n",
    "number sign": "announcement:\n  text: Room #4\n" + DAYS,
    "quote never closed": 'announcement:\n  text: "Join us\n' + DAYS,
    "quote closed too early": 'announcement:\n  text: "Join" us\n' + DAYS,
    "quote never closed, with others below": 'announcement:\n  text: "Join us\n' + DAYS + ACCOUNTS,
    "bracket": "announcement:\n  text: [Join us\n" + DAYS,
    "tab": "announcement:\n\ttext: Join us\n" + DAYS,
    "indent": "announcement:\n  text: Join us\n    from: 2026-11-01\n  until: 2026-11-30\n",
    "sign": "announcement:\n  text: '@all: join us\n" + DAYS,
    "two keys alike": "announcement:\n  text: A\n  text: B\n" + DAYS,
    "a day that is none": "announcement:\n  text: A\n  from: soon\n  until: 2026-11-30\n",
    "days reversed": "announcement:\n  text: A\n  from: 2026-11-30\n  until: 2026-11-01\n",
    "unknown key": "announcement:\n  text: A\n  colour: red\n" + DAYS,
    "dead link": "announcement:\n  text: A\n  link: {label: B, to: nowhere.md}\n" + DAYS,
    "no text": "announcement:\n" + DAYS,
}


@pytest.mark.parametrize("written", BANNERS.values(), ids=BANNERS)
def test_a_mistake_in_the_announcement_leaves_out_the_banner_alone(site: Site, written: str) -> None:
    site.page("index").story().write("content/site.yaml", SETTINGS + written + END).build()
    assert exit_code(site.report) == HELD_BACK, site.messages
    assert site.report.left_out == ("announcement",)
    assert all(problem.where.path == "content/site.yaml" for problem in site.report.problems)
    assert 'class="announcement' not in site.read("index.html")
    assert "stories/maya-lopez/index.html" in site.public
    assert "example.org/m" in site.read("index.html") or ACCOUNTS not in written


ENTRIES = {
    "colon": "  - name: A: B\n    url: https://example.net/a\n",
    "quote never closed": '  - name: "A\n    url: https://example.net/a\n',
    "no address": "  - name: A\n",
    "no scheme": "  - name: A\n    url: example.net/a\n",
    "text": "  - https://example.net/a\n",
    "unknown key": "  - {name: A, adress: https://example.net/a, url: https://example.net/a}\n",
}


@pytest.mark.parametrize("written", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_mistake_in_one_account_leaves_out_that_account_alone(
    site: Site, written: str, is_first: bool
) -> None:
    key, entry = ACCOUNTS.split("\n", 1)
    accounts = key + "\n" + (written + entry if is_first else entry + written)
    site.page("index").write("content/site.yaml", SETTINGS + accounts + MENU + END).build()
    assert exit_code(site.report) == HELD_BACK, site.messages
    assert site.report.left_out == ("social",)
    home = site.read("index.html")
    assert "https://example.org/m" in home
    assert "example.net/a" not in home


@pytest.mark.parametrize(
    "written",
    [
        "- label: A: B\n  to: mission.md\n",
        "- label: A\n  to: misson.md\n",
        "- label: A\n",
        "- {label: A to: mission.md\n",
    ],
)
def test_a_mistake_in_one_entry_of_the_menu_leaves_out_that_entry_alone(site: Site, written: str) -> None:
    menu = (
        f"navigation:\n- label: Our mission\n  to: mission.md\n{written}- label: Home too\n  to: index.md\n"
    )
    site.page("index").page("mission").write("content/site.yaml", SETTINGS + menu + END).build()
    assert exit_code(site.report) == HELD_BACK, site.messages
    assert site.report.left_out == ("navigation",)
    assert "Our mission" in site.read("index.html")
    assert "Home too" in site.read("index.html")


def test_a_mistake_elsewhere_in_the_settings_still_stops(site: Site) -> None:
    banner = BANNERS["colon"]
    for wrong in ("description: A: B\n", "page_size: many\n", "nonsense: 1\n"):
        site.write("content/site.yaml", "name: T\nurl: https://example.org\n" + banner + wrong).build()
        assert exit_code(site.report) == SITE_AT_FAULT
        assert not site.public


def test_a_withdrawal_is_published_with_a_slip_in_the_announcement(site: Site) -> None:
    site.story().build()
    site.story(consent={"withdrawn": "2026-11-20"})
    site.write("content/site.yaml", SETTINGS + BANNERS["colon"]).build()
    assert "stories/maya-lopez/index.html" not in site.public
    site.write("content/site.yaml", SETTINGS + BANNERS["colon"].replace("us:", "us,")).build()
    assert not site.report.problems
    assert "Join us, Saturday" in site.read("stories/index.html")


def test_the_problem_has_the_line_of_the_part(site: Site) -> None:
    written = SETTINGS + MENU.replace("index.md", "index.md\n\n  - label: A: B\n    to: index.md")
    site.page("index").write("content/site.yaml", written).build(date(2026, 11, 21))
    (problem,) = site.report.problems
    assert (problem.where.line, problem.part) == (10, "navigation")


def test_each_of_several_mistakes_leaves_out_its_own_part_alone(site: Site) -> None:
    menu = (
        "navigation:\n  - label: A: B\n    to: index.md\n  - label: Kept\n    to: index.md\n  - label: C: D\n"
    )
    site.page("index").write("content/site.yaml", SETTINGS + menu + BANNERS["colon"] + ACCOUNTS).build()
    assert exit_code(site.report) == HELD_BACK, site.messages
    assert site.report.left_out == ("announcement", "navigation")
    assert [problem.where.line for problem in site.report.problems] == [7, 11, 13]
    assert "Kept" in site.read("index.html")
    assert "https://example.org/m" in site.read("index.html")


def test_thousands_of_mistakes_end_soon(site: Site) -> None:
    menu = "navigation:\n" + "  - label: A: B\n" * 2000
    site.page("index").write("content/site.yaml", SETTINGS + menu).build()
    assert exit_code(site.report) == SITE_AT_FAULT


def test_settings_that_can_not_be_read_are_not_missing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    read = file_state.read

    def failing(file: str) -> bytes:
        if file.endswith("site.yaml"):
            raise PermissionError(errno.EACCES, "Permission denied", file)
        return read(file)

    monkeypatch.setattr(file_state, "read", failing)
    [message] = site.story().build().messages
    assert message.startswith("content/site.yaml: this file can't be read: its permissions")
