"""First use: from an empty folder to a public site and a story that is taken down."""

import re
import subprocess
import urllib.request
from pathlib import Path

from tests.support.forms import GOOGLE, WORD, table
from tests.support.site import Site, picture
from tests.support.terminal import Terminal

SIGNED = """\
shown_as: Student
consent:
  form: R-0043
  given: 2026-11-01
  by: guardian
  covers: [website]
  until: 2027-01-10
"""
DAY = ("--date", "2026-11-21")


def run(folder: Path, *words: str, code: int = 0) -> str:
    """Run the real program in a terminal until it ends, and return its output."""
    terminal = Terminal(*words, folder=folder)
    assert terminal.exit_code() == code, terminal.said
    return terminal.said


def test_from_nothing_to_a_public_site_and_a_story_that_comes_down_again(tmp_path: Path) -> None:
    site, bare = tmp_path / "river", tmp_path / "bare.git"
    subprocess.run(["git", "init", "--bare", "--quiet", str(bare)], check=True)
    (tmp_path / "IMG_7.jpg").write_bytes(picture((900, 1200)))
    (tmp_path / "answers.csv").write_bytes(messy().encode("utf-16"))

    found(tmp_path)
    begin(site, tmp_path / "IMG_7.jpg")
    with (site / "content/stories/maya-lopez.md").open("a") as file:
        file.write("It began with a toaster.\n")
    look(site)
    assert not (site / "public").exists()
    assert "Checked. Live: 1 story" in run(site, "check", *DAY)
    assert "Published 1 story" in run(site, "build", *DAY)

    take_answers(site)
    assert "Published 1 story" in run(site, "build", *DAY)
    record_consent(site)
    assert "Published 2 stories" in run(site, "build", *DAY)
    deploy(site, bare)
    shown = git(bare, "ls-tree", "-r", "--name-only", "gh-pages")
    assert "stories/maya-lopez/index.html" in shown
    assert "stories/student/index.html" in shown
    assert "student-" not in shown

    assert "Nothing of the story is left." in run(site, "withdraw", "maya-lopez", *DAY)
    assert "removed  /stories/maya-lopez/" in deploy(site, bare)
    assert git(bare, "grep", "-i", "lopez", "gh-pages") == ""
    assert len(git(bare, "rev-list", "--all").split()) == 1


def messy() -> str:
    """Return 200 messy answers: pasted from Word, formulas, odd characters, duplicates, broken rows."""
    quotes = (
        "- no",
        "x: y",
        '"q"',
        WORD,
        "=1+1",
        "@x",
        "😀 yes",
        "null",
        "[a",
        "---",
        "a\n---\nb: c",
        "#tag",
    )
    rows = [
        (f"11/{1 + number % 28}/2026", f"Student {number}", f"{quotes[number % 12]} {number}", WORD)
        for number in range(190)
    ]
    rows += [
        *rows[:5],
        ("", "", "No name.", ""),
        ("", "=A1", "Hi.", ""),
        ("", "Ana", "", ""),
        ("soon", "Bo", "Hi.", ""),
    ]
    return table(GOOGLE, *rows, ("", "Cy", "Hi.", "", "one cell too many"), separator=";")


def found(folder: Path) -> None:
    """Make a new site."""
    terminal = Terminal("init", "river", folder=folder).expect("Name").answer("Riverside STEM")
    terminal.expect("Web address").answer("https://riverside.example")
    terminal.expect("Main color").answer().expect("Second color").answer().expect("Next: cd river")
    assert terminal.exit_code() == 0


def begin(site: Path, photo: Path) -> None:
    """Create a story with a photo and a consent."""
    terminal = Terminal("new", "story", "Maya Lopez", folder=site).expect("A sentence").answer("I build.")
    terminal.expect("Field").answer("Robotics").expect("School").answer().expect("Grade or year").answer()
    terminal.expect("A photo").answer(str(photo)).expect("What the photo").answer("Maya at her bench")
    terminal.expect("Another person").answer()
    terminal.expect("signed consent form?").answer("y").expect("Number").answer("R-0042")
    terminal.expect("Day of").answer("2026-01-10").expect("Who").answer("self")
    terminal.expect("What may be public").answer("website, photo, full-name")
    terminal.expect("Next: open content/stories/maya-lopez.md")
    assert terminal.exit_code() == 0
    assert (site / "content/stories/maya-lopez.jpg").read_bytes() == photo.read_bytes()


def look(site: Path) -> None:
    """Serve the site, and stop with Ctrl-C."""
    terminal = Terminal("serve", "--port", "0", *DAY, folder=site).expect("Preview: ").expect("Next: ")
    (address,) = re.findall(r"Preview: +(http://127\.0\.0\.1:\d+/)", terminal.said)
    assert "It began with a toaster." in read(f"{address}stories/maya-lopez/")
    assert "the file says draft: true" in read(f"{address}stories/example/")
    assert terminal.answer("\x03").exit_code() == 0, terminal.said


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def take_answers(site: Path) -> None:
    """Import the answers, with confirmed columns; the second time nothing is new."""
    terminal = Terminal("import", "../answers.csv", *DAY, folder=site)
    terminal.expect("What is your full name?").expect("Are these columns right?").answer("y")
    for said in (
        "row 192 (Student 0) already exists: content/stories/student-0.md",
        "row 197 can't be used: the name is missing.",
        "row 198 (=A1) can't be used: the name is a formula.",
        "row 199 (Ana) can't be used: it has neither a quote nor a story.",
        "row 201 (Cy) can't be used: it has more cells than the table has headings.",
        "200 rows: 191 new drafts written, 5 already imported, 4 can't be used.",
    ):
        terminal.expect(said)
    assert terminal.exit_code() == 3
    assert "0 new drafts written, 196 already imported" in run(site, "import", "../answers.csv", *DAY, code=3)


def record_consent(site: Path) -> None:
    """Write a consent into one of the drafts, and read its end in the register."""
    student = Site.at(site)
    assert re.search(
        r"student-7\.md +Draft +the file says draft: true", run(site, "consent", "--on", "2026-11-21")
    )
    student.change("content/stories/student-7.md", "draft: true\n", SIGNED)
    (site / "content/stories/student-7.md").rename(site / "content/stories/student.md")
    said = run(site, "consent", "--on", "2026-11-21")
    assert re.search(r"student\.md +Live +until 2027-01-10", said)
    assert "The site next changes by itself on: 2027-01-11" in said


def deploy(site: Path, bare: Path) -> str:
    """Deploy to a repository on this disk, after the list of changes."""
    terminal = Terminal("deploy", "--remote", str(bare), *DAY, folder=site)
    terminal.expect(f"Deploy this to the branch gh-pages of {bare}?").answer("y").expect("Deployed to ")
    assert terminal.exit_code() == 0, terminal.said
    return terminal.said


def git(bare: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=bare, capture_output=True, check=False)
    return done.stdout.decode()
