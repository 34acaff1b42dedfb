"""The preview: what an editor sees while writing, from `sitegen serve` to Ctrl-C.

Everything is made in the main thread, one thing after the other, so that Ctrl-C ends it at once. The
watcher and the server live in threads of their own and hand over what is to be done.
"""

import contextlib
import errno
import signal
import webbrowser
from collections.abc import Iterator
from types import FrameType

import segno

from sitegen import crew, guard, words
from sitegen.greenroom import Greenroom
from sitegen.house import House, Wish
from sitegen.server import Server, listen
from sitegen.watch import Watcher

STOPS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end a preview; not every system has them all."""


def serve(wish: Wish) -> None:
    """Serve a preview until somebody stops it. Raises Deaf where it can listen nowhere."""
    with _stoppable():
        try:
            sockets = listen(wish.host, wish.port)
        except OSError as error:
            raise Deaf(_why_deaf(wish, error)) from None
        keeper = guard.guard(wish.host, sockets[0].getsockname()[1])
        room = Greenroom(wish.root)
        house = House(wish, room)
        server = Server(house, sockets, keeper)
        watcher = Watcher(wish.root, house.changed)
        house.tell_browsers = server.reload
        try:
            house.build(frozenset())
            crew.expect_work("sitegen.build")
            server.start()
            _say_where(wish, house, keeper)
            watcher.start()
            house.work()
        except KeyboardInterrupt:
            words.say("Stopped. Nothing of the preview is left; public/ is as it was.")
        finally:
            _ignore_stops()
            room.close()
            watcher.stop()
            server.stop()


class Deaf(Exception):
    """The preview can listen nowhere; its text says why, and what to do."""


def _why_deaf(wish: Wish, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"All ports from {wish.port} on are taken. Name another one with --port, or any with --port 0."
    if error.errno == errno.EACCES:
        return f"Port {wish.port} is kept for the system. Name one from 1024 on with --port."
    return f"This machine has no address {wish.host} to listen at. Leave --host out, or try --host 0.0.0.0."


def _say_where(wish: Wish, house: House, keeper: guard.Guard) -> None:
    """Say where the preview is, who can see it, and what comes next."""
    name = guard.shown_name(wish.host, keeper)
    start = f"http://{name}{house.showing.stage.base}/"
    own = f"http://{name}/_preview/"
    token = f"?token={keeper.token}" if keeper.token else ""
    if token:
        words.say(
            "Everybody in your network who has the address below, token included, can read stories that are "
            "not public. Share it only with those who may, and stop the preview when you are done.",
            fg="yellow",
        )
    else:
        words.say("Only this machine can open these addresses.")
    words.say(f"Preview:   {start}{token}", fg="green")
    words.say(f"Backstage: {own}{token} (what is withheld, and why)", fg="green")
    if wish.admin:
        words.say(
            f"Forms:     http://{name}/admin/{token} (in Chrome or Edge; choose {wish.root})", fg="green"
        )
    if token:
        words.say(_code(f"{start}{token}"))
    words.say("Next: edit and save; the browser follows. Ctrl-C ends the preview.")
    if wish.open_browser:
        webbrowser.open(f"{start}{token}")


def _code(address: str) -> str:
    """Return the QR code of an address, in half blocks, light on dark as most terminals are."""
    rows = [list(row) for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    rows.append([0] * len(rows[0]))
    return "\n".join(
        "".join("█▀▄ "[2 * upper + lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=False)
    )


# -- stopping -------------------------------------------------------------------------------


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Have every signal that ends a preview end it in the same way, as Ctrl-C does."""
    numbers = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    before = {number: signal.signal(number, _stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ignore_stops() -> None:
    """Let nothing keep the preview from tidying up."""
    for name in STOPS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
