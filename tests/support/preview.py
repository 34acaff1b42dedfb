"""Dev server in a process of its own, on a test site."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.site import TODAY, Site

PATIENCE = 60.0
"""Seconds after which a test fails; not a measure of speed."""


@dataclass(frozen=True, slots=True)
class Response:
    """Response of a server."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


class Preview:
    """A running dev server, and its output so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as stderr:
            for line in stderr:
                self._lines.put(line.rstrip("\n"))

    def hear(self, wanted: str) -> str:
        """Wait for an output line with the wanted words, and return it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None or not self._lines.empty(), "\n".join(self.said)
                continue
            self.said.append(line)
            if wanted in line:
                return line
        raise AssertionError(f"{wanted!r} was never said:\n" + "\n".join(self.said))

    def start(self) -> Preview:
        """Wait until it serves, and store its address."""
        self.address = self.hear("Preview: ").split()[1]
        found = re.match(r"http://([^/]+):(\d+)/", self.address)
        if found:
            self.host, self.port = found[1], int(found[2])
        else:  # behind a forwarded name
            forwarded = re.search(r"port (\d+) of this computer", "\n".join(self.said))
            assert forwarded
            self.host, self.port = "127.0.0.1", int(forwarded[1])
        self.origin = f"http://{self.host}:{self.port}"
        self.hear("Next: ")
        return self

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Send a request with an unchanged path; `_` in the names of headers becomes `-`."""
        return self.send(method, path, b"", headers)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Send a request with a body, if it isn't empty."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            response = connection.getresponse()
            return Response(response.status, response.headers, response.read())
        finally:
            connection.close()

    def read(self, path: str) -> str:
        """Return the text at a path."""
        return self.ask(path).text

    def wait(self, path: str, fits: Callable[[str], bool]) -> str:
        """Request a path until its text fits, and return it."""
        until = time.monotonic() + PATIENCE
        while not fits(text := self.read(path)):
            assert time.monotonic() < until, f"{path} stayed as it was:\n{text}\n" + "\n".join(self.said)
            time.sleep(0.05)
        return text

    def wait_for(self, path: str, words: str) -> str:
        """Request a path until its text has some words."""
        return self.wait(path, lambda text: words in text)

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Stop it; return its exit code and its output."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE)
        self._listening.join(timeout=PATIENCE)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return code, "\n".join(self.said)


@contextmanager
def previewed(site: Site, *options: str, **environment: str) -> Iterator[Preview]:
    """Serve a site at a free port, with warnings as errors; always stop it at the end."""
    words = ["--root", str(site.root), "serve", "--date", str(TODAY), "--jobs", "1", *options]
    words += [] if "--port" in options else ["--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "sitegen", *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )
    preview = Preview(process)
    try:
        yield preview.start()
    finally:
        if process.poll() is None:
            try:
                preview.stop()
            finally:
                process.kill()
