"""XSS, one vector per field: every page in Chromium, without any policy."""

from __future__ import annotations

from html import escape

import pytest
from playwright.sync_api import Browser

from tests.support import xss_vectors
from tests.support.http_server import served
from tests.support.site import Site
from tests.support.xss_visitor import ONLY_OURS, visit, visiting

pytestmark = pytest.mark.audit
pytest_plugins = ["tests.support.browser_fixtures"]

SITES, AT_ONCE = 16, 30


@pytest.mark.parametrize("turn", range(SITES))
def test_each_vector_alone_is_inert_in_every_field_and_on_every_page(
    browser: Browser, site: Site, turn: int
) -> None:
    ours = xss_vectors.read()[turn::SITES]
    xss_vectors.write(site, ours, turn)
    site.change("content/site.yaml", 'cards: "false"', 'cards: "true"').build()
    assert site.withheld == {}, site.messages
    assert site.report.published == len(ours)
    pages = [f"{xss_vectors.BASE}/{path}" for path in site.public if path.endswith(".html")]
    for first in range(0, len(pages), AT_ONCE):
        frames = "".join(f'<iframe src="{escape(each)}"></iframe>' for each in pages[first : first + AT_ONCE])
        site.write(f"frames-{first}.html", f"<!doctype html>{frames}")
    with served(site.root) as origin, visiting(browser) as (page, seen):
        for first in range(0, len(pages), AT_ONCE):
            visit(page, f"{origin}/frames-{first}.html")
        assert (seen.ran, seen.dialogs, seen.beyond(origin)) == ([], [], [])
        page.goto(f"{origin}{xss_vectors.BASE}/robots.txt")
        assert page.evaluate(ONLY_OURS, [pages, xss_vectors.BASE])[0] == []
