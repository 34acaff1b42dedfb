"""Keep list: files of others stay in the finished site, and no file of sitegen ever does by it."""

import os
from pathlib import Path

import pytest

from sitegen.commands import deploy
from sitegen.core import keep_list
from sitegen.core.problem_codes import Code
from tests.support.site import SETTINGS, Site

KEEP = "keep: [google*.html, reports, .well-known/**]\n"


@pytest.fixture
def kept(site: Site) -> dict[str, bytes]:
    """Files that others put into the finished site of a site with a keep list."""
    site.story().page("mission").write("content/site.yaml", SETTINGS + KEEP).build()
    files = {"google12.html": b"g", "reports/2026/a.pdf": b"%PDF", ".well-known/acme/x": b"x"}
    for path, data in files.items():
        site.write(f"public/{path}", data)
    return files


def test_files_on_the_list_stay_through_every_build(site: Site, kept: dict[str, bytes]) -> None:
    for number in range(3):
        site.page("mission", f"Text {number}.").build()
        assert not site.report.problems
        assert kept.items() <= site.public.items()
        assert not any(path in site.read(".sitegen") for path in kept)
    site.build()
    assert site.report.made == 0
    site.remove("content/stories/maya-lopez.md").build(clean=True)
    assert kept.items() <= site.public.items()
    assert "stories/maya-lopez/index.html" not in site.public


def test_a_kept_file_that_is_replaced_during_the_build_stays_as_it_is_then(
    site: Site, kept: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: str, target: str) -> None:
        real(source, target)
        if source.endswith("/google12.html"):
            site.write("public/new.html", b"new").write("public/google12.tmp", b"newer")
            (site.out / "google12.tmp").replace(source)

    monkeypatch.setattr(os, "link", link)
    site.page("mission", "Other text.").build()
    assert site.public["google12.html"] == b"newer"
    assert site.public["new.html"] == b"new"


def test_other_files_still_stop_a_build_and_are_named(site: Site, kept: dict[str, bytes]) -> None:
    site.write("public/other.html", b"o").build()
    assert [problem.code for problem in site.report.problems] == [Code.FOREIGN_FILES]
    assert kept.items() <= site.build(force=True).public.items()
    assert "other.html" not in site.public


@pytest.mark.parametrize(
    "glob",
    [
        *(
            "*",
            "**",
            "**/*",
            "*/*",
            "*.html",
            "index.html",
            "**/index.html",
            "images",
            "images/*",
            "ima?es/**",
        ),
        *(
            "stories/**",
            "stor*",
            "[a-z]*",
            "*/index.html",
            "_headers",
            "*.xml",
            "**/*.webp",
            ".*",
            ".sitegen",
        ),
        *("/reports", "../x", "a/../b", "reports//x", "", "a\\b", "**/m*", "./a", "members-in-action/"),
    ],
)
def test_a_glob_that_could_match_files_of_sitegen_is_refused(site: Site, glob: str) -> None:
    site.write("content/site.yaml", f"{SETTINGS}keep: ['{glob}']\n").build()
    if glob:
        assert [problem.where.line for problem in site.report.problems] == [6]
        assert site.report.site_at_fault
    assert not keep_list.is_kept("index.html", [glob] if glob and not site.report.problems else [])


@pytest.mark.parametrize("glob", ["mission/**", "mission", "missio?/index.html", "assets/*.css"])
def test_a_glob_that_matches_a_page_of_this_site_is_refused(site: Site, glob: str) -> None:
    site.page("mission").write("content/site.yaml", f"{SETTINGS}keep: ['{glob}']\n").build()
    assert [problem.code for problem in site.report.problems] == [Code.KEEPS_TOO_MUCH]
    assert not site.public


def test_a_kept_file_in_the_way_of_a_new_folder_is_a_problem(site: Site) -> None:
    site.write("content/site.yaml", f"{SETTINGS}keep: [vision]\n").build()
    site.write("public/vision", b"v").page("vision").build()
    assert [problem.code for problem in site.report.problems] == [Code.KEEPS_TOO_MUCH]
    assert site.public["vision"] == b"v"


def test_a_copy_of_the_site_has_the_kept_files_and_those_of_its_own(
    site: Site, kept: dict[str, bytes], tmp_path: Path
) -> None:
    folder, keep = tmp_path / "copy", ("google*.html", "reports", ".well-known/**")
    deploy.copy(site.out, folder, keep)
    (folder / ".well-known/own").write_bytes(b"own")
    site.write("public/google12.html", b"newer").page("mission", "New text.").build()
    assert "google12.html" in deploy.to_folder(site.out, folder, site.root, keep).changed
    deploy.copy(site.out, folder, keep)
    assert (folder / ".well-known/own").read_bytes() == b"own"
    assert (folder / "google12.html").read_bytes() == b"newer"
