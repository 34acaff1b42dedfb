"""sitegen from this repository, with the Python that runs the benchmark."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import TODAY, Corpus, Story
from benchmarks.peers import shared


def _install(_: Path) -> str:
    # pip compiles what it installs, so the others' modules are compiled before they run first
    shared.run([sys.executable, "-m", "compileall", "-q", "sitegen"], shared.REPOSITORY)
    # python -m puts the current folder first, so it is this checkout that runs
    return shared.run([sys.executable, "-m", "sitegen", "--version"], shared.REPOSITORY).split()[-1]


def _skeleton(_: Corpus) -> Mapping[str, str]:
    # the site has its own copies of the templates, so that they can be edited; its heads and stories hold
    # what everybody's do, and not all that those of this repository do
    return {
        **shared.folder(shared.REPOSITORY / "templates", "templates"),
        **shared.of_site("sitegen"),
        **shared.assets("assets"),
    }


def _write(story: Story) -> tuple[str, str]:
    values: dict[str, object] = {
        "name": story.name,
        "school": story.school.label,
        "year": story.year,
        "field": story.field.label,
        "date": story.day.isoformat(),
        "quote": story.quote,
        "topics": [topic.label for topic in story.topics],
    }
    if story.photo:
        values |= {"headshot": f"{story.slug}.jpg", "alt": f"{story.name} at work"}
    # `social` stays out: sitegen would draw two cards for each such story, and no peer draws any
    consent = (
        "consent:\n"
        f"  form: R-{story.number + 1:06}\n"
        "  given: 2026-01-10\n"
        "  by: self\n"
        "  covers: [website, photo, full-name, school, search]\n"
    )
    text = shared.yaml(story, values).replace("\n---\n", f"\n{consent}---\n", 1)
    return f"content/stories/{story.slug}.md", text


def _command(bench: Bench, _: Change) -> Command:
    words = (sys.executable, "-m", "sitegen", "--root", str(bench.site), "build", "--date", TODAY.isoformat())
    return Command(words, shared.REPOSITORY)


def _pictures(bench: Bench) -> Iterator[Path]:
    return (bench.output / "images").iterdir()


SITEGEN = Contestant(
    key="sitegen",
    name="sitegen",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=lambda story: f"content/stories/{story.slug}.jpg",
    command=_command,
    path=lambda page: shared.ordinary_path(page, "stories/"),
    base="templates/base.html",
    output="public",
    caches=(".sitegen",),
    pictures=_pictures,
    stays=True,
)
