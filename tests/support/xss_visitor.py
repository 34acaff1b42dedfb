"""XSS visitor: fires every event on a page, and records scripts and requests.

No Content-Security-Policy is enforced, as in a browser that doesn't support any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Frame, Page

PROVOKE = """
() => {
  const all = root => [...root.querySelectorAll('*')].flatMap(
    each => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
  // where a link leads is looked at elsewhere; here only those are followed that would run something
  addEventListener('click', event => {
    const link = event.composedPath().find(each => each.localName === 'a' && each.protocol);
    if (link && ['http:', 'https:', 'mailto:', 'tel:'].includes(link.protocol)) event.preventDefault();
  }, true);
  for (const each of all(document)) {
    const own = [...each.attributes].filter(a => a.name.startsWith('on')).map(a => a.name.slice(2));
    for (const name of own)
      each.dispatchEvent(new Event(name, { cancelable: true }));
    each.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    if (each.localName === 'button') each.click();
  }
}
"""

ONLY_OURS = """
async ([addresses, base]) => {
  const found = [], data = [];
  const FOREIGN = ['iframe', 'frame', 'frameset', 'object', 'embed', 'base', 'form', 'input', 'xss', 'image',
    'textarea', 'select', 'style', 'video', 'audio', 'track', 'marquee', 'math', 'template', 'noscript',
    'xmp', 'plaintext', 'listing', 'dialog'];
  for (const address of addresses) {
    const html = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(html, 'text/html');
    const say = (what, each) => found.push(`${address}: ${what}: ${each.outerHTML.slice(0, 300)}`);
    for (const each of page.querySelectorAll('*')) {
      const name = each.localName, svg = each.namespaceURI.endsWith('svg');
      if (FOREIGN.includes(name))
        say('a foreign element', each);
      if (svg && !/^(svg|rect|path|circle|text)$/.test(name)) say('a foreign drawing', each);
      if (name === 'script') {
        if (each.type === 'application/ld+json') data.push([address, each.textContent]);
        else if (!(each.getAttribute('src') || '').startsWith(base + '/assets/')) say('a script', each);
      }
      if (name === 'meta' && each.httpEquiv.toLowerCase() === 'refresh'
          && !each.content.startsWith(`0; url=${base}/`)) say('a way to elsewhere', each);
      for (const one of each.attributes) {
        if (one.name.startsWith('on') || ['style', 'srcdoc', 'ping', 'formaction', 'autofocus', 'background']
            .includes(one.name)) say(one.name, each);
        if (/^(src|poster|data|xlink:href|action)$/.test(one.name) && !one.value.startsWith(base + '/'))
          say('an address', each);
        if (one.name === 'srcset' && one.value.split(', ').some(part => !part.startsWith(base + '/')))
          say('an address', each);
      }
      if (name === 'link' && !/^(alternate|canonical)$/.test(each.rel)
          && !each.getAttribute('href').startsWith(base + '/')) say('an address', each);
      if (name === 'a' && each.hasAttribute('href')
          && !/^(https?|mailto|tel):$/.test(new URL(each.getAttribute('href'), location).protocol))
        say('a link', each);
    }
  }
  return [found, data];
}
"""
"""Elements that only templates may make are exactly as the templates make them."""


@dataclass
class Seen:
    """Observations: calls of ran() with their pages, dialogs, and requested addresses."""

    ran: list[tuple[str, str]] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def beyond(self, origin: str) -> list[str]:
        """Requests to other hosts than the site; data: addresses don't count."""
        return [url for url in self.asked if not url.startswith((f"{origin}/", "about:", "blob:"))]


@contextmanager
def visiting(browser: Browser) -> Iterator[tuple[Page, Seen]]:
    """Open a window without policy, and record everything that runs."""
    seen = Seen()
    context: BrowserContext = browser.new_context(bypass_csp=True, ignore_https_errors=True)

    def note(source: dict[str, Any], *said: object) -> None:
        frame: Frame = source["frame"]
        seen.ran.append((frame.url, " ".join(map(str, said))))

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    context.expose_binding("ran", note)
    context.on("request", lambda request: seen.asked.append(request.url))
    context.on("dialog", dismiss)
    try:
        yield context.new_page(), seen
    finally:
        context.close()


def visit(page: Page, address: str) -> None:
    """Open a page, fire every event on it and in its frames, and wait for the effects."""
    page.goto(address)
    for frame in page.frames:
        # a frame that navigates away meanwhile has shown its effect
        with suppress(Error):
            frame.evaluate(PROVOKE)
    page.wait_for_timeout(MOMENT)


MOMENT = 100
"""Milliseconds for the effects; with too few, too little runs on the unprotected site."""
