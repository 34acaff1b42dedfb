"""Consent register: who is public, until when, and the next change by date."""

import itertools
import json
from datetime import date

from sitegen.commands import consent_register
from tests.support.site import TODAY, Site
from tests.support.terminal import run


def read(site: Site, day: date = TODAY) -> consent_register.Register:
    """Return the register of a site."""
    return consent_register.read(site.root, site.out, day)


def test_the_register_shows_who_is_public_and_until_when(site: Site) -> None:
    site.story(consent={"until": "2027-03-01"}).story("ben-ito", name="Ben Ito", expire="2027-02-01").build()
    found = read(site)
    assert [(entry.path, entry.last) for entry in found.published] == [
        ("content/stories/ben-ito.md", date(2027, 1, 10)),
        ("content/stories/maya-lopez.md", date(2027, 3, 1)),
    ]


def test_the_register_names_the_public_page_in_place_of_a_signed_form(site: Site) -> None:
    page = "https://example.org/stories"
    site.story(consent={"form": "Public-Source", "source": page}).story("ben-ito", name="Ben Ito")
    assert [entry.source for entry in read(site).published] == ["", page]
    shown = " ".join(run(site, "consent", "--on", str(TODAY)).stdout.split())
    assert "no signed form, published at" in shown
    made = json.loads(run(site, "consent", "--on", str(TODAY), "--json").stdout)
    assert [entry.get("source") for entry in made["published"]] == [None, page]


def test_a_future_withdrawal_ends_the_day_before(site: Site) -> None:
    site.story(consent={"withdrawn": "2026-12-24"})
    assert read(site).published[0].last == date(2026, 12, 23)


def test_the_register_shows_who_is_withheld_and_why(site: Site) -> None:
    site.story(draft="true").story("ben-ito", name="Ben Ito", date="soon")
    assert [(entry.path, entry.reason) for entry in read(site).withheld] == [
        ("content/stories/ben-ito.md", "there is a mistake in it"),
        ("content/stories/maya-lopez.md", "the file says draft: true"),
    ]


def test_the_register_shows_what_ends_soon(site: Site) -> None:
    site.story(consent={"until": "2026-12-20"}).story(
        "ben-ito", name="Ben Ito", consent={"until": "2027-01-19"}
    )
    found = read(site)
    assert [len(found.ending(days)) for days in consent_register.HORIZONS] == [1, 2, 2]


def test_the_next_change_is_the_first_day_on_which_anything_differs(site: Site) -> None:
    assert read(site.page("index")).next_change is None
    assert read(site.story()).next_change == date(2027, 1, 11)
    site.story("ben-ito", name="Ben Ito", publish="2026-12-01")
    assert read(site).next_change == date(2026, 12, 1)
    # the dates of a draft change nothing that is public
    site.story("cy-moe", name="Cy Moe", publish="2026-11-25", draft="true")
    assert read(site).next_change == date(2026, 12, 1)


def test_an_announcement_changes_the_site_too(site: Site) -> None:
    banner = "announcement:\n  text: Come\n  from: 2026-11-01\n  until: 2026-11-24\n"
    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + banner)
    assert read(site).next_change == date(2026, 11, 25)


def test_on_every_next_change_the_site_changes_and_not_before(site: Site) -> None:
    site.story(consent={"given": "2026-11-23", "until": "2026-11-30"})
    site.story("ben-ito", name="Ben Ito", publish="2026-11-25", consent={"withdrawn": "2026-11-28"})

    def public(day: date) -> set[str]:
        return {entry.path for entry in read(site, day).published}

    days = [date(2026, 11, 21 + number) for number in range(10)]
    changed = [after for before, after in itertools.pairwise(days) if public(before) != public(after)]
    result = [day for day in days[1:] if read(site, date(2026, 11, day.day - 1)).next_change == day]
    assert result == changed


def test_consent_that_ended_since_the_last_build_is_exit_3(site: Site) -> None:
    site.story().page("index").build()
    assert run(site, "consent", "--on", "2026-11-22").returncode == 0
    done = run(site, "consent", "--on", "2027-01-11", "--json")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert result["ended"] == ["/stories/maya-lopez/"]
    assert result["withheld"][0]["reason"] == "the consent ended on 2027-01-10"
    assert set(result) == {"day", "published", "withheld", "ending", "next_change", "ended"}
    site.build(date(2027, 1, 11))
    assert run(site, "consent", "--on", "2027-01-11").returncode == 0


def test_an_item_whose_consent_ended_is_reported_too(site: Site) -> None:
    front = "title: Fair\ndate: 2026-01-02\npeople: true\nconsent:\n  given: 2026-01-02\n"
    front += "  covers: [website, photo]\n  until: 2026-12-31\n"
    site.write("content/members-in-action/fair.md", f"---\n{front}---\nWe were there.\n").build()
    assert read(site).ended == ()
    assert read(site, date(2027, 1, 1)).ended == ("/members-in-action/#fair",)


def test_the_table_is_for_people(site: Site) -> None:
    done = run(site.story().story("ben-ito", name="Ben Ito", draft="true"), "consent", COLUMNS="120")
    assert "content/stories/ben-ito.md" in done.stdout
    assert "the file says draft: true" in done.stdout
    assert "Consent ends within 90 days" in done.stdout
