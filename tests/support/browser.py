"""Browser: the Chromium of this machine, and windows that are always closed.

Tools use it as well as tests, so it is separate from `tests.support.browser_fixtures`, which pytest must
import first.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser of this machine; close it at the end."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or (str(MAC) if MAC.exists() else None)
    if found is None:
        pytest.fail("These tests need a browser: apt-get install chromium (or install Chrome or Edge)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, width: int = 360, **context: Any) -> Iterator[Page]:
    """Yield a page that is open in a new window, 360 pixels wide by default."""
    page = browser.new_page(viewport={"width": width, "height": 780}, **context)
    try:
        page.goto(address)
        yield page
    finally:
        page.close()
