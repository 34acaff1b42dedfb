"""External links: each website is asked once, politely, on request only."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sitegen.content import discovery
from sitegen.core.diagnostics import Severity, Where
from sitegen.lint import external_links
from tests.support.check import check
from tests.support.site import Site


class Elsewhere(BaseHTTPRequestHandler):
    """A website with one page, one that refuses programs, and one that moved."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status = {"/there": 200, "/shy": 403, "/moved": 301, "/no-head": 405}.get(self.path, 404)
        if self.path == "/no-head" and self.command == "GET":
            status = 200
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/there")
        self.end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Log nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_other_websites_are_requested_once_and_with_a_pause(site: Site, elsewhere: str) -> None:
    names = ("there", "shy", "moved", "no-head", "gone", "gone")
    site.page("mission", "\n\n".join(f"[a]({elsewhere}/{name})" for name in names))
    files, _ = discovery.scan(site.root)
    pauses: list[float] = []
    said = list(external_links.check(external_links.links(site.root, files), pauses.append))
    assert [str(one) for one in said] == [
        f"content/mission.md:12:5: {elsewhere}/gone answers with 404. "
        "Look for its new address, or take the link out."
    ]
    assert Elsewhere.asked.count("HEAD /gone") == 1
    assert len(pauses) == 4
    assert {one.severity for one in said} == {Severity.WARNING}


def test_links_are_requested_only_with_external_and_cause_only_warnings(site: Site, elsewhere: str) -> None:
    site.page("mission", f"[a]({elsewhere}/gone)")
    assert "answers with" not in check(site).stderr
    assert Elsewhere.asked == []
    done = check(site, "--external")
    assert done.returncode == 0
    assert f"{elsewhere}/gone answers with 404." in done.stderr


def test_an_unreachable_website_is_reported() -> None:
    where = Where("content/mission.md", 1, 1)
    (said,) = external_links.check([external_links.ExternalLink("http://127.0.0.1:9/", where)])
    assert said.message == "http://127.0.0.1:9/ doesn't answer."
