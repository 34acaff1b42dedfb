"""Guides: their code blocks and links, and a site on which their commands run."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from click.testing import CliRunner, Result

from sitegen.authoring import new_site
from sitegen.cli.main import sitegen
from tests.support.site import CONSENT, TODAY, Site, picture
from tests.support.terminal import QUIET

ROOT = Path(__file__).parents[2]

GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md")),
]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the line at which it begins, its text."""

    language: str
    line: int
    text: str


FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(guide: str) -> str:
    """Return the text of a guide."""
    return (ROOT / guide).read_text(encoding="utf-8")


def blocks(guide: str) -> Iterator[Block]:
    """Yield the fenced blocks of a guide."""
    text = read(guide)
    for found in FENCED.finditer(text):
        yield Block(found[1], text.count("\n", 0, found.start()) + 1, found[2])


def prose(guide: str) -> str:
    """Return the text of a guide without its fenced blocks."""
    return FENCED.sub("", read(guide))


def lines_of(block: Block) -> Iterator[str]:
    """Yield the commands of a block, without their comments."""
    for line in block.text.splitlines():
        command = line.partition("  #")[0].strip()
        if command and not command.startswith("#"):
            yield command


# -- commands -------------------------------------------------------------------------------


def commands(group: click.Group = sitegen, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command by its name, groups included."""
    for word in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, word)
        assert command is not None
        yield f"{name}{word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name}{word} ")


CONTEXT = click.Context(sitegen)


def options(command: click.Command) -> set[str]:
    """Return the options of a command."""
    return {option for each in command.params for option in each.opts if option.startswith("-")}


def fault(words: list[str]) -> str:
    """Return the mistake in arguments of `sitegen` (no such command or option); empty if there is none."""
    command: click.Command = sitegen
    known = options(sitegen) | {"--help", "--version"}
    for word in words:
        if word.startswith("-"):
            option = word.partition("=")[0]
            if option not in known:
                return f"{option} is no option of {command.name}"
        elif isinstance(command, click.Group) and (found := command.get_command(CONTEXT, word)):
            command = found
            known |= options(command)
    return "" if command is not sitegen or words[0].startswith("-") else f"{words[0]} is no command"


# -- a site to try them on ------------------------------------------------------------------

RESPONSES = """\
Timestamp,What is your full name?,One sentence about you,Your story,Headshot
11/4/2026,Ben Ito,I like rain.,I measure it.,ben.jpg
11/5/2026,Zoe Park,I ask why.,And why not.,
"""


class Reader:
    """Reader of a guide, who runs its commands in a site with one story."""

    def __init__(self, folder: Path) -> None:
        new_site.create(folder / "site", new_site.NewSite("Test Collective", "https://example.org"), TODAY)
        self.folder = folder / "site"
        self.site = Site.at(self.folder)
        self.put("content/site.yaml", "fields: [Robotics, Biology]\n")
        self.site.photo("content/stories/maya-lopez.jpg").story(
            headshot="maya-lopez.jpg", alt="At a bench", consent={**CONSENT, "until": None}
        )
        # the files for import are next to the site, also when the guide makes a new one inside this one
        for beside in (folder, self.folder):
            (beside / "photos").mkdir()
            (beside / "IMG_7.jpg").write_bytes(picture((900, 1200)))
            (beside / "photos/ben.jpg").write_bytes(picture((900, 1200)))
            (beside / "responses.csv").write_text(RESPONSES)
        for command in (
            ["git", "init", "--bare", "--quiet", str(folder / "bare.git")],
            ["git", "init", "--quiet", str(self.folder)],
            ["git", "-C", str(self.folder), "remote", "add", "origin", str(folder / "bare.git")],
        ):
            subprocess.run(command, check=True)

    def put(self, path: str, text: str) -> None:
        """Write an example to its path: settings replace those of the same key."""
        if path == "content/site.yaml":
            keys = re.findall(r"^(\w+):", text, re.MULTILINE)
            parts = re.split(r"^(?=\w)", (self.folder / path).read_text(), flags=re.MULTILINE)
            text = "".join(part for part in parts if part.partition(":")[0] not in keys) + text
        self.site.write(path, text)

    def type(self, line: str) -> Result:
        """Run a command that begins with `sitegen`, on a fixed day."""
        words = shlex.split(line)[1:]
        option = {"new": None, "consent": "--on"}.get(words[0], "--date")
        known = sitegen.get_command(CONTEXT, words[0])
        if (
            words[0] == "consent"
            and isinstance(known, click.Group)
            and (inner := known.commands.get(words[1] if words[1:] else ""))
        ):
            known, option = inner, "--date"
        if known and option in options(known) and option not in words:
            words += [option, str(TODAY)]
        return CliRunner(env=QUIET).invoke(sitegen, ["--root", str(self.folder), *words])


# -- links ----------------------------------------------------------------------------------


def links(guide: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each link of a guide to a file of this repository: its words, its target, whether a picture."""
    for sign, words, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", prose(guide)):
        if not re.match(r"\w+:", target):
            yield words, target, bool(sign)


def anchors(guide: str) -> set[str]:
    """Return the anchors that GitHub makes of a guide's headings."""
    headings = re.findall(r"^#+ (.+)$", prose(guide), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
