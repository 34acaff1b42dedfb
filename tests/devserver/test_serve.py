"""Dev server: ports, addresses, and nothing left behind when it ends."""

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.preview import previewed
from tests.support.served_story import PAGE, STORY
from tests.support.site import Site, tree

# -- nothing is left ------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_server_stops_at_once_and_leaves_no_files(site: Site, number: int, tmp_path: Path) -> None:
    mine = tmp_path / "temporary"
    mine.mkdir()
    with previewed(site.story(), TMPDIR=str(mine)) as preview:
        (private,) = mine.glob("sitegen-preview-*")
        assert private.stat().st_mode & 0o777 == 0o700
        code, said = preview.stop(number)
    assert code == 0
    assert "Traceback" not in said
    assert "Stopped." in said
    assert list(mine.iterdir()) == []


def test_the_public_site_and_its_cache_are_unchanged(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", draft="true").build()
    before, memory = site.public, tree(site.root / ".sitegen")
    with previewed(site) as preview:
        preview.read("/stories/ben-ito/")
        site.change(STORY, "Her story.", "Another story.")
        preview.wait_for(PAGE, "Another story.")
    assert site.public == before
    assert tree(site.root / ".sitegen") == memory
    site.build()
    assert "_preview" not in site.read("stories/maya-lopez/index.html")


def test_pages_equal_the_public_ones_except_for_the_overlay(site: Site) -> None:
    site.story().page("mission").build()
    with previewed(site) as preview:
        for path in ("/", "/mission/", PAGE, "/stories/"):
            scripts = r'<script src="/(livereload|_preview/fold)\.js" async></script>'
            ours = rf'{scripts}|<div id="_preview-bar">.*?</div>'
            served = re.sub(ours, "", preview.read(path), flags=re.DOTALL)
            # the policy would keep the browser from running the preview's script
            public = re.sub(
                r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", site.read(f"{path[1:]}index.html")
            )
            assert served == public
        assert preview.read("/feed.xml") == site.read("feed.xml")


# -- comfort --------------------------------------------------------------------------------


def test_if_the_port_is_taken_the_next_one_is_used(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with previewed(site, "--port", str(port)) as preview:
            assert port < preview.port < port + 20
            assert preview.ask("/").status == 200
            assert "Warning" not in preview.stop()[1]


def test_if_it_cannot_listen_it_reports_the_reason_and_the_fix(site: Site) -> None:
    def said(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "sitegen", "--root", str(site.root), "serve", *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        return done.stderr

    # no machine has an address for documentation (RFC 5737)
    elsewhere = said("--host", "203.0.113.9")
    assert "This computer has no address 203.0.113.9." in elsewhere
    assert "Warning" not in elsewhere
    with socket.create_server(("127.0.0.1", 65535)):
        taken = said("--port", "65535")
    assert "Ports 65535 and up are in use." in taken
    assert "Warning" not in taken


def test_open_opens_the_browser(site: Site, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    with previewed(site, "--open", BROWSER=f"sh -c 'echo %s > {asked}'") as preview:
        address = preview.address
        deadline = time.monotonic() + 30
        while not (asked.exists() and asked.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert asked.read_text().strip() == address


def test_a_site_below_a_path_is_served_below_it(site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", "https://example.org/site").story()
    with previewed(site) as preview:
        assert preview.address.endswith("/site/")
        assert preview.ask("/").headers["Location"] == "/site/"
        assert preview.ask(f"/site{PAGE}").status == 200
        assert 'href="/site/stories/maya-lopez/"' in preview.read("/_preview/")


def test_a_site_below_a_path_of_any_letters_is_served_below_it(site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", "https://example.org/jóvenes").story("日本")
    with previewed(site) as preview:
        assert preview.address.endswith("/j%C3%B3venes/")
        assert preview.ask("/").headers["Location"] == "/j%C3%B3venes/"
        assert preview.ask("/j%C3%B3venes").headers["Location"] == "/j%C3%B3venes/"
        story = "/j%C3%B3venes/stories/%E6%97%A5%E6%9C%AC"
        assert preview.ask(story).headers["Location"] == f"{story}/"
        assert preview.ask(f"{story}/").status == 200
        assert 'href="/j%C3%B3venes/stories/日本/"' in preview.read("/_preview/")


def test_a_missing_page_is_answered_with_the_sites_404_page(site: Site) -> None:
    with previewed(site) as preview:
        answer = preview.ask("/nowhere/")
        assert (answer.status, "Page not found" in answer.text) == (404, True)
        assert preview.ask("/stories").headers["Location"] == "/stories/"
