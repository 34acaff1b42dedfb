"""Desk handler: checks that a change comes from the desk's own pages.

A change is a POST from a page of this server (`Origin`, `Sec-Fetch-Site`) with the token that the page has.
It is accepted on a loopback address only, unless the preview was started with `--edit`.
"""

import asyncio
import hmac
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, Protocol

from sitegen.core.limits import MOST_PHOTO_BYTES
from sitegen.devserver import routes
from sitegen.devserver.checked_handler import CheckedHandler
from sitegen.devserver.desk import router
from sitegen.devserver.desk.context import Desk, Request, Upload
from sitegen.devserver.routes import Answer, PreviewState

MOST_BODY_BYTES = MOST_PHOTO_BYTES + 2_000_000
"""Of a request: the largest photo, and the fields of a form."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page in the frame has the same policy, because it has no address of its own (srcdoc)."""


class Session(Protocol):
    """What the handler needs of a preview session."""

    @property
    def state(self) -> PreviewState:
        """What is served at the moment."""

    def run(self, task: Any) -> "Future[Any]":
        """Queue a task, so that no build runs at the same time."""


class DeskPages(CheckedHandler):
    """Serves the desk."""

    @property
    def desk(self) -> Desk:
        found: Desk = self.settings["desk"]
        return found

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)
        # with no-referrer, browsers send "Origin: null" with a form
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Frame-Options", "DENY")

    async def get(self, path: str) -> None:
        await self._answer(Request("GET", path, self._query()))

    async def head(self, path: str) -> None:
        await self.get(path)

    async def post(self, path: str) -> None:
        if why := self._why_refused():
            self._finish(router.refused(self.desk, why))
            return
        form = {
            name: tuple(self.get_body_arguments(name, strip=False)) for name in self.request.body_arguments
        }
        await self._answer(Request("POST", path, self._query(), form, self._photo()))

    def _why_refused(self) -> str:
        """Return why a change is not accepted, in a sentence; "" if it is."""
        if not self.desk.can_edit:
            return "This preview is for reading. Start it with --edit to change stories from here."
        headers: Mapping[str, str] = self.request.headers
        is_own = self.access_control.is_own_page(headers.get("Origin", ""), self.request.host)
        if not is_own or headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return "This didn’t come from a page of the desk."
        if not hmac.compare_digest(self.get_body_argument("token", "").encode(), self.desk.token.encode()):
            return (
                "This page is of an earlier preview. Go back, copy what you wrote, and open the desk again."
            )
        return ""

    def _query(self) -> dict[str, str]:
        return {name: self.get_query_argument(name) for name in self.request.query_arguments}

    def _photo(self) -> Upload | None:
        """Return the photo that was sent; browsers send an empty file if none was chosen."""
        for file in self.request.files.get("photo", ()):
            if file.filename and file.body:
                return Upload(file.filename, file.body)
        return None

    async def _answer(self, request: Request) -> None:
        session: Session = self.settings["session"]
        try:
            answer = await asyncio.wrap_future(session.run(lambda: router.answer(self.desk, request)))
        except Exception as error:  # the preview outlives any error of a page
            answer = routes.failed(session.state, error)
        self._finish(answer)

    def _finish(self, answer: Answer) -> None:
        if answer.location:
            self.redirect(answer.location, status=answer.status)
            return
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.kind)
        self.finish(answer.body)


class DeskStart(CheckedHandler):
    """Leads from the address without a slash to the desk."""

    def get(self) -> None:
        self.redirect("/_desk/")
