"""Prefilter: false alarms are allowed, missed leaks are not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audit import leak_scanner
from sitegen.audit.prefilter import make_prefilter, may_leak
from sitegen.audit.secrets import Secrets, WithheldText, collect_secrets
from tests.support.thorough import rounds

WITHHELD = WithheldText(
    "zoe.md",
    "/stories/zoé/",
    names=("Zoé Quexley",),
    quotes=("Ich baue, was mir fehlt, jeden Tag.",),
    lines=(
        "She soldered “seven” tiny robots before breakfast on Sunday. Ever since, K-2 is her friend's name.",
        "Join our micro_scope club each Tuesday at noon",
    ),
)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    """The secrets of two withheld stories."""
    root = tmp_path_factory.mktemp("site")
    (root / "Zoé-at work.jpg").write_bytes(b"not a photo, but so many bytes")
    return collect_secrets(
        root,
        withheld=[WITHHELD],
        forms={"zoe.md": ["R-00421"], "ben.md": ["Ordner 7, Blatt 3"]},
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
    *("Zo<b>é</b> Quexley", "Zo<em><b>é</b></em> Quex<i>ley</i>", "Zo&shy;é Quex\u200bley", "zoé_quexley"),
    *("Join our micro<b>scope</b>", "Join our <!-- x -->micro_<b>scope</b> club each Tuesday at"),
    *("R-004<span title='a\nb'>21</span>", "Ｒ-00421", "Zoé<br>Quexley", "Zo<!--\n-->é Quexley"),
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
    "?a=1&amp;of=",
    "&amp;not",
    "&#39;",
    "’",
    "–",
    "ä",
    "K",
    "R-",
    "_",
    "robots",
)


@settings(max_examples=rounds(100, 1000), deadline=None)
@given(
    parts=st.lists(st.one_of(st.sampled_from(SAID), st.sampled_from(NOISE), st.text(max_size=3)), max_size=8),
    path=st.sampled_from(("index.html", "feed.xml", "feed.json", "stories/zoé/index.html", "robots.txt")),
)
def test_the_scanner_finds_nothing_in_a_file_that_the_prefilter_passes(
    secrets: Secrets, parts: list[str], path: str
) -> None:
    data = "".join(parts).encode("utf-8", "replace")
    if any(leak_scanner.leaks(path, data, secrets)):
        assert may_leak(make_prefilter(secrets), path, data)


@pytest.mark.parametrize("said", [said for said in SAID if "Zoe" not in said and "zoe" not in said])
def test_the_prefilter_suspects_every_form_of_a_secret(secrets: Secrets, said: str) -> None:
    leaks = list(leak_scanner.leaks("page.html", f"<p>{said}</p>".encode(), secrets))
    assert bool(leaks) <= may_leak(make_prefilter(secrets), "page.html", f"<p>{said}</p>".encode())


def test_the_prefilter_passes_a_page_without_secrets(secrets: Secrets) -> None:
    page = "<p>Ana’s robot “Quex” weighs 421 g &amp; sings – it&#39;s loud.</p>".encode()
    assert not may_leak(make_prefilter(secrets), "index.html", page)


def test_the_prefilter_suspects_a_picture_by_its_size_or_metadata(secrets: Secrets, tmp_path: Path) -> None:
    assert may_leak(make_prefilter(secrets), "assets/a.jpg", b"not a photo, but so many bytes")
    assert may_leak(make_prefilter(secrets), "images/a.jpg", b"\xff\xd8\xff\xfe\x00\x04hi\xff\xda")
    assert not may_leak(make_prefilter(secrets), "images/a.jpg", b"\xff\xd8\xff\xda")


@settings(max_examples=200, deadline=None)
@given(
    pages=st.lists(
        st.lists(st.sampled_from((*SAID, *NOISE, "<p>", "\r", "</p>\n", "\n")), max_size=6), max_size=5
    ),
    path=st.sampled_from(("index.html", "feed.json", "feed.xml")),
)
def test_lines_of_earlier_pages_are_skipped_only_if_they_had_no_secrets(
    pages: list[list[str]], path: str
) -> None:
    """If nothing is withheld, only form numbers are secret, and each is within one line."""
    forms = {"zoe.md": ["R-00421"], "ben.md": ["Ordner 7"]}
    only_forms = collect_secrets(Path(), withheld=[], forms=forms, photos=[], asset_names=[])
    for parts in pages:
        data = "".join(parts).encode()
        if any(leak_scanner.leaks(path, data, only_forms)):
            assert may_leak(make_prefilter(only_forms), path, data)


DIGITS = (
    *("R-", "00421", "004", "0", "21", "4", "２１", "٤", "²¹", "&#48;", "&#x30;", "\\u0030", "%30", "é", "x"),
    *("<b>", "</b>", "<!-- 2 -->", "<br>", "<p>", "<i title='7>8'>", "<wbr", ">", "<", " ", "\n", "\xad"),
    *("\u200b", "\u2060", "&shy;", "&nbsp;", "\u2009", "-", "_"),
)


def _secret_numbers() -> Secrets:
    """Return the secrets of two forms, of which the numbers are what tells them apart."""
    forms = {"zoe.md": ["R-00421"], "ben.md": ["R-0004"]}
    secrets = collect_secrets(Path(), [], forms, photos=[], asset_names=[])
    assert make_prefilter(secrets).has_numbers_only
    return secrets


@settings(max_examples=rounds(300, 3000), deadline=None)
@given(
    parts=st.lists(st.one_of(st.sampled_from(DIGITS), st.text(max_size=2)), max_size=10),
    path=st.sampled_from(("index.html", "feed.json", "feed.xml")),
)
def test_no_way_to_write_a_number_passes_where_all_secrets_are_numbers(parts: list[str], path: str) -> None:
    numbers = make_prefilter(secrets := _secret_numbers())
    data = "".join(parts).encode("utf-8", "replace")
    if any(leak_scanner.leaks(path, data, secrets)):
        assert may_leak(numbers, path, data)


@pytest.mark.parametrize(
    "said",
    [
        *("R-00421", "r 00421", "R&#45;00421", "R-0&#48;421", "R-<b>00421</b>", "&amp;#82;-00421"),
        *(
            "R-<span title='a\nb'>004</span>21",
            "R-00&shy;421",
            "R-004\xad21",
            "Ｒ-００421",
            "R-0042<i><b>1</b></i>",
        ),
    ],
)
def test_the_prefilter_suspects_every_form_of_a_number(said: str) -> None:
    secrets = _secret_numbers()
    data = f"<p>On 2026-01-10 {said}</p>".encode()
    assert any(leak_scanner.leaks("page.html", data, secrets))
    assert may_leak(make_prefilter(secrets), "page.html", data)
