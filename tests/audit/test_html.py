"""Every page before the Nu HTML checker."""

import json
import subprocess

import pytest

from tests.audit.conftest import TOOLS, Served, needed

pytestmark = pytest.mark.audit

JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.parametrize("site", ["collective", "settlement"])
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
    ]
    assert len(pages) >= 20
    assert messages == []
