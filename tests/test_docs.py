"""The guides say what is true: every command is run, every example is built, every link leads somewhere."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment

from benchmarks import volume
from sitegen import (
    columns,
    desk,
    directory,
    feeds,
    limits,
    packing,
    pages,
    references,
    tables,
    taxonomy,
    templates,
    views,
)
from sitegen.build import build
from sitegen.order import Order
from tests.conftest import TODAY
from tests.guides import (
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
from tools import take_guide_pictures

LANGUAGES = {"sh", "console", "markdown", "yaml", "toml", "html", "text"}
"""What a fenced block can be. Only `text` is for the eye alone."""

STAYS = re.compile(r"sitegen (serve|init [A-Z]|new \w+$|deploy$)")
"""Commands that go on until somebody ends them, or that ask: their words are looked at only."""

OTHERS = {"cp", "git", "py", "rsync"}
"""Programs of others."""

STORY = "content/stories/maya-lopez.md"
SLIPS = {
    "README.md": (STORY, "Robotics", "Robotcs"),
    "docs/consent.md": (STORY, "photo, full-name]", "photo]"),
}
"""What a guide's reader gets wrong before the output that is shown."""

LARGEST = 60_000
"""Bytes of a picture in a guide."""


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_says_works(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(tmp_path)
    monkeypatch.chdir(reader.folder)
    for block in blocks(guide):
        place = f"{guide}:{block.line}"
        assert block.language in LANGUAGES, f"{place}: which language is this?"
        follow(reader, guide, block, place, monkeypatch)


def follow(reader: Reader, guide: str, block: Block, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a block says, and see that it works."""
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
    """Run a command; of those that ask, serve, or belong to others, see that they are known."""
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
    """Compare what is shown with what is said: every line of it, in its order."""
    said = ""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            said = reader.type(line.removeprefix("$ ")).output
        else:
            assert f"{line}\n" in said, f"{place}: {line}\nis not said any more. This is:\n{said}"
            said = said.partition(f"{line}\n")[2]


def path_of(block: Block) -> str:
    """Return where an example belongs: as it says itself, or by what is in it."""
    if named := re.match(r"(?:\{# |# )([\w./-]+\.\w+)", block.text):
        return named[1]
    name = re.search(r"^(name|title): (.+)$", block.text, re.MULTILINE)
    assert name, block.text
    slug = name[2].lower().replace(" ", "-")
    return f"content/stories/{slug}.md" if name[1] == "name" else f"content/{slug}.md"


def problems(reader: Reader) -> list[str]:
    """Return what a build would say of the site."""
    report = build(Order(reader.folder, reader.folder / "public", TODAY, publish=False))
    return [str(problem) for problem in report.problems]


def look_at_yaml(reader: Reader, block: Block, place: str) -> None:
    """See that settings can be built with, that a form's columns are known, that a workflow can be read."""
    path = path_of(block)
    if path == columns.PATH:
        headings = ",".join(yaml.safe_load(block.text).values())
        table = tables.read(f"{headings}\n".encode())
        assert not isinstance(table, str)
        assert not isinstance(columns.told(block.text.encode(), table), tuple), place
    elif path.startswith(".github/"):
        assert "jobs" in yaml.safe_load(block.text), place
    else:
        reader.put(path, block.text)
        assert problems(reader) == [], place


# -- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", [*GUIDES, "CHANGELOG.md"])
def test_every_command_that_is_named_is_known(guide: str) -> None:
    named = re.findall(
        r"\bsitegen ((?:[a-z]|--)[^`\n|&]*)", "\n".join(re.findall(r"`([^`]+)`", prose(guide)))
    )
    named += re.findall(r"(?:run: |command = \"|bin/|&& )sitegen ([^\"\n|]+)", read(guide))
    assert [each for each in named if fault(each.split())] == []


def test_every_command_stands_in_the_readme_and_every_option_in_a_guide() -> None:
    everything = "\n".join(map(read, GUIDES))
    assert [name for name, _ in commands() if f"{name.partition(' ')[0]}" not in read("README.md")] == []
    # what `new` can be told is what a file can hold: content.md has it, and --help
    told = {name: options(command) for name, command in commands() if not name.startswith("new")}
    assert [
        f"{name} {option}"
        for name, known in told.items()
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
    standing = {file.name: file.stat().st_size for file in (ROOT / "docs/images").iterdir()}
    assert standing.keys() == shown
    assert [name for name, size in standing.items() if size > LARGEST] == []


def test_the_pictures_of_terminals_show_what_is_said_today(tmp_path: Path) -> None:
    shown = take_guide_pictures.SAID.read_text(encoding="utf-8")
    said = take_guide_pictures.told(take_guide_pictures.walk(tmp_path))
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


def test_the_guide_to_templates_has_every_field_of_every_view() -> None:
    told = {
        part.partition("\n")[0]: set(
            re.findall(
                r"`(\w+)`", "\n".join(row.split("|")[1] for row in part.splitlines() if row[:1] == "|")
            )
        )
        for part in read("docs/templates.md").split("\n### ")[1:]
    }
    known = {
        name: {field.name for field in fields(kind)}
        for name, kind in vars(views).items()
        if is_dataclass(kind) and kind.__module__ == views.__name__ and name not in (*PAGES, *NAKED)
    }
    assert told == known


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
    bundle = templates.Bundle((), {})
    made, _ = templates._environment(packing.pack(bundle), packing.pack(site))
    plain = Environment(autoescape=True)
    own = (made.filters.keys() - plain.filters.keys()) | (made.globals.keys() - plain.globals.keys())
    section = read("docs/templates.md").partition("## Filters")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == own


# -- limits ---------------------------------------------------------------------------------

LIMITS = (
    (taxonomy.MOST_TERMS, "fields, schools or topics stand on every list"),
    (directory.ON_A_PAGE, "on a page"),
    (pages.NEWEST, "stories, and"),
    (pages.AT_HOME, "networks and items"),
    (taxonomy.RELATED, "others, whatever it shares"),
    (feeds.ENTRIES, "stories."),
    (feeds.IN_A_SITEMAP, "addresses"),
    (references.MOST_GUESSES, "links that lead nowhere"),
    (desk.MOST_GUESSED, "files lie beside it"),
)


@pytest.mark.parametrize(("limit", "words"), LIMITS, ids=[words for _, words in LIMITS])
def test_the_guide_to_limits_has_each_as_it_is(limit: int, words: str) -> None:
    assert f" {limit:,} {words}" in " ".join(read("docs/limits.md").split())


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.isupper()])
def test_the_guide_to_limits_has_every_bound_on_what_arrives(name: str) -> None:
    refused = read("docs/limits.md").partition("## What is refused")[2].partition("\n## ")[0]
    assert f"| {getattr(limits, name):,} " in refused


def test_the_guide_to_limits_has_what_was_measured() -> None:
    assert f"{volume.MARKS[0]}\n{volume.table(volume.RESULTS)}\n{volume.MARKS[1]}" in read("docs/limits.md")
