"""Windows of a browser, closed whatever happens in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page


@contextmanager
def opened(browser: Browser, address: str, width: int = 360, **context: Any) -> Iterator[Page]:
    """Give a page that has been opened in a window of its own, 360 pixels wide where nothing else is said."""
    page = browser.new_page(viewport={"width": width, "height": 780}, **context)
    try:
        page.goto(address)
        yield page
    finally:
        page.close()
