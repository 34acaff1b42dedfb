"""Malicious files: a correct page or a plain message, in bounded time and memory.

Each file is one story beside a valid one. The build runs in a separate process with limits on processor time
and memory, so no input passes because the machine is fast or large.
"""

import json
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from sitegen.core import limits
from sitegen.core.problem_codes import Code
from tests.support.site import Site

STOP = 60
"""Processor seconds after which the system ends a build, on any machine."""

SOUND = "name: Sam Oh\ndate: 2026-02-01\nquote: It hums.\n"
CONSENT = (
    "consent:\n  form: R-0042\n  given: 2026-01-10\n  by: self\n  covers: [website, full-name, school]\n"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """The result of a build: exit code, problems, time and memory."""

    code: int
    problems: tuple[str, ...]
    published: int
    seconds: float
    megabytes: float


MEASURED = """
import resource, sys
from sitegen.cli.main import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)
"""


def build(site: Site) -> Ended:
    """Build in a process that is ended after `STOP` processor seconds; return the result."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURED,
            "--root",
            str(site.root),
            "build",
            "--jobs",
            "1",
            "--json",
            "--date",
            "2026-11-21",
        ],
        capture_output=True,
        check=False,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (STOP, STOP)),
    )
    assert done.returncode in (0, 1, 3), done.stderr[-2000:]
    said, (seconds, megabytes) = json.loads(done.stdout), done.stderr.split()[-2:]
    problems = tuple(
        f"{each['path']}: {each['message']} {each['hint']} [{each['code']}]" for each in said["problems"]
    )
    return Ended(done.returncode, problems, said["published"], float(seconds), float(megabytes))


def story(text: str = "Her story.", front: str = SOUND) -> bytes:
    """Return a story's file with another text or other front matter."""
    return f"---\n{front}{CONSENT}---\n{text}\n".encode()


def filled(unit: str, length: int = limits.LONGEST_TEXT - 10) -> str:
    """Return a text of a length that repeats one unit."""
    return (unit * (length // len(unit) + 1))[:length]


# -- text -----------------------------------------------------------------------------------

DEEP = "  ".join(f"a{level}:\n" + "  " * level for level in range(100))
LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]\n"
    for level in range(9)
)
SIZE = limits.MOST_BYTES - 500

REFUSED: dict[str, tuple[bytes, str]] = {
    "ten megabytes of front matter": (
        story(front="quote: " + "a" * 10_000_000),
        "MB of text; the most is",
    ),
    "the longest value": (story(front="quote: " + "a" * SIZE + "\n"), "the most is 600"),
    "the longest line": (story(front="quote: " + filled("a: ", SIZE)), "Put the text in quotes."),
    "front matter of keys": (story(front=filled("k: v\n", SIZE)), "lines and commas"),
    "front matter of lists": (story(front="topics: [" + filled("[a],", SIZE) + "]\n"), "lines and commas"),
    "front matter of brackets": (story(front="topics: " + "[" * SIZE), "nested too deeply"),
    "a hundred levels": (story(front=DEEP), "nested too deeply"),
    "a billion laughs": (story(front=LAUGHS), 'start with "&"'),
    "an anchor": (story(front=SOUND + "school: &a b\n"), 'start with "&"'),
    "a key named content": (story(front=SOUND + "content: a\n"), 'the key "content" is not known'),
    "a key named handler": (story(front=SOUND + "handler: a\n"), 'the key "handler" is not known'),
    "a number for a key": (story(front=SOUND + "1: a\n"), 'the key "1" is not known'),
    "a truth for a key": (story(front=SOUND + "true: a\n"), 'the key "true" is not known'),
    "a key of a thousand letters": (story(front=SOUND + "? " + "k" * 9000 + "\n: a\n"), "not a word"),
    "NUL": (story("a\0b"), "not a text file"),
    "UTF-16": (story().decode().encode("utf-16"), "UTF-16"),
    "Latin-1": (story("Jos\xe9").decode().encode("latin-1"), "not saved as UTF-8"),
    "a mark for UTF-8, and none": (b"\xef\xbb\xbf---\n\xff", "not saved as UTF-8"),
    "an unclosed fence": (b"---\n" + SOUND.encode(), "never closed"),
    "a fence of dashes": (story().replace(b"---\nHer", "—\nHer".encode()), "three plain hyphens"),
    "tabs": (story(front=SOUND + "topics:\n\t- a\n"), "tab"),
    "nothing": (b"", "is empty"),
    "a name of nothing that is seen": (story(front=SOUND.replace("Sam Oh", '"\u200b\u2060"')), "name"),
    "a topic that no disk holds": (
        story(front=SOUND + f"topics: [{'日' * 80}]\n"),
        "is too long for an address",
    ),
    "a topic without letters": (story(front=SOUND + "topics: [🎉]\n"), "no letters or digits"),
    "a school that Windows keeps": (story(front=SOUND + "school: AUX\n"), "a name that Windows reserves"),
    "an alias that no disk holds": (story(front=SOUND + f"aliases: [/{'a' * 300}/]\n"), "is too long"),
}

FINE: dict[str, bytes] = {
    "a mark at the start": b"\xef\xbb\xbf" + story(),
    "CRLF": story().replace(b"\n", b"\r\n"),
    "CR": story().replace(b"\n", b"\r"),
    "300 letters": story(front=SOUND.replace("It hums.", "Word " * 60) + f"title: {'Long ' * 60}\n"),
    "nothing but emoji": story(
        "🎉🎉", front=SOUND.replace("Sam Oh", "🎉 🤖") + "title: 🎉\nfield: 🎉 art\ntopics: [art 🎉]\n"
    ),
    "from right to left": story(
        "קול", front=SOUND.replace("Sam Oh", "مايا لوبيز") + "title: שלום עולם\nschool: مدرسة\n"
    ),
    "direction controls": story(
        "a\u202eb&#8238;c", front=SOUND.replace("Sam Oh", "Sam\u202e Oh\u2066") + 'title: "\\u202eTitle"\n'
    ),
    "zero-width characters": story(
        "a\u200bb", front=SOUND.replace("Sam Oh", "Sam\u200b Oh\u2060") + "field: Robo\u200btics\n"
    ),
    "letters that no page shows": story("a&#1;b&#12;c"),
}

# -- Markdown -------------------------------------------------------------------------------

CROWDED: dict[str, str] = {
    **{f"nothing but {unit!r}": filled(unit) for unit in ("[", "![", "[^", "*[", "[](", "[a](", "[a](((")},
    **{
        f"lines of {unit!r}": filled(unit)
        for unit in ("=\n", "a\n-\n", "# a\n", "***\n", "a\n:   b\n", "[^1]: a\n", "> a\n", "* a\n")
    },
    **{
        f"nothing but {unit!r}": filled(unit)
        for unit in ("'", '""', "`|", "<", "<!--", "<p ", "<a/", '<x y="', "<http://")
    },
    "a table of millions": ("|a" * 3700 + "\n" + "|-" * 3700 + "\n" + "|\n" * 7600)[: limits.LONGEST_TEXT],
    "one note, ten thousand times": "[^1]: a\n\n" + filled("[^1] ", 20_000),
    "a line of two megabytes": "a" * 2_000_000,
    "a line that is too long": "a" * 200_000,
    "300 lists": "".join("    " * level + "* a\n" for level in range(300)),
    "2000 lists on one line": "* " * 2000 + "a",
}
"""Texts that are refused; each took Markdown more than a second, or the process its memory."""

LIVELY: dict[str, str] = {
    f"nothing but {unit!r}": filled(unit)
    for unit in (
        *("*", "_", ">", "`", "!", "(", "&", "~", "**a", "_a ", "a*", "* *a*", "*a _b "),
        *("<b>", "&a", "&#", " ", "*[a]: b\n\n", "[a]: b\n\n", "1. a\n\n", "a\n\n", "    a\n\n"),
        *("\\", "--", "é", "<div>\n\n"),
        *("~~a ", "~~a~~", "https://a", "www.a ", ":a", ":x: ", "• a\n\n", "- a\n\n", "- ```\n\n", "```\n\n"),
        *("- [x] a\n  - b\n\n", "> - ", "- <div>\n\n"),
    )
} | {
    "300 quotes": "> " * 300 + "a",
    "300 lists on one line": "* " * 300 + "a",
    "deep emphasis": "*_" * 300 + "a" + "_*" * 300,
    "lists in lists": "".join("    " * level + "* a\n" for level in range(50)),
}  # fmt: skip
"""Texts that are published, whatever they look like."""


def together(site: Site, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Write each file as a separate story; return the names by path."""
    site.story()
    paths = {f"content/stories/s-{number}.md": name for number, name in enumerate(files)}
    for path, data in zip(paths, files.values(), strict=True):
        site.write(path, data)
    return paths


HELD_BACK: dict[str, tuple[bytes, str]] = REFUSED | {
    name: (story(text), "") for name, text in CROWDED.items()
}


def test_malicious_files_are_reported_in_plain_words_and_held_back_alone(site: Site) -> None:
    paths = together(site, {name: data for name, (data, _) in HELD_BACK.items()})
    ended = build(site)
    assert (ended.code, ended.published) == (3, 1)
    for path, name in paths.items():
        said = [problem for problem in ended.problems if problem.startswith(f"{path}: ")]
        assert said, name
        assert any(HELD_BACK[name][1] in problem for problem in said), (name, said)
        assert all(len(problem) < 1500 for problem in said), name


def test_files_that_only_look_malicious_are_published(site: Site) -> None:
    files = FINE | {name: story(text) for name, text in LIVELY.items()}
    together(site, files)
    ended = build(site)
    assert [problem for problem in ended.problems if "was left out" not in problem] == []
    assert ended.published == len(files) + 1


def test_no_text_changes_the_direction_of_the_text_after_it(site: Site) -> None:
    together(site, {"": FINE["direction controls"]})
    assert build(site).published == 2
    for path, data in site.public.items():
        if path.endswith((".html", ".xml", ".json")):
            assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(data.decode()), (
                path
            )


# -- names of files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Maya.md", "maya.md"), Code.ADDRESS_TAKEN),
        (("josé.md", unicodedata.normalize("NFD", "josé.md")), Code.ADDRESS_TAKEN),
        (("con.md",), Code.UNUSABLE_FILE_NAME),
        (("aux/index.md",), Code.UNUSABLE_FILE_NAME),
        (("LPT1.md",), Code.UNUSABLE_FILE_NAME),
        (("🎉.md",), Code.UNUSABLE_FILE_NAME),
        (("\u202e\u200b.md",), Code.UNUSABLE_FILE_NAME),
        (("ﷺ" * 80 + ".md",), Code.UNUSABLE_FILE_NAME),
    ],
)
def test_a_name_without_its_own_address_is_reported(site: Site, names: tuple[str, ...], code: Code) -> None:
    site.story()
    for name in names:
        site.write(f"content/stories/{name}", story())
    site.build()
    assert site.codes == [code] * len(names)
    assert (site.report.published, site.report.site_at_fault) == (1, False)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("sam..md", "sam"),
        ("sam .md", "sam"),
        ("sam.oh. /index.md", "sam-oh"),
        ("sam.md/index.md", "sam-md"),
        ("a" * 195 + ".md", "a" * 195),
        ("مايا.md", "مايا"),
        ("sam\u202eoh.md", "sam-oh"),
        ("-sam-.md", "sam"),
    ],
)
def test_a_name_with_an_unusual_character_makes_a_plain_address(site: Site, name: str, slug: str) -> None:
    site.write(f"content/stories/{name}", story()).build()
    assert site.messages == []
    assert f"stories/{slug}/index.html" in site.public
