"""Security headers: Content-Security-Policy and the `_headers` file."""

from collections.abc import Iterable

BASIS = (
    ("default-src", "'none'"),
    ("img-src", "'self'"),
    ("style-src", "'self'"),
    ("font-src", "'self'"),
    ("manifest-src", "'self'"),
    ("connect-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)
"""No scripts, and nothing from other hosts. No page connects to anything; `connect-src` is only for
Lighthouse, which requests robots.txt from within the page."""


def policy(assets: Iterable[str], inline: Iterable[tuple[str, str]]) -> str:
    """Return the Content-Security-Policy (CSP, Level 3) of every page.

    Scripts from `assets/` are allowed if there is one. Inline scripts and styles of templates are allowed by
    digest: `inline` has directive and digest of each.
    """
    directives = dict(BASIS)
    if any(name.endswith((".js", ".mjs")) for name in assets):
        directives["script-src"] = "'self'"
    for directive, digest in inline:
        directives[directive] = f"{directives.get(directive, '')} '{digest}'".strip()
    return "; ".join(f"{directive} {sources}" for directive, sources in directives.items())


def for_hosts(policy: str, base: str) -> str:
    """Return the headers in the form of Netlify and Cloudflare Pages."""
    return HEADERS.format(policy=policy, base=base)


HEADERS = """\
/*
  Content-Security-Policy: {policy}; frame-ancestors 'none'
  Strict-Transport-Security: max-age=63072000
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
{base}/images/*
  Cache-Control: public, max-age=86400, must-revalidate
"""
"""A picture is named by digest and never changes, but it can be of a person whose story is taken down; and no
name tells which are. So browsers and other caches forget all of them, or ask again, after a day."""

BOILERPLATE = "".join(for_hosts(policy(assets, ()), "") for assets in ((), ("any.js",)))
"""Text of `_headers` on every site, with and without scripts; the leak check excuses it."""
