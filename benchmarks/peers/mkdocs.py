"""MkDocs, from PyPI, with a theme for the benchmark; it makes no lists."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant, Page
from benchmarks.corpus import Corpus, Story
from benchmarks.peers import shared


def _install(tool: Path) -> str:
    return shared.version(shared.venv(tool, ["mkdocs"]), "mkdocs")


def _skeleton(_: Corpus) -> Mapping[str, str]:
    return {**shared.of_site("mkdocs"), **shared.assets("docs/assets")}


def _write(story: Story) -> tuple[str, str]:
    values = {
        "title": story.name,
        "day": story.day.isoformat(),
        "year": story.year,
        "quote": story.quote,
        "initials": story.initials,
        "tint": story.tint,
        "field": story.field.label,
        "school": story.school.label,
        "topics": [topic.label for topic in story.topics],
    }
    return f"docs/stories/{story.slug}.md", shared.yaml(story, values)


def _command(bench: Bench, change: Change) -> Command:
    words = [str(bench.tool / "bin" / "mkdocs"), "build", "--quiet"]
    if change in (Change.NOTHING, Change.STORY):
        # Only files that are newer than their pages; it would not see a template that has changed.
        words.append("--dirty")
    return Command(tuple(words), bench.site)


def _path(page: Page) -> str | None:
    return shared.ordinary_path(page) if page.kind == "story" else None


MKDOCS = Contestant(
    key="mkdocs",
    name="MkDocs, no lists",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=None,
    command=_command,
    path=_path,
    base="theme/base.html",
    output="public",
    lacks="lists of stories, fields, schools and topics, no feed, and no pictures of several widths",
)
