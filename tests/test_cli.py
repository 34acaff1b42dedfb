"""The command line: words, exit codes, and what it never does."""

import json
import subprocess
from pathlib import Path

from tests.conftest import Site
from tests.terminal import program


def run(site: Site, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return program("--root", str(site.root), *words, environment=more)


def test_a_build_tells_what_it_did_and_what_comes_next(site: Site) -> None:
    done = run(site.story(), "build", "--date", "2026-11-21")
    assert done.returncode == 0
    first, second = done.stderr.splitlines()
    assert first.startswith("Published 1 story in ")
    assert second.startswith("Next: ")
    assert done.stdout == ""


def test_json_is_one_object_of_the_promised_shape(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", consent=False).story("cy-moe", name=None)
    done = run(site, "build", "--date", "2026-11-21", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 3
    assert list(told) == ["published", "withheld", "problems", "made", "reused", "removed", "seconds"]
    assert told["published"] == 1
    assert told["withheld"] == [
        {"path": "content/stories/ben-ito.md", "reason": "no consent is recorded"},
        {"path": "content/stories/cy-moe.md", "reason": "there is a mistake in it"},
    ]
    (problem,) = told["problems"]
    assert list(problem) == ["path", "line", "column", "message", "hint", "severity"]
    assert problem["severity"] == "error"
    assert done.stderr == ""


def test_explain_gives_the_reason_of_each_file(site: Site) -> None:
    done = run(site.story(), "build", "--date", "2026-11-21", "--explain")
    assert "stories/maya-lopez/index.html: made because it is new" in done.stderr


def test_a_site_at_fault_is_exit_1_and_a_held_back_story_3(site: Site) -> None:
    assert run(site.story(name=None), "check").returncode == 3
    assert run(site.page("mission", layout="none"), "check").returncode == 1
    assert not site.out.exists()


def test_withheld_stories_are_listed_and_do_not_count_as_mistakes(site: Site) -> None:
    done = run(site.story(draft="true"), "check", "--date", "2026-11-21")
    assert done.returncode == 0
    assert "content/stories/maya-lopez.md: withheld: it is a draft." in done.stderr


def test_many_files_at_fault_are_told_one_by_one_and_only_the_first_once_more(site: Site) -> None:
    for slug in ("ana", "ben", "cy", "di", "ed"):
        site.story(slug, name=None)
    done = run(site, "build")
    assert done.stderr.count("name is missing.") == 5
    assert done.stderr.splitlines()[-1] == (
        "Next: mend content/stories/ana.md, content/stories/ben.md, content/stories/cy.md and 2 more, "
        "then run sitegen build again."
    )


def test_wrong_usage_is_exit_2_with_the_mend(site: Site) -> None:
    done = run(site, "build", "--date", "11/21/2026")
    assert done.returncode == 2
    assert '"11/21/2026" is not a day. Write it like 2024-11-04.' in done.stderr
    assert run(site, "bild").returncode == 2


def test_a_folder_without_a_site_says_what_to_do(tmp_path: Path) -> None:
    empty = Site.__new__(Site)
    empty.root = tmp_path
    done = run(empty, "build")
    assert done.returncode == 1
    assert "the settings of the site are not here" in done.stderr


def test_a_disk_that_refuses_is_told_without_a_traceback(site: Site) -> None:
    (site.root / "file").write_text("")
    done = run(site, "build", "--out", str(site.root / "file" / "inner"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the old site stands" in done.stderr


def test_colours_are_for_terminals_that_want_them(site: Site) -> None:
    assert "\x1b[" not in run(site.story(name=None), "build").stderr


def test_the_program_says_its_version(site: Site) -> None:
    assert run(site, "--version").stdout.startswith("sitegen ")


def test_what_must_come_down_is_said_before_anything_else(site: Site) -> None:
    site.story().page("mission").build()
    site.story(consent={"withdrawn": "2026-11-01"}).page("mission", layout="none")
    done = run(site, "build", "--date", "2026-11-21")
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "These must come down, and can't until the site is in order again:",
        "  /stories/maya-lopez/",
    ]
