"""Fixtures: two sites behind a real nginx, this repository's and a large one."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest

from sitegen.build import build
from sitegen.pipeline.request import BuildRequest
from tests.external import large_site as content

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".venv" / "node"
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Served:
    """A served site: its folder and its address.

    `plain` redirects to the encrypted address; `local` has the same site without encryption, for tools that
    reject a self-signed certificate.
    """

    public: Path
    origin: str
    plain: str = ""
    local: str = ""


@dataclass(frozen=True)
class Answer:
    """Response of a server; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str, **headers: str) -> Answer:
    """Send a request to a server on this machine with a self-signed certificate; follow no redirect."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    opener = build_opener(_Stay, HTTPSHandler(context=anybody))
    try:
        answered = opener.open(Request(address, headers=headers), timeout=30)
    except HTTPError as refused:
        answered = refused
    with answered:
        names = {name.lower(): value for name, value in answered.headers.items()}
        return Answer(answered.status, names, answered.read())


def needed(program: str, package: str) -> str:
    """Return the path of a program; fail with the command that installs it."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/bin")
    if found is None:
        pytest.fail(f"The audit needs {program}: apt-get install {package}")
    return found


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for certificates, configurations and logs."""
    folder = tmp_path_factory.mktemp("servers")
    subprocess.run(
        [needed("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={HERE}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def ports(number: int) -> list[int]:
    """Return free port numbers."""
    sockets = [socket.create_server((HERE, 0)) for _ in range(number)]
    found = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return found


@contextmanager
def running(command: Sequence[str | Path], log: Path, port: int) -> Iterator[None]:
    """Run a server until the end of the block, and wait until it answers."""
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=written) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex((HERE, port)) == 0:
                        break
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


@contextmanager
def nginx(public: Path, work: Path, plain: int, secure: int) -> Iterator[Served]:
    """Serve a folder with docs/nginx.conf, except for names, paths and ports."""
    text = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
    (local,) = ports(1)
    changes = {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen {HERE}:{plain};",
        "listen 443 ssl http2;": f"listen {HERE}:{secure} ssl http2; listen {HERE}:{local};",
        "https://psec.example": f"https://{HERE}:{secure}",
        "server_name psec.example": f"server_name {HERE}",
        "/etc/letsencrypt/live/psec.example/fullchain.pem": str(work / "cert.pem"),
        "/etc/letsencrypt/live/psec.example/privkey.pem": str(work / "key.pem"),
        "/srv/psec/public": str(public),
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    place = work / f"nginx-{secure}"
    place.mkdir()
    temporary = "".join(
        f"{kind}_temp_path {place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # started by root, nginx would run as `nobody`, which can't read pytest's folders
    who = "user root;\n" if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"{who}pid {place}/pid;\ndaemon off;\nerror_log {place}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{text}}}\n"
    )
    command = [needed("nginx", "nginx-light"), "-p", str(place), "-c", str(place / "nginx.conf")]
    with running(command, place / "log", secure):
        yield Served(public, f"https://{HERE}:{secure}", f"http://{HERE}:{plain}", f"http://{HERE}:{local}")


@pytest.fixture(scope="session")
def collective(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site of this repository."""
    root = tmp_path_factory.mktemp("collective")
    plain, secure = ports(2)
    shutil.copytree(ROOT / "content", root / "content")
    settings = root / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("https://psec.example", f"https://{HERE}:{secure}"), encoding="utf-8")
    with nginx(_built(root), work, plain, secure) as served:
        yield served


@pytest.fixture(scope="session")
def large_site(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of two hundred stories."""
    root = tmp_path_factory.mktemp("large")
    plain, secure = ports(2)
    content.write(root, f"https://{HERE}:{secure}")
    with nginx(_built(root), work, plain, secure) as served:
        yield served


def _built(root: Path) -> Path:
    report = build(BuildRequest(root, root / "public", date(2026, 11, 21), workers=2))
    assert not report.problems, "\n".join(map(str, report.problems))
    return root / "public"
