"""Contact data: a story with it is held back until it is allowed."""

import pytest

from sitegen.consent import contact, form_number
from tests.support.check import advice
from tests.support.site import Site


@pytest.mark.parametrize(
    "text",
    [
        "Write to maya@example.org today.",
        "Write to maya.l+robots@mail.example.co.uk.",
        "Write to maya (at) example.org.",
        "[Write](mailto:maya@example.org)",
        "Call 215-555-0134.",
        "Call (215) 555-0134.",
        "215.555.0134",
        "+1 215 555 0134",
        "+44 20 7946 0958",
        "Text me: 2155550134",
        "Call me: ❷❶❺-❺❺❺-⓿❶❸❹.",
        "Call me: ②①⑤-⑤⑤⑤-⓪①③④.",
        "Call me: ٢١٥-٥٥٥-٠١٣٤.",
        "Call me: ２１５-555-0134.",
        "Call me: ²¹⁵-⁵⁵⁵-⁰¹³⁴.",
        "[Call](tel:+12155550134)",
        "**215**-555-0134",
        "I live at 1234 Market Street.",
        "I live at 12 N. Broad St.",
        "I live at 5 South 52nd Street.",
        "Vivo en la Calle Luna 12.",
    ],
)
def test_contact_data_holds_the_story_back_until_it_is_allowed(site: Site, text: str) -> None:
    site.story("maya", text).build()
    assert [problem.code for problem in site.report.problems] == ["contact-data"]
    assert site.report.held_back == ("content/stories/maya.md",)
    site.story("maya", text, contact_ok="true").build()
    assert site.messages == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, 1200 students met 215 mentors.",
        "Version 3.11.7 of Python, and 10-20-30 steps.",
        "I made 5 Great Robots on Friday.",
        "The score was 555-0134.",
        "We use C@2x icons, and 3 Drive belts.",
        "ISBN 978-0-306-40615-7",
        "The study ran 2019-2024, with 1,234,567,890 rows.",
    ],
)
def test_other_numbers_and_characters_are_allowed(site: Site, text: str) -> None:
    site.story("maya", text).build()
    assert site.messages == []


def test_quotes_are_checked_for_contact_data_too(site: Site) -> None:
    site.story("maya", quote="Call 215-555-0134!").build()
    assert site.messages == [
        "content/stories/maya.md:6:8: quote has a telephone number in it. Take it out. If it is not a young "
        "person's own, add a line contact_ok: true"
    ]


@pytest.mark.parametrize(
    "text",
    ["Follow @maya.builds there.", "See https://www.instagram.com/mayabuilds/", "I was born on May 5, 2009."],
)
def test_check_asks_about_handles_profiles_and_birthdays(site: Site, text: str) -> None:
    site.story("maya", text).build()
    assert site.report.held_back == ()
    assert len([line for line in advice(site) if "strangers could find" in line]) == 1


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("R-0042", None),
        ("2026-0001234", None),
        ("binder 3, page 12", None),
        ("Jane Doe", "a person's name"),
        ("lopez-1", "a person's name"),
        ("jane@example.org", "an e-mail address"),
        ("215-555-0134", "a telephone number"),
        ("+1 215 555 0134", "a telephone number"),
        ("(215) 555-0134", "a telephone number"),
    ],
)
def test_a_form_number_has_nothing_personal_in_it(site: Site, form: str, what: str | None) -> None:
    assert list(contact.personal(form, "Maya Lopez")) == ([what] if what else [])
    site.story(consent={"form": f'"{form}"'}).build()
    assert site.report.held_back == (("content/stories/maya-lopez.md",) if what else ())


@pytest.mark.parametrize(
    "form",
    ["to be filled in by the liaison", "TBD", "tba", "xxx", "R-0000", "R-xxxx", "?", "n/a", "none", "pending",
     "form number", "to do 2026", "fill in 12", "pendiente", "por llenar 3", "-", "...", "０",
     "XXX-1", "XX-0001", "R-0042?", "N/A 1", "None 1", "unknown 3", "waiting 12", "coming 2027", "test 1",
     "FIXME 1", "replace me 1", "verbal 2026", "by e-mail 2", "on file 2026", "a completar 1", "待定 1"],
)  # fmt: skip
def test_a_placeholder_is_no_form_number(site: Site, form: str) -> None:
    site.story(consent={"form": f'"{form}"'}).build()
    assert site.report.published == 0
    assert site.withheld == {
        "content/stories/maya-lopez.md": "the number of the signed form is not filled in yet"
    }
    assert site.report.held_back == ()


def test_a_public_source_needs_no_number_but_the_page(site: Site) -> None:
    site.story(consent={"form": "public-source"}).build()
    assert site.report.published == 0
    site.story(consent={"form": "public-source", "source": "https://example.org/stories"}).build()
    assert site.report.published == 1
    assert not any(b"public-source" in data for data in site.public.values())


def test_a_number_in_other_digits_is_a_number() -> None:
    assert not form_number.is_missing("R-١٢", "")
