"""Eleventy, from npm, with Nunjucks templates, and sharp for pictures."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import Corpus, Story
from benchmarks.peers import shared


def _install(tool: Path) -> str:
    if shutil.which("node") is None:
        raise shared.ToolError("node is not installed: apt-get install nodejs")
    try:
        shared.npm(tool, ["@11ty/eleventy", "sharp"])
    except shared.ToolError:  # some mirrors of the registry lack what the newest one depends on
        shared.npm(tool, ["@11ty/eleventy@3.1.7", "sharp"])
    package = tool / "node_modules" / "@11ty" / "eleventy" / "package.json"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])


def _skeleton(_: Corpus) -> Mapping[str, str]:
    package = '{"type": "module", "private": true}\n'
    return {**shared.of_site("eleventy"), **shared.assets("assets"), "package.json": package}


def _write(story: Story) -> tuple[str, str]:
    values: dict[str, object] = {
        "title": story.name,
        "date": story.day.isoformat(),
        "year": story.year,
        "quote": story.quote,
        "initials": story.initials,
        "tint": story.tint,
        "field": story.field.label,
        "school": story.school.label,
        "topics": [topic.label for topic in story.topics],
    }
    if story.photo:
        values["headshot"] = f"{story.slug}.jpg"
    return f"stories/{story.slug}.md", shared.yaml(story, values)


def _command(bench: Bench, _: Change) -> Command:
    # A new process builds everything: --incremental is for one that goes on watching. Naming the changed file
    # (--incremental=FILE --ignore-initial) ends in an error in 3.1 as soon as a page paginates a collection.
    program = bench.tool / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    modules = bench.site / "node_modules"
    if not modules.exists():
        modules.symlink_to(bench.tool / "node_modules")
    return Command(("node", str(program), "--quiet"), bench.site)


def _pictures(bench: Bench) -> Iterator[Path]:
    return (bench.output / "images").iterdir()


ELEVENTY = Contestant(
    key="eleventy",
    name="Eleventy",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=lambda story: f"stories/{story.slug}.jpg",
    command=_command,
    path=shared.ordinary_path,
    base="_includes/base.njk",
    output="public",
    pictures=_pictures,
)
