"""Privacy: over any history of consent, content is only where it is allowed.

Two stories have words, and photos of a color, that occur nowhere else. After each step of a history `public/`
and the cache are searched for them.
"""

import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.support.site import TODAY, Site, tree
from tests.support.thorough import rounds

SCOPES = ("website", "photo", "full-name", "school", "social", "search")


@dataclass(frozen=True)
class Person:
    """A story of unique words (canaries)."""

    slug: str
    first: str
    surname: str
    school: str
    quote: str
    sentence: str
    alt: str
    form: str
    colour: tuple[int, int, int]

    @property
    def photo(self) -> str:
        return f"{self.slug}-original.png"


PEOPLE = (
    Person(
        *("s1", "Zorilla", "Quexley", "Brackwater High", "Vexing quartz hums."),
        *("Plover tides bend amber.", "with a kite", "F-8811", (200, 30, 90)),
    ),
    Person(
        *("s2", "Ondrey", "Falkwist", "Mirrorfield Prep", "Jolting wax glows."),
        *("Nimbus kelp drifts west.", "at a lathe", "F-9922", (20, 160, 60)),
    ),
)


@dataclass(frozen=True)
class State:
    """The consent in a story's file on some day."""

    covers: tuple[str, ...] = SCOPES
    given: int = -100
    until: int = 100
    withdrawn: int | None = None
    draft: bool = False
    consented: bool = True
    broken: bool = False

    def is_cleared(self, day: int) -> bool:
        return (
            self.consented
            and not self.broken
            and not self.draft
            and "website" in self.covers
            and self.given <= day <= self.until
            and (self.withdrawn is None or day < self.withdrawn)
        )


def on(day: int) -> date:
    """Return the day that many days from today."""
    return TODAY + timedelta(day)


def write(site: Site, person: Person, state: State) -> None:
    """Write a story's file with its state."""
    consent = {
        "form": person.form,
        "given": on(state.given),
        "covers": f"[{', '.join(state.covers)}]",
        "until": on(state.until),
        "withdrawn": on(state.withdrawn) if state.withdrawn is not None else None,
    }
    site.story(
        person.slug,
        f"{person.sentence}\n\n![{person.first} {person.alt}]({person.photo})",
        name=f"{person.first} {person.surname}",
        school=person.school,
        field="Optics",
        quote=person.quote,
        headshot=person.photo,
        alt=f"{person.first} {person.alt}",
        draft="true" if state.draft else None,
        consent=consent if state.consented else False,
    )
    if state.broken:
        path = f"content/stories/{person.slug}.md"
        site.write(path, (site.root / path).read_text().replace("\n---\n", "\n––\n", 1))


STATES = st.builds(
    State,
    covers=st.lists(st.sampled_from(SCOPES), unique=True).map(tuple) | st.just(SCOPES),
    given=st.integers(-100, 2),
    until=st.integers(3, 6) | st.just(100),
    withdrawn=st.none() | st.integers(-2, 5),
    draft=st.sampled_from([False, False, False, True]),
    consented=st.sampled_from([True, True, True, False]),
    broken=st.sampled_from([False, False, False, True]),
)
STEPS = st.lists(st.tuples(st.sampled_from([0, 1]), STATES, st.integers(0, 7)), min_size=1, max_size=5)


def spoken(data: bytes) -> str:
    """Return the text of a file in every encoding that may be used for it."""
    raw = data.decode("utf-8", "replace")
    return "\n".join((raw, unescape(raw), unescape(unescape(raw)), raw.replace("\\n", "\n")))


def shows(data: bytes, colour: tuple[int, int, int]) -> bool:
    """Return whether a picture is of a colour."""
    with Image.open(io.BytesIO(data)) as image:
        pixel = image.convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


def assert_only_what_is_covered(site: Site, person: Person, state: State, day: int) -> None:
    """Search every byte for the canaries of one story."""
    public, memory = site.public, tree(site.root / ".sitegen")
    said = {path: spoken(data) for path, data in public.items()}
    everything = "\n".join((*said, *said.values()))
    cleared = state.is_cleared(day)
    covers = state.covers if cleared else ()
    for word in (person.first, person.quote, person.sentence):
        assert (word in everything) == cleared, word
    assert (person.surname in everything) == ("full-name" in covers)
    assert (person.school in everything) == ("school" in covers)
    assert (person.alt in everything) == ("photo" in covers)
    pictures = [data for path, data in public.items() if path.startswith("images/")]
    assert any(shows(data, person.colour) for data in pictures) == ("photo" in covers)
    for path in ("feed.xml", "feed.json", "sitemap.xml"):
        assert (f"/stories/{person.slug}/" in said[path]) == ("search" in covers)
        assert (person.quote in said[path]) == ("search" in covers and path != "sitemap.xml")
    if cleared:
        assert ('content="noindex"' in said[f"stories/{person.slug}/index.html"]) == ("search" not in covers)
    if not cleared:
        assert f"stories/{person.slug}/" not in "".join(map(spoken, memory.values()))
    for data in (*said.values(), *map(spoken, memory.values())):
        assert person.form not in data
        assert person.photo not in data
    remembered = "\n".join((*memory, *map(spoken, memory.values())))
    assert cleared or not re.search(f"{person.first}|{person.quote}|{person.sentence}", remembered)
    assert "full-name" in covers or person.surname not in remembered
    assert "school" in covers or person.school not in remembered
    assert "photo" in covers or person.alt not in remembered


@settings(
    max_examples=rounds(20, 100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_everything_is_where_consent_allows_and_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, State, int]]
) -> None:
    site = Site(tmp_path_factory.mktemp("history"))
    states = [State(), State()]
    for person, state in zip(PEOPLE, states, strict=True):
        site.photo(f"content/stories/{person.photo}", (60, 60), f"rgb{person.colour}")
        write(site, person, state)
    site.build()
    for who, state, day in steps:
        states[who] = state
        write(site, PEOPLE[who], state)
        site.build(on(day))
        assert not site.report.site_at_fault, site.messages
        for person, current in zip(PEOPLE, states, strict=True):
            assert_only_what_is_covered(site, person, current, day)
        ET.fromstring(site.read("feed.xml"))
        json.loads(site.read("feed.json"))


BAD_CONSENTS = {
    "a text": "consent: yes",
    "a list": "consent: [website]",
    "a number": "consent: 42",
    "dates the wrong way round": "consent:\n  given: 2026-05-01\n  until: 2026-04-01\n  covers: [website]",
    "a use misspelt": "consent:\n  given: 2026-01-01\n  covers: [websit]",
    "covers as text": "consent:\n  given: 2026-01-01\n  covers: website",
    "no day": "consent:\n  covers: [website]",
    "no such day": "consent:\n  given: 2026-02-30\n  covers: [website]",
    "withdrawn twice": "consent:\n  given: 2026-01-01\n  withdrawn: 2026-02-01\n  withdrawn: 2030-01-01",
    "withdrawn in capitals": "consent:\n  given: 2026-01-01\n  Withdrawn: 2026-02-01\n  covers: [website]",
    "not indented": "consent:\ngiven: 2026-01-01\ncovers: [website]",
    "a person's name": "consent:\n  form: Jane Quexley\n  given: 2026-01-01\n  covers: [website]",
    "an address": "consent:\n  form: jane@example.org\n  given: 2026-01-01\n  covers: [website]",
    "a telephone number": "consent:\n  form: 215-555-0134\n  given: 2026-01-01\n  covers: [website]",
}  # fmt: skip


@pytest.mark.parametrize("consent", BAD_CONSENTS.values(), ids=BAD_CONSENTS.keys())
def test_consent_that_cant_be_read_takes_the_story_down(site: Site, consent: str) -> None:
    site.story(
        "zorilla", name="Zorilla Quexley", quote="Vexing quartz hums.", consent={"covers": "[website]"}
    )
    site.story("ben-ito", name="Ben Ito", quote="Water.").build()
    assert "stories/zorilla/index.html" in site.public
    front = "name: Zorilla Quexley\ndate: 2026-02-01\nquote: Vexing quartz hums."
    site.write("content/stories/zorilla.md", f"---\n{front}\n{consent}\n---\nText.\n").build()
    assert site.report.held_back == ("content/stories/zorilla.md",)
    assert all(problem.hint and problem.where.line for problem in site.report.problems)
    assert not any(b"Zorilla" in data or b"Vexing" in data for data in site.public.values())
    assert "stories/ben-ito/index.html" in site.public


def test_a_mistake_in_another_story_never_blocks_a_take_down(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", quote="Water.").build()
    site.story(consent={"withdrawn": str(TODAY)}).story("ben-ito", name="Ben Ito", date="soon").build()
    assert site.report.held_back == ("content/stories/ben-ito.md",)
    assert not any(path.startswith(("stories/maya", "stories/ben")) for path in site.public)


@pytest.mark.parametrize("fault", ["page", "settings", "template"])
def test_a_site_at_fault_reports_pending_take_downs_first(site: Site, fault: str) -> None:
    site.story().page("mission").build()
    before = site.public
    site.story(consent={"withdrawn": str(TODAY)})
    match fault:
        case "page":
            site.page("mission", layout="none")
        case "settings":
            site.write("content/site.yaml", "name: x\npage_size: many\n")
        case "template":
            site.write("templates/page.html", "{{ nothing.here }}")
    site.build()
    assert site.report.site_at_fault
    assert site.report.still_public == ("/stories/maya-lopez/",)
    assert site.public == before
