"""Content editor: wanted values change, and no other byte."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.authoring import content_editor, content_writer
from sitegen.content import frontmatter
from sitegen.content.schema import StoryForm
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.core.diagnostics import Problem
from sitegen.core.text import line
from tests.support import thorough

FILE = """\
---
# A note at the top.
name: Maya Lopez   # as on the form
school: "Central High School"

# The field is one of ours.
field: Robotics
date: 2026-02-01
topics:
  - robotics  # the first
  - mentoring
quote: >
  I build what
  I wish existed.
consent: {form: R-0042, given: 2026-01-10, covers: [website, photo]}
# The last note.
---

Her story.
"""


def edited(text: str, changes: dict[KeyPath, Value], body: str | None = None) -> str:
    """Return a file with changed values."""
    done = content_editor.edited(text.encode(), StoryForm, changes, body)
    assert done is not None
    return done.decode()


def values(text: str) -> frontmatter.Document:
    """Return a file as the build reads it."""
    found = frontmatter.read(text.encode(), "")
    assert not isinstance(found, Problem)
    return found


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (("name",), "Ada Li", "name: Maya Lopez   # as", "name: Ada Li   # as"),
        (("school",), "Lab: North", '"Central High School"', '"Lab: North"'),
        (("school",), "", 'school: "Central High School"', "school:"),
        (("quote",), "Why #1?", ">\n  I build what\n  I wish existed.", '"Why #1?"'),
        (("consent", "covers"), ["website"], "[website, photo]", "[website]"),
        (("consent", "form"), "A, B", "form: R-0042", 'form: "A, B"'),
        (("consent", "until"), "2027-01-01", "{form", "{until: 2027-01-01, form"),
        (("topics",), ["robotics", "art"], "  - mentoring\n", "  - art\n"),
        (("year",), "11th grade", "\n\n# The field", "\nyear: 11th grade\n\n# The field"),
        (("draft",), "true", "  I wish existed.\n", "  I wish existed.\ndraft: true\n"),
    ],
)
def test_a_value_changes_and_nothing_else_does(keys: KeyPath, value: Value, old: str, new: str) -> None:
    assert edited(FILE, {keys: value}) == FILE.replace(old, new, 1)


def test_the_body_changes_and_the_space_above_it_stays() -> None:
    assert edited(FILE, {}, "Another.\n\n# One\n") == FILE.replace("Her story.", "Another.\n\n# One")
    assert edited(FILE, {}, "Her story.") == FILE


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_stay(end: str) -> None:
    text = "\ufeff" + FILE.replace("\n", end)
    changes: dict[KeyPath, Value] = {("name",): "Ada Li", ("year",): "11th"}
    assert edited(text, changes, "A.\n\nB.") == "\ufeff" + edited(FILE, changes, "A.\n\nB.").replace(
        "\n", end
    )


CONSENT: dict[KeyPath, Value] = {
    ("consent", "form"): "R-0007",
    ("consent", "given"): "2026-10-01",
    ("consent", "covers"): ["website", "photo"],
}


def test_a_draft_gets_its_consent_in_place_of_the_lines_to_fill_in() -> None:
    new = content_writer.text(StoryForm, {"name": "Maya Lopez", "quote": "A.", "date": "2026-01-01"}, "B.")
    done = edited(new, {**CONSENT, ("school",): "North"})
    assert re.search(r"^school: North +  # the school, in full$", done, re.MULTILINE)
    assert re.search(r"^consent:\n  form: R-0007 +  # where the signed form is filed$", done, re.MULTILINE)
    assert re.search(r"^  covers: \[website, photo\] +  # the uses it opens$", done, re.MULTILINE)
    assert len(done.splitlines()) == len(new.splitlines())


def test_consent_of_a_person_in_a_list_is_written_below_their_name() -> None:
    given: dict[str, Value] = {"people": [{"name": "Ada Li"}, {"name": "Ben Ito"}], "quote": "A."}
    new = content_writer.text(StoryForm, {**given, "date": "2026-01-01"})
    done = edited(new, {("people", 1, *keys): value for keys, value in CONSENT.items()})
    assert values(done).values["people"] == [
        {"name": "Ada Li"},
        {
            "name": "Ben Ito",
            "consent": {"form": "R-0007", "given": "2026-10-01", "covers": ["website", "photo"]},
        },
    ]
    assert len(done.splitlines()) == len(new.splitlines())


def test_consent_is_added_to_a_file_without_lines_to_fill_in() -> None:
    done = edited("---\nname: Maya\nquote: A.\n---\nB.\n", CONSENT)
    assert done == (
        "---\nname: Maya\nquote: A.\nconsent:\n  form: R-0007\n  given: 2026-10-01\n"
        "  covers: [website, photo]\n---\nB.\n"
    )


@pytest.mark.parametrize(
    "words", ["# no note", "- a", "key: x", "'", '"', "[", "{a}", "  ", "---", "\\", "é…", "&a"]
)
def test_any_text_is_read_back(words: str) -> None:
    assert (values(edited(FILE, {("name",): words})).values.get("name") or "").strip() == words.strip()  # type: ignore[union-attr]


KEYS: list[KeyPath] = [("name",), ("school",), ("title",), ("consent", "form"), ("consent", "given")]


@settings(max_examples=thorough.rounds(60, 2_000), deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40).map(line), max_size=4))
def test_any_line_is_read_back(changes: dict[KeyPath, Value]) -> None:
    # a new file, too: it has the keys as notes
    for text in (FILE, content_writer.text(StoryForm, {"name": "Maya", "quote": "A.", "date": "2026-01-01"})):
        assert content_editor.edited(text.encode(), StoryForm, changes) is not None


def test_a_file_that_cannot_be_changed_is_left_alone() -> None:
    assert content_editor.edited(b"no front matter", StoryForm, {("name",): "A"}) is None
    assert content_editor.edited(b"---\nname: [\n---\n", StoryForm, {("name",): "A"}) is None
    assert content_editor.edited(b"---\nname: A\n---\n", StoryForm, {("name", 0, "x"): "A"}) is None
