"""What an editor would say of one file: nothing here keeps anything from being published."""

import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from sitegen import readability
from sitegen.addresses import beside
from sitegen.galley import Galley
from sitegen.images import FIGURE_WIDTHS, HEADSHOT_JPEG_WIDTH
from sitegen.model import Kind, Photo
from sitegen.problems import Problem
from sitegen.signs import unquoted

LONGEST_QUOTE = 160
"""Characters that a card holds without looking like a page of its own."""

LEAST = {"headshot": HEADSHOT_JPEG_WIDTH, "photo": FIGURE_WIDTHS[0]}
"""Pixels that the shorter side of a picture needs, by the key that names it."""

LARGEST_PHOTO = 12_000_000
"""Bytes; more only makes every copy of the site's folder slower to fetch."""

HARDEST = 13
"""Years of school that a text may ask for: who reads these stories is at school."""

SHORTEST_TEXT = 100
"""Words in a text whose reading level says anything."""

NO_DESCRIPTION = re.compile(
    r"(?:img|dsc[nf]?|pxl|image|photo|picture|screenshot|headshot|portrait|untitled|scan)?[\s\d_().-]*"
    r"|.*\.(?:jpe?g|png|webp|gif|heic)|(?:a |an |the )?(?:photo|picture|image|headshot|portrait)",
    re.IGNORECASE,
)
"""What cameras call a file, and words that describe nothing."""

SHOWN_AS_TYPED = ("name", "quote", "school", "year", "field", "role")
"""Keys whose value is shown as it stands, quotation marks around it included."""

HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
HASHTAG = re.compile(r"^#\w+", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()<>\s]+)")
CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
WORDS_STUCK = re.compile(r"[^\W\d_]\xa0[^\W\d_]")
"""Two words with a space between that never breaks, as Word and web pages have them."""

Look = Callable[[Path], object]
"""Measures a picture file, where it is one: returns a Photo then."""


def advise(root: Path, one: Galley, look: Look, language: str) -> Iterator[Problem]:
    """Yield what an editor would say of a file; `language` is that of a text that names none."""
    yield from _on_values(one)
    yield from _on_pictures(root, one, look)
    yield from _on_text(one)
    yield from _on_reading_level(one, language)


def _on_values(one: Galley) -> Iterator[Problem]:
    quote = one.value("quote")
    if len(quote) > LONGEST_QUOTE:
        message = f"the quote has {len(quote)} characters; a card holds about {LONGEST_QUOTE}."
        yield one.at(("quote",), message, "Let one sentence lead, and move the rest to the text.")
    for key in SHOWN_AS_TYPED:
        value = one.value(key).strip()
        if unquoted(value) != value:
            hint = "Leave them out: the website sets its own." if key == "quote" else "Leave them out."
            yield one.at((key,), f"quotation marks stand around the whole {key}, and are shown.", hint)
    if one.source.kind is Kind.STORY and not one.document.body.strip():
        yield one.at((), "the story has no text.", "Write it below the second line of hyphens.")


# -- pictures -------------------------------------------------------------------------------


def _on_pictures(root: Path, one: Galley, look: Look) -> Iterator[Problem]:
    """Yield advice on the picture that the front matter names, and on those in the text."""
    alt = one.value("alt")
    if _says_nothing(alt):
        hint = "Say what a friend would see: Maya at her workbench, holding a wheel"
        yield one.at(("alt",), f'alt "{alt}" describes nothing.', hint)
    for key, least in LEAST.items():
        for message, hint in _on_file(root, one, one.value(key), least, look):
            yield one.at((key,), f"the photo {message}", hint)
    for found in PICTURE.finditer(CODE.sub("", one.document.body)):
        alt, written = found.groups()
        if _says_nothing(alt) or alt == posixpath.splitext(unquote(written))[0]:
            hint = f"Say what a friend would see: ![Maya at her workbench]({written})"
            yield one.in_text(found[0], f'"{alt}" describes nothing.', hint)
        for message, hint in _on_file(root, one, written, FIGURE_WIDTHS[0], look):
            yield one.in_text(found[0], f'the picture "{written}" {message}', hint)


def _says_nothing(alt: str) -> bool:
    return bool(alt and NO_DESCRIPTION.fullmatch(alt.strip()))


def _on_file(root: Path, one: Galley, written: str, least: int, look: Look) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a picture file, and what to do; a name that leads to none is a mistake."""
    path = beside(written, one.source.path) if written else None
    if path is None or not (root / path).is_file():
        return
    found = look(root / path)
    if isinstance(found, Photo) and min(found.width, found.height) < least:
        message = f"is small: {found.width} by {found.height} pixels."
        yield message, f"Ask for the original; it should have at least {least} by {least}."
    size = (root / path).stat().st_size
    if size > LARGEST_PHOTO:
        yield f"has {size / 1_000_000:.0f} MB.", "Save it as JPEG, scaled to 3000 pixels or fewer."


# -- the text -------------------------------------------------------------------------------


def _on_text(one: Galley) -> Iterator[Problem]:
    body = CODE.sub("", one.document.body)
    levels = [(len(found[1]), found[0]) for found in HEADING.finditer(body)]
    for (above, _), (below, heading) in pairwise([(1, ""), *levels]):
        if below > above + 1:
            hint = (
                f"Take out {'a number sign' if below == above + 2 else 'number signs'}: {'#' * (above + 1)}"
            )
            yield one.in_text(heading, "this heading skips a level.", hint)
    for found in HASHTAG.finditer(body):
        message = f'the line that begins with "{found[0]}" becomes a heading.'
        yield one.in_text(found[0], message, f"Write \\{found[0]} if it is a hashtag.")
    stuck = WORDS_STUCK.findall(one.document.body)
    if stuck:
        spaces = "1 space that never breaks" if len(stuck) == 1 else f"{len(stuck)} spaces that never break"
        message = f"the text has {spaces}, as word processors make them."
        yield one.in_text(stuck[0], message, "sitegen check --fix makes them plain.")


def _on_reading_level(one: Galley, language: str) -> Iterator[Problem]:
    words, grade = readability.of(CODE.sub("", one.document.body))
    is_english = (one.value("lang") or language).startswith("en")
    if words >= SHORTEST_TEXT and grade > HARDEST and is_english:
        message = f"the text is hard to read: it asks for about {grade:.0f} years of school."
        yield one.in_text("", message, "Shorter sentences and everyday words help everybody.")
