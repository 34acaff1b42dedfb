"""Markdown to safe HTML: rendered once per text, then finished with the addresses of the day.

`render` is a pure function of the text. What depends on the rest of the site (where a link leads
today, which files a picture became) is filled in by `finish`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from markdown import Markdown

from sitegen import effort, engine
from sitegen.limits import LONGEST_TEXT
from sitegen.model import Body, Heading, PictureMark
from sitegen.problems import Remark, Severity
from sitegen.signs import UNPRINTABLE

TAGS = frozenset(
    {
        *("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s"),
        *("small", "span", "strong", "sub", "sup", "u"),
        *("blockquote", "br", "details", "div", "hr", "img", "p", "pre", "summary"),
        *("dd", "dl", "dt", "li", "ol", "ul"),
        *("h2", "h3", "h4", "h5", "h6"),
        *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"alt", "src", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
CLASSES: dict[str, set[str]] = {
    "a": {"footnote-backref", "footnote-ref"},
    "div": {"footnote"},
    "td": {"left", "center", "right"},
    "th": {"left", "center", "right"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# The sanitiser writes its output in one normal form: tags balanced, attributes in double quotes, and
# <, > and " inside them escaped. That is what makes these patterns safe; they are never used on
# anything else.
LINK_TAG = re.compile(r"<a(?: [^>]*)?>|</a>")
LINK = re.compile(r"<a(?: [a-z]+=\"[^\"]*\")*? href=\"([^\"]*)\"")
UNADDRESSED = re.compile(r"<(?:a|img)(?=[ >])(?!(?: [a-z]+=\"[^\"]*\")*? (?:href|src)=)")
PICTURE = re.compile(r"<p>(<img [^>]*>)</p>|(<img [^>]*>)")
HEADING = re.compile(r"<h([2-6])(?: id=\"([^\"]*)\")?>((?:(?!<h[2-6]).)*?)</h\1>", re.DOTALL)
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")
SRC = re.compile(r"src=\"[^\"]*\"")
HREF = re.compile(r"href=\"[^\"]*\"")
IDENTIFIER = re.compile(r"(<[a-z][a-z0-9]*(?: [a-z]+=\"[^\"]*\")*?) id=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>")

ALIGNED = re.compile(r'<(t[dh]) style="text-align: (left|center|right);">')


@cache
def _markdown() -> Markdown:
    return engine.swift()


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_own_identifiers_only,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _own_identifiers_only(_tag: str, attribute: str, value: str) -> str | None:
    """Keep ids out of the templates' way: theirs begin with an underscore."""
    return None if attribute == "id" and value.startswith("_") else value


def render(text: str) -> tuple[Body, tuple[Remark, ...]]:
    """Return the body that a Markdown text makes, and remarks on what was left out and why."""
    if len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters; the most is {LONGEST_TEXT:,}."
        return Body(), (Remark(message, "Split it into several pages.", ""),)
    converted = _converted(text)
    if isinstance(converted, Remark):
        return Body(), (converted,)
    written = ALIGNED.sub(r'<\1 class="\2">', converted.replace("<h1", "<h2").replace("</h1>", "</h2>"))
    remarks = list(_first_level_headings(converted, text))
    html = _each_id_once(_clean(written))
    # Markdown itself makes nothing that has to go. Only raw HTML does, and the address of a link or
    # picture: each of them had one, so that which has none has lost it.
    if "<" in text or UNADDRESSED.search(html):
        remarks.extend(_what_went(written, html))
    return _body(html, len(text.split())), tuple(remarks)


def _converted(text: str) -> str | Remark:
    """Return the HTML that Markdown makes of a text, unless it would take too long."""
    plainly = engine.plainly(text)
    if plainly is not None:
        return plainly
    refused = effort.too_much(text)
    if refused:
        return refused
    try:
        return _markdown().reset().convert(text)
    except RecursionError:
        _markdown.cache_clear()  # it was left in the middle of something
        return Remark("lists or quotes are nested too deeply.", "Use fewer levels.", "")


def _clean(written: str) -> str:
    """Return the sanitiser's HTML without what was taken out of the file, and has come back.

    An entity brings it, or Markdown itself, which marks places with control characters. What stands round
    it is looked at again when it is gone: it may be a scheme.
    """
    html = _cleaner().clean(written)
    while UNPRINTABLE.search(html):
        html = _cleaner().clean(UNPRINTABLE.sub("", html))
    return html


def _each_id_once(html: str) -> str:
    """Take away an id that stands in raw HTML and again on a heading; the first one keeps it."""
    if html.count(' id="') < 2:
        return html
    seen: set[str] = set()

    def once(found: re.Match[str]) -> str:
        first = found[2] not in seen
        seen.add(found[2])
        return found[0] if first else found[1]

    return IDENTIFIER.sub(once, html)


def _body(html: str, words: int) -> Body:
    pictures = PICTURE.finditer(html) if "<img " in html else ()
    return Body(
        utf8=html.encode(),
        links=tuple(unescape(address) for address in LINK.findall(html)),
        pictures=tuple(_picture_mark(found[1] or found[2]) for found in pictures),
        headings=tuple(
            Heading(int(level), unescape(anchor), plain(inner))
            for level, anchor, inner in HEADING.findall(html)
        ),
        anchors=tuple(unescape(name) for _, name in IDENTIFIER.findall(html)),
        words=words,
    )


def with_pictures(body: Body, names: Mapping[str, str]) -> Body:
    """Return a body that names its pictures by other names; those without one are named by nothing."""
    marks = tuple(replace(mark, source=names.get(mark.source, "")) for mark in body.pictures)
    found = iter(marks)
    html = PICTURE.sub(lambda picture: SRC.sub(f'src="{next(found).source}"', picture[0]), body.html)
    return replace(body, utf8=html.encode(), pictures=marks)


def plain(html: str) -> str:
    """Return the text of a piece of the sanitiser's HTML."""
    return unescape(TAG.sub("", html)).strip()


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(written)}


def _picture_mark(tag: str) -> PictureMark:
    attributes = _attributes(tag)
    return PictureMark(
        attributes.get("src", ""),
        attributes.get("alt", "").strip(),
        attributes.get("title", "").strip(),
    )


def _first_level_headings(written: str, text: str) -> Iterator[Remark]:
    if "<h1" in written:
        line = next((line for line in text.split("\n") if re.match(r"#[^#]", line)), "")
        yield Remark(
            "a page has one main heading, and it is made from the front matter.",
            "Begin headings in the text with ## instead of #.",
            line,
            Severity.WARNING,
        )


# -- what the sanitiser took away -----------------------------------------------------------


class _Census(HTMLParser):
    """Counts the tags, and the attributes of each tag, of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, ""] += 1
        for name, _ in attrs:
            self.found[tag, name] += 1


def _census(html: str) -> Counter[tuple[str, str]]:
    census = _Census()
    census.feed(html)
    census.close()
    return census.found


def _what_went(before: str, after: str) -> Iterator[Remark]:
    lost = _census(before) - _census(after)
    gone = {tag for tag, attribute in lost if not attribute}
    for tag, attribute in sorted(lost):
        if not attribute:
            yield Remark(
                f"<{tag}> was left out.",
                "Write it in Markdown, or take it out.",
                f"<{tag}",
                Severity.WARNING,
            )
        elif tag not in gone and attribute in ("href", "src"):
            yield Remark(
                "a link was left out because of how its address begins.",
                "Links may begin with https://, mailto: or tel:.",
                "](",
                Severity.WARNING,
            )
        elif tag not in gone:
            yield Remark(
                f"{attribute}= was left out of <{tag}>.",
                "Take it out.",
                attribute,
                Severity.WARNING,
            )


# -- finishing ------------------------------------------------------------------------------


def finish(
    html: str,
    link: Callable[[str], str | None],
    picture: Callable[[PictureMark, bool], str],
    prefix: str = "",
) -> str:
    """Return rendered HTML with its links and pictures filled in.

    `link` turns a target as written into an address, or None where only the words should stay.
    `picture` turns a mark into HTML; its second argument tells whether the picture stands alone in
    its paragraph. `prefix` goes before every anchor, for pages that hold several bodies.
    """
    if "<a" in html:
        html = _with_links(html, link, prefix)
    if "<img " in html:
        html = PICTURE.sub(lambda found: picture(_picture_mark(found[1] or found[2]), bool(found[1])), html)
    if prefix:
        html = IDENTIFIER.sub(lambda found: f'{found[1]} id="{escape(prefix)}{found[2]}"', html)
    return html


def _with_links(html: str, link: Callable[[str], str | None], prefix: str) -> str:
    """Fill in every link; where one leads nowhere, take away both of its tags and leave its words."""
    kept: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        if found[0] == "</a>":
            return found[0] if kept.pop() else ""
        written = _attributes(found[0]).get("href")
        if written is None:
            kept.append(True)
            return found[0]
        address = f"#{prefix}{written[1:]}" if written.startswith("#") else link(written)
        kept.append(address is not None)
        return "" if address is None else HREF.sub(lambda _: f'href="{escape(address)}"', found[0])

    return LINK_TAG.sub(tag, html)
