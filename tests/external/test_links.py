"""Link crawl: every link of every page, on a small site and a large one."""

from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.external.conftest import Served
from tests.support.html_page import Page

pytestmark = pytest.mark.audit


@pytest.mark.parametrize("site", ["collective", "large_site"])
def test_every_link_and_fragment_leads_somewhere(site: str, request: pytest.FixtureRequest) -> None:
    served: Served = request.getfixturevalue(site)
    files = {path.relative_to(served.public).as_posix() for path in served.public.rglob("*")}
    pages = {
        name: Page((served.public / name).read_text(encoding="utf-8"))
        for name in sorted(files)
        if name.endswith(".html")
    }
    links = 0
    dead = []
    for name, page in pages.items():
        for link in page.links:
            place = urlsplit(urljoin(f"{served.origin}/{name.removesuffix('index.html')}", link))
            if f"{place.scheme}://{place.netloc}" == served.origin:
                links += 1
                path = unquote(place.path)[1:]
                file = path + ("index.html" if path.endswith("/") or not path else "")
                if file not in files or (place.fragment and place.fragment not in pages[file].ids):
                    dead.append((name, link))
    assert links > 10 * len(pages)
    assert dead == []
