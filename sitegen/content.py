"""Content files to checked drafts: every file is read to its end, and every fault in it is told at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sitegen import discretion, schema
from sitegen.addresses import ToFile, resolve, slugify
from sitegen.crew import Crew
from sitegen.desk import Desk, Help
from sitegen.model import (
    Checked,
    Consent,
    Draft,
    ItemDraft,
    Kind,
    Network,
    Page,
    Scope,
    Settings,
    Source,
    Thing,
)
from sitegen.packing import pack, unpack
from sitegen.problems import Problem, Remark, Severity, did_you_mean, nearest


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: what it holds, where its form could be filled, and what is wrong with it."""

    path: str
    digest: bytes
    thing: Thing | None
    problems: tuple[Problem, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        # between processes it travels packed, which is ten times as quick
        return _unpacked, (self.path, self.digest, type(self.thing), pack(self.thing), self.problems)


def _unpacked(
    path: str, digest: bytes, kind: type[Thing], packed: bytes, problems: tuple[Problem, ...]
) -> Reading:
    return Reading(path, digest, unpack(packed, kind), problems)


Task = tuple[Source, bool]
"""A file to be read, and whether its text can be passed over, since it is neither shown nor at fault."""


def read(
    root: Path, tasks: Sequence[Task], others: Set[str], settings: Settings, helping: Help, crew: Crew
) -> list[Reading]:
    """Read files to their end; `others` are the paths of all files that are not Markdown."""
    costs = ((BRIEF_COST if brief else COST, (source, brief)) for source, brief in tasks)
    reading = partial(_read_all, root, others, settings, helping)
    return list(crew.each(reading, costs, "Reading", len(tasks)))


COST, BRIEF_COST = 1.0, 0.4
"""Milliseconds that a file of a page or two takes, with and without its text."""


def _read_all(
    root: Path, others: Set[str], settings: Settings, helping: Help, tasks: Sequence[Task]
) -> list[Reading]:
    """Read several files, in whatever process this is."""
    readings = []
    for source, brief in tasks:
        desk = Desk(root, source, others, helping, brief)
        thing = _read(desk, settings)
        readings.append(Reading(source.path, desk.digest, thing, tuple(desk.problems)))
    return readings


def checked(things: Iterable[Thing | None]) -> Checked:
    """Sort what was read by its kind."""
    found = list(things)
    return Checked(
        pages=tuple(thing for thing in found if isinstance(thing, Page)),
        networks=tuple(thing for thing in found if isinstance(thing, Network)),
        items=tuple(thing for thing in found if isinstance(thing, ItemDraft)),
        stories=tuple(thing for thing in found if isinstance(thing, Draft)),
    )


def without(checked: Checked, paths: Set[str]) -> Checked:
    """Return what was checked, less the files at the given paths."""
    return Checked(
        pages=tuple(page for page in checked.pages if page.source.path not in paths),
        networks=tuple(network for network in checked.networks if network.source.path not in paths),
        items=tuple(item for item in checked.items if item.source.path not in paths),
        stories=tuple(story for story in checked.stories if story.source.path not in paths),
    )


def place(root: Path, path: str, remark: Remark) -> Problem:
    """Return the problem that a remark on a file makes, with its line looked up."""
    text = (root / path).read_bytes().decode("utf-8-sig", "replace")
    return remark.at(path, text, 1)


# -- one file -------------------------------------------------------------------------------


def _read(desk: Desk, settings: Settings) -> Thing | None:
    """Return what a file holds, or None where its form can't be filled."""
    match desk.source.kind:
        case Kind.STORY:
            return _story(desk, settings)
        case Kind.ITEM:
            return _item(desk)
        case Kind.NETWORK:
            return _network(desk)
        case Kind.PAGE:
            return _page(desk, settings)


def _story(desk: Desk, settings: Settings) -> Draft | None:
    form = desk.form(schema.StoryForm)
    if form is None:
        return None
    headshot = desk.photo("headshot", form.headshot)
    _described(desk, "headshot", form.headshot, form.alt, "Maya at her workbench")
    _known(desk, ("field",), form.field, settings.fields)
    for index, topic in enumerate(form.topics):
        _known(desk, ("topics", index), topic, settings.topics)
    body, photos = desk.body()
    consent = _consent(desk, form.consent, form.name)
    if consent and Scope.WEBSITE in consent.covers and not desk.brief:
        _discretion(desk, form, consent.covers)
        if body.pictures and Scope.PHOTO not in consent.covers:
            message = "the pictures in the text are left out, because the consent doesn't cover photos."
            desk.fault(("consent", "covers"), message, "", Severity.WARNING)
    return Draft(
        source=desk.source,
        name=form.name,
        school=form.school,
        year=form.year,
        field=form.field,
        role=form.role,
        date=form.date,
        headshot=headshot,
        alt=form.alt,
        focus=form.focus,
        quote=_without_marks(form.quote),
        title=form.title,
        topics=tuple(dict.fromkeys(form.topics)),
        is_draft=form.draft,
        publish=form.publish,
        expire=form.expire,
        aliases=form.aliases,
        body=body,
        photos=photos,
        consent=consent,
    )


def _described(desk: Desk, key: str, file: str, alt: str, example: str) -> None:
    """Check that a picture has a description, and that this is not the name of its file."""
    if file and not alt:
        desk.fault((key,), f"the {key} has no description.", f"Add a line such as alt: {example}")
    elif file and file.lower() in alt.lower():
        desk.fault(("alt",), "alt has the name of the file in it.", f"Say what the picture shows: {example}")


def _without_marks(quote: str) -> str:
    """Return a quote without the quotation marks round the whole of it: templates set their own."""
    inner = quote[1:-1]
    return inner if quote[:1] + quote[-1:] == "“”" and not set("“”") & set(inner) else quote


def _known(desk: Desk, keys: tuple[str | int, ...], word: str, known: tuple[str, ...]) -> None:
    """Check a word against the list in site.yaml, where there is one."""
    if word and known and word not in known:
        suggestion = nearest(word, known)
        hint = (
            f'Did you mean "{suggestion}"?' if suggestion else "Choose a known one, or add it to site.yaml."
        )
        desk.fault(keys, f'{keys[0]} "{word}" is not known.', hint)


def _discretion(desk: Desk, form: schema.StoryForm, covers: Collection[Scope]) -> None:
    """Note where a story says the surname or the school although its consent doesn't cover it."""
    values = {"alt": form.alt, "quote": form.quote, "title": form.title, "role": form.role}
    values |= {"year": form.year, "field": form.field, "topics": ", ".join(form.topics)}
    if Scope.FULL_NAME not in covers:
        school = {"school": form.school} if Scope.SCHOOL in covers else {}
        _unsaid(desk, values | school, lambda text: discretion.surname_in(text, form.name), "full-name")
        addresses = {"name": desk.source.slug, "aliases": " ".join(form.aliases)}
        for key, address in addresses.items():
            if found := discretion.surname_in_slug(address, form.name):
                message = f'the address of the story says "{found}", but the consent doesn\'t cover it.'
                first = slugify(form.name.split()[0])
                mend = f"Rename the file to {first}.md" if key == "name" else "Take it out of aliases."
                desk.fault((key,), message, mend)
    if Scope.SCHOOL not in covers and form.school:
        _unsaid(desk, values, lambda text: discretion.phrase_in(text, form.school), "school")


def _unsaid(desk: Desk, values: Mapping[str, str], say: Callable[[str], str | None], scope: str) -> None:
    """Note the values, and the text, in which something is said that needs a scope of consent."""
    hint = f"Leave it out, or add {scope} to covers if that is allowed."
    for key, text in values.items():
        if found := say(text):
            desk.fault((key,), f'{key} says "{found}", but the consent doesn\'t cover it.', hint)
    if found := say(desk.document.body):
        desk.remark(Remark(f'the text says "{found}", but the consent doesn\'t cover it.', hint, found))


def _consent(desk: Desk, form: schema.ConsentForm | None, name: str = "") -> Consent | None:
    if form is None:
        return None
    for what in discretion.personal(form.form, name):
        hint = "Write the number under which the form is filed, such as R-0042."
        desk.fault(("consent", "form"), f"form holds {what}, which does not belong here.", hint)
    until = form.until or _two_years_after(form.given)
    if until < form.given:
        desk.fault(
            ("consent", "until"),
            f"the consent ends before it begins, on {form.given}.",
            "Swap the two days, or mend the year.",
        )
    if form.withdrawn and form.withdrawn < form.given:
        desk.fault(
            ("consent", "withdrawn"),
            f"the consent is withdrawn before it is given, on {form.given}.",
            "Mend the day or the year.",
        )
    return Consent(
        form=form.form,
        given=form.given,
        by=form.by,
        covers=tuple(sorted(set(form.covers))),
        until=until,
        withdrawn=form.withdrawn,
    )


def _two_years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 2)
    except ValueError:  # February 29
        return day.replace(year=day.year + 2, day=28)


def _item(desk: Desk) -> ItemDraft | None:
    form = desk.form(schema.ItemForm)
    if form is None:
        return None
    photo = desk.photo("photo", form.photo)
    _described(desk, "photo", form.photo, form.alt, "A table with leaflets")
    body, photos = desk.body()
    return ItemDraft(
        source=desk.source,
        title=form.title,
        date=form.date,
        photo=photo,
        alt=form.alt,
        caption=form.caption,
        people=form.people,
        body=body,
        photos=photos,
        consent=_consent(desk, form.consent),
    )


def _network(desk: Desk) -> Network | None:
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


def _page(desk: Desk, settings: Settings) -> Page | None:
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
