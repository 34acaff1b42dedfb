"""Readable fonts: whether the letters that a font shows can be told from a PDF."""

import re
from collections.abc import Mapping
from typing import Any

NAMED = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding", "/MacExpertEncoding"})
"""Encodings that ISO 32000 defines letter by letter (annex D)."""

SYMBOLS = re.compile(r"Symbol|Dingbats|Wingdings|Webdings|Awesome|Icons?\b", re.IGNORECASE)
"""Fonts of pictures, which have no letters to be read."""

GLYPH_NUMBER = re.compile(r"/(?!uni[0-9A-Fa-f]{4}|u[0-9A-Fa-f]{4,6}$)[A-Za-z]{0,5}[._]?\d+")
"""A glyph's name that says only which one of the font it is."""


def is_readable(font: Mapping[str, Any]) -> bool:
    """Return whether a font dictionary tells which letters its codes are (ISO 32000-1, 9.10.2).

    A font that is part of another one is readable; the other one is looked at by itself.
    """
    subtype = str(font.get("/Subtype", ""))
    if subtype.startswith("/CIDFont") or "/ToUnicode" in font:
        return True
    if SYMBOLS.search(str(font.get("/BaseFont", ""))):
        return True
    encoding = _resolved(font.get("/Encoding"))
    if subtype == "/Type0":
        return str(encoding).startswith("/Uni")
    if isinstance(encoding, Mapping):
        names = _resolved(encoding.get("/Differences")) or []
        return not any(GLYPH_NUMBER.fullmatch(str(name)) for name in names)
    return str(encoding) in NAMED or (encoding is None and _has_usual_codes(font))


def _has_usual_codes(font: Mapping[str, Any]) -> bool:
    """Return whether a font without an encoding is a standard one, or says the names of its glyphs.

    Of any other embedded font, only its own program knows which letter a code is.
    """
    descriptor = _resolved(font.get("/FontDescriptor"))
    if not isinstance(descriptor, Mapping) or not PROGRAMS & descriptor.keys():
        return True
    names = re.findall(r"/[^/\s]+", str(_resolved(descriptor.get("/CharSet", ""))))
    return bool(names) and not any(map(GLYPH_NUMBER.fullmatch, names))


PROGRAMS = frozenset({"/FontFile", "/FontFile2", "/FontFile3"})


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
