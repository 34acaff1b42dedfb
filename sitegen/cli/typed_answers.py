"""Typed answers: dragged paths, days and consent, as people write them."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.authoring import form_response
from sitegen.core.model import Scope
from sitegen.core.text import skeleton

QUOTES = ("''", '""', "‘’", "“”")


def path_of(typed: str) -> Path:
    """Return the path that was typed or dragged into a terminal: quoted, escaped, or as a file: URL."""
    bare = typed.strip()
    bare = bare.removeprefix("& ") if bare.startswith("& '") else bare  # PowerShell
    if len(bare) > 1 and bare[0] + bare[-1] in QUOTES:
        bare = bare[1:-1]
        return Path(bare).expanduser()
    if bare.lower().startswith("file:"):
        path = unquote(urlsplit(bare).path)
        return Path(path.removeprefix("/") if re.match("/[A-Za-z]:", path) else path)
    if os.sep == "/" and "\\" in bare and not Path(bare).expanduser().exists():
        bare = re.sub(r"\\(.)", r"\1", bare)
    return Path(bare).expanduser()


MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AGO = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1, "day before yesterday": 2, "a week ago": 7}


def day_of(typed: str, today: date) -> date | str:
    """Return the day in the past that was meant, or what is unclear about it, as a sentence for people."""
    said = " ".join(re.sub(r"[,.]|\b(the|on|of|de|del|el)\b", " ", skeleton(typed)).split())
    said = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", said)
    found = _ago(said, today) or _with_numbers(said, today) or _with_month(said, today)
    if found is None:
        return f'Which day is "{typed.strip()}"? Please write it like {words_of(today)}.'
    if isinstance(found, date) and found > today:
        return f"{words_of(found)} is in the future. Please write a day that has been."
    return found


def words_of(day: date) -> str:
    """Return a day in words: `October 20, 2026`."""
    return f"{MONTHS[day.month - 1][0].capitalize()} {day.day}, {day.year}"


def _ago(said: str, today: date) -> date | None:
    if said in AGO:
        return today - timedelta(AGO[said])
    if found := re.fullmatch(r"(\d{1,3}) (day|week)s? ago", said):
        return today - timedelta(int(found[1]) * (7 if found[2] == "week" else 1))
    name = said.removeprefix("last ").removeprefix("this ")
    fits = [number for number, weekday in enumerate(WEEKDAYS) if len(name) > 2 and weekday.startswith(name)]
    return today - timedelta((today.weekday() - fits[0] - 1) % 7 + 1) if fits else None


def _with_numbers(said: str, today: date) -> date | str | None:
    if found := re.fullmatch(r"(\d{4})[-/ ](\d{1,2})[-/ ](\d{1,2})", said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2})[-/ ](\d{1,2})(?:[-/ ](\d{4}|\d{2}))?", said)
    if not found:
        return None
    one, two = int(found[1]), int(found[2])
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0) if found[3] else None
    if one != two and max(one, two) < 13:
        either, other = (
            f"{MONTHS[month - 1][0].capitalize()} {day}" for month, day in ((one, two), (two, one))
        )
        return f"Is that {either} or {other}? Please write the month as a word."
    return _latest(year, min(one, two), max(one, two), today)


def _with_month(said: str, today: date) -> date | None:
    parts = said.split()
    months = {
        number
        for number, names in enumerate(MONTHS, 1)
        for part in parts
        if len(part) > 2 and any(name.startswith(part) for name in names)
    }
    numbers = [int(part) for part in parts if re.fullmatch(r"\d{1,2}|\d{4}", part)]
    days, years = (
        [number for number in numbers if number < 32],
        [number for number in numbers if number > 1900],
    )
    if len(months) != 1 or len(days) != 1 or len(years) > 1:
        return None
    return _latest(years[0] if years else None, months.pop(), days[0], today)


def _latest(year: int | None, month: int, day: int, today: date) -> date | None:
    """Return a day of a year; without a year, the last such day until today."""
    found = _day(year or today.year, month, day)
    if year is None and found and found > today:
        return _day(today.year - 1, month, day)
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def signer(typed: str) -> str:
    """Return `self` or `guardian` for a word that means one of them; any other word unchanged."""
    return form_response.SIGNERS.get(typed.strip().lower(), typed)


def scopes(typed: str) -> list[str]:
    """Return what consent covers, as a file has it; words that are not known stay as they are."""
    said = [word.strip() for word in re.split(r",|;|\band\b", typed.strip("[] ")) if word.strip()]
    if [word.lower() for word in said] in (["all"], ["everything"]):
        return [scope.value for scope in Scope]
    known = form_response.ANSWERS
    return [str(known.get("-".join(word.lower().split()), word)) for word in said]
