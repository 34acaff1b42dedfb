"""New site: `sitegen init` writes a site that builds at once."""

import contextlib
import re
import subprocess
from pathlib import Path

import pytest

from sitegen.authoring import new_site
from sitegen.content import settings
from tests.support.site import Site, tree
from tests.support.terminal import Terminal, run_here

NAME = ("--name", "Riverside STEM Collective", "--url", "https://riverside.example/site")


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder."""
    with contextlib.chdir(folder):
        return run_here(Path(), *words)


def test_a_new_site_passes_check_and_builds_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "site", *NAME)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].startswith("Next: cd site, then sitegen build.")
    check = run(tmp_path / "site", "check")
    assert (check.returncode, check.stderr.splitlines()) == (
        0,
        [
            "content/stories/example.md: Draft – not public: the file says draft: true.",
            "Checked. Live: 0 stories, Draft: 1. Nothing was written.",
            "Next: sitegen build",
        ],
    )
    build = run(tmp_path / "site", "build")
    assert build.returncode == 0, build.stderr
    home = (tmp_path / "site/public/index.html").read_text()
    assert "<title>Riverside STEM Collective</title>" in home
    assert 'href="https://riverside.example/site/"' in home
    assert "Philadelphia" not in home


def test_a_new_site_has_an_example_of_each_kind_and_its_own_templates_and_assets(tmp_path: Path) -> None:
    run(tmp_path, "init", "site", *NAME)
    for path in (
        *("content/stories/example.md", "content/networks/example.md", "content/example-page.md"),
        *("content/members-in-action/example.md", "templates/base.html", "assets/style.css", ".gitignore"),
    ):
        assert (tmp_path / "site" / path).is_file()


def test_a_new_site_has_every_file_of_the_starter(tmp_path: Path) -> None:
    run(tmp_path, "init", "site", *NAME)
    root = Path(__file__).parents[2]
    for name in ("templates", "assets"):
        assert tree(tmp_path / "site" / name) == tree(root / name)


NAMES = {
    "A: B # C": "A: B # C",
    '"Quoted"': '"Quoted"',
    "José’s & Co <b>": "José’s & Co <b>",
    "- x": "- x",
    "$name ${x} {{ y }} {% z %}": "$name ${x} {{ y }} {% z %}",
    "../x\\..\\y": "../x\\..\\y",
    "=1+1": "=1+1",
    "# | > ~ null": "# | > ~ null",
    '</title><script>"ran()"': '</title><script>"ran()"',
    "two\nlines\u2028three": "two lines three",
    "x\u202egnp.\x1b[31m\u200b\x00y": "xgnp.[31my",
    "😀": "😀",
}


@pytest.mark.slow
def test_any_name_is_read_back_as_it_was_given(tmp_path: Path) -> None:
    for number, (name, meant) in enumerate(NAMES.items()):
        root = tmp_path / f"site-{number}"
        done = run_here(tmp_path, "init", str(root), "--name", name, "--url", "https://x.example")
        assert done.returncode == 0, done.stderr
        chosen, problems = settings.read(root)
        assert (chosen and chosen.name, problems) == (meant, ())
        assert run_here(root, "check").returncode == 0
    assert len(list(tmp_path.iterdir())) == len(NAMES)


def test_a_name_that_looks_like_code_stays_text(tmp_path: Path) -> None:
    run_here(tmp_path, "init", str(tmp_path / "site"), *NAME[2:], "--name", "</title><script>ran()</script>")
    site = Site.at(tmp_path / "site").change("content/site.yaml", "\nurl:", "\ncards: false\nurl:").build()
    assert (site.messages, site.report.site_at_fault) == ([], False)
    home = site.read("index.html")
    assert "&lt;script&gt;ran()" in home
    assert "<script>ran" not in home


def test_an_invalid_name_address_or_color_makes_no_site(tmp_path: Path) -> None:
    for wrong in (
        *(("--name", name) for name in ("", " \n ", "\u200b", "x" * 601)),
        *(
            ("--url", url)
            for url in ("javascript:ran()", 'https://x.example/"><script>', "https://a:b@x.example")
        ),
        *(("--url", url) for url in ("https://x.example/../y", "//x.example", "https://", "x\0.example")),
        *(("--color", color) for color in ("red", "#fff", "#14213d; } body { x: y", "url(//x.example)")),
    ):
        done = run_here(tmp_path, "init", str(tmp_path / "site"), *NAME, *wrong)
        assert done.returncode == 2, wrong
        assert done.stderr.startswith(f"{wrong[0]}: ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_created_is_reported_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    for place in (tmp_path / "letter.txt" / "site", tmp_path / ("x" * 300)):
        done = run_here(tmp_path, "init", str(place), *NAME)
        assert done.returncode == 2
        assert done.stderr.splitlines()[1:] == [
            "Next: sitegen init with another folder",
            "Nothing was written.",
        ]
    assert list(tree(tmp_path)) == ["letter.txt"]


def test_a_folder_with_a_space_is_named_so_that_it_can_be_typed(tmp_path: Path) -> None:
    assert 'Next: cd "our site", then' in run(tmp_path, "init", "our site", *NAME).stderr


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/letter.txt").write_text("Dear Sir")
    done = run(tmp_path, "init", "site", *NAME)
    assert done.returncode == 2
    assert "site can't be used: it is not empty: letter.txt." in done.stderr
    assert list(tree(tmp_path)) == ["site/letter.txt"]


def test_a_new_repository_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "site/.git").mkdir(parents=True)
    assert run(tmp_path / "site", "init", ".", *NAME).returncode == 0
    assert (tmp_path / "site/content/site.yaml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_a_terminal_all_missing_values_are_reported_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "site", "--color", "blue", "--accent", "#ffee00")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "--name: please enter this, for example Riverside STEM Collective.",
        "--url: please enter this, for example https://example.org.",
        '--color: "blue" is not a color. Write it like #14213d.',
        "--accent: #ffee00 is too light for text on it. Choose a darker one, such as #7a7200.",
        "Nothing was written.",
    ]
    assert not (tmp_path / "site").exists()


def test_the_colors_are_those_that_were_chosen(tmp_path: Path) -> None:
    run(tmp_path, "init", "site", *NAME, "--color", "#0a3d2e", "--accent", "#7a1f5c")
    style = (tmp_path / "site/assets/style.css").read_text()
    assert style.endswith(":root { --night: #0a3d2e; --brick: #7a1f5c; }\n")
    assert "#0a3d2e" in (tmp_path / "site/assets/icon.svg").read_text()
    assert run(tmp_path / "site", "build").returncode == 0


def test_the_style_sheet_defines_the_colors_that_can_be_chosen() -> None:
    style = (Path(__file__).parents[2] / "assets/style.css").read_text()
    for color in (new_site.MAIN, new_site.ACCENT):
        assert re.search(rf"{color.token}:\s*{color.starter};", style)
        assert new_site.contrast(color.starter, new_site.CREAM) >= color.least


@pytest.mark.slow
def test_at_a_terminal_the_command_asks(tmp_path: Path) -> None:
    terminal = Terminal("init", "site", folder=tmp_path)
    terminal.expect("Name of your collective").answer()
    terminal.expect("please enter this").expect("Name of your collective").answer("Riverside")
    terminal.expect("Web address").answer("riverside.example")
    terminal.expect("is not a web address").answer("https://riverside.example")
    terminal.expect("Main color (dark) [#14213d]").answer().expect("Second color").answer()
    terminal.expect("Next: cd site, then sitegen build")
    assert terminal.exit_code() == 0
    assert run(tmp_path / "site", "build").returncode == 0
