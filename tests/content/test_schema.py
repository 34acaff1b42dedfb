"""Schema: values become types once; others are reported at their path of keys."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.content import frontmatter, schema, validation
from sitegen.content.frontmatter import Document
from sitegen.content.schema import Form, PageForm, SettingsForm, StoryForm
from sitegen.content.validation import Fault
from sitegen.core.model import Focus, Kind, Scope

AnyForm = TypeVar("AnyForm", bound=Form)

FORMS: list[type[Form]] = Form.__subclasses__()

PAGE = {"title": "Our mission"}
STORY = {"name": "Ada Park", "date": "2026-02-01", "quote": "I build."}
SETTINGS = {"name": "Test", "url": "https://example.org"}


def filled(form: type[AnyForm], values: Mapping[str, object]) -> AnyForm:
    """Fill a schema with valid values."""
    found = validation.fill(form, values)
    assert isinstance(found, form), found
    return found


def faults(form: type[Form], values: Mapping[str, object]) -> tuple[Fault, ...]:
    """Fill a schema with invalid values."""
    found = validation.fill(form, values)
    assert isinstance(found, tuple), found
    return found


def fault(form: type[Form], values: Mapping[str, object]) -> Fault:
    """Fill a schema with values of which one is invalid."""
    (found,) = faults(form, values)
    return found


def story(**changes: object) -> StoryForm:
    return filled(StoryForm, {**STORY, **changes})


def wrong_story(**changes: object) -> Fault:
    return fault(StoryForm, {**STORY, **changes})


# -- forms, keys and examples ---------------------------------------------------------------


def keys() -> Iterator[tuple[type[Form], str, Any]]:
    """Yield every key of every schema as people write it, with its definition."""
    for form in FORMS:
        for name, field in form.model_fields.items():
            yield form, field.alias or name, field


EXAMPLES = [
    pytest.param(form, key, example, id=f"{form.__name__}-{key}")
    for form, key, field in keys()
    for example in field.examples or ()
]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_content_has_a_schema(kind: Kind) -> None:
    assert schema.FORMS[kind] in FORMS


@pytest.mark.parametrize(("form", "key", "example"), EXAMPLES)
def test_an_example_can_be_copied_unchanged(form: type[Form], key: str, example: str) -> None:
    document = frontmatter.read_yaml(f"{key}: {example}\n".encode(), "content/site.yaml")
    assert isinstance(document, Document), document
    found = validation.fill(form, document.values)
    wrong = found if isinstance(found, tuple) else ()
    assert [fault for fault in wrong if fault.path[0] == key] == []


def test_every_key_that_is_required_has_an_example() -> None:
    assert {(form, key) for form, key, field in keys() if field.is_required()} == {
        (form, key) for form, key, field in keys() if field.is_required() and field.examples
    }


def test_every_key_is_known_and_no_other() -> None:
    for form, key, _ in keys():
        found = validation.fill(form, {key: "x"})
        assert not any(fault.code == "unknown-field" for fault in found if isinstance(fault, Fault)), key
        assert any(fault.path == ("x-y",) for fault in faults(form, {"x-y": "x"})), form


# -- texts ----------------------------------------------------------------------------------


def test_a_text_is_put_on_one_line_in_composed_letters() -> None:
    assert story(name="  Jose\u0301 \n  Diaz ").name == "José Diaz"


def test_a_text_of_600_characters_is_the_longest() -> None:
    assert len(story(quote="x" * 600).quote) == 600
    assert wrong_story(quote="x" * 601).code == "value-too-long"


@pytest.mark.parametrize("value", [["a"], {"a": "b"}, [], {}])
def test_a_text_is_neither_a_list_nor_a_block(value: object) -> None:
    assert wrong_story(school=value).path == ("school",)


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", "\xa0"])
def test_an_invisible_text_is_no_value(nothing: str) -> None:
    found = faults(StoryForm, dict.fromkeys(STORY, nothing))
    assert [(wrong.path, wrong.code) for wrong in found] == [((key,), "empty-field") for key in STORY]


def test_keys_without_a_value_count_as_not_given() -> None:
    form = story(school=None, consent=None, topics=["robotics", None])
    assert (form.school, form.consent, form.topics) == ("", None, ("robotics",))


# -- dates ----------------------------------------------------------------------------------


def test_a_date_is_written_year_month_day() -> None:
    assert story(date="2028-02-29").date == date(2028, 2, 29)


@pytest.mark.parametrize("written", ["0026-02-01", "1026-02-01", "9999-12-31", "2206-02-01"])
def test_a_year_of_another_age_is_refused(written: str) -> None:
    assert wrong_story(date=written).code == "date-out-of-range"


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01", "2026-00-10", "2027-02-29"])
def test_a_day_that_no_calendar_has_is_refused(written: str) -> None:
    assert wrong_story(date=written).code == "no-such-day"


@pytest.mark.parametrize(
    "written",
    [
        *("11/04/2026", "11/4/2026", "11/4/26", "2026/11/04", "2026.11.04", "2026-11-4"),
        *("November 4, 2026", "November 4th, 2026", "Nov. 4, 2026", "4 Nov 2026", "4 November 2026"),
        *("“2026-11-04”", "2026–11–04", "11-04-2026", "Wednesday, November 4, 2026", "Wed 4 Nov 2026"),
        *("2026-11-04T22:00:00.000Z", "11/4/2026 5:00 PM", "\u200e2026-11-04", "2026-11-04 10:00"),
    ],
)
def test_the_day_that_was_meant_is_suggested(written: str) -> None:
    assert wrong_story(date=written).hint == "Did you mean 2026-11-04?"


@pytest.mark.parametrize("written", ["soon", "2026", "12:30", "Sunday", "1 Feb", "0", ""])
def test_an_ambiguous_date_is_reported_with_an_example(written: str) -> None:
    assert "2024-11-04" in wrong_story(date=written).hint


# -- other values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [("true", True), ("True", True), ("yes", True), ("false", False), ("NO", False)],
)
def test_usual_spellings_of_true_and_false_are_accepted(written: str, meant: bool) -> None:
    assert story(draft=written).draft is meant


@pytest.mark.parametrize("written", ["1", "maybe", "ja", ["true"]])
def test_anything_else_is_neither_true_nor_false(written: object) -> None:
    assert wrong_story(draft=written).path == ("draft",)


def test_a_focal_point_is_two_percentages() -> None:
    assert story(focus="50% 35%").focus == Focus(50, 35)
    assert story(focus="0% 12.5%").focus == Focus(0, 12.5)
    assert story().focus == Focus(50, 50)
    for wrong in ("50 35", "50%", "101% 0%", "-1% 0%", "left top", "50%, 35%"):
        assert wrong_story(focus=wrong).path == ("focus",)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("/old/", "/old/"),
        ("/old", "/old/"),
        ("/old/address", "/old/address/"),
        ("/old.html", "/old.html"),
        ("/a/old.htm", "/a/old.htm"),
        ("/josé/", "/josé/"),
        ("/jose\u0301/", "/josé/"),
        ("/jose%CC%81/", "/josé/"),
        ("/हिन्दी/", "/हिन्दी/"),
        ("/jos%C3%A9/our%20story", "/josé/our story/"),
        ("/our story/", "/our story/"),
        ("/old.v2/", "/old.v2/"),
        ("/post.php", "/post.php/"),
        ("/2019/03/maya.aspx", "/2019/03/maya.aspx/"),
        ("/v1.0/maya.html", "/v1.0/maya.html"),
        ("/maya,-12&13/(new)", "/maya,-12&13/(new)/"),
    ],
)
def test_an_alias_is_an_address_of_this_site(written: str, stored: str) -> None:
    assert story(aliases=[written]).aliases == (stored,)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "/index.html",
            "/a/index.htm",
            "/a.html/",
            "/a//",
            "//",
            "old",
            "/",
            "//example.com/",
            "https://example.com/",
            "/a//b/",
            "/../a/",
            "/a/./b",
        ),
        *("/a?b", "/a#b", "/a\\b", "/.well-known/", "/*", "/:a", "/%2e%2e/", "/%2Fa/", "/%5Ca/", "/%E9/"),
        *("/a./", "/a /", "/ a/", "/a.", "/old.html/b/", "/old.html/b.html", "/CON.x/", "/%00/", "/a%0Ab/"),
    ],
)
def test_an_alias_is_nothing_else(written: str) -> None:
    assert wrong_story(aliases=[written]).path == ("aliases", 0)


def test_a_list_is_written_as_one() -> None:
    assert story(topics=["robotics", "robotics"]).topics == ("robotics", "robotics")
    assert "[a, b]" in wrong_story(topics="a, b,").hint
    assert wrong_story(topics={"a": "b"}).path == ("topics",)


def test_a_fault_in_a_list_has_its_position_empty_entries_included() -> None:
    assert wrong_story(topics=["a", ["b"], "c"]).path == ("topics", 1)
    assert wrong_story(topics=[None, "", "a", ["b"]]).path == ("topics", 3)
    navigation = [None, {"label": "Home"}]
    assert fault(SettingsForm, {**SETTINGS, "navigation": navigation}).path == ("navigation", 1, "to")


@pytest.mark.parametrize("written", ["example.org", "ftp://x.org", "https://", "javascript:x", "/a"])
def test_a_web_address_has_scheme_and_host(written: str) -> None:
    assert fault(SettingsForm, {**SETTINGS, "url": written}).path == ("url",)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("HTTPS://Example.ORG/Our-Site/", "https://example.org/Our-Site"),
        ("https://stém.example", "https://xn--stm-cma.example"),
        ("https://BÜCHER.example:8080/a", "https://xn--bcher-kva.example:8080/a"),
        ("https://日本.example", "https://xn--wgv71a.example"),
        ("https://xn--stm-cma.example", "https://xn--stm-cma.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://example.org.", "https://example.org"),
        ("https://j%C3%B3venes.example", "https://xn--jvenes-bxa.example"),
        ("https://हिन्दी.example", "https://xn--j2bd4cyah0f.example"),
        ("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://example.org/jóvenes/", "https://example.org/j%C3%B3venes"),
        ("https://example.org/jo\u0301venes/", "https://example.org/j%C3%B3venes"),
        ("https://example.org/j%c3%b3venes", "https://example.org/j%C3%B3venes"),
        ("https://example.org/jo%CC%81venes", "https://example.org/j%C3%B3venes"),
        ("https://example.org/हिन्दी/a+b", "https://example.org/" + quote("हिन्दी") + "/a%2Bb"),
    ],
)
def test_the_sites_address_is_written_as_in_links(written: str, stored: str) -> None:
    assert filled(SettingsForm, {**SETTINGS, "url": written}).url == stored


@pytest.mark.parametrize("host", ["-a.example", "a-.example", "a..b", ".a", "☃.example", f"{'a' * 64}.org"])
def test_the_sites_address_has_a_host_that_can_be_one(host: str) -> None:
    assert fault(SettingsForm, {**SETTINGS, "url": f"https://{host}"}).path == ("url",)


@pytest.mark.parametrize(
    "path", ["//a", "a//b", "/\\a", "../a", ".a", "a%2Fb", "%2E%2E/a", "st%E9m", "a%00", "%5Ca"]
)
def test_the_sites_address_has_a_path_that_can_be_a_folder(path: str) -> None:
    assert fault(SettingsForm, {**SETTINGS, "url": f"https://example.org/{path}"}).path == ("url",)


def test_the_sites_address_ends_without_a_slash() -> None:
    assert filled(SettingsForm, {**SETTINGS, "url": "https://a.org/b/"}).url == "https://a.org/b"
    assert fault(SettingsForm, {**SETTINGS, "url": "https://a.org/?b"}).path == ("url",)


@pytest.mark.parametrize("written", ["dee", "dee@example", "@example.org", "d ee@example.org"])
def test_an_email_address_has_two_parts_and_a_dot(written: str) -> None:
    contact = {"name": "Dee Roe", "email": written}
    assert fault(SettingsForm, {**SETTINGS, "contact": contact}).path == ("contact", "email")


@pytest.mark.parametrize("written", ["English", "EN", "e", "en_US", "en us"])
def test_a_language_is_a_code(written: str) -> None:
    assert fault(PageForm, {**PAGE, "lang": written}).path == ("lang",)
    assert filled(PageForm, {**PAGE, "lang": "zh-Hans"}).lang == "zh-Hans"


@pytest.mark.parametrize("written", ["../base", "page.html", "Page", "a/b", "-a"])
def test_a_layout_is_a_plain_name(written: str) -> None:
    assert fault(PageForm, {**PAGE, "layout": written}).path == ("layout",)


def test_numbers_have_bounds() -> None:
    assert filled(SettingsForm, {**SETTINGS, "page_size": "500"}).page_size == 500
    for wrong in ("0", "501", "-3"):
        assert "from 1 to 500" in fault(SettingsForm, {**SETTINGS, "page_size": wrong}).hint
    for wrong in ("1.5", "ten", "1e3", "0x10", "1000000"):
        assert wrong in fault(SettingsForm, {**SETTINGS, "page_size": wrong}).message


def test_bounds_are_those_of_the_key_in_its_own_block() -> None:
    images = {"webp_quality": "0", "jpeg_quality": "96"}
    hints = {found.path: found.hint for found in faults(SettingsForm, {**SETTINGS, "images": images})}
    assert "from 1 to 100" in hints["images", "webp_quality"]
    assert "from 1 to 95" in hints["images", "jpeg_quality"]


# -- consent --------------------------------------------------------------------------------

CONSENT = {"given": "2026-01-10"}


def test_consent_is_typed() -> None:
    covers = [scope.value for scope in Scope]
    consent = story(consent={**CONSENT, "by": "guardian", "covers": covers}).consent
    assert consent
    assert consent.given == date(2026, 1, 10)
    assert consent.covers == tuple(Scope)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"covers": ["website", "foto"]}, ("consent", "covers", 1)),
        ({"covers": "website"}, ("consent", "covers")),
        ({"by": "mother"}, ("consent", "by")),
        ({"given": "10/20/2026"}, ("consent", "given")),
        ({"until": "never"}, ("consent", "until")),
        ({"withdrawn": "yes"}, ("consent", "withdrawn")),
        ({"witdrawn": "2026-02-01"}, ("consent", "witdrawn")),
    ],
)
def test_no_typo_in_a_consent_passes(changes: dict[str, object], path: tuple[str | int]) -> None:
    assert wrong_story(consent={**CONSENT, **changes}).path == path


@pytest.mark.parametrize("value", ["yes", ["website"], [], "R-0042"])
def test_a_consent_is_a_block(value: object) -> None:
    assert wrong_story(consent=value).path == ("consent",)


# -- faults ---------------------------------------------------------------------------------


def test_all_mistakes_are_reported_at_once() -> None:
    values = {"nmae": "x", "date": "soon", "draft": "maybe", "consent": {"covers": ["all"]}}
    assert {found.path for found in faults(StoryForm, values)} == {
        ("name",),
        ("nmae",),
        ("date",),
        ("quote",),
        ("draft",),
        ("consent", "given"),
        ("consent", "covers", 0),
    }


def test_an_unknown_key_is_reported_with_the_nearest_key_of_its_block() -> None:
    found = wrong_story(consent={**CONSENT, "untill": "2027-01-01"})
    assert (found.path, found.on_key) == (("consent", "untill"), True)
    assert found.hint == 'Did you mean "until"?'
    assert '"field"' in wrong_story(feild="x").hint


def test_an_unknown_key_unlike_any_other_is_reported_with_all_keys_of_its_block() -> None:
    contact = {"name": "Dee Roe", "zodiac": "x"}
    assert "name, role, email" in fault(SettingsForm, {**SETTINGS, "contact": contact}).hint
    banner = {"text": "Hi", "from": "2026-01-01", "until": "2026-01-02", "zodiac": "x"}
    assert "text, link, from" in fault(SettingsForm, {**SETTINGS, "announcement": banner}).hint


def test_a_key_outside_its_block_is_reported_with_the_right_block() -> None:
    assert "below consent" in wrong_story(withdrawn="2026-05-01").hint


def test_internal_names_of_keys_are_unknown() -> None:
    banner = {"text": "Hi", "start": "2026-01-01", "from": "2026-01-01", "until": "2026-01-02"}
    assert fault(SettingsForm, {**SETTINGS, "announcement": banner}).path == ("announcement", "start")


def test_a_site_has_a_language() -> None:
    assert fault(SettingsForm, {**SETTINGS, "languages": []}).path == ("languages",)


def test_a_missing_key_is_reported_at_the_key_of_its_block() -> None:
    found = wrong_story(consent={"by": "self"})
    assert (found.path, found.on_key) == (("consent", "given"), True)
    assert "2024-10-20" in found.hint


def test_a_missing_key_in_a_list_of_blocks_has_its_position() -> None:
    navigation = [{"label": "Home", "to": "index.md"}, {"label": "Mission"}]
    found = fault(SettingsForm, {**SETTINGS, "navigation": navigation})
    assert found.path == ("navigation", 1, "to")


def test_a_key_without_a_value_is_reported_at_the_value() -> None:
    found = fault(StoryForm, {**STORY, "quote": None})
    assert (found.path, found.on_key) == (("quote",), False)
    link = {"label": "Home", "to": None}
    found = fault(SettingsForm, {**SETTINGS, "navigation": [link]})
    assert (found.path, found.on_key) == (("navigation", 0, "to"), False)


KEYS = [*sorted({key for _, key, _ in keys()}), "", "x", "model_config", "__class__"]
VALUES = st.recursive(
    st.none()
    | st.text(max_size=8)
    | st.sampled_from(["2026-02-01", "11/04/2026", "true", "7", "50% 5%", "/a/", "en", "website"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=st.sampled_from(FORMS), values=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_any_value_is_accepted_or_has_a_message(form: type[Form], values: dict[str, object]) -> None:
    found = validation.fill(form, values)
    for wrong in found if isinstance(found, tuple) else ():
        assert wrong.message.endswith((".", "?"))
        assert wrong.hint
        assert wrong.path[0] in {*values, *KEYS}


def test_an_address_that_is_given_twice_counts_once() -> None:
    values = {"title": "Mission", "aliases": ["/a/", "/a", "/A/", "/b/"]}
    page = validation.fill(schema.PageForm, values)
    assert isinstance(page, schema.PageForm)
    assert page.aliases == ("/a/", "/b/")
