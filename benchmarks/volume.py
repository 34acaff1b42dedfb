"""Volume: sites that are large in one way each, built cold at a quarter of their size and at the whole.

Four times as many things should take four times as long at most, less what a site without any takes.
Processor seconds are counted, not those of the clock, so that others on the machine don't count.
"""

import gzip
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import msgspec

from benchmarks import report, scenarios
from benchmarks.contestant import Command
from benchmarks.corpus import TODAY
from benchmarks.peers import shared
from benchmarks.scenarios import Run
from benchmarks.shapes import SHAPES, Shape

RESULTS = shared.REPOSITORY / "benchmarks" / "volume.json"

SETTINGS = """\
name: Test Collective
url: https://example.org
description: A collective of schools and neighbors who tell what young people do in science.
cards: {cards}
"""

PAGES = ("index", "join", "mission")
"""What the texts of stories lead to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a shape took: the `whole` of it, and a `quarter`.

    `growth` is how often the processor time of the quarter goes into that of the whole, both less that of a
    site with none of the things: 4 is linear. `each_ms` and `each_kb` are the processor time and the memory
    (PSS) of one thing more. `files` and `bytes` are what is published, `heaviest` the bytes of the heaviest
    page, gzipped.
    """

    key: str
    label: str
    size: int
    whole: Run
    quarter: Run
    growth: float
    each_ms: float
    each_kb: float
    files: int
    bytes: int
    heaviest: int


def run(folder: Path, keys: Sequence[str], scale: float, publish: bool, tell: Callable[[str], None]) -> None:
    """Build the shapes with the given keys, or all, each as large as `scale` says; keep what they took.

    It is kept shape by shape, beside what was kept of the others before.
    """
    kept = RESULTS if publish else folder / RESULTS.name
    for shape in SHAPES:
        if shape.key in keys or not keys:
            outcome = _outcome(folder / "volume", shape, max(4, round(shape.size * scale)))
            tell(_line(outcome))
            _keep(outcome, kept)
    shutil.rmtree(folder / "volume")
    tell("\n" + "\n".join(table(_kept(kept))))


def _keep(outcome: Outcome, file: Path) -> None:
    found = {each.key: each for each in (*_kept(file), outcome)}
    told = {
        "day": date.today().isoformat(),
        "machine": report.machine(),
        "outcomes": [asdict(found[shape.key]) for shape in SHAPES if shape.key in found],
    }
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _kept(file: Path) -> tuple[Outcome, ...]:
    return msgspec.json.decode(file.read_bytes(), type=_Results).outcomes if file.is_file() else ()


@dataclass(frozen=True, slots=True)
class _Results:
    """What of the file is read again."""

    outcomes: tuple[Outcome, ...]


def _outcome(place: Path, shape: Shape, size: int) -> Outcome:
    start = _build(place / f"{shape.key}-none", shape, 0).cpu
    quarter = _build(place / f"{shape.key}-quarter", shape, size // 4)
    whole = _build(place / shape.key, shape, size)
    more = size - size // 4
    published = [file for file in (place / shape.key / "public").rglob("*") if file.is_file()]
    sizes = {file: file.stat().st_size for file in published}
    pages = sorted((file for file in published if file.suffix == ".html"), key=sizes.__getitem__)
    return Outcome(
        key=shape.key,
        label=shape.label,
        size=size,
        whole=whole,
        quarter=quarter,
        growth=(whole.cpu - start) / max(0.01, quarter.cpu - start),
        each_ms=1000 * (whole.cpu - quarter.cpu) / more,
        each_kb=(whole.tree_kb - quarter.tree_kb) / more,
        files=len(published),
        bytes=sum(sizes.values()),
        # what is largest unpacked is the heaviest, or near to it
        heaviest=max((len(gzip.compress(page.read_bytes())) for page in pages[-20:]), default=0),
    )


def _build(site: Path, shape: Shape, size: int) -> Run:
    """Write a site and build it in a process of its own; raise `scenarios.Failed` where that fails."""
    shutil.rmtree(site, ignore_errors=True)
    settings = SETTINGS.format(cards="true" if shape.cards else "false")
    pages = ((f"content/{name}.md", f"---\ntitle: {name.title()}\n---\nText.\n") for name in PAGES)
    for path, content in chain([("content/site.yaml", settings)], pages, shape.files(size)):
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    words = (sys.executable, "-m", "sitegen", "--root", str(site), "build", "--date", TODAY.isoformat())
    return scenarios.measure(Command(words, shared.REPOSITORY), site.with_suffix(".json"))


# -- what is said ---------------------------------------------------------------------------


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| what there are many of | processor | growth | each | memory | each | published | heaviest page |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in outcomes:
        cells = (
            f"{each.size:,} {each.label}",
            f"{each.whole.cpu:,.1f} s",
            f"{each.growth:.1f}",
            f"{each.each_ms:.2f} ms",
            f"{each.whole.tree_kb / 1024:,.0f} MB",
            f"{each.each_kb:.1f} KB",
            f"{each.files:,} files, {each.bytes / 1e6:,.0f} MB",
            f"{each.heaviest / 1000:.1f} KB",
        )
        yield f"| {' | '.join(cells)} |"


def _line(outcome: Outcome) -> str:
    return (
        f"{outcome.size:7,} {outcome.label:32} {outcome.whole.cpu:8.2f} s CPU, "
        f"{outcome.growth:5.2f} × that of a quarter  {outcome.whole.tree_kb / 1024:7.1f} MB"
    )
