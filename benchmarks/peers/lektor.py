"""Lektor, from PyPI. It stores the dependencies of each page in a database."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import Corpus, Story, terms
from benchmarks.peers import shared


def _install(tool: Path) -> str:
    return shared.version(shared.venv(tool, ["lektor"]), "lektor")


def _skeleton(_: Corpus) -> Mapping[str, str]:
    # Lektor has no taxonomies: each field, school and topic is a page that queries its stories.
    lists = {
        f"content/{kind}/{term.slug}/contents.lr": _contents({"title": term.label})
        for kind, all_terms in terms().items()
        for term in all_terms
    }
    menu = {
        "kinds": [
            {
                "label": kind.removesuffix("s").capitalize(),
                "terms": [{"label": term.label, "to": f"/{kind}/{term.slug}/"} for term in all_terms],
            }
            for kind, all_terms in terms().items()
        ]
    }
    bag = {"databags/terms.json": json.dumps(menu)}
    return {**shared.of_site("lektor"), **shared.assets("assets/assets"), **lists, **bag}


def _write(story: Story) -> tuple[str, str]:
    values = {
        "title": story.name,
        "day": story.day.isoformat(),
        "year": story.year,
        "quote": story.quote,
        "initials": story.initials,
        "tint": str(story.tint),
        "field": story.field.label,
        "school": story.school.label,
        "topics": "\n" + "\n".join(topic.label for topic in story.topics),
        "body": f"\n\n{story.body}",
    }
    return f"content/stories/{story.slug}/contents.lr", _contents(values)


def _contents(values: Mapping[str, str]) -> str:
    return "".join(f"{line}\n" for line in _lines(values))


def _lines(values: Mapping[str, str]) -> Iterator[str]:
    for place, (key, value) in enumerate(values.items()):
        if place:
            yield "---"
        yield f"{key}:{'' if value.startswith(chr(10)) else ' '}{value}"


def _command(bench: Bench, _: Change) -> Command:
    words = (str(bench.tool / "bin" / "lektor"), "build", "--output-path", str(bench.output))
    # its build state is in the output folder; this option is for plugin packages, of which there are none
    return Command(words, bench.site, {"XDG_CACHE_HOME": str(bench.tool / "cache")})


LEKTOR = Contestant(
    key="lektor",
    name="Lektor",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=None,
    command=_command,
    path=shared.ordinary_path,
    base="templates/base.html",
    output="public",
    lacks="typographic quotes, no numbers beside terms, and no WebP",
)
