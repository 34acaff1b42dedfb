"""PDF documents: a clean copy, and every text that is in it."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from sitegen.core import limits
from sitegen.pdf.refusal import PRINT_AGAIN, RefusedPdfError, too_large
from sitegen.pdf.rewriter import Rewriter

LOG = logging.getLogger("pypdf")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False

STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<(?:[0-9A-Fa-f\s]{8,})>|%[^\r\n]*", re.DOTALL)
"""A string or a comment in the content of a page."""

LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class CleanPdf:
    """The bytes of a clean copy, and what it says.

    `texts` has the text of each page, and every other string. `silent` counts the pages without a letter,
    which may be scans.
    """

    data: bytes
    texts: tuple[str, ...]
    has_pictures: bool
    silent: int


def clean(data: bytes) -> CleanPdf:
    """Return the clean copy of a PDF. Raises RefusedPdfError if none can be made."""
    if len(data) > limits.MOST_PDF_BYTES:
        raise too_large(f"{len(data) // 1_000_000} MB", f"{limits.MOST_PDF_BYTES // 1_000_000} MB")
    try:
        with apply_configuration(
            zlib_maximum_output_length=limits.MOST_PDF_DECODED,
            lzw_maximum_output_length=limits.MOST_PDF_DECODED,
            run_length_maximum_output_length=limits.MOST_PDF_DECODED,
            page_tree_maximum_entries=limits.MOST_PDF_OBJECTS,
            xform_maximum_invocations_per_extraction=limits.MOST_PDF_FORMS,
            jbig2dec_binary=None,
        ):
            return _cleaned(data)
    except RefusedPdfError:
        raise
    except (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError,
            OSError, RecursionError, TypeError, ValueError) as error:  # pypdf raises any of them  # fmt: skip
        raise RefusedPdfError("is damaged, so it can't be read", PRINT_AGAIN) from error


def _cleaned(data: bytes) -> CleanPdf:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise RefusedPdfError("is protected with a password", "Save it without protection.")
    rewriter = Rewriter(reader)
    copy = rewriter.write()
    if rewriter.has_unreadable_font:
        reason = "has a font that doesn't say which letters it shows, so names in it can't be found"
        raise RefusedPdfError(reason, "Export it again from the program that it was written in.")
    pages = _texts_of_pages(copy)
    strings = [text for text in rewriter.texts if LETTER.search(text)]
    contents = (text for content in rewriter.contents for text in _strings_in(content))
    return CleanPdf(
        copy,
        tuple(dict.fromkeys((*pages, *strings, *contents))),
        rewriter.has_pictures,
        sum(not LETTER.search(page) for page in pages),
    )


def _texts_of_pages(copy: bytes) -> list[str]:
    """Return the text of each page, read from the copy, so that what is published is what was checked."""
    pages = PdfReader(io.BytesIO(copy)).pages
    if not len(pages):
        raise RefusedPdfError("has no pages", PRINT_AGAIN)
    if len(pages) > limits.MOST_PDF_PAGES:
        raise too_large(f"{len(pages)} pages", str(limits.MOST_PDF_PAGES))
    return [page.extract_text() for page in pages]


def _strings_in(content: bytes) -> Iterator[str]:
    """Yield each string and comment in the content of a page that is long enough for a name."""
    for found in STRING.findall(content):
        raw = _from_hex(found) if found[:1] == b"<" else _unescaped(found[1:].removesuffix(b")"))
        encoding = "utf-16" if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1"
        text = raw.decode(encoding, "ignore")
        if len(text) > 2 and LETTER.search(text):
            yield text


def _from_hex(written: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", written).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def _unescaped(written: bytes) -> bytes:
    """Return a literal string with its octal numbers and escaped signs (ISO 32000-1, 7.3.4.2)."""
    return ESCAPE.sub(lambda found: bytes([int(found[1], 8) & 0xFF]) if found[1] else found[2], written)


ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
