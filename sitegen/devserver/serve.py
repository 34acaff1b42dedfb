"""Dev server: `sitegen serve`, from the first build to Ctrl-C.

The main thread runs all builds one at a time, so that Ctrl-C ends them at once. The watcher and the HTTP
server run in threads of their own and queue work for the main thread.
"""

import contextlib
import errno
import secrets
import signal
import webbrowser
from collections.abc import Iterator
from types import FrameType

import segno

from sitegen.devserver import access
from sitegen.devserver.desk.context import Desk
from sitegen.devserver.log import NewBar, Say
from sitegen.devserver.server import Server, listen
from sitegen.devserver.session import PreviewSession, ServeOptions
from sitegen.devserver.target import PreviewTarget
from sitegen.devserver.watcher import Watcher
from sitegen.engine import workers

STOPS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end the preview; Windows has no SIGHUP."""


def serve(options: ServeOptions, say: Say, new_bar: NewBar) -> None:
    """Serve a preview until a signal ends it. Raises ListenError if no port can be opened."""
    with _stoppable():
        try:
            sockets = listen(options.host, options.port)
        except OSError as error:
            raise ListenError(_why_not_listening(options, error)) from None
        access_control = access.control_for(options.host, sockets[0].getsockname()[1], options.forwarded)
        target = PreviewTarget(options.root)
        session = PreviewSession(options, target, say, new_bar)
        can_edit = options.edit or not access_control.token
        desk = Desk(session, secrets.token_urlsafe(24), can_edit, options.destination)
        server = Server(session, sockets, access_control, desk)
        watcher = Watcher(options.root, session.changed)
        session.reload_browsers = server.reload
        try:
            session.build(frozenset())
            workers.start_fork_server("sitegen.build")
            server.start()
            _say_where(options, session, access_control, say)
            watcher.start()
            session.work()
        except KeyboardInterrupt:
            say("Stopped. The preview's files are deleted; public/ was not changed. Next: sitegen build")
        finally:
            _ignore_stops()
            target.close()
            watcher.stop()
            server.stop()


class ListenError(Exception):
    """No port can be opened; the message says why and what to do."""


def _why_not_listening(options: ServeOptions, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Ports {options.port} and up are in use. Choose another with --port, or use --port 0 for any."
    if error.errno == errno.EACCES:
        return f"Port {options.port} is reserved for the system. Choose 1024 or higher with --port."
    return f"This computer has no address {options.host}. Leave out --host, or try --host 0.0.0.0."


def _say_where(
    options: ServeOptions, session: PreviewSession, access_control: access.AccessControl, say: Say
) -> None:
    """Print the addresses, who can open them, and the next step."""
    name = access.shown_name(options.host, access_control)
    origin = f"http://{name}"
    if options.forwarded:
        origin = f"https://{options.forwarded[0].lower()}"
        say(f"{origin} has to lead to port {name.rpartition(':')[2]} of this computer.")
    start = f"{origin}{session.state.overview.base}/"
    own = f"{origin}/_preview/"
    token = f"?token={access_control.token}" if access_control.token else ""
    if token:
        edits = ", change and publish them" if options.edit else ""
        say(
            "Anyone who can reach this computer and has the address below, with its token, can read stories "
            f"that are not public{edits}. Share it only with people who may do so, and press Ctrl-C when you "
            "are done.",
            fg="yellow",
        )
    else:
        say("Only this computer can open these addresses.")
    say(f"Preview:   {start}{token}", fg="green")
    say(f"Desk:      {origin}/_desk/{token} (add and edit stories)", fg="green")
    say(f"Dashboard: {own}{token} (every story: Draft, Needs fixing or Live, and why)", fg="green")
    if options.admin:
        say(f"Forms:     {origin}/admin/{token} (in Chrome or Edge; choose {options.root})", fg="green")
    if token:
        say(_code(f"{start}{token}"))
    say("Next: edit and save; the browser updates by itself. Press Ctrl-C to stop.")
    if options.open_browser:
        webbrowser.open(f"{start}{token}")


def _code(address: str) -> str:
    """Return the QR code of an address in half-block characters, light on dark as in most terminals."""
    rows = [list(row) for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    rows.append([0] * len(rows[0]))
    return "\n".join(
        "".join("█▀▄ "[2 * upper + lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=False)
    )


# -- signals --------------------------------------------------------------------------------


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Turn each signal in STOPS into KeyboardInterrupt, and restore the handlers afterwards."""
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
    """Ignore further signals while the temporary folder is deleted."""
    for name in STOPS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
