"""Takedown with other faults: the story is gone, or the receipt says why not."""

import errno
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.commands import takedown
from sitegen.core import atomic_write
from sitegen.core.model import Source
from sitegen.core.problem_codes import Code
from sitegen.engine import file_state, staging
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site, tree
from tests.support.thorough import rounds

TEXT = "Plover tides bend amber light over seven quiet harbors. If you want to join our club, write us."


def public(site: Site) -> Site:
    """Publish Maya's story, an item, and another story."""
    site.photo("content/stories/maya-lopez.jpg", colour="red").page("mission", "[Her](stories/maya-lopez.md)")
    site.story(body=TEXT, headshot="maya-lopez.jpg", alt="Maya", field="Optics", aliases="[/old-maya/]")
    site.page("members-in-action/fair", date="2026-02-01", people="false")
    site.photo("content/stories/ben-ito.jpg", colour="navy")
    return site.story("ben-ito", name="Ben Ito", quote="Water.", headshot="ben-ito.jpg", alt="Ben").build()


def taken_down(site: Site, slug: str = "maya-lopez") -> takedown.Receipt:
    """Take a story down."""
    source = takedown.find(site.root, slug)
    assert isinstance(source, Source)
    return takedown.take_down(BuildRequest(site.root, site.out, TODAY), source, TODAY, lambda _: None)


def assert_gone(site: Site) -> None:
    """Search every byte of the site and its cache for the story, and check the mark."""
    for folder in (site.out, site.root / ".sitegen"):
        for path, data in tree(folder).items():
            said = path.encode() + data
            assert not re.search(rb"(?i)maya|lopez|plover tides|what I wish existed", said), path
    mark = dict(line.split("  ")[::-1] for line in site.read(".sitegen").splitlines())
    files = {path: data for path, data in site.public.items() if path != ".sitegen"}
    assert mark == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


FAULTS: dict[str, Callable[[Site], object]] = {
    "a page": lambda site: site.page("mission", layout="none"),
    "the settings": lambda site: site.write("content/site.yaml", "name: x\npage_size: many\n"),
    "no settings": lambda site: site.remove("content/site.yaml"),
    "a template": lambda site: site.write("templates/page.html", "{{ nothing.here }}"),
    "the syntax of a template": lambda site: site.write("templates/base.html", "{% if %}"),
    "a template that says a form": lambda site: site.write("templates/page.html", "<p>R-0042"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_story_comes_down_while_the_site_is_at_fault(site: Site, fault: str) -> None:
    FAULTS[fault](public(site))
    receipt = taken_down(site)
    assert receipt.report.site_at_fault
    assert (receipt.from_published, receipt.failure) == (True, None)
    assert receipt.proof
    assert receipt.proof.traces == ()
    assert_gone(site)
    assert "stories/ben-ito/index.html" in site.public
    assert "Ben Ito" in site.read("stories/index.html")


def test_the_next_good_build_equals_a_clean_one(site: Site) -> None:
    public(site).write("templates/page.html", "{{ nothing.here }}")
    taken_down(site)
    after = site.remove("templates/page.html").build().public
    assert not site.report.site_at_fault
    assert after == site.build(clean=True).public


def test_an_item_comes_down_while_the_site_is_at_fault(site: Site) -> None:
    public(site).page("mission", layout="none")
    receipt = taken_down(site, "fair")
    assert receipt.from_published
    assert "Fair" not in site.read("members-in-action/index.html").replace("/Fair", "")


def test_foreign_files_stay_in_place(site: Site) -> None:
    public(site).page("mission", layout="none").write("public/notes.txt", "Mine.")
    assert taken_down(site).from_published
    assert site.read("notes.txt") == "Mine."
    assert "stories/maya-lopez/index.html" not in site.public


def test_any_error_of_the_program_ends_in_a_takedown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    public(site)
    monkeypatch.setattr(takedown, "build", fail)
    receipt = taken_down(site)
    assert "a bug" in str(receipt.report.problems[0])
    assert_gone(site)


def test_a_full_disk_is_reported_and_nothing_is_half_done(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = public(site).page("mission", layout="none").public
    monkeypatch.setattr(staging, "write", full)
    receipt = taken_down(site)
    assert receipt.failure
    assert "No space left" in str(receipt.failure)
    assert site.public == before


MENTIONS = (
    "Maya Lopez",
    "Lopez, Maya",
    "Ms. Lopez",
    "M. Lopez",
    "Maya L. came",
    "**Maya** Lo*pez*",
    "MAYA LOPEZ",
    "Maya López",
    "Maya\nLopez",
    "#MayaLopez",
    "@mayalopez07",
    "Maya Lo\u200bpez",
    "Maya Rosa Lopez",
)


@pytest.mark.parametrize("said", MENTIONS)
def test_other_texts_that_name_the_person_are_listed_with_their_lines(site: Site, said: str) -> None:
    public(site).page("mission", f"One.\n\nWe thank {said}.")
    receipt = taken_down(site)
    assert receipt.proof
    assert [mention.path for mention in receipt.proof.mentions] == ["content/mission.md:6"]
    assert not receipt.proof.is_clean


WAYS_TO_WRITE = (
    "name: Maya Lopez # she/her",
    'name: "Maya\\x20Lopez"',
    '"name": Maya Lopez',
    "name: >\n  Maya\n  Lopez",
    "name: |\n  Maya Lopez",
    'name: "Maya\n  Lopez"',
    "'name': 'Maya Lopez'",
)


@pytest.mark.parametrize("name", WAYS_TO_WRITE)
def test_however_the_name_is_written_the_receipt_looks_for_it(site: Site, name: str) -> None:
    path = "content/stories/maya-lopez.md"
    public(site).change(path, "name: Maya Lopez", name).build()
    site.page("mission", "We thank Maya Lopez.")
    receipt = taken_down(site)
    assert receipt.proof
    assert [trace.what for trace in receipt.proof.traces if trace.path.startswith("public/")] == [
        'the words "maya lopez"'
    ]
    assert receipt.proof.mentions


def test_a_link_to_the_story_is_not_cached(site: Site) -> None:
    public(site).story(
        "ben-ito",
        "See [her](maya-lopez.md) and [more](/stories/maya-lopez/).",
        name="Ben Ito",
        quote="Water.",
    )
    assert taken_down(site.build()).report.site_at_fault is False
    assert_gone(site)
    assert site.build(clean=True).public == site.build().public


OTHER_FAULTS: dict[str, Callable[[Site], object]] = {
    "a broken story": lambda site: site.write("content/stories/x.md", b"\xff\xfe\x00---"),
    "a shared sentence": lambda site: site.story("x", f"_{TEXT}_", name="Cy Moe", quote="Reeds."),
    "a pipe": lambda site: os.mkfifo(site.root / "content/stories/p.md"),
    "a dangling link": lambda site: (site.root / "content/stories/y.jpg").symlink_to("nowhere"),
    "an odd name": lambda site: site.write("content/stories/\udce9.jpg", ""),
    "an odd asset": lambda site: site.write("assets/a.txt", "").write("assets/\udce9.txt", ""),
    "a picture from the site": lambda site: site.write(
        "content/stories/z.webp", next(data for path, data in site.public.items() if path.endswith(".webp"))
    ),
    "an address in a text": lambda site: site.story(
        "y", "See /stories/maya-lopez/ too.", name="Di Fey", quote="Peat."
    ),
    "an address on a page": lambda site: site.page("faq", "See /stories/maya-lopez/ too."),
    "a form in a network": lambda site: site.page("networks/n", "Filed as R-0042."),
    "a story that names her": lambda site: site.story("n", "With Maya Lopez.", name="Flo Rae", quote="Moss."),
    "a first name that others say in full": lambda site: site.story(
        "f", "Fog.", name="Gus Ode", quote="Fern.", consent={"covers": "[website]"}
    ).page("about-ecosystems", "Gus Ode helped."),
    "a folder in its place": lambda site: (site.root / "content/stories/q.md").mkdir(),
    "a page full of her words": lambda site: site.page("join", f"**{TEXT}**"),
    "a draft in its place": lambda site: site.story("maya-lopez/index", name="Ed Gil", draft="true"),
    "a broken page": FAULTS["a page"],
    "a broken template": FAULTS["a template"],
    "no settings": FAULTS["no settings"],
    "a foreign file": lambda site: site.write("public/mine.txt", "Mine."),
    "no mark": lambda site: (
        (site.root / ".sitegen").exists() and site.write(".sitegen/memory-x.outputs", b"x")
    ),
}

SITE_FAULTS = {"a broken page", "a broken template", "no settings", "a foreign file", "no mark"}
"""All other faults are in one submission or picture, which stops nothing else."""


@settings(
    max_examples=rounds(6, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(neighbours=st.lists(st.sampled_from(sorted(OTHER_FAULTS)), unique=True, max_size=5))
def test_the_story_comes_down_whatever_other_files_contain(
    tmp_path_factory: pytest.TempPathFactory, neighbours: list[str]
) -> None:
    site = public(Site(tmp_path_factory.mktemp("neighbours")))
    for name in neighbours:
        OTHER_FAULTS[name](site)
    receipt = taken_down(site)
    assert receipt.failure is None
    assert SITE_FAULTS & {*neighbours} or not receipt.report.site_at_fault
    assert "stories/maya-lopez/index.html" not in site.public
    everything = b"".join(data for path, data in site.public.items() if path != "faq/index.html")
    assert b"what I wish existed" not in everything
    assert b"stories/maya-lopez" not in everything


def test_an_unreadable_file_of_another_story_blocks_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = file_state.read

    def failing(file: str) -> bytes:
        if "ben-ito" in file:
            raise PermissionError(errno.EACCES, "denied", file)
        return read(file)

    public(site)
    monkeypatch.setattr(file_state, "read", failing)
    os.utime(site.root / "content/stories/ben-ito.md")
    receipt = taken_down(site)
    assert receipt.report.held_back == ("content/stories/ben-ito.md",)
    assert_gone(site)


def test_a_folder_that_can_not_be_searched_does_not_stop_the_receipt(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    public(site)
    is_file = Path.is_file

    def failing(file: Path) -> bool:
        if "ben-ito" in file.name:
            raise PermissionError(errno.EACCES, "denied", str(file))
        return is_file(file)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_file", failing)
        receipt = taken_down(site)
    assert receipt.proof
    assert receipt.proof.traces == ()
    assert_gone(site)


def test_what_can_not_be_listed_counts_as_a_trace(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    public(site)
    walk = os.walk

    def failing(folder: Path, onerror: Callable[[OSError], None] | None = None) -> object:
        if onerror and folder == site.out:
            onerror(PermissionError(errno.EACCES, "denied", str(site.out / "stories")))
        return walk(folder)

    monkeypatch.setattr(os, "walk", failing)
    receipt = taken_down(site)
    assert receipt.proof
    assert [trace.path for trace in receipt.proof.traces] == ["public/stories"]


def test_a_file_that_can_not_be_written_has_to_be_changed_by_hand(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    public(site)
    monkeypatch.setattr(atomic_write, "change", failing)
    receipt = taken_down(site)
    assert receipt.problem
    assert (receipt.written, receipt.problem.code) == (False, Code.WITHDRAW_BY_HAND)
    assert "can't be changed" in str(receipt.problem)
    assert_gone(site)
