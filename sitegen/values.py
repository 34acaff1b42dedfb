"""Text becomes types here, once; what can't become one is refused in words for its writer.

The messages follow the key that the value stands behind: `date "11/4" is not a date.`
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sitegen.addresses import slugify, unfit
from sitegen.limits import LONGEST_LINE
from sitegen.model import Focus, Scope
from sitegen.problems import did_you_mean
from sitegen.signs import WIDTHLESS

FOCUS = r"^([0-9]{1,3}(?:\.[0-9]+)?)% ([0-9]{1,3}(?:\.[0-9]+)?)%$"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
SITE = r"[A-Za-z]+://([\w.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[\w.~-]+)*"
LAYOUT = "^[a-z0-9][a-z0-9-]*$"
"""Patterns that Python and JSON Schema read alike."""


def _refuse(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{message}", {"message": message, "hint": hint})


def _composed(text: str) -> str:
    """Return a text in composed letters, without what takes no room; ASCII has neither."""
    return text if text.isascii() else unicodedata.normalize("NFC", WIDTHLESS.sub("", text))


def _line(value: object) -> object:
    if isinstance(value, list):
        raise _refuse("holds a list, but it takes one text.", "Take the brackets or hyphens out.")
    if isinstance(value, dict):
        raise _refuse(
            "holds keys of its own, but it takes one text.",
            "Write the text behind the colon; quote it if it contains a colon.",
        )
    text = " ".join(_composed(str(value)).split())
    if len(text) > LONGEST_LINE:
        raise _refuse(
            f"has {len(text)} characters; the most is {LONGEST_LINE}.",
            "Shorten it, or move it to the text below.",
        )
    return text


def _prose(value: object) -> object:
    """Return a line with typographic quotation marks, apostrophes, dashes and ellipses."""
    text = str(_line(value))
    for pattern, typographic in TYPOGRAPHY:
        text = pattern.sub(typographic, text)
    return text


TYPOGRAPHY = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\s)--?(?=\s)"), "–"),
    (re.compile(r"(^|[\s(\[–—“‘])\""), r"\1“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"(^|[\s(\[–—“])'(?=\w)(?!\d\ds?\b)"), r"\1‘"),
    (re.compile(r"'"), "’"),
)
"""In this order; what opens is told by what stands before it."""


def _term(value: object) -> object:
    """Return a line of which the address of a list can be made."""
    text = str(_line(value))
    if reason := unfit(slugify(text)):
        raise _refuse(f"{reason}.", "Choose other words for it.")
    return text


def _date(value: object) -> object:
    text = _line(value)
    if not isinstance(text, str):
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            raise _refuse(f'"{text}" is not a day of the calendar.', "Look up the day and month.") from None
        if not 1900 <= found.year < 2200:
            raise _refuse(f'"{text}" is centuries away.', "Mend the year.")
        return found
    meant = guess_date(text)
    hint = f"Did you mean {meant}?" if meant else "Write year-month-day, such as 2024-11-04."
    raise _refuse(f'"{text}" is not a date.', hint)


def guess_date(text: str) -> date | None:
    """Return the day that a text in some other form of date means; of two numbers the first is the month."""
    plain = re.sub("[‐‑‒–—]", "-", BESIDE_A_DAY.sub(" ", text)).replace(",", " ").replace(".", " ")
    words = " ".join(re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", plain).replace("Sept ", "Sep ").split())
    for pattern in (
        "%Y/%m/%d",
        "%m/%d/%Y",
        "%m/%d/%y",
        "%B %d %Y",
        "%b %d %Y",
        "%d %B %Y",
        "%d %b %Y",
        "%Y %m %d",
        "%Y-%m-%d",
        "%m-%d-%Y",
    ):
        try:
            return datetime.strptime(words, pattern).date()
        except ValueError:
            continue
    return None


BESIDE_A_DAY = re.compile(
    r"[\"'“”„‘’\u200e\u200f]|(?<=\d)[T ,]+\d{1,2}:\d\d.*$"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
"""What people and programs write round a day: quotation marks, the time, the day of the week."""


def _yes_or_no(value: object) -> object:
    text = _line(value)
    word = text.lower() if isinstance(text, str) else ""
    if word in ("true", "yes"):
        return True
    if word in ("false", "no"):
        return False
    raise _refuse(f'"{text}" is neither true nor false.', "Write true or false.")


def _number(value: object) -> object:
    text = str(_line(value))
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    raise _refuse(f'"{text}" is not a whole number.', "Write digits only, such as 24.")


def listed(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        hint = "Write it in brackets, like [one, two], or each entry on a line that begins with a hyphen."
        raise _refuse("holds keys of its own, but it takes a list.", hint)
    words = ", ".join(word.strip() for word in str(_line(value)).split(",") if word.strip())
    raise _refuse("takes a list.", f"Put it in brackets: [{words}].")


def mapped(value: object) -> object:
    if isinstance(value, dict):
        return value
    hint = "Write its keys on the lines below, each indented by two spaces."
    raise _refuse("is a block of several lines.", hint)


def _focus(value: object) -> object:
    text = str(_line(value))
    found = re.fullmatch(FOCUS, text)
    if found and float(found[1]) <= 100 and float(found[2]) <= 100:
        return Focus(float(found[1]), float(found[2]))
    raise _refuse(
        f'"{text}" is not a focal point.',
        "Write how far from the left and from the top, such as 50% 35%.",
    )


def _alias(value: object) -> object:
    text = str(_line(value))
    # index.html is what a server answers the folder's own address with
    shape = r"/([\w~-]+/)*(?!index\.html?$)[\w~-]+(/|\.html?)?"
    if not re.fullmatch(shape, text):
        raise _refuse(f'"{text}" is not an address of this site.', "Write a path such as /old/address/.")
    if reason := next(filter(None, map(unfit, text.split("/"))), ""):
        raise _refuse(f"holds a part that {reason}.", "Leave it out, or choose another.")
    return text if text.endswith(("/", ".html", ".htm")) else f"{text}/"


def _language(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(LANGUAGE, text):
        raise _refuse(f'"{text}" is not a language code.', "Write a code such as en, es or zh-Hans.")
    return text


def _at_least_one(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise _refuse("holds nothing.", "Write at least one, such as [en].")
    return values


def _layout(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(LAYOUT, text):
        raise _refuse(
            f'"{text}" is not a layout.',
            "Write the name of a template without its ending, such as page.",
        )
    return text


def _web(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(r"https?://[^/\s<>\"]+\S*", text, re.IGNORECASE):
        raise _refuse(f'"{text}" is not a web address.', "Begin it with https://")
    return text


def _site_address(value: object) -> object:
    text = str(_web(value))
    if "?" in text or "#" in text:
        raise _refuse(f'"{text}" has more than a host and a path.', "Leave out what begins with ? or #.")
    text = text.rstrip("/")
    # every link begins with the path: one that begins with // or /\\ would lead to another website
    if not re.fullmatch(SITE, text) or "/." in text:
        hint = "Write it as in a browser: https://, the host, and a path of letters, digits and hyphens."
        raise _refuse(f'"{text}" is not an address that a site can stand at.', hint)
    return text


def _email(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", text):
        raise _refuse(f'"{text}" is not an e-mail address.', "Write it like name@example.org.")
    return text


def _scope(value: object) -> object:
    text = str(_line(value))
    try:
        return Scope(text)
    except ValueError:
        known = [scope.value for scope in Scope]
        hint = did_you_mean(text, known) or f"The words are {', '.join(known)}."
        raise _refuse(f'"{text}" is not a use that consent can cover.', hint) from None


def _consenter(value: object) -> object:
    text = str(_line(value))
    if text not in CONSENTERS:
        hint = "Write guardian for a parent, and self for the young person."
        raise _refuse(f'"{text}" is neither self nor guardian.', hint)
    return text


# What follows each validator says the same to editors' forms, as JSON Schema. There a text may look like a
# number (a year) or a yes: front matter is read as text.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"], "maxLength": LONGEST_LINE}
_DAY: dict[str, Any] = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_URL: dict[str, Any] = {"type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}

CONSENTERS = ("self", "guardian")

Line = Annotated[str, BeforeValidator(_line), WithJsonSchema(_TEXT)]
Term = Annotated[str, BeforeValidator(_term), WithJsonSchema(_TEXT)]
"""A line that names a list of stories."""
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema(_TEXT)]
"""A line that readers see as a text of its own."""
Date = Annotated[date, BeforeValidator(_date), WithJsonSchema(_DAY)]
YesOrNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": [True, False, "yes", "no"]}),
]
Number = Annotated[int, BeforeValidator(_number)]
Terms = Annotated[tuple[Term, ...], BeforeValidator(listed)]
Alias = Annotated[str, BeforeValidator(_alias), WithJsonSchema({"type": "string", "pattern": "^/"})]
Aliases = Annotated[tuple[Alias, ...], BeforeValidator(listed)]
Language = Annotated[
    str,
    BeforeValidator(_language),
    WithJsonSchema({"type": "string", "pattern": LANGUAGE}),
]
Layout = Annotated[str, BeforeValidator(_layout), WithJsonSchema({"type": "string", "pattern": LAYOUT})]
WebAddress = Annotated[str, BeforeValidator(_web), WithJsonSchema(_URL)]
SiteAddress = Annotated[str, BeforeValidator(_site_address), WithJsonSchema(_URL)]
Email = Annotated[str, BeforeValidator(_email), WithJsonSchema({"type": "string", "format": "email"})]
FocalPoint = Annotated[
    Focus,
    BeforeValidator(_focus),
    WithJsonSchema({"type": "string", "pattern": FOCUS}),
]
Languages = Annotated[tuple[Language, ...], BeforeValidator(listed), AfterValidator(_at_least_one)]
OneScope = Annotated[
    Scope, BeforeValidator(_scope), WithJsonSchema({"enum": [scope.value for scope in Scope]})
]
Scopes = Annotated[tuple[OneScope, ...], BeforeValidator(listed)]
Consenter = Annotated[str, BeforeValidator(_consenter), WithJsonSchema({"enum": list(CONSENTERS)})]
