"""Importer: form answers become drafts, once each."""

import re
import zipfile
from pathlib import Path

import pytest

from sitegen.authoring.importer import mark_of
from tests.support import xss_vectors
from tests.support.forms import BEN, GOOGLE, MAYA, PHOTO_NAMES, WORD, stories, table, take
from tests.support.site import Site, picture, tree
from tests.support.terminal import run

# -- what becomes of an answer --------------------------------------------------------------


def test_each_answer_becomes_a_draft_that_is_not_public(site: Site) -> None:
    done = take(site, table(GOOGLE, MAYA, BEN))
    assert done.returncode == 0, done.stderr
    maya, ben = stories(site)["maya-lopez"], stories(site)["ben-ito"]
    assert maya.values == {
        "name": "Maya Lopez",
        "date": "2025-11-04",
        "quote": "I build what I need.",
        "draft": "true",
    }
    assert maya.body.split() == ["It", "began", "with", "a", "toaster.", "Then", "a", "robot."]
    assert ben.values["date"] == "2025-11-14"
    site.build()
    assert (site.messages, site.report.published, len(site.withheld)) == ([], 0, 2)


def test_the_import_reports_its_results_and_the_next_step(site: Site) -> None:
    done = take(site, table(GOOGLE, MAYA, ("", "", "No name.", "")))
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "Saved the columns: content/import.yaml",
        "row 3 can't be used: the name is missing.",
        "2 rows: 1 new draft written, 0 already imported, 1 can't be used.",
        "Next: fix those rows in the table, then import it again. Existing drafts are not changed.",
    ]
    assert done.stdout.splitlines()[-1] == "content/stories/maya-lopez.md: row 2 (Maya Lopez)"


def test_a_second_import_changes_nothing(site: Site) -> None:
    take(site, table(GOOGLE, MAYA, BEN))
    before = tree(site.root)
    done = take(site, table(GOOGLE, MAYA, BEN))
    assert done.returncode == 0
    assert "2 rows: 0 new drafts written, 2 already imported" in done.stderr
    assert tree(site.root) == before


def test_an_answer_is_recognized_after_its_file_was_edited(site: Site) -> None:
    take(site, table(GOOGLE, MAYA))
    site.change("content/stories/maya-lopez.md", "I build what I need.", "I build.")
    site.change("content/stories/maya-lopez.md", "Maya Lopez", "Maya R. Lopez")
    take(site, table(GOOGLE, MAYA))
    assert list(stories(site)) == ["maya-lopez"]


def test_the_same_person_and_quote_is_a_duplicate_however_it_is_written(site: Site) -> None:
    site.story(quote='"I build what I wish existed."')
    twins = [("", "maya LOPEZ ", "I build what I wish existed", ""), (*MAYA[:3], "x"), MAYA]
    done = take(site, table(GOOGLE, *twins))
    assert "row 2 (maya LOPEZ) already exists: content/stories/maya-lopez.md" in done.stderr
    assert sorted(stories(site)) == ["maya-lopez", "maya-lopez-2"]


def test_a_second_story_under_one_name_gets_a_number_and_a_message(site: Site) -> None:
    before = site.story().root.joinpath("content/stories/maya-lopez.md").read_bytes()
    done = take(site, table(GOOGLE, MAYA))
    assert "content/stories/maya-lopez.md has the same name" in done.stderr
    assert "maya-lopez-2" in stories(site)
    assert (site.root / "content/stories/maya-lopez.md").read_bytes() == before


TURNED = {
    "Lopez, Maya": "Maya Lopez",
    "Lopez,Zoe": "Zoe Lopez",
    "DIAZ, ANA": "Ana Diaz",
    "lopez, maya": "Maya Lopez",
    "Lopez\uff0c Mia": "Mia Lopez",
    "Lopez Ramirez, Maya": "Maya Lopez Ramirez",
    "Lopez, Maya Ana": "Maya Ana Lopez",
    "van der Berg, Maya Ana": "Maya Ana van der Berg",
    "Lopez Ramirez, Maya A.": "Maya A. Lopez Ramirez",
    "de la Cruz, Ana-María J.": "Ana-María J. de la Cruz",
    "O'Neill, Shaun": "Shaun O'Neill",
    "Lopez, Jr., Ben": "Ben Lopez Jr.",
    "Lopez, Ben, III": "Ben Lopez III",
}
IN_DOUBT = {
    **dict.fromkeys(
        (
            "Maya Lopez, Ben Ito",
            "Lopez Ramirez, Maya Ana",
            "Maya L. Lopez, Ben Ito",
            "maya lopez, ben ito",
            "Maya L., Ben I.",
            "Maya Lopez\uff0cBen Ito",
            "Maya, Ben, Ana",
            "Maya Lopez, Ben Ito, Ana Reed",
            "Maya Lopez, Ben Ito and Ana Reed",
            "Ana de la Cruz, Ben van Dyk",
            "Lopez, Maya and Ito, Ben",
        ),
        "it has a comma, and may name several people",
    ),
    "Maya Lopez, she/her": "it has a comma",
    "Maya Lopez & Ben Ito": "it seems to name several people",
    "Lopez; Maya": "it seems to name several people",
    "小林、花子": "in its language the family name often comes first",
    "Nguyễn Văn An": "in its language the family name often comes first",
    "Maya": "it has one word",
}


def test_a_name_with_a_comma_is_turned_around_and_the_import_says_so(site: Site) -> None:
    rows = [("", written, f"I am number {number}.", "") for number, written in enumerate(TURNED)]
    said = " ".join(take(site, table(GOOGLE, *rows)).stderr.split())
    assert {story.values["name"] for story in stories(site).values()} == set(TURNED.values())
    for name in TURNED.values():
        assert f'became "{name}"; if these are two people, list them in people' in said
    rows += [("", name, f"I am number {number}.", "") for number, name in enumerate(TURNED.values())]
    assert f"{2 * len(TURNED)} already imported" in take(site, table(GOOGLE, *rows)).stderr


def test_of_a_name_in_doubt_the_import_says_what_to_add(site: Site) -> None:
    rows = [("", written, f"I am number {number}.", "") for number, written in enumerate(IN_DOUBT)]
    said = take(site, table(GOOGLE, *rows)).stderr
    assert {story.values["name"] for story in stories(site).values()} == set(IN_DOUBT)
    for note in IN_DOUBT.values():
        assert f"{note}: add a line shown_as with the first name" in said


def test_without_full_name_the_file_is_named_after_the_shown_name(site: Site) -> None:
    keys = {"name": "Name", "quote": "Quote", "consent_covers": "Covers", "consent_given": "Signed"}
    site.write("content/import.yaml", "".join(f"{key}: {heading}\n" for key, heading in keys.items()))
    rows = [(name, f"By {name}", "website", "2026-01-01") for name in ("Lopez, Maya", "Nguyễn Văn An")]
    take(site, table(tuple(keys.values()), *rows))
    assert sorted(stories(site)) == ["an", "maya"]


def test_an_unusable_row_is_reported_with_its_number_and_the_others_are_imported(site: Site) -> None:
    rows = [
        ("", "", "No name.", ""),
        ("", '=HYPERLINK("http://a.example","Maya")', "Click.", ""),
        ("", "Ana Reed", "", ""),
        ("", "🙂", "Hello.", ""),
        ("", "Cy Moe", "x" * 700, ""),
        (*BEN, "", "one cell too many"),
        MAYA,
    ]
    done = take(site, table(GOOGLE, *rows))
    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if line.startswith("row ")] == [
        "row 2 can't be used: the name is missing.",
        'row 3 (=HYPERLINK("http://a.example","Maya")) can\'t be used: the name is a formula.',
        "row 4 (Ana Reed) can't be used: it has neither a quote nor a story.",
        "row 5 (🙂) can't be used: the name can't be made into a file name.",
        "row 6 (Cy Moe) can't be used: the quote has 700 characters; the most is 600.",
        "row 7 (Ben Ito) can't be used: it has more cells than the table has headings.",
    ]
    assert list(stories(site)) == ["maya-lopez"]


def test_a_long_answer_leads_with_its_first_sentence(site: Site) -> None:
    long = "I began small. " + "Then it grew. " * 60
    take(site, table(GOOGLE, ("", "Maya Lopez", long, "")))
    maya = stories(site)["maya-lopez"]
    assert maya.values["quote"] == "I began small."
    assert maya.values["own_words"] == "false"
    assert maya.body.split() == long.split()


def test_an_unknown_field_is_left_out_with_a_message(site: Site) -> None:
    site.change("content/site.yaml", "A site for tests.", "A site for tests.\nfields: [Robotics]")
    done = take(site, table((*GOOGLE, "Field"), (*MAYA, "Robotcs")))
    assert 'field "Robotcs" is not known. Did you mean "Robotics"? It was left out.' in done.stderr
    assert "field" not in stories(site)["maya-lopez"].values
    assert site.build().messages == []


def test_an_answer_as_long_as_a_book_is_reported_and_heavy_markup_from_word_is_not(site: Site) -> None:
    long, heavy = "It grew. " * 4000, f"<p>It began.</p><!-- {'x' * 300_000} -->"
    done = take(site, table(GOOGLE, ("", "Ana Reed", "Hi.", long), ("", "Ben Ito", "Hi.", heavy)))
    assert "row 2 (Ana Reed) can't be used: the story has 35,999 characters" in done.stderr
    assert stories(site)["ben-ito"].body == "It began."


# -- consent --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("maya lopez", "Maya Lopez"),
        ("ANA DE LA CRUZ", "Ana de la Cruz"),
        ("shaun o'neil mccoy", "Shaun O'Neil McCoy"),
        ("ana-lía núñez", "Ana-Lía Núñez"),
        ("bell hooks-Reed", "bell hooks-Reed"),
        ("DeShawn McCoy", "DeShawn McCoy"),
    ],
)
def test_a_name_in_one_case_gets_its_capital_letters(site: Site, typed: str, name: str) -> None:
    done = take(site, table(GOOGLE, ("", typed, "I build.", "")))
    assert [story.values["name"] for story in stories(site).values()] == [name]
    assert (f'"{typed}" became "{name}"' in done.stderr) == (typed != name)


@pytest.mark.parametrize(
    ("said", "is_copied", "note"),
    [
        ("Yes", True, ""),
        ("Sí", True, ""),
        ("", True, ""),
        ("No", False, "the form says no to the photo"),
        ("No, thank you", False, "the form says no to the photo"),
        ("Yes, but not online", True, "please read what the form says about the photo"),
    ],
)
def test_photo_permission_answers_whether_the_photo_is_used(
    site: Site, tmp_path: Path, said: str, is_copied: bool, note: str
) -> None:
    (tmp_path / "maya.jpg").write_bytes(picture((800, 800)))
    headings = (*GOOGLE, "Photo", "Photo permission")
    done = take(site, table(headings, (*MAYA, "maya.jpg", said)), "--photos", str(tmp_path))
    assert bool(list((site.root / "content/stories").glob("*.jpg"))) == is_copied
    assert note in done.stderr


def test_every_photo_that_was_not_used_is_named(site: Site, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in ("maya.jpg", "b.jpg", "c.png"):
        (photos / name).write_bytes(picture((800, 800)))
    for _ in range(2):
        done = take(site, table((*GOOGLE, "Photo"), (*MAYA, "maya.jpg")), "--photos", str(photos))
        assert "2 photos not used, because no row says whose they are:\n  b.jpg\n  c.png\n" in done.stderr


CONSENT = (*GOOGLE, "What may we use?", "Date of signature")


CONSENT_FILE = "name: What is your full name?\nquote: In one sentence, why do you care about STEM?\n"


CONSENT_FILE += "consent_covers: What may we use?\nconsent_given: Date of signature\n"


def test_consent_in_the_form_is_recorded_and_the_draft_stays_a_draft(site: Site) -> None:
    take(site, table(CONSENT, (*MAYA, "Website, Photo; Full name", "10/20/2025")))
    values = stories(site)["maya-lopez"].values
    assert values["consent"] == {
        "given": "2025-10-20",
        "by": "self",
        "covers": ["website", "photo", "full-name"],
    }
    assert values["draft"] == "true"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Website, but not my photo", "10/20/2025"),
        ("Do not use my photo", "10/20/2025"),
        ("Yes", "10/20/2025"),
        ("Website", ""),
        ("Website", "soon"),
        ("", "10/20/2025"),
    ],
)
def test_other_statements_about_consent_are_left_for_a_person_to_check(
    site: Site, said: str, day: str
) -> None:
    done = take(site.write("content/import.yaml", CONSENT_FILE), table(CONSENT, (*MAYA, said, day)))
    assert "consent" not in stories(site)["maya-lopez"].values
    assert ("please read what the form says about consent" in done.stderr) == bool(said)


def test_without_full_name_in_the_consent_the_file_name_has_no_surname(site: Site) -> None:
    take(site, table(CONSENT, (*MAYA, "Website", "10/20/2025")))
    assert list(stories(site)) == ["maya"]


# -- the whole ------------------------------------------------------------------------------


def test_two_hundred_messy_rows_leave_a_site_without_a_mistake(site: Site) -> None:
    names = ("José Núñez", "Con", "Topics", "O’Neil, Zoë", "小林 花子", "Anne " * 40, "# -- x: y", "a/../b")
    quotes = ("- no", "x: y", '"q"', WORD, "=1+1", "@x", "'", "😀", "null", "[a", "---", "a\n---\nb: c")
    rows = [
        (
            "13/40/2025" if number % 7 == 0 else "1/2/2026 3:04:05",
            names[number % 8],
            f"{quotes[number % 12]} {number}",
            WORD,
        )
        for number in range(200)
    ]
    done = take(site, table(GOOGLE, *rows).encode("utf-16"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert "200 rows: 200 new drafts written" in done.stderr
    site.build()
    assert (site.messages, len(site.withheld)) == ([], 200)


def test_the_mark_of_an_answer_is_the_same_however_it_is_typed() -> None:
    assert mark_of("José  NÚÑEZ", "It's “me”!") == mark_of("josé núñez", "its me")


# -- malicious texts ------------------------------------------------------------------------


def test_malicious_text_in_every_cell_and_file_name_stays_text_within_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    cells = (*(each.text for each in xss_vectors.read()), *xss_vectors.ODD)
    rows = []
    for number, cell in enumerate(cells):
        name, quote = (cell, f"Kim {number}")[number % 3 > 0], (cell, f"I like {number}.")[number % 3 == 1]
        photo = PHOTO_NAMES[number % len(PHOTO_NAMES)]
        rows.append(("1/2/2026", name, quote, f"{cell}\n\n{cell}", photo, cell, cell, cell, cell))
    header = ("Timestamp", "Your name", "Quote", "Your story", "Photo", "Photo description", "School", "Role")
    (tmp_path / "answers.csv").write_text(table((*header, "Topics"), *rows), encoding="utf-8", newline="")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for name in PHOTO_NAMES:
            archive.writestr(name, picture((400, 400)))
    before = tree(tmp_path)
    done = run(
        site, "import", str(tmp_path / "answers.csv"), "--photos", str(tmp_path / "photos.zip"), "--yes"
    )
    assert done.returncode == 3
    made = tree(tmp_path).keys() - before.keys()
    assert {str(Path(path).parent) for path in made} == {"site/content", "site/content/stories"}
    assert {Path(path).suffix for path in made} == {".md", ".jpg", ".yaml"}
    assert len(stories(site)) > 250
    assert not re.search("[\0\x1b\u202e\u2066]", done.stdout + done.stderr)
    for path in made:
        file = tmp_path / path
        if file.suffix == ".md":
            file.write_text(file.read_text().replace("draft: true\n", PUBLIC, 1))
    site.build()
    assert (site.messages, site.report.published) == ([], len(stories(site)))


PUBLIC = """\
consent:
  given: 2026-01-01
  by: self
  covers: [website, photo, full-name, school, social, search]
"""
