"""The command for new content, without a terminal."""

import subprocess

from sitegen.content import frontmatter
from sitegen.core.diagnostics import Problem
from tests.support.site import Site
from tests.support.terminal import run


def story(site: Site, *options: str, name: str = "Maya Lopez") -> subprocess.CompletedProcess[str]:
    return run(site, "new", "story", name, "--quote", "I build what I wish existed.", *options)


CONSENTED = ("--consent-form", "R-0042", "--consent-given", "2026-01-10", "--covers", "website,full-name")


def read(site: Site, path: str) -> dict[str, object]:
    document = frontmatter.read((site.root / path).read_bytes(), path)
    assert not isinstance(document, Problem), document
    return dict(document.values)
