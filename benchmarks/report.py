"""Report: medians, ratios beside their aims, a table for terminal and README."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.contestant import Change
from benchmarks.corpus import Corpus
from benchmarks.scenarios import Outcome, Run, Scenario

US, THEM, PIPELINE = "sitegen", "hugo", "vips"

SMALL, MIDDLE, LARGE = Corpus(1_000), Corpus(10_000), Corpus(50_000)
PHOTOS = Corpus(100, photos=True)
CAMPAIGN = Corpus(2_000, campaign=True)

MARKS = ("<!-- benchmark -->", "<!-- /benchmark -->")
"""Markers around the table in the README."""


@dataclass(frozen=True, slots=True)
class Results:
    """All outcomes, with what is needed to judge them. `names` and `versions` are by contestant."""

    day: date
    machine: Mapping[str, str]
    names: Mapping[str, str]
    versions: Mapping[str, str]
    lacks: Mapping[str, str]
    outcomes: tuple[Outcome, ...]

    def median(self, scenario: str, contestant: str, quantity: str) -> float | None:
        """Return a median; None where there was no run."""
        for outcome in self.outcomes:
            if (outcome.scenario, outcome.contestant) == (scenario, contestant):
                return outcome.median(quantity)
        return None

    def ratio(self, scenario: str, quantity: str, against: str = THEM) -> float | None:
        """Return our median divided by theirs."""
        ours, theirs = (self.median(scenario, who, quantity) for who in (US, against))
        return ours / theirs if ours is not None and theirs else None

    def note(self, scenario: str, contestant: str) -> str:
        """Return why a contestant has fewer runs than others, or none."""
        found = (o.note for o in self.outcomes if (o.scenario, o.contestant) == (scenario, contestant))
        return next(found, "")

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that were run, in order."""
        return tuple(dict.fromkeys(outcome.scenario for outcome in self.outcomes))


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that sitegen should not exceed."""

    label: str
    at_most: float
    value: Callable[[Results], float | None]


def _against(
    corpus: Corpus, change: Change, quantity: str = "wall", other: str = THEM
) -> Callable[[Results], float | None]:
    name = Scenario(corpus, change).name
    return lambda results: results.ratio(name, quantity, other)


def _growth(results: Results) -> float | None:
    """Return the cold time of 50,000 stories divided by that of 10,000."""
    large, middle = (
        results.median(Scenario(corpus, Change.COLD).name, US, "wall") for corpus in (LARGE, MIDDLE)
    )
    return large / middle if large and middle else None


def _memory_growth(results: Results) -> float | None:
    """Return by how many KB (1,024 bytes) the peak grows with each story from 1,000 to 50,000."""
    large, small = (
        results.median(Scenario(corpus, Change.COLD).name, US, "tree_kb") for corpus in (LARGE, SMALL)
    )
    return (large - small) / (LARGE.size - SMALL.size) if large and small else None


AIMS = (
    Aim("1,000 stories cold, of Hugo's time", 0.9, _against(SMALL, Change.COLD)),
    Aim("10,000 stories cold, of Hugo's time", 0.6, _against(MIDDLE, Change.COLD)),
    Aim("10,000 stories, nothing changed, of Hugo's time", 0.06, _against(MIDDLE, Change.NOTHING)),
    Aim("10,000 stories, one edited, of Hugo's time", 0.1, _against(MIDDLE, Change.STORY)),
    Aim("10,000 stories, base template edited, of Hugo's time", 0.3, _against(MIDDLE, Change.TEMPLATE)),
    Aim("2,000 stories with social cards cold, of Hugo's time", 0.5, _against(CAMPAIGN, Change.COLD)),
    Aim("100 photos cold, of Hugo's time", 0.05, _against(PHOTOS, Change.COLD)),
    Aim("100 photos cold, of pyvips' time", 1.1, _against(PHOTOS, Change.COLD, other=PIPELINE)),
    Aim("10,000 stories cold, of Hugo's peak memory", 0.4, _against(MIDDLE, Change.COLD, "tree_kb")),
    Aim("50,000 stories cold, of the time for 10,000", 5.5, _growth),
    Aim("memory for each story more, KB", 15, _memory_growth),
)


# -- text -----------------------------------------------------------------------------------


def in_words(results: Results) -> str:
    """Return the tables for the terminal."""
    parts = [_overview(results)]
    for quantity, label in (
        ("wall", "seconds"),
        ("cpu", "CPU seconds"),
        ("tree_kb", "peak memory of the whole tree, MB (PSS, sampled)"),
        ("process_kb", "peak memory of the largest process, MB (ru_maxrss)"),
    ):
        parts.append(f"Median {label}, and as a multiple of Hugo's\n{_medians(results, quantity)}")
    parts.append("What is aimed at\n" + _aims(results))
    notes = [f"{o.scenario}, {results.names[o.contestant]}: {o.note}" for o in results.outcomes if o.note]
    lacks = [f"{results.names[key]} makes no {what}" for key, what in results.lacks.items() if what]
    if notes or lacks:
        parts.append("\n".join([*notes, *lacks]))
    return "\n\n".join(parts)


def _overview(results: Results) -> str:
    versions = ", ".join(f"{results.names[key]} {version}" for key, version in results.versions.items())
    return f"{versions}\n{', '.join(results.machine.values())}"


def _medians(results: Results, quantity: str) -> str:
    lines = [["", *results.names.values()]]
    for scenario in results.scenarios:
        cells = [scenario]
        theirs = results.median(scenario, THEM, quantity)
        for key in results.names:
            value = results.median(scenario, key, quantity)
            shown = "" if value is None else number(value / 1024 if quantity.endswith("kb") else value)
            times = f" ×{number(value / theirs)}" if value is not None and theirs and key != THEM else ""
            cells.append(shown + times)
        lines.append(cells)
    return _aligned(lines)


def _aims(results: Results) -> str:
    lines = [["", "measured", "at most", ""]]
    for aim in AIMS:
        value = aim.value(results)
        verdict = "" if value is None else "yes" if value <= aim.at_most else "not yet"
        lines.append([aim.label, "not run" if value is None else number(value), f"{aim.at_most:g}", verdict])
    return _aligned(lines)


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for line in lines
    )


def number(value: float) -> str:
    """Return a number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def readme_table(results: Results) -> str:
    """Return the table for the README, in Markdown."""
    heads = ["", *(f"{name} {results.versions[key]}" for key, name in results.names.items())]
    lines = [heads, ["---", *("---:" for _ in results.names)]]
    for scenario in results.scenarios:
        cells = [scenario]
        for key in results.names:
            value = results.median(scenario, key, "wall")
            cells.append("–" if value is None else f"{number(value)} s")
        lines.append(cells)
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    aims = ["| | measured | aim |", "|---|---:|---:|"]
    for aim in AIMS:
        value = aim.value(results)
        aims.append(f"| {aim.label} | {'–' if value is None else number(value)} | ≤ {aim.at_most:g} |")
    return "\n\n".join([_caption(results), table, "\n".join(aims), _remarks(results)])


def _caption(results: Results) -> str:
    machine = ", ".join(results.machine.values())
    return f"Median seconds on one machine ({machine}), {results.day.isoformat()}; – means not run."


def _remarks(results: Results) -> str:
    """Return in sentences what the numbers alone would hide."""
    lacks = [f"{results.names[key]} makes no {what}." for key, what in results.lacks.items() if what]
    few = [
        f"{results.names[outcome.contestant]}, {outcome.scenario}: {outcome.note}."
        for outcome in results.outcomes
        if outcome.note and outcome.runs
    ]
    return " ".join(lacks + few)


def update_readme(file: Path, table: str, marks: tuple[str, str] = MARKS) -> bool:
    """Write the table between the marks of a page; return whether it has such marks."""
    text = file.read_text(encoding="utf-8")
    start, end = (text.find(mark) for mark in marks)
    if start < 0 or end < start:
        return False
    file.write_text(f"{text[: start + len(marks[0])]}\n{table}\n{text[end:]}", encoding="utf-8")
    return True


# -- files ----------------------------------------------------------------------------------


def save(results: Results, file: Path) -> None:
    """Write medians and all runs as JSON."""
    outcomes = [
        {
            "scenario": outcome.scenario,
            "contestant": outcome.contestant,
            "median": {quantity: outcome.median(quantity) for quantity in Run.__slots__ if outcome.runs},
            "runs": [asdict(run) for run in outcome.runs],
            "note": outcome.note,
        }
        for outcome in results.outcomes
    ]
    data = {
        "day": results.day.isoformat(),
        "machine": dict(results.machine),
        "names": dict(results.names),
        "versions": dict(results.versions),
        "lacks": dict(results.lacks),
        "units": {
            "wall": "seconds",
            "cpu": "seconds, user and system, whole process tree",
            "tree_kb": "KiB, peak of the tree's summed PSS, sampled",
            "process_kb": "KiB, ru_maxrss of the largest single process",
        },
        "aims": {aim.label: {"measured": aim.value(results), "at_most": aim.at_most} for aim in AIMS},
        "outcomes": outcomes,
    }
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(file: Path) -> Results:
    """Read what `save` wrote."""
    data = json.loads(file.read_text(encoding="utf-8"))
    outcomes = (
        Outcome(each["contestant"], each["scenario"], tuple(Run(**run) for run in each["runs"]), each["note"])
        for each in data["outcomes"]
    )
    return Results(
        date.fromisoformat(data["day"]),
        data["machine"],
        data["names"],
        data["versions"],
        data["lacks"],
        tuple(outcomes),
    )


def machine() -> dict[str, str]:
    """Return a description of this machine: processor, cores, memory, system, Python."""
    processor = _after(Path("/proc/cpuinfo"), "model name") or platform.machine()
    kilobytes = int(_after(Path("/proc/meminfo"), "MemTotal").split()[0])
    return {
        "processor": processor,
        "cores": f"{len(os.sched_getaffinity(0))} cores",
        "memory": f"{kilobytes / 2**20:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": f"Python {platform.python_version()} in {sys.base_prefix}",
    }


def _after(file: Path, key: str) -> str:
    lines: Iterable[str] = file.read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
