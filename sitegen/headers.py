"""Headers: what servers are to send along with the pages, and what the pages say where no server does."""

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
"""Nothing runs, and nothing comes from elsewhere. Nothing here connects to anything either; but Lighthouse
looks for robots.txt as if the page did."""


def policy(assets: Iterable[str], inline: Iterable[tuple[str, str]]) -> str:
    """Return the Content-Security-Policy (CSP, Level 3) of every page.

    Scripts run only where there is one among the assets. What stands in the templates themselves is let
    through by its digest: `inline` has directive and digest of each such script and style.
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
  Cache-Control: public, max-age=31536000, immutable
"""
"""Pictures are named by digest, so they never change."""

OWN_WORDS = "".join(for_hosts(policy(assets, ()), "") for assets in ((), ("any.js",)))
"""What this room says by itself, without scripts and with them."""
