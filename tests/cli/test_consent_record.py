"""`consent record`: a signed consent gets into the file without an editor."""

from pathlib import Path

import pytest

from sitegen.content import frontmatter
from tests.support.site import Site
from tests.support.terminal import Terminal, run

DAY = ("--date", "2026-03-01")
SIGNED = ("--form", "R-0101", "--given", "yesterday", "--by", "mother", "--covers", "website, full name")


def consent_of(file: Path) -> object:
    values = frontmatter.values_of(file.read_bytes())
    assert values is not None
    return values.get("consent")


@pytest.fixture
def new(site: Site) -> Path:
    """A story that was just made, without a consent."""
    run(site, "new", "story", "Tamika Jones", "--quote", "I build bridges.", "--file", "tamika")
    return site.root / "content/stories/tamika.md"


def test_a_consent_takes_the_place_of_the_lines_that_were_notes(site: Site, new: Path) -> None:
    before = new.read_text().splitlines()
    done = run(site, "consent", "record", "jones", *SIGNED, *DAY)
    assert (done.returncode, done.stderr) == (
        0,
        "Recorded in content/stories/tamika.md: form R-0101, signed on 2026-02-28, "
        "for website and full-name.\nDraft – not public: the file says draft: true.\nNext: sitegen check\n",
    )
    values = {"form": "R-0101", "given": "2026-02-28", "by": "guardian", "covers": ["website", "full-name"]}
    assert consent_of(new) == values
    after = new.read_text().splitlines()
    assert len(after) == len(before)
    assert next(line for line in after if line not in before) == "consent:"


def test_what_is_ready_becomes_public(site: Site, new: Path) -> None:
    done = run(site, "consent", "record", "tamika", "--ready", *SIGNED, *DAY)
    assert "The next build publishes it, until 2028-02-28." in done.stderr
    assert "stories/tamika/index.html" in site.build().public


def test_the_answers_are_asked_for(site: Site, new: Path) -> None:
    terminal = Terminal("--root", str(site.root), "consent", "record", "Tamika")
    terminal.expect("Number of the signed form").answer("R-7")
    terminal.expect("Day of the signature").answer("soon").expect('Which day is "soon"?').answer("yesterday")
    terminal.expect("Who signed").answer("self")
    terminal.expect("What may be public").answer("website, telephone").expect("What may be").answer("website")
    terminal.expect("May it be public with the next build?").answer("y")
    terminal.expect("The next build publishes it")
    assert terminal.exit_code() == 0
    assert "\ndraft: true\n" not in new.read_text()


def test_nothing_is_written_until_all_is_answered(site: Site, new: Path) -> None:
    before = new.read_bytes()
    done = run(site, "consent", "record", "tamika", "--given", "2031-01-01", *DAY)
    assert done.returncode == 2
    assert "January 1, 2031 is in the future" in done.stderr
    assert "covers is missing" in done.stderr
    assert done.stderr.endswith("Nothing was written.\n")
    assert new.read_bytes() == before


def test_a_new_consent_replaces_one_that_was_withdrawn(site: Site) -> None:
    earlier = {"form": "R-1", "given": "2024-01-01", "covers": "[website]", "withdrawn": "2025-05-05"}
    site.story(consent=earlier)
    done = run(site, "consent", "record", "maya-lopez", *SIGNED, *DAY)
    assert done.returncode == 0
    assert "The next build publishes it" in done.stderr
    values = consent_of(site.root / "content/stories/maya-lopez.md")
    assert isinstance(values, dict)
    assert values["form"] == "R-0101"
    assert not values.get("withdrawn")


@pytest.mark.parametrize(
    "people", ["[{name: Maya Lopez}, {name: Ben Ito}]", "\n  - name: Maya Lopez\n  - name: Ben Ito"]
)
def test_each_of_several_people_has_a_consent(site: Site, people: str) -> None:
    file = site.root / "content/stories/two.md"
    site.write(
        "content/stories/two.md", f"---\npeople: {people}\nquote: We build.\ndate: 2026-01-01\n---\nText.\n"
    )
    asked = run(site, "consent", "record", "two", *SIGNED, *DAY)
    assert '--person "Maya Lopez" or --person "Ben Ito"' in asked.stderr
    first = run(site, "consent", "record", "two", "--person", "Ben", *SIGNED, *DAY)
    assert "not public: Maya Lopez: no consent is recorded." in first.stderr
    second = run(site, "consent", "record", "two", "--person", "Maya", *SIGNED, *DAY)
    assert "The next build publishes it" in second.stderr
    assert file.read_text().count("R-0101") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nname: Zoe\n", "there is no place for a consent in it. Run sitegen check, and fix it first."),
        ("no front matter\n", "there is no place for a consent in it. Run sitegen check, and fix it first."),
    ],
)
def test_a_file_that_cannot_be_read_stays_as_it_is(site: Site, text: str, said: str) -> None:
    site.write("content/stories/zoe.md", text)
    done = run(site, "consent", "record", "zoe", *SIGNED, *DAY)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert (site.root / "content/stories/zoe.md").read_text() == text


def test_line_ends_and_notes_stay(site: Site) -> None:
    text = "---\r\nname: Maya Lopez # she\r\nquote: I build.\r\ndate: 2026-01-01\r\n---\r\nText.\r\n"
    file = site.root / "content/stories/maya.md"
    site.write("content/stories/maya.md", "")
    file.write_bytes(text.encode())
    run(site, "consent", "record", "maya", *SIGNED, *DAY)
    assert b"name: Maya Lopez # she\r\n" in file.read_bytes()
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")


def test_the_register_is_still_what_the_command_alone_shows(site: Site) -> None:
    done = run(site.story(), "consent", "--on", "2026-03-01")
    assert done.returncode == 0
    assert "maya-lopez" in done.stdout + done.stderr
