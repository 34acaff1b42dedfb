"""Command line of the benchmark: install, write, run in turn, report.

`python -m benchmarks` needs Linux, and npm for Eleventy.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import drawing, entry, preview, report, scenarios, volume, workplace
from benchmarks.contestant import Change, Contestant
from benchmarks.corpus import PORTRAITS, SEED
from benchmarks.peers import CONTESTANTS, shared
from benchmarks.report import US, Results
from benchmarks.scenarios import Course, Outcome
from benchmarks.shapes import SHAPES
from benchmarks.workplace import Workplace
from sitegen.core import time_zone

RESULTS = shared.REPOSITORY / "benchmarks" / "results.json"
DRAWING = shared.REPOSITORY / "docs" / "benchmark.svg"
README = shared.REPOSITORY / "README.md"

QUICK = ["--sizes", "100", "--photos", "4", "--campaign", "20", "--rounds", "1"]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command line."""

    contestants: tuple[Contestant, ...]
    sizes: tuple[int, ...]
    photos: int
    campaign: int
    changes: tuple[Change, ...]
    rounds: int
    patience: float
    place: Workplace
    publish: bool
    preview: bool
    volume: tuple[str, ...] | None
    scale: float


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark; return 1 only if it can't run at all."""
    if sys.platform != "linux":
        print("The benchmark needs Linux: it reads memory from /proc.", file=sys.stderr)
        return 1
    options = _options(arguments)
    options.place.make()
    if options.preview:
        preview.run(options.place, options.sizes, _say)
        return 0
    if options.volume is not None:
        whole = options.publish or (not options.volume and options.scale == 1)
        volume.run(options.place.root, options.volume, options.scale, whole, _say)
        return 0
    versions = dict(_install(options))
    contestants = [contestant for contestant in options.contestants if contestant.key in versions]
    if (options.photos or options.campaign) and not _draw_photos(options):
        return 1

    def results(outcomes: Sequence[Outcome]) -> Results:
        return Results(
            time_zone.today(),
            report.machine(),
            {contestant.key: contestant.name for contestant in contestants},
            versions,
            {contestant.key: contestant.lacks for contestant in contestants},
            tuple(outcomes),
        )

    outcomes: list[Outcome] = []
    for scenario in entry.planned(options.sizes, options.photos, options.campaign, options.changes):
        runners, left_out = entry.entered(contestants, scenario, outcomes, options.patience)
        for outcome in left_out:
            _say(f"{outcome.scenario:36} {outcome.contestant:15} left out: {outcome.note}")
        courses = [Course(options.place, runner, scenario) for runner in runners]
        outcomes += [*scenarios.compete(courses, options.rounds, options.patience, _say), *left_out]
        report.save(results(outcomes), options.place.root / "results.json")
    workplace.tidy(options.place)
    done = results(outcomes)
    print(f"\n{report.in_words(done)}")
    if options.publish:
        _publish(done)
    return 0


# -- preparing ------------------------------------------------------------------------------


def _options(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    keys = [contestant.key for contestant in CONTESTANTS]
    changes = [change.name.lower() for change in Change]
    parser.add_argument("--peers", nargs="*", choices=keys, default=keys, help="who runs beside sitegen")
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 50_000], help="stories")
    parser.add_argument("--photos", type=int, default=100, help="stories with a photo; 0 for none")
    parser.add_argument(
        "--campaign", type=int, default=2_000, help="stories of which most have a social card; 0 for none"
    )
    parser.add_argument("--changes", nargs="*", choices=changes, default=changes, help="what is measured")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--patience", type=float, default=60, help="CPU seconds after which one round is enough"
    )
    parser.add_argument("--folder", type=Path, default=Path(".bench"), help="for tools, sites and photos")
    parser.add_argument("--write", action="store_true", help="write results.json, drawing and README anyway")
    parser.add_argument("--quick", action="store_true", help=f"the same as {' '.join(QUICK)}")
    parser.add_argument(
        "--preview", action="store_true", help="measure sitegen serve and hugo server instead"
    )
    shapes = [shape.key for shape in SHAPES]
    parser.add_argument(
        "--volume", nargs="*", choices=shapes, help="measure sites that are large in one way each instead"
    )
    parser.add_argument("--scale", type=float, default=1, help="how large these are: 0.1 for a tenth")
    given = parser.parse_args(arguments)
    if given.quick:
        given = parser.parse_args([*QUICK, *arguments])
    return Options(
        tuple(contestant for contestant in CONTESTANTS if contestant.key in (US, *given.peers)),
        tuple(given.sizes),
        given.photos,
        given.campaign,
        tuple(change for change in Change if change.name.lower() in given.changes),
        given.rounds,
        given.patience,
        Workplace(given.folder.resolve()),
        # committed results come from a whole run, except with --write
        given.write or not arguments,
        given.preview,
        None if given.volume is None else tuple(given.volume),
        given.scale,
    )


def _install(options: Options) -> Iterator[tuple[str, str]]:
    """Yield key and version of each installed generator; print why the others failed."""
    for contestant in options.contestants:
        try:
            version = contestant.install(options.place.tool(contestant))
        except shared.ToolError as missing:
            print(f"{contestant.name} doesn't run: {missing}", file=sys.stderr)
        else:
            _say(f"{contestant.name} {version}")
            yield contestant.key, version


def _draw_photos(options: Options) -> bool:
    """Draw missing photos, in a separate process, which keeps this one small."""
    count = max(options.photos, PORTRAITS if options.campaign else 0)
    wanted = [str(options.place.photos), str(count), str(SEED)]
    done = subprocess.run([sys.executable, "-m", "benchmarks.photos", *wanted], check=False)
    return done.returncode == 0


def _publish(results: Results) -> None:
    report.save(results, RESULTS)
    DRAWING.write_text(drawing.draw(results), encoding="utf-8")
    _say(f"\nWritten: {RESULTS}, {DRAWING}")
    if not report.update_readme(README, report.readme_table(results)):
        _say(f"README.md is as it was: it has no {' … '.join(report.MARKS)} to write between.")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
