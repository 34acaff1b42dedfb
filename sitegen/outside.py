"""Links to other websites, asked politely whether they still answer: one at a time for each host."""

import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import __version__, frontmatter, markup
from sitegen.frontmatter import Document
from sitegen.problems import Problem, Remark, Severity, Where
from sitegen.scan import Shelf

AGENT = f"sitegen/{__version__} (checks the links of a website)"
PATIENCE = 15
"""Seconds that a website may take to answer."""
PAUSE = 1.0
"""Seconds between two questions to one host."""

REFUSES_TO_SAY = frozenset({401, 403, 405, 406, 429, 451, 501, 503, 999})
"""Answers of websites that are there and talk to no program; nobody needs to hear of them."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A link to another website, and where it stands."""

    address: str
    where: Where


def links(root: Path, shelf: Shelf) -> Iterator[Outside]:
    """Yield the links to other websites in the texts of a site, and those that networks give."""
    for source in shelf.sources:
        document = frontmatter.read((root / source.path).read_bytes(), source.path)
        if not isinstance(document, Document):
            continue
        body, _ = markup.render(document.body)
        for address in body.links:
            if address.startswith(("http://", "https://")):
                placed = Remark("", "", address).at(source.path, document.body, document.body_line)
                yield Outside(address, placed.where)
        website = document.values.get("website")
        if isinstance(website, str) and website.startswith(("http://", "https://")):
            yield Outside(website, document.where(source.path, ("website",)))


def check(links: Iterable[Outside], wait: Callable[[float], None] = time.sleep) -> Iterator[Problem]:
    """Yield a warning for each link that leads nowhere. Each address is asked for once."""
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
            yield from (Problem(one, message, hint, Severity.WARNING) for one in sorted(set(where)))


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
