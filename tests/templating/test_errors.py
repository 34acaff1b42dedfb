"""Template errors: reported with file and line, in plain words; the site stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.cli.main import sitegen
from sitegen.content import settings
from sitegen.content.schema import Form, SettingsForm
from tests.support.library_words import LIBRARIES
from tests.support.site import TODAY, Site

PYTHONS = re.compile(r"'\w+' object|NoneType|\bint\b|\bstr\b|\bdict\b|_error|Error\b|expected|argument")
"""Words of Python, which no message may contain."""

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
    "{% include 'nobody.html' %}": 'the template "nobody.html" was not found.',
    "{% include page.title %}": 'the template "Mission" was not found.',
    "{{ 'nothing.css' | asset }}": 'the file "nothing.css" is not in assets/.',
    "{% block main %}x{% endblock %}": 'the block "main" is in this template twice.',
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "templates include one another without end.",
    "{% for x in range(10 ** 12) %}x{% endfor %}": "this range is too long; the most is 100,000.",
    "{% for x in range(0, -(10 ** 12), -1) %}x{% endfor %}": "this range is too long; the most is 100,000.",
    "{{ 1 / 0 }}": "something is divided by zero here.",
    "{{ 2.0 ** 100000 }}": "the result is too large.",
    "{{ page.title + 1 }}": "this doesn't work with the value that it gets.",
    "{{ page.title | day }}": "this doesn't work with the value that it gets.",
    "{{ 3 | href }}": "this doesn't work with the value that it gets.",
    "{{ page | tojson }}": "this doesn't work with the value that it gets.",
    "{{ page.title | truncate('a') }}": "this doesn't work with the value that it gets.",
    "{{ once(3) }}": "this doesn't work with the value that it gets.",
}


@pytest.fixture
def public_site(site: Site) -> Site:
    """A published site."""
    return site.page("mission").story().build()


def assert_reported(site: Site, *beginnings: str) -> None:
    """Check that a build reports each mistake in plain words, and that the old site stays."""
    before = site.public
    done = CliRunner().invoke(sitegen, ["--root", str(site.root), "build", "--date", str(TODAY)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    said = done.output.replace(str(site.root), "")
    for beginning in beginnings:
        assert beginning in said
    assert not LIBRARIES.findall(said)
    assert not PYTHONS.findall(said)
    assert "the old site is unchanged" in said
    assert site.public == before


# -- templates ------------------------------------------------------------------------------


@pytest.mark.parametrize("slip", TEMPLATES)
def test_a_mistake_in_a_template_is_reported_at_its_line_and_the_old_site_stays(
    public_site: Site, slip: str
) -> None:
    public_site.write(
        "templates/page.html", f"{{% extends 'base.html' %}}{{% block main %}}\n{slip}\n{{% endblock %}}"
    )
    line = (
        3 if slip in ("{% if page.title %}", "{{ page.title ") else 2
    )  # the place where it should have ended
    assert_reported(public_site, f"templates/page.html:{line}:1: {TEMPLATES[slip]}")


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
def test_a_template_loop_is_reported_where_it_is_entered(public_site: Site, one: str, other: str) -> None:
    public_site.write("templates/page.html", f"\n{one}").write("templates/other.html", other)
    assert_reported(public_site, "templates/page.html:2:1: templates include one another without end.")


def test_a_block_that_no_parent_has_is_reported(public_site: Site) -> None:
    public_site.write("templates/page.html", "{% extends 'base.html' %}\n{% block mian %}x{% endblock %}")
    said = 'templates/page.html:2:1: the block "mian" is not in the base template. Did you mean "main"?'
    assert_reported(public_site, said)


def test_blocks_may_come_from_any_template_above_and_a_new_one_from_within(public_site: Site) -> None:
    public_site.write("templates/shell.html", "{% block head %}{% endblock %}{% block foot %}{% endblock %}")
    middle = "{% extends 'shell.html' %}{% block head %}{% block inner %}{% endblock %}{% endblock %}"
    public_site.write("templates/middle.html", middle)
    ours = "{% extends 'middle.html' %}{% block foot %}F{% endblock %}{% block inner %}I{% endblock %}"
    public_site.write("templates/page.html", ours).build()
    assert public_site.read("mission/index.html") == "IF"


def test_a_template_with_a_computed_parent_can_fill_in_any_block(public_site: Site) -> None:
    public_site.write("templates/page.html", "{% extends page and 'x.html' %}{% block any %}x{% endblock %}")
    public_site.write("templates/x.html", "<p>{% block any %}{% endblock %}</p>").build()
    assert public_site.read("mission/index.html") == "<p>x</p>"


# -- settings -------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (
    *("words", "", 7, -1, 10**15, 0.5, True, [], ["words"], [[1]], [[["x"]]], {"a": "b"}, {"a": {"b": "c"}}),
    *([{"a": "b"}], [{"label": ["x"], "to": {}}], "x" * 601, "javascript:alert(1)", "../x", "0x10", "1e9"),
)


def keys(form: type[Form], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key of a schema, including those of its blocks."""
    for name, field in form.model_fields.items():
        way = (*above, field.alias or name)
        yield way
        inner = re.search(r"schema\.(\w+Form)\b", str(field.annotation))
        if inner:
            forms = {each.__name__: each for each in Form.__subclasses__()}
            yield from keys(forms[inner[1]], way)


def with_value(way: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return valid settings except for one value."""
    entry: Any = value
    for key in reversed(way[1:]):
        entry = {key: entry}
    entry = [entry] if way[0] in ("navigation", "social") and len(way) > 1 else entry
    return {"name": "X", "url": "https://example.org", "cards": "false", way[0]: entry}


@pytest.mark.parametrize("way", list(keys(SettingsForm)), ids=".".join)
def test_a_wrong_type_in_the_settings_is_reported_at_its_line(site: Site, way: tuple[str, ...]) -> None:
    reported = 0
    for value in WRONG:
        text = "# a note\n" + "".join(f"{k}: {json.dumps(v)}\n" for k, v in with_value(way, value).items())
        _, problems = settings.read(site.write("content/site.yaml", text).root)
        for problem in problems:
            assert re.match(
                r"content/site\.yaml:[2-9]:\d+: |content/site\.yaml:1:1: \w+ is missing", str(problem)
            )
            assert problem.hint
            assert not LIBRARIES.findall(str(problem).removeprefix("content/site.yaml"))
            assert not PYTHONS.findall(str(problem).replace("words", ""))
        reported += bool(problems)
    assert reported >= 5


def test_settings_of_a_wrong_type_keep_the_old_site(public_site: Site) -> None:
    public_site.write(
        "content/site.yaml", "name: [X]\nurl: {a: b}\ncards: 7\nnavigation: words\nimages: []\n"
    )
    assert_reported(public_site, *(f"content/site.yaml:{line}:" for line in range(1, 6)))
