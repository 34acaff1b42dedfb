"""Routes: files of the served tree, drafts, the dashboard, the editors' forms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup

from sitegen.core.model import Kind
from sitegen.core.urls import encode
from sitegen.devserver import admin, dashboard, overlay
from sitegen.devserver.dashboard import Hidden, Overview, StoryPreview
from sitegen.devserver.draft_pages import DraftPage
from sitegen.devserver.overlay import Trouble

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
"""Content types by extension; `mimetypes` depends on the machine."""

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the preview serves at a moment. `files` has the served tree and the last good pages, by path.

    `generation` counts the reloads sent to browsers; `pictures` has the pictures of drafts, by path;
    `has_admin` is true if the editors' forms are served.
    """

    overview: Overview
    files: Mapping[str, Path] = field(default_factory=dict)
    trouble: Trouble = field(default_factory=Trouble)
    generation: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)
    has_admin: bool = False

    def find(self, path: str) -> bytes | None:
        """Return the bytes of a served file or a draft's picture; None if there is none."""
        file = self.files.get(path)
        try:
            return self.pictures.get(path) if file is None else file.read_bytes()
        except FileNotFoundError:  # a newer build has deleted it
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, content type and body, or the location of a redirect."""

    status: int
    kind: str = HTML
    body: bytes = b""
    location: str = ""


RenderDraft = Callable[[Hidden, bool], Awaitable[DraftPage]]
"""Renders a hidden story or item in the main thread, with its social card if the second value is true."""


async def answer(state: PreviewState, address: str, number: int, render_draft: RenderDraft) -> Answer:
    """Return the response for an address without its leading slash; `number` is a page of the dashboard."""
    base = unquote(state.overview.base).strip("/")
    own = _own(state, address)
    if own:
        return own
    if address == "_preview/":
        return await _dashboard(state, number, render_draft)
    if base and address in ("", base):
        return Answer(302, location=f"/{encode(base)}/")
    path = address.removeprefix(f"{base}/") if base else address
    hidden = state.overview.hidden.get(f"/{path}")
    if hidden:
        return await _draft(state, hidden, render_draft)
    file = f"{path}index.html" if path.endswith("/") or not path else path
    body = state.find(file)
    if body is not None:
        return (
            _page(state, 200, body, below=overlay.bar(_story_at(state, f"/{path}")))
            if file.endswith(".html")
            else Answer(200, _kind(file), body)
        )
    if f"{path}/index.html" in state.files or f"/{path}/" in state.overview.hidden:
        return Answer(302, location=f"/{encode(address)}/")
    return _missing(state)


def failed(state: PreviewState, error: Exception) -> Answer:
    """Return a page for an error inside sitegen, with the lines to report."""
    page = overlay.bare("Something went wrong in sitegen")
    panel = overlay.panel(state.overview.root, Trouble(crash=overlay.report_of(error)))
    return Answer(500, HTML, overlay.insert(page, NOTHING, panel))


def _own(state: PreviewState, address: str) -> Answer | None:
    """Return the response for one of the preview's own files; None if the address isn't one."""
    match address:
        case "_preview":
            return Answer(302, location="/_preview/")
        case "_preview/dashboard.css":
            return Answer(200, KINDS[".css"], Path(__file__).with_name("dashboard.css").read_bytes())
        case "_preview/fold.js":
            return Answer(200, KINDS[".js"], overlay.FOLD.encode())
        case "admin" if state.has_admin:
            return Answer(302, location="/admin/")
    body = admin.find(state.overview.root, address) if state.has_admin else None
    return None if body is None else Answer(200, HTML if address.endswith("/") else _kind(address), body)


async def _dashboard(state: PreviewState, number: int, render_draft: RenderDraft) -> Answer:
    overview = state.overview
    shown, number, last = dashboard.stories_on_page(overview, number)
    previews = []
    for each in shown:
        if isinstance(each, Hidden):
            # one task each, so that an edit waits for one rendering at most
            draft = await render_draft(each, True)
            state.pictures.update(draft.pictures)
            if draft.story:
                previews.append(
                    StoryPreview(draft.story, draft.page or b"", draft.card, each.why, draft.problems)
                )
        else:
            previews.append(dashboard.public_story(overview, each, state.find))
    page = dashboard.page(overview, previews, state.find, number, last)
    # the dashboard itself lists the problems
    panel = overlay.panel(overview.root, state.trouble) if state.trouble.crash else NOTHING
    return Answer(200, HTML, overlay.insert(page, NOTHING, panel))


def _page(
    state: PreviewState, status: int, page: bytes, above: Markup = NOTHING, below: Markup = NOTHING
) -> Answer:
    panel = overlay.panel(state.overview.root, state.trouble)
    return Answer(status, HTML, overlay.insert(page, above, (below or overlay.bar("")) + panel))


def _story_at(state: PreviewState, address: str) -> str:
    """Return the slug of the story at an address; "" if there is none."""
    files = state.overview.built.loaded.files.sources if state.overview.built else ()
    stories = (each for each in files if each.kind is Kind.STORY)
    return next((each.slug for each in stories if each.address == address), "")


def _missing(state: PreviewState) -> Answer:
    page = state.find("404.html")
    return _page(state, 404, overlay.bare("Page not found") if page is None else page)


async def _draft(state: PreviewState, hidden: Hidden, render_draft: RenderDraft) -> Answer:
    """Return the page of a hidden story or item with a band above it; only the band if it was withdrawn."""
    draft = await render_draft(hidden, False)
    state.pictures.update(draft.pictures)
    band = overlay.band(hidden.why)
    if draft.page is not None:
        slug = hidden.source.slug if hidden.source.kind is Kind.STORY else ""
        return _page(state, 200, draft.page, band, overlay.bar(slug))
    page = overlay.bare("This page is not public")
    if draft.problems:
        panel = overlay.panel(state.overview.root, Trouble(draft.problems))
        return Answer(200, HTML, overlay.insert(page, band, panel))
    return _page(state, 200, page, band)


def _kind(path: str) -> str:
    return KINDS.get(Path(path).suffix) or guess_type(path)[0] or "application/octet-stream"
