"""Signs that are left out: those that nobody sees, of all text or of lines, and marks around a whole quote.

The ones that nobody sees come along when text is pasted.
"""

import re
import unicodedata

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no page can show and XML 1.0 (2.2) forbids, and what turns the direction of writing, so that one name
could reorder all that follows it on the page (Unicode Standard Annex 9, 2). It comes along when text is
pasted. Marks of direction (U+200E, U+200F) turn nothing but themselves, and stay."""

WIDTHLESS = re.compile("[\xad\u200b\u2060\ufeff]")
"""What takes no room: a name of nothing else would be none. The joiners of emoji and of scripts stay."""

AROUND = ("“”", "„“", "«»", '""')
"""Quotation marks that a text can stand between."""


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around the whole of it: the site sets its own."""
    bare = text.strip()
    inner = bare[1:-1]
    is_around = bare[:1] + bare[-1:] in AROUND and not set(inner) & set(bare[0] + bare[-1])
    return inner if is_around else bare


def line(text: str) -> str:
    """Return a text on one line, in composed letters, without the signs that nobody sees."""
    seen = WIDTHLESS.sub("", UNPRINTABLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", seen).split())
