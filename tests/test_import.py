"""`sitegen import`: answers to a form, as they really come, become drafts."""

import csv
import io
import os
import re
import stat
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen import columns, frontmatter, limits, pasted, photobox, tables
from sitegen.importer import mark_of
from sitegen.problems import Problem
from tests import vectors
from tests.conftest import Site, picture, tree
from tests.terminal import Terminal, run_here

GOOGLE = (
    "Timestamp",
    "What is your full name?",
    "In one sentence, why do you care about STEM?",
    "Your story",
)
MAYA = (
    "11/4/2025 13:22:05",
    "Maya Lopez",
    "I build what I need.",
    "It began with a toaster.\n\nThen a robot.",
)
BEN = ("11/14/2025 9:02:00", "Ben Ito", "Numbers are music.", "")


def table(*rows: Sequence[str], separator: str = ",") -> str:
    """Return rows as a spreadsheet saves them."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue()


def run(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command where nobody can be asked."""
    return run_here(site.root, *words)


def take(site: Site, data: str | bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """Import a table, the columns as they are guessed."""
    site.write("responses.csv", data)
    return run(site, "import", str(site.root / "responses.csv"), "--yes", "--date", "2026-11-21", *options)


def stories(site: Site) -> dict[str, frontmatter.Document]:
    """Return every story by the name of its file."""
    found = {}
    for file in sorted((site.root / "content/stories").glob("*.md")):
        document = frontmatter.read(file.read_bytes(), file.name)
        assert not isinstance(document, Problem), document
        found[file.stem] = document
    return found


# -- what becomes of an answer --------------------------------------------------------------


def test_each_answer_becomes_a_draft_that_nobody_sees(site: Site) -> None:
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


def test_it_says_what_it_did_and_what_comes_next(site: Site) -> None:
    done = take(site, table(GOOGLE, MAYA, ("", "", "No name.", "")))
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "Kept which column answers what: content/import.yaml",
        "row 3 can't be used: there is no name.",
        "2 rows: 1 new draft written, 0 there already, 1 that can't be used.",
        "Next: mend those rows in the table, and import it again: what is there stays as it is.",
    ]
    assert done.stdout.splitlines()[-1] == "content/stories/maya-lopez.md: row 2 (Maya Lopez)"


def test_run_twice_the_second_changes_nothing(site: Site) -> None:
    take(site, table(GOOGLE, MAYA, BEN))
    before = tree(site.root)
    done = take(site, table(GOOGLE, MAYA, BEN))
    assert done.returncode == 0
    assert "2 rows: 0 new drafts written, 2 there already" in done.stderr
    assert tree(site.root) == before


def test_an_answer_is_known_again_after_its_file_was_edited(site: Site) -> None:
    take(site, table(GOOGLE, MAYA))
    site.change("content/stories/maya-lopez.md", "I build what I need.", "I build.")
    site.change("content/stories/maya-lopez.md", "Maya Lopez", "Maya R. Lopez")
    take(site, table(GOOGLE, MAYA))
    assert list(stories(site)) == ["maya-lopez"]


def test_the_same_person_and_quote_is_a_duplicate_however_it_is_written(site: Site) -> None:
    site.story(quote='"I build what I wish existed."')
    twins = [("", "maya LOPEZ ", "I build what I wish existed", ""), (*MAYA[:3], "x"), MAYA]
    done = take(site, table(GOOGLE, *twins))
    assert "row 2 (maya LOPEZ) is there already: content/stories/maya-lopez.md" in done.stderr
    assert sorted(stories(site)) == ["maya-lopez", "maya-lopez-2"]


def test_another_story_of_one_name_gets_a_number_and_a_word(site: Site) -> None:
    before = site.story().root.joinpath("content/stories/maya-lopez.md").read_bytes()
    done = take(site, table(GOOGLE, MAYA))
    assert "content/stories/maya-lopez.md is of the same name" in done.stderr
    assert "maya-lopez-2" in stories(site)
    assert (site.root / "content/stories/maya-lopez.md").read_bytes() == before


def test_a_row_that_cannot_be_used_is_told_with_its_number_and_the_others_go_on(site: Site) -> None:
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
        "row 2 can't be used: there is no name.",
        'row 3 (=HYPERLINK("http://a.example","Maya")) can\'t be used: the name is a formula.',
        "row 4 (Ana Reed) can't be used: there is neither a quote nor a story.",
        "row 5 (🙂) can't be used: no file name can be made of the name.",
        "row 6 (Cy Moe) can't be used: the quote has 700 characters; the most is 600.",
        "row 7 (Ben Ito) can't be used: it has more cells than the table has headings.",
    ]
    assert list(stories(site)) == ["maya-lopez"]


def test_a_long_answer_leads_with_its_first_sentence(site: Site) -> None:
    long = "I began small. " + "Then it grew. " * 60
    take(site, table(GOOGLE, ("", "Maya Lopez", long, "")))
    maya = stories(site)["maya-lopez"]
    assert maya.values["quote"] == "I began small."
    assert maya.body.split() == long.split()


def test_a_field_that_the_site_does_not_know_is_left_out_with_a_word(site: Site) -> None:
    site.change("content/site.yaml", "A site for tests.", "A site for tests.\nfields: [Robotics]")
    done = take(site, table((*GOOGLE, "Field"), (*MAYA, "Robotcs")))
    assert 'field "Robotcs" is not known. Did you mean "Robotics"? It was left out.' in done.stderr
    assert "field" not in stories(site)["maya-lopez"].values
    assert site.build().messages == []


def test_an_answer_as_long_as_a_book_is_told_and_a_heavy_one_from_word_is_not(site: Site) -> None:
    long, heavy = "It grew. " * 4000, f"<p>It began.</p><!-- {'x' * 300_000} -->"
    done = take(site, table(GOOGLE, ("", "Ana Reed", "Hi.", long), ("", "Ben Ito", "Hi.", heavy)))
    assert "row 2 (Ana Reed) can't be used: the story has 35,999 characters" in done.stderr
    assert stories(site)["ben-ito"].body == "It began."


# -- consent --------------------------------------------------------------------------------

CONSENT = (*GOOGLE, "What may we use?", "Date of signature")
CONSENT_FILE = "name: What is your full name?\nquote: In one sentence, why do you care about STEM?\n"
CONSENT_FILE += "consent_covers: What may we use?\nconsent_given: Date of signature\n"


def test_consent_that_the_form_carries_is_written_down_and_the_draft_stays_one(site: Site) -> None:
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
def test_whatever_else_is_said_of_consent_is_left_to_a_person(site: Site, said: str, day: str) -> None:
    done = take(site.write("content/import.yaml", CONSENT_FILE), table(CONSENT, (*MAYA, said, day)))
    assert "consent" not in stories(site)["maya-lopez"].values
    assert ("has to be read by somebody" in done.stderr) == bool(said)


def test_without_the_full_name_in_the_consent_the_file_is_not_called_by_it(site: Site) -> None:
    take(site, table(CONSENT, (*MAYA, "Website", "10/20/2025")))
    assert list(stories(site)) == ["maya"]


# -- columns --------------------------------------------------------------------------------


FORMS = {
    "Google": (
        *("Timestamp", "Email Address", "First Name", "Last Name", "Current grade", "School"),
        *("Share a quote for your card", "Tell us more about your journey", "Upload a headshot"),
        "Do you consent to us using your photo?",
    ),
    "Microsoft": (
        *("ID", "Start time", "Completion time", "Email", "Name", "Your full name", "What is your major?"),
        *("Which college do you attend?", "What inspires you to study STEM?", "Please upload a photo"),
    ),
    "Airtable": (
        "Name",
        "Quote",
        "Story",
        "Field of study",
        "Photo",
        "Photo description",
        "Created",
        "Topics",
    ),
}
GUESSED = {
    "Google": {
        "first_name": 2,
        "last_name": 3,
        "year": 4,
        "school": 5,
        "quote": 6,
        "story": 7,
        "photo": 8,
        "date": 0,
    },
    "Microsoft": {"name": 5, "field": 6, "school": 7, "quote": 8, "photo": 9, "date": 2},
    "Airtable": {"name": 0, "quote": 1, "story": 2, "field": 3, "photo": 4, "alt": 5, "date": 6, "topics": 7},
}


@pytest.mark.parametrize("form", FORMS)
def test_the_columns_of_the_usual_forms_are_guessed(form: str) -> None:
    assert columns.guess(tables.Table(FORMS[form], ())) == GUESSED[form]


def test_a_column_in_which_nobody_answered_is_not_taken() -> None:
    found = tables.read(table(("Name", "Student name here", "Quote"), ("anonymous", "Maya", "x")).encode())
    assert isinstance(found, tables.Table)
    assert columns.guess(found)["name"] == 1


def test_what_was_guessed_is_kept_for_people_to_correct_and_taken_the_next_time(site: Site) -> None:
    take(site, table(GOOGLE, MAYA))
    told = (site.root / "content/import.yaml").read_text()
    assert "name: What is your full name?" in told
    found = tables.read(table(GOOGLE, MAYA).encode())
    assert isinstance(found, tables.Table)
    assert columns.told(told.encode(), found) == columns.guess(found)


def test_what_people_say_in_the_file_goes_before_any_guess(site: Site) -> None:
    site.write("content/import.yaml", 'name: Timestamp\nquote: "your  STORY"\n')
    done = run(
        site, "import", str(site.write("r.csv", table(GOOGLE, ("Ana Reed", "x", "y", "z"))).root / "r.csv")
    )
    assert done.returncode == 0, done.stderr
    assert stories(site)["ana-reed"].values["quote"] == "z"


def test_a_mistake_in_the_file_is_told_with_its_place(site: Site) -> None:
    site.write("content/import.yaml", "nam: Timestamp\nquote: Your storey\nstory: [a]\n")
    done = take(site, table(GOOGLE, MAYA))
    assert done.returncode == 2
    assert done.stderr.splitlines()[:3] == [
        'content/import.yaml:1:6: the key "nam" is not known. Did you mean "name"?',
        'content/import.yaml:2:8: there is no column "Your storey" in this table. Did you mean "Your story"?',
        "content/import.yaml:3:8: story takes the name of one column. "
        "Write the heading of the column behind the colon.",
    ]
    assert not (site.root / "content/stories").exists()


def test_without_a_word_on_the_guess_nothing_is_written(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    done = run(site, "import", str(site.root / "responses.csv"))
    assert done.returncode == 2
    assert "run it again with --yes if the columns are right" in done.stderr
    assert sorted(path.name for path in (site.root / "content").iterdir()) == ["site.yaml"]


def test_a_table_without_names_says_how_to_tell_them(site: Site) -> None:
    done = take(site, table(("A", "B"), ("1", "2")))
    assert done.returncode == 2
    assert "no column has the name." in done.stderr
    assert "# name:  # first and last name" in done.stdout


def test_somebody_at_a_terminal_is_shown_the_columns_and_asked(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    words = ("--root", str(site.root), "import", str(site.root / "responses.csv"))
    no = Terminal(*words).expect("What is your full name?").expect("Is that right?").answer("n")
    no.expect("No draft was written. Next: correct that file, then import again.")
    assert no.exit_code() == 0
    assert list(stories(site)) == []
    site.change("content/import.yaml", "story: Your story", "# story:")
    corrected = Terminal(*words).expect("Next: read each draft, record consent in it, then sitegen check")
    assert corrected.exit_code() == 0
    assert stories(site)["maya-lopez"].body == ""


def test_ctrl_c_at_the_question_keeps_nothing(site: Site) -> None:
    before = tree(site.write("responses.csv", table(GOOGLE, MAYA)).root)
    asked = Terminal("--root", str(site.root), "import", str(site.root / "responses.csv"))
    asked.expect("Is that right?").answer("\x03").expect("Stopped. Nothing was done.")
    assert asked.exit_code() == 130
    assert tree(site.root) == before


def test_somebody_who_says_that_the_columns_are_right_has_the_drafts(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    yes = Terminal("--root", str(site.root), "import", str(site.root / "responses.csv"))
    yes.expect("Is that right?").answer("y").expect("Next: read each draft")
    assert yes.exit_code() == 0
    assert list(stories(site)) == ["maya-lopez"]


def test_a_dry_run_shows_a_table_and_writes_nothing(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA, ("", "", "No name.", "")))
    before = tree(site.root)
    done = run(site, "import", str(site.root / "responses.csv"), "--dry-run")
    assert done.returncode == 3
    assert "stories/maya-lopez.md" in done.stdout
    assert "there is no name" in done.stdout
    assert tree(site.root) == before


# -- tables ---------------------------------------------------------------------------------

ACCENTS = ("", "José Núñez", "Ñandú “smart” – €", "line\none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_in_any_encoding_and_with_any_separator(encoding: str, separator: str) -> None:
    found = tables.read(table(GOOGLE, ACCENTS, separator=separator).encode(encoding))
    assert found == tables.Table(GOOGLE, ((2, ACCENTS),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_blank_rows_keep_the_numbers_of_the_spreadsheet(end: str) -> None:
    found = tables.read(f"Name,Quote{end}{end},{end}A,B{end}".encode())
    assert found == tables.Table(("Name", "Quote"), ((4, ("A", "B")),))


@pytest.mark.parametrize(
    "text", ["JOSÉ", "don’t – “ever”", "Zoë’s €5", "Ångström…", "naïve café", "£5 • ½ °C"]
)
def test_a_few_odd_letters_of_windows_are_read_as_they_are(text: str) -> None:
    found = tables.read(f"Name,Quote\r\nAna,{text}\r\n".encode("cp1252"))
    assert found == tables.Table(("Name", "Quote"), ((2, ("Ana", text)),))


def test_excels_own_word_on_the_separator_is_taken() -> None:
    assert tables.read(b"sep=;\r\nName;Quote\r\nA;b, c") == tables.Table(
        ("Name", "Quote"), ((2, ("A", "b, c")),)
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "Excel workbook"),
        (b" \n", "empty"),
        ("Name,Quote\n小林 花子,好きです。".encode("shift_jis"), "can't be made out. In Excel choose"),
        ("Name,Quote\nРобот,Я строю.".encode("cp1251"), "can't be made out. In Excel choose"),
        (b'Name,Quote\nA,"never closed\n', "never closed"),
        (b",,\n", "no row"),
    ],
)
def test_what_is_no_table_is_told_in_plain_words(site: Site, data: bytes, said: str) -> None:
    done = take(site, data)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("11/4/2025 13:22:05", "2025-11-04"),
        ("2025/11/04 1:22:05 PM GMT-5", "2025-11-04"),
        ("2025-11-04T13:22:05.000Z", "2025-11-04"),
        ("4.11.2025 13:22", "2025-11-04"),
        ("Nov 4, 2025, 1:22 PM", "2025-11-04"),
        ("25/11/2025", "2025-11-25"),
        ("soon", "2026-11-21"),
    ],
)
def test_time_stamps_of_all_forms_are_understood(site: Site, stamp: str, day: str) -> None:
    take(site, table(GOOGLE, (stamp, *MAYA[1:])))
    assert stories(site)["maya-lopez"].values["date"] == day


def test_one_day_past_the_twelfth_tells_that_the_day_comes_first(site: Site) -> None:
    take(site, table(GOOGLE, ("3/4/2025", *MAYA[1:]), ("25/4/2025", *BEN[1:])))
    assert stories(site)["maya-lopez"].values["date"] == "2025-04-03"


# -- what was pasted ------------------------------------------------------------------------

WORD = (
    "<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]--><style>p {color: red}</style>"
    '<p class="MsoNormal">It <b>began</b>&nbsp;with a\r\ntoaster.<o:p></o:p></p><ul><li>one</li></ul>'
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (WORD, "It began with a toaster.\n- one"),
        ("<script>alert(1)</script>Hi", "Hi"),
        ("I <3 robots, 2 < 3, x <y> z", "I <3 robots, 2 < 3, x <y> z"),
        ("AT&amp;T &#8220;x&#8221;", "AT&T “x”"),
        ('="0042"', "0042"),
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("a\u00a0b\u200bc\u00add\ufeff\x07", "a bcd"),
        ("line\x0bbreak\u2028here", "line\nbreak\nhere"),
        ("👩\u200d🔬 “curly” é", "👩\u200d🔬 “curly” é"),
        ("\u202egnp.exe", "gnp.exe"),
        ("•\tone", "- one"),
    ],
)
def test_what_was_pasted_becomes_plain_text(cell: str, text: str) -> None:
    assert pasted.text(cell) == text


def test_nothing_that_was_pasted_runs_or_is_formatted_on_the_page(site: Site) -> None:
    answer = ("", "Maya Lopez", '=HYPERLINK("http://a.example")', "# no [link](http://a.example) <img src=x>")
    take(site, table(GOOGLE, answer))
    file = "content/stories/maya-lopez.md"
    consent = "consent:\n  given: 2026-01-01\n  covers: [website, full-name]\n"
    site.change(file, "draft: true\n", consent).build()
    assert site.messages == []
    assert "# no [link](http://a.example)" in site.read("stories/maya-lopez/index.html")
    assert "=HYPERLINK(" in site.read("stories/maya-lopez/index.html")


# -- photos ---------------------------------------------------------------------------------

WITH_PHOTO = (*GOOGLE, "Headshot")


@pytest.mark.parametrize(
    "written",
    [
        "IMG_1.JPG",
        "C:\\Users\\maya\\img_1.jpg",
        "../../IMG_1.JPG",
        "https://drive.example/files/IMG_1.JPG?x=1",
        "IMG_1.JPG (https://dl.airtable.example/abc)",
        "https://drive.example/open?id=abc",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_is_found_by_its_name_in_a_folder_or_zip(
    site: Site, tmp_path: Path, written: str, packed: bool
) -> None:
    data = picture((800, 800))
    name = "answers/IMG_1 - Maya Lopez.JPG" if "open?id" in written else "answers/IMG_1.JPG"
    box = tmp_path / ("photos.zip" if packed else "photos")
    if packed:
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr(name, data)
    else:
        (box / name).parent.mkdir(parents=True)
        (box / name).write_bytes(data)
    done = take(site, table(WITH_PHOTO, (*MAYA, written)), "--photos", str(box))
    assert done.returncode == 0, done.stderr
    assert (site.root / "content/stories/maya-lopez.jpg").read_bytes() == data
    assert "# headshot: maya-lopez.jpg\n# alt: " in (site.root / "content/stories/maya-lopez.md").read_text()
    assert "describe the photo in its file" in done.stderr
    assert site.build().messages == []


def test_with_a_description_in_the_form_the_photo_is_used_at_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture((800, 800), suffix=".png"))
    header = (*WITH_PHOTO, "Photo description")
    take(site, table(header, (*MAYA, "a.png", "Maya at her bench")), "--photos", str(tmp_path))
    assert stories(site)["maya-lopez"].values["headshot"] == "maya-lopez.png"
    assert site.build().messages == []


def test_nothing_is_taken_from_outside_a_folder_or_zip(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "below").symlink_to(tmp_path)
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for name in ("../secret.jpg", "/etc/secret.jpg", "a\\..\\..\\secret.jpg"):
            archive.writestr(name, "x")
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    for place in (folder, tmp_path / "photos.zip"):
        assert photobox.opened(place) == photobox.Box(place, ())


def test_a_zip_that_unpacks_to_gigabytes_is_refused_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PHOTO_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jpg", b"\0" * 1_000_000)
    box = photobox.opened(tmp_path / "bomb.zip")
    assert isinstance(box, photobox.Box)
    assert "is larger than" in str(box.read("a.jpg"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, 'the photo "IMG_1.JPG" is not in photos'),
        (
            {"a/IMG_1.jpg": picture((9, 9)), "b/IMG_1.jpg": picture((9, 9))},
            "may be any of a/IMG_1.jpg, b/IMG_1",
        ),
        ({"IMG_1.jpg": b"no picture"}, 'the picture "IMG_1.jpg" can'),
    ],
)
def test_a_photo_that_cannot_be_taken_is_told_and_the_story_goes_on(
    site: Site, tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    for name, data in files.items():
        (tmp_path / "photos" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "photos" / name).write_bytes(data)
    (tmp_path / "photos").mkdir(exist_ok=True)
    done = take(site, table(WITH_PHOTO, (*MAYA, "IMG_1.JPG")), "--photos", str(tmp_path / "photos"))
    assert said in done.stderr
    assert list(stories(site)) == ["maya-lopez"]
    assert site.build().messages == []


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_zip_is_told(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w", method) as archive:
        archive.writestr("a.jpg", os.urandom(5000))
    data = bytearray((tmp_path / "photos.zip").read_bytes())
    data[60:4000] = bytes(3940)
    (tmp_path / "photos.zip").write_bytes(data)
    box = photobox.opened(tmp_path / "photos.zip")
    assert isinstance(box, photobox.Box)
    assert "is damaged or locked" in str(box.read("a.jpg"))


def test_what_is_no_folder_of_photos_is_told(site: Site) -> None:
    done = take(site, table(GOOGLE, MAYA), "--photos", str(site.root / "content/site.yaml"))
    assert done.returncode == 2
    assert "it is neither a folder nor a ZIP." in done.stderr


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


# -- hostile words --------------------------------------------------------------------------

PHOTO_NAMES = (
    *("../../evil.jpg", "/abs.jpg", "a\\..\\..\\b.jpg", "C:x.jpg", "sub/../../up.jpg", "nul\0.jpg", "..jpg"),
    *(
        "x\u202egpj.jpg",
        "A" * 300 + ".jpg",
        "CON.jpg",
        "-rf.jpg",
        "<img onerror=ran()>.jpg",
        "=cmd.jpg",
        "p.jpg/",
    ),
)


def test_hostile_words_in_every_cell_and_file_name_stay_words_within_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    cells = (*(each.text for each in vectors.read()), *vectors.ODD)
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
