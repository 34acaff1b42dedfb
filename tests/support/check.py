"""The check command of a site and its suggestions."""

import subprocess

from tests.support.site import Site
from tests.support.terminal import run_here


def check(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Check a site."""
    return run_here(site.root, "check", "--date", "2026-11-21", "--jobs", "1", *words)


def advice(site: Site) -> list[str]:
    """Return the suggestions for a site, and check that they hold nothing back."""
    done = check(site)
    assert done.returncode == 0, done.stderr
    _, _, below = done.stderr.partition("Suggestions (nothing is blocked):\n")
    return [line.strip() for line in below.partition("\n\n")[0].splitlines()]


PATH = "content/stories/maya-lopez.md"
