"""What a story must not say because its consent doesn't cover it, and what no consent should hold."""

import re
import unicodedata
from collections.abc import Iterator

from sitegen.addresses import slugify

SHORTEST = 3
"""Letters of a surname that is looked for by itself; a shorter one is a common word in some language."""


def surnames(name: str) -> tuple[str, ...]:
    """Return the words of a name after the first, and the parts of those with a hyphen.

    Particles such as "de la" are left out: they are nobody's name alone.
    """
    words = [word for word in name.split()[1:] if word[0].upper() == word[0]]
    parts = [part for word in words if "-" in word for part in word.split("-")]
    return tuple(dict.fromkeys(word for word in (*words, *parts) if word))


def surname_in(text: str, name: str) -> str | None:
    """Return the first part of a surname that stands in a text as a word of its own, as it stands there."""
    first = re.escape(_folded(name.split(maxsplit=1)[0]))
    for surname in surnames(name):
        word = re.escape(_folded(surname))
        # capital letters matter: "Young" is a name, "young" is not
        wanted = f"{word}|{word.upper()}" if len(surname) >= SHORTEST else rf"{first}\s+{word}"
        found = re.search(rf"(?<!\w)(?:{wanted})(?!\w)", _folded(text))
        if found:
            return text[found.start() : found.end()]
    return None


def surname_in_slug(slug: str, name: str) -> str | None:
    """Return the surname that is a word of a file's name, or of an address."""
    words = f"-{slugify(slug.replace('/', ' '))}-"
    return next((surname for surname in surnames(name) if f"-{slugify(surname)}-" in words), None)


def phrase_in(text: str, phrase: str) -> str | None:
    """Return a phrase as it stands in a text, whatever its capital letters."""
    found = re.search(rf"(?<!\w){re.escape(_folded(phrase))}(?!\w)", _folded(text), re.IGNORECASE)
    return text[found.start() : found.end()] if phrase and found else None


def _folded(text: str) -> str:
    """Return a text without accents, letter for letter, so that places in it stay the same."""
    return "".join(unicodedata.normalize("NFKD", letter)[:1] or letter for letter in text)


# -- consent --------------------------------------------------------------------------------

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
TELEPHONE = re.compile(r"\+\d[\d\s().-]{6,}|\(?\b\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}\b|\b\d{10,11}\b")
PERSON = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")


def personal(text: str, name: str) -> Iterator[str]:
    """Yield what a record of consent holds although it is somebody's own."""
    if EMAIL.search(text):
        yield "an e-mail address"
    if TELEPHONE.search(text):
        yield "a telephone number"
    words = slugify(text).split("-")
    if PERSON.search(text) or any(
        len(word) >= SHORTEST and word in words for word in slugify(name).split("-")
    ):
        yield "a person's name"
