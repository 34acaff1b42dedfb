"""JSON-LD: structured data for search engines (schema.org).

Each function returns one thing as plain data; `script` serializes several for a page. Absolute addresses
begin with `root`: scheme, host and base path of the site.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from sitegen.core.model import Story
from sitegen.core.settings import Announcement, Contact, Link
from sitegen.core.urls import encode
from sitegen.markup import footnotes

Thing = dict[str, Any]
"""One thing of schema.org: its @type and properties."""


def script(things: Iterable[Thing]) -> Markup:
    """Return things as JSON-LD, escaped so that nothing in it can end the script element around it."""
    graph = {"@context": "https://schema.org", "@graph": [_without_empty(thing) for thing in things]}
    text = msgspec.json.encode(graph).decode()
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - no tag, no entity and no end of a CDATA section is left in it


ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters with a meaning in HTML or JavaScript, as JSON escapes (RFC 8259, 7)."""


def _without_empty(thing: Thing) -> Thing:
    return {key: value for key, value in thing.items() if value not in ("", None, [], ())}


# -- things ---------------------------------------------------------------------------------


def organization(root: str, name: str, short_name: str, description: str, logo: str) -> Thing:
    """Return the collective itself."""
    return {
        "@type": "NGO",
        "@id": f"{root}/#organization",
        "name": name,
        "alternateName": short_name if short_name != name else "",
        "url": f"{root}/",
        "description": description,
        "logo": logo,
    }


def reachable(organization: Thing, contact: Contact | None, social: Iterable[Link]) -> Thing:
    """Return the collective with its contact person and social accounts."""
    accounts = [link.to for link in social if link.to.startswith("http")]
    if contact is None:
        return {**organization, "sameAs": accounts}
    point = {
        "@type": "ContactPoint",
        "name": contact.name,
        "contactType": contact.role,
        "email": contact.email,
    }
    return {**organization, "sameAs": accounts, "contactPoint": _without_empty(point)}


def website(root: str, name: str, description: str, language: str) -> Thing:
    """Return the site as a whole."""
    return {
        "@type": "WebSite",
        "@id": f"{root}/#website",
        "name": name,
        "url": f"{root}/",
        "description": description,
        "inLanguage": language,
        "publisher": {"@id": f"{root}/#organization"},
    }


def breadcrumbs(root: str, trail: Iterable[tuple[str, str]]) -> Thing:
    """Return the breadcrumbs of a page, from the home page on: titles and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": root + encode(address)}
            for position, (title, address) in enumerate(trail, 1)
        ],
    }


def article(root: str, story: Story, collective: str, language: str, picture: str, portrait: str) -> Thing:
    """Return a story and its people; a Story has only what its consent covers.

    `picture` is the address of its card, `portrait` that of its picture, which is a person's own where there
    is one person; either may be empty.
    """
    school = {"@type": "EducationalOrganization", "name": story.school} if story.school else None
    image = root + portrait if portrait and len(story.names) == 1 else ""
    people = [
        _without_empty({"@type": "Person", "name": name, "affiliation": school, "image": image})
        for name in story.names
    ]
    return {
        "@type": "Article",
        "headline": story.title[:HEADLINE],
        "abstract": story.quote,
        "url": root + encode(story.source.address),
        "datePublished": story.published.isoformat(),
        "dateModified": story.updated.isoformat(),
        "inLanguage": language,
        "image": root + (picture or portrait) if picture or portrait else "",
        "keywords": list(story.topics),
        "about": people[0] if len(people) == 1 else people,
        "author": {"@type": "NGO", "@id": f"{root}/#organization", "name": collective, "url": f"{root}/"},
        "publisher": {"@type": "NGO", "@id": f"{root}/#organization", "name": collective},
        "isPartOf": {"@id": f"{root}/#website"},
    }


HEADLINE = 110
"""Characters; search engines take no longer headline."""


def questions(asked: Iterable[tuple[str, Markup]]) -> Thing:
    """Return questions and their answers, these as plain text without footnotes."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": footnotes.without(answer).striptags()},
            }
            for question, answer in asked
        ],
    }


def event(root: str, announced: Announcement, collective: str) -> Thing | None:
    """Return the event of an announcement; None if it has no day."""
    if announced.day is None:
        return None
    place = {"@type": "Place", "name": announced.place, "address": announced.place}
    link = announced.link.to if announced.link else ""
    return {
        "@type": "Event",
        "name": announced.text,
        "startDate": announced.day.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "location": place if announced.place else "",
        "url": root + encode(link) if link.startswith("/") else link,
        "organizer": {"@type": "NGO", "@id": f"{root}/#organization", "name": collective},
    }


# -- boilerplate ----------------------------------------------------------------------------

BOILERPLATE = """
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "NGO", "@id": "/#organization", "name": "",
"contactPoint": {"@type": "ContactPoint", "name": ""}},
{"@type": "WebSite", "@id": "/#website", "name": "", "publisher": {"@id": ""}},
{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": "", "name": ""}]},
{"@type": "Article", "headline": "", "about": {"@type": "Person", "name": ""},
"affiliation": {"@type": "EducationalOrganization", "name": ""}, "author": {"@type": "NGO", "@id": ""},
"publisher": {"@type": "NGO", "@id": "/#organization", "name": ""}, "isPartOf": {"@id": "/#website"}}</script>
{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "",
"acceptedAnswer": {"@type": "Answer", "text": ""}}]},
{"@type": "Event", "name": "", "eventStatus": "https://schema.org/EventScheduled",
"location": {"@type": "Place", "name": ""}, "organizer": {"@type": "NGO", "@id": ""}}]
"""
"""Text of JSON-LD on every site, in its order; the leak check excuses it."""
