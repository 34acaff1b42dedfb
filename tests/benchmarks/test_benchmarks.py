"""Benchmark: equal input for every generator, correct counts, correct figures."""

import re
import statistics
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from PIL import ImageChops, ImageFilter, ImageStat

from benchmarks import drawing, entry, photos, report, scenarios, workplace
from benchmarks.contestant import Change, Command, Contestant, Page, pages
from benchmarks.corpus import PORTRAITS, Corpus, with_new_sentence
from benchmarks.peers import CONTESTANTS
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.pelican import PELICAN
from benchmarks.peers.sitegen import SITEGEN
from benchmarks.peers.vips import VIPS
from benchmarks.report import Results
from benchmarks.scenarios import Course, Outcome, Run, Scenario
from benchmarks.workplace import Workplace
from sitegen.build import build
from sitegen.pipeline.request import BuildRequest

COLD = Scenario(Corpus(10_000), Change.COLD).name

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def outcome(contestant: str, *seconds: float, scenario: str = COLD, kilobytes: int = 1_024) -> Outcome:
    return Outcome(contestant, scenario, tuple(Run(wall, wall, kilobytes, kilobytes) for wall in seconds))


def results(*outcomes: Outcome) -> Results:
    names = {"sitegen": "sitegen", "hugo": "Hugo & Co", "lektor": "Lektor"}
    machine = {"processor": "a processor", "cores": "2 cores", "memory": "8 GB"}
    versions = dict.fromkeys(names, "1.0")
    return Results(date(2026, 9, 1), machine, names, versions, dict.fromkeys(names, ""), outcomes)


# -- the texts ------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_stories_and_another_seed_gives_others() -> None:
    assert list(Corpus(5).stories()) == list(Corpus(5).stories())
    assert Corpus(5).story(3).body != Corpus(5, seed=1).story(3).body


def test_a_small_corpus_is_the_beginning_of_a_large_one() -> None:
    assert list(Corpus(10).stories()) == list(islice(Corpus(50_000).stories(), 10))


def test_stories_have_300_words_on_average_and_something_of_everything() -> None:
    stories = list(Corpus(300).stories())
    assert 285 < statistics.mean(len(story.body.split()) for story in stories) < 315
    bodies = "\n".join(story.body for story in stories)
    assert all(mark in bodies for mark in ("\n## ", "\n- ", "](", "**", " *", '"', "'"))


def test_no_two_stories_have_the_same_address() -> None:
    stories = list(Corpus(2_000).stories())
    assert len({story.slug for story in stories}) == len({story.name for story in stories}) == 2_000
    assert Corpus(50_000).story(49_999).slug not in {story.slug for story in stories}


def test_an_edit_adds_one_sentence_and_changes_nothing_else() -> None:
    story = Corpus(1).story(0)
    edited = with_new_sentence(story, "One more.")
    assert edited.body == f"{story.body} One more."
    assert with_new_sentence(edited, "").slug == story.slug


def test_photos_are_the_same_for_the_same_seed_and_nowhere_flat() -> None:
    one, other = (photos.draw(Random("seed"), 160, 120) for _ in range(2))
    assert one.tobytes() == other.tobytes()
    grain = ImageChops.difference(one, one.filter(ImageFilter.GaussianBlur(2)))
    tiles = [grain.crop((x, y, x + 40, y + 40)) for x in range(0, 160, 40) for y in range(0, 120, 40)]
    assert min(min(ImageStat.Stat(tile).mean) for tile in tiles) > 2


# -- the contestants ------------------------------------------------------------------------


def test_every_list_has_a_page_for_each_24_stories() -> None:
    found = pages(Corpus(49))
    assert sum(page.kind == "story" for page in found) == 49
    assert [page.number for page in found if page.kind == "list"] == [1, 2, 3]
    assert {page.kind for page in found} == {"story", "list", "fields", "schools", "topics"}


@pytest.mark.parametrize("contestant", CONTESTANTS, ids=lambda contestant: contestant.key)
def test_every_generator_gets_the_same_text(contestant: Contestant) -> None:
    story = Corpus(1).story(0)
    path, text = contestant.write(story)
    assert story.slug in path
    assert text.rstrip().endswith(story.body)


@pytest.mark.parametrize("contestant", [each for each in CONTESTANTS if each.base], ids=lambda each: each.key)
def test_the_base_template_of_every_generator_can_be_edited_and_restored(
    contestant: Contestant, tmp_path: Path
) -> None:
    corpus, place = Corpus(1), Workplace(tmp_path)
    bench = place.bench(contestant, corpus)
    workplace.lay_out(place, contestant, corpus)
    before = (bench.site / contestant.base).read_text(encoding="utf-8")
    workplace.edit_template(contestant, corpus, bench, "A new sentence.")
    assert "A new sentence." in (bench.site / contestant.base).read_text(encoding="utf-8")
    workplace.edit_template(contestant, corpus, bench, "")
    assert (bench.site / contestant.base).read_text(encoding="utf-8") == before


def test_sitegen_makes_every_page_that_is_required_of_all_generators(tmp_path: Path) -> None:
    corpus, place = Corpus(25), Workplace(tmp_path)
    workplace.lay_out(place, SITEGEN, corpus)
    bench = place.bench(SITEGEN, corpus)
    measured = build(BuildRequest(bench.site, bench.output, date(2026, 9, 1)))
    assert not measured.problems
    paths = [SITEGEN.path(page) for page in pages(corpus)]
    assert [path for path in paths if path and not (bench.output / path).is_file()] == []


def test_a_campaign_is_like_the_stories_that_people_write() -> None:
    stories = list(Corpus(400, campaign=True).stories())
    assert 0.85 < statistics.mean(story.social for story in stories) < 0.95
    assert 0.5 < statistics.mean(bool(story.portrait) for story in stories) < 0.7
    assert any(not story.name.isascii() for story in stories)
    bodies = "\n".join(story.body for story in stories)
    assert all(mark in bodies for mark in ("|---|", "[^1]", "```", "    - "))


@linux
def test_a_campaign_without_one_of_its_cards_has_no_result(tmp_path: Path) -> None:
    corpus, place = Corpus(12, campaign=True), Workplace(tmp_path)
    place.photos.mkdir()
    for number in range(PORTRAITS):
        photos.draw(Random(number), 700, 700).save(place.photos / f"{number:03}.jpg")
    course = Course(place, SITEGEN, Scenario(corpus, Change.COLD))
    course.warm_up()
    course.run(0)
    uncarded = replace(SITEGEN, skeleton=lambda _: SITEGEN.skeleton(Corpus(12)))
    wanted = sum(story.social for story in corpus.stories())
    without = replace(course, contestant=uncarded)
    without.warm_up()
    with pytest.raises(scenarios.MeasurementError, match=f"missing: {wanted} × card"):
        without.run(0)


def test_an_existing_site_is_not_written_again(tmp_path: Path) -> None:
    corpus, place = Corpus(3), Workplace(tmp_path)
    workplace.lay_out(place, HUGO, corpus)
    files = [file for file in place.bench(HUGO, corpus).site.rglob("*") if file.is_file()]
    times = [file.stat().st_mtime_ns for file in files]
    workplace.lay_out(place, HUGO, corpus)
    assert [file.stat().st_mtime_ns for file in files] == times


# -- measuring ------------------------------------------------------------------------------


@linux
def test_the_memory_of_a_grandchild_process_counts(tmp_path: Path) -> None:
    grandchild = "held = bytearray(80_000_000)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}], check=True)"
    run = scenarios.measure(Command((sys.executable, "-c", child), tmp_path), tmp_path / "report.json")
    assert run.process_kb > 78_000
    assert run.wall > 0


@linux
def test_a_failed_command_is_reported_with_its_output(tmp_path: Path) -> None:
    with pytest.raises(scenarios.MeasurementError, match=r"exit code 1.*report\.log"):
        scenarios.measure(Command((sys.executable, "-c", "oops"), tmp_path), tmp_path / "report.json")
    assert "NameError" in (tmp_path / "report.log").read_text(encoding="utf-8")


class Track:
    """Fake runner: records who ran, and reports the given number of seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: dict[str, float]) -> None:
        self.ran: list[str] = []
        self.seconds = seconds
        monkeypatch.setattr(Course, "warm_up", lambda course: None)
        monkeypatch.setattr(Course, "bring_back", lambda course, numbers: None)
        monkeypatch.setattr(Course, "run", lambda course, number: self.run(course))

    def run(self, course: Course) -> Run:
        key = course.contestant.key
        self.ran.append(key)
        if key not in self.seconds:
            raise scenarios.MeasurementError("missing: 3 × story")
        return Run(self.seconds[key], self.seconds[key], 0, 0)

    def compete(self, rounds: int) -> Iterator[Outcome]:
        scenario = Scenario(Corpus(1), Change.COLD)
        courses = [Course(Workplace(Path()), contestant, scenario) for contestant in (SITEGEN, PELICAN)]
        return scenarios.compete(courses, rounds, 60, lambda line: None)


def test_generators_run_in_turn_and_each_round_begins_with_another(monkeypatch: pytest.MonkeyPatch) -> None:
    track = Track(monkeypatch, {"sitegen": 1.0, "pelican": 2.0})
    assert [len(outcome.runs) for outcome in track.compete(3)] == [3, 3]
    assert track.ran == ["sitegen", "pelican", "pelican", "sitegen", "sitegen", "pelican"]


def test_a_very_slow_generator_runs_once_unless_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = Track(monkeypatch, {"sitegen": 61.0, "pelican": 61.0}).compete(3)
    assert (len(ours.runs), len(theirs.runs)) == (3, 1)
    assert "one run only" in theirs.note


def test_a_generator_that_leaves_out_pages_has_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = Track(monkeypatch, {"sitegen": 1.0}).compete(3)
    assert len(ours.runs) == 3
    assert (theirs.runs, theirs.note) == ((), "missing: 3 × story")


def test_a_generator_that_would_take_too_long_is_skipped_with_a_reason() -> None:
    small, large = (Scenario(Corpus(size), Change.COLD) for size in (1_000, 10_000))
    so_far = [outcome(key, 31.0, scenario=small.name) for key in ("sitegen", "hugo", "pelican")]
    runners, left_out = entry.entered((SITEGEN, HUGO, PELICAN), large, so_far, patience=60)
    assert [runner.key for runner in runners] == ["sitegen", "hugo"]
    assert [(each.contestant, each.note) for each in left_out] == [
        ("pelican", "a build of 10,000 stories would take it about 310 s")
    ]


def test_a_picture_pipeline_runs_in_photo_scenarios_only() -> None:
    for photos_too in (False, True):
        scenario = Scenario(Corpus(10, photos_too), Change.COLD)
        assert entry.entered([VIPS], scenario, [], patience=60) == ([VIPS] if photos_too else [], [])


def test_only_generators_that_draw_social_cards_build_the_campaign() -> None:
    (scenario,) = entry.planned([], 0, 20, list(Change))
    assert scenario.name == "20 with social cards, cold"
    runners, left_out = entry.entered(CONTESTANTS, scenario, [], patience=60)
    assert [runner.key for runner in runners] == ["sitegen", "hugo"]
    assert {each.note for each in left_out} == {"it draws no social cards by itself"}


def test_the_site_that_is_changed_is_the_one_of_10_000_stories() -> None:
    names = [scenario.name for scenario in entry.planned([50_000, 10_000, 1_000], 0, 0, list(Change))]
    assert names[:3] == [f"{size} stories, cold" for size in ("1,000", "10,000", "50,000")]
    assert all(name.startswith("10,000 stories") for name in names[3:])


# -- reporting ------------------------------------------------------------------------------


def test_a_ratio_is_of_medians() -> None:
    measured = results(outcome("sitegen", 9.0, 2.0, 3.0), outcome("hugo", 6.0, 1.0, 60.0))
    assert measured.ratio(COLD, "wall") == 0.5


def test_growth_is_counted_per_additional_story() -> None:
    small, large = (Scenario(Corpus(size), Change.COLD).name for size in (1_000, 50_000))
    measured = results(
        outcome("sitegen", 1.0, scenario=small, kilobytes=60_000),
        outcome("sitegen", 1.0, scenario=large, kilobytes=60_000 + 49_000 * 12),
    )
    aim = next(aim for aim in report.AIMS if "memory for each" in aim.label)
    assert aim.value(measured) == 12


def test_an_aim_without_runs_is_not_run() -> None:
    assert "not run" in report.in_words(results(outcome("sitegen", 1.0)))


def test_saved_results_are_read_back(tmp_path: Path) -> None:
    measured = results(outcome("sitegen", 1.0, 2.0), outcome("hugo", 3.0))
    report.save(measured, tmp_path / "results.json")
    assert report.load(tmp_path / "results.json") == measured


def test_the_table_goes_between_the_marks_of_a_readme_and_nowhere_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    text = "before\n<!-- benchmark -->\n{}\n<!-- /benchmark -->\nafter\n"
    readme.write_text(text.format("old"), encoding="utf-8")
    assert report.update_readme(readme, "new")
    assert readme.read_text(encoding="utf-8") == text.format("new")
    readme.write_text("no marks\n", encoding="utf-8")
    assert not report.update_readme(readme, "new")
    assert readme.read_text(encoding="utf-8") == "no marks\n"


def test_the_drawing_has_bars_as_long_as_the_seconds_and_says_them_in_words() -> None:
    drawn = ET.fromstring(drawing.draw(results(outcome("sitegen", 2.0), outcome("hugo", 8.0))))
    bars = [element for element in drawn.iter() if element.get("class") in ("us", "bar")]
    ours, theirs = (float(bar.get("width", "0")) for bar in bars)
    assert theirs == pytest.approx(4 * ours, abs=0.2)
    described = drawn.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "sitegen 2.00 seconds, Hugo & Co 8.00 seconds" in described


def test_a_bar_far_longer_than_the_others_has_a_gap_and_leaves_them_their_length() -> None:
    measured = results(outcome("sitegen", 2.0), outcome("hugo", 4.0), outcome("lektor", 400.0))
    svg = drawing.draw(measured)
    widths = [float(width) for width in re.findall(r'class="(?:us|bar)"[^>]* width="([\d.]+)"', svg)]
    assert widths[1] == widths[2] == pytest.approx(2 * widths[0], abs=0.2)
    assert svg.count('class="gap"') == 1


def test_no_text_in_the_drawing_is_smaller_than_12_pixels() -> None:
    svg = drawing.draw(results(outcome("sitegen", 2.0), outcome("hugo", 8.0)))
    sizes = [int(size) for size in re.findall(r"(?:font|font-size): (\d+)px", svg)]
    assert sizes
    assert min(sizes) >= 12


def test_an_edit_is_looked_for_in_the_page_that_should_show_it(tmp_path: Path) -> None:
    corpus, place = Corpus(1), Workplace(tmp_path)
    course = Course(place, SITEGEN, Scenario(corpus, Change.STORY))
    page = Page("story", corpus.story(0).slug)
    file = course.bench.output / str(SITEGEN.path(page))
    file.parent.mkdir(parents=True)
    file.write_text("as it was", encoding="utf-8")
    with pytest.raises(scenarios.MeasurementError, match="not made anew"):
        course.check_says([page], "This sentence is new.")
