"""Program runner: in this process, in its own, or at a pseudo-terminal."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner

from sitegen.cli.main import sitegen
from tests.support.site import Site

QUIET = {"NO_COLOR": "1", "COLUMNS": "160"}


def run_here(root: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in this process, without a terminal: a tenth of the time of the real program."""
    done = CliRunner(env={**QUIET, **environment}).invoke(sitegen, ["--root", str(root), *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def run(site: Site, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of a site in this process, without a terminal."""
    return run_here(site.root, *words, **environment)


def program(
    *words: str, folder: Path | None = None, environment: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.CompletedProcess[str]":
    """Run the real program without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *words],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", **environment},
        stdin=subprocess.DEVNULL,
    )


PATIENCE = 60
"""Seconds without output after which a test fails, even on a slow machine."""


def _control_terminal() -> None:
    """Let Ctrl-C typed at the terminal end the program, even where tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """The real program in a pseudo-terminal of its own."""

    def __init__(self, *words: str, folder: Path | None = None, **environment: str) -> None:
        self.end, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sitegen", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", "COLUMNS": "120", **environment},
            start_new_session=True,
            preexec_fn=_control_terminal,  # noqa: PLW1509
        )
        os.close(theirs)
        self.said = ""
        self.read = 0

    def expect(self, words: str) -> "Terminal":
        """Wait until new output of the program has some words."""
        while words not in self.said[self.read :]:
            if not self._more():
                self.end_now()
                raise AssertionError(f"{words!r} was not said. This was:\n{self.said}")
        self.read = self.said.index(words, self.read) + len(words)
        return self

    def answer(self, words: str = "") -> "Terminal":
        """Type a line."""
        os.write(self.end, f"{words}\n".encode())
        return self

    def interrupt(self) -> "Terminal":
        """Press Ctrl-C at a question until the program ends: Python misses it while it begins to read."""
        for _ in range(PATIENCE):
            os.write(self.end, b"\x03")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                break
        return self

    def exit_code(self) -> int:
        """Wait for the end."""
        while self._more():
            pass
        os.close(self.end)
        return self.process.wait(PATIENCE)

    def end_now(self) -> None:
        """Kill the program, and leave neither it nor the terminal to the garbage collector."""
        self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self.end)

    def _more(self) -> bool:
        ready, _, _ = select.select([self.end], [], [], PATIENCE)
        if not ready:
            self.process.kill()
            return False
        try:
            data = os.read(self.end, 65536)
        except OSError:  # EIO on Linux when the other end is closed
            return False
        self.said += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
