"""What a template draws on: a change in one of these makes anew what is made with it, and nothing else."""

from pathlib import Path

import pytest

from sitegen import templates

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
"""Ways of drawing on part.html, some of which only Jinja can tell when a page is made."""

NOT_NAMED = (
    "<p>part.html</p>",
    "{{ 'part.html' }}",
    "{% include 'other.html' %}",
    "{% import 'other.html' as part %}",
    "{% from 'other.html' import part with context %}",
    "{% if %}",
)


def digest(folder: Path, text: str, part: str) -> str:
    """Return the digest of a template with this text, where part.html has that one."""
    written = {
        "page.html": text,
        "part.html": part,
        "other.html": "",
        "middle.html": "{% include 'part.html' %}",
    }
    for name, each in written.items():
        (folder / name).write_text(each)
    return templates.find((str(folder),)).digests["page.html"]


@pytest.mark.parametrize("text", NAMED)
def test_a_template_has_changed_where_one_that_it_draws_on_has(tmp_path: Path, text: str) -> None:
    assert digest(tmp_path, text, "before") != digest(tmp_path, text, "after")


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_template_has_not_changed_where_others_have(tmp_path: Path, text: str) -> None:
    assert digest(tmp_path, text, "before") == digest(tmp_path, text, "after")
