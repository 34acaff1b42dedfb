"""Takedown: one line in the story's file, a site without it, and the proof."""

import re
from datetime import date
from pathlib import Path

import pytest

from sitegen.commands import takedown, withdrawal
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Source
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site, tree
from tests.support.terminal import run

STORY = "content/stories/maya-lopez.md"


def taken_down(site: Site, day: date = TODAY) -> takedown.Receipt:
    """Take Maya's story down."""
    source = takedown.find(site.root, "maya-lopez")
    assert isinstance(source, Source)
    return takedown.take_down(BuildRequest(site.root, site.out, TODAY), source, day, lambda _: None)


def full_site(site: Site) -> Site:
    """Publish Maya's story with a photo, an old address and its own field, and Ben's story."""
    site.photo("content/stories/maya-lopez.jpg", colour="red").page("mission", "Our mission.")
    site.story(headshot="maya-lopez.jpg", alt="Maya smiling", field="Optics", aliases="[/old-maya/]")
    return site.story("ben-ito", name="Ben Ito", quote="Water is worth measuring.").build()


def test_withdrawal_writes_one_line_and_nothing_else(site: Site) -> None:
    full_site(site)
    before = (site.root / STORY).read_text()
    assert taken_down(site).written
    after = (site.root / STORY).read_text()
    assert after.replace("  withdrawn: 2026-11-21\n", "") == before


def test_nothing_of_the_story_is_left_and_the_others_stay(site: Site) -> None:
    receipt = taken_down(full_site(site))
    assert receipt.proof
    assert receipt.proof.traces == ()
    assert receipt.proof.files > 20
    assert "stories/ben-ito/index.html" in site.public
    for folder in (site.out, site.root / ".sitegen"):
        for path, data in tree(folder).items():
            assert not re.search(rb"(?i)maya|lopez", path.encode() + data)


def test_the_receipt_names_every_dead_address(site: Site) -> None:
    removed = taken_down(full_site(site)).removed
    assert {
        "https://example.org/stories/maya-lopez/",
        "https://example.org/old-maya/",
        "https://example.org/stories/fields/optics/",
    } <= set(removed)
    assert len([address for address in removed if "/images/" in address]) == 5


def test_a_future_withdrawal_is_written_and_the_story_stays_until_then(site: Site) -> None:
    receipt = taken_down(full_site(site), date(2026, 12, 24))
    assert (receipt.written, receipt.proof) == (True, None)
    assert "stories/maya-lopez/index.html" in site.public
    assert site.build(date(2026, 12, 24)).withheld == {STORY: "the consent was withdrawn on 2026-12-24"}


def test_the_proof_finds_every_trace(site: Site) -> None:
    full_site(site)
    headshot = next(data for path, data in site.public.items() if path.endswith("-192.webp"))
    site.write("assets/portrait.webp", headshot).page("mission", "We thank Maya Lopez for everything.")
    receipt = taken_down(site)
    assert receipt.proof
    found = {(trace.path, trace.what) for trace in receipt.proof.traces}
    assert ("public/mission/index.html", 'the words "maya lopez"') in found
    assert ("public/assets/portrait.webp", "a picture that looks like the story's") in found


def test_other_peoples_pictures_are_not_taken_for_the_storys(site: Site) -> None:
    full_site(site)
    site.photo("content/stories/ben-ito.jpg", colour="navy")
    site.story("ben-ito", name="Ben Ito", quote="Water.", headshot="ben-ito.jpg", alt="Ben").build()
    receipt = taken_down(site)
    assert receipt.proof
    assert receipt.proof.traces == ()


def test_the_command_prints_a_receipt_with_an_honest_warning(site: Site) -> None:
    done = run(full_site(site), "withdraw", "maya-lopez", "--date", "2026-11-21")
    assert done.returncode == 0
    assert "https://example.org/stories/maya-lopez/" in done.stdout
    assert "Nothing of the story is left." in done.stdout
    assert "version history" in done.stdout


def test_copies_of_the_file_are_public_neither_before_nor_after(site: Site) -> None:
    full_site(site)
    text = (site.root / STORY).read_text()
    site.write("content/stories/maya-lopez (1).md", text.replace("Lopez", "Lopes"))
    site.write("content/stories/maya-lopez.sync-conflict-20260101-123456-ABCDEFG.md", text)
    assert [path for path in site.build().public if path.startswith("stories/maya-")] == [
        "stories/maya-lopez/index.html"
    ]
    receipt = taken_down(site)
    assert receipt.proof
    assert receipt.proof.traces == ()
    assert not any(b"Maya" in data for data in site.public.values())


SAID = "We meet in the library every Tuesday after school."

SHARED: dict[str, tuple[int, str]] = {
    "a quote": (3, 'content/stories/ben-ito.md:6: "i build what i wish existed".'),
    "a quote on a page": (3, 'content/mission.md:4: "i build what i wish existed".'),
    "a sentence": (0, 'content/stories/ben-ito.md:16: "we meet in the library every tuesday after".'),
    "a sentence with marks": (0, 'content/stories/ben-ito.md: "we meet in the library every tuesday after".'),
    "a name": (3, 'content/stories/ben-ito.md:16: the name "maya lopez".'),
    "a photo": (3, "content/stories/ben-ito.md: has a picture that looks like the story's, in "),
}


@pytest.mark.parametrize("shared", SHARED)
def test_what_others_have_as_well_is_theirs(site: Site, shared: str) -> None:
    code, line = SHARED[shared]
    site.photo("content/stories/ben-ito.jpg", colour="red" if shared == "a photo" else "navy", quality=50)
    body = {
        "a sentence": SAID,
        "a sentence with marks": SAID.replace("library", "[library](https://example.com/a)"),
        "a name": "With Maya Lopez.",
    }.get(shared, "His story.")
    quote = "I build what I wish existed." if shared == "a quote" else "Water is worth measuring."
    site.page("mission", "I build what I wish existed." if shared == "a quote on a page" else "Text.")
    site.photo("content/stories/maya-lopez.jpg", colour="red")
    site.story(body=f"{SAID} Hers.", headshot="maya-lopez.jpg", alt="Maya")
    site.story("ben-ito", body, name="Ben Ito", quote=quote, headshot="ben-ito.jpg", alt="Ben").build()
    done = run(site, "withdraw", "maya-lopez", "--date", "2026-11-21")
    assert line in done.stdout + done.stderr
    assert (done.returncode, "stories/maya-lopez/index.html" in site.public) == (code, False)
    assert ("Nothing else of the story is left." in done.stdout) == (shared not in ("a name", "a photo"))


def test_words_of_the_site_itself_are_no_traces(site: Site) -> None:
    site.story(quote="Hear from our youth").story("ben-ito", name="Ben Ito", quote="Water.").build()
    receipt = taken_down(site)
    assert receipt.proof
    assert receipt.proof.is_clean
    assert [trace.said for trace in receipt.proof.quotes] == [("hear", "from", "our", "youth")]


def test_a_name_on_a_page_of_the_site_is_left(site: Site) -> None:
    full_site(site).page("mission", "We thank Maya Lopez.")
    assert run(site, "withdraw", "maya-lopez", "--date", "2026-11-21").returncode == 1


def test_an_unknown_name_is_wrong_usage_with_the_nearest_name(site: Site) -> None:
    done = run(site.story(), "withdraw", "maya-lopes")
    assert done.returncode == 2
    assert 'Did you mean "maya-lopez"?' in done.stderr


@pytest.mark.parametrize("typed", ["maya", "Lopez", "MAYA LOPEZ", "López", "maya lópez"])
def test_a_story_is_found_by_any_words_of_the_name(site: Site, typed: str) -> None:
    done = run(site.story(), "withdraw", typed, "--date", "2026-11-21")
    assert "content/stories/maya-lopez.md: consent withdrawn from 2026-11-21 on." in done.stdout


def test_a_name_of_several_people_is_asked_about(site: Site) -> None:
    text = site.story().root.joinpath("content/stories/maya-lopez.md").read_text()
    site.write("content/stories/maya-reed.md", text.replace("Lopez", "Reed"))
    done = run(site, "withdraw", "maya")
    assert done.returncode == 2
    assert "content/stories/maya-lopez.md\n  content/stories/maya-reed.md" in done.stderr


CONSENT = "---\nname: A B\nconsent:\n  given: 2026-01-01 # signed\n  covers: [website]\n---\nText.\n"
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CONSENT, CONSENT.replace("  given", "  withdrawn: 2026-11-21\n  given")),
        (
            CONSENT.replace("\n", "\r\n"),
            CONSENT.replace("  given", "  withdrawn: 2026-11-21\n  given").replace("\n", "\r\n"),
        ),
        ("\ufeff" + CONSENT, "\ufeff" + CONSENT.replace("  given", "  withdrawn: 2026-11-21\n  given")),
        ("\n\n" + CONSENT, "\n\n" + CONSENT.replace("  given", "  withdrawn: 2026-11-21\n  given")),
        (
            "---\nconsent: {given: 2026-01-01}\n---\nT\n",
            "---\nconsent: {withdrawn: 2026-11-21, given: 2026-01-01}\n---\nT\n",
        ),
        (
            "---\nconsent:\n  withdrawn: 2027-01-01 # later\n  given: 2026-01-01\n---\nT\n",
            "---\nconsent:\n  withdrawn: 2026-11-21 # later\n  given: 2026-01-01\n---\nT\n",
        ),
        (
            "---\nconsent:\n  given: 2026-01-01\n  withdrawn:\n---\nT\n",
            "---\nconsent:\n  given: 2026-01-01\n  withdrawn: 2026-11-21\n---\nT\n",
        ),
        (
            "---\nconsent:\n  # a note\n    given: 2026-01-01\nname: x\n---\nT\n",
            "---\nconsent:\n  # a note\n    withdrawn: 2026-11-21\n    given: 2026-01-01\nname: x\n---\nT\n",
        ),
        ("---\nname: x\n---\nT\n", "---\nname: x\n---\nT\n"),
        (
            "---\nconsent:\n  withdrawn: 2026-01-01\n  given: 2025-01-01\n---\nT\n",
            "---\nconsent:\n  withdrawn: 2026-01-01\n  given: 2025-01-01\n---\nT\n",
        ),
    ],
    ids=[
        "block",
        "crlf",
        "bom",
        "blank lines",
        "flow",
        "later day",
        "empty",
        "deep",
        "no consent",
        "earlier day",
    ],
)
def test_every_way_of_writing_consent_takes_the_line(before: str, after: str) -> None:
    changed = withdrawal.withdrawn(before.encode(), STORY, DAY)
    assert isinstance(changed, bytes)
    assert changed.decode() == after


@pytest.mark.parametrize("text", ["---\nconsent: yes\n---\nT\n", "---\nname: [\n---\nT\n", "no front matter"])
def test_a_file_that_cannot_be_changed_safely_is_left_to_people(text: str) -> None:
    problem = withdrawal.withdrawn(text.encode(), STORY, DAY)
    assert isinstance(problem, Problem)


def test_an_unreadable_file_is_still_taken_off_the_site(site: Site) -> None:
    full_site(site).change(STORY, "---\nname", "--\nname")
    receipt = taken_down(site)
    assert receipt.problem
    assert "stories/maya-lopez/index.html" not in site.public
    assert receipt.proof
    assert receipt.proof.traces == ()


def test_the_file_keeps_its_permissions(site: Site) -> None:
    full_site(site)
    (site.root / STORY).chmod(0o640)
    taken_down(site)
    assert (site.root / STORY).stat().st_mode & 0o777 == 0o640
    assert not list(Path(site.root / "content/stories").glob(".*"))
