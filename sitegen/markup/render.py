"""Markdown renderer: Markdown to sanitized HTML, then links and pictures.

`render` is a pure function of the text. `fill_in` adds what depends on the rest of the site: addresses of
links and pictures.
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

from sitegen.core.diagnostics import Remark, Severity
from sitegen.core.limits import LONGEST_TEXT
from sitegen.core.model import Body, Heading, PictureMark
from sitegen.core.problem_codes import Code
from sitegen.core.text import UNPRINTABLE
from sitegen.markup import cost, definitions, fast_markdown, footnotes

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
CODE = re.compile(r"<(code|pre)>.*?</\1>", re.DOTALL)
NOTE_MARK = re.compile(r"(?<!\\)\[\^[^\[\]\s<>]+\]")

ALIGNED = re.compile(r'<(t[dh]) style="text-align: (left|center|right);">')


@cache
def _markdown() -> Markdown:
    return fast_markdown.fast()


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
    """Remove ids that begin with an underscore: those are reserved for templates."""
    return None if attribute == "id" and value.startswith("_") else value


def render(text: str) -> tuple[Body, tuple[Remark, ...]]:
    """Return the body of a Markdown text, and remarks on what was removed and why."""
    if len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters; the most is {LONGEST_TEXT:,}."
        return Body(), (Remark(Code.TEXT_TOO_LONG, message, "Split it into several pages.", ""),)
    done = _converted(text)
    if isinstance(done, Remark):
        return Body(), (done,)
    converted, lost = done
    written = ALIGNED.sub(r'<\1 class="\2">', converted.replace("<h1", "<h2").replace("</h1>", "</h2>"))
    remarks = [*lost, *_first_level_headings(converted, text)]
    html, unused = footnotes.without_dead_backlinks(_each_id_once(_clean(written)))
    remarks.extend(map(_unused_footnote, unused))
    if "[^" in html:
        remarks.extend(_marks_without_footnote(html, text))
    # Only raw HTML and addresses of links and pictures can contain something that is removed; a link or
    # picture without an address has lost it.
    if "<" in text or UNADDRESSED.search(html):
        remarks.extend(_removed_by_sanitizer(written, html))
    return _body(html, len(text.split())), tuple(remarks)


def _converted(text: str) -> tuple[str, tuple[Remark, ...]] | Remark:
    """Return the unsanitized HTML of a text and remarks on what is not in it, or why it is refused."""
    fast_html = fast_markdown.fast_html(text)
    if fast_html is not None:
        return fast_html, ()
    refused = cost.costly_part(text)
    if refused:
        return refused
    markdown = _markdown()
    try:
        return markdown.reset().convert(text), tuple(definitions.remarks(markdown))
    except RecursionError:
        _markdown.cache_clear()  # its state is inconsistent now
        message = "lists or quotes are nested too deeply."
        return Remark(Code.NESTED_TOO_DEEPLY, message, "Use fewer levels.", "")


def _unused_footnote(name: str) -> Remark:
    message = f'nothing in the text leads to the footnote "{name}".'
    hint = f"Write [^{name}] where it belongs, or take it out."
    return Remark(Code.UNUSED_FOOTNOTE, message, hint, f"[^{name}]:", Severity.WARNING)


def _marks_without_footnote(html: str, text: str) -> Iterator[Remark]:
    """Yield a remark on each mark that is shown as written, unless a backslash in the text wants it so."""
    meant = set(NOTE_MARK.findall(text))
    shown = (unescape(mark) for mark in NOTE_MARK.findall(CODE.sub("", html)))
    for written in dict.fromkeys(mark for mark in shown if mark in meant):
        hint = f'Write it on a line of its own, like this: "{written}: …"'
        yield Remark(
            Code.FOOTNOTE_NOT_FOUND, f"there is no footnote {written}.", hint, written, Severity.WARNING
        )


def _clean(written: str) -> str:
    """Return sanitized HTML without control characters.

    They are removed from files, but entities, or Markdown's own placeholders, bring them back. The HTML is
    sanitized again without them, because the characters around them may then be a scheme.
    """
    html = _cleaner().clean(written)
    while UNPRINTABLE.search(html):
        html = _cleaner().clean(UNPRINTABLE.sub("", html))
    return html


def _each_id_once(html: str) -> str:
    """Remove duplicate ids; the first element keeps its id."""
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
    """Return a body whose pictures have other names; pictures without one get an empty name."""
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
            Code.MAIN_HEADING_IN_TEXT,
            "a page has one main heading, and it is made from the front matter.",
            "Start headings in the text with ## instead of #.",
            line,
            Severity.WARNING,
        )


# -- removed by the sanitizer ---------------------------------------------------------------


class _TagCounter(HTMLParser):
    """Counts the tags, and the attributes of each tag, of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, ""] += 1
        for name, _ in attrs:
            self.found[tag, name] += 1


def _count_tags(html: str) -> Counter[tuple[str, str]]:
    census = _TagCounter()
    census.feed(html)
    census.close()
    return census.found


def _removed_by_sanitizer(before: str, after: str) -> Iterator[Remark]:
    lost = _count_tags(before) - _count_tags(after)
    gone = {tag for tag, attribute in lost if not attribute}
    for tag, attribute in sorted(lost):
        if not attribute:
            yield Remark(
                Code.HTML_REMOVED,
                f"<{tag}> was left out.",
                "Write it in Markdown, or take it out.",
                f"<{tag}",
                Severity.WARNING,
            )
        elif tag not in gone and attribute in ("href", "src"):
            yield Remark(
                Code.UNUSABLE_LINK,
                "a link was left out because of how its address begins.",
                "Links may start with https://, mailto: or tel:.",
                "](",
                Severity.WARNING,
            )
        elif tag not in gone:
            yield Remark(
                Code.HTML_REMOVED,
                f"{attribute}= was left out of <{tag}>.",
                "Take it out.",
                attribute,
                Severity.WARNING,
            )


# -- links and pictures ---------------------------------------------------------------------


def fill_in(
    html: str,
    link: Callable[[str], str | None],
    picture: Callable[[PictureMark, bool], str],
    prefix: str = "",
    page: str = "",
) -> str:
    """Return rendered HTML with its links and pictures filled in.

    `link` turns a target as written into an address, or None to keep only the words. `picture` turns a mark
    into HTML; its second argument is true if the picture is alone in its paragraph. `prefix` goes before
    every anchor, for pages with several bodies; `page` goes before a link within the text, for texts that are
    read elsewhere.
    """
    if "<a" in html:
        html = _with_links(html, link, f"{page}#{prefix}")
    if "<img " in html:
        html = PICTURE.sub(lambda found: picture(_picture_mark(found[1] or found[2]), bool(found[1])), html)
    if prefix:
        html = IDENTIFIER.sub(lambda found: f'{found[1]} id="{escape(prefix)}{found[2]}"', html)
    return html


def _with_links(html: str, link: Callable[[str], str | None], own: str) -> str:
    """Fill in every link; if it has no address, remove both of its tags and keep its words.

    `own` is the address of the text itself, up to the name of an anchor.
    """
    kept: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        if found[0] == "</a>":
            return found[0] if kept.pop() else ""
        written = _attributes(found[0]).get("href")
        if written is None:
            kept.append(True)
            return found[0]
        address = f"{own}{written[1:]}" if written.startswith("#") else link(written)
        kept.append(address is not None)
        return "" if address is None else HREF.sub(lambda _: f'href="{escape(address)}"', found[0])

    return LINK_TAG.sub(tag, html)
