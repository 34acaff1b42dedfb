"""HTML validity: every page in the Nu HTML checker."""

import json
import re
import subprocess
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.external.conftest import TOOLS, Served, needed

pytestmark = pytest.mark.audit
pytest_plugins = ["tests.support.browser_fixtures"]

POLICY = "violates Content Security Policy (meta tag)"
"""The checker reads files, which have no origin, so nothing matches 'self'; and it takes linked data for a
running script. `test_no_browser_blocks_anything` tests the policy in browsers."""

REDIRECT = 'http-equiv="refresh"'

JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.parametrize("site", ["collective", "large_site"])
def test_every_page_is_without_error_or_warning(site: str, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(site)
    assert JAR.is_file(), "The audit needs the HTML checker: make audit-tools"
    pages = sorted(served.public.rglob("*.html"))
    done = subprocess.run(
        [needed("java", "default-jre-headless"), "-jar", JAR, "--format", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = [
        f"{found['url'].removeprefix('file:')}:{found.get('lastLine', 0)}: {found['message']}"
        for found in json.loads(done.stderr)["messages"]
        if POLICY not in found["message"]
    ]
    assert len(pages) >= 20
    assert messages == []


@pytest.mark.parametrize("site", ["collective", "large_site"])
def test_no_browser_blocks_anything(site: str, browser: Browser, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(site)
    pages = sorted(path.relative_to(served.public).as_posix() for path in served.public.rglob("*.html"))
    said: list[str] = []
    with browser.new_page() as page:
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        for path in pages[:: max(1, len(pages) // 60)]:
            address = f"{served.local}/{quote(path.removesuffix('index.html'))}"
            page.goto(address)
            if REDIRECT in (served.public / path).read_text():
                # else it would navigate away from the next page
                page.wait_for_url(re.compile(f"^(?!{re.escape(address)}$)"))
    assert said == []
