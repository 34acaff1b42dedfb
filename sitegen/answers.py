"""What the preview answers to an address: a file of the tree that stands, a rehearsal, a page of its own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path

from markupsafe import Markup

from sitegen import admin, backstage, overlay
from sitegen.backstage import Backstage, Hidden, Seen
from sitegen.overlay import Trouble
from sitegen.rehearsal import Rehearsed

HTML = "text/html; charset=utf-8"

KINDS = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".yml": "text/yaml; charset=utf-8",
}
"""Named here, because what Python knows of them depends on the machine."""

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Showing:
    """What the preview shows at a moment. `files` has the tree that stands, and the last good pages.

    `generation` counts what browsers were told to reload for; `pictures` has those of rehearsals;
    `has_admin` tells whether editors asked for forms.
    """

    stage: Backstage
    files: Mapping[str, Path] = field(default_factory=dict)
    trouble: Trouble = field(default_factory=Trouble)
    generation: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)
    has_admin: bool = False

    def find(self, path: str) -> bytes | None:
        """Return the file at a path of the tree, or of a rehearsal."""
        file = self.files.get(path)
        try:
            return self.pictures.get(path) if file is None else file.read_bytes()
        except FileNotFoundError:  # another tree has taken the place of this one
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its status, type and body, or where to look instead."""

    status: int
    kind: str = HTML
    body: bytes = b""
    location: str = ""


Rehearse = Callable[[Hidden, bool], Awaitable[Rehearsed]]
"""Has the page of what is withheld made, where nothing else is being made; and, if wished, its card."""


async def answer(showing: Showing, address: str, number: int, rehearse: Rehearse) -> Answer:
    """Answer to an address, without its first slash; `number` is that of a page backstage."""
    base = showing.stage.base.strip("/")
    own = _own(showing, address)
    if own:
        return own
    if address == "_preview/":
        return await _backstage(showing, number, rehearse)
    if base and address in ("", base):
        return Answer(302, location=f"/{base}/")
    path = address.removeprefix(f"{base}/") if base else address
    hidden = showing.stage.hidden.get(f"/{path}")
    if hidden:
        return await _rehearsed(showing, hidden, rehearse)
    file = f"{path}index.html" if path.endswith("/") or not path else path
    body = showing.find(file)
    if body is not None:
        return _page(showing, 200, body) if file.endswith(".html") else Answer(200, _kind(file), body)
    if f"{path}/index.html" in showing.files or f"/{path}/" in showing.stage.hidden:
        return Answer(302, location=f"/{address}/")
    return _missing(showing)


def failed(showing: Showing, error: Exception) -> Answer:
    """Answer with an error of our own, and with what to report."""
    page = overlay.bare("sitegen itself is at fault")
    panel = overlay.panel(showing.stage.root, Trouble(crash=overlay.report_of(error)))
    return Answer(500, HTML, overlay.lay_over(page, NOTHING, panel))


def _own(showing: Showing, address: str) -> Answer | None:
    """Answer to an address of the preview's own."""
    match address:
        case "_preview":
            return Answer(302, location="/_preview/")
        case "_preview/backstage.css":
            return Answer(200, KINDS[".css"], Path(__file__).with_name("backstage.css").read_bytes())
        case "_preview/fold.js":
            return Answer(200, KINDS[".js"], overlay.FOLD.encode())
        case "admin" if showing.has_admin:
            return Answer(302, location="/admin/")
    body = admin.find(showing.stage.root, address) if showing.has_admin else None
    return None if body is None else Answer(200, HTML if address.endswith("/") else _kind(address), body)


async def _backstage(showing: Showing, number: int, rehearse: Rehearse) -> Answer:
    stage = showing.stage
    shown, number, last = backstage.on_page(stage, number)
    seen = []
    for each in shown:
        if isinstance(each, Hidden):
            # one after the other, so that an edit is not kept waiting for all of them
            done = await rehearse(each, True)
            showing.pictures.update(done.pictures)
            if done.story:
                seen.append(Seen(done.story, done.page or b"", done.card, each.why, done.problems))
        else:
            seen.append(backstage.public(stage, each, showing.find))
    page = backstage.page(stage, seen, showing.find, number, last)
    # its problems stand in it already
    panel = overlay.panel(stage.root, showing.trouble) if showing.trouble.crash else NOTHING
    return Answer(200, HTML, overlay.lay_over(page, NOTHING, panel))


def _page(showing: Showing, status: int, page: bytes, above: Markup = NOTHING) -> Answer:
    panel = overlay.panel(showing.stage.root, showing.trouble)
    return Answer(status, HTML, overlay.lay_over(page, above, panel))


def _missing(showing: Showing) -> Answer:
    page = showing.find("404.html")
    return _page(showing, 404, overlay.bare("This page is not here") if page is None else page)


async def _rehearsed(showing: Showing, hidden: Hidden, rehearse: Rehearse) -> Answer:
    """Answer with what the public doesn't see, and say so; with nothing of what was withdrawn."""
    done = await rehearse(hidden, False)
    showing.pictures.update(done.pictures)
    band = overlay.band(hidden.why)
    if done.page is not None:
        return _page(showing, 200, done.page, band)
    page = overlay.bare("The public doesn’t see this page")
    if done.problems:
        panel = overlay.panel(showing.stage.root, Trouble(done.problems))
        return Answer(200, HTML, overlay.lay_over(page, band, panel))
    return _page(showing, 200, page, band)


def _kind(path: str) -> str:
    return KINDS.get(Path(path).suffix) or guess_type(path)[0] or "application/octet-stream"
