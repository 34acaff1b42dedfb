"""Skipped work: what a build leaves out when little or nothing changed."""

import os
import subprocess
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any

import pytest

from sitegen.build import build
from sitegen.engine.workers import WorkerPool
from sitegen.pipeline import up_to_date
from sitegen.pipeline.request import BuildReport, BuildRequest
from tests.support.imports import imported
from tests.support.site import TODAY, Site
from tests.support.up_to_date import settled


def seen(site: Site, today: date = TODAY, **order: Any) -> BuildReport | None:
    return up_to_date.nothing_to_do(BuildRequest(site.root, site.out, today, **order))


def test_help_imports_none_of_the_big_libraries() -> None:
    assert imported("--help") == imported("build", "--help") == set()


def test_a_build_with_nothing_to_do_imports_none_of_the_big_libraries(site: Site) -> None:
    settled(site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt="Maya"))
    before = site.public
    assert imported("--root", str(site.root), "build", "--date", str(TODAY)) == set()
    assert site.public == before


def test_an_up_to_date_check_opens_no_unchanged_folder(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(site.story())
    opened: list[str] = []
    scandir = os.scandir

    def noted(folder: str) -> Any:
        opened.append(os.path.relpath(folder, site.out))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noted)
    assert seen(site)
    assert not [folder for folder in opened if not folder.startswith("..")]
    (site.out / "stories/maya-lopez/stranger.html").write_text("hello")
    assert not seen(site)
    assert [folder for folder in opened if not folder.startswith("..")] == ["stories/maya-lopez"]


def test_a_foreign_file_is_detected_even_if_the_folders_mtime_was_reset(site: Site) -> None:
    folder = settled(site.story()).out / "stories/maya-lopez"
    before = folder.stat().st_mtime_ns
    (folder / "stranger.html").write_text("hello")
    os.utime(folder, ns=(before, before))
    assert "stranger.html" in str(site.build().report.problems)


def test_a_build_of_texts_imports_no_pillow(site: Site) -> None:
    site.story()
    assert imported("--root", str(site.root), "build", "--date", str(TODAY)) == {
        *("jinja2", "markdown", "nh3", "pydantic")
    }


def test_an_up_to_date_check_reports_what_the_build_reported(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", draft="true").story("ana", name="Ana Reed", consent=False)
    report = seen(settled(site))
    assert report is not None
    assert (report.published, report.reused, report.made) == (1, site.report.reused, 0)
    assert report.withheld == site.report.withheld


CHANGES = {
    "a text": lambda site: site.page("mission", "Other."),
    "a new file": lambda site: site.page("vision"),
    "a file less": lambda site: site.remove("content/mission.md"),
    "settings": lambda site: site.change("content/site.yaml", "A site for tests.", "Another."),
    "a template": lambda site: site.write("templates/page.html", "{{ here.title }}"),
    "an asset": lambda site: site.write("assets/extra.css", "p {}"),
    "a published file": lambda site: site.write("public/mission/index.html", "defaced"),
    "a published file less": lambda site: site.remove("public/mission/index.html"),
    "a stranger": lambda site: site.write("public/stranger.html", "hello"),
    "what a stopped build has left": lambda site: site.write(".public.old/index.html", "Yesterday's."),
    "the memory": lambda site: site.remove(".sitegen"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_up_to_date_check_detects_a_change_of(site: Site, change: str) -> None:
    settled(site.story().page("mission"))
    assert seen(site) is not None
    CHANGES[change](site)
    assert seen(site) is None


def test_an_up_to_date_check_knows_when_a_consent_ends_or_a_story_begins(site: Site) -> None:
    settled(site.story().story("ben-ito", name="Ben Ito", publish="2026-12-01"))
    assert seen(site) is not None
    assert seen(site, date(2026, 11, 30)) is not None
    assert seen(site, date(2026, 12, 1)) is None
    assert seen(site, date(2027, 1, 11)) is None
    assert seen(site, date(2026, 1, 9)) is None


@pytest.mark.parametrize("day", [-11, -10, 10, 11])
def test_an_up_to_date_check_knows_the_days_of_an_announcement(site: Site, day: int) -> None:
    start, until = TODAY - timedelta(10), TODAY + timedelta(10)
    announced = f"announcement:\n  text: Come.\n  from: {start}\n  until: {until}\n"
    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + announced)
    assert (seen(settled(site), TODAY + timedelta(day)) is not None) == (abs(day) <= 10)


def test_problems_are_reported_by_every_build(site: Site) -> None:
    settled(site.story(date="soon").page("mission", "<marquee>News</marquee>"))
    assert len(site.messages) == 2
    assert seen(site) is None


def test_a_clean_build_and_a_check_never_end_at_the_up_to_date_check(site: Site) -> None:
    settled(site)
    assert seen(site, clean=True) is None
    assert seen(site, publish=False) is None


def test_an_edit_reads_and_makes_only_what_it_changed(site: Site) -> None:
    reasons: list[str] = []
    for slug in ("ana", "ben", "cleo", "dia"):
        site.story(slug, name=f"{slug.title()} Reed", field=slug, school=None)
    settled(site).change("content/stories/ben.md", "Her story.", "Her story, edited.")
    build(BuildRequest(site.root, site.out, TODAY), explain=reasons.append)
    assert [reason for reason in reasons if "feed" not in reason] == [
        "stories/ben/index.html: made because story changed"
    ]


def test_unchanged_files_are_not_linked_again(site: Site) -> None:
    settled(site.story().page("mission"))
    page = site.out / "stories/maya-lopez/index.html"
    site.page("mission", "New.").build()  # from the second build on there is a second set of links
    before = page.stat()
    site.page("mission", "Other.").build()
    assert (page.stat().st_ino, page.stat().st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_any_executor_makes_the_same_site(site: Site, kind: str) -> None:
    for number in range(12):
        site.story(f"s{number}", name=f"Ana Reed{number}", field=f"Field {number % 3}")
    alone = site.build(clean=True).public
    executors: dict[str, Executor] = {
        "threads": ThreadPoolExecutor(1),
        "processes": ProcessPoolExecutor(2, get_context("spawn")),
    }
    with executors[kind] as executor:
        build(BuildRequest(site.root, site.out, TODAY, clean=True), executor=executor)
        assert executor.submit(abs, -1).result() == 1  # it still exists
    assert site.public == alone


def test_work_is_sent_in_batches_and_returned_in_order() -> None:
    sizes: list[int] = []

    def double(numbers: list[int]) -> list[int]:
        sizes.append(len(numbers))
        return [2 * number for number in numbers]

    with ThreadPoolExecutor(1) as executor, WorkerPool(2, executor) as pool:
        assert list(pool.map_tasks(double, ((2.5, number) for number in range(35)), "Doubling", 35)) == list(
            range(0, 70, 2)
        )
    assert sizes == [10, 10, 10, 5]


TWO_WORKERS = """
import os, time
from sitegen.engine.workers import WorkerPool

def process_of_each(numbers):
    time.sleep(0.01)  # long enough for everybody to get some
    return [os.getpid() for _ in numbers]

with WorkerPool(2) as pool:
    tasks = ((100.0, number) for number in range(40))
    print(os.getpid(), *pool.map_tasks(process_of_each, tasks, "Looking", 40))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_of_two_workers_one_is_the_main_process() -> None:
    # in a separate process, because sitegen doesn't fork beside a thread that another test left
    done = subprocess.run([sys.executable, "-c", TWO_WORKERS], capture_output=True, text=True, check=True)
    itself, *of_each = done.stdout.split()
    assert len(of_each) == 40
    assert len(set(of_each) - {itself}) <= 1


def test_little_work_is_done_in_the_main_process() -> None:
    with WorkerPool(4) as pool:
        here = list(
            pool.map_tasks(
                lambda names: [sys.modules[name] is sys for name in names], [(1.0, "sys")], "Looking", 1
            )
        )
    assert here == [True]
