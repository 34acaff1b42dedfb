"""A bar tells how far a build is: on a terminal only, and only where it takes a while."""

import contextlib
import io
import os
import pty
import sys

import pytest

from sitegen import progress
from sitegen.build import build
from sitegen.order import Order
from sitegen.progress import Bar
from tests.conftest import TODAY, Site


def drawn(monkeypatch: pytest.MonkeyPatch, site: Site, patience: float) -> str:
    """Return what a build draws on a terminal."""
    ours, theirs = pty.openpty()
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Bar() as bar:
            build(Order(site.root, site.out, TODAY), progress=bar.tell)
            bar.say("A line.")
    seen = b""
    with contextlib.suppress(OSError):  # EIO: all of it has been read
        while part := os.read(ours, 10_000):
            seen += part
    os.close(ours)
    return seen.decode()


def test_a_bar_tells_what_is_done_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    site.photo("content/stories/maya.jpg").story(headshot="maya.jpg", alt="Maya").page("mission")
    seen = drawn(monkeypatch, site, patience=0)
    assert "Reading" in seen
    assert "2/2" in seen
    assert "Making pictures" in seen
    assert "Making pages" in seen
    assert "A line." in seen


def test_a_build_that_is_soon_done_draws_no_bar(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    seen = drawn(monkeypatch, site.page("mission"), patience=600)
    assert seen.startswith("A line.")
    assert "Reading" not in seen


def test_no_bar_is_drawn_into_a_file(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    with Bar() as bar:
        build(Order(site.page("mission").root, site.out, TODAY), progress=bar.tell)
    assert file.getvalue() == ""
