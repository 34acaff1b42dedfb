"""Broken sites: the messages and the exit code for each kind of mistake.

Each folder of `sites/broken` is copied over the valid site. Its `expected.txt` has the exit code and, line by
line, the messages, each with its code in brackets.
"""

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result

from sitegen.cli.main import sitegen
from tests.support.library_words import LIBRARIES
from tests.support.site import picture
from tests.support.terminal import run_here

SITES = Path(__file__).parents[1] / "sites"


BROKEN = sorted(folder.name for folder in (SITES / "broken").iterdir())


TODAY = "2026-11-21"


def _link(root: Path) -> None:
    (root / "content/stories/cy-diaz.md").symlink_to("ada-park.md")


def _twins(root: Path) -> None:
    """Write two names that look alike; git and some file systems would treat them as one."""
    story = (root / "content/stories/ada-park.md").read_bytes().replace(b"Ada Park", b"Jo Diaz")
    (root / "content/stories/josé.md").write_bytes(story)
    folder = root / "content/stories" / unicodedata.normalize("NFD", "josé")
    folder.mkdir()
    (folder / "index.md").write_bytes(story)


def _lengthen(root: Path) -> None:
    with (root / "content/stories/ada-park.md").open("a") as file:
        file.write("Ada builds robots. " * 6000)


def _unset(root: Path) -> None:
    (root / "content/site.yaml").unlink()


def _nest(root: Path) -> None:
    with (root / "content/stories/ada-park.md").open("r+") as file:
        file.write("---\ntopics: " + "[" * 60_000 + "\n---\n")


def _part_accents(root: Path) -> None:
    """Store a photo's name decomposed (NFD), as some file systems do: e and an accent instead of é."""
    photo = root / "content/stories" / unicodedata.normalize("NFD", "josé.jpg")
    photo.write_bytes(picture((40, 40)))
    story = root / "content/stories/ada-park.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("field:", "headshot: josé.jpg\nalt: Ada\nfield:"), encoding="utf-8")


def _leave_behind(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/.DS_Store").write_bytes(b"\0\0\0\x01Bud1\xff")
    (root / "templates/page.html~").write_bytes(b"\xff")


BY_HAND: Mapping[str, Callable[[Path], None]] = {
    "duplicate-address-by-unicode": _twins,
    "nested-to-the-ground": _nest,
    "photo-named-with-accents-apart-is-fine": _part_accents,
    "templates-of-a-mac-are-fine": _leave_behind,
    "settings-missing": _unset,
    "symlink": _link,
    "text-too-long": _lengthen,
}
"""Mistakes that no folder in git can have on every system."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A site with a mistake in it, the exit code it ends with, and a line for each problem, with its code."""

    name: str
    root: Path
    code: int
    lines: list[str]

    @property
    def words(self) -> list[str]:
        """The messages, without the codes."""
        return [line.rpartition(" [")[0] for line in self.lines]

    @property
    def at_fault(self) -> set[str]:
        """The last part of the address of each file that can't be published."""
        said = (line.split(".md:")[0] for line in self.lines if ": warning: " not in line)
        return {PurePosixPath(path.removesuffix("/index")).name for path in said}


@pytest.fixture(scope="module", params=BROKEN)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """A broken site, copied over the valid one."""
    root = tmp_path_factory.mktemp("broken") / "site"
    first, *lines = _assemble(request.param, root).read_text(encoding="utf-8").splitlines()
    return Broken(request.param, root, int(first.removeprefix("exit ")), lines)


@pytest.fixture(scope="module")
def build(broken: Broken) -> subprocess.CompletedProcess[str]:
    """Build the broken site from the command line."""
    return run_here(broken.root, "build", "--date", TODAY)


def _assemble(name: str, root: Path) -> Path:
    """Assemble a site at `root`, and return its file of expected messages."""
    folder = SITES / "broken" / name
    shutil.copytree(SITES / "sound", root)
    for part in ("content", "templates"):
        if (folder / part).is_dir():
            shutil.copytree(folder / part, root / part, dirs_exist_ok=True)
    if name in BY_HAND:
        BY_HAND[name](root)
    return folder / "expected.txt"


def _problem_lines(said: str) -> list[str]:
    """Return the lines that report a problem in a file of the site."""
    return [
        line
        for line in said.splitlines()
        if line.startswith(("content/", "templates/")) and " – not public: " not in line
    ]


def _line(problem: Mapping[str, object]) -> str:
    """Return a problem of the JSON as a message, with its code."""
    assert list(problem) == ["path", "line", "column", "code", "message", "hint", "severity"]
    path, line, column, code, message, hint, severity = problem.values()
    assert str(message).endswith((".", "?"))
    assert hint
    place = f"{path}:{line}:{column or 1}" if line else path
    kind = {"error": "", "warning": "warning: "}[str(severity)]
    return f"{place}: {kind}{message} {hint} [{code}]"


def _run(root: Path, *command: str) -> Result:
    return CliRunner().invoke(sitegen, ["--root", str(root), *command, "--date", TODAY])


def test_the_command_line_says_what_is_wrong_in_plain_words(
    broken: Broken, build: subprocess.CompletedProcess[str]
) -> None:
    assert _problem_lines(build.stderr) == broken.words
    assert build.returncode == broken.code
    assert not build.stdout
    assert not LIBRARIES.findall(build.stderr.replace(str(broken.root), ""))


def test_only_the_faulty_file_is_held_back(broken: Broken, build: subprocess.CompletedProcess[str]) -> None:
    public = broken.root / "public"
    if broken.code == 1:
        assert not public.exists()
        return
    stories = {page.parent.name for page in public.glob("stories/*/index.html")}
    assert stories - {"all"} == {"ada-park", "ben-osei"} - broken.at_fault
    items = (public / "members-in-action/index.html").read_text(encoding="utf-8")
    assert ('id="table"' in items) == ("table" not in broken.at_fault)


def test_check_reports_the_same_and_writes_nothing(broken: Broken, tmp_path: Path) -> None:
    root = tmp_path / "site"
    _assemble(broken.name, root)
    before = sorted(root.rglob("*"))
    check = _run(root, "check", "--json")
    assert [_line(problem) for problem in json.loads(check.stdout)["problems"]] == broken.lines
    assert check.exit_code == broken.code
    assert not check.stderr
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("name", ["many-mistakes", "site-and-story", "main-heading-in-text"])
def test_messages_and_json_of_build_and_check_agree(name: str, tmp_path: Path) -> None:
    root = tmp_path / "site"
    _assemble(name, root)
    check = _run(root, "check")
    reported = json.loads(_run(root, "build", "--json").stdout)["problems"]
    assert _problem_lines(check.stderr) == [_line(problem).rpartition(" [")[0] for problem in reported] != []
    assert json.loads(_run(root, "check", "--json").stdout)["problems"] == reported


def test_the_valid_site_has_no_problems(tmp_path: Path) -> None:
    shutil.copytree(SITES / "sound", tmp_path / "site")
    build = json.loads(_run(tmp_path / "site", "build", "--json").stdout)
    assert build["problems"] == build["withheld"] == []
    assert build["published"] == 2
