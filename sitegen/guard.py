"""Who may ask the preview for anything: by which name, from which page, and with which token.

A page of somebody else's can make a browser ask this machine, and can give its own name to this
machine's address (DNS rebinding). What it can't do is write another name into `Host` or `Origin`.
"""

import hmac
import ipaddress
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to listen there is what --host is asked for
COOKIE = "sitegen-preview"


@dataclass(frozen=True, slots=True)
class Guard:
    """The names by which the preview can be asked for, each with its port; and a token, if one is needed."""

    names: frozenset[str]
    token: str = ""

    def knows_host(self, host: str) -> bool:
        """Tell whether a request asks for one of the preview's names (RFC 9110, 7.2)."""
        return host.lower() in self.names

    def knows_origin(self, origin: str) -> bool:
        """Tell whether a page that opens a websocket is one of the preview's (RFC 6455, 10.2)."""
        return origin.lower() in {f"http://{name}" for name in self.names}

    def admits(self, given: str) -> bool:
        """Tell whether somebody may see stories that are not public, by the token that they give."""
        return not self.token or hmac.compare_digest(given.encode(), self.token.encode())


def guard(host: str, port: int) -> Guard:
    """Return the guard of a preview that listens at a host and a port."""
    names = {"localhost", "127.0.0.1", "[::1]", _bracketed(host)}
    if host in EVERYWHERE:
        names |= {near_address() or "localhost"}
    named = {f"{name.lower()}:{port}" for name in names}
    # browsers leave the usual port out
    if port == 80:
        named |= {name.lower() for name in names}
    return Guard(frozenset(named), "" if is_private(host) else secrets.token_urlsafe(16))


def shown_name(host: str, guard: Guard) -> str:
    """Return name and port at which to open a preview: where it listens everywhere, those for others."""
    wanted = near_address() or "127.0.0.1" if host in EVERYWHERE else host
    return next((name for name in guard.names if name.startswith(f"{_bracketed(wanted.lower())}:")), wanted)


def is_private(host: str) -> bool:
    """Tell whether only this machine can reach what listens at a host."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def near_address() -> str:
    """Return the address by which others in the same network reach this machine; "" without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # nothing is sent; the system only chooses the way (the address is for documentation, RFC 5737)
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(asking.getsockname()[0])


def token_in(headers: Mapping[str, str]) -> str:
    """Return the token that a browser was given before; "" where it has none."""
    try:
        morsel = SimpleCookie(headers.get("Cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
