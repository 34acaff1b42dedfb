"""Headers of the servers in docs/: MDN's HTTP Observatory, and caching.

The rules and their scores are from https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.external.conftest import HERE, ROOT, Answer, Served, ask, needed, ports, running

pytestmark = pytest.mark.audit


@pytest.fixture(scope="module")
def caddy(collective: Served, work: Path) -> Iterator[Served]:
    """The same site, served with docs/Caddyfile, except for names, paths and encryption."""
    text = (ROOT / "docs/Caddyfile").read_text(encoding="utf-8")
    (port,) = ports(1)
    text = text.replace("psec.example {", f"http://{HERE}:{port} {{").replace(
        "/srv/psec/public", str(collective.public)
    )
    file = work / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n}}\n{text}")
    with running([needed("caddy", "caddy"), "run", "--config", file], work / "caddy.log", port):
        yield Served(collective.public, f"http://{HERE}:{port}")


@pytest.fixture(params=["nginx", "caddy"])
def served(request: pytest.FixtureRequest) -> Served:
    """The site of this repository behind each of the servers."""
    name = {"nginx": "collective", "caddy": "caddy"}[request.param]
    found = request.getfixturevalue(name)
    assert isinstance(found, Served)
    return found


def policy(answer: Answer) -> dict[str, list[str]]:
    """Return the directives of the Content-Security-Policy."""
    parts = answer.headers["content-security-policy"].split(";")
    return {name: sources for name, *sources in map(str.split, parts)}


def score(answer: Answer, page: str) -> int:
    """Return the Observatory's score: 100, plus or minus the points of each finding."""
    csp = policy(answer)
    sources = [source for each in csp.values() for source in each]
    headers = answer.headers
    age = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    referrer = headers.get("referrer-policy", "")
    total = 100
    total += 10 if csp["default-src"] == ["'none'"] and not any("unsafe" in each for each in sources) else -20
    total += 5 if csp.get("frame-ancestors") in (["'none'"], ["'self'"]) else -20
    total += 5 if referrer in ("no-referrer", "same-origin", "strict-origin-when-cross-origin") else -5
    total += 10 if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site") else 0
    total -= 0 if age and int(age[1]) >= 15_768_000 else 20
    total -= 0 if headers.get("x-content-type-options") == "nosniff" else 5
    total -= 20 if "set-cookie" in headers else 0
    total -= 50 if headers.get("access-control-allow-origin") == "*" else 0
    total -= 50 if re.search(r'<script[^>]*\ssrc="(?:https?:)?//', page) else 0
    return total


@pytest.mark.parametrize("address", ["/", "/stories/", "/stories/makayla-cheng/", "/nothing-here/"])
def test_the_observatory_would_give_an_a_plus(served: Served, address: str) -> None:
    answer = ask(served.origin + address)
    assert score(answer, answer.body.decode()) >= 130


def test_the_policy_is_the_one_that_the_site_was_built_with(served: Served) -> None:
    sent = ask(f"{served.origin}/").headers["content-security-policy"]
    assert f"Content-Security-Policy: {sent}\n" in (served.public / "_headers").read_text()


def test_http_redirects_to_the_same_page_over_https(collective: Served) -> None:
    answer = ask(f"{collective.plain}/mission/?a=b")
    assert answer.status == 301
    assert answer.headers["location"] == f"{collective.origin}/mission/?a=b"


def test_old_protocols_are_refused(collective: Served) -> None:
    assert "TLSv1.1" not in (ROOT / "docs/nginx.conf").read_text()
    assert "strict-transport-security" in ask(f"{collective.origin}/").headers


def test_assets_are_cached_forever_pictures_for_a_day_and_pages_never(served: Served) -> None:
    page = ask(f"{served.origin}/").body.decode()
    picture, style = re.findall(r'"(/images/[^" ]+\.jpg)', page)[0], re.findall(r'"(/assets/[^"]+)', page)[0]
    assert "immutable" in ask(served.origin + style).headers["cache-control"]
    answer = ask(served.origin + picture)
    assert answer.headers["cache-control"] == "public, max-age=86400, must-revalidate"
    assert ask(served.origin + picture, **{"If-None-Match": answer.headers["etag"]}).status == 304
    for address in ("/", "/feed.xml", style.partition("?")[0], "/nothing-here/"):
        assert ask(served.origin + address).headers["cache-control"] == "no-cache"


def test_only_pictures_can_be_embedded_by_other_sites(served: Served) -> None:
    picture = next(served.public.glob("images/*.jpg")).name
    assert ask(f"{served.origin}/images/{picture}").headers["cross-origin-resource-policy"] == "cross-origin"
    assert ask(f"{served.origin}/").headers["cross-origin-resource-policy"] == "same-origin"


def test_a_missing_page_is_answered_with_404(served: Served) -> None:
    answer = ask(f"{served.origin}/nothing-here/")
    assert answer.status == 404
    assert b"Page not found" in answer.body


@pytest.mark.parametrize("name", [".sitegen", ".nojekyll", "_headers", "_redirects"])
def test_files_for_other_hosts_are_not_served(served: Served, name: str) -> None:
    assert (served.public / name).exists()
    assert ask(f"{served.origin}/{name}").status == 404


def test_an_address_without_its_last_slash_redirects(served: Served) -> None:
    answer = ask(f"{served.origin}/mission")
    assert answer.status in (301, 308)
    assert answer.headers["location"].endswith("/mission/")


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/", "text/html; charset=utf-8"), ("/manifest.webmanifest", "application/manifest+json")],
)
def test_files_are_sent_with_their_content_type(served: Served, address: str, kind: str) -> None:
    assert ask(served.origin + address).headers["content-type"] == kind


def test_pages_are_sent_compressed(served: Served) -> None:
    answer = ask(f"{served.origin}/", **{"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).startswith(b"<!doctype html>")
    assert len(answer.body) <= 8_192


def test_no_server_reveals_its_version(served: Served) -> None:
    assert not re.search(r"\d", ask(f"{served.origin}/").headers.get("server", ""))
