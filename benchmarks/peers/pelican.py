"""Pelican, from PyPI, with its plugin for the newer and the older story."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import Corpus, Story
from benchmarks.peers import shared


def _install(tool: Path) -> str:
    return shared.version(shared.venv(tool, ["pelican[markdown]", "pelican-neighbors"]), "pelican")


def _skeleton(_: Corpus) -> Mapping[str, str]:
    return {**shared.of_site("pelican"), **shared.assets("theme/static")}


def _write(story: Story) -> tuple[str, str]:
    values = {
        "Title": story.name,
        "Slug": story.slug,
        "Date": story.day.isoformat(),
        "Category": story.field.label,
        "Authors": story.school.label,
        "Tags": ", ".join(topic.label for topic in story.topics),
        "Year": story.year,
        "Quote": story.quote,
        "Initials": story.initials,
        "Tint": str(story.tint),
    }
    head = "\n".join(f"{key}: {value}" for key, value in values.items())
    return f"content/stories/{story.slug}.md", f"{head}\n\n{story.body}\n"


def _command(bench: Bench, change: Change) -> Command:
    words = [str(bench.tool / "bin" / "pelican"), "--quiet", "--settings", "pelicanconf.py"]
    if change is not Change.COLD:
        # Texts that are as they were, by their times, come from a cache. Writing it would slow a cold build
        # down, and so would packing it.
        words += ["-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true", "GZIP_CACHE=false"]
    return Command(tuple(words), bench.site)


PELICAN = Contestant(
    key="pelican",
    name="Pelican",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=None,
    command=_command,
    path=shared.ordinary_path,
    base="theme/templates/base.html",
    output="public",
    caches=("cache", "__pycache__"),
    lacks="pictures of several widths without a plugin",
)
