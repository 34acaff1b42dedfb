"""The alarm may ring for nothing, but where it doesn't, the audit finds nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import alarm, audit, vault

WITHHELD = """\
---
name: Zoé Quexley
quote: Ich baue, was mir fehlt, jeden Tag.
---
She soldered “seven” tiny robots before breakfast on Sunday. Ever since, K-2 is her friend's name.
"""


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> vault.Secrets:
    """What must not be said of two young people."""
    root = tmp_path_factory.mktemp("site")
    (root / "zoe.md").write_text(WITHHELD)
    (root / "Zoé-at work.jpg").write_bytes(b"not a photo, but so many bytes")
    return vault.secrets(
        root,
        withheld={"zoe.md": "/stories/zoé/"},
        forms={"zoe.md": "R-00421", "ben.md": "Ordner 7, Blatt 3"},
        photos=["Zoé-at work.jpg"],
        asset_names=[],
    )


SAID = (
    *("zoé quexley", "Zoé Quexley", "ZOÉ QUEXLEY", "zoe quexley", "Zoe\u0301 Quexley", "Zo&eacute; Quexley"),
    *(
        "R-00421",
        "r 00421",
        "R&#45;00421",
        "R-0&#48;421",
        "R-<b>00421</b>",
        "&amp;#82;-00421",
        "Ordner 7 Blatt 3",
    ),
    *("Ich baue, was mir fehlt, jeden Tag.", "Ich <em>baue</em>, was mir <a href='x'>fehlt</a>, jeden Tag"),
    *("She soldered “seven” tiny robots before breakfast", "She soldered &ldquo;seven&rdquo; tiny robots"),
    *(
        "She soldered seven tiny robots before breakfast on",
        "she soldered\\nseven tiny robots before\nbreakfast on",
    ),
    *('href="/stories/zo%C3%A9/"', 'href="/stories/zoé/"', "/x/zoé-at%20work.jpg", 'src="work.jpg"'),
)
NOISE = (
    "<p>",
    "</p>",
    " ",
    "\n",
    "Quexley",
    "zoé",
    "421",
    "&amp;",
    "&#39;",
    "’",
    "–",
    "ä",
    "K",
    "R-",
    "_",
    "robots",
)


@settings(max_examples=400, deadline=None)
@given(
    parts=st.lists(st.one_of(st.sampled_from(SAID), st.sampled_from(NOISE), st.text(max_size=3)), max_size=8),
    path=st.sampled_from(("index.html", "feed.xml", "feed.json", "stories/zoé/index.html", "robots.txt")),
)
def test_where_the_alarm_does_not_ring_the_audit_finds_nothing(
    secrets: vault.Secrets, parts: list[str], path: str
) -> None:
    data = "".join(parts).encode("utf-8", "replace")
    if any(audit.leaks(path, data, secrets)):
        assert alarm.rings(alarm.alarm(secrets), path, data)


@pytest.mark.parametrize("said", [said for said in SAID if "Zoe" not in said and "zoe" not in said])
def test_each_way_of_saying_it_rings(secrets: vault.Secrets, said: str) -> None:
    leaks = list(audit.leaks("page.html", f"<p>{said}</p>".encode(), secrets))
    assert bool(leaks) <= alarm.rings(alarm.alarm(secrets), "page.html", f"<p>{said}</p>".encode())


def test_a_page_that_says_nothing_of_it_is_passed_over(secrets: vault.Secrets) -> None:
    page = "<p>Ana’s robot “Quex” weighs 421 g &amp; sings – it&#39;s loud.</p>".encode()
    assert not alarm.rings(alarm.alarm(secrets), "index.html", page)


def test_a_picture_rings_by_its_size_or_its_metadata(secrets: vault.Secrets, tmp_path: Path) -> None:
    assert alarm.rings(alarm.alarm(secrets), "images/a.jpg", b"not a photo, but so many bytes")
    assert alarm.rings(alarm.alarm(secrets), "images/a.jpg", b"\xff\xd8\xff\xfe\x00\x04hi\xff\xda")
    assert not alarm.rings(alarm.alarm(secrets), "images/a.jpg", b"\xff\xd8\xff\xda")


@settings(max_examples=200, deadline=None)
@given(
    pages=st.lists(
        st.lists(st.sampled_from((*SAID, *NOISE, "<p>", "\r", "</p>\n", "\n")), max_size=6), max_size=5
    ),
    path=st.sampled_from(("index.html", "feed.json")),
)
def test_lines_that_stood_on_other_pages_are_passed_over_only_when_nothing_was_found_in_them(
    pages: list[list[str]], path: str
) -> None:
    """Where nothing is withheld, only the numbers of forms are looked for, and these are whole in a line."""
    only_forms = vault.secrets(
        Path(), withheld={}, forms={"zoe.md": "R-00421", "ben.md": "Ordner 7"}, photos=[], asset_names=[]
    )
    for parts in pages:
        data = "".join(parts).encode()
        if any(audit.leaks(path, data, only_forms)):
            assert alarm.rings(alarm.alarm(only_forms), path, data)
