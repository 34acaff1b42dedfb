"""PDF rewriter: copies pages and their structure, and leaves out everything else.

Only what the new catalog leads to is copied, so old versions of a file, attachments, scripts, metadata and
forms stay behind. The same file gives the same bytes.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from sitegen.core import limits
from sitegen.pdf import fonts, pictures
from sitegen.pdf.refusal import PRINT_AGAIN, RefusedPdfError, too_large


def _names(written: str) -> frozenset[str]:
    """Return names of PDF, which begin with a slash."""
    return frozenset(f"/{name}" for name in written.split())


CATALOG = _names(
    "Type Version Pages PageLabels Names Dests PageLayout PageMode Outlines StructTreeRoot MarkInfo Lang"
    " OCProperties ViewerPreferences"
)
PAGE = _names(
    "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Rotate Contents Annots StructParents Tabs"
    " UserUnit Group"
)
LINK = _names("Type Subtype Rect Border BS C H QuadPoints A Dest StructParent F Contents")
NAMES = _names("Dests")
ACTION = _names("Type S URI D")
ACTIONS = _names("URI GoTo")
"""What a link may do: lead to an address, or to a place in the file."""

NEVER = _names(
    "Metadata PieceInfo LastModified AA JS JavaScript EmbeddedFiles EF AF OpenAction AcroForm XFA Thumb OPI"
    " Ref Alternates Usage SpiderInfo Perms Encrypt Info FFilter FDecodeParms"
)
"""Keys that are left out wherever they are."""

NO_PART = _names("Catalog Filespec F EmbeddedFile Sig Action Metadata")
"""Types of dictionaries that are left out wherever they are; actions only where no key asks for one."""

ON_TOP = _names("Widget FreeText Stamp Line Square Circle Polygon PolyLine Ink Caret Watermark Redact")
"""Annotations that are part of what a reader sees, and would be lost. Of the others only links are copied:
the rest are remarks on a text, attachments and media."""

OUTER = _names("FlateDecode ASCII85Decode ASCIIHexDecode LZWDecode RunLengthDecode")
CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    "/DCTDecode": pictures.jpeg,
    "/JPXDecode": pictures.jpeg_2000,
}

DEEPEST = 80
"""Levels of dictionaries and arrays within one object."""


class Rewriter:
    """Writes the clean copy of one file, and notes every text in it."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.numbers: dict[tuple[int, int], int] = {}
        self.waiting: list[IndirectObject] = []
        self.texts: dict[str, None] = {}
        self.contents: list[bytes] = []
        self.drawn: set[tuple[int, int]] = set()  # streams that draw a page or a letter
        self.has_pictures = self.has_unreadable_font = False
        self.decoded = 0

    def write(self) -> bytes:
        """Return the copy. Raises RefusedPdfError; of a damaged file, whatever pypdf raises."""
        catalog = self.reader.root_object
        objects = [self._dictionary(_only(catalog, CATALOG), 0)]
        done = 0
        while done < len(self.waiting):
            objects.append(self._object(self.waiting[done]))
            done += 1
        return _file(objects, self.reader.pdf_header)

    def _object(self, reference: IndirectObject) -> bytes:
        value = reference.get_object()
        if not isinstance(value, StreamObject):
            return self._value(value, 1)
        return self._stream(value, (reference.idnum, reference.generation) in self.drawn)

    def _value(self, value: Any, depth: int) -> bytes:
        if depth > DEEPEST:
            raise RefusedPdfError("is nested too deeply", PRINT_AGAIN)
        match value:
            case IndirectObject():
                return b"%d 0 R" % self._number(value)
            case StreamObject():  # streams are never within other objects
                return b"null"
            case DictionaryObject():
                return self._dictionary(value, depth)
            case ArrayObject():
                return b"[" + b" ".join(self._value(each, depth + 1) for each in value) + b"]"
            case TextStringObject() | ByteStringObject():
                self.texts[_text(value)] = None
                return b"<" + value.original_bytes.hex().encode() + b">"
            case NameObject():
                self.texts[str(value)[1:]] = None
        target = io.BytesIO()
        value.write_to_stream(target)
        return target.getvalue()

    def _number(self, reference: IndirectObject) -> int:
        key = (reference.idnum, reference.generation)
        if key not in self.numbers:
            if len(self.numbers) >= limits.MOST_PDF_OBJECTS:
                raise too_large("too many parts", f"{limits.MOST_PDF_OBJECTS:,}")
            self.waiting.append(reference)
            self.numbers[key] = len(self.waiting) + 1
        return self.numbers[key]

    def _dictionary(self, value: Mapping[str, Any], depth: int) -> bytes:
        kept = self._kept(value) if depth else value
        if kept is None:
            return b"null"
        return b"<<" + b" ".join(self._entries(kept, depth)) + b">>"

    def _entries(self, value: Mapping[str, Any], depth: int) -> Iterator[bytes]:
        for key, each in value.items():
            if key in NEVER or (key == "/A" and not _is_harmless(each)):
                continue
            each = _only(_resolved(each), ACTION) if key == "/A" and _is_action(each) else each  # noqa: PLW2901
            each = _only(_resolved(each), NAMES) if key == "/Names" and _is_dictionary(each) else each  # noqa: PLW2901
            name = io.BytesIO()
            NameObject(key).write_to_stream(name)
            self.texts[key[1:]] = None
            is_action = key == "/A" and _is_action(each)
            written = self._plain(each, depth + 1) if is_action else self._value(each, depth + 1)
            yield name.getvalue() + b" " + written

    def _plain(self, value: Mapping[str, Any], depth: int) -> bytes:
        """Return an action that may stay, whose type would be left out anywhere else."""
        return b"<<" + b" ".join(self._entries(value, depth)) + b">>"

    def _kept(self, value: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the entries of a dictionary that are copied; None if it is left out as a whole."""
        kind, subtype = str(value.get("/Type", "")), str(value.get("/Subtype", ""))
        if kind == "/Annot" or "/Rect" in value:
            if subtype in ON_TOP:
                reason = "has form fields, drawings or notes on top of its pages, which would be lost"
                raise RefusedPdfError(reason, PRINT_AGAIN)
            return _only(value, LINK) if subtype == "/Link" else None
        if kind in NO_PART:
            return None
        if kind == "/Font" or subtype in ("/Type0", "/Type1", "/Type3", "/TrueType", "/MMType1"):
            self.has_unreadable_font |= not fonts.is_readable(value)
            letters = _resolved(value.get("/CharProcs"))
            self._draws(list(letters.values()) if isinstance(letters, DictionaryObject) else ())
        if kind == "/Page":
            contents = _resolved(value.get("/Contents"))
            self._draws(contents if isinstance(contents, ArrayObject) else [value.get("/Contents")])
        return _only(value, PAGE) if kind == "/Page" else value

    def _draws(self, streams: Sequence[Any]) -> None:
        found = (each for each in streams if isinstance(each, IndirectObject))
        self.drawn |= {(each.idnum, each.generation) for each in found}

    # -- streams --------------------------------------------------------------------------------

    def _stream(self, stream: StreamObject, is_drawn: bool) -> bytes:
        kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
        if kind in NO_PART:
            return b"null"
        entries = {key: each for key, each in stream.items() if key not in ("/Length", "/F")}
        data = stream._data
        filters = _filters(stream)
        if subtype == "/Image":
            self.has_pictures |= not entries.get("/ImageMask") and kind != "/Mask"
        if subtype == "/PS":
            raise RefusedPdfError("has a program in PostScript", PRINT_AGAIN)
        if cleaner := next((CLEANERS[each] for each in filters if each in CLEANERS), None):
            data = cleaner(_without_outer_filters(stream, filters))
            entries["/Filter"] = NameObject(filters[-1])
            parameters = _resolved(entries.pop("/DecodeParms", None))
            if isinstance(parameters, ArrayObject) and _is_dictionary(parameters[-1]):
                entries["/DecodeParms"] = parameters[-1]
            elif _is_dictionary(parameters) and len(filters) == 1:
                entries["/DecodeParms"] = parameters
        elif is_drawn or subtype == "/Form" or "/PatternType" in entries:
            self._note_contents(stream)
        head = b" ".join((*self._entries(self._kept(entries) or {}, 0), b"/Length %d" % len(data)))
        return b"<<" + head + b">>\nstream\n" + data + b"\nendstream"

    def _note_contents(self, stream: StreamObject) -> None:
        """Note the decoded bytes of what may be the content of a page, a form or a pattern."""
        data = stream.get_data()
        self.decoded += len(data)
        if self.decoded > limits.MOST_PDF_DECODED:
            raise too_large("too much in it", f"{limits.MOST_PDF_DECODED // 1_000_000} MB when unpacked")
        if b"/DCT" in data or b"/JPX" in data:
            raise RefusedPdfError("has a picture within a text, which can't be looked into", PRINT_AGAIN)
        self.contents.append(data)


def _only(value: Mapping[str, Any], keys: frozenset[str]) -> DictionaryObject:
    return DictionaryObject({key: each for key, each in value.items() if key in keys})


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _is_dictionary(value: Any) -> bool:
    return isinstance(_resolved(value), DictionaryObject)


def _is_action(value: Any) -> bool:
    value = _resolved(value)
    return isinstance(value, DictionaryObject) and "/S" in value


def _is_harmless(value: Any) -> bool:
    """Return whether the value of a key /A may stay: a link's target, or attributes of a part of a text."""
    if not _is_action(value):
        return not isinstance(_resolved(value), StreamObject)
    action = _resolved(value)
    return action["/S"] in ACTIONS and (action["/S"] != "/URI" or _is_web(str(action.get("/URI", ""))))


def _is_web(address: str) -> bool:
    return address.strip().lower().startswith(("https://", "http://", "mailto:", "tel:"))


def _filters(stream: StreamObject) -> list[str]:
    found = _resolved(stream.get("/Filter"))
    names: Sequence[Any] = found if isinstance(found, ArrayObject) else [] if found is None else [found]
    return [str(_resolved(name)) for name in names]


def _without_outer_filters(stream: StreamObject, filters: list[str]) -> bytes:
    """Return the bytes of a picture whose last filter is that of its format."""
    if len(filters) == 1:
        return stream._data
    if not OUTER.issuperset(filters[:-1]):
        raise RefusedPdfError("has a picture that can't be looked into", PRINT_AGAIN)
    outer = EncodedStreamObject()
    outer._data = stream._data
    outer[NameObject("/Filter")] = ArrayObject(map(NameObject, filters[:-1]))
    return outer.get_data()


def _text(value: TextStringObject | ByteStringObject) -> str:
    if isinstance(value, TextStringObject):
        return str(value)
    is_wide = bytes(value)[:2] in (b"\xfe\xff", b"\xff\xfe")
    return bytes(value).decode("utf-16" if is_wide else "latin-1", "replace")


def _file(objects: Sequence[bytes], header: str) -> bytes:
    """Return a file of objects, of which the first is the catalog (ISO 32000-1, 7.5)."""
    version = header[5:8] if header[5:8] in ("1.4", "1.5", "1.6", "1.7", "2.0") else "1.7"
    parts, places = [f"%PDF-{version}\n%\u00e2\u00e3\u00cf\u00d3\n".encode("latin-1")], []
    at = len(parts[0])
    for number, written in enumerate(objects, 1):
        part = b"%d 0 obj\n%b\nendobj\n" % (number, written)
        places.append(b"%010d 00000 n \n" % at)
        parts.append(part)
        at += len(part)
    body = b"".join(parts)
    digest = hashlib.blake2b(body, digest_size=16).hexdigest()
    trailer = f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R /ID [<{digest}> <{digest}>]>>\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, b"".join(places))
    return body + table + trailer.encode() + b"startxref\n%d\n%%%%EOF\n" % at
