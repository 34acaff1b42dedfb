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


def _skeleton(corpus: Corpus) -> Mapping[str, str]:
    # the site has its own copies of the templates, so that they can be edited; its heads and stories hold
    # what everybody's do, and not all that those of this repository do
    texts = {
        **shared.folder(shared.REPOSITORY / "templates", "templates"),
        **shared.of_site("sitegen"),
        **shared.assets("assets"),
    }
    if corpus.campaign:
        texts["content/site.yaml"] = texts["content/site.yaml"].replace("cards: false", "cards: true")
        texts["templates/head.html"] += CARD
    return texts


CARD = """  {% if here.picture %}
  <meta property="og:image" content="{{ here.picture.address | absolute }}">
  {% endif %}
"""


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
    if story.photo or story.portrait:
        values |= {"headshot": story.portrait or f"{story.slug}.jpg", "alt": f"{story.name} at work"}
    consent = (
        "consent:\n"
        f"  form: R-{story.number + 1:06}\n"
        "  given: 2026-01-10\n"
        "  by: self\n"
        f"  covers: [website, photo, full-name, school, search{', social' if story.social else ''}]\n"
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
    photo=lambda story: f"content/stories/{story.portrait or f'{story.slug}.jpg'}",
    command=_command,
    path=lambda page: shared.ordinary_path(page, "stories/"),
    base="templates/base.html",
    output="public",
    caches=(".sitegen",),
    pictures=_pictures,
    cards=True,
    stays=True,
)
