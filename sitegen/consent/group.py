"""Group consent: what the consents of several people allow together.

A use is open only where every person allows it, and only while every consent holds. Names are each
person's own; a last name that people share is shown only where all of them allow it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sitegen.consent import form_number, names
from sitegen.consent.names import PersonName
from sitegen.core.model import Consent, Person, Scope

NO_CONSENT = "no consent is recorded"


def uses(person: Person) -> tuple[Scope, ...]:
    """Return the uses that one person allows; without a consent, those of the least one."""
    return person.consent.covers if person.consent else (Scope.WEBSITE,)


def shared_uses(people: Collection[Person]) -> frozenset[Scope]:
    """Return the uses that every person allows; none where there is no person."""
    allowed = [frozenset(uses(person)) for person in people]
    return frozenset.intersection(*allowed) if allowed else frozenset()


# -- days -----------------------------------------------------------------------------------


def why_closed(people: Sequence[Person], today: date, with_photo: bool) -> str | None:
    """Return why the people's consents don't open something today, in words without names; None if they do.

    Each must cover the website, and with `with_photo` also the photo. Without a person there is no
    consent.
    """
    if not people:
        return NO_CONSENT
    closed = [
        (number, reason)
        for number, person in enumerate(people, 1)
        if (reason := why_person_closed(person, today, with_photo))
    ]
    if len(people) == 1:
        return closed[0][1] if closed else None
    return "; ".join(f"person {number} of {len(people)}: {reason}" for number, reason in closed) or None


def why_person_closed(person: Person, today: date, with_photo: bool) -> str | None:
    """Return why one person's consent is closed today, in words; None if it is open."""
    consent = person.consent
    if consent is None:
        return NO_CONSENT
    if consent.withdrawn and today >= consent.withdrawn:
        return f"the consent was withdrawn on {consent.withdrawn}"
    if Scope.WEBSITE not in consent.covers:
        return "the consent doesn't cover the website"
    if today < consent.given:
        return f"the consent begins on {consent.given}"
    if today > consent.until:
        return f"the consent ended on {consent.until}"
    if form_number.is_missing(consent.form, consent.source):
        return "the number of the signed form is not filled in yet"
    if with_photo and Scope.PHOTO not in consent.covers:
        return "people can be recognized, and the consent doesn't cover the photo"
    return None


def is_withdrawn(people: Collection[Person], day: date) -> bool:
    """Whether a consent was given once and is withdrawn by a day."""
    return any(
        consent.withdrawn and day >= consent.withdrawn for person in people if (consent := person.consent)
    )


def first_days(people: Collection[Person]) -> list[date]:
    """Return the first day of each person's consent."""
    return [person.consent.given for person in people if person.consent]


def last_days(people: Collection[Person]) -> list[date]:
    """Return the last days of each person's consent: its end, and the day before its withdrawal."""
    given = [person.consent for person in people if person.consent]
    return [day for consent in given for day in _last_days_of(consent)]


def _last_days_of(consent: Consent) -> Iterator[date]:
    yield consent.until
    if consent.withdrawn:
        yield consent.withdrawn - timedelta(1)


# -- names ----------------------------------------------------------------------------------


def hidden_name(people: Sequence[Person], position: int) -> PersonName | None:
    """Return the name of the person at a position, whose hidden words no text may say.

    None if the name may be said in full. A word that is also the first name of another person may be said.
    """
    person = people[position]
    if not person.name or Scope.FULL_NAME in uses(person):
        return None
    return name_among([(each.name, each.shown_as) for each in people], position)


def name_among(written: Sequence[tuple[str, str]], position: int) -> PersonName:
    """Return the name of one of several people, each given as name and `shown_as`, as if it were hidden."""
    name = names.understand(*written[position])
    others = [*written[:position], *written[position + 1 :]]
    first = {word for other in others for word in names.understand(*other).first}
    hidden = tuple(word for word in name.hidden if word not in first)
    return name if hidden == name.hidden else replace(name, hidden=hidden, whole=written[position][0])


def shown_names(people: Sequence[Person]) -> tuple[str, ...]:
    """Return the name that the public sees of each person."""
    hidden = [name for position in range(len(people)) if (name := hidden_name(people, position))]
    secret = {word for name in hidden for word in name.hidden}
    return tuple(_shown_name(person, secret) for person in people)


def _shown_name(person: Person, secret: set[str]) -> str:
    if Scope.FULL_NAME in uses(person) and not secret:
        return person.name
    name = names.understand(person.name, person.shown_as)
    is_full = Scope.FULL_NAME in uses(person) and not secret & set(name.hidden)
    return person.name if is_full else name.shown
