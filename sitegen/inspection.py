"""The inspection: the audit's last look at all that was made, what is excused, and which text is to blame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

from markupsafe import Markup

from sitegen import (
    audit,
    content,
    feeds,
    headers,
    heads,
    images,
    linked_data,
    starter,
    templates,
    vault,
)
from sitegen.addresses import WEB
from sitegen.alarm import Alarm
from sitegen.model import Body, Draft, ItemDraft, Kind, Photo, Source
from sitegen.press import Edition, Pictured
from sitegen.problems import Problem, Where
from sitegen.survey import Survey
from sitegen.vault import Secrets
from sitegen.workshop import Workshop


def secrets(root: Path, found: Survey, edition: Edition) -> Secrets:
    """Return what no published file may hold, now that it is settled what is public."""
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    return vault.secrets(
        root,
        withheld={
            source.path: source.address
            for source in found.shelf.sources
            if source.kind in (Kind.STORY, Kind.ITEM) and source.path not in edition.files
        },
        forms=vault.forms(root, found.recalled.looks)
        | {draft.source.path: draft.consent.form for draft in drafts if draft.consent},
        photos=[path for path in found.shelf.others if Path(path).suffix.lower() in images.ENDINGS],
        asset_names=[asset.name for asset in found.assets],
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a close look has found: problems, and whether anything is excused.

    `named` are the problems of texts that say what no file may hold: without these there would be no other.
    """

    problems: tuple[Problem, ...] = ()
    excused: bool = False
    named: tuple[Problem, ...] = ()


def inspect(root: Path, workshop: Workshop, edition: Edition, secrets: Secrets, alarm: Alarm) -> Verdict:
    """Look closely at what the alarm rang for."""
    found = [
        (path, phrase, leak)
        for path in workshop.audit(alarm)
        for phrase, leak in audit.leaks(path, workshop.stage.file(path).read_bytes(), secrets)
    ]
    phrases = {phrase for _, phrase, _ in found if phrase}
    # what somebody wrote for the public anyway is no leak, though a name may be an oversight
    allowed = audit.said_by(phrases, _public_texts(root, edition)) if phrases else {}
    remarks = [
        content.place(root, *each)
        for phrase, saying in allowed.items()
        for each in audit.oversights(phrase, saying, secrets)
        if (root / each[0]).is_file()  # what came along with the program names nobody
    ]
    leaks = [
        replace(leak, where=Where(f"{workshop.stage.out.name}/{path}"))
        for path, phrase, leak in found
        if phrase not in allowed
    ]
    named = tuple(_named(root, edition, secrets)) if leaks else ()
    return Verdict((*remarks, *(() if named else leaks)), bool(allowed), named)


def _named(root: Path, edition: Edition, secrets: Secrets) -> Iterator[Problem]:
    """Yield a problem for each public text that names a photo, a form or an address that isn't public."""
    site = edition.site
    things: list[Pictured] = [*site.pages, *site.networks, *site.items, *site.stories]
    for thing in things:
        for remark in audit.named("\n".join(_shown(thing)), secrets):
            yield content.place(root, thing.source.path, remark)


def _shown(value: object) -> Iterator[str]:
    """Yield every text in a thing that the public can read, and where its links to other websites lead."""
    match value:
        case str():
            yield value
        case Source() | Photo():
            return
        case Body(links=links, pictures=pictures) as body:
            yield Markup(body.html).striptags()  # noqa: S704 - only read
            yield from (link for link in links if WEB.match(link))
            yield from (text for mark in pictures for text in (mark.alt, mark.caption))
        case tuple():
            for each in value:
                yield from _shown(each)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from _shown(getattr(value, each.name))


def _public_texts(root: Path, edition: Edition) -> Mapping[str, str]:
    """Return every text that somebody wrote for the public, by its path."""
    paths = [*edition.files, "content/site.yaml"]
    texts = {path: (root / path).read_text(encoding="utf-8-sig", errors="replace") for path in paths}
    found = templates.texts(edition.templates)
    texts |= {f"templates/{name}": text for name, text in found.items()}
    own = starter.folder() / "assets"
    for name in starter.names(own):
        if name.endswith(audit.TEXTS):
            texts[f"starter/{name}"] = (own / name).read_text("utf-8", "replace")
    return texts | OWN_WORDS


OWN_WORDS = {room.__name__: room.OWN_WORDS for room in (feeds, headers, heads, linked_data)}
"""What the program itself says on every site, by room; a draft called "Schema Org" must not stop it."""
