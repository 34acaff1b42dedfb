"""Several people in one story or photo: every use needs all of them, every name its own person."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.commands import consent_register
from sitegen.core.model import Scope
from sitegen.core.problem_codes import Code
from tests.support.check import advice
from tests.support.site import TODAY, Site, person, tree
from tests.support.terminal import Terminal, run
from tests.support.thorough import rounds

STORY, FAIR = "content/stories/robots.md", "content/members-in-action/fair.md"
FIRST_ONLY = {"covers": "[website, photo]"}


def both(maya: Any = None, ben: Any = None) -> list[str]:
    """Return the entries of two people."""
    return [person("Maya Lopez", consent=maya), person("Ben Ito", consent=ben)]


def item(site: Site, people: list[str], body: str = "They built one.", **front: str) -> Site:
    """Write an item of members in action with a photo of people, and build."""
    keys = {"title": "Fair", "date": "2026-01-02", "photo": "fair.jpg", "alt": "Two people", **front}
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    site.photo("content/members-in-action/fair.jpg")
    return site.write(FAIR, f"---\n{lines}people:\n{''.join(people)}---\n{body}\n").build()


def codes(site: Site) -> list[tuple[Code, int]]:
    """Return code and line of the problems of the last build."""
    return [(problem.code, problem.where.line) for problem in site.report.problems]


def page(site: Site) -> str:
    return site.read("stories/robots/index.html")


# -- what is shown --------------------------------------------------------------------------


def test_a_story_of_two_people_names_both_wherever_one_would_be_named(site: Site) -> None:
    site.with_cards().page("index").group(people=both()).build()
    assert (site.messages, site.withheld, site.report.published) == ([], {}, 1)
    for path in ("stories/robots/index.html", "stories/index.html", "index.html"):
        assert "Maya Lopez &amp; Ben Ito</bdi>" in site.read(path)
    assert ">MB</text>" in page(site)
    assert "Maya Lopez &amp; Ben Ito, Robotics" in page(site)
    (entry,) = json.loads(site.read("feed.json"))["items"]
    assert entry["authors"] == [{"name": "Maya Lopez"}, {"name": "Ben Ito"}]
    assert site.read("feed.xml").count("<author>") == 2
    graph = json.loads(re.findall(r'ld\+json">(.*?)</script>', page(site), re.DOTALL)[0])["@graph"]
    (article,) = (thing for thing in graph if thing["@type"] == "Article")
    assert [each["name"] for each in article["about"]] == ["Maya Lopez", "Ben Ito"]


def test_the_name_of_each_person_follows_their_own_consent(site: Site) -> None:
    site.group(people=both(ben=FIRST_ONLY)).build()
    assert site.messages == []
    assert "Maya Lopez &amp; Ben</bdi>" in page(site)
    assert not any(b"Ito" in data for data in site.public.values())


def test_a_last_name_that_two_people_share_needs_both(site: Site) -> None:
    site.group(people=[person("Maya Lopez"), person("Leo Lopez", consent=FIRST_ONLY)]).build()
    assert "Maya &amp; Leo</bdi>" in page(site)
    assert not any(b"Lopez" in data for data in site.public.values())
    site.group(people=[person("Maya Lopez"), person("Leo Lopez")]).build()
    assert "Maya Lopez &amp; Leo Lopez</bdi>" in page(site)


def test_one_person_in_the_list_is_as_good_as_a_name(site: Site) -> None:
    site.group(people=[person("Maya Lopez")]).build()
    in_list = site.public
    site.story("robots", "They built one.", school=None, quote="We build.").build(clean=True)
    assert {path: data for path, data in site.public.items() if path.endswith(".html")} == {
        path: data for path, data in in_list.items() if path.endswith(".html")
    }


COVERS = st.sets(st.sampled_from(sorted(Scope))).map(lambda found: {Scope.WEBSITE, *found})


@pytest.mark.slow
@settings(
    max_examples=rounds(25, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(allowed=st.lists(COVERS, min_size=2, max_size=3))
def test_every_use_needs_every_person(
    tmp_path_factory: pytest.TempPathFactory, allowed: list[set[Scope]]
) -> None:
    names = ("Zorilla Quexley", "Ondrey Falkwist", "Vexen Brindlow")[: len(allowed)]
    people = [
        person(name, consent={"covers": f"[{', '.join(sorted(covers))}]"})
        for name, covers in zip(names, allowed, strict=True)
    ]
    site = Site(tmp_path_factory.mktemp("group")).photo("content/stories/two.jpg", (60, 60))
    site.group(school="Plover High", headshot="two.jpg", alt="Seen together", people=people).build()
    assert site.messages == []
    shared = set.intersection(*allowed)
    everything = "\n".join(data.decode("utf-8", "replace") for data in site.public.values())
    assert ("Seen together" in page(site)) == (Scope.PHOTO in shared)
    assert any(path.startswith("images/") for path in site.public) == (Scope.PHOTO in shared)
    assert ("Plover High" in everything) == (Scope.SCHOOL in shared)
    assert ("/stories/robots/" in site.read("sitemap.xml")) == (Scope.SEARCH in shared)
    assert ("/stories/robots/" in site.read("feed.json")) == (Scope.SEARCH in shared)
    assert ('content="noindex"' in page(site)) == (Scope.SEARCH not in shared)
    assert ("_share" in page(site)) == (Scope.SOCIAL in shared)
    for name, covers in zip(names, allowed, strict=True):
        first, last = name.split()
        assert first in everything
        assert (last in everything) == (Scope.FULL_NAME in covers)


# -- when it is public ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        (False, "no consent is recorded"),
        ({"covers": "[photo]"}, "the consent doesn't cover the website"),
        ({"given": "2026-12-01"}, "the consent begins on 2026-12-01"),
        ({"until": "2026-11-20"}, "the consent ended on 2026-11-20"),
        ({"withdrawn": "2026-11-21"}, "the consent was withdrawn on 2026-11-21"),
        ({"form": "TBD"}, "the number of the signed form is not filled in yet"),
    ],
)
def test_one_closed_consent_closes_the_story_and_the_item(site: Site, consent: Any, reason: str) -> None:
    site.group(people=both(ben=consent))
    item(site, both(ben=consent))
    assert site.messages == []
    assert site.withheld == dict.fromkeys((FAIR, STORY), f"person 2 of 2: {reason}")
    assert not any(re.search(rb"Maya|Ben|Lopez|Ito\b", data) for data in site.public.values())
    assert not any(path.startswith("images/") for path in site.public)


def test_the_photo_of_an_item_needs_photo_of_every_person(site: Site) -> None:
    item(site, both(ben={"covers": "[website]"}))
    reason = "person 2 of 2: people can be recognized, and the consent doesn't cover the photo"
    assert (site.messages, site.withheld) == ([], {FAIR: reason})
    assert (item(site, both()).messages, site.withheld) == ([], {})
    assert any(path.startswith("images/") for path in site.public)


def test_the_latest_beginning_and_the_earliest_end_count(site: Site) -> None:
    later = {"given": "2026-03-01", "until": "2027-05-01"}
    site.group(people=both({"given": "2026-02-01", "until": "2027-03-01"}, later))
    days = {date(2026, 2, 28): 0, date(2026, 3, 1): 1, date(2027, 3, 1): 1, date(2027, 3, 2): 0}
    for order in (days, reversed(days)):  # the other way round, what is cached may not begin too early
        assert {day: site.build(day).report.published for day in order} == days
    assert consent_register.read(site.root, site.out, date(2026, 2, 1)).next_change == date(2026, 3, 1)


# -- what must not be said ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ({}, "Then Ito came."),
        ({"quote": "Ben Ito helped."}, "They built one."),
        ({"alt": "Ben Ito at work"}, "They built one."),
        ({"aliases": "[/ben-ito/]"}, "They built one."),
        ({}, "[Him](https://example.org/ben-ito)"),
        ({}, "![At work](two.jpg 'Ben Ito, 2026')"),
    ],
)
def test_each_hidden_last_name_is_looked_for_in_a_story(site: Site, front: dict[str, str], body: str) -> None:
    site.photo("content/stories/two.jpg")
    site.group(body=body, headshot="two.jpg", people=both(ben=FIRST_ONLY), **{"alt": "Two", **front}).build()
    assert site.report.held_back == (STORY,)
    assert {code for code, _ in codes(site)} <= {Code.SURNAME_WITHOUT_CONSENT, Code.SURNAME_IN_ADDRESS}
    site.group(body=body, headshot="two.jpg", people=both(), **{"alt": "Two", **front}).build()
    assert site.messages == []


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ({}, "Then Ito came."),
        ({"title": "Ben Ito wins"}, "They built one."),
        ({"alt": "Ben Ito at work"}, "They built one."),
        ({"caption": "Maya Lopez and Ben Ito"}, "They built one."),
    ],
)
def test_each_hidden_last_name_is_looked_for_in_an_item(site: Site, front: dict[str, str], body: str) -> None:
    item(site, both(ben=FIRST_ONLY), body, **front)
    assert {code for code, _ in codes(site)} == {Code.SURNAME_WITHOUT_CONSENT}
    assert (item(site, both(), body, **front).messages, site.withheld) == ([], {})


def test_a_file_named_by_a_hidden_last_name_is_given_a_name_of_all_first_names(site: Site) -> None:
    site.group("maya-lopez-and-ben-ito", people=both(ben=FIRST_ONLY)).build()
    assert codes(site) == [(Code.SURNAME_IN_ADDRESS, 13)]
    assert "Rename the file to maya-lopez-ben.md" in site.messages[0]


def test_a_first_name_may_be_said_though_it_is_the_last_name_of_another(site: Site) -> None:
    people = [person("Maya Thomas", consent=FIRST_ONLY), person("Thomas Ito", consent=FIRST_ONLY)]
    site.group(body="Thomas held the wheel, Maya turned it.", people=people).build()
    assert site.messages == []
    site.group(body="Maya Thomas turned it.", people=people).build()
    assert [code for code, _ in codes(site)] == [Code.SURNAME_WITHOUT_CONSENT]


# -- how it is written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "code", "line"),
    [
        ("people: [Maya]\n", Code.EXPECTS_BLOCK, 5),
        ("people: []\n", Code.EMPTY_LIST, 5),
        ("people:\n", Code.MISSING_FIELD, 1),
        ('people: ""\n', Code.MISSING_FIELD, 1),
        ("people: true\n", Code.EXPECTS_LIST, 5),
        ("people:\n" + 61 * "  - name: Maya Lopez\n", Code.TOO_MANY_PEOPLE, 6),
        ("people:\n  - shown_as: Maya\n", Code.MISSING_FIELD, 6),
        ("people:\n  - name: Maya Lopez\n    age: 12\n", Code.UNKNOWN_FIELD, 7),
        ("people:\n  - name: Maya Lopez\n    consent: yes\n", Code.EXPECTS_BLOCK, 7),
        ("people:\n  - name: Maya Lopez\n    consent:\n      covers: [website]\n", Code.MISSING_FIELD, 7),
        (
            "people:\n  - name: Maya Lopez\n    consent:\n      given: 2026-01-01\n      covers: [foto]\n",
            Code.UNKNOWN_CONSENT_USE,
            9,
        ),
        (
            "people:\n  - name: M. Lopez\n    consent:\n      given: 2026-01-01\n      covers: [website]\n"
            "      form: R-1\n",
            Code.SHOWN_AS_NEEDED,
            6,
        ),
        ("people:\n" + person("Maya Lopez") + "name: Ben Ito\n", Code.PEOPLE_AND_NAME, 13),
        (
            "people:\n" + person("Maya Lopez", consent={"form": "215-555-0134"}),
            Code.PERSONAL_DATA_IN_FORM,
            8,
        ),
    ],
)
def test_a_mistake_in_the_list_is_found_at_its_line(site: Site, people: str, code: Code, line: int) -> None:
    front = "date: 2026-02-01\nquote: We build.\nfield: Robotics\n"
    site.write(STORY, f"---\n{front}{people}---\nText.\n").build()
    assert codes(site) == [(code, line)]
    assert all(problem.hint for problem in site.report.problems)
    assert not any(b"Maya" in data for data in site.public.values())


@pytest.mark.parametrize("empty", ["  -\n", '  - ""\n', '  - "\u200b"\n', "  - null\n"])
def test_an_empty_entry_counts_as_not_given(site: Site, empty: str) -> None:
    site.group(people=[empty, *both()]).build()
    assert (site.messages, site.report.published) == ([], 1)


@pytest.mark.parametrize("front", ["people:\n", 'people: ""\n'])
@pytest.mark.parametrize("covers", ["[website]", "[website, full-name]"])
def test_a_consent_without_a_name_publishes_nothing(site: Site, front: str, covers: str) -> None:
    site.story("maya", name=None, consent={"covers": covers})
    site.change("content/stories/maya.md", "consent:", f"{front}consent:").build()
    assert codes(site) == [(Code.MISSING_FIELD, 1)]
    assert site.report.published == 0


@pytest.mark.parametrize(
    ("people", "code", "line"),
    [
        ("  - name: Maya Lopez\n    age: 12\n", Code.UNKNOWN_FIELD, 8),
        ("  - name: Maya Lopez\n    consent:\n      given: soon\n", Code.NOT_A_DATE, 9),
        ("  perhaps\n", Code.NOT_YES_OR_NO, 7),
        ("  name: Maya Lopez\n", Code.EXPECTS_LIST, 7),
    ],
)
def test_a_mistake_in_the_list_of_an_item_is_found_at_its_line(
    site: Site, people: str, code: Code, line: int
) -> None:
    item(site, [people])
    assert codes(site) == [(code, line)]
    assert site.report.problems[0].hint


def test_a_consent_beside_the_list_of_an_item_is_refused(site: Site) -> None:
    item(site, [*both(), "consent:\n  form: R-1\n  given: 2026-01-01\n  covers: [website, photo]\n"])
    assert [code for code, _ in codes(site)] == [Code.PEOPLE_AND_NAME]


# -- the register, and taking it down -------------------------------------------------------


def test_the_register_has_a_row_for_each_person(site: Site) -> None:
    site.group(people=both(ben={"until": "2026-12-01"})).story("cy-moe", name="Cy Moe").build()
    register = json.loads(run(site, "consent", "--on", str(TODAY), "--json").stdout)
    assert register["published"] == [
        {"path": STORY, "until": "2026-12-01", "person": "Ben Ito"},
        {"path": "content/stories/cy-moe.md", "until": "2027-01-10"},
        {"path": STORY, "until": "2027-01-10", "person": "Maya Lopez"},
    ]
    assert register["next_change"] == "2026-12-02"
    rows = run(site, "consent", "--on", "2026-12-02", COLUMNS="200").stdout.splitlines()
    assert any(re.search("Ben Ito .*the consent ended on 2026-12-01", row) for row in rows)
    assert any(re.search("Maya Lopez .*this consent is open, but not that of everyone", row) for row in rows)


def withdraw(site: Site, *words: str) -> Any:
    return run(site, "withdraw", *words, "--date", str(TODAY))


def test_one_person_withdraws_and_the_story_is_gone_for_all(site: Site) -> None:
    site.story("ben-ito", name="Ben Ito", quote="Water is worth measuring.").group(people=both()).build()
    before = (site.root / STORY).read_text()
    done = withdraw(site, "robots", "--person", "Maya Lopez")
    assert done.returncode == 0, done.stderr
    assert "this takes the story down for everyone in it: Maya Lopez & Ben Ito." in done.stderr
    assert "consent of Maya Lopez withdrawn from 2026-11-21 on" in done.stdout
    assert "Nothing of the story is left, and no other text names Maya Lopez." in done.stdout
    assert "https://example.org/stories/robots/" in done.stdout
    added = [line for line in (site.root / STORY).read_text().splitlines() if line not in before.splitlines()]
    assert added == ["      withdrawn: 2026-11-21"]
    assert (site.root / STORY).read_text().index("withdrawn") < before.index("Ben Ito")
    for folder in (site.out, site.root / ".sitegen"):
        for path, data in tree(folder).items():
            assert not re.search(rb"(?i)maya|lopez|/robots/|we build", path.encode() + data), path
    assert "stories/ben-ito/index.html" in site.public


def test_a_photo_comes_down_when_one_of_many_withdraws(site: Site) -> None:
    item(site.page("index"), both())
    done = withdraw(site, "fair", "--person", "ben")
    assert "this takes the item down for everyone in it: Maya Lopez & Ben Ito." in done.stderr
    assert done.returncode == 0, done.stderr
    assert not any(path.startswith("images/") for path in site.public)
    for data in (*site.public.values(), *tree(site.root / ".sitegen").values()):
        assert not re.search(rb"Maya|Lopez|Ben\b|Ito\b|They built", data)


def test_without_a_name_nothing_is_taken_down_where_no_one_can_be_asked(site: Site) -> None:
    site.group(people=both()).build()
    before = tree(site.root)
    done = withdraw(site, "robots")
    assert done.returncode == 2
    assert '--person "Maya Lopez" or --person "Ben Ito"' in done.stderr
    done = withdraw(site, "robots", "--person", "Maya Lopes")
    assert done.returncode == 2
    assert 'Did you mean "Maya Lopez"?' in done.stderr
    assert tree(site.root) == before


def test_the_receipt_lists_other_texts_that_name_the_person_who_withdraws(site: Site) -> None:
    site.page("mission", "We thank Maya Lopez and Ben Ito.").group(people=both()).build()
    done = withdraw(site, "robots", "--person", "Maya Lopez")
    assert done.returncode == 1
    assert 'content/mission.md:4: the name "maya lopez"' in done.stderr
    assert "ben ito" not in done.stderr.lower().partition("left, in these texts")[2]


@pytest.mark.slow
def test_in_a_terminal_the_person_is_asked_for(site: Site) -> None:
    site.group(people=both(ben={"until": "2090-01-01"}, maya={"until": "2090-01-01"})).build()
    terminal = Terminal("--root", str(site.root), "withdraw", "robots")
    terminal.expect("1. Maya Lopez").expect("2. Ben Ito").expect("Whose consent is withdrawn?").answer("3")
    terminal.expect("Please answer with a number from 1 to 2.").answer("2")
    terminal.expect("for everyone in it: Maya Lopez & Ben Ito.").expect("consent of Ben Ito withdrawn")
    assert terminal.exit_code() == 0
    assert not any(b"Maya" in data for data in site.public.values())


FLOW = "people: [{name: Maya Lopez, consent: %s}, {name: Ben Ito, consent: %s}]\n"
OPEN = "{form: R-1, given: 2026-01-01, covers: [website, full-name]}"
LATER = "{form: R-1, withdrawn: 2027-01-01, given: 2026-01-01, covers: [website]}"


def test_people_on_one_line_take_the_date_at_their_own_consent(site: Site) -> None:
    front = f"date: 2026-02-01\nquote: We build.\n{FLOW % (OPEN, LATER)}"
    site.write(STORY, f"---\n{front}---\nText.\n").build()
    assert (site.messages, site.withheld) == ([], {})
    withdraw(site, "robots", "--person", "Maya Lopez")
    withdraw(site, "robots", "--person", "Ben Ito")
    changed = FLOW % (
        OPEN.replace("{form", "{withdrawn: 2026-11-21, form"),
        LATER.replace("2027-01-01", "2026-11-21"),
    )
    assert changed in (site.root / STORY).read_text()


def test_a_damaged_file_of_several_people_leaves_no_name_behind(site: Site) -> None:
    site.group(people=both()).page("mission", "We thank Ben Ito.").build()
    site.change(STORY, "---\nfield", "--\nfield").build()
    assert site.report.held_back == (STORY,)
    assert [problem.code for problem in site.report.problems if not problem.is_error] == [
        Code.HIDDEN_NAME_IN_TEXT
    ]
    assert withdraw(site, "robots").returncode in (1, 3)
    assert not any(b"Maya" in data for data in site.public.values())


def test_the_first_name_of_another_person_is_no_possible_last_name(site: Site) -> None:
    people = [person("Maya Rose", consent=FIRST_ONLY), person("Rose Ito", consent=FIRST_ONLY)]
    site.group(people=people, body="Rose drew a rose.").build()
    assert (site.messages, advice(site)) == ([], [])


def test_the_withdrawal_of_an_item_says_first_that_all_of_it_comes_down(site: Site) -> None:
    site.page("members-in-action/fair", date="2026-02-01", people="false").build()
    assert "this takes the item down for everyone in it." in withdraw(site, "fair").stderr


# -- incremental ----------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["Maya Lopez", "Ben Ito"]),
        st.sampled_from([None, {"withdrawn": "2026-11-20"}, {"until": "2026-11-23"}, FIRST_ONLY, False]),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@settings(
    max_examples=rounds(10, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_after_any_change_of_one_consent_the_site_is_that_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any, int]]
) -> None:
    site, consents = Site(tmp_path_factory.mktemp("site")), {"Maya Lopez": None, "Ben Ito": None}
    site.story("cy-moe", name="Cy Moe", body="[Both](robots.md) helped.")
    for name, consent, day in steps:
        consents[name] = consent
        site.group(people=[person(each, consent=now) for each, now in consents.items()])
        site.build(TODAY + timedelta(day))
        clean = Site.at(site.root)
        clean.out = Path(tmp_path_factory.mktemp("clean"))
        published = site.public
        clean.build(TODAY + timedelta(day), out=clean.out / "public", clean=True)
        marks = re.compile(r"\.sitegen")
        assert {path: data for path, data in tree(clean.out / "public").items() if not marks.match(path)} == {
            path: data for path, data in published.items() if not marks.match(path)
        }
        if STORY in site.withheld:
            remembered = b"".join((*published.values(), *tree(site.root / ".sitegen").values()))
            assert not re.search(rb"Maya|Lopez|Ben\b|Ito\b|They built", remembered)
