"""Pages and networks: the site's own content files, read and checked.

An error in one of them blocks the whole site until it is fixed.
"""

from collections.abc import Mapping

from sitegen.content import schema
from sitegen.content.file_reader import FileReader
from sitegen.core.diagnostics import choose_from
from sitegen.core.model import Network, Page
from sitegen.core.problem_codes import Code
from sitegen.core.urls import ToFile, resolve


def network(reader: FileReader) -> Network | None:
    """Return the network in a file, or None if its front matter is faulty."""
    form = reader.form(schema.NetworkForm)
    if form is None:
        return None
    body, photos = reader.body()
    return Network(
        source=reader.source,
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


def page(reader: FileReader) -> Page | None:
    """Return the page in a file, or None if its front matter is faulty."""
    form = reader.form(schema.PageForm)
    if form is None:
        return None
    layout = form.layout or LAYOUTS.get(reader.source.address, "page")
    own = LAYOUTS.get(reader.source.address)
    known = reader.context.layouts - (set(LAYOUTS.values()) - {own})
    if layout not in known:
        hint = choose_from(layout, sorted(known), "layouts")
        reader.fault(Code.UNKNOWN_LAYOUT, ("layout",), f'layout "{layout}" is not known.', hint)
    languages = reader.context.settings.languages
    language = form.lang or languages[0]
    if language not in languages:
        hint = f"Add it to languages in site.yaml, or use one of {', '.join(languages)}."
        message = f'lang "{language}" is not a language of this site.'
        reader.fault(Code.UNKNOWN_LANGUAGE, ("lang",), message, hint)
    body, photos = reader.body()
    return Page(
        source=reader.source,
        title=form.title,
        summary=form.summary,
        layout=layout,
        nav_order=form.nav_order,
        statement=form.statement,
        aliases=form.aliases,
        language=language,
        translation_of=_translated(reader, form.translation_of),
        body=body,
        photos=photos,
    )


def _translated(reader: FileReader, written: str) -> str:
    """Return the path of the page that this one translates; `pipeline.links` checks that it exists."""
    target = resolve(written, reader.source.path) if written else None
    if isinstance(target, ToFile):
        return target.path
    if written:
        message = f'"{written}" is not a page.'
        reader.fault(Code.TRANSLATION_NOT_FOUND, ("translation_of",), message, "Write the name of its file.")
    return ""
