"""The path of a newcomer, from nothing to a site that is public and a story that comes down again."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import picture
from tests.terminal import Terminal


def run(folder: Path, *words: str, code: int = 0) -> str:
    """Run the real program where nobody can be asked, and return all that it says."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", *words],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_from_nothing_to_a_public_site_and_a_story_that_comes_down_again(tmp_path: Path) -> None:
    site, bare = tmp_path / "river", tmp_path / "bare.git"
    subprocess.run(["git", "init", "--bare", "--quiet", str(bare)], check=True)
    (tmp_path / "IMG_7.jpg").write_bytes(picture((900, 1200)))
    rows = "".join(
        f'11/{1 + number % 28}/2026,Student {number},"I like number {number}."\n' for number in range(200)
    )
    (tmp_path / "answers.csv").write_text(f"Timestamp,Your name,Quote\n{rows}", encoding="utf-16")

    begun = Terminal("init", "river", folder=tmp_path).expect("Name").answer("Riverside STEM")
    begun.expect("Address").answer("https://riverside.example")
    begun.expect("Main color").answer().expect("Second color").answer().expect("Next: cd river")
    assert begun.exit_code() == 0

    story = Terminal("new", "story", "Maya Lopez", folder=site).expect("The sentence").answer("I build.")
    story.expect("Field").answer("Robotics").expect("School").answer().expect("Year").answer()
    story.expect("Photo").answer(str(tmp_path / "IMG_7.jpg")).expect("What the photo").answer(
        "Maya at her bench"
    )
    story.expect("signed consent form?").answer("y").expect("Number").answer("R-0042")
    story.expect("Day of").answer("2026-01-10").expect("Who").answer("self")
    story.expect("covers").answer("website, photo, full-name").expect(
        "Next: open content/stories/maya-lopez.md"
    )
    assert story.exit_code() == 0
    with (site / "content/stories/maya-lopez.md").open("a") as file:
        file.write("It began with a toaster.\n")

    day = ("--date", "2026-11-21")
    said = run(site, "check", *day)
    assert "Checked: 1 story can be published." in said
    assert "Published 1 story" in run(site, "build", *day)
    assert "200 new drafts written" in run(site, "import", "../answers.csv", "--yes", *day)
    assert "Published 1 story" in run(site, "build", *day)
    assert "content/stories/student-7.md" in run(site, "consent", "--on", "2026-11-21")
    run(site, "deploy", "--remote", str(bare), "--yes", *day)
    shown = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"], cwd=bare, capture_output=True, check=True
    )
    assert b"stories/maya-lopez/index.html" in shown.stdout
    assert b"student" not in shown.stdout

    assert "Nothing of the story is left there." in run(site, "withdraw", "maya-lopez", *day)
    assert "removed  /stories/maya-lopez/" in run(site, "deploy", "--remote", str(bare), "--yes", *day)
    found = subprocess.run(
        ["git", "grep", "-i", "lopez", "gh-pages"], cwd=bare, capture_output=True, check=False
    )
    assert found.stdout == b""
