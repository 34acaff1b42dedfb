"""Contact data: e-mail and street addresses, telephone numbers, profiles."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.consent.word_sense import is_word
from sitegen.core.text import as_typed, skeleton
from sitegen.core.urls import slugify

ENDINGS = "com|org|net|edu|gov|io|us|me|co|app|dev|school"
"""Endings of domains that are looked for where other signs are less certain."""
EMAIL = re.compile(
    r"[^\s@<>()\[\]{}\"“”,;:]+@[^\s@<>()]+[.。]\w{2,}"
    r"|[\w.+-]+\s?[(\[{]\s?(?:at|a|@|arroba)\s?[)\]}]\s?[^\s@<>()\[\]{}]+"
    r"(?:[.。]|\s?[(\[{]\s?(?:dot|punto|\.)\s?[)\]}]\s?|\s(?:dot|punto)\s)\w{2,}"
    rf"|[\w.+-]+\s(?:at|arroba)\s[\w-]+(?:(?:\.|\s(?:dot|punto)\s)[\w-]+)*\s(?:dot|punto)\s(?:{ENDINGS})\b"
    rf"|[\w.+-]+(?:\s@\s?|@\s)[\w-]+\.(?:{ENDINGS})\b"
    rf"|[\w.+]+[_-]at[_-][\w-]+(?:\.|[_-]dot[_-])(?:{ENDINGS})\b"
    r"|[\w.+-]+\s?@\s?(?:gmail|yahoo|hotmail|outlook|icloud|protonmail)\b",
    re.IGNORECASE,
)
"""Addresses with their sign, or with the words `at` and `dot` for it."""

SIGN = r"[\s./_•·\u2010-\u2015-]"
TELEPHONE = re.compile(
    r"(?=[+(\d])(?:"  # the rest is tried at these signs only
    r"\+\d[\d\s().-]{6,}\d"
    rf"|\(\d{{3}}\)\s?-?\s?\d{{3}}{SIGN}{{0,3}}\d{{4}}\b|\(\d{{2}}\)\s?\d{{4}}[\s-]\d{{4}}\b"
    rf"|(?<![\d$/=-])(?:1[ .-])?(?![2-7]00)[2-9]\d{{2}}{SIGN}{{1,3}}[2-9]\d{{2}}{SIGN}{{1,3}}\d{{4}}(?![\d-])"
    r"|(?<![\d$/=-])[2-9]\d{2}[/-][2-9]\d{6}(?![\d-])"
    r"|(?<![\d.,$/=#])[2-9]\d{2}[2-9]\d{6}(?![\d.,]*\d)"
    r"|(?<![\d.-])[2-9](?:[ .-]\d){2}[ .-][2-9](?:[ .-]\d){6}(?![ .-]?\d)"
    r"|\b(?:1-)?[2-9]\d{2}-(?:\d{3}-[A-Z]{4}|[A-Z]{7})\b"
    r"|(?<![\d.,-])(?!01[ .]02)0\d(?:[ .]\d{2}){4}(?![\d.-])"
    r"|(?<![\d.,-])0\d{2,4} \d{3,4} ?\d{3,4}(?![\d.-])"
    r"|(?<![\d.,/-])0\d{1,4}[/-]\d{3,4}[ -]?\d{3,5}(?![\d./-])"
    r"|(?<![\d.,-])1[3-9]\d[ -]\d{4}[ -]\d{4}(?![\d-])"
    r"|\b\d{3}-\d{4}\b(?=[^.!?\n]{0,20}\b(?:call|text|phone|cell)\b))"
    r"|\b(?:call|text|phone|tel|telephone|cell|mobile|whatsapp|cel|celular|llama|llamame|(?:my|mi) n[uú]mero?"
    r"|my number)\b[^\d\n]{0,20}(?!(?:19|20)\d\d\b)\d(?:[ ().-]?\d){6,}",
    re.IGNORECASE,
)
"""International numbers, numbers in groups as in North America (where codes begin with 2 to 9), France,
Britain, Germany, Japan and China, numbers with a word, and any number near a word for calling."""

AT, SLASH = ("@", "at)", "at]", "at}", "(a)", "[a]", "dot", "arroba", "_at_", "-at-"), ("/",)
DIGIT = tuple("0123456789")
"""Parts of every e-mail address and handle, of every profile, of every number: most texts have none."""
ANY_PART = (*AT, *SLASH, *DIGIT)
SIGNS = "".join(sorted({sign for part in ANY_PART for sign in part if not sign.isalpha()} - {"-"})).encode()
SPELLED = tuple(part for part in ANY_PART if not set(part.encode()) & set(SIGNS))
"""Signs, and parts without one of them: bytes are searched for all signs at once."""

BARE_TELEPHONE = re.compile(r"\b\d{10,11}\b")
STREET_WORD = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Parkway|Pkwy"
    "|Circle|Cir|Alley|Pike|Turnpike|Highway|Hwy|Square|Sq|Crescent|Trail|Way|STREET|AVENUE|ROAD|LANE|DRIVE"
)
SMALL_STREET_WORD = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln"
NOT_AFTER = (
    *("by|in", "may", "june|july", "since|march|april", "august", "january|october"),
    *("february|november|december", "september"),
)
"""Words before a number that is a year or a day, by their length: `In 2019 High Street opened`."""
STREET = re.compile(
    r"(?=\d)(?:"  # the rest is tried at digits only
    + "".join(rf"(?<!\b(?i:{words}) )" for words in NOT_AFTER)
    + r"\b\d{1,5}(?:[A-Ca-c]|-\d{1,5})?\s+(?:[NSEW]\.?\s+|(?:North|South|East|West)\s+)?"
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:[A-Z][\w'’.-]+\s+){0,4}[A-Z][\w'’.-]+)\s+"
    rf"(?:{STREET_WORD}|{SMALL_STREET_WORD})\b\.?"
    r"|\b\d{1,5}\s+(?:[nsew]\.?\s+)?(?!(?:more|of|days|miles|blocks|steps|the|a)\b)[a-z]{3,}\s+"
    rf"(?:{SMALL_STREET_WORD})\b"
    r"|\b\d{2,5}\s+(?:[NSEW]\.?\s+)?Broadway\b(?!\s[a-z])|\d(?:丁目|番地)"
    r"|\b\d{1,4},?\s(?:rue|avenue|chemin|place)\s(?:d|l)[a-z'’]+\s?[\w'’ ]*[A-Z]\w+)"
    r"|\b(?:[Cc]alle|[Aa]venida|[Aa]v\.|[Aa]vda\.|[Rr]ua|[Rr]ue|[Uu]l\.|[Uu]lica|ул\.|[Уу]лица)\s+"
    r"(?:(?:de|del|la|las|los|du|des|da|do|dos)\s+)*[A-ZÀ-ÞА-ЯŁŚŻ][\w'’.-]+"
    r"(?:\s+[A-ZÀ-ÞА-Я][\w'’.-]+)*,?\s+(?:#|no\. ?)?\d{1,5}\b"
    r"|\b[Pp](?:\.?\s?[Oo]\.?\s?[Bb]ox|ost [Oo]ffice [Bb]ox)\s+\d+|\blive[ds]? at \d{1,5} [A-Z]\w+"
    r"|\b[A-ZÄÖÜ]\w{2,}(?:straße|strasse|str\.|gasse|weg|straat|gatan)\s+\d{1,4}\b"
    r"|[\u4e00-\u9fff]{2,}[路街巷]\s?\d+\s?[号號]|[가-힣]{2,}(?:대로|길)\s?\d+(?![\d가-힣])"
    r"|شارع\s+\S+(?:\s+\S+)?\s+\d+"
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
    if not _has_part(small):
        return
    for kind, pattern, parts, is_certain in KINDS:
        if any(part in small for part in parts) and (found := pattern.search(typed)):
            yield ContactDatum(kind, text[slice(*found.span())].strip(), is_certain)


def may_have_contact(text: str) -> bool:
    """Return whether a text can have contact data: a quick look that most texts end with."""
    small = as_typed(text).lower()
    return not small.isascii() or _has_part(small)


def _has_part(small: str) -> bool:
    """Return whether a text in small letters has a part of contact data."""
    data = small.encode("ascii", "replace")
    return len(data.translate(None, SIGNS)) < len(data) or any(part in small for part in SPELLED)


def _digit(sign: str) -> int:
    """Return the value of a digit that is not ASCII; -1 for any other sign."""
    return -1 if sign.isascii() else unicodedata.digit(sign, -1)


def personal(text: str, name: str) -> Iterator[str]:
    """Yield what a form's number holds although it is a person's own."""
    small = text.lower()
    if any(part in small for part in AT) and EMAIL.search(text):
        yield "an e-mail address"
    if TELEPHONE.search(text) or BARE_TELEPHONE.search(text):
        yield "a telephone number"
    parts = (part for part in re.findall(r"[^\W\d_]+", skeleton(name)) if len(part) >= SHORTEST)
    words = slugify(text).split("-")
    if (" " in text and PERSON.search(text)) or any(part in words and not is_word(part) for part in parts):
        yield "a person's name"
