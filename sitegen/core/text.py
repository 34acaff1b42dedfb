"""Text helpers: invisible characters, folding, quotation marks, lists of names."""

import re
import unicodedata
from collections.abc import Sequence

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no page can show and XML 1.0 (2.2) forbids, and what turns the direction of writing, so that one name
could reorder all that follows it on the page (Unicode Standard Annex 9, 2). It comes along when text is
pasted. Marks of direction (U+200E, U+200F) turn nothing but themselves, and stay."""

WIDTHLESS = re.compile("[\xad\u200b\u2060\ufeff]")
"""Characters without width: a name of nothing else would be empty. Joiners of emoji and scripts stay."""

DEFAULT_IGNORABLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that leave no trace on a page where a font does not know them (Unicode property
Default_Ignorable_Code_Point, DerivedCoreProperties.txt 16.0)."""

NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
"""What only some letters of most texts are: code that looks at each character leaves the others out."""

AROUND = ("“”", "„“", "«»", '""')
"""Pairs of quotation marks that enclose a text."""


TYPED = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."}
"""Punctuation that typography sets, by what a keyboard types for it."""


def as_typed(text: str) -> str:
    """Return a text of the same length with a keyboard's punctuation in place of that of typography.

    Most English texts are ASCII then: folding them and looking for patterns takes a tenth of the time.
    """
    if not text.isascii():
        for sign, typed in TYPED.items():
            text = text.replace(sign, typed)
    return text


def fold(text: str) -> str:
    """Return a text for comparison: equal for texts that differ in case or in encoding of characters only.

    This is the transformation toNFKC_Casefold (Unicode Standard 3.13, R5): without default-ignorable
    characters, with full case folding, in Normalization Form KC. Accents and spaces stay. The result can be
    longer or shorter than the text, and folding it again changes nothing.
    """
    if text.isascii():
        return text.lower()
    visible = DEFAULT_IGNORABLE.sub("", text)
    # a compatibility mapping can bring back capital letters (U+213B to FAX): fold twice (D146)
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", visible).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def skeleton(text: str) -> str:
    """Return a folded text without marks: also equal for texts that differ in accents.

    This is `fold`, decomposed (Normalization Form KD), without characters of the general categories Mn, Mc
    and Me. In scripts that write vowels as marks, words that differ in them become equal, so use it where a
    false match is safe. Letters that have no decomposition (ø, ł) and look-alikes of other scripts stay.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    return without_marks(unicodedata.normalize("NFKD", folded))


def without_marks(decomposed: str) -> str:
    """Return a decomposed text without characters of the general categories Mn, Mc and Me."""
    return NOT_ASCII.sub(_letters_only, decomposed)


def _letters_only(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if not unicodedata.category(letter).startswith("M"))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without punctuation; an apostrophe splits no word."""
    return tuple(re.findall(r"\w+", re.sub("['’ʼ]", "", fold(text))))


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around the whole of it: templates set their own."""
    bare = text.strip()
    inner = bare[1:-1]
    is_around = bare[:1] + bare[-1:] in AROUND and not set(inner) & set(bare[0] + bare[-1])
    return inner if is_around else bare


def quoted(text: str) -> str:
    """Return a text in quotation marks; marks around the whole of it are not doubled."""
    return f"“{unquoted(text)}”"


def line(text: str) -> str:
    """Return a text on one line, in Normalization Form C, without invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = WIDTHLESS.sub("", UNPRINTABLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def printable(path: str) -> str:
    r"""Return a path with `\xe9` and the like for bytes that are not UTF-8: surrogates can't be printed."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def joined(names: Sequence[str]) -> str:
    """Return names in one line, in any language: `Ada, Ben & Cy`."""
    *first, last = names
    return f"{', '.join(first)} & {last}" if first else last


def several(names: Sequence[str]) -> str:
    """Return a list of names for people: the first few, and how many more there are."""
    more = [f"{len(names) - FEW} more"] if len(names) > FEW else []
    *first, last = [*names[:FEW], *more]
    return f"{', '.join(first)} and {last}" if first else last


FEW = 3
"""Names that a reader remembers until the end of a sentence."""
