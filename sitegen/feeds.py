"""The plan of what machines read: feeds, sitemap, robots, headers, redirects."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from markupsafe import Markup

from sitegen import composing, headers
from sitegen.addresses import encode
from sitegen.jobs import Job, Output, ready
from sitegen.model import Story
from sitegen.packing import digest
from sitegen.press import Edition
from sitegen.views import SiteView

ENTRIES = 50
"""Stories in a feed: the newest."""

ADDRESSES = frozenset({"/feed.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest"})


def plan(edition: Edition, addresses: Iterable[str]) -> Iterator[Job]:
    """Yield the jobs of all such files; `addresses` are those of all pages."""
    stories = tuple(story for story in edition.site.stories if story.searchable)
    entries = tuple(_entry(edition, story) for story in stories[:ENTRIES])
    about = (edition.view.name, edition.view.description, edition.view.language)
    root = edition.view.origin + edition.view.base
    yield _job("feed.xml", _atom, root, about, entries)
    yield _job("feed.json", _json_feed, root, about, entries)
    dates = {story.source.address: story.date for story in stories}
    hidden = {story.source.address for story in edition.site.stories if not story.searchable}
    listed = tuple((address, dates.get(address)) for address in sorted(set(addresses) - hidden))
    yield from _sitemaps(root, listed)
    yield _job("robots.txt", _text, f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n")
    yield _job("_headers", _text, headers.for_hosts(edition.view.policy, edition.view.base))
    yield _job("manifest.webmanifest", _manifest, edition.view)
    redirects = (
        f"{edition.view.base}{encode(redirect.old)} {edition.view.base}{encode(redirect.new)} 301\n"
        for redirect in edition.site.redirects
    )
    yield _job("_redirects", _text, "".join(redirects))
    yield _job(".nojekyll", _text, "")


def _job(path: str, make: Callable[..., Output], *arguments: object) -> Job:
    return Job((path,), {"content": digest(arguments)}, ready(make, *arguments))


def _text(text: str) -> Output:
    return Output((text.encode(),))


Entry = tuple[str, str, date, str, str]
"""Address, title, date, name and HTML of a story."""

About = tuple[str, str, str]
"""Name, description and language of the site."""


def _entry(edition: Edition, story: Story) -> Entry:
    quote = Markup("<blockquote><p>{}</p></blockquote>\n").format(story.quote)
    # plain text from here on: escaping it for XML is for the feed to do, once
    html = str(quote + composing.body(edition, story, absolute=True))
    return story.source.address, story.title, story.date, story.name, html


# -- feeds ----------------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _atom(root: str, about: About, entries: tuple[Entry, ...]) -> Output:
    """Return an Atom feed (RFC 4287) with full texts; its dates are the stories' own."""
    name, description, language = about
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(feed, "title", name)
    _add(feed, "subtitle", description)
    _add(feed, "id", f"{root}/")
    _add(
        feed,
        "updated",
        _moment(max((day for _, _, day, _, _ in entries), default=date(2020, 1, 1))),
    )
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{root}/feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{root}/stories/")
    for address, title, day, author, html in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", title)
        _add(entry, "id", root + encode(address))
        _add(entry, "link", rel="alternate", type="text/html", href=root + encode(address))
        _add(entry, "published", _moment(day))
        _add(entry, "updated", _moment(day))
        _add(_add(entry, "author"), "name", author)
        _add(entry, "content", html, type="html")
    return _xml(feed)


def _json_feed(root: str, about: About, entries: tuple[Entry, ...]) -> Output:
    """Return the same as a JSON Feed, version 1.1 (jsonfeed.org)."""
    name, description, language = about
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "description": description,
        "language": language,
        "home_page_url": f"{root}/",
        "feed_url": f"{root}/feed.json",
        "items": [
            {
                "id": root + encode(address),
                "url": root + encode(address),
                "title": title,
                "date_published": _moment(day),
                "authors": [{"name": author}],
                "content_html": html,
            }
            for address, title, day, author, html in entries
        ],
    }
    return _text(json.dumps(feed, ensure_ascii=False, indent=1) + "\n")


IN_A_SITEMAP = 40_000
"""Addresses in one sitemap, which may have 50,000 and 50 MiB: so many fit, however long each of them is."""

Listed = tuple[tuple[str, date | None], ...]
"""Addresses, each with the day of what stands there, where it has one."""


def _sitemaps(root: str, listed: Listed) -> Iterator[Job]:
    """Yield the job of the sitemap; where it would be too long, those of an index and of its parts."""
    if len(listed) <= IN_A_SITEMAP:
        yield _job("sitemap.xml", _sitemap, root, listed)
        return
    parts = [listed[at : at + IN_A_SITEMAP] for at in range(0, len(listed), IN_A_SITEMAP)]
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    yield _job("sitemap.xml", _sitemap_index, root, names)
    for name, part in zip(names, parts, strict=True):
        yield _job(name, _sitemap, root, part)


def _sitemap_index(root: str, names: tuple[str, ...]) -> Output:
    """Return an index of sitemaps (sitemaps.org, 0.9)."""
    index = ET.Element("sitemapindex", {"xmlns": SITEMAP})
    for name in names:
        _add(_add(index, "sitemap"), "loc", f"{root}/{name}")
    return _xml(index)


def _sitemap(root: str, listed: Listed) -> Output:
    """Return a sitemap (sitemaps.org, 0.9)."""
    urls = ET.Element("urlset", {"xmlns": SITEMAP})
    for address, day in listed:
        url = _add(urls, "url")
        _add(url, "loc", root + encode(address))
        if day:
            _add(url, "lastmod", day.isoformat())
    return _xml(urls)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _xml(root: ET.Element) -> Output:
    ET.indent(root, " ")
    return Output((ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n",))


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# -- manifest -------------------------------------------------------------------------------

ICONS = {"icon.svg": ("any", "image/svg+xml"), "icon-192.png": ("192x192", "image/png"),
         "icon-512.png": ("512x512", "image/png")}  # fmt: skip
"""Size and type of each icon, by the name of the asset."""


def _manifest(site: SiteView) -> Output:
    """Return a web application manifest (W3C), for those who put the site on their home screen."""
    assets = dict(site.assets)
    manifest = {
        "name": site.name,
        "short_name": site.short_name,
        "description": site.description,
        "lang": site.language,
        "start_url": f"{site.base}/",
        "scope": f"{site.base}/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [
            {"src": f"{site.base}/assets/{name}?v={assets[name][:8]}", "sizes": size, "type": kind}
            for name, (size, kind) in ICONS.items()
            if name in assets
        ],
    }
    return _text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


PAPER, INK = "#fbf4e6", "#14213d"
"""The same as --paper and --ink, in the light, in assets/style.css."""


# -- what is said on every site -------------------------------------------------------------

OWN_WORDS = f"""
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="{ATOM}" xml:lang=""><title/><subtitle/><id/><updated/>
<link rel="self" type="application/atom+xml" href="/feed.xml"/><link rel="alternate" type="text/html"/>
<entry><title/><id/><link rel="alternate" type="text/html"/><published/><updated/><author><name></author>
<content type="html"><blockquote><p></blockquote><p></p></content></entry><entry></entry></feed>
"version": "https://jsonfeed.org/version/1.1", "feed_url": "/feed.json", "items": [{{"id":
"authors": [{{"name": "", "content_html": "<blockquote><p></blockquote><p></p>", {{"id":
<sitemapindex xmlns="{SITEMAP}"><sitemap><loc></loc></sitemap><sitemap></sitemapindex>
<urlset xmlns="{SITEMAP}"><url><loc/><lastmod/></url><url><loc></loc></url></urlset>
User-agent: * Allow: / Sitemap: /sitemap.xml
"start_url": "/", "scope": "/", "display": "minimal-ui",
"background_color": "{PAPER}", "theme_color": "{INK}",
"icons": [{{"src": "/assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}}
"""
"""What this room says by itself, in the order in which it does."""
