"""Submissions: stories and items, from content files to checked drafts.

An error in one of them withholds that one submission, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sitegen.consent import contact, group
from sitegen.content import privacy, schema, validation
from sitegen.content.file_reader import FileReader
from sitegen.content.privacy import Spoken
from sitegen.content.strict_yaml import KeyPath
from sitegen.core.model import Body, Consent, Draft, ItemDraft, Person, Scope
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Settings
from sitegen.core.text import fold, unquoted
from sitegen.core.visible_text import visible_text

Keys = tuple[KeyPath, ...]
"""The key path above the name and the consent of each person: `people`, 0; empty for one person."""


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


def story(reader: FileReader, known: Known) -> Draft | None:
    """Return the draft of a story, or None if its front matter is faulty."""
    form = reader.form(schema.StoryForm)
    if form is None:
        return None
    headshot = reader.photo("headshot", form.headshot)
    _described(reader, "headshot", form.headshot, form.alt, "Maya at her workbench")
    reader.note(validation.unknown_term("field", None, form.field, known.fields))
    for index, topic in enumerate(form.topics):
        reader.note(validation.unknown_term("topics", index, topic, known.topics))
    body, photos = reader.body()
    people, keys = _people(reader, form)
    if _is_agreed(people) and not reader.brief:
        _check_privacy(reader, form, body, people, keys)
    return Draft(
        source=reader.source,
        people=people,
        school=form.school,
        year=form.year,
        field=form.field,
        role=form.role,
        date=form.date,
        headshot=headshot,
        alt=form.alt,
        focus=form.focus,
        quote=unquoted(form.quote),
        own_words=form.own_words,
        title=form.title,
        topics=tuple(dict.fromkeys(form.topics)),
        is_draft=form.draft,
        publish=form.publish,
        updated=form.updated,
        expire=form.expire,
        aliases=form.aliases,
        body=body,
        photos=photos,
    )


def _is_agreed(people: tuple[Person, ...]) -> bool:
    """Whether every person has a consent that covers the website."""
    return all(person.consent for person in people) and Scope.WEBSITE in group.shared_uses(people)


def _described(reader: FileReader, key: str, file: str, alt: str, example: str) -> None:
    """Check that a picture has a description, and that this is not the name of its file."""
    if file and not alt:
        hint = f"Add a line such as alt: {example}"
        reader.fault(Code.MISSING_ALT, (key,), f"the {key} has no description.", hint)
    elif file and fold(file) in fold(alt):
        hint = f"Say what the picture shows: {example}"
        reader.fault(Code.ALT_IS_FILE_NAME, ("alt",), "alt has the name of the file in it.", hint)


def _check_privacy(
    reader: FileReader, form: schema.StoryForm, body: Body, people: tuple[Person, ...], keys: Keys
) -> None:
    """Note what a story says or shows although the consent of its people doesn't cover it."""
    uses = group.shared_uses(people)
    values = {"alt": form.alt, "quote": form.quote, "title": form.title, "role": form.role}
    values |= {"year": form.year, "field": form.field, "topics": ", ".join(form.topics)}
    school = {"school": form.school} if Scope.SCHOOL in uses else {}
    targets = (*body.links, *body.anchors)
    spoken = Spoken("story", values | school, visible_text(body.html), targets, form.aliases)
    privacy.check_names(reader, people, keys, spoken)
    if Scope.SCHOOL not in uses and form.school:
        privacy.check_school(reader, form.school, spoken)
    if not form.contact_ok:
        with_contact = {"quote": form.quote, "alt": form.alt, "title": form.title}
        privacy.check_contact(reader, with_contact, spoken.text, body.links)
    if body.pictures and Scope.PHOTO not in uses:
        without = (person for person in people if Scope.PHOTO not in group.uses(person))
        privacy.check_pictures(reader, [keys[people.index(person)] for person in without])


# -- people ---------------------------------------------------------------------------------


def _people(reader: FileReader, form: schema.StoryForm | schema.ItemForm) -> tuple[tuple[Person, ...], Keys]:
    """Return the people of a story or an item, each with the key path above their name and consent."""
    if not isinstance(form.people, tuple) or not form.people:
        return _one_person(reader, form), ((),)
    for key in ("name", "shown_as", "consent"):
        if reader.document.values.get(key) is not None:
            message = f"{key} is here although each of the people has their own."
            hint = "Move it below the person in people that it belongs to."
            reader.fault(Code.PEOPLE_AND_NAME, (key,), message, hint, on_key=True)
    keys: Keys = tuple(("people", position) for position in _positions(reader.document.values["people"]))
    people = tuple(
        Person(each.name, each.shown_as, _consent(reader, each.consent, each.name, above))
        for each, above in zip(form.people, keys, strict=True)
    )
    return people, keys


def _positions(written: object) -> list[int]:
    """Return the positions of the entries of a list that are not empty."""
    entries = written if isinstance(written, list) else []
    return [at for at, each in enumerate(entries) if not validation.is_empty(each)]


def _one_person(reader: FileReader, form: schema.StoryForm | schema.ItemForm) -> tuple[Person, ...]:
    """Return the person that the keys of the file itself describe; an item without a consent has none."""
    if isinstance(form, schema.StoryForm):
        return (Person(form.name, form.shown_as, _consent(reader, form.consent, form.name)),)
    consent = _consent(reader, form.consent)
    return (Person("", "", consent),) if consent else ()


def _consent(
    reader: FileReader, form: schema.ConsentForm | None, name: str = "", keys: KeyPath = ()
) -> Consent | None:
    if form is None:
        return None
    for what in contact.personal(form.form, name):
        hint = "Write the number under which the form is filed, such as R-0042."
        message = f"form has {what}, which does not belong here."
        reader.fault(Code.PERSONAL_DATA_IN_FORM, (*keys, "consent", "form"), message, hint)
    until = form.until or _two_years_after(form.given)
    if until < form.given:
        reader.fault(
            Code.DATES_REVERSED,
            (*keys, "consent", "until"),
            f"the consent ends before it starts, on {form.given}.",
            "Swap the two dates, or correct the year.",
        )
    if form.withdrawn and form.withdrawn < form.given:
        reader.fault(
            Code.DATES_REVERSED,
            (*keys, "consent", "withdrawn"),
            f"the consent is withdrawn before it is given, on {form.given}.",
            "Correct the date.",
        )
    return Consent(
        form=form.form,
        source=form.source,
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


def item(reader: FileReader) -> ItemDraft | None:
    """Return the draft of a members-in-action item, or None if its front matter is faulty."""
    form = reader.form(schema.ItemForm)
    if form is None:
        return None
    photo = reader.photo("photo", form.photo)
    _described(reader, "photo", form.photo, form.alt, "A table with leaflets")
    body, photos = reader.body()
    is_pictured = bool(form.photo or body.pictures)
    if is_pictured and form.people is None and not form.draft:
        message = "it isn't said whether people can be recognized in the photo."
        hint = "Add a line people: false if nobody can; with people: true, consent is needed."
        reader.fault(Code.PEOPLE_NOT_SAID, ("photo",), message, hint, on_key=True)
    # without an answer people are assumed, so that no photo is public by mistake
    has_people = is_pictured if form.people is None else bool(form.people)
    people, keys = _people(reader, form)
    values = {"caption": form.caption, "alt": form.alt, "title": form.title}
    if has_people and not form.contact_ok and not reader.brief:
        privacy.check_contact(reader, values, visible_text(body.html), body.links)
    if _is_agreed(people) and not reader.brief:
        spoken = Spoken("item", values, visible_text(body.html), (*body.links, *body.anchors))
        privacy.check_names(reader, people, keys, spoken)
    return ItemDraft(
        source=reader.source,
        title=form.title,
        date=form.date,
        photo=photo,
        alt=form.alt,
        caption=form.caption,
        has_people=has_people,
        people=people,
        is_draft=form.draft,
        body=body,
        photos=photos,
    )
