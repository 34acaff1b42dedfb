"""Template dependencies: a change remakes exactly the pages that use it."""

from pathlib import Path

import jinja2
import pytest

from sitegen.engine.serialization import digest_of
from sitegen.templating import environment
from tests.support.site import Site

NAMED = (
    "{% extends 'part.html' %}",
    '{%- include "part.html" -%}',
    "{%include'part.html'%}",
    "{%\n  include\n  'part.html'\n  ignore missing with context\n%}",
    "{% import 'part.html' as part without context %}",
    "{% from 'part.html' import one, two as three with context %}",
    "{% include ['nowhere.html', 'part.html'] %}",
    "{% include ('part.html') %}",
    "{% include 'part.html' if here else 'nowhere.html' %}",
    "{% include 'nowhere.html' if here else 'part.html' %}",
    "{% include 'nowhere.html' or 'part.html' %}",
    "{% include 'par' ~ 't.html' %}",
    "{% include 'PART.html' | lower %}",
    "{% set name = 'part.html' %}{% include name %}",
    "{% extends name %}",
    "{% include 'other.html' %}{% if here %}{% include name %}{% endif %}",
    "{% include 'middle.html' %}",
    r"{% include 'p\x61rt.html' %}",
)
"""Ways to use part.html, some of which only Jinja resolves while rendering."""

NOT_NAMED = (
    "<p>part.html</p>",
    "{{ 'part.html' }}",
    "{% include 'other.html' %}",
    "{% import 'other.html' as part %}",
    "{% from 'other.html' import part with context %}",
    "{% if %}",
)


def digest(folder: Path, text: str, part: str) -> str:
    """Return the digest of a template with one text, if part.html has another."""
    written = {
        "page.html": text,
        "part.html": part,
        "other.html": "",
        "middle.html": "{% include 'part.html' %}",
    }
    for name, each in written.items():
        (folder / name).write_text(each)
    return environment.find_templates((str(folder),)).digests["page.html"]


@pytest.mark.parametrize("text", NAMED)
def test_a_template_has_changed_if_one_that_it_uses_has(tmp_path: Path, text: str) -> None:
    assert digest(tmp_path, text, "before") != digest(tmp_path, text, "after")


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_template_has_not_changed_if_only_others_have(tmp_path: Path, text: str) -> None:
    assert digest(tmp_path, text, "before") == digest(tmp_path, text, "after")


def test_templates_are_compiled_once_for_sites_of_any_address_and_assets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Site(tmp_path / "one").story().build()

    def compile_again(_: object, source: str, name: str, *rest: object, **more: object) -> None:
        raise AssertionError(f"{name} is compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", compile_again)
    other = Site(tmp_path / "two").change("content/site.yaml", "example.org", "example.org/base/").story()
    other.write("assets/style.css", "p {}").build()
    assert other.report.published == 1, other.messages
    assert f'href="/base/assets/style.css?v={digest_of(b"p {}")[:8]}"' in other.read("stories/index.html")
