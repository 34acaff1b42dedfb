"""Privacy checks: what a submission says or shows beyond its consent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sitegen.consent import contact, group, mentions, names
from sitegen.consent.names import PersonName
from sitegen.content.file_reader import FileReader
from sitegen.content.strict_yaml import KeyPath
from sitegen.core.diagnostics import Remark, Severity
from sitegen.core.model import Person
from sitegen.core.problem_codes import Code
from sitegen.core.urls import slugify

HINT = "Leave it out, or add {} to covers if that is allowed."


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a submission says: values by key, old addresses, links and anchors, and the text for readers.

    `noun` is story or item.
    """

    noun: str
    values: Mapping[str, str]
    text: str
    links: tuple[str, ...]
    aliases: tuple[str, ...] = ()


# -- names ----------------------------------------------------------------------------------


def check_names(
    reader: FileReader, people: tuple[Person, ...], keys: tuple[KeyPath, ...], spoken: Spoken
) -> None:
    """Note where a submission says a part of a name that the person's own consent doesn't cover.

    `keys` are the key paths above the name and the consent of each person.
    """
    shown = group.shown_names(people)
    texts = "\n".join((*spoken.values.values(), spoken.text))
    addresses = "\n".join((reader.source.slug, *spoken.aliases, *spoken.links))
    for position, person in enumerate(people):
        if name := group.hidden_name(people, position):
            _check_shown_as(reader, person, keys[position], name)
            if mentions.may_mention(texts, addresses, name):
                _check_surname(reader, spoken, name)
                _check_addresses(reader, spoken, keys[position], name, shown)


def _check_shown_as(reader: FileReader, person: Person, keys: KeyPath, name: PersonName) -> None:
    """Note a name whose first name is unclear, or a `shown_as` that says the whole name."""
    if name.doubt:
        hint = f"Add a line such as shown_as: {name.suggestion or 'Maya'}"
        message = f'it is not clear which word of "{person.name}" is the first name: {name.doubt}.'
        reader.fault(Code.SHOWN_AS_NEEDED, (*keys, "name"), message, hint)
    if person.shown_as and names.says_all(person.name, person.shown_as):
        message = "shown_as has the whole name, but the consent doesn't cover it."
        hint = "Write the first name only, or add full-name to covers if that is allowed."
        reader.fault(Code.SHOWN_AS_FULL_NAME, (*keys, "shown_as"), message, hint)


def _check_surname(reader: FileReader, spoken: Spoken, name: PersonName) -> None:
    said = {key: mentions.surname_in(value, name) for key, value in spoken.values.items()}
    certain = {key: found.text for key, found in said.items() if found and found.is_certain}
    in_text = mentions.surname_in(spoken.text, name)
    word = in_text.text if in_text and in_text.is_certain else None
    _unsaid(reader, Code.SURNAME_WITHOUT_CONSENT, certain, word, "full-name")


def _check_addresses(
    reader: FileReader, spoken: Spoken, keys: KeyPath, name: PersonName, shown: tuple[str, ...]
) -> None:
    """Note an address, an alias or a link's target that says a hidden name."""
    slug: tuple[KeyPath, str, str]
    slug = ((*keys, "name"), reader.source.slug, f"Rename the file to {_slug(spoken.noun, shown)}.md")
    old = ((("aliases",), alias, "Take it out of aliases.") for alias in spoken.aliases)
    for where, address, fix in (slug, *old):
        if found := mentions.surname_in_address(address, name):
            message = f'the address of the {spoken.noun} says "{found}", but the consent doesn\'t cover it.'
            reader.fault(Code.SURNAME_IN_ADDRESS, where, message, fix)
    for link in spoken.links:
        if found := mentions.surname_in_address(link, name):
            message = f'a link leads to an address with "{found}" in it, but the consent doesn\'t cover it.'
            reader.remark(Remark(Code.SURNAME_WITHOUT_CONSENT, message, "Take the link out.", link))


def _slug(noun: str, shown: tuple[str, ...]) -> str:
    """Return a slug that says no more than the names that are shown."""
    return (slugify(" ".join(shown)) if noun == "story" else "") or f"{noun}-1"


# -- the school -----------------------------------------------------------------------------


def check_school(reader: FileReader, school: str, spoken: Spoken) -> None:
    """Note where a story says its school, which the consent doesn't cover."""
    school_in = {key: mentions.phrase_in(value, school) for key, value in spoken.values.items()}
    in_text = mentions.phrase_in(spoken.text, school)
    _unsaid(reader, Code.SCHOOL_WITHOUT_CONSENT, school_in, in_text, "school")
    for address in (reader.source.slug, *spoken.aliases, *spoken.links):
        if mentions.phrase_in(address.translate(mentions.SEPARATORS), school):
            message = f'the address "{address}" has the school in it, but the consent doesn\'t cover it.'
            reader.fault(Code.SCHOOL_WITHOUT_CONSENT, ("school",), message, "Take the address out.")


def _unsaid(
    reader: FileReader, code: Code, values: Mapping[str, str | None], in_text: str | None, scope: str
) -> None:
    """Note values, and words of the text, that need a use of consent."""
    hint = HINT.format(scope)
    for key, found in values.items():
        if found:
            reader.fault(code, (key,), f'{key} says "{found}", but the consent doesn\'t cover it.', hint)
    if in_text:
        message = f'the text says "{" ".join(in_text.split())}", but the consent doesn\'t cover it.'
        reader.remark(Remark(code, message, hint, in_text))


# -- contact data and pictures --------------------------------------------------------------


def check_contact(reader: FileReader, values: Mapping[str, str], text: str, links: Collection[str]) -> None:
    """Note contact data of a young person in a value or in the text."""
    mailto = " ".join(link for link in links if link.lower().startswith(("mailto:", "tel:")))
    if not contact.may_have_contact("\n".join((*values.values(), text, mailto))):
        return
    hint = "Take it out. If it is not a young person's own, add a line contact_ok: true"
    for key, value in values.items():
        for found in contact.contact_in(value):
            if found.is_certain:
                reader.fault(Code.CONTACT_DATA, (key,), f"{key} has {found.kind} in it.", hint)
    for found in contact.contact_in(f"{text}\n{mailto}"):
        if found.is_certain:
            reader.remark(Remark(Code.CONTACT_DATA, f"the text has {found.kind} in it.", hint, found.text))


def check_pictures(reader: FileReader, keys: Collection[KeyPath]) -> None:
    """Note that the pictures in a text are left out, at the consents that don't cover them."""
    message = "the pictures in the text are left out, because the consent doesn't cover photos."
    hint = "Add photo to covers if that is allowed."
    for above in keys:
        where = (*above, "consent", "covers")
        reader.fault(Code.PICTURES_WITHOUT_CONSENT, where, message, hint, Severity.WARNING)
