"""URLs: made from names, encoded in pages, resolved in links."""

import posixpath
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.core.urls import (
    BadLink,
    ToAddress,
    ToFile,
    ToWeb,
    encode,
    file_of,
    resolve,
    sibling_picture,
    slugify,
    term_slug,
)

MAYA = "content/stories/maya.md"
HERE = "content/index.md"


# -- made from names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Maya Lopez", "maya-lopez"),
        ("  Physics & Chemistry, 2nd year! ", "physics-chemistry-2nd-year"),
        ("a--b__c..d//e", "a-b-c-d-e"),
        ("Café Noël, Muñoz", "cafe-noel-munoz"),
        ("Cafe\N{COMBINING ACUTE ACCENT}", "cafe"),
        ("Việt Nam", "viet-nam"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("O'Neil’s", "oneils"),
        ("東京 大学", "東京-大学"),
        ("Физика", "физика"),
        ("../../etc/passwd\0", "etc-passwd"),
        ("\N{KEYCAP TEN} 1\ufe0f\u20e3 \u2764\ufe0f Art", "1-art"),
        ("🎉", ""),
        ("!?", ""),
        ("", ""),
    ],
)
def test_a_slug_is_letters_and_digits_with_hyphens_between(name: str, slug: str) -> None:
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("term", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C♯", "c-sharp"),
        ("C ++", "c-plus-plus"),
        ("C--", "c-minus-minus"),
        ("A*", "a-star"),
        ("100% solar", "100-percent-solar"),
        ("C／C＋＋", "c-c-plus-plus"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("Net", "net"),
        ("LGBTQ+ in STEM", "lgbtq-plus-in-stem"),
        ("Math & Art", "math-art"),
        ("Math + Art", "math-art"),
        ("A+B", "a-b"),
        ("#robotics", "robotics"),
        ("P.S. #12", "p-s-12"),
        ("#1", "number-1"),
        ("$5", "dollar-5"),
        ("5 €", "5-euro"),
        ("+1", "plus-1"),
        ("-1", "minus-1"),
        ("<3", "less-than-3"),
        ("°C", "degree-c"),
        ("@x", "at-x"),
        ("R&D", "r-d"),
        ("I/O", "i-o"),
        ("3-D", "3-d"),
        ("2½", "2-1-2"),
        ("21/2", "21-2"),
        ("Lego™", "lego"),
        ("🤖 Robotics", "robotics"),
        ("Node.js", "node-js"),
        ("St. Mary's", "st-marys"),
        ("Robotics!", "robotics"),
        ("🎉", ""),
    ],
)
def test_a_term_keeps_the_signs_that_make_it_another_word(term: str, slug: str) -> None:
    assert term_slug(term) == slug


@pytest.mark.parametrize("name", ["한국", "がくせい", "हिन्दी", "ไทยกี่"])
def test_combining_marks_that_are_not_accents_stay(name: str) -> None:
    assert slugify(name) == unicodedata.normalize("NFC", name)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None, database=None)
def test_a_slug_is_a_slug_of_itself_and_safe_as_a_file_name(name: str) -> None:
    slug = slugify(name)
    assert slugify(slug) == slug
    assert posixpath.basename(slug) == slug
    assert not slug.startswith(("-", "."))
    assert not slug.endswith("-")


# -- written into pages ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("/", "/"),
        ("/stories/maya-lopez/", "/stories/maya-lopez/"),
        ("/stories/schools/東京/", "/stories/schools/%E6%9D%B1%E4%BA%AC/"),
        ("/~maya/a b/", "/~maya/a%20b/"),
        ('/"<&>?%/', "/%22%3C%26%3E%3F%25/"),
        ("/faq/#fn:1", "/faq/#fn:1"),
        ("/faq/#qué", "/faq/#qu%C3%A9"),
    ],
)
def test_an_address_is_percent_encoded_but_for_its_slashes_and_anchor(address: str, encoded: str) -> None:
    assert encode(address) == encoded
    assert unquote(encoded) == address


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/stories/maya/", "stories/maya/index.html"),
        ("/404.html", "404.html"),
        ("/feed.xml", "feed.xml"),
        ("/.nojekyll", ".nojekyll"),
    ],
)
def test_a_server_answers_with_this_file(address: str, file: str) -> None:
    assert file_of(address) == file


# -- understood in links --------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org",
        "HTTP://example.org/a?b=c#d",
        "https://example.org/../x",
        "mailto:maya@example.org",
        "MailTo:maya@example.org",
        "tel:+12155550100",
    ],
)
def test_web_mail_and_telephone_links_are_left_as_they_are(written: str) -> None:
    assert resolve(written, MAYA) == ToWeb(written)


@pytest.mark.parametrize(
    ("written", "path", "anchor"),
    [
        ("sam.md", "content/stories/sam.md", ""),
        ("./sam.md", "content/stories/sam.md", ""),
        ("../mission.md", "content/mission.md", ""),
        ("../mission.md#why", "content/mission.md", "why"),
        ("../stories/./sam.md", "content/stories/sam.md", ""),
        ("sam%20oh.md", "content/stories/sam oh.md", ""),
        ("..%2Fmission.md", "content/mission.md", ""),
        ("sam.md?from=feed#top", "content/stories/sam.md", "top"),
        ("sam.md#qu%C3%A9", "content/stories/sam.md", "qué"),
        ("sam.md#", "content/stories/sam.md", ""),
        ("%252e%252e/x.md", "content/stories/%2e%2e/x.md", ""),
        ("#top", MAYA, "top"),
        ("#fn:1", MAYA, "fn:1"),
        ("?page=2", MAYA, ""),
        ("", MAYA, ""),
    ],
)
def test_a_relative_link_leads_to_a_file_of_the_content(written: str, path: str, anchor: str) -> None:
    assert resolve(written, MAYA) == ToFile(path, anchor)


@pytest.mark.parametrize(
    ("written", "address", "anchor"),
    [
        ("/", "/", ""),
        ("/#top", "/", "top"),
        ("/stories/", "/stories/", ""),
        ("/stories", "/stories", ""),
        ("/stories/maya/#quote", "/stories/maya/", "quote"),
        ("/stories/?page=2#top", "/stories/", "top"),
        ("/stories//maya/", "/stories/maya/", ""),
        ("/stories/../faq/", "/faq/", ""),
        ("/stories/sch%C3%B6n/", "/stories/schön/", ""),
        ("/../../etc/passwd", "/etc/passwd", ""),
        ("/%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", ""),
    ],
)
def test_a_link_from_the_root_leads_to_an_address(written: str, address: str, anchor: str) -> None:
    assert resolve(written, MAYA) == ToAddress(address, anchor)


@pytest.mark.parametrize("written", ["/./", "/stories/../", "/%2F", "/%2F%2F"])
def test_every_link_to_the_root_is_the_home_page(written: str) -> None:
    """An address that begins with two slashes would lead to another host (RFC 3986, 4.2)."""
    assert resolve(written, MAYA) == ToAddress("/", "")


@pytest.mark.parametrize("written", ["/%2Fevil.example/", "/%2F%2Fevil.example", "/.//evil.example"])
def test_an_address_never_names_another_host(written: str) -> None:
    found = resolve(written, MAYA)
    assert isinstance(found, ToAddress)
    assert not found.address.startswith("//")


@pytest.mark.parametrize(
    "written",
    [
        "..",
        "../..",
        "../../site.md",
        "../../../../etc/passwd",
        "../../content-of-others/x.md",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "x/../../../etc/passwd",
    ],
)
def test_no_link_leads_out_of_the_content(written: str) -> None:
    assert resolve(written, MAYA) == BadLink("The path leads out of the content folder.")


@pytest.mark.parametrize(
    "written", ["..\\mission.md", "..%5Cmission.md", "/\\evil.example", "sam%00.md", "/\0"]
)
def test_backslashes_and_nul_are_refused(written: str) -> None:
    assert resolve(written, MAYA) == BadLink("Write the path with forward slashes.")


@pytest.mark.parametrize("written", ["//evil.example", "//evil.example/x.md", "\\\\evil.example"])
def test_an_address_without_scheme_is_refused(written: str) -> None:
    assert resolve(written, MAYA) == BadLink("Start a web address with https://")


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "https:example.org",
        "https:///example.org",
        "C:/photos/x.md",
    ],
)
def test_other_schemes_are_refused(written: str) -> None:
    assert resolve(written, MAYA) == BadLink("Links may start with https://, mailto: or tel:.")


@given(st.text(max_size=40) | st.text("/.%2eF5cC#?:\\x", max_size=40))
@settings(max_examples=300, deadline=None, database=None)
def test_any_link_stays_inside_the_content(written: str) -> None:
    match resolve(written, HERE):
        case ToFile(path, _):
            assert posixpath.normpath(path) == path
            assert path.startswith("content/")
        case ToAddress(address, _):
            assert address.startswith("/")
            assert not address.startswith("//")
        case ToWeb(address):
            assert address.lower().startswith(("http://", "https://", "mailto:", "tel:"))


# -- pictures beside a file -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("maya.jpg", "content/stories/maya.jpg"),
        ("at%20home.jpg", "content/stories/at home.jpg"),
        ("..jpg", "content/stories/..jpg"),
    ],
)
def test_a_picture_is_beside_the_file_that_names_it(written: str, path: str) -> None:
    assert sibling_picture(written, MAYA) == path


@pytest.mark.parametrize(
    "written",
    [
        "",
        ".",
        "..",
        "%2e%2e",
        "../maya.jpg",
        "..%2Fmaya.jpg",
        "/maya.jpg",
        "photos/maya.jpg",
        "..\\maya.jpg",
        "..%5Cmaya.jpg",
        "maya.jpg\0.png",
        "maya.jpg%00",
        "https://example.org/maya.jpg",
    ],
)
def test_a_picture_elsewhere_is_refused(written: str) -> None:
    assert sibling_picture(written, MAYA) is None
