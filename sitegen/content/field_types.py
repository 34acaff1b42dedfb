"""Field types: validators that turn text into typed values, or say why not.

A message continues after the key and the value: `date "11/4" is not a date.`
"""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sitegen.core import keep_list, time_zone
from sitegen.core.diagnostics import choose_from
from sitegen.core.limits import LONGEST_LINE, MOST_PEOPLE
from sitegen.core.model import Focus, Scope
from sitegen.core.problem_codes import Code
from sitegen.core.text import fold, line
from sitegen.core.urls import old_path, site_address, term_slug, unusable_reason

FOCUS = r"^([0-9]{1,3}(?:\.[0-9]+)?)% ([0-9]{1,3}(?:\.[0-9]+)?)%$"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LAYOUT = "^[a-z0-9][a-z0-9-]*$"
ZONE = "^(UTC|[A-Z][A-Za-z]+(/[A-Za-z0-9_+-]+)+)$"
"""Patterns with the same meaning in Python and in JSON Schema."""


def _refuse(code: Code, message: str, hint: str, value: object = None) -> PydanticCustomError:
    """Return the refusal of a value, which the message quotes where `value` is given."""
    context = {"code": code, "message": message, "hint": hint, "value": value}
    return PydanticCustomError("refused", "{message}", context)


def _line(value: object) -> object:
    if isinstance(value, list):
        raise _refuse(
            Code.EXPECTS_TEXT, "is a list, but it takes one text.", "Take the brackets or hyphens out."
        )
    if isinstance(value, dict):
        raise _refuse(
            Code.EXPECTS_TEXT,
            "has keys of its own, but it takes one text.",
            "Write the text after the colon; put it in quotes if it has a colon in it.",
        )
    text = line(str(value))
    if len(text) > LONGEST_LINE:
        raise _refuse(
            Code.VALUE_TOO_LONG,
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
"""In this order: the character before a quotation mark decides whether it opens or closes."""


def _term(value: object) -> object:
    """Return a line from which the address of a list can be made."""
    text = str(_line(value))
    slug = term_slug(text)
    reason = unusable_reason(slug) if slug or not text else "has no letters or digits for an address"
    if reason:
        raise _refuse(Code.UNUSABLE_TERM, f"{reason}.", "Choose other words for it.", text)
    return text


def _date(value: object) -> object:
    text = _line(value)
    if not isinstance(text, str):
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            hint = "Check the day and the month."
            raise _refuse(Code.NO_SUCH_DAY, "is not a real date.", hint, text) from None
        if not 1900 <= found.year < 2200:
            raise _refuse(Code.DATE_OUT_OF_RANGE, "is centuries away.", "Correct the year.", text)
        return found
    meant = guess_date(text)
    hint = f"Did you mean {meant}?" if meant else "Write year-month-day, such as 2024-11-04."
    raise _refuse(Code.NOT_A_DATE, "is not a date.", hint, text)


def iso_date(text: str) -> date | None:
    """Return the day that a value of front matter names; None if it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
"""Additions to a date: quotation marks, the time, the day of the week."""


def _yes_or_no(value: object) -> object:
    text = _line(value)
    word = text.lower() if isinstance(text, str) else ""
    if word in ("true", "yes"):
        return True
    if word in ("false", "no"):
        return False
    raise _refuse(Code.NOT_YES_OR_NO, "is neither true nor false.", "Write true or false.", text)


def _number(value: object) -> object:
    text = str(_line(value))
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    raise _refuse(Code.NOT_A_NUMBER, "is not a whole number.", "Write digits only, such as 24.", text)


def listed(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        hint = "Write it in brackets, like [one, two], or each entry on a line that starts with a hyphen."
        raise _refuse(Code.EXPECTS_LIST, "has keys of its own, but it takes a list.", hint)
    words = ", ".join(word.strip() for word in str(_line(value)).split(",") if word.strip())
    raise _refuse(Code.EXPECTS_LIST, "takes a list.", f"Put it in brackets: [{words}].")


def mapped(value: object) -> object:
    if isinstance(value, dict):
        return value
    hint = "Write its keys on the lines below, each indented by two spaces."
    raise _refuse(Code.EXPECTS_BLOCK, "takes a block of keys.", hint)


def person(value: object) -> object:
    if isinstance(value, dict):
        return value
    hint = f"Write each person on lines of their own: - name: {value if isinstance(value, str) else 'Maya'}"
    raise _refuse(Code.EXPECTS_BLOCK, "takes a block of keys.", hint)


def some_people(values: tuple[object, ...]) -> tuple[object, ...]:
    if not values:
        raise _refuse(Code.EMPTY_LIST, "is empty.", "Write at least one person, or take the line out.")
    if len(values) > MOST_PEOPLE:
        message = f"has {len(values)} entries; the most is {MOST_PEOPLE}."
        raise _refuse(Code.TOO_MANY_PEOPLE, message, "Split the file into several.")
    return values


ANSWER, PEOPLE = "answer", "people"


def answer_or_people(value: object) -> str:
    """Return whether a value is an answer, yes or no, or a list of people."""
    return PEOPLE if isinstance(value, list | dict | tuple) else ANSWER


def _focus(value: object) -> object:
    text = str(_line(value))
    found = re.fullmatch(FOCUS, text)
    if found and float(found[1]) <= 100 and float(found[2]) <= 100:
        return Focus(float(found[1]), float(found[2]))
    hint = "Write how far from the left and from the top, such as 50% 35%."
    raise _refuse(Code.NOT_A_FOCAL_POINT, "is not a focal point.", hint, text)


def _alias(value: object) -> object:
    text = str(_line(value))
    path = old_path(text)
    if path is None:
        hint = "Write a path such as /old/address/."
        raise _refuse(Code.NOT_AN_ALIAS, "is not an address of this site.", hint, text)
    if reason := next(filter(None, map(unusable_reason, path.split("/"))), ""):
        raise _refuse(Code.NOT_AN_ALIAS, f"has a part that {reason}.", "Leave it out, or choose another.")
    return path if path.endswith(("/", ".html", ".htm")) else f"{path}/"


def _each_place_once(aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Return the aliases without those that differ from an earlier one in case only: few disks hold both."""
    return tuple({fold(alias): alias for alias in reversed(aliases)}.values())[::-1]


def _language(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(LANGUAGE, text):
        hint = "Write a code such as en, es or zh-Hans."
        raise _refuse(Code.NOT_A_LANGUAGE_CODE, "is not a language code.", hint, text)
    return text


def _at_least_one(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise _refuse(Code.EMPTY_LIST, "is empty.", "Write at least one, such as [en].")
    return values


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _glob(value: object) -> object:
    text = str(_line(value))
    if not keep_list.is_path(text):
        hint = "Write a path below public/, such as reports/** or google1234.html."
        raise _refuse(Code.NOT_A_GLOB, "is not a path of files to keep.", hint, text)
    if keep_list.is_too_wide(text):
        hint = "Name only files that others made, such as reports/** or google1234.html."
        raise _refuse(Code.KEEPS_TOO_MUCH, "matches files that sitegen makes.", hint, text)
    return text


def _zone(value: object) -> object:
    text = str(_line(value))
    if time_zone.zone(text) is None:
        meant = time_zone.nearest_zone(text)
        hint = f'Did you mean "{meant}"?' if meant else "Write region and city, such as America/New_York."
        raise _refuse(Code.NOT_A_TIME_ZONE, "is not a time zone.", hint, text)
    return text


def _layout(value: object) -> object:
    text = str(_line(value))
    # the value as written: a name that is valid only without its invisible characters is refused
    if not re.fullmatch(LAYOUT, str(value).strip()):
        hint = "Write the name of a template without its ending, such as page."
        raise _refuse(Code.UNKNOWN_LAYOUT, "is not a layout.", hint, text)
    return text


def _web(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(r"https?://[^/\s<>\"]+\S*", text, re.IGNORECASE):
        raise _refuse(Code.NOT_A_WEB_ADDRESS, "is not a web address.", "Start it with https://", text)
    return text


def _site_address(value: object) -> object:
    text = str(_web(value))
    if "?" in text or "#" in text:
        hint = "Leave out the part after ? or #."
        raise _refuse(Code.NOT_A_SITE_ADDRESS, "has more than a domain and a path.", hint, text)
    address = site_address(text)
    if address is None:
        hint = "Write it as in a browser: https://, the domain, and a path of letters, digits and hyphens."
        raise _refuse(Code.NOT_A_SITE_ADDRESS, "is not an address that a site can have.", hint, text)
    return address


def _email(value: object) -> object:
    text = str(_line(value))
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", text):
        raise _refuse(Code.NOT_AN_EMAIL, "is not an email address.", "Write it like name@example.org.", text)
    return text


def _scope(value: object) -> object:
    text = str(_line(value))
    try:
        return Scope(text)
    except ValueError:
        known = [scope.value for scope in Scope]
        hint = choose_from(text, known, "words")
        raise _refuse(Code.UNKNOWN_CONSENT_USE, "is not a use that consent can cover.", hint, text) from None


def _consenter(value: object) -> object:
    text = str(_line(value))
    if text not in CONSENTERS:
        hint = "Write guardian for a parent, and self for the young person."
        raise _refuse(Code.UNKNOWN_CONSENTER, "is neither self nor guardian.", hint, text)
    return text


# The JSON Schema of each validator, for editors' forms. A text may look like a number (a year) or like a
# boolean there, because front matter is read as text.
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
Aliases = Annotated[tuple[Alias, ...], BeforeValidator(listed), AfterValidator(_each_place_once)]
Glob = Annotated[str, BeforeValidator(_glob), WithJsonSchema({"type": "string", "pattern": "^[^/]"})]
Globs = Annotated[tuple[Glob, ...], BeforeValidator(listed), AfterValidator(_each_once)]
Language = Annotated[
    str,
    BeforeValidator(_language),
    WithJsonSchema({"type": "string", "pattern": LANGUAGE}),
]
Layout = Annotated[str, BeforeValidator(_layout), WithJsonSchema({"type": "string", "pattern": LAYOUT})]
Zone = Annotated[
    str,
    BeforeValidator(_zone),
    WithJsonSchema({"type": "string", "pattern": ZONE}),
]
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
