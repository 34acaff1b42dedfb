"""PDF documents: nothing hidden is copied, and everything that is copied is found."""

import io
import zlib
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from sitegen.core import limits
from sitegen.pdf import document
from sitegen.pdf.refusal import RefusedPdfError
from tests.support.pdfs import assembled, pdf, scan, stream, with_picture, written

SECRET = "Quexada"
RAW = SECRET.encode()


def copy(data: bytes) -> bytes:
    """Return the copy with all of its streams unpacked beside it, so that a search sees everything."""
    made = document.clean(data).data
    packed = [part.partition(b"stream\n")[2].rpartition(b"\nendstream")[0] for part in made.split(b"endobj")]
    unpacked = b""
    for each in packed:
        try:
            unpacked += zlib.decompress(each)
        except zlib.error:
            unpacked += each
    return made + unpacked


def said(data: bytes) -> str:
    return "\n".join(document.clean(data).texts)


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedPdfError) as caught:
        document.clean(data)
    assert caught.value.hint
    return caught.value.reason


SCRIPT = f"<</S /JavaScript /JS (app.alert\\('{SECRET}'\\))>>"
XMP = stream(f"<x>{SECRET}</x>".encode(), "/Type /Metadata /Subtype /XML")
ATTACHED = stream(RAW, "/Type /EmbeddedFile")
HIDDEN = {
    "info": pdf(info=f"/Author ({SECRET}) /CreationDate (D:20260101)"),
    "info, in UTF-16": pdf(info=f"/Title <{('﻿' + SECRET).encode('utf-16-be').hex()}>"),
    "XMP": pdf(catalog="/Metadata 6 0 R", objects=[XMP]),
    "XMP of a page": pdf(page="/Metadata 6 0 R", objects=[XMP]),
    "XMP of a font": pdf(
        font="<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Metadata 6 0 R>>", objects=[XMP]
    ),
    "script at the start": pdf(catalog=f"/OpenAction {SCRIPT}"),
    "script of a page": pdf(page=f"/AA <</O {SCRIPT}>>"),
    "named script": pdf(catalog=f"/Names <</JavaScript <</Names [(a) {SCRIPT}]>>>>"),
    "script of a link": pdf(page=f"/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A {SCRIPT}>>]"),
    "script behind a link": pdf(
        page="/Annots [<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://a.example)"
        f" /Next {SCRIPT}>>>>]"
    ),
    "script of a bookmark": pdf(
        catalog="/Outlines <</First 6 0 R /Last 6 0 R>>", objects=[f"<</Title (One) /A {SCRIPT}>>"]
    ),
    "attachment": pdf(
        catalog=f"/Names <</EmbeddedFiles <</Names [({SECRET}) <</Type /Filespec /EF <</F 6 0 R>>>>]>>>>",
        objects=[ATTACHED],
    ),
    "associated file": pdf(catalog="/AF [<</Type /Filespec /EF <</F 6 0 R>>>>]", objects=[ATTACHED]),
    "attached to a page": pdf(
        page="/Annots [<</Subtype /FileAttachment /Rect [0 0 9 9]"
        " /FS <</Type /Filespec /EF <</F 6 0 R>>>>>>]",
        objects=[ATTACHED],
    ),
    "remark": pdf(
        page=f"/Annots [<</Subtype /Text /Rect [0 0 9 9] /Contents (ask {SECRET}) /T ({SECRET})>>]"
    ),
    "author of a link": pdf(
        page=f"/Annots [<</Subtype /Link /Rect [0 0 9 9] /T ({SECRET}) /NM ({SECRET})>>]"
    ),
    "data of a program": pdf(page=f"/PieceInfo <</Word <</Private ({SECRET})>>>> /LastModified (D:2026)"),
    "form without fields": pdf(catalog=f"/AcroForm <</Fields [] /DA ({SECRET})>>"),
    "an object that nothing leads to": pdf(objects=[f"({SECRET})"]),
    "unknown key of the catalog": pdf(catalog=f"/Maya ({SECRET})"),
    "unknown key of a page": pdf(page=f"/Maya ({SECRET})"),
    "Exif and comment": with_picture(RAW),
    "Exif within Flate": with_picture(RAW, deflated=True),
    "after the end": pdf() + RAW,
    "before the start": b"% " + RAW + b"\n" + pdf(),
    "launched file": pdf(
        page=f"/Annots [<</Subtype /Link /Rect [0 0 9 9] /A <</S /Launch /F ({SECRET})>>>>]"
    ),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_no_reader_sees_is_not_copied(what: str) -> None:
    data = HIDDEN[what]
    made = copy(data)
    for encoded in (RAW, RAW.hex().encode(), SECRET.encode("utf-16-be").hex().encode()):
        assert encoded not in made
    for key in (
        b"/Info",
        b"/Metadata",
        b"/JavaScript",
        b"/JS",
        b"/EmbeddedFile",
        b"/AA",
        b"/PieceInfo",
        b"/AcroForm",
    ):
        assert key not in made
    assert SECRET not in said(data)


VISIBLE = {
    "page": pdf(f"We are {SECRET}."),
    "letters apart": pdf(content=b"BT /F1 12 Tf 40 700 Td [(Que) -10 (xa) 20 (da)] TJ ET"),
    "octal": pdf(content=b"BT /F1 12 Tf (\\121uexada) Tj ET"),
    "bookmark": pdf(catalog="/Outlines <</First 6 0 R /Last 6 0 R>>", objects=[f"<</Title ({SECRET})>>"]),
    "target of a link": pdf(
        page=f"/Annots [<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://a.example/{SECRET})>>>>]"
    ),
    "words for a screen reader": pdf(
        catalog="/StructTreeRoot <</Type /StructTreeRoot /K <</S /Figure /Alt (A photo of " + SECRET + ")>>>>"
    ),
    "actual text": pdf(content=b"/Span <</ActualText (" + RAW + b")>> BDC " + written("x") + b" EMC"),
    "comment in a page": pdf(content=written("x") + b"\n% by " + RAW + b"\n"),
    "a part that a page shows": pdf(
        content=b"/X1 Do",
        resources="/XObject <</X1 6 0 R>>",
        objects=[
            stream(
                written(SECRET),
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</Font <</F1 4 0 R>>>>",
            )
        ],
    ),
    "a part that no page shows": pdf(
        resources="/XObject <</X1 6 0 R>>",
        objects=[stream(written(SECRET), "/Subtype /Form /BBox [0 0 9 9]")],
    ),
    "name of a layer": pdf(
        catalog="/OCProperties <</OCGs [6 0 R] /D <<>>>>", objects=[f"<</Type /OCG /Name ({SECRET})>>"]
    ),
    "name of a place": pdf(catalog=f"/Names <</Dests <</Names [({SECRET}) [3 0 R /Fit]]>>>>"),
    "name of a part": pdf(resources=f"/XObject <</{SECRET} 6 0 R>>", objects=[stream(b"", "/Subtype /Form")]),
    "label of a page": pdf(catalog=f"/PageLabels <</Nums [0 <</P ({SECRET})>>]>>"),
}


@pytest.mark.parametrize("what", VISIBLE)
def test_everything_that_is_copied_is_found(what: str) -> None:
    assert SECRET in said(VISIBLE[what])


def protected() -> bytes:
    writer, target = PdfWriter(io.BytesIO(pdf())), io.BytesIO()
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


REFUSED = {
    "protected": (protected, "is protected with a password"),
    "nothing": (lambda: b"", "is damaged"),
    "no PDF": (lambda: b"Hello " * 99, "is damaged"),
    "cut off": (lambda: pdf()[:300], "is damaged"),
    "only a header": (lambda: b"%PDF-1.7\n%%EOF", "is damaged"),
    "no pages": (lambda: assembled(["<</Type /Catalog>>"]), ""),
    "pages of pages": (
        lambda: assembled(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R]>>"]),
        "",
    ),
    "form field": (
        lambda: pdf(page=f"/Annots [<</Subtype /Widget /FT /Tx /Rect [0 0 9 9] /V ({SECRET})>>]"),
        "has form fields",
    ),
    "typed note": (
        lambda: pdf(page="/Annots [<</Subtype /FreeText /Rect [0 0 9 9]>>]"),
        "on top of its pages",
    ),
    "covered, not removed": (lambda: pdf(page="/Annots [<</Subtype /Redact /Rect [0 0 9 9]>>]"), "on top"),
    "glyph numbers": (
        lambda: pdf(
            font="<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts []>>"
        ),
        "which letters it shows",
    ),
    "numbered glyphs": (
        lambda: pdf(
            font="<</Type /Font /Subtype /Type1 /BaseFont /X /Encoding <</Differences [1 /g1 /g23]>>>>"
        ),
        "which letters it shows",
    ),
    "picture within a text": (
        lambda: pdf(content=b"BI /W 1 /H 1 /F /DCT ID \xff\xd8\xff\xd9 EI"),
        "a picture within a text",
    ),
    "damaged picture": (
        lambda: with_picture(b"x").replace(b"\xff\xd8", b"\xff\xff"),
        "picture that can't be read",
    ),
    "many pages": (
        lambda: assembled(
            [
                "<</Type /Catalog /Pages 2 0 R>>",
                f"<</Type /Pages /Count 9 /Kids [{'3 0 R ' * (limits.MOST_PDF_PAGES + 1)}]>>",
                "<</Type /Page /Parent 2 0 R>>",
            ]
        ),
        "pages; the most is 300",
    ),
    "unpacks to gigabytes": (
        lambda: assembled(
            [
                "<</Type /Catalog /Pages 2 0 R>>",
                "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                "<</Type /Page /Parent 2 0 R /Contents 4 0 R>>",
                stream(zlib.compress(bytes(99_000_000)), "/Filter /FlateDecode"),
            ]
        ),
        "",
    ),
    "nested": (lambda: pdf(page="/Group " + "[" * 5000 + "]" * 5000), ""),
    "too large": (lambda: pdf() + bytes(limits.MOST_PDF_BYTES), "MB; the most is 20 MB"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_not_be_copied_safely_is_refused(what: str) -> None:
    make, reason = REFUSED[what]
    assert reason in refusal(make())


def test_a_broken_table_of_objects_is_repaired() -> None:
    broken = pdf("Come to the fair.").replace(b"startxref\n", b"startxref\n9")
    assert "Come to the fair." in said(broken)
    assert "is damaged" in refusal(pdf().split(b"xref\n")[0])


def test_a_copy_keeps_what_readers_use() -> None:
    data = pdf(
        catalog="/Lang (en) /MarkInfo <</Marked true>> /PageLabels <</Nums [0 <</S /r>>]>>"
        " /Outlines 6 0 R /StructTreeRoot 8 0 R",
        page="/StructParents 0 /Annots [<</Subtype /Link /Rect [0 0 9 9]"
        " /A <</Type /Action /S /URI /URI (https://a.example)>>>>]",
        objects=[
            "<</Type /Outlines /First 7 0 R /Last 7 0 R /Count 1>>",
            "<</Title (One) /Parent 6 0 R /Dest [3 0 R /Fit]>>",
            "<</Type /StructTreeRoot /K 9 0 R>>",
            "<</Type /StructElem /S /P /P 8 0 R /Pg 3 0 R /K 0 /A <</O /Layout /Placement /Block>>>>",
        ],
    )
    reader = PdfReader(io.BytesIO(document.clean(data).data), strict=True)
    catalog: Any = reader.root_object
    page: Any = reader.pages[0]
    bookmarks: Any = reader.outline
    assert (catalog["/Lang"], bool(catalog["/MarkInfo"]["/Marked"])) == ("en", True)
    assert [each["/Title"] for each in bookmarks] == ["One"]
    part = catalog["/StructTreeRoot"]["/K"]
    assert (part["/S"], part["/A"]) == ("/P", {"/O": "/Layout", "/Placement": "/Block"})
    assert [link["/A"]["/URI"] for link in page["/Annots"]] == ["https://a.example"]
    assert reader.page_labels == ["i"]
    assert reader.metadata is None


def test_a_picture_looks_the_same_without_its_metadata() -> None:
    for deflated in (False, True):
        [before] = PdfReader(io.BytesIO(with_picture(RAW))).pages[0].images
        [after] = PdfReader(io.BytesIO(document.clean(with_picture(RAW, deflated)).data)).pages[0].images
        assert before.image
        assert after.image
        assert before.image.tobytes() == after.image.tobytes()


def test_the_same_file_gives_the_same_copy_and_a_copy_gives_itself() -> None:
    data = with_picture(RAW)
    once = document.clean(data).data
    assert once == document.clean(data).data == document.clean(once).data


def test_pages_without_text_are_counted() -> None:
    assert document.clean(scan()).silent == 1
    assert document.clean(pdf()).silent == 0
    assert document.clean(scan()).has_pictures
    assert not document.clean(pdf()).has_pictures


def test_a_page_that_repeats_its_parts_without_end_takes_little_time() -> None:
    parts = [
        stream(b"/X Do " * 10, f"/Subtype /Form /Resources <</XObject <</X {number + 7} 0 R>>>>")
        for number in range(9)
    ]
    parts.append(stream(written("end"), "/Subtype /Form"))
    data = pdf(content=b"/X Do", resources="/XObject <</X 6 0 R>>", objects=parts)
    assert "end" in said(data)
