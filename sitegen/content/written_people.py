"""Written people: the people of a file whose front matter may not fit its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.content.strict_yaml import KeyPath, Value


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """A person as written; `keys` is the key path above the name and the consent, empty for one person.

    The consent is None where there is none, and empty where it is not a block of keys.
    """

    keys: KeyPath
    name: str
    shown_as: str
    consent: Mapping[str, Value] | None

    def value(self, key: str) -> str:
        """Return a value of the consent as text; the empty string where there is none."""
        return _text(self.consent or {}, key)


def people_in(values: Mapping[str, Value]) -> tuple[WrittenPerson, ...]:
    """Return the people of a file: those of its list, or the one that its own keys describe."""
    people = values.get("people")
    return tuple(_listed(people)) if isinstance(people, list) else (_person(values, ()),)


def _listed(people: list[Value]) -> Iterator[WrittenPerson]:
    for position, person in enumerate(people):
        if isinstance(person, dict):
            yield _person(person, ("people", position))


def _person(values: Mapping[str, Value], keys: KeyPath) -> WrittenPerson:
    consent = values.get("consent")
    given = consent if isinstance(consent, dict) else None if consent is None else {}
    return WrittenPerson(keys, _text(values, "name"), _text(values, "shown_as"), given)


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
