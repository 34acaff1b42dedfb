"""Incremental equals clean: byte for byte, after any sequence of edits.

After every edit of a history the tree and the report are compared with those of a clean build of a copy.
`make audit` tries longer histories, and `make sweep` many more, which are others each time.
"""

import base64
import bz2
import gzip
import lzma
import shutil
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from sitegen.build import build
from sitegen.engine.file_state import GRAIN
from sitegen.pipeline.request import BuildRequest
from tests.support.incremental_machine import History, another_sites_cache
from tests.support.incremental_oracle import WORD, assert_same, clean, files, kept, layers, words
from tests.support.mutations import another_word, overwrite, padded, set_time
from tests.support.site import TODAY, Site
from tests.support.thorough import RANDOM, SWEEP

PARTS = 4
"""Tests that share the histories, for several processes."""
HISTORIES, STEPS = (12, 40) if RANDOM else (4, 30) if SWEEP else (2, 14)
"""Histories of each part, and edits in each history."""


@pytest.mark.parametrize("part", range(PARTS))
def test_an_incremental_build_equals_a_clean_one_after_any_history(part: int) -> None:
    # a separate class for each part
    machine = type(f"History{part}", (History,), {})
    run_state_machine_as_test(
        machine if RANDOM else seed(part)(machine),
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )


# -- the sharpest cases by name -------------------------------------------------------------


def assert_clean(site: Site) -> None:
    """Build, and compare the tree with that of a clean build."""
    site.build()
    assert_same(files(site.out), clean(site.root, TODAY).files)


BY = pytest.mark.parametrize("by", ["itself", "another file"])


@BY
@pytest.mark.parametrize(
    "path",
    ["stories/maya-lopez.md", "mission.md", "site.yaml", "../assets/extra.css", "../templates/page.html"],
)
def test_an_edit_with_unchanged_size_and_mtime_is_detected(site: Site, path: str, by: str) -> None:
    site.story(body="Word qvx00001z.").page("mission", "Word qvx00001z.").write(
        "assets/extra.css", "qvx00001z"
    )
    site.change("content/site.yaml", "A site for tests.", "qvx00001z")
    site.write("templates/page.html", "qvx00001z {{ 'extra.css' | asset }} {{ page.html }}").build()
    file = site.root / "content" / path
    changed = another_word(file.read_bytes(), "qvx00002z")
    overwrite(file, changed, file.stat().st_mtime_ns, by)
    assert_clean(site)
    assert b"qvx00002z" in b"".join(site.public.values())


@BY
def test_a_photo_with_unchanged_size_and_mtime_is_detected(site: Site, by: str) -> None:
    photo = site.root / "content/stories/lens01.jpg"
    site.write("content/stories/lens01.jpg", padded(1, ".jpg"))
    before = site.story(headshot="lens01.jpg", alt="Maya").build().public.keys()
    overwrite(photo, padded(2, ".jpg"), photo.stat().st_mtime_ns, by)
    assert_clean(site)
    assert before - site.public.keys()


def test_two_photos_that_swap_names_are_detected(site: Site) -> None:
    for number in (1, 2):
        photo = site.root / f"content/stories/lens0{number}.jpg"
        site.write(f"content/stories/{photo.name}", padded(number, ".jpg"))
        set_time(photo, 10**18)
        site.story(f"story-{number}", headshot=photo.name, alt="A person")
    page = site.build().read("stories/story-1/index.html")
    photo.rename(photo.with_name("between"))
    photo.with_name("lens01.jpg").rename(photo)
    photo.with_name("between").rename(photo.with_name("lens01.jpg"))
    assert_clean(site)
    assert site.read("stories/story-1/index.html") != page


def test_a_removed_photo_is_reported_even_if_no_consent_covers_it(site: Site) -> None:
    site.photo("content/stories/maya.jpg")
    site.story("maya", headshot="maya.jpg", alt="Maya", consent={"covers": "[website]"}).build()
    assert site.report.published == 1
    time.sleep(2 * GRAIN / 1e9)  # a file that changed just now is read again anyway
    site.build()
    (site.root / "content/stories/maya.jpg").unlink()
    assert_clean(site)
    assert site.report.published == 0


def test_all_edits_right_after_a_build_are_detected(site: Site) -> None:
    site.story(body="Word qvx00000z.").page("mission", "Word qvx00000z.").build()
    for number in range(1, 21):
        for path in ("content/stories/maya-lopez.md", "content/mission.md"):
            file = site.root / path
            file.write_bytes(another_word(file.read_bytes(), f"qvx{number:05}z"))
        site.build()
        found = words(files(site.out))
        assert found == {f"qvx{number:05}z".encode()}
    assert_clean(site)


def test_an_edit_during_a_build_is_detected_by_the_next_build(site: Site) -> None:
    file = site.story(body="Word qvx00001z.").root / "content/stories/maya-lopez.md"

    def explain(_: str) -> None:
        overwrite(file, another_word(file.read_bytes(), "qvx00002z"), file.stat().st_mtime_ns, "itself")

    build(BuildRequest(site.root, site.out, TODAY), explain=explain)
    assert "qvx00001z" in site.read("stories/maya-lopez/index.html")
    assert_clean(site)
    assert "qvx00002z" in site.read("stories/maya-lopez/index.html")


@pytest.mark.parametrize("instead", [False, True])
def test_a_cache_from_before_an_edit_is_not_used(site: Site, instead: bool) -> None:
    site.story(body="Word qvx00001z.").page("mission", "Word qvx00001z.").build()
    before = {file: file.read_bytes() for file in (site.root / ".sitegen").glob("memory*")}
    site.story(body="Word qvx00002z.", consent={"withdrawn": TODAY}).page(
        "mission", "Word qvx00003z."
    ).build()
    for file, data in before.items():
        for now in (site.root / ".sitegen").glob(f"memory*{file.suffix}") if instead else [file]:
            now.write_bytes(data)
    assert_clean(site)
    assert kept(site.root) <= {b"qvx00003z"}
    site.page("mission", "Word qvx00001z.")
    assert_clean(site)


def test_the_cache_of_another_site_is_not_used(site: Site) -> None:
    first = site.story().build().report.made
    for file in (site.root / ".sitegen").glob("memory*"):
        file.write_bytes(another_sites_cache()[0])
    assert_clean(site)
    assert site.report.made == first


@pytest.mark.parametrize("copy", [shutil.copy2, shutil.copyfile])
def test_a_copied_site_builds_correctly_in_its_new_folder(site: Site, tmp_path: Path, copy: Any) -> None:
    site.story(body="Word qvx00001z.").build()
    shutil.copytree(site.root, tmp_path / "copy", copy_function=copy)
    site.root, site.out = tmp_path / "copy", tmp_path / "copy/public"
    file = site.root / "content/stories/maya-lopez.md"
    overwrite(file, another_word(file.read_bytes(), "qvx00002z"), file.stat().st_mtime_ns, "itself")
    assert_clean(site)
    assert "qvx00002z" in site.read("stories/maya-lopez/index.html")


def test_a_photo_added_after_it_was_named_is_detected(site: Site) -> None:
    site.story(headshot="lens01.jpg", alt="Maya").build()
    assert site.report.held_back == ("content/stories/maya-lopez.md",)
    site.write("content/stories/lens01.jpg", padded(1, ".jpg"))
    assert_clean(site)
    assert site.report.published == 1
    site.remove("content/stories/lens01.jpg")
    assert_clean(site)
    assert site.report.published == 0


def test_reverting_an_edit_publishes_the_same_bytes(site: Site) -> None:
    before = site.story(body="Word qvx00001z.").build().public
    file = site.root / "content/stories/maya-lopez.md"
    text, time = file.read_bytes(), file.stat().st_mtime_ns
    file.write_bytes(b"no story")
    assert_clean(site)
    overwrite(file, text, time, "itself")
    assert_clean(site)
    assert site.public == before


def test_the_text_of_a_withheld_story_is_found_wherever_it_is_hidden() -> None:
    secret = b"Word qvx00001z."
    for packed in (
        secret,
        secret.decode().encode("utf-16"),
        b"head" + zlib.compress(secret, 1) + b"tail",
        gzip.compress(secret),
        bz2.compress(secret),
        lzma.compress(secret),
        b'{"a": "' + base64.b64encode(zlib.compress(secret * 9)) + b'"}',
    ):
        assert any(WORD.search(layer) for layer in layers(packed)), packed


def test_a_warning_of_the_leak_check_is_repeated_by_every_build(site: Site) -> None:
    site.story(draft="true").page("mission", "We thank Maya Lopez.").build()
    first = site.messages
    assert len(first) == 1
    assert site.build().messages == first


def test_words_are_a_leak_once_no_public_text_has_them(site: Site) -> None:
    quote = "Iron always sings at night."
    site.write("templates/page.html", f"<p>{{{{ '{quote[::-1]}' | reverse }}}}</p>").page("vision")
    site.story(quote=quote, draft="true").page("mission", quote).build()
    assert not site.report.site_at_fault
    site.page("mission").build()
    assert clean(site.root, TODAY).at_fault
    assert site.report.site_at_fault


# -- what is not so yet ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "before", "between"),
    [
        ("assets/extra.css", b"/* a */", b"/* b */"),
        ("templates/page.html", b"one", b"two"),
        ("content/stories/lens01.jpg", padded(1, ".jpg"), padded(2, ".jpg")),
    ],
)
def test_a_file_that_changed_only_during_a_build_leaves_no_trace(
    site: Site, path: str, before: bytes, between: bytes
) -> None:
    site.write("content/stories/lens01.jpg", padded(1, ".jpg")).story(headshot="lens01.jpg", alt="Maya")
    site.page("mission").write(path, before)

    def explain(_: str) -> None:
        site.write(path, between)

    build(BuildRequest(site.root, site.out, TODAY), explain=explain)
    site.write(path, before)
    assert_clean(site)
