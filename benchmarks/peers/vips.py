"""Pipeline of libvips, through pyvips, that makes sitegen's pictures only."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.peers import shared


def _install(tool: Path) -> str:
    return shared.version(shared.venv(tool, ["pyvips-binary", "pyvips"]), "pyvips-binary")


def _command(bench: Bench, _: Change) -> Command:
    # Two processes on two cores: threads of each would only wait for those of the other.
    python, script = bench.tool / "bin" / "python", shared.SITES / "vips" / "pipeline.py"
    words = (str(python), str(script), str(bench.site / "photos"), str(bench.output))
    return Command(words, bench.site, {"VIPS_CONCURRENCY": "1"})


def _pictures(bench: Bench) -> Iterator[Path]:
    return bench.output.iterdir()


VIPS = Contestant(
    key="vips",
    name="pyvips",
    install=_install,
    skeleton=lambda _: {},
    write=lambda story: (f"texts/{story.slug}.md", story.body),
    photo=lambda story: f"photos/{story.slug}.jpg",
    command=_command,
    path=lambda _: None,
    base="",
    output="public",
    lacks="pages: it is a pipeline for pictures, to compare with",
    pictures=_pictures,
    only_pictures=True,
)
