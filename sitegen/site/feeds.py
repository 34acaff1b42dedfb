"""Feeds: Atom, JSON Feed, sitemap, robots.txt, manifest, headers, redirects."""

import heapq
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from sitegen.core import time_zone
from sitegen.core.model import Story
from sitegen.core.urls import encode
from sitegen.engine.jobs import Job, Output, prepared
from sitegen.engine.serialization import digest
from sitegen.site import fragments, security_headers, taxonomy
from sitegen.site.context import EVERY_ITEM, SiteContext
from sitegen.templating.views import SiteView

ENTRIES = 50
"""Stories in a feed: those that became public last."""

NOT_INDEXED = (taxonomy.COMPLETE, EVERY_ITEM)
"""What the addresses of lists begin with that are closed to search engines."""

ADDRESSES = frozenset({"/feed.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest"})


def plan(context: SiteContext, addresses: Iterable[str]) -> Iterator[Job]:
    """Yield the jobs of all feeds and host files; `addresses` are those of all pages."""
    stories = context.site.searchable.stories
    newest = heapq.nlargest(ENTRIES, stories, key=lambda story: story.published)
    entries = tuple(_entry(context, story) for story in newest)
    about = _about(context)
    yield _job("feed.xml", _atom, about, entries)
    yield _job("feed.json", _json_feed, about, entries)
    dates = {story.source.address: story.updated for story in stories if story.updated >= EARLIEST}
    hidden = {story.source.address for story in context.site.stories if not story.searchable}
    indexed = {address for address in addresses if not address.startswith(NOT_INDEXED)}
    listed = tuple((address, dates.get(address)) for address in sorted(indexed - hidden))
    root = about.root
    yield from _sitemaps(root, listed)
    yield _job("robots.txt", _text, f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n")
    yield _job("_headers", _text, security_headers.for_hosts(context.view.policy, context.view.base))
    yield _job("manifest.webmanifest", _manifest, context.view)
    redirects = (
        f"{context.view.base}{encode(redirect.old)} {context.view.base}{encode(redirect.new)} 301\n"
        for redirect in context.site.redirects
    )
    yield _job("_redirects", _text, "".join(redirects))
    yield _job(".nojekyll", _text, "")


def _job(path: str, make: Callable[..., Output], *arguments: object) -> Job:
    return Job((path,), {"content": digest(arguments)}, prepared(make, *arguments))


def _text(text: str) -> Output:
    return Output((text.encode(),))


class Entry(NamedTuple):
    """A story in a feed; its moments are timestamps (RFC 3339)."""

    address: str
    title: str
    published: str
    updated: str
    authors: tuple[str, ...]
    html: str


class About(NamedTuple):
    """The site that a feed is of: its address without final slash, and the moment of the last change."""

    root: str
    name: str
    description: str
    language: str
    updated: str


def _about(context: SiteContext) -> About:
    view = context.view
    # a story that left is a change, too: else the feed would be older than before
    changes = (story.updated for story in context.site.searchable.stories)
    last = max(NEVER, context.last_left, *changes)
    root = view.origin + view.base
    return About(root, view.name, view.description, view.language, _moment(context, last))


NEVER = date(2020, 1, 1)
"""When a feed without stories was changed last."""

EARLIEST = date(1970, 1, 1)
"""The first day that search engines take as that of a change."""


def _entry(context: SiteContext, story: Story) -> Entry:
    quotation, headline = (
        Markup("<blockquote><p>{}</p></blockquote>\n"),
        Markup("<p><strong>{}</strong></p>\n"),
    )
    quote = (quotation if story.own_words else headline).format(story.quote)
    # plain text from here on: the feed escapes it for XML, once
    html = str(quote + fragments.body(context, story, absolute=True))
    published, updated = _moment(context, story.published), _moment(context, story.updated)
    return Entry(story.source.address, story.title, published, updated, story.names, html)


def _moment(context: SiteContext, day: date) -> str:
    return time_zone.midnight(day, context.site.settings.timezone)


# -- feeds ----------------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _atom(about: About, entries: tuple[Entry, ...]) -> Output:
    """Return an Atom feed (RFC 4287) with full texts."""
    root = about.root
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": about.language})
    _add(feed, "title", about.name)
    _add(feed, "subtitle", about.description)
    _add(feed, "id", f"{root}/")
    _add(feed, "updated", about.updated)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{root}/feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{root}/stories/")
    for each in entries:
        entry, address = _add(feed, "entry"), root + encode(each.address)
        _add(entry, "title", each.title)
        _add(entry, "id", address)
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "published", each.published)
        _add(entry, "updated", each.updated)
        for author in each.authors:
            _add(_add(entry, "author"), "name", author)
        _add(entry, "content", each.html, type="html")
    return _xml(feed)


def _json_feed(about: About, entries: tuple[Entry, ...]) -> Output:
    """Return the same as a JSON Feed, version 1.1 (jsonfeed.org)."""
    root = about.root
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.name,
        "description": about.description,
        "language": about.language,
        "home_page_url": f"{root}/",
        "feed_url": f"{root}/feed.json",
        "items": [
            {
                "id": root + encode(each.address),
                "url": root + encode(each.address),
                "title": each.title,
                "date_published": each.published,
                "date_modified": each.updated,
                "authors": [{"name": author} for author in each.authors],
                "content_html": each.html,
            }
            for each in entries
        ],
    }
    return _text(json.dumps(feed, ensure_ascii=False, indent=1) + "\n")


IN_A_SITEMAP = 40_000
"""Addresses in one sitemap, which may have 50,000 and 50 MiB: this many fit at any length."""

Listed = tuple[tuple[str, date | None], ...]
"""Addresses, each with the day of the last change of its story if it has one."""


def _sitemaps(root: str, listed: Listed) -> Iterator[Job]:
    """Yield the job of the sitemap; if it would be too long, those of an index and of its parts."""
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


# -- boilerplate ----------------------------------------------------------------------------

BOILERPLATE = f"""
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
"""Text of these files on every site, in its order; the leak check excuses it."""
