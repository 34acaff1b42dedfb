"""Submissions: what young people and their networks send in, stories and items, to checked drafts.

What is told of a mistake here holds back that one submission, and nothing else.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sitegen import discretion, schema
from sitegen.addresses import slugify
from sitegen.desk import Desk
from sitegen.model import Consent, Draft, ItemDraft, Scope, Settings
from sitegen.problems import Remark, Severity, nearest


@dataclass(frozen=True, slots=True)
class Known:
    """The words that `site.yaml` lets a story choose among, in their order; any word where there is none.

    As keys, because they are looked for by every story, and may be many.
    """

    fields: Mapping[str, None]
    topics: Mapping[str, None]


def known(settings: Settings) -> Known:
    """Return the words to choose among; made once for many stories."""
    return Known(dict.fromkeys(settings.fields), dict.fromkeys(settings.topics))


def story(desk: Desk, known: Known) -> Draft | None:
    """Return the draft of a story, or None where its form can't be filled."""
    form = desk.form(schema.StoryForm)
    if form is None:
        return None
    headshot = desk.photo("headshot", form.headshot)
    _described(desk, "headshot", form.headshot, form.alt, "Maya at her workbench")
    _known(desk, ("field",), form.field, known.fields)
    for index, topic in enumerate(form.topics):
        _known(desk, ("topics", index), topic, known.topics)
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


def _known(desk: Desk, keys: tuple[str | int, ...], word: str, known: Collection[str]) -> None:
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


def item(desk: Desk) -> ItemDraft | None:
    """Return the draft of an item of members in action, likewise."""
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
