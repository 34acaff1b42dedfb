"""Problem list: writes `docs/problems.md`, each code with its meaning, its fix and an example.

Run it with `python -m tools.write_problem_list` after a change to a code or to `tools/problem_texts.toml`.
Examples are the first lines with that code in `tests/sites/broken`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/problems.md"
TEXTS = ROOT / "tools/problem_texts.toml"
BROKEN = ROOT / "tests/sites/broken"

LONGEST = 160
"""Characters of an example; a longer one ends with an ellipsis."""

LINE = re.compile(r"(?P<words>.*) \[(?P<code>[a-z0-9-]+)\]")

HEAD = """\
# Problems and how to fix them

Every problem that sitegen reports has a code. You see the code in `sitegen check --json` and
`sitegen build --json`, as `"code"`, and in the notes of `sitegen check --format github`. The words of a
message may change from release to release, but its code stays the same: compare codes in a script, not words.

Look up your code here, or search this page for a few words of the message. `sitegen check --fix` fixes what
has only one possible fix.

This page is made by `python -m tools.write_problem_list`; please don't edit it by hand.
"""


def texts() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return meaning and fix of each code, by heading and code, in the order of the document."""
    found = tomllib.loads(TEXTS.read_text("utf-8"))
    return {
        heading: {code: (said[0], said[1]) for code, said in codes.items()}
        for heading, codes in found.items()
    }


def examples() -> Mapping[str, str]:
    """Return a message with each code that a broken site of the tests has."""
    found: dict[str, str] = {}
    for file in sorted(BROKEN.glob("*/expected.txt")):
        for line in file.read_text("utf-8").splitlines():
            if parts := LINE.fullmatch(line):
                found.setdefault(parts["code"], parts["words"])
    return found


def document() -> str:
    """Return the text of `docs/problems.md`."""
    return "\n".join(_lines(examples()))


def _lines(shown: Mapping[str, str]) -> Iterator[str]:
    yield HEAD
    for heading, codes in texts().items():
        yield f"## {heading}\n"
        for code, (meaning, fix) in codes.items():
            yield f"### {code}\n"
            yield f"{meaning}\n"
            yield f"**Fix:** {fix}\n"
            if example := shown.get(code):
                cut = example if len(example) <= LONGEST else f"{example[: LONGEST - 1]}…"
                yield f"```text\n{cut}\n```\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
