"""The preview's server: livereload's protocol and script, on tornado, behind a guard, in a thread of its own.

livereload's own `Server` isn't used: it has an address at which anybody's page can have all browsers
reload, asks nobody for Host or Origin, and keeps the main thread, in which the site is built.
"""

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from sitegen import answers, guard
from sitegen.answers import Showing
from sitegen.backstage import Hidden
from sitegen.guard import Guard
from sitegen.rehearsal import Rehearsed

PORTS = 20
"""How many ports are tried, from the wanted one on."""


class House(Protocol):
    """What the server shows."""

    @property
    def showing(self) -> Showing:
        """What is shown at the moment."""

    def rehearse(self, hidden: Hidden, with_card: bool) -> "Future[Rehearsed]":
        """Have the page of what is withheld made, when its turn has come; and, if wished, its card."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Return sockets at the wanted port, or at the first free one after it. Raises OSError."""
    ports = range(port, min(port + PORTS, 65536)) if port else [0]
    for each in ports:
        try:
            return _bound(host, each)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or each == ports[-1]:
                raise
    raise AssertionError


def _bound(host: str, port: int) -> list[socket.socket]:
    """Return a socket at each address of a host, all at one port. Raises OSError.

    tornado's own way leaves a socket open where the port is taken, which is a warning at least.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with contextlib.ExitStack() as opened:
        sockets: list[socket.socket] = []
        for family, address in sorted({(each[0], str(each[4][0])) for each in found}):
            number = sockets[0].getsockname()[1] if sockets else port
            try:
                bound = opened.enter_context(socket.create_server((address, number), family=family))
            except OSError as error:
                # besides its first address a name such as localhost may have one that this machine lacks
                if error.errno == errno.EADDRINUSE or not sockets:
                    raise
                continue
            bound.setblocking(False)
            sockets.append(bound)
        opened.pop_all()
    return sockets


class Server(threading.Thread):
    """Serves a house until it is stopped."""

    def __init__(self, house: House, sockets: list[socket.socket], guard: Guard) -> None:
        super().__init__(name="sitegen-server", daemon=True)
        self._sockets = sockets
        self._ready = threading.Event()
        self._house = house
        for name in ("tornado", "livereload"):
            logger = logging.getLogger(name)
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
        LiveReloadHandler.watcher = Watcher()  # it names the file in its log, and never starts
        LiveReloadHandler.live_css = True
        self._application = Application(
            [(r"/livereload", Messages), (r"/livereload\.js", Script), (r"/(.*)", Pages)],
            log_function=lambda _: None,
            house=house,
            guard=guard,
            served={},
        )

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(self._application)
        server.add_sockets(self._sockets)
        self._ready.set()
        await self._over.wait()
        server.stop()
        for waiter in LiveReloadHandler.waiters.copy():
            waiter.close()
        await server.close_all_connections()

    def reload(self, path: str) -> None:
        """Tell all browsers to reload their page, or, where it is a style sheet's path, only that."""
        self._call(lambda: LiveReloadHandler.reload_waiters(path))

    def stop(self) -> None:
        """End the thread."""
        if self.is_alive():
            self._call(self._set)
            self.join(timeout=2)
        for each in self._sockets:
            each.close()

    def _set(self) -> None:
        self._over.set()

    def _call(self, function: Callable[[], None]) -> None:
        # before it serves, there is nobody to tell
        if self.is_alive() and self._ready.wait(timeout=5):
            self._loop.call_soon_threadsafe(function)


class Guarded(RequestHandler):
    """Answers only to those whom the guard lets through, and has nothing of it kept anywhere."""

    @property
    def guard(self) -> Guard:
        found: Guard = self.settings["guard"]
        return found

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def prepare(self) -> None:
        if not self.guard.knows_host(self.request.host):
            raise HTTPError(403, reason="This preview answers only to its own address")
        if not self.guard.admits(guard.token_in(self.request.headers)):
            self._let_in()

    def _let_in(self) -> None:
        """Let somebody in whose address has the token, and take it out of the address."""
        if self.request.method not in ("GET", "HEAD") or not self.guard.admits(
            self.get_query_argument("token", "")
        ):
            raise HTTPError(403, reason="Open the whole address that sitegen serve shows")
        self.set_cookie(guard.COOKIE, self.guard.token, httponly=True, samesite="Lax", expires_days=None)
        self.redirect(f"/{self.request.path.lstrip('/')}")

    def compute_etag(self) -> None:
        """Return none: nothing of a preview is kept."""

    def log_exception(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say nothing in the terminal: the page says it."""

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}.\n")


class Pages(Guarded):
    """The site, and the preview's own pages."""

    async def get(self, address: str) -> None:
        house: House = self.settings["house"]
        number = self.get_query_argument("page", "")
        number_of_page = int(number) if number.isdecimal() and len(number) < 6 else 1

        async def rehearse(hidden: Hidden, with_card: bool) -> Rehearsed:
            return await asyncio.wrap_future(house.rehearse(hidden, with_card))

        showing = house.showing
        try:
            answer = await answers.answer(showing, address, number_of_page, rehearse)
        except Exception as error:  # a preview doesn't end because of an error of ours
            answer = answers.failed(showing, error)
        if answer.status == 404 and house.showing is not showing:  # it was just being exchanged
            showing = house.showing
            answer = await answers.answer(showing, address, number_of_page, rehearse)
        self.settings["served"][address] = showing.generation
        if answer.location:
            self.redirect(answer.location)
            return
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.kind)
        self.finish(answer.body)

    async def head(self, address: str) -> None:
        await self.get(address)


class Script(Guarded, LiveReloadJSHandler):  # type: ignore[misc] # it has no types
    """livereload's script for browsers."""


class Messages(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The websocket over which browsers are told to reload."""

    def prepare(self) -> None:
        super().prepare()
        # a browser always names the page that opens a websocket; no other page may learn of what is edited
        if not self.guard.knows_origin(self.request.headers.get("Origin", "")):
            raise HTTPError(403, reason="This preview answers only to its own pages")

    def check_origin(self, origin: str) -> bool:
        return self.guard.knows_origin(origin)

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            told = self._page(message)
        except (ValueError, AttributeError, TypeError, KeyError):
            self.close(1003)  # it isn't livereload that speaks there
            return
        if (
            told is not None
            and self.settings["served"].get(told, -1) < self.settings["house"].showing.generation
        ):
            self.send_message({"command": "reload", "path": "*", "liveCSS": True})

    @staticmethod
    def _page(message: str | bytes) -> str | None:
        """Return the address of a browser's page, once it tells: what happened before wasn't told to it."""
        told = json_decode(message)
        if told.get("command") != "info" or "url" not in told:
            return None
        return unquote(urlsplit(str(told["url"])).path).removeprefix("/")
