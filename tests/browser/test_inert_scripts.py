"""XSS: no text of content runs in a browser or makes it contact another host.

Every vector of `xss/vectors.txt` is tried in every field, in a browser that enforces no policy. The
unprotected site, at the end, shows that most of them would run.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser

from sitegen.content import schema
from sitegen.core.model import Kind
from tests.support import xss_vectors
from tests.support.http_server import served
from tests.support.preview import previewed
from tests.support.site import Site
from tests.support.xss_vectors import BASE, Vector
from tests.support.xss_visitor import ONLY_OURS, Seen, visit, visiting

pytest_plugins = ["tests.support.browser_fixtures"]

SITES, TOGETHER = 3, 8
"""Few builds, with several vectors in a file; `make audit` has a file for each."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another server, which must get no request."""
    with served(tmp_path_factory.mktemp("elsewhere")) as address:
        yield address.removeprefix("http://")


@pytest.fixture(scope="module")
def corpus(elsewhere: str) -> tuple[Vector, ...]:
    return xss_vectors.read(elsewhere)


@dataclass(frozen=True)
class AttackedSites:
    """Sites full of vectors, and the numbers of those that each field accepted."""

    sites: tuple[Site, ...]
    took: dict[str, set[int]]


@pytest.fixture(scope="module")
def attacked(corpus: tuple[Vector, ...], tmp_path_factory: pytest.TempPathFactory) -> AttackedSites:
    sites, took = [], dict[str, set[int]]()
    for turn in range(SITES):
        site = Site(tmp_path_factory.mktemp("hostile") / "site")
        for field, numbers in xss_vectors.write(site, corpus[turn::SITES], turn, TOGETHER).items():
            took.setdefault(field, set()).update(numbers)
        sites.append(site.build())
    return AttackedSites(tuple(sites), took)


def pages(site: Site) -> list[str]:
    return [f"{BASE}/{path}" for path in site.public if path.endswith(".html")]


def assert_inert(seen: Seen, origin: str) -> None:
    assert seen.ran == []
    assert seen.dialogs == []
    assert seen.beyond(origin) == []
    assert seen.asked


# -- the corpus, and that it is published ---------------------------------------------------


def test_the_corpus_is_large_and_has_each_vector_once(corpus: tuple[Vector, ...]) -> None:
    assert len(corpus) >= 350
    assert len({vector.kind for vector in corpus}) >= 20
    written = [re.sub(r"\d+", "", vector.text) for vector in corpus]
    assert [text for text, times in Counter(written).items() if times > 1] == []


def test_every_field_accepts_nearly_all_vectors_and_publishes_them(
    attacked: AttackedSites, corpus: tuple[Vector, ...]
) -> None:
    for site in attacked.sites:
        assert "internal-error" not in site.codes
        assert site.withheld == {}
    assert sum(site.report.published for site in attacked.sites) >= len(corpus) / TOGETHER
    most = 0.95 * len(corpus)
    for field in ("name", "year", "role", "alt", "quote", "title"):
        assert len(attacked.took[f"story.{field}"]) > most
    for field in ("item.title", "item.alt", "item.caption", "page.title", "page.summary", "page.statement"):
        assert len(attacked.took[field]) > most
    for field in ("network.title", "network.summary", "network.contact.name", "network.contact.role"):
        assert len(attacked.took[field]) > most
    for kind in Kind:
        assert len(attacked.took[f"{kind}.text"]) > 0.85 * len(corpus)
    assert len(attacked.took["story.topics"]) > len(corpus) / 5
    assert len({each for field, took in attacked.took.items() if field[:5] == "site." for each in took}) > 100


def test_only_fields_with_a_checked_format_refuse_vectors(attacked: AttackedSites) -> None:
    forms: dict[str, type[schema.Form]] = {
        **{str(kind): form for kind, form in schema.FORMS.items()},
        "site": schema.SettingsForm,
    }
    keys = {
        f"{kind}.{field.alias or name}"
        for kind, form in forms.items()
        for name, field in form.model_fields.items()
    }
    refused = keys - {".".join(field.split(".")[:2]) for field in attacked.took}
    assert refused == {
        *("story.headshot", "story.date", "story.focus", "story.draft", "story.publish", "story.expire"),
        *(
            "story.aliases",
            "story.consent",
            "story.updated",
            "story.own_words",
            "story.contact_ok",
            *(f"{kind}.photo_ok" for kind in Kind),
            "story.people",
            "item.contact_ok",
            "item.photo",
            "item.date",
            "item.people",
            "item.draft",
            "item.consent",
        ),
        *("network.nav_order", "network.aliases", "page.layout", "page.nav_order", "page.aliases"),
        *("page.lang", "page.translation_of", "site.url", "site.languages", "site.page_size"),
        *("site.images", "site.cards", "site.fields", "site.topics", "site.keep", "site.timezone"),
    }


# -- in a browser ---------------------------------------------------------------------------


def test_every_page_has_only_elements_of_templates_and_the_sanitizer(
    browser: Browser, attacked: AttackedSites
) -> None:
    for site in attacked.sites:
        with served(site.root) as origin, visiting(browser) as (page, _):
            page.goto(f"{origin}{BASE}/robots.txt")
            found, linked_data = page.evaluate(ONLY_OURS, [pages(site), BASE])
        assert found == []
        assert len(linked_data) > 100
        for _, data in linked_data:
            assert set(json.loads(data)) == {"@context", "@graph"}


def test_nothing_runs_on_the_pages_and_no_other_host_is_contacted(
    browser: Browser, attacked: AttackedSites
) -> None:
    for site in attacked.sites:
        some = [path for path in pages(site) if re.search(r"/v\d+/", path)]
        frames = "".join(f'<iframe src="{escape(path)}"></iframe>' for path in some)
        site.write("frames.html", f"<!doctype html>{frames}")
        with served(site.root) as origin, visiting(browser) as (page, seen):
            for address in ("/", "/stories/", "/members-in-action/", "/networks/", "/404.html"):
                visit(page, f"{origin}{BASE}{address}")
            visit(page, f"{origin}/frames.html")
            assert_inert(seen, origin)
            assert len(page.frames) == len(some) + 1 > 5


def test_a_trusting_feed_reader_runs_nothing(
    browser: Browser, attacked: AttackedSites, tmp_path: Path
) -> None:
    for number, site in enumerate(attacked.sites):
        root = ET.fromstring((site.out / "feed.xml").read_bytes())
        feed = feedparser.parse((site.out / "feed.xml").read_bytes(), sanitize_html=False)
        items = json.loads(site.read("feed.json"))["items"]
        assert not feed.bozo
        assert len(feed.entries) == len(items) == site.report.published == len(root.findall("{*}entry"))
        texts = [entry.content[0].value for entry in feed.entries] + [item["content_html"] for item in items]
        frames = "".join(f'<iframe srcdoc="{escape(text)}"></iframe>' for text in texts)
        (tmp_path / f"{number}.html").write_text(f"<!doctype html>{frames}", encoding="utf-8")
    with served(tmp_path) as origin, visiting(browser) as (page, seen):
        for number in range(len(attacked.sites)):
            visit(page, f"{origin}/{number}.html")
        ours = [url for url in seen.beyond(origin) if not url.startswith("https://example.org/")]
        assert (seen.ran, seen.dialogs, ours) == ([], [], [])


# -- what machines read ---------------------------------------------------------------------


def test_machine_readable_files_are_those_of_any_site(attacked: AttackedSites, site: Site) -> None:
    site.change("content/site.yaml", "https://example.org", f"https://example.org{BASE}").build()
    for each in attacked.sites:
        assert each.read("_headers") == site.read("_headers")
        assert each.read("robots.txt") == site.read("robots.txt")
        assert each.read("_redirects") == ""
        manifest, plain = (json.loads(one.read("manifest.webmanifest")) for one in (each, site))
        said = ("name", "short_name", "description")
        assert {**manifest, **dict.fromkeys(said)} == {**plain, **dict.fromkeys(said)}
        listed = ET.fromstring(each.read("sitemap.xml").encode()).findall("{*}url/{*}loc")
        assert len(listed) > 100
        assert all((one.text or "").startswith(f"https://example.org{BASE}/") for one in listed)


def test_template_syntax_in_content_stays_text_everywhere(
    attacked: AttackedSites, corpus: tuple[Vector, ...]
) -> None:
    signs = [vector.text for vector in corpus if vector.kind == "templates"]
    plain = [text for text in signs if not set(text) & set("\"'<&")]
    pages = [site.read("stories/index.html") for site in attacked.sites]
    assert [text for text in plain if not any(text in page for page in pages)] == []
    assert len(plain) >= 10


def test_a_quote_ends_no_script_no_cdata_section_and_no_line(site: Site) -> None:
    quote = json.dumps("</script><b> ]]> \u2028 \u2029 <!-- {{ 7*7 }}")
    site.story(quote=quote, name=quote).build()
    page = site.read("stories/maya-lopez/index.html")
    data = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["@graph"][-1]["abstract"] == "</script><b> ]]> <!-- {{ 7*7 }}"
    assert not set(data) & set("<>&\u2028\u2029")
    assert ET.fromstring(site.read("feed.xml").encode()).findtext(".//{*}author/{*}name")


@pytest.mark.parametrize("sign", ["&#1;", "&#x1F;", "&#xB;", "&#xFFFE;", "&#xFFFF;", "&#x7F;"])
def test_characters_that_xml_forbids_are_removed_from_texts(site: Site, sign: str) -> None:
    site.story(body=f"one{sign}two [x](java{sign}script:ran()) <b title='a{sign}b'>three</b>").build()
    assert feedparser.parse(site.read("feed.xml")).bozo is False
    page = site.read("stories/maya-lopez/index.html")
    assert "onetwo" in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("![A dog](https://elsewhere.example/a.jpg)", "a picture from another website was left out."),
        (
            '<img alt="x" src="https://elsewhere.example/a.jpg">',
            "a picture from another website was left out.",
        ),
        ('<iframe src="https://elsewhere.example/"></iframe>', "<iframe> was left out."),
        ('<object data="https://elsewhere.example/"></object>', "<object> was left out."),
        ('<embed src="https://elsewhere.example/">', "<embed> was left out."),
        ('<video src="https://elsewhere.example/"></video>', "<video> was left out."),
        ("<form action=x><input></form>", "<form> was left out."),
        ("[a](javascript:ran())", "a link was left out because of how its address begins."),
        ("<p style='background:url(https://elsewhere.example/)'>x</p>", "style= was left out of <p>."),
        ("<b onclick=ran()>x</b>", "onclick= was left out of <b>."),
    ],
)
def test_removed_html_is_reported(site: Site, written: str, said: str) -> None:
    site.story(body=f"Her story.\n\n{written}\n").build()
    assert [message for message in site.messages if said in message and "maya-lopez.md" in message]
    assert "elsewhere.example" not in site.read("stories/maya-lopez/index.html")
    assert site.report.published == 1


# -- in the preview -------------------------------------------------------------------------


def test_the_preview_quotes_faulty_lines_and_runs_none_of_them(
    browser: Browser, site: Site, corpus: tuple[Vector, ...]
) -> None:
    for vector in corpus:
        for path, text in xss_vectors.broken(vector):
            site.write(path, text)
    for vector in corpus[::40]:
        site.write(f"content/stories/d{vector.number}.md", xss_vectors.draft(vector))
    with previewed(site) as preview, visiting(browser) as (page, seen):
        for address in ("/_preview/", "/", *(f"/stories/d{each.number}/" for each in corpus[::40])):
            visit(page, preview.origin + address)
        visit(page, f"{preview.origin}/_preview/")
        quoted = page.locator("pre").count()
        assert_inert(seen, preview.origin)
    assert quoted > len(corpus)


# -- a careless site ------------------------------------------------------------------------

AT_ONCE = 30
"""Frames on one page."""


def test_on_an_unprotected_site_most_vectors_run(
    browser: Browser, corpus: tuple[Vector, ...], elsewhere: str, tmp_path: Path
) -> None:
    for vector in corpus:
        (tmp_path / f"{vector.number}.html").write_text(xss_vectors.careless(vector), encoding="utf-8")
    for first in range(0, len(corpus), AT_ONCE):
        frames = (f'<iframe src="{each.number}.html"></iframe>' for each in corpus[first : first + AT_ONCE])
        (tmp_path / f"all-{first}.html").write_text(f"<!doctype html>{''.join(frames)}", encoding="utf-8")
    with served(tmp_path) as origin, visiting(browser) as (page, seen):
        for first in range(0, len(corpus), AT_ONCE):
            visit(page, f"{origin}/all-{first}.html")
    happened = {int(said) for _, said in seen.ran if said.isdigit()}
    asked = re.findall(rf"http://{re.escape(elsewhere)}/(\d+)", " ".join(seen.asked))
    happened |= {int(number) for number in asked}
    of_a_browser = [vector for vector in corpus if vector.context not in ("xml", "template", "line")]
    assert len(happened) > 0.75 * len(of_a_browser)
    quiet = Counter(vector.kind for vector in of_a_browser if vector.number not in happened)
    assert all(times < sum(each.kind == kind for each in corpus) for kind, times in quiet.items()), quiet
