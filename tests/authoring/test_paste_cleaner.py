"""Paste cleaner: formatted clipboard text becomes plain Markdown."""

import pytest

from sitegen.authoring import paste_cleaner
from tests.support.forms import GOOGLE, WORD, table, take
from tests.support.site import Site


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (WORD, "It began with a toaster.\n- one"),
        ("<script>alert(1)</script>Hi", "Hi"),
        ("I <3 robots, 2 < 3, x <y> z", "I <3 robots, 2 < 3, x <y> z"),
        ("AT&amp;T &#8220;x&#8221;", "AT&T “x”"),
        ('="0042"', "0042"),
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("a\u00a0b\u200bc\u00add\ufeff\x07", "a bcd"),
        ("line\x0bbreak\u2028here", "line\nbreak\nhere"),
        ("👩\u200d🔬 “curly” é", "👩\u200d🔬 “curly” é"),
        ("\u202egnp.exe", "gnp.exe"),
        ("•\tone", "- one"),
    ],
)
def test_pasted_text_becomes_plain_text(cell: str, text: str) -> None:
    assert paste_cleaner.text(cell) == text


def test_pasted_text_neither_runs_nor_is_formatted_on_the_page(site: Site) -> None:
    answer = ("", "Maya Lopez", '=HYPERLINK("http://a.example")', "# no [link](http://a.example) <img src=x>")
    take(site, table(GOOGLE, answer))
    file = "content/stories/maya-lopez.md"
    consent = "consent:\n  given: 2026-01-01\n  covers: [website, full-name]\n"
    site.change(file, "draft: true\n", consent).build()
    assert site.messages == []
    assert "# no [link](http://a.example)" in site.read("stories/maya-lopez/index.html")
    assert "=HYPERLINK(" in site.read("stories/maya-lopez/index.html")
