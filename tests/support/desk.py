"""Desk of a running preview: reads its forms, and sends them as a browser does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

from sitegen.devserver.desk import router
from sitegen.devserver.desk.context import Desk, Request, Upload
from sitegen.devserver.session import PreviewSession, ServeOptions
from sitegen.devserver.target import PreviewTarget
from tests.support.preview import Preview, Response
from tests.support.site import TODAY, Site

BOUNDARY = "----sitegen-test"

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects what the form with one id would send."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.inside = wanted, False
        self.action = ""
        self.fields: Fields = {}
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.inside = given.get("id") == self.wanted
            self.action = given.get("action") or "" if self.inside else self.action
        elif not self.inside:
            return
        elif tag == "input":
            kind = given.get("type")
            if kind != "file" and (kind not in ("checkbox", "radio") or "checked" in given):
                self.fields.setdefault(name, []).append(value)
        elif tag == "textarea" and name:
            self._text = name
            self.fields[name] = [""]
        elif tag == "select":
            self._select = name
            self.fields[name] = [""]
        elif tag == "option" and "selected" in given:
            self._text = self._select if given.get("value") is None else ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] = [self.fields[self._text][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option"):
            if self._text and tag == "textarea":  # a browser leaves out a line break right at the start
                self.fields[self._text] = [self.fields[self._text][0].removeprefix("\n")]
            self._text = ""
        elif tag == "form":
            self.inside = False


def form(page: str, name: str = "story") -> tuple[str, Fields]:
    """Return the address and the fields of a form in a page."""
    found = _Form(name)
    found.feed(page)
    return found.action, found.fields


def send(
    preview: Preview,
    address: str,
    fields: Mapping[str, Sequence[str]],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Send a form as a page of the desk does, with other headers; "-" leaves one out."""
    own = {
        "Origin": preview.origin,
        "Sec_Fetch_Site": "same-origin",
        "Content_Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    kept = {name: value for name, value in {**own, **(headers or {})}.items() if value != "-"}
    return preview.send("POST", address, body(fields), kept)


def body(fields: Mapping[str, Sequence[str]]) -> bytes:
    """Return fields as multipart/form-data (RFC 7578)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in values
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@dataclass(frozen=True, slots=True)
class Page:
    """A response of the desk."""

    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class DeskOfSite:
    """The desk of a site in this process, without a server."""

    def __init__(self, site: Site) -> None:
        self.target = PreviewTarget(site.root)
        options = ServeOptions(site.root, day=TODAY)
        self.session = PreviewSession(options, self.target, lambda *_, **__: None, Silent)
        self.session.build(frozenset())
        self.desk = Desk(self.session, "token", can_edit=True)

    def ask(self, path: str) -> Page:
        """Open an address of the desk or the preview."""
        parts = urlsplit(path)
        if not parts.path.startswith("/_desk/"):
            found = self.session.state.find(f"{parts.path.lstrip('/')}index.html")
            return Page(200 if found else 404, "", found or b"")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self._answer(Request("GET", unquote(parts.path.removeprefix("/_desk/")), query))

    def read(self, path: str) -> str:
        """Return the text at an address."""
        return self.ask(path).text

    def send(
        self, address: str, fields: Mapping[str, Sequence[str]], photo: tuple[str, bytes] | None = None
    ) -> Page:
        """Send a form."""
        form = {name: tuple(values) for name, values in fields.items()}
        upload = Upload(*photo) if photo else None
        return self._answer(Request("POST", address.removeprefix("/_desk/"), {}, form, upload))

    def fill(
        self,
        path: str,
        photo: tuple[str, bytes] | None = None,
        changed: Mapping[str, str | list[str] | None] | None = None,
        name: str = "story",
    ) -> Page:
        """Open a form, change fields (None leaves one out), and send it."""
        address, fields = form(self.read(path), name)
        for key, value in (changed or {}).items():
            if value is None:
                fields.pop(key, None)
            else:
                fields[key] = [value] if isinstance(value, str) else value
        return self.send(address, fields, photo)

    def _answer(self, request: Request) -> Page:
        answer = router.answer(self.desk, request)
        return Page(answer.status, answer.location, answer.body)


class Silent:
    """A progress bar that shows nothing."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def say(self, line: str) -> None:
        pass

    def update(self, doing: str, done: int, of: int) -> None:
        pass


@contextmanager
def opened(site: Site) -> Iterator[DeskOfSite]:
    """Open the desk of a site; its temporary files are deleted at the end."""
    found = DeskOfSite(site)
    try:
        yield found
    finally:
        found.target.close()
