"""External link check: requests each link to another website once."""

import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import __version__
from sitegen.content.discovery import ContentFiles
from sitegen.core.diagnostics import Problem, Remark, Severity, Where
from sitegen.core.problem_codes import Code
from sitegen.lint import document as documents
from sitegen.markup import render

AGENT = f"sitegen/{__version__} (checks the links of a website)"
PATIENCE = 15
"""Seconds that a website may take to answer."""
PAUSE = 1.0
"""Seconds between two requests to one host."""

REFUSES_TO_SAY = frozenset({401, 403, 405, 406, 429, 451, 501, 503, 999})
"""Status codes of websites that exist but refuse requests from programs."""


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link to another website, and its place."""

    address: str
    where: Where


def links(root: Path, files: ContentFiles) -> Iterator[ExternalLink]:
    """Yield the links to other websites in the texts of a site, and the websites of networks."""
    for one in documents.read(root, files):
        source, document = one.source, one.document
        body, _ = render.render(document.body)
        for address in body.links:
            if address.startswith(("http://", "https://")):
                found = Remark(Code.DEAD_LINK, "", "", address)
                placed = found.at(source.path, document.body, document.body_line)
                yield ExternalLink(address, placed.where)
        website = document.values.get("website")
        if isinstance(website, str) and website.startswith(("http://", "https://")):
            yield ExternalLink(website, document.where(source.path, ("website",)))


def check(links: Iterable[ExternalLink], wait: Callable[[float], None] = time.sleep) -> Iterator[Problem]:
    """Yield a warning for each place of a dead link; each address is requested once."""
    places: dict[str, list[Where]] = defaultdict(list)
    for link in links:
        places[link.address].append(link.where)
    asked: set[str] = set()
    for address, where in sorted(places.items()):
        host = urlsplit(address).netloc
        if host in asked:
            wait(PAUSE)
        asked.add(host)
        if said := _what_is_wrong(address):
            message, hint = f"{address} {said}.", "Look for its new address, or take the link out."
            places_once = sorted(set(where))
            yield from (Problem(Code.DEAD_LINK, one, message, hint, Severity.WARNING) for one in places_once)


def _what_is_wrong(address: str) -> str:
    try:
        status = _status(address, "HEAD")
        if status >= HTTPStatus.BAD_REQUEST:
            status = _status(address, "GET")
    except (OSError, ValueError):  # no such host, no connection, no certificate, no address
        return "doesn't answer"
    is_there = status < HTTPStatus.BAD_REQUEST or status in REFUSES_TO_SAY
    return "" if is_there else f"answers with {status}"


def _status(address: str, method: str) -> int:
    request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - http and https only
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
