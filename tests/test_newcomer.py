"""The path of a newcomer, from nothing to a site that is public and a story that comes down again."""

import re
import subprocess
from pathlib import Path

from tests.conftest import Site, picture
from tests.previews import previewed
from tests.terminal import Terminal, program

SIGNED = """\
consent:
  form: R-0043
  given: 2026-11-01
  by: guardian
  covers: [website]
  until: 2027-01-10
"""


def run(folder: Path, *words: str, code: int = 0) -> str:
    """Run the real program where nobody can be asked, and return all that it says."""
    done = program(*words, folder=folder)
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

    with previewed(Site.at(site)) as preview:
        preview.wait_for("/stories/maya-lopez/", "It began with a toaster.")
        assert "it is a draft" in preview.read("/stories/example/")
    assert not (site / "public").exists()

    day = ("--date", "2026-11-21")
    said = run(site, "check", *day)
    assert "Checked: 1 story can be published." in said
    assert "Published 1 story" in run(site, "build", *day)
    assert "200 new drafts written" in run(site, "import", "../answers.csv", "--yes", *day)
    assert "Published 1 story" in run(site, "build", *day)

    student = Site.at(site)
    assert re.search(r"student-7\.md +no +it is a draft", run(site, "consent", "--on", "2026-11-21"))
    student.change("content/stories/student-7.md", "draft: true\n", SIGNED)
    # what the consent doesn't cover must not stand in the address either
    (site / "content/stories/student-7.md").rename(site / "content/stories/student.md")
    said = run(site, "consent", "--on", "2026-11-21")
    assert re.search(r"student\.md +yes +2027-01-10", said)
    assert "The site next changes by itself on: 2027-01-11" in said
    assert "Published 2 stories" in run(site, "build", *day)
    run(site, "deploy", "--remote", str(bare), "--yes", *day)
    shown = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"], cwd=bare, capture_output=True, check=True
    )
    assert b"stories/maya-lopez/index.html" in shown.stdout
    assert b"stories/student/index.html" in shown.stdout
    assert b"student-" not in shown.stdout

    assert "Nothing of the story is left there." in run(site, "withdraw", "maya-lopez", *day)
    assert "removed  /stories/maya-lopez/" in run(site, "deploy", "--remote", str(bare), "--yes", *day)
    found = subprocess.run(
        ["git", "grep", "-i", "lopez", "gh-pages"], cwd=bare, capture_output=True, check=False
    )
    assert found.stdout == b""
