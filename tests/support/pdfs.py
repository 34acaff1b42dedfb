"""PDFs for tests, written object by object, so that every odd one can be made."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image

from tests.support.photos import segment

FONT = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"


def stream(data: bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    return f"<<{entries} /Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def written(*lines: str) -> bytes:
    """Return the content of a page that shows lines of text."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 14 TL 40 700 Td {shown} ET".encode("cp1252")


def pdf(
    *lines: str,
    catalog: str = "",
    page: str = "",
    info: str = "",
    objects: Sequence[str | bytes] = (),
    content: bytes | None = None,
    resources: str = "",
    font: str = FONT,
) -> bytes:
    """Return a PDF of one page, which shows lines of text.

    `catalog`, `page`, `info` and `resources` are more entries of these dictionaries, `objects` more objects,
    from number 6 on.
    """
    of_page = f"/Resources <</Font <</F1 4 0 R>> {resources}>> /Contents 5 0 R"
    numbered: list[str | bytes] = [
        f"<</Type /Catalog /Pages 2 0 R {catalog}>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {of_page} {page}>>",
        font,
        stream(written(*(lines or ("Come to the fair.",))) if content is None else content),
        *objects,
    ]
    return assembled(numbered, f"/Info <<{info}>>" if info else "")


def assembled(objects: Sequence[str | bytes], trailer: str = "") -> bytes:
    """Return a file of objects, numbered from 1; the first is the catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        body = each.encode("latin-1") if isinstance(each, str) else each
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + head + table + end.encode("latin-1")


def with_picture(secret: bytes, deflated: bool = False) -> bytes:
    """Return a PDF with a JPEG that has a secret in its Exif and in a comment."""
    target = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(target, "JPEG")
    jpeg = target.getvalue()
    jpeg = jpeg[:2] + segment(0xE1, b"Exif\0\0" + secret) + segment(0xFE, secret) + jpeg[2:]
    filters = "[/FlateDecode /DCTDecode]" if deflated else "/DCTDecode"
    entries = "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    entries = f"{entries} /Filter {filters}"
    picture = stream(zlib.compress(jpeg) if deflated else jpeg, entries)
    content = b"q 99 0 0 99 0 0 cm /I1 Do Q " + written("A picture.")
    return pdf(content=content, resources="/XObject <</I1 6 0 R>>", objects=[picture])


def scan() -> bytes:
    """Return a PDF whose only page is a picture."""
    data = with_picture(b"")
    return data.replace(written("A picture."), b" " * len(written("A picture.")))
