"""Lint rules: suggestions about one file, which block nothing."""

import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from sitegen.consent import contact, group, mentions
from sitegen.content.field_types import iso_date
from sitegen.content.written_people import people_in
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Kind, Photo, Scope
from sitegen.core.picture_names import ENDING
from sitegen.core.problem_codes import Code
from sitegen.core.text import unquoted
from sitegen.core.urls import sibling_picture
from sitegen.core.visible_text import visible_text
from sitegen.images.derivatives import FIGURE_WIDTHS, HEADSHOT_WIDTHS
from sitegen.lint.document import ParsedFile
from sitegen.markup import render

LONGEST_QUOTE = 160
"""Characters of a quote that fit on a card."""

LEAST = {"headshot": HEADSHOT_WIDTHS[-2], "photo": FIGURE_WIDTHS[0]}
"""Pixels that the shorter side of a picture needs, by the key that names it."""

LARGEST_PHOTO = 12_000_000
"""Bytes; more only makes copies of the site's folder slower."""

OLDEST = date(1970, 1, 1)
"""The first day that is likely; the sitemap names none before."""

HARDEST = 13
"""Years of school that a text may require, because its readers are at school."""

SHORTEST_TEXT = 100
"""Words in a text from which its reading level is reliable."""

NO_DESCRIPTION = re.compile(
    r"(?:img|dsc[nf]?|pxl|image|photo|picture|screenshot|headshot|portrait|untitled|scan)?[\s\d_().-]*"
    rf"|.*(?:{ENDING.pattern})|(?:a |an |the )?(?:photo|picture|image|headshot|portrait)",
    re.IGNORECASE,
)
"""Names that cameras give to files, and words that describe nothing."""

SHOWN_AS_TYPED = ("name", "quote", "school", "year", "field", "role")
"""Keys whose value is shown unchanged, quotation marks included."""

HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
STUCK_HEADING = re.compile(r"^(##+)([^\s#]\S*)", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()<>\s]+)")
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
WORDS_STUCK = re.compile(r"[^\W\d_]\xa0[^\W\d_]")
"""Two words with a no-break space between them, from word processors and web pages."""

Look = Callable[[Path], object]
"""Returns a Photo with the size of a picture file, or what is wrong with it."""


def advise(root: Path, one: ParsedFile, look: Look, language: str, today: date) -> Iterator[Problem]:
    """Yield suggestions about a file; `language` is that of a text that names none."""
    yield from _on_values(one)
    yield from _on_days(one, today)
    yield from _on_pictures(root, one, look)
    yield from _on_text(one)
    yield from _on_reading_level(one, language)
    if one.source.kind is Kind.STORY or isinstance(one.document.values.get("people"), list):
        yield from _on_privacy(one)


def _on_values(one: ParsedFile) -> Iterator[Problem]:
    quote = one.value("quote")
    if len(quote) > LONGEST_QUOTE:
        message = f"the quote has {len(quote)} characters; a card holds about {LONGEST_QUOTE}."
        hint = "Keep one sentence, and move the rest to the text."
        yield one.at(Code.LONG_QUOTE, ("quote",), message, hint)
    for key in SHOWN_AS_TYPED:
        value = one.value(key).strip()
        if unquoted(value) != value:
            hint = "Leave them out: the website sets its own." if key == "quote" else "Leave them out."
            message = f"the whole {key} is in quotation marks, and readers would see them."
            yield one.at(Code.QUOTES_SHOWN, (key,), message, hint)
    if one.source.kind is Kind.STORY and not one.document.body.strip():
        hint = "Write it below the second line of hyphens."
        yield one.at(Code.NO_BODY_TEXT, (), "the story has no text.", hint)


def _on_days(one: ParsedFile, today: date) -> Iterator[Problem]:
    """Yield the days that are to come, or so long ago that the year is probably mistyped."""
    scheduled = iso_date(one.value("publish"))
    for key in ("date", "updated"):
        day = iso_date(one.value(key))
        if day and day > max(today, scheduled or today):
            message = f"{key} is a day to come: {day}."
            hint = "Correct it, or leave it if that is meant: feeds take no day before it has come."
            yield one.at(Code.DOUBTFUL_DATE, (key,), message, hint)
        elif day and day < OLDEST:
            message = f"{key} is long ago: {day}."
            yield one.at(Code.DOUBTFUL_DATE, (key,), message, "Correct the year if it is mistyped.")


# -- pictures -------------------------------------------------------------------------------


def _on_pictures(root: Path, one: ParsedFile, look: Look) -> Iterator[Problem]:
    """Yield suggestions about the picture in the front matter and those in the text."""
    alt = one.value("alt")
    if _says_nothing(alt):
        hint = "Say what a friend would see: Maya at her workbench, holding a wheel"
        yield one.at(Code.ALT_SAYS_NOTHING, ("alt",), f'alt "{alt}" describes nothing.', hint)
    for key, least in LEAST.items():
        for code, message, hint in _on_file(root, one, one.value(key), least, look):
            yield one.at(code, (key,), f"the photo {message}", hint)
    for found in PICTURE.finditer(CODE.sub("", one.document.body)):
        alt, written = found.groups()
        if _says_nothing(alt) or alt == posixpath.splitext(unquote(written))[0]:
            hint = f"Say what a friend would see: ![Maya at her workbench]({written})"
            yield one.in_text(Code.ALT_SAYS_NOTHING, found[0], f'"{alt}" describes nothing.', hint)
        for code, message, hint in _on_file(root, one, written, FIGURE_WIDTHS[0], look):
            yield one.in_text(code, found[0], f'the picture "{written}" {message}', hint)


def _says_nothing(alt: str) -> bool:
    return bool(alt and NO_DESCRIPTION.fullmatch(alt.strip()))


def _on_file(
    root: Path, one: ParsedFile, written: str, least: int, look: Look
) -> Iterator[tuple[Code, str, str]]:
    """Yield what could be better in a picture file, and how; a build reports a missing one."""
    path = sibling_picture(written, one.source.path) if written else None
    if path is None or not (root / path).is_file():
        return
    found = look(root / path)
    if isinstance(found, Photo) and min(found.width, found.height) < least:
        message = f"is small: {found.width} by {found.height} pixels."
        yield Code.SMALL_PHOTO, message, f"Ask for the original; it should have at least {least} by {least}."
    size = (root / path).stat().st_size
    if size > LARGEST_PHOTO:
        hint = "Save it as JPEG, scaled to 3000 pixels or fewer."
        yield Code.HEAVY_PHOTO, f"has {size / 1_000_000:.0f} MB.", hint


# -- the text -------------------------------------------------------------------------------


def _on_text(one: ParsedFile) -> Iterator[Problem]:
    body = CODE.sub("", one.document.body)
    levels = [(len(found[1]), found[0]) for found in HEADING.finditer(body)]
    for (above, _), (below, heading) in pairwise([(1, ""), *levels]):
        if below > above + 1:
            hint = (
                f"Take out {'a number sign' if below == above + 2 else 'number signs'}: {'#' * (above + 1)}"
            )
            yield one.in_text(Code.HEADING_SKIPS_LEVEL, heading, "this heading skips a level.", hint)
    for found in STUCK_HEADING.finditer(body):
        message = "this heading has no space behind its number signs, so readers see them."
        yield one.in_text(Code.HEADING_WITHOUT_SPACE, found[0], message, f"Write {found[1]} {found[2]}")
    stuck = WORDS_STUCK.findall(one.document.body)
    if stuck:
        spaces = "1 space that never breaks" if len(stuck) == 1 else f"{len(stuck)} spaces that never break"
        message = f"the text has {spaces}, as word processors make them."
        hint = "sitegen check --fix makes them plain."
        yield one.in_text(Code.STUCK_SPACES, stuck[0], message, hint)


def _on_reading_level(one: ParsedFile, language: str) -> Iterator[Problem]:
    words, grade = reading_level(CODE.sub("", one.document.body))
    is_english = (one.value("lang") or language).startswith("en")
    if words >= SHORTEST_TEXT and grade > HARDEST and is_english:
        message = f"the text is hard to read: it asks for about {grade:.0f} years of school."
        hint = "Use shorter sentences and everyday words."
        yield one.in_text(Code.HARD_TO_READ, "", message, hint)


# -- readability -----------------------------------------------------------------------------

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n\s*\n")
LINKS_AND_TAGS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+|<[^>]*>")


def reading_level(text: str) -> tuple[int, float]:
    """Return the number of words in a Markdown text, and the years of school that reading it takes.

    Flesch-Kincaid grade level (1975), which holds for English only.
    """
    plain = LINKS_AND_TAGS.sub(r"\1", text)
    words = WORD.findall(plain)
    if not words:
        return 0, 0.0
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(plain)) or 1
    syllables = sum(map(_syllables, words))
    return len(words), 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """Return the number of groups of vowels, without a silent e at the end: a good estimate."""
    bare = re.sub(r"(?<=[^aeiouyl])e$|['’].*$", "", word.lower())
    return len(re.findall(r"[aeiouy]+", bare)) or 1


# -- privacy ---------------------------------------------------------------------------------


def _on_privacy(one: ParsedFile) -> Iterator[Problem]:
    """Yield what may be a hidden surname or contact data; a build reports certain ones."""
    body, _ = render.render(one.document.body)
    people = people_in(one.document.values)
    written = [(person.name, person.shown_as) for person in people]
    hidden = [
        group.name_among(written, position)
        for position, person in enumerate(people)
        if person.name and Scope.FULL_NAME not in str((person.consent or {}).get("covers", ""))
    ]
    texts = {key: one.value(key) for key in ("quote", "alt", "caption", "title")}
    for key, text in (texts | {"": visible_text(body.html)}).items():
        for name in hidden:
            found = mentions.surname_in(text, name)
            if found and not found.is_certain:
                message = f'"{found.text}" is also a part of the name that the consent does not cover.'
                hint = "Is the person meant? Then take it out."
                yield _somewhere(one, Code.POSSIBLE_SURNAME, key, message, hint, found.text)
        for datum in contact.contact_in(text):
            if not datum.is_certain:
                message = f"this has {datum.kind} in it, by which strangers could find a young person."
                yield _somewhere(
                    one, Code.POSSIBLE_CONTACT_DATA, key, message, "Take it out if so.", datum.text
                )


def _somewhere(one: ParsedFile, code: Code, key: str, message: str, hint: str, needle: str) -> Problem:
    return one.at(code, (key,), message, hint) if key else one.in_text(code, needle, message, hint)
