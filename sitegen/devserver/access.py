"""Access control: checks of the Host and Origin headers, and of a token.

Another website can make a browser send requests to this machine, and can point its own name at this
machine's address (DNS rebinding). It can't forge the `Host` or `Origin` header.
"""

import hmac
import ipaddress
import re
import secrets
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only if --host asks for it
COOKIE = "sitegen-preview"


@dataclass(frozen=True, slots=True)
class AccessControl:
    """Accepted host names, each with its port, and the token, "" if none is needed.

    `forwarded` are names, without a port, of forwarding services, which choose port and protocol themselves.
    """

    names: frozenset[str]
    token: str = ""
    forwarded: frozenset[str] = frozenset()

    def allows_host(self, host: str) -> bool:
        """Check the Host header of a request (RFC 9110, 7.2)."""
        return host.lower() in self.names or _without_port(host) in self.forwarded

    def allows_origin(self, origin: str) -> bool:
        """Check the Origin header of a websocket (RFC 6455, 10.2)."""
        protocol, _, host = origin.lower().partition("://")
        if protocol == "http" and host in self.names:
            return True
        return protocol in ("http", "https") and _without_port(host) in self.forwarded

    def is_own_page(self, origin: str, host: str) -> bool:
        """Whether a request was sent by a page of the server itself (Fetch standard, 3.2): Origin and Host.

        Forwarding services may replace the Host header, but not the Origin of the page.
        """
        name = origin.lower().partition("://")[2]
        is_same = name == host.lower() or _without_port(name) in self.forwarded
        return self.allows_origin(origin) and is_same

    def accepts_token(self, given: str) -> bool:
        """Compare a token in constant time."""
        return not self.token or hmac.compare_digest(given.encode(), self.token.encode())


def control_for(host: str, port: int, forwarded: Iterable[str] = ()) -> AccessControl:
    """Return the access control for a host and port, with a new token unless only this machine has access."""
    names = {"localhost", "127.0.0.1", "[::1]", _bracketed(host)}
    if host in EVERYWHERE:
        names |= {near_address() or "localhost"}
    named = {f"{name.lower()}:{port}" for name in names}
    # browsers omit the default port
    if port == 80:
        named |= {name.lower() for name in names}
    others = frozenset(name.lower() for name in forwarded)
    token = "" if is_private(host) and not others else secrets.token_urlsafe(16)
    return AccessControl(frozenset(named), token, others)


def shown_name(host: str, access_control: AccessControl) -> str:
    """Return the name and port to show: of the network address if the host is a wildcard."""
    wanted = near_address() or "127.0.0.1" if host in EVERYWHERE else host
    prefix = f"{_bracketed(wanted.lower())}:"
    return next((name for name in access_control.names if name.startswith(prefix)), wanted)


def is_private(host: str) -> bool:
    """Tell whether a host is a loopback address, which only this machine can reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def near_address() -> str:
    """Return this machine's address in its local network; "" without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # a UDP connect sends nothing, it only selects the route (documentation address, RFC 5737)
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def token_in(headers: Mapping[str, str]) -> str:
    """Return the token in the cookie; "" without one."""
    try:
        morsel = SimpleCookie(headers.get("Cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _without_port(host: str) -> str:
    return re.sub(r":\d*$", "", host.lower())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
