"""Guides: every command is run, every example is built, every link is followed."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment

from benchmarks import volume
from sitegen.authoring import column_mapping, csv_reader
from sitegen.build import build
from sitegen.content.pictures import MOST_GUESSED
from sitegen.core import limits
from sitegen.engine import serialization
from sitegen.images import card_layout, derivatives
from sitegen.pipeline import links as link_check
from sitegen.pipeline.request import BuildRequest
from sitegen.site import feeds, pages, taxonomy, terms
from sitegen.templating import environment, views
from tests.support.guides import (
    GUIDES,
    ROOT,
    Block,
    Reader,
    anchors,
    blocks,
    commands,
    fault,
    lines_of,
    links,
    options,
    prose,
    read,
)
from tests.support.site import TODAY
from tools import take_guide_pictures

LANGUAGES = {"sh", "console", "markdown", "yaml", "toml", "html", "text"}
"""Languages of fenced blocks. Only `text` blocks are not tested."""

STAYS = re.compile(r"sitegen (serve|init [A-Z]|new \w+$|deploy$)")
"""Commands that run until they are stopped, or that ask: only their options are checked."""

OTHERS = {"cp", "git", "py", "rsync"}
"""Other programs, which are not run."""

STORY = "content/stories/maya-lopez.md"
SLIPS = {
    "README.md": (STORY, "Robotics", "Robotcs"),
    "docs/consent.md": (STORY, "photo, full-name]", "photo]"),
}
"""The mistake that leads to the output shown in a guide: file, text, wrong text."""

LARGEST = 60_000
"""Most bytes of a picture in a guide."""


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_and_example_of_a_guide_works(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(tmp_path)
    monkeypatch.chdir(reader.folder)
    for block in blocks(guide):
        place = f"{guide}:{block.line}"
        assert block.language in LANGUAGES, f"{place}: which language is this?"
        follow(reader, guide, block, place, monkeypatch)


def follow(reader: Reader, guide: str, block: Block, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run or build a block, and check the result."""
    match block.language:
        case "sh":
            for command in lines_of(block):
                run(reader, command, place, monkeypatch)
        case "console":
            if guide in SLIPS:
                reader.site.change(*SLIPS[guide])
            compare(reader, block, place)
        case "markdown" | "html":
            reader.put(path_of(block), block.text)
            if "with a slip" not in block.text:
                assert problems(reader) == [], place
        case "yaml":
            look_at_yaml(reader, block, place)
        case "toml":
            assert tomllib.loads(block.text), place


def run(reader: Reader, command: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command; of those that ask, serve, or run other programs, check only that they exist."""
    program, *words = command.split()
    if program == "sitegen":
        assert not fault(words), f"{place}: {command}"
        if not STAYS.match(command):
            done = reader.type(command)
            assert done.exit_code in (0, 3), f"{place}: {command}\n{done.output}"
    elif program == "cd":
        monkeypatch.chdir(words[0])
        reader.folder = reader.site.root = Path.cwd()
    elif program == "make":
        assert f"\n{words[0]}:" in read("Makefile"), f"{place}: {command}"
    else:
        assert program in OTHERS, f"{place}: {command}"


def compare(reader: Reader, block: Block, place: str) -> None:
    """Check that the output has every line that is shown, in the same order."""
    said = ""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            said = reader.type(line.removeprefix("$ ")).output
        else:
            assert f"{line}\n" in said, f"{place}: {line}\nis not said any more. This is:\n{said}"
            said = said.partition(f"{line}\n")[2]


def path_of(block: Block) -> str:
    """Return the path for an example: from its first line, or from its name or title."""
    if named := re.match(r"(?:---\n)?(?:\{# |# )([\w./-]+\.\w+)", block.text):
        return named[1]
    name = re.search(r"^(name|title): (.+)$", block.text, re.MULTILINE)
    assert name, block.text
    slug = name[2].lower().replace(" ", "-")
    return f"content/stories/{slug}.md" if name[1] == "name" else f"content/{slug}.md"


def problems(reader: Reader) -> list[str]:
    """Return the problems that a build would report."""
    report = build(BuildRequest(reader.folder, reader.folder / "public", TODAY, publish=False))
    return [str(problem) for problem in report.problems]


def look_at_yaml(reader: Reader, block: Block, place: str) -> None:
    """Check that the site builds with the settings, or that a mapping or a workflow is valid."""
    path = path_of(block)
    if path == column_mapping.PATH:
        headings = ",".join(yaml.safe_load(block.text).values())
        table = csv_reader.read(f"{headings}\n".encode())
        assert not isinstance(table, str)
        assert not isinstance(column_mapping.read(block.text.encode(), table), tuple), place
    elif path.startswith(".github/"):
        assert "jobs" in yaml.safe_load(block.text), place
    else:
        reader.put(path, block.text)
        assert problems(reader) == [], place


# -- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", [*GUIDES, "CHANGELOG.md"])
def test_every_command_named_in_a_guide_exists(guide: str) -> None:
    named = re.findall(
        r"\bsitegen ((?:[a-z]|--)[^`\n|&]*)", "\n".join(re.findall(r"`([^`]+)`", prose(guide)))
    )
    named += re.findall(r"(?:run: |command = \"|bin/|&& )sitegen ([^\"\n|]+)", read(guide))
    assert [each for each in named if fault(each.split())] == []


def test_every_command_is_in_the_readme_and_every_option_in_a_guide() -> None:
    everything = "\n".join(map(read, GUIDES))
    assert [name for name, _ in commands() if f"{name.partition(' ')[0]}" not in read("README.md")] == []
    # the options of `new` are the keys of files: content.md lists them, and --help
    documented = {name: options(command) for name, command in commands() if not name.startswith("new")}
    assert [
        f"{name} {option}"
        for name, known in documented.items()
        for option in sorted(known)
        if not re.search(rf"{option}\b", everything)
    ] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    for words, target, _ in links(guide):
        path, _, anchor = target.partition("#")
        file = (ROOT / guide).parent / path if path else ROOT / guide
        assert file.exists(), f"{guide}: {target}"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file.resolve().relative_to(ROOT).as_posix()), f"{guide}: {target}"
        assert words, f"{guide}: {target} has no words"


def test_no_picture_of_a_guide_is_large_and_none_is_left_over() -> None:
    pictures = [target for guide in GUIDES for _, target, is_picture in links(guide) if is_picture]
    shown = {Path(target).name for target in pictures if Path(target).parent.name == "images"}
    sizes = {file.name: file.stat().st_size for file in (ROOT / "docs/images").iterdir()}
    assert sizes.keys() == shown
    assert [name for name, size in sizes.items() if size > LARGEST] == []


def test_the_pictures_of_terminals_show_the_current_output(tmp_path: Path) -> None:
    shown = take_guide_pictures.SAID.read_text(encoding="utf-8")
    said = take_guide_pictures.as_text(take_guide_pictures.walk(tmp_path))
    assert said == shown, "Next: .venv/bin/python -m tools.take_guide_pictures"


# -- templates ------------------------------------------------------------------------------

PAGES = (
    "PageView",
    "HomeView",
    "StoryView",
    "StoriesView",
    "NetworksView",
    "NetworkView",
    "ItemsView",
    "TermsView",
)
NAKED = ("MissingView", "RedirectView")
HOMES = (views.__name__, derivatives.__name__, card_layout.__name__)


def test_the_guide_to_templates_has_every_field_of_every_view() -> None:
    documented = {
        part.partition("\n")[0]: set(
            re.findall(
                r"`(\w+)`", "\n".join(row.split("|")[1] for row in part.splitlines() if row[:1] == "|")
            )
        )
        for part in read("docs/templates.md").split("\n### ")[1:]
    }
    known = {
        name: {field.name for field in fields(kind)}
        for name, kind in {**vars(views), "Derivative": derivatives.Derivative}.items()
        if is_dataclass(kind) and kind.__module__ in HOMES and name not in (*PAGES, *NAKED)
    }
    assert documented == known


@pytest.mark.parametrize("name", PAGES)
def test_the_guide_to_templates_says_what_each_of_them_gets(name: str) -> None:
    kind = getattr(views, name)
    template = re.search(r"`([\w-]+\.html)`", kind.__doc__)
    assert template
    row = re.search(rf"^\| `{template[1]}`.*$", read("docs/templates.md"), re.MULTILINE)
    assert row
    assert {field.name for field in fields(kind)} - {"site", "here"} <= set(re.findall(r"`(\w+)`", row[0]))


def test_the_guide_to_templates_has_every_filter() -> None:
    site = views.SiteView("", "", "", "en", "", "", (), None, (), None, (), "")
    bundle = environment.Bundle((), {})
    made, _ = environment._environment(serialization.pack(bundle), serialization.pack(site))
    plain = Environment(autoescape=True)
    own = (made.filters.keys() - plain.filters.keys()) | (made.globals.keys() - plain.globals.keys())
    section = read("docs/templates.md").partition("## Filters")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == own


# -- limits ---------------------------------------------------------------------------------

LIMITS = (
    (taxonomy.MOST_TERMS, "fields, schools or topics as filters"),
    (terms.ON_A_PAGE, "on a page"),
    (pages.NEWEST, "stories, and"),
    (pages.AT_HOME, "networks and items"),
    (taxonomy.RELATED, "others, whatever it shares"),
    (feeds.ENTRIES, "stories."),
    (feeds.IN_A_SITEMAP, "addresses"),
    (link_check.MOST_GUESSES, "dead links"),
    (MOST_GUESSED, "files"),
)


@pytest.mark.parametrize(("limit", "words"), LIMITS, ids=[words for _, words in LIMITS])
def test_the_guide_to_limits_has_each_as_it_is(limit: int, words: str) -> None:
    assert f" {limit:,} {words}" in " ".join(read("docs/limits.md").split())


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.isupper()])
def test_the_guide_to_limits_has_every_bound_on_what_arrives(name: str) -> None:
    refused = read("docs/limits.md").partition("## Limits on input")[2].partition("\n## ")[0]
    assert f"| {getattr(limits, name):,} " in refused


def test_the_guide_to_limits_has_what_was_measured() -> None:
    assert f"{volume.MARKS[0]}\n{volume.table(volume.RESULTS)}\n{volume.MARKS[1]}" in read("docs/limits.md")


# -- architecture ---------------------------------------------------------------------------

ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_table_of_layers_is_the_contract_of_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract, *_ = project["tool"]["importlinter"]["contracts"]
    layers = [{name.strip() for name in layer.split("|")} for layer in contract["layers"]]
    table = re.findall(r"^\| (`.+?`) \|", ARCHITECTURE, re.MULTILINE)
    assert [{name.removesuffix(".py") for name in re.findall(r"`([^`]+)`", row)} for row in table] == [
        layer for layer in layers if layer != {"__main__"}
    ]


def test_every_module_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`(?:sitegen/)?((?:\w+/)?\w+\.py)`", ARCHITECTURE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "sitegen" / name).is_file()] == []
