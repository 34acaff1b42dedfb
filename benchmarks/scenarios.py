"""Scenarios: builds that are measured in turn, and the checks after each run."""

import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks import workplace
from benchmarks.contestant import Bench, Change, Command, Contestant, Page, pages
from benchmarks.corpus import Corpus, Story
from benchmarks.workplace import Workplace

Say = Callable[[str], None]

PICTURES_EACH = 5
"""Derivatives of a headshot: four widths in WebP, one in JPEG."""


CARD = re.compile(r'property="og:image" content="https://example\.org/([^"]+)"')


@dataclass(frozen=True, slots=True)
class Scenario:
    """A corpus and the change of its site before the measured run."""

    corpus: Corpus
    change: Change

    @property
    def name(self) -> str:
        """Its name in results and on the command line."""
        what = "photos" if self.corpus.photos else "with social cards" if self.corpus.campaign else "stories"
        return f"{self.corpus.size:,} {what}, {self.change.value}"


@dataclass(frozen=True, slots=True)
class Run:
    """Measurements of one build: seconds, and kibibytes at the peak (see `measure.run`)."""

    wall: float
    cpu: float
    tree_kb: int
    process_kb: int


class MeasurementError(Exception):
    """A build failed or left something out; the text says what."""


def measure(command: Command, report: Path) -> Run:
    """Run a command in the measuring process; raise `MeasurementError` if it fails."""
    measuring = [sys.executable, "-I", "-S", str(Path(__file__).with_name("measure.py")), str(report)]
    os.sync()  # flush data that earlier runs have not written yet
    done = subprocess.run(
        [*measuring, *command.words],
        cwd=command.folder,
        env={**os.environ, **command.environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        log = report.with_suffix(".log")
        log.write_text(f"{' '.join(command.words)}\n{done.stdout}{done.stderr}", encoding="utf-8")
        raise MeasurementError(f"exit code {done.returncode}; what it said is in {log}")
    measured = json.loads(report.read_text(encoding="utf-8"))
    return Run(measured["wall"], measured["cpu"], measured["tree_kb"], measured["process_kb"])


# -- one run --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """One contestant in one scenario."""

    place: Workplace
    contestant: Contestant
    scenario: Scenario

    @property
    def bench(self) -> Bench:
        """Its folders."""
        return self.place.bench(self.contestant, self.scenario.corpus)

    def warm_up(self) -> None:
        """Write the site; if the scenario needs a last build and there is none, make it."""
        workplace.lay_out(self.place, self.contestant, self.scenario.corpus)
        if self.scenario.change is not Change.COLD:
            self._build()

    def run(self, number: int) -> Run:
        """Prepare, measure, check. `number` makes each edit differ from all others."""
        corpus, bench, contestant = self.scenario.corpus, self.bench, self.contestant
        sentence = f"This sentence is number {number}."
        edited = (corpus.size // 2 + number * 7) % corpus.size
        match self.scenario.change:
            case Change.COLD:
                workplace.forget(self.place, contestant, bench)
            case Change.STORY:
                workplace.edit_story(contestant, corpus, bench, edited, sentence)
            case Change.TEMPLATE:
                workplace.edit_template(contestant, corpus, bench, sentence)
            case Change.NOTHING:
                pass
        run = self._build()
        self._check_pages()
        if self.scenario.change is Change.STORY:
            self.check_says([Page("story", corpus.story(edited).slug)], sentence)
        if self.scenario.change is Change.TEMPLATE:
            stories = (corpus.story(place) for place in range(0, corpus.size, max(1, corpus.size // 20)))
            self.check_says([Page("list"), *(Page("story", story.slug) for story in stories)], sentence)
        return run

    def bring_back(self, numbers: Iterable[int]) -> None:
        """Undo the edits of runs."""
        corpus, bench = self.scenario.corpus, self.bench
        if self.scenario.change is Change.STORY:
            for number in numbers:
                edited = (corpus.size // 2 + number * 7) % corpus.size
                workplace.edit_story(self.contestant, corpus, bench, edited, "")
        if self.scenario.change is Change.TEMPLATE:
            workplace.edit_template(self.contestant, corpus, bench, "")

    def _build(self) -> Run:
        command = self.contestant.command(self.bench, self.scenario.change)
        return measure(command, self.place.root / f"{self.contestant.key}.json")

    def _check_pages(self) -> None:
        """Raise `MeasurementError` if a page or a picture is missing."""
        missing: Counter[str] = Counter()
        for page in pages(self.scenario.corpus):
            path = self.contestant.path(page)
            if path and not (self.bench.output / path).is_file():
                missing[page.kind] += 1
        if self.scenario.corpus.photos and self.contestant.pictures:
            lacking = self.scenario.corpus.size * PICTURES_EACH - len(
                list(self.contestant.pictures(self.bench))
            )
            if lacking > 0:
                missing["picture"] = lacking
        if self.scenario.corpus.campaign:
            stories = self.scenario.corpus.stories()
            missing.update("card" for story in stories if story.social and not self._has_card(story))
        if missing:
            raise MeasurementError(
                "missing: " + ", ".join(f"{count} × {kind}" for kind, count in missing.items())
            )

    def _has_card(self, story: Story) -> bool:
        """Whether the page of a story names a social card that exists."""
        path = self.contestant.path(Page("story", story.slug))
        found = CARD.search((self.bench.output / path).read_text("utf-8")) if path else None
        return found is not None and (self.bench.output / found[1]).is_file()

    def check_says(self, wanted: Iterable[Page], sentence: str) -> None:
        """Raise `MeasurementError` if pages don't have the edited text."""
        paths = [path for path in map(self.contestant.path, wanted) if path]
        silent = [path for path in paths if sentence not in (self.bench.output / path).read_text("utf-8")]
        if silent:
            raise MeasurementError(f"not made anew: {', '.join(islice(silent, 3))}")


# -- all runs -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """All runs of one contestant in one scenario; `note` says why there are fewer than requested."""

    contestant: str
    scenario: str
    runs: tuple[Run, ...]
    note: str = ""

    def median(self, quantity: str) -> float | None:
        """Return the median of `wall`, `cpu`, `tree_kb` or `process_kb`; None without any run."""
        values = [getattr(run, quantity) for run in self.runs]
        return statistics.median(values) if values else None


def compete(courses: Sequence[Course], rounds: int, patience: float, say: Say) -> Iterator[Outcome]:
    """Run one scenario with all contestants in turn, each round begun by another one; yield the outcomes.

    A contestant that needed more than `patience` CPU seconds in the first round runs no other, unless it
    `stays`. CPU seconds don't depend on other load of the machine.
    """
    # numbers that no earlier session used, so that every edit is new
    first = int.from_bytes(os.urandom(4))
    numbers = range(first, first + rounds)
    runs: dict[Course, list[Run]] = {course: [] for course in courses}
    notes: dict[Course, str] = {}
    for course in courses:
        with _noting(notes, course):
            course.warm_up()
    for number in numbers:
        turn = (number - first) % max(1, len(courses))
        for course in (*courses[turn:], *courses[:turn]):
            if course not in notes:
                with _noting(notes, course):
                    runs[course].append(course.run(number))
                    say(_line(course, number - first + 1, runs[course][-1]))
                    if runs[course][-1].cpu > patience and not course.contestant.stays:
                        notes[course] = f"one run only: it takes longer than {patience:g} s"
    for course in courses:
        if note := notes.get(course, ""):
            say(f"{course.scenario.name:36} {course.contestant.name:16} {note}")
        course.bring_back(numbers)
        yield Outcome(course.contestant.key, course.scenario.name, tuple(runs[course]), note)


@contextlib.contextmanager
def _noting(notes: dict[Course, str], course: Course) -> Iterator[None]:
    """Record why a contestant failed, instead of stopping all others."""
    try:
        yield
    except MeasurementError as failed:
        notes[course] = str(failed)


def _line(course: Course, turn: int, run: Run) -> str:
    return (
        f"{course.scenario.name:36} {course.contestant.name:16} round {turn}: "
        f"{run.wall:8.3f} s  {run.cpu:8.3f} s CPU  {run.tree_kb / 1024:7.1f} MB"
    )
