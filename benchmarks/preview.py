"""Preview benchmark: seconds from a save to the new page, with `hugo server`.

Both servers run on the same stories, and take turns. A story is saved, then its page is requested until it
has the new text, while a websocket waits for livereload's message; then the same with the base template.
"""

import asyncio
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from benchmarks import workplace
from benchmarks.contestant import Bench, Change, Command, Contestant
from benchmarks.corpus import TODAY, Corpus
from benchmarks.peers import hugo, shared
from benchmarks.peers.sitegen import SITEGEN
from benchmarks.workplace import Workplace

Say = Callable[[str], None]

EDITS: Mapping[Change, int] = {Change.STORY: 20, Change.TEMPLATE: 5}
"""How often each kind of file is saved."""

PATIENCE = 120.0
"""Seconds after which the benchmark gives up on a page."""

HELLO = '{"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}'


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator with a preview server, and the command that starts it at a port."""

    contestant: Contestant
    command: Callable[[Bench, int], Command]


def _sitegen(bench: Bench, port: int) -> Command:
    words = ["-m", "sitegen", "--root", str(bench.site), "serve", "--port", str(port), "--date", str(TODAY)]
    return Command((sys.executable, *words), shared.REPOSITORY)


def _hugo(bench: Bench, port: int) -> Command:
    words = ["server", "--port", str(port), "--bind", "127.0.0.1", "--cacheDir", str(bench.site / "cache")]
    return Command((str(hugo.program(bench.tool)), *words), bench.site)


PEERS = (Peer(SITEGEN, _sitegen), Peer(hugo.HUGO, _hugo))


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds from each save until its page was served, and until the browser got the reload message."""

    served: list[float] = field(default_factory=list)
    reloaded: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Course:
    """A running server, the websocket for its reload messages, and the measured times."""

    peer: Peer
    bench: Bench
    port: int
    log: Path
    messages: list[float] = field(default_factory=list)
    """Time of the reload message, since the last save."""
    waits: dict[Change, Waits] = field(default_factory=lambda: {change: Waits() for change in EDITS})

    def hear(self, message: str | bytes | None) -> None:
        """Record the time of a reload message."""
        if "reload" in str(message) and "hello" not in str(message):
            self.messages.append(time.perf_counter())

    def built(self, change: Change) -> list[float]:
        """Return the seconds that sitegen reports for its rebuilds after saves of a kind."""
        kind = "templates/" if change is Change.TEMPLATE else "content/stories/"
        said = re.findall(rf" {kind}[^ ,]+: made .* in (\d+\.\d+) s\.$", self.log.read_text(), re.MULTILINE)
        return [float(seconds) for seconds in said]


def run(place: Workplace, sizes: Sequence[int], say: Say, edits: Mapping[Change, int] = EDITS) -> None:
    """Measure all peers at each size, and print the medians."""
    for peer in PEERS:
        say(f"{peer.contestant.name} {peer.contestant.install(place.tool(peer.contestant))}")
    for size in sorted(sizes):
        corpus = Corpus(size)
        with ExitStack() as running:
            courses = [running.enter_context(_started(place, peer, corpus)) for peer in PEERS]
            asyncio.run(_measure(courses, corpus, edits))
            for change in edits:
                for course in courses:
                    say(_in_words(course, corpus, change))
        for course in courses:
            workplace.lay_out(place, course.peer.contestant, corpus)


@contextmanager
def _started(place: Workplace, peer: Peer, corpus: Corpus) -> Iterator[Course]:
    """Start a peer's server on its site, as it was written; end it afterwards."""
    workplace.lay_out(place, peer.contestant, corpus)
    bench = place.bench(peer.contestant, corpus)
    for number in range(EDITS[Change.STORY]):
        workplace.edit_story(peer.contestant, corpus, bench, _edited(corpus, number), "")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = peer.command(bench, port)
    log = place.root / f"preview-{peer.contestant.key}.log"
    with log.open("w") as output, _process(command, output):
        yield Course(peer, bench, port, log)


@contextmanager
def _process(command: Command, output: IO[str]) -> Iterator[None]:
    process = subprocess.Popen(command.words, cwd=command.folder, stdout=output, stderr=output)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _edited(corpus: Corpus, number: int) -> int:
    return (corpus.size // 2 + number * 7) % corpus.size


async def _measure(courses: Sequence[Course], corpus: Corpus, edits: Mapping[Change, int]) -> None:
    for course in courses:
        await _until_says(course, "/", "</html>")
        origin = f"http://127.0.0.1:{course.port}"
        address = HTTPRequest(f"ws://127.0.0.1:{course.port}/livereload", headers={"Origin": origin})
        connection = await websocket_connect(address, on_message_callback=course.hear)
        await connection.write_message(HELLO)
        await connection.write_message(f'{{"command": "info", "url": "{origin}/404.html"}}')
    await asyncio.sleep(2)  # let the servers finish their initial work
    for change, times in edits.items():
        for number in range(times):
            for course in courses:
                await _edit(course, corpus, change, number)
                await asyncio.sleep(0.5)


async def _edit(course: Course, corpus: Corpus, change: Change, number: int) -> None:
    """Save a story, or the base template, and record when a story's page and the message arrived."""
    place, sentence = _edited(corpus, number), f"This sentence is number {number} of {time.time_ns()}."
    course.messages.clear()
    began = time.perf_counter()
    if change is Change.TEMPLATE:
        workplace.edit_template(course.peer.contestant, corpus, course.bench, sentence)
    else:
        workplace.edit_story(course.peer.contestant, corpus, course.bench, place, sentence)
    path = f"/stories/{corpus.story(place).slug}/"

    async def reloaded() -> float:
        while not course.messages:
            await asyncio.sleep(0.001)
        return course.messages[0] - began

    async def served() -> float:
        await _until_says(course, path, sentence)
        return time.perf_counter() - began

    both = asyncio.gather(reloaded(), served())
    message, page = await asyncio.wait_for(both, PATIENCE)
    course.waits[change].reloaded.append(message)
    course.waits[change].served.append(page)


async def _until_says(course: Course, path: str, words: str) -> None:
    """Request a page repeatedly, until it has certain words."""
    client = AsyncHTTPClient()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            answer = await client.fetch(f"http://127.0.0.1:{course.port}{path}", request_timeout=PATIENCE)
            if words.encode() in answer.body:
                return
        except (HTTPClientError, OSError):
            pass
        await asyncio.sleep(0.002)
    raise TimeoutError(f"{course.peer.contestant.name}: {path} never said {words!r}")


def _in_words(course: Course, corpus: Corpus, change: Change) -> str:
    """Return a line with the medians, in milliseconds."""
    waits = course.waits[change]
    served, reloaded = (1000 * statistics.median(times) for times in (waits.served, waits.reloaded))
    name = f"{corpus.size:,} stories, {change.value}: {course.peer.contestant.name:8}"
    line = f"{name} save to served {served:5.0f} ms, to message {reloaded:5.0f} ms"
    if built := course.built(change):
        line += f" (of which the build {1000 * statistics.median(built):.0f} ms)"
    return f"{line}, median of {len(waits.reloaded)}"
