"""HTTP server: tornado in a thread, with livereload's protocol.

livereload's own `Server` isn't used: any website can make it reload all browsers, it doesn't check Host or
Origin, and it occupies the main thread, in which the site is built.
"""

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError

from sitegen.devserver import routes
from sitegen.devserver.access import AccessControl
from sitegen.devserver.checked_handler import CheckedHandler
from sitegen.devserver.dashboard import Hidden
from sitegen.devserver.desk.context import Desk
from sitegen.devserver.desk_handler import MOST_BODY_BYTES, DeskPages, DeskStart
from sitegen.devserver.draft_pages import DraftPage
from sitegen.devserver.routes import PreviewState

PORTS = 20
"""Number of ports that are tried, beginning with the wanted one."""


class PreviewSession(Protocol):
    """What the server needs of a preview session."""

    @property
    def state(self) -> PreviewState:
        """What is served at the moment."""

    def render_draft(self, hidden: Hidden, with_card: bool) -> "Future[DraftPage]":
        """Queue the rendering of a hidden story or item, with its social card if `with_card`."""

    def run(self, task: Callable[[], Any]) -> "Future[Any]":
        """Queue a task, so that no build runs at the same time."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Return sockets at the wanted port or the first free one after it. Raises OSError."""
    ports = range(port, min(port + PORTS, 65536)) if port else [0]
    for each in ports:
        try:
            return _bound(host, each)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or each == ports[-1]:
                raise
    raise AssertionError


def _bound(host: str, port: int) -> list[socket.socket]:
    """Return a socket for each address of a host, all at one port. Raises OSError.

    tornado's `bind_sockets` leaves a socket open if the port is in use, which causes a ResourceWarning.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with contextlib.ExitStack() as opened:
        sockets: list[socket.socket] = []
        for family, address in sorted({(each[0], str(each[4][0])) for each in found}):
            number = sockets[0].getsockname()[1] if sockets else port
            try:
                bound = opened.enter_context(socket.create_server((address, number), family=family))
            except OSError as error:
                # localhost may resolve to ::1 on a machine without IPv6
                if error.errno == errno.EADDRINUSE or not sockets:
                    raise
                continue
            bound.setblocking(False)
            sockets.append(bound)
        opened.pop_all()
    return sockets


class Server(threading.Thread):
    """The thread that serves a session until `stop` is called."""

    def __init__(
        self,
        session: PreviewSession,
        sockets: list[socket.socket],
        access_control: AccessControl,
        desk: Desk,
    ) -> None:
        super().__init__(name="sitegen-server", daemon=True)
        self._sockets = sockets
        self._ready = threading.Event()
        for name in ("tornado", "livereload"):
            logger = logging.getLogger(name)
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
        LiveReloadHandler.watcher = (
            Watcher()
        )  # livereload reads its file name for the log; it is never started
        LiveReloadHandler.live_css = True
        self._application = Application(
            [
                (r"/livereload", Messages),
                (r"/livereload\.js", Script),
                (r"/_desk", DeskStart),
                (r"/_desk/(.*)", DeskPages),
                (r"/(.*)", Pages),
            ],
            log_function=lambda _: None,
            session=session,
            access_control=access_control,
            desk=desk,
            served={},
        )

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(self._application, max_body_size=MOST_BODY_BYTES)
        server.add_sockets(self._sockets)
        self._ready.set()
        await self._stopping.wait()
        server.stop()
        for waiter in LiveReloadHandler.waiters.copy():
            waiter.close()
        await server.close_all_connections()

    def reload(self, path: str) -> None:
        """Make all browsers reload the page, or only the style sheet at `path`."""
        self._call(lambda: LiveReloadHandler.reload_waiters(path))

    def stop(self) -> None:
        """End the thread."""
        if self.is_alive():
            self._call(self._set_stopping)
            self.join(timeout=2)
        for each in self._sockets:
            each.close()

    def _set_stopping(self) -> None:
        self._stopping.set()

    def _call(self, function: Callable[[], None]) -> None:
        # before the event loop runs, no browser is connected
        if self.is_alive() and self._ready.wait(timeout=5):
            self._loop.call_soon_threadsafe(function)


class Pages(CheckedHandler):
    """Serves the site and the preview's own pages."""

    async def get(self, address: str) -> None:
        session: PreviewSession = self.settings["session"]
        number = self.get_query_argument("page", "")
        number_of_page = int(number) if number.isdecimal() and len(number) < 6 else 1

        async def render_draft(hidden: Hidden, with_card: bool) -> DraftPage:
            return await asyncio.wrap_future(session.render_draft(hidden, with_card))

        state = session.state
        try:
            answer = await routes.answer(state, address, number_of_page, render_draft)
        except Exception as error:  # the preview outlives any error of a page
            answer = routes.failed(state, error)
        if answer.status == 404 and session.state is not state:  # a build has replaced the tree meanwhile
            state = session.state
            answer = await routes.answer(state, address, number_of_page, render_draft)
        self.settings["served"][address] = state.generation
        if answer.location:
            self.redirect(answer.location)
            return
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.kind)
        self.finish(answer.body)

    async def head(self, address: str) -> None:
        await self.get(address)


DEFAULT_PORT = b"this.port = location.protocol === 'https:' ? 443 : 80;"


class Script(CheckedHandler, LiveReloadJSHandler):  # type: ignore[misc] # livereload has no types
    """Serves livereload's script for browsers."""

    def write(self, chunk: str | bytes | dict[str, Any]) -> None:
        """Write the script so that an address without a port has that of its protocol, not livereload's."""
        super().write(
            chunk.replace(b"this.port = 35729;", DEFAULT_PORT) if isinstance(chunk, bytes) else chunk
        )


class Messages(CheckedHandler, LiveReloadHandler):  # type: ignore[misc]
    """The websocket that tells browsers to reload."""

    def prepare(self) -> None:
        super().prepare()
        # browsers always send Origin with a websocket; other websites must not learn what is edited
        if not self.access_control.allows_origin(self.request.headers.get("Origin", "")):
            raise HTTPError(403, reason="This preview answers only to its own pages")

    def check_origin(self, origin: str) -> bool:
        return self.access_control.allows_origin(origin)

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            page = self._page(message)
        except (ValueError, AttributeError, TypeError, KeyError):
            self.close(1003)  # the message isn't livereload's (RFC 6455, 7.4.1: unsupported data)
            return
        if (
            page is not None
            and self.settings["served"].get(page, -1) < self.settings["session"].state.generation
        ):
            self.send_message({"command": "reload", "path": "*", "liveCSS": True})

    @staticmethod
    def _page(message: str | bytes) -> str | None:
        """Return the page's address if the message names one; reloads before that didn't reach the page."""
        found = json_decode(message)
        if found.get("command") != "info" or "url" not in found:
            return None
        return unquote(urlsplit(str(found["url"])).path).removeprefix("/")
