"""Admin: forms for editors, on this machine only, and never published.

tests/external/test_admin.py opens the real Sveltia CMS in a browser; here a short text replaces it.
"""

import re

import pytest
import yaml

from sitegen.devserver import admin
from tests.support.preview import previewed
from tests.support.site import Site
from tests.support.terminal import run_here

FONT = b"src:url(https://cdn.jsdelivr.net/fontsource/fonts/source-sans-3:vf@5.3.0/latin-wght-normal.woff2)"
PLACE = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"


@pytest.fixture
def fetched(site: Site) -> Site:
    """A site with a copy of Sveltia CMS, as `make admin` puts it there."""
    for name in admin.PACKAGES:
        site.write(f"node_modules/{name}/package.json", "{}")
    return site.story().write(f"node_modules/{admin.PROGRAM}", FONT).write(PLACE, b"a font")


def test_the_page_the_program_and_the_forms_of_this_site_are_there(fetched: Site) -> None:
    with previewed(fetched, "--admin") as preview:
        assert preview.ask("/admin").headers["Location"] == "/admin/"
        page = preview.ask("/admin/")
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"livereload" not in page.body  # a form that is being filled in must not be reloaded
        forms = yaml.safe_load(preview.read("/admin/config.yml"))
        assert [each["name"] for each in forms["collections"]] == [
            "story",
            "network",
            "item",
            "page",
            "settings",
        ]


def test_nothing_is_loaded_from_anywhere_else(fetched: Site) -> None:
    with previewed(fetched, "--admin") as preview:
        program = preview.ask("/admin/sveltia-cms.js")
        (font,) = re.findall(rb"url\((.+)\)", program.body)
        assert preview.ask(font.decode()).body == b"a font"
        policy = re.search('Content-Security-Policy" content="([^"]+)"', preview.read("/admin/"))
        assert policy
        assert policy[1].startswith("default-src 'none'; script-src 'self';")
        assert "http" not in policy[1]


@pytest.mark.parametrize(
    "path", ["../../content/site.yaml", "x@1/..%2f..%2fa.woff2", "noto-mono@5.3.0/b.woff2"]
)
def test_no_other_file_is_served(fetched: Site, path: str) -> None:
    with previewed(fetched, "--admin") as preview:
        assert preview.ask(f"/admin/fonts/{path}").status == 404


def test_forms_are_behind_the_access_check(fetched: Site) -> None:
    with previewed(fetched, "--admin") as preview:
        assert preview.ask("/admin/", Host="elsewhere.example").status == 403
        assert preview.ask("/admin/config.yml", "POST").status == 405


def test_forms_are_served_only_with_admin_and_never_published(fetched: Site) -> None:
    with previewed(fetched) as preview:
        assert preview.ask("/admin/").status == 404
    assert not [path for path in fetched.build().public if "admin" in path or "sveltia" in path]


def test_a_mistake_in_the_settings_is_reported_instead_of_forms(fetched: Site) -> None:
    with previewed(fetched.change("content/site.yaml", "url:", "ulr:"), "--admin") as preview:
        answer = preview.ask("/admin/config.yml")
        assert answer.status == 404
        assert "content/site.yaml:3:1" in answer.text


def test_without_the_program_the_page_says_how_to_install_it(site: Site) -> None:
    done = run_here(site.root, "serve", "--admin")
    assert done.returncode == 2
    assert "make admin" in done.stderr
    assert "npm install --no-save --prefix . @sveltia/cms@" in done.stderr
