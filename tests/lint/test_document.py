"""Files for suggestions: one that can't be read stops nothing."""

import errno
from pathlib import Path

import pytest

from sitegen.commands import check
from sitegen.engine import file_state
from sitegen.images import probe
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site


@pytest.fixture
def unreadable(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose second story can't be read."""

    def failing(file: str | Path) -> bytes:
        if str(file).endswith("ben-ito.md"):
            raise PermissionError(errno.EACCES, "denied", file)
        with Path(file).open("rb") as opened:
            return opened.read()

    site.story().story("ben-ito", name="Ben Ito")
    monkeypatch.setattr(file_state, "read", failing)
    monkeypatch.setattr(Path, "read_bytes", failing)
    return site


@pytest.mark.parametrize("with_external", [False, True])
def test_a_file_that_cannot_be_read_is_the_problem_of_this_file(
    unreadable: Site, with_external: bool
) -> None:
    request = BuildRequest(unreadable.root, unreadable.out, TODAY, publish=False)
    report = check.check_site(request, with_external).report
    assert (report.held_back, report.site_at_fault) == (("content/stories/ben-ito.md",), False)


def test_the_other_files_are_fixed(unreadable: Site) -> None:
    unreadable.change("content/stories/maya-lopez.md", "date: 2026-02-01", "date: 1 February 2026")
    assert len(list(check.fix(unreadable.root))) == 1


def test_a_photo_that_can_not_be_read_stops_no_check(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.story().photo("content/stories/maya.jpg")
    site.story(headshot="maya.jpg", alt="Maya smiling").story("ben-ito", name="Ben Ito").build()

    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(probe, "inspect_photo", failing)
    report = check.check_site(BuildRequest(site.root, site.out, TODAY, publish=False), False).report
    assert report.site_at_fault is False
