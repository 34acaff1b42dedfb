"""Volume benchmark: large sites, built cold at a quarter of their size and whole.

Four times as many files should take at most four times as long, less the time of a site without any.
Processor seconds are counted, not wall time, so that other processes don't matter.
"""

import gzip
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import msgspec

from benchmarks import report, scenarios
from benchmarks.contestant import Command
from benchmarks.corpus import TODAY
from benchmarks.peers import shared
from benchmarks.scenarios import Run
from benchmarks.shapes import SHAPES, Shape
from sitegen.core import time_zone

GUIDE = shared.REPOSITORY / "docs" / "limits.md"

MARKS = ("<!-- volume -->", "<!-- /volume -->")
"""Markers around the table in the guide."""

RESULTS = shared.REPOSITORY / "benchmarks" / "volume.json"

SETTINGS = """\
name: Test Collective
url: https://example.org
description: A collective of schools and neighbors who tell what young people do in science.
cards: {cards}
"""

PAGES = ("index", "join", "mission")
"""Targets of links in the texts of stories."""


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


def run(folder: Path, keys: Sequence[str], scale: float, publish: bool, say: Callable[[str], None]) -> None:
    """Build the shapes with the given keys, or all, each as large as `scale` says; save the results.

    They are saved after each shape, next to earlier results of others.
    """
    kept = RESULTS if publish else folder / RESULTS.name
    for shape in SHAPES:
        if shape.key in keys or not keys:
            outcome = _outcome(folder / "volume", shape, max(4, round(shape.size * scale)))
            say(_line(outcome))
            _keep(outcome, kept)
    shutil.rmtree(folder / "volume")
    say(f"\n{table(kept)}")
    if publish:
        report.update_readme(GUIDE, table(kept), MARKS)


@dataclass(frozen=True, slots=True)
class _Results:
    """All saved results."""

    day: str = ""
    machine: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()


def _keep(outcome: Outcome, file: Path) -> None:
    found = {each.key: each for each in (*_read(file).outcomes, outcome)}
    outcomes = tuple(found[shape.key] for shape in SHAPES if shape.key in found)
    results = _Results(time_zone.today().isoformat(), report.machine(), outcomes)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def _read(file: Path) -> _Results:
    return msgspec.json.decode(file.read_bytes(), type=_Results) if file.is_file() else _Results()


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
        # the largest uncompressed page is the heaviest, or nearly
        heaviest=max((len(gzip.compress(page.read_bytes())) for page in pages[-20:]), default=0),
    )


def _build(site: Path, shape: Shape, size: int) -> Run:
    """Write a site and build it in a process; raise `scenarios.MeasurementError` if that fails."""
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


def table(kept: Path) -> str:
    """Return a Markdown table of the saved results, and the machine."""
    results = _read(kept)
    lines = [
        "| what there are many of | processor | growth | each | memory | each | published | heaviest page |",
        "|---|---|---|---|---|---|---|---|",
        *(f"| {' | '.join(_cells(each))} |" for each in results.outcomes),
    ]
    return "\n".join([*lines, "", f"{', '.join(results.machine.values())}; {results.day}."])


def _cells(outcome: Outcome) -> tuple[str, ...]:
    return (
        f"{outcome.size:,} {outcome.label}",
        f"{outcome.whole.cpu:,.1f} s",
        f"{outcome.growth:.1f}" if outcome.whole.cpu - outcome.quarter.cpu >= 1 else "too small to measure",
        f"{outcome.each_ms:.1f} ms",
        f"{outcome.whole.tree_kb / 1024:,.0f} MB",
        f"{outcome.each_kb:,.0f} KB",
        f"{outcome.files:,} files, {outcome.bytes / 1e6:,.0f} MB",
        f"{outcome.heaviest / 1000:.1f} KB",
    )


def _line(outcome: Outcome) -> str:
    return (
        f"{outcome.size:7,} {outcome.label:32} {outcome.whole.cpu:8.2f} s CPU, "
        f"{outcome.growth:5.2f} × that of a quarter  {outcome.whole.tree_kb / 1024:7.1f} MB"
    )
