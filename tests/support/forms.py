"""Form answers for tests: tables as form services export them, and the import command."""

import csv
import io
import subprocess
from collections.abc import Sequence

from sitegen.content import frontmatter
from sitegen.core.diagnostics import Problem
from tests.support.site import Site
from tests.support.terminal import run

GOOGLE = (
    "Timestamp",
    "What is your full name?",
    "In one sentence, why do you care about STEM?",
    "Your story",
)


MAYA = (
    "11/4/2025 13:22:05",
    "Maya Lopez",
    "I build what I need.",
    "It began with a toaster.\n\nThen a robot.",
)


BEN = ("11/14/2025 9:02:00", "Ben Ito", "Numbers are music.", "")


def table(*rows: Sequence[str], separator: str = ",") -> str:
    """Return rows as a spreadsheet saves them."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue()


def take(site: Site, data: str | bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """Import a table with the guessed columns."""
    site.write("responses.csv", data)
    return run(site, "import", str(site.root / "responses.csv"), "--yes", "--date", "2026-11-21", *options)


def stories(site: Site) -> dict[str, frontmatter.Document]:
    """Return every story by the name of its file."""
    found = {}
    for file in sorted((site.root / "content/stories").glob("*.md")):
        document = frontmatter.read(file.read_bytes(), file.name)
        assert not isinstance(document, Problem), document
        found[file.stem] = document
    return found


# -- what was pasted ------------------------------------------------------------------------


WORD = (
    "<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]--><style>p {color: red}</style>"
    '<p class="MsoNormal">It <b>began</b>&nbsp;with a\r\ntoaster.<o:p></o:p></p><ul><li>one</li></ul>'
)


# -- malicious texts ------------------------------------------------------------------------


PHOTO_NAMES = (
    *("../../evil.jpg", "/abs.jpg", "a\\..\\..\\b.jpg", "C:x.jpg", "sub/../../up.jpg", "nul\0.jpg", "..jpg"),
    *(
        "x\u202egpj.jpg",
        "A" * 300 + ".jpg",
        "CON.jpg",
        "-rf.jpg",
        "<img onerror=ran()>.jpg",
        "=cmd.jpg",
        "p.jpg/",
    ),
)
