"""Progress bar: on a terminal only, and only after a second."""

import contextlib
import io
import os
import pty
import sys

import pytest

from sitegen.build import build
from sitegen.cli import progress
from sitegen.cli.progress import Bar
from sitegen.pipeline.request import BuildRequest
from tests.support.site import TODAY, Site


def drawn(monkeypatch: pytest.MonkeyPatch, site: Site, patience: float) -> str:
    """Return the terminal output of a build."""
    ours, theirs = pty.openpty()
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Bar() as bar:
            build(BuildRequest(site.root, site.out, TODAY), progress=bar.update)
            bar.say("A line.")
    seen = b""
    with contextlib.suppress(OSError):  # EIO: all of it has been read
        while part := os.read(ours, 10_000):
            seen += part
    os.close(ours)
    return seen.decode()


def test_a_bar_shows_the_step_and_its_progress(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    site.photo("content/stories/maya.jpg").story(headshot="maya.jpg", alt="Maya").page("mission")
    seen = drawn(monkeypatch, site, patience=0)
    assert "Reading" in seen
    assert "2/2" in seen
    assert "Making pictures" in seen
    assert "Making pages" in seen
    assert "A line." in seen


def test_a_short_build_draws_no_bar(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    seen = drawn(monkeypatch, site.page("mission"), patience=600)
    assert seen.startswith("A line.")
    assert "Reading" not in seen


def test_no_bar_is_drawn_into_a_file(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    with Bar() as bar:
        build(BuildRequest(site.page("mission").root, site.out, TODAY), progress=bar.update)
    assert file.getvalue() == ""
