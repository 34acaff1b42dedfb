"""Editorial: what the site says for itself, its pages and networks.

A mistake here is the site's own, and nothing is published until it is mended.
"""

from collections.abc import Mapping

from sitegen import schema
from sitegen.addresses import ToFile, resolve
from sitegen.desk import Desk
from sitegen.model import Network, Page, Settings
from sitegen.problems import did_you_mean


def network(desk: Desk) -> Network | None:
    """Return what the file of a network holds, or None where its form can't be filled."""
    form = desk.form(schema.NetworkForm)
    if form is None:
        return None
    body, photos = desk.body()
    return Network(
        source=desk.source,
        title=form.title,
        summary=form.summary,
        nav_order=form.nav_order,
        since=form.since,
        website=form.website,
        contact=form.contact.contact() if form.contact else None,
        aliases=form.aliases,
        body=body,
        photos=photos,
    )


LAYOUTS: Mapping[str, str] = {
    "/": "home",
    "/stories/": "stories",
    "/networks/": "networks",
    "/members-in-action/": "members-in-action",
}
"""The layouts of pages that the site itself puts together; every other page's is `page` unless it says."""


def page(desk: Desk, settings: Settings) -> Page | None:
    """Return what the file of a page holds, likewise."""
    form = desk.form(schema.PageForm)
    if form is None:
        return None
    layout = form.layout or LAYOUTS.get(desk.source.address, "page")
    own = LAYOUTS.get(desk.source.address)
    known = desk.helping.layouts - (set(LAYOUTS.values()) - {own})
    if layout not in known:
        hint = did_you_mean(layout, known) or f"The layouts are {', '.join(sorted(known))}."
        desk.fault(("layout",), f'layout "{layout}" is not known.', hint)
    language = form.lang or settings.languages[0]
    if language not in settings.languages:
        hint = f"Add it to languages in site.yaml, or use one of {', '.join(settings.languages)}."
        desk.fault(("lang",), f'lang "{language}" is not a language of this site.', hint)
    body, photos = desk.body()
    return Page(
        source=desk.source,
        title=form.title,
        summary=form.summary,
        layout=layout,
        nav_order=form.nav_order,
        statement=form.statement,
        aliases=form.aliases,
        language=language,
        translation_of=_translated(desk, form.translation_of),
        body=body,
        photos=photos,
    )


def _translated(desk: Desk, written: str) -> str:
    """Return the path of the page that this one translates; whether it is there, `references` tells."""
    target = resolve(written, desk.source.path) if written else None
    if isinstance(target, ToFile):
        return target.path
    if written:
        desk.fault(("translation_of",), f'"{written}" is not a page.', "Write the name of its file.")
    return ""
