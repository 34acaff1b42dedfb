"""Request handler: refuses other hosts and requests without the token.

Responses are neither cached nor embedded by other websites.
"""

from tornado.web import HTTPError, RequestHandler

from sitegen.devserver import access
from sitegen.devserver.access import AccessControl


class CheckedHandler(RequestHandler):
    """Answers requests that pass access control, with headers that forbid caching and embedding."""

    @property
    def access_control(self) -> AccessControl:
        found: AccessControl = self.settings["access_control"]
        return found

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def prepare(self) -> None:
        if not self.access_control.allows_host(self.request.host):
            raise HTTPError(403, reason="This preview answers only to its own address")
        if not self.access_control.accepts_token(access.token_in(self.request.headers)):
            self._accept_token()

    def _accept_token(self) -> None:
        """Accept the token of the address: set it as a cookie, and redirect to the address without it."""
        if self.request.method not in ("GET", "HEAD") or not self.access_control.accepts_token(
            self.get_query_argument("token", "")
        ):
            raise HTTPError(403, reason="Open the whole address that sitegen serve shows")
        self.set_cookie(
            access.COOKIE, self.access_control.token, httponly=True, samesite="Lax", expires_days=None
        )
        self.redirect(f"/{self.request.path.lstrip('/')}")

    def compute_etag(self) -> None:
        """Disable ETags, because responses are not cached."""

    def log_exception(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Log nothing in the terminal, because the page shows the error."""

    def write_error(self, status_code: int, **_: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}.\n")
