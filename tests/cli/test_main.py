"""Command line: messages and exit codes."""

import json
import sys
from pathlib import Path

import pytest

from tests.support.site import Site
from tests.support.terminal import program, run


def test_a_build_reports_its_results_and_the_next_step(site: Site) -> None:
    done = run(site.story(), "build", "--date", "2026-11-21")
    assert done.returncode == 0
    first, second = done.stderr.splitlines()
    assert first.startswith("Published 1 story in ")
    assert second.startswith("Next: ")
    assert done.stdout == ""


def test_json_is_one_object_of_the_promised_shape(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", consent=False).story("cy-moe", name=None)
    done = run(site, "build", "--date", "2026-11-21", "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 3
    assert list(result) == ["published", "withheld", "problems", "made", "reused", "removed", "seconds"]
    assert result["published"] == 1
    assert result["withheld"] == [
        {"path": "content/stories/ben-ito.md", "reason": "no consent is recorded"},
        {"path": "content/stories/cy-moe.md", "reason": "there is a mistake in it"},
    ]
    (problem,) = result["problems"]
    assert list(problem) == ["path", "line", "column", "code", "message", "hint", "severity"]
    assert problem["code"] == "missing-field"
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
    assert "content/stories/maya-lopez.md: Draft – not public: the file says draft: true." in done.stderr


def test_many_faulty_files_are_reported_one_by_one_and_only_the_first_again(site: Site) -> None:
    for slug in ("ana", "ben", "cy", "di", "ed"):
        site.story(slug, name=None)
    done = run(site, "build")
    assert done.stderr.count("name is missing.") == 5
    assert done.stderr.splitlines()[-1] == (
        "Next: fix content/stories/ana.md, content/stories/ben.md, content/stories/cy.md and 2 more, "
        "then run sitegen build again."
    )


def test_wrong_usage_is_exit_2_with_the_fix(site: Site) -> None:
    done = run(site, "build", "--date", "11/21/2026")
    assert done.returncode == 2
    assert '"11/21/2026" is not a date. Write it like 2024-11-04.' in done.stderr
    assert run(site, "bild").returncode == 2


def test_a_folder_without_a_site_says_what_to_do(tmp_path: Path) -> None:
    empty = Site.__new__(Site)
    empty.root = tmp_path
    done = run(empty, "build")
    assert done.returncode == 1
    assert "the settings of the site are missing" in done.stderr


def test_a_disk_error_is_reported_without_a_traceback(site: Site) -> None:
    (site.root / "file").write_text("")
    done = program("--root", str(site.root), "build", "--out", str(site.root / "file" / "inner"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the old site is unchanged" in done.stderr


def test_colors_are_only_for_terminals_that_allow_them(site: Site) -> None:
    assert "\x1b[" not in program("--root", str(site.story(name=None).root), "build").stderr


def test_version_prints_the_version(site: Site) -> None:
    assert run(site, "--version").stdout.startswith("sitegen ")


def test_pending_take_downs_are_reported_first(site: Site) -> None:
    site.story().page("mission").build()
    site.story(consent={"withdrawn": "2026-11-01"}).page("mission", layout="none")
    done = run(site, "build", "--date", "2026-11-21")
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "These pages must be removed from the site, and can't be until it is fixed:",
        "  /stories/maya-lopez/",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_path_is_not_in_utf_8_is_refused_but_for_withdrawals(tmp_path: Path) -> None:
    site = Site(tmp_path / "site").story().story("ben-ito", name="Ben Ito", quote="Water.").build()
    moved = Site.at(site.root.rename(tmp_path / "caf\udce9"))
    done = run(moved, "build", "--date", "2026-11-21")
    assert done.returncode == 2
    assert "The path of this folder is not in UTF-8" in done.stderr
    assert "caf\\xe9" in done.stderr
    run(moved, "withdraw", "maya-lopez", "--date", "2026-11-21")
    assert not (moved.out / "stories/maya-lopez").exists()
    assert (moved.out / "stories/ben-ito").exists()
