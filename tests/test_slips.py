"""Mistakes in templates and settings: told with file and line in our words, while the old site stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen import settings
from sitegen.cli import sitegen
from sitegen.schema import Form, SettingsForm
from tests.conftest import TODAY, Site
from tests.test_broken_sites import LIBRARIES

PYTHONS = re.compile(r"'\w+' object|NoneType|\bint\b|\bstr\b|\bdict\b|_error|Error\b|expected|argument")
"""What only somebody who knows Python could make sense of."""

TEMPLATES = {
    "{% if page.title %}": 'the "if" that opens above is not closed here.',
    "{% if %}": "this line can't be read.",
    "{{ page.title ": "this line can't be read.",
    "{{ 'abc }}": "this line can't be read.",
    "{# a note": "this line can't be read.",
    "{{ page.titel }}": '"titel" is not known here.',
    "{{ nobody.name }}": '"nobody" is not known here.',
    "{{ self.mian() }}": '"mian" is not known here.',
    "{{ {}['x'] }}": '"x" is not known here.',
    "{{ page.title | uper }}": 'the filter "uper" is not known.',
    "{% foo %}": 'the tag "foo" is not known.',
    "{% include 'nobody.html' %}": 'the template "nobody.html" is not there.',
    "{% include page.title %}": 'the template "Mission" is not there.',
    "{{ 'nothing.css' | asset }}": 'the file "nothing.css" is not in assets/.',
    "{% block main %}x{% endblock %}": 'the block "main" stands in this template twice.',
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "templates include one another without end.",
    "{% for x in range(10 ** 12) %}x{% endfor %}": "this range is too long; the most is 100,000.",
    "{% for x in range(0, -(10 ** 12), -1) %}x{% endfor %}": "this range is too long; the most is 100,000.",
    "{{ 1 / 0 }}": "something is divided by zero here.",
    "{{ 2.0 ** 100000 }}": "what this makes is too large.",
    "{{ page.title + 1 }}": "this can't be done with what it is given.",
    "{{ page.title | day }}": "this can't be done with what it is given.",
    "{{ 3 | href }}": "this can't be done with what it is given.",
    "{{ page | tojson }}": "this can't be done with what it is given.",
    "{{ page.title | truncate('a') }}": "this can't be done with what it is given.",
    "{{ once(3) }}": "this can't be done with what it is given.",
}


@pytest.fixture
def standing(site: Site) -> Site:
    """A site that is public."""
    return site.page("mission").story().build()


def assert_told(site: Site, *beginnings: str) -> None:
    """Build as people do; see that each mistake is told, in our words, and that the old site stands."""
    before = site.public
    done = CliRunner().invoke(sitegen, ["--root", str(site.root), "build", "--date", str(TODAY)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    said = done.output.replace(str(site.root), "")
    for beginning in beginnings:
        assert beginning in said
    assert not LIBRARIES.findall(said)
    assert not PYTHONS.findall(said)
    assert "the old site stands" in said
    assert site.public == before


# -- templates ------------------------------------------------------------------------------


@pytest.mark.parametrize("slip", TEMPLATES)
def test_a_mistake_in_a_template_is_told_at_its_line_and_the_old_site_stands(
    standing: Site, slip: str
) -> None:
    standing.write(
        "templates/page.html", f"{{% extends 'base.html' %}}{{% block main %}}\n{slip}\n{{% endblock %}}"
    )
    line = 3 if slip in ("{% if page.title %}", "{{ page.title ") else 2  # where it should have ended
    assert_told(standing, f"templates/page.html:{line}:1: {TEMPLATES[slip]}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{% include 'page.html' %}", ""),
        ("{% extends 'page.html' %}", ""),
        ("{% include 'other.html' %}", "{% include 'page.html' %}"),
        ("{% extends 'other.html' %}", "{% extends 'page.html' %}"),
        ("{% import 'other.html' as x %}", "{% import 'page.html' as x %}"),
    ],
)
def test_a_circle_of_templates_is_told_where_it_is_entered(standing: Site, one: str, other: str) -> None:
    standing.write("templates/page.html", f"\n{one}").write("templates/other.html", other)
    assert_told(standing, "templates/page.html:2:1: templates include one another without end.")


def test_a_block_that_nothing_above_has_is_told_because_nobody_would_see_it(standing: Site) -> None:
    standing.write("templates/page.html", "{% extends 'base.html' %}\n{% block mian %}x{% endblock %}")
    said = 'templates/page.html:2:1: the block "mian" is nowhere to be filled in. Did you mean "main"?'
    assert_told(standing, said)


def test_blocks_may_come_from_any_template_above_and_a_new_one_from_within(standing: Site) -> None:
    standing.write("templates/shell.html", "{% block head %}{% endblock %}{% block foot %}{% endblock %}")
    middle = "{% extends 'shell.html' %}{% block head %}{% block inner %}{% endblock %}{% endblock %}"
    standing.write("templates/middle.html", middle)
    ours = "{% extends 'middle.html' %}{% block foot %}F{% endblock %}{% block inner %}I{% endblock %}"
    standing.write("templates/page.html", ours).build()
    assert standing.read("mission/index.html") == "IF"


def test_what_extends_a_template_by_a_computed_name_can_fill_in_any_block(standing: Site) -> None:
    standing.write("templates/page.html", "{% extends page and 'x.html' %}{% block any %}x{% endblock %}")
    standing.write("templates/x.html", "<p>{% block any %}{% endblock %}</p>").build()
    assert standing.read("mission/index.html") == "<p>x</p>"


# -- settings -------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (
    *("words", "", 7, -1, 10**15, 0.5, True, [], ["words"], [[1]], [[["x"]]], {"a": "b"}, {"a": {"b": "c"}}),
    *([{"a": "b"}], [{"label": ["x"], "to": {}}], "x" * 601, "javascript:alert(1)", "../x", "0x10", "1e9"),
)


def keys(form: type[Form], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to every key of a form, those of its blocks included."""
    for name, field in form.model_fields.items():
        way = (*above, field.alias or name)
        yield way
        inner = re.search(r"schema\.(\w+Form)\b", str(field.annotation))
        if inner:
            forms = {each.__name__: each for each in Form.__subclasses__()}
            yield from keys(forms[inner[1]], way)


def with_value(way: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return settings that are in order but for one value."""
    entry: Any = value
    for key in reversed(way[1:]):
        entry = {key: entry}
    entry = [entry] if way[0] in ("navigation", "social") and len(way) > 1 else entry
    return {"name": "X", "url": "https://example.org", "cards": "false", way[0]: entry}


@pytest.mark.parametrize("way", list(keys(SettingsForm)), ids=".".join)
def test_a_wrong_type_in_the_settings_is_told_at_its_line(site: Site, way: tuple[str, ...]) -> None:
    refused = 0
    for value in WRONG:
        text = "# a note\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in with_value(way, value).items())
        chosen, problems = settings.read(site.write("content/site.yaml", text).root)
        for problem in problems:
            assert re.match(
                r"content/site\.yaml:[2-9]:\d+: |content/site\.yaml:1:1: \w+ is missing", str(problem)
            )
            assert problem.hint
            assert not LIBRARIES.findall(str(problem).removeprefix("content/site.yaml"))
            assert not PYTHONS.findall(str(problem).replace("words", ""))
        refused += chosen is None
    assert refused >= 5


def test_settings_of_a_wrong_type_leave_the_old_site_standing(standing: Site) -> None:
    standing.write("content/site.yaml", "name: [X]\nurl: {a: b}\ncards: 7\nnavigation: words\nimages: []\n")
    assert_told(standing, *(f"content/site.yaml:{line}:" for line in range(1, 6)))
