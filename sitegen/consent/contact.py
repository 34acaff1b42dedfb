"""Contact data: e-mail and street addresses, telephone numbers, profiles."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.consent.word_sense import is_word
from sitegen.core.text import as_typed, skeleton
from sitegen.core.urls import slugify

EMAIL = re.compile(
    r"[^\s@<>()\[\]\"“”,;:]+(?:@|\s?[(\[]at[)\]]\s?)[^\s@<>()]+\.\w{2,}"
    r"|[\w.+-]+\s?(?:[(\[]at[)\]]|\sat\s)\s?[\w-]+\s?(?:[(\[]dot[)\]]|\sdot\s)\s?"
    r"(?:com|org|net|edu|gov|io|us|me|school)\b",
    re.IGNORECASE,
)
"""Addresses with their sign, or with the words `at` and `dot` for it."""

TELEPHONE = re.compile(
    r"\+\d[\d\s().-]{6,}\d"
    r"|\(\d{3}\)\s?\d{3}[\s.\u2010-\u2015-]\d{4}\b"
    r"|\b[2-9]\d{2}[\s.\u2010-\u2015-]{1,3}\d{3}[\s.\u2010-\u2015-]\d{4}\b"
    r"|(?<![\d.,])[2-9]\d{2}[2-9]\d{6}(?![\d.,]*\d)"
    r"|\b(?:1-)?[2-9]\d{2}-(?:\d{3}-[A-Z]{4}|[A-Z]{7})\b"
    r"|(?<![\d.,-])0\d(?:[ .]\d{2}){4}(?![\d.-])"
    r"|(?<![\d.,-])0\d{2,4} \d{3,4} ?\d{3,4}(?![\d.-])"
    r"|\b(?:call|text|phone|tel|telephone|cell|mobile|whatsapp|llama|llamame)\b\D{0,20}\d(?:[\s().-]?\d){6,}"
    r"|\b\d{3}-\d{4}\b(?=[^.!?\n]{0,20}\b(?:call|text|phone|cell)\b)",
    re.IGNORECASE,
)
"""International numbers, numbers in groups as in North America (where codes begin with 2 to 9), France and
Britain, numbers with a word, and any number near a word for calling."""

AT, SLASH = ("@", "at)", "at]", "dot"), ("/",)
DIGIT = tuple("0123456789")
"""Parts of every e-mail address and handle, of every profile, of every number: most texts have none."""
ANY_PART = (*AT, *SLASH, *DIGIT)

BARE_TELEPHONE = re.compile(r"\b\d{10,11}\b")
STREET_WORD = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Parkway|Pkwy"
    "|Circle|Alley"
)
STREET = re.compile(
    r"(?<!\bin )(?<!\bIn )(?<!\bsince )(?<!\bSince )(?<!\bby )"
    r"\b\d{1,5}[A-Z]?\s+(?:[NSEW]\.?\s+|(?:North|South|East|West)\s+)?"
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:[A-Z][\w'’.-]+\s+){0,2}[A-Z][\w'’.-]+)\s+"
    rf"(?:{STREET_WORD})\b\.?"
    rf"|\b\d{{1,5}}\s+(?:[nsew]\.?\s+)?(?!(?:more|of|days|miles|blocks|steps|the|a)\b)[a-z]{{3,}}\s+"
    r"(?:street|avenue|ave|road|boulevard|blvd|lane)\b"
    r"|\b(?:Calle|calle|Avenida|avenida)\s+[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+)*,?\s+(?:#|no\. ?)?\d{1,5}\b"
    r"|\b[Pp]\.?\s?[Oo]\.?\s?[Bb]ox\s+\d+"
    r"|\b[A-ZÄÖÜ]\w+(?:straße|strasse|gasse|weg)\s+\d{1,4}\b"
    r"|\b\d{1,4},?\s(?:rue|avenue|chemin|place)\s(?:d|l)[a-z'’]+\s?[\w'’ ]*[A-Z]\w+"
)
HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_][\w.]{2,}")
PROFILE = re.compile(
    r"\b(?:wa\.me|t\.me)/[\w+]+|\b(?:instagram|tiktok|snapchat|facebook|twitter|x|linkedin|youtube|threads|discord)\.(?:com|net|gg)/[\w@./-]+",
    re.IGNORECASE,
)
BIRTHDAY = re.compile(
    r"\b(?:born|birthday|birth date|date of birth|naci|cumpleanos)\b[^.!?\n]{0,30}?"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2}\b"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
KINDS = (
    ("an e-mail address", EMAIL, AT, True),
    ("a telephone number", TELEPHONE, DIGIT, True),
    ("a street address", STREET, DIGIT, True),
    ("a handle", HANDLE, AT, False),
    ("a profile", PROFILE, SLASH, False),
    ("a birthday", BIRTHDAY, DIGIT, False),
)
"""Each kind of contact data: its noun, its pattern, its parts, and whether nothing else can be meant."""

PERSON = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
SHORTEST = 3
"""Letters from which a part of a name is searched for in a form's number."""


@dataclass(frozen=True, slots=True)
class ContactDatum:
    """A way to reach a young person that a text gives; `is_certain` where nothing else can be meant."""

    kind: str
    text: str
    is_certain: bool


def contact_in(text: str) -> Iterator[ContactDatum]:
    """Yield the first of each kind of contact data in a text."""
    typed = as_typed(text)
    if not typed.isascii():  # digits of other scripts and full-width letters are read as well
        text = unicodedata.normalize("NFKC", text)
        typed = text = text.translate(
            {ord(sign): str(digit) for sign in set(text) if (digit := _digit(sign)) >= 0}
        )
    small = typed.lower()
    if not any(map(small.__contains__, ANY_PART)):
        return
    for kind, pattern, parts, is_certain in KINDS:
        if any(part in small for part in parts) and (found := pattern.search(typed)):
            yield ContactDatum(kind, text[slice(*found.span())].strip(), is_certain)


def _digit(sign: str) -> int:
    """Return the value of a digit that is not ASCII; -1 for any other sign."""
    return -1 if sign.isascii() else unicodedata.digit(sign, -1)


def personal(text: str, name: str) -> Iterator[str]:
    """Yield what a form's number holds although it is a person's own."""
    if EMAIL.search(text):
        yield "an e-mail address"
    if TELEPHONE.search(text) or BARE_TELEPHONE.search(text):
        yield "a telephone number"
    parts = (part for part in re.findall(r"[^\W\d_]+", skeleton(name)) if len(part) >= SHORTEST)
    words = slugify(text).split("-")
    if PERSON.search(text) or any(part in words and not is_word(part) for part in parts):
        yield "a person's name"
