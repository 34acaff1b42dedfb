"""What consent does not cover is not said in another place either, and a record holds nothing personal."""

import pytest

from sitegen import discretion
from tests.conftest import Site

FIRST_NAME_ONLY = {"covers": "[website, school]"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Maya Lopez", ("Lopez",)),
        ("Mariah Wright-Moses", ("Wright-Moses", "Wright", "Moses")),
        ("Ana de la Cruz", ("Cruz",)),
        ("Zoë", ()),
        ("李 明", ("明",)),
    ],
)
def test_everything_after_the_first_name_is_the_surname(name: str, parts: tuple[str, ...]) -> None:
    assert discretion.surnames(name) == parts


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Lopez's robots", "Maya Lopez", "Lopez"),
        ("the López family", "Maya Lopez", "López"),
        ("MAYA LOPEZ", "Maya Lopez", "LOPEZ"),
        ("Lopezville", "Maya Lopez", None),
        ("young people", "Maya Young", None),
        ("says Young", "Maya Young", "Young"),
        ("An idea", "Kim An", None),
        ("by Kim An", "Kim An", "Kim An"),
        ("Moses said", "Mariah Wright-Moses", "Moses"),
    ],
)
def test_a_surname_counts_as_a_word_of_its_own(text: str, name: str, found: str | None) -> None:
    assert discretion.surname_in(text, name) == found


@pytest.mark.parametrize(
    ("front", "body", "told"),
    [
        ({"alt": "Maya Lopez at work", "headshot": "maya.png"}, "Text.", "alt says"),
        ({"quote": "Call me Lopez."}, "Text.", "quote says"),
        ({"title": "The Lopez way"}, "Text.", "title says"),
        ({"topics": "[Lopez]"}, "Text.", "topics says"),
        ({"aliases": "[/lopez/]"}, "Text.", "the address of the story says"),
        ({}, "One.\n\nThen Lopez came.", "the text says"),
        ({}, "![Maya Lopez](maya.png)", "the text says"),
    ],
)
def test_a_surname_that_is_not_covered_is_told(
    site: Site, front: dict[str, str], body: str, told: str
) -> None:
    site.photo("content/stories/maya.png")
    site.story("maya", body, consent=FIRST_NAME_ONLY, **dict(sorted(front.items()))).build()
    message = next(message for message in site.messages if "opez" in message)
    assert told in message
    assert message.startswith("content/stories/maya.md:")
    assert site.report.held_back == ("content/stories/maya.md",)


def test_a_surname_in_the_files_name_is_its_address(site: Site) -> None:
    site.story("maya-lopez", consent=FIRST_NAME_ONLY).build()
    assert site.messages == [
        'content/stories/maya-lopez.md:2:7: the address of the story says "Lopez", '
        "but the consent doesn't cover it. Rename the file to maya.md"
    ]


def test_what_is_covered_may_be_said(site: Site) -> None:
    site.story(body="Lopez of Central High School.").build()
    assert site.messages == []


def test_a_school_that_is_not_covered_is_told_too(site: Site) -> None:
    site.story(body="At central high school.", consent={"covers": "[website, full-name]"}).build()
    assert site.messages == [
        'content/stories/maya-lopez.md:14:4: the text says "central high school", but the consent '
        "doesn't cover it. Leave it out, or add school to covers if that is allowed."
    ]


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("R-0042", None),
        ("2026-0001234", None),
        ("binder 3, page 12", None),
        ("to be filled in by the liaison", None),
        ("Jane Doe", "a person's name"),
        ("lopez-1", "a person's name"),
        ("jane@example.org", "an e-mail address"),
        ("215-555-0134", "a telephone number"),
        ("+1 215 555 0134", "a telephone number"),
        ("(215) 555-0134", "a telephone number"),
    ],
)
def test_a_record_of_consent_holds_nothing_of_anybodys_own(site: Site, form: str, what: str | None) -> None:
    found = list(discretion.personal(form, "Maya Lopez"))
    assert found == ([what] if what else [])
    site.story(consent={"form": f'"{form}"'}).build()
    assert site.report.held_back == (("content/stories/maya-lopez.md",) if what else ())
