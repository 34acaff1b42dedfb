"""Access to the dev server: Host, Origin, method and token are checked."""

import asyncio
import io
import re
import tokenize
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

import sitegen
from sitegen.devserver import access
from tests.support import terminal
from tests.support.preview import Preview, previewed
from tests.support.site import Site

Result = TypeVar("Result")

PRIVATE = "Words that are not public."


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    site = Site(tmp_path_factory.mktemp("guarded") / "site").story().story("ben-ito", PRIVATE, draft="true")
    secret = site.root.parent / "secret.txt"
    secret.write_text("secret")
    site.write("assets/own.css", "p {}")
    (site.root / "assets/link.txt").symlink_to(secret)
    (site.root / "assets/folder").symlink_to(site.root.parent)
    with previewed(site) as preview:
        yield preview


def run(conversation: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in another thread: in this one a browser's event loop may be running."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, conversation).result()


def websocket(preview: Preview, **headers: str) -> int:
    """Try to open the websocket; return the status, 101 if it opens."""
    handshake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "c2l4dGVlbiBieXRlcyEhIQ=="}
    return preview.ask("/livereload", **handshake, **key, **headers).status


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""],
)
@pytest.mark.parametrize("path", ["/", "/stories/ben-ito/", "/_preview/", "/livereload.js", "/livereload"])
def test_another_host_is_refused_everywhere(preview: Preview, host: str, path: str) -> None:
    answer = preview.ask(path, Host=host.format(port=preview.port))
    assert answer.status == 403 or (host == "" and answer.status == 400)
    assert PRIVATE not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_answered(preview: Preview, host: str) -> None:
    assert preview.ask("/", Host=f"{host}:{preview.port}").status == 200


def test_the_websocket_opens_for_our_own_pages_only(preview: Preview) -> None:
    own = f"http://127.0.0.1:{preview.port}"
    assert websocket(preview, Origin=own) == 101
    assert websocket(preview) == 403
    assert websocket(preview, Origin="https://evil.example") == 403
    assert websocket(preview, Origin="null") == 403
    assert websocket(preview, Origin=own.replace("http:", "https:")) == 403
    assert websocket(preview, Origin=own, Host=f"evil.example:{preview.port}") == 403


@pytest.mark.parametrize("words", ["no json", "[]", "{}", '"info"', '{"command": 1', "\x00"])
def test_an_invalid_livereload_message_closes_only_its_websocket(preview: Preview, words: str) -> None:
    async def send() -> object:
        own = {"Origin": f"http://127.0.0.1:{preview.port}"}
        request = HTTPRequest(f"ws://127.0.0.1:{preview.port}/livereload", headers=own)
        connection = await websocket_connect(request)
        await connection.write_message(words)
        try:
            return await connection.read_message()
        finally:
            connection.close()

    assert run(send()) is None
    assert preview.ask("/").status == 200


BAD = [
    "/../../secret.txt", "/..%2f..%2fsecret.txt", "/%2e%2e/%2e%2e/secret.txt",
    "/assets/..%2f..%2f..%2fsecret.txt",
    "/..%5c..%5csecret.txt", "/%252e%252e/secret.txt", "//secret.txt", "/etc/passwd", "/%2fetc%2fpasswd",
    "/a%00b", "/assets/own.css%00.html", "/%00", "/.sitegen", "/assets/link.txt", "/assets/folder/secret.txt",
    "/content/stories/ben-ito.md", "/forcereload", "/forcereload?path=*", "/_preview/../content/site.yaml",
]  # fmt: skip


@pytest.mark.parametrize("path", BAD)
def test_files_outside_the_site_are_not_found(preview: Preview, path: str) -> None:
    answer = preview.ask(path)
    assert answer.status == 404
    assert "secret\n" not in answer.text
    assert "Location" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_allowed(preview: Preview, method: str) -> None:
    assert preview.ask("/", method).status == 405


@pytest.mark.parametrize(
    "path", ["/", "/assets/own.css", "/nowhere", "/livereload.js", "/_preview/", "/stories/ben-ito/"]
)
def test_responses_are_neither_cached_nor_readable_by_other_origins(preview: Preview, path: str) -> None:
    headers = preview.ask(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["ETag"] is None
    assert headers["Server"] is None


def test_only_this_machine_can_connect(preview: Preview) -> None:
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:] if Path("/proc/net/tcp").exists() else []
    ours = [
        line.split()[1]
        for line in listening
        if line.split()[1].endswith(f":{preview.port:04X}") and line.split()[3] == "0A"
    ]
    assert ours in ([], [f"0100007F:{preview.port:04X}"])


# -- for others in the network --------------------------------------------------------------


def test_other_machines_need_the_token(site: Site) -> None:
    site.story("ben-ito", PRIVATE, draft="true").story()
    with previewed(site, "--host", "0.0.0.0") as preview:
        said = "\n".join(preview.said)
        assert "can read stories that are not public" in said
        assert len(re.findall("[█▀▄]", said)) > 300
        token = preview_token(said)
        near = access.near_address() or "127.0.0.1"
        here = {"Host": f"{near}:{preview.port}"}
        for path in ("/", "/stories/ben-ito/", "/_preview/", "/livereload.js", "/?token=wrong", "/?token="):
            answer = preview.ask(path, **here)
            assert answer.status == 403
            assert PRIVATE not in answer.text
        let_in = preview.ask(f"/stories/ben-ito/?token={token}", **here)
        assert (let_in.status, let_in.headers["Location"]) == (302, "/stories/ben-ito/")
        cookie = let_in.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert PRIVATE in preview.ask("/stories/ben-ito/", Cookie=cookie.partition(";")[0], **here).text
        assert preview.ask("/", Cookie="sitegen-preview=wrong", **here).status == 403
        assert (
            preview.ask("/", Host=f"evil.example:{preview.port}", Cookie=cookie.partition(";")[0]).status
            == 403
        )
        assert websocket(preview, Origin=preview.origin) == 403
        assert (
            websocket(preview, Origin=preview.origin, Host=here["Host"], Cookie=cookie.partition(";")[0])
            == 101
        )


def test_a_forwarded_name_is_answered_with_the_token_only(site: Site) -> None:
    site.story("ben-ito", PRIVATE, draft="true").story()
    name = "abc-8000.app.example"
    with previewed(site, "--allow-host", name.upper()) as preview:
        said = "\n".join(preview.said)
        assert f"https://{name}/?token=" in said
        cookie = f"sitegen-preview={preview_token(said)}"
        # some services pass their own name on, some that of this machine
        for host in (name, f"{name}:443", f"localhost:{preview.port}"):
            assert preview.ask("/stories/ben-ito/", Host=host).status == 403
            assert PRIVATE in preview.ask("/stories/ben-ito/", Host=host, Cookie=cookie).text
            for origin in (f"https://{name}", f"https://{name}:8443", f"http://{name}"):
                assert websocket(preview, Origin=origin, Host=host, Cookie=cookie) == 101
                assert websocket(preview, Origin=origin, Host=host) == 403
            for origin in (
                f"https://evil.{name}",
                "https://app.example",
                f"file://{name}",
                f"https://{name}.x",
            ):
                assert websocket(preview, Origin=origin, Host=host, Cookie=cookie) == 403
        for host in (f"evil.{name}", "app.example", f"{name}.evil.example", f"{name}:443:1"):
            assert preview.ask("/", Host=host, Cookie=cookie).status == 403
        # behind a name without a port, the script connects to the port of the protocol
        script = preview.ask("/livereload.js", Cookie=cookie).text
        assert "this.port = location.protocol === 'https:' ? 443 : 80;" in script


@pytest.mark.parametrize("name", ["https://a.example", "a.example:443", "*.example", "", "a b"])
def test_a_forwarded_name_is_a_host_name(site: Site, name: str) -> None:
    done = terminal.run(site.story(), "serve", "--allow-host", name)
    assert done.returncode == 2
    assert "Write it without https:// and without a port." in done.stderr


def preview_token(said: str) -> str:
    """Return the token in the output of a dev server."""
    found = re.search(r"\?token=([\w-]{20,})", said)
    assert found
    return found[1]


def test_every_preview_has_a_token_of_its_own() -> None:
    assert access.control_for("0.0.0.0", 8000).token != access.control_for("0.0.0.0", 8000).token
    assert access.control_for("127.0.0.1", 8000).token == access.control_for("::1", 8000).token == ""
    assert access.control_for("192.168.7.7", 8000).token


@pytest.mark.parametrize(
    ("origin", "host", "is_own"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("https://a.example", "a.example", True),
        ("https://a.example", "localhost:8000", True),
        ("https://b.example", "localhost:8000", False),
        ("https://b.example", "b.example", False),
        ("null", "localhost:8000", False),
        ("", "", False),
    ],
)
def test_a_page_is_own_if_origin_and_host_agree(origin: str, host: str, is_own: bool) -> None:
    assert access.control_for("127.0.0.1", 8000, ["a.example"]).is_own_page(origin, host) is is_own


# -- the door -------------------------------------------------------------------------------


def test_only_the_dev_server_reads_uncleared_stories() -> None:
    package = Path(sitegen.__file__).parent
    modules = {
        ".".join(file.relative_to(package).with_suffix("").parts): file.read_text()
        for file in package.rglob("*.py")
    }

    def naming(word: str) -> set[str]:
        return {
            module
            for module, code in modules.items()
            for token in tokenize.generate_tokens(io.StringIO(code).readline)
            if token.type == tokenize.NAME and token.string == word
        }

    def importing(module: str) -> set[str]:
        *packages, name = f"sitegen.{module}".split(".")
        package = re.escape(".".join(packages))
        whole = rf"from {package} import (?:\([^)]*|.*)\b{name}\b"
        parts = rf"from {package}\.{name} import"
        return {each for each, code in modules.items() if re.search(rf"{whole}|{parts}", code)}

    assert naming("UnclearedPreview") == {"core.model", "consent.gate"}
    assert naming("preview_uncleared") == {"consent.gate", "devserver.draft_pages"}
    preview = {"devserver.routes", "devserver.server", "devserver.session"}
    desk = {f"devserver.desk.{name}" for name in ("context", "photos", "public_view")}
    assert importing("devserver.draft_pages") == preview | desk
    assert naming("render_draft") == preview | {"devserver.draft_pages", "devserver.desk.public_view"}
    assert importing("devserver.session") == {"cli.serve", "devserver.serve"}
