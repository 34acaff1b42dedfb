"""Seeds: valid inputs of every kind that a fuzzer begins with."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from tests.support.html_safety import VECTORS
from tests.support.markdown_samples import DOCUMENTS

SITES = Path(__file__).parents[1] / "sites"

TABLES = (
    b"Your full name,Quote,Your story,School\nAda Park,It hums.,I build robots.,Central High\n",
    b'sep=;\r\nName;Quote\r\n"Ada; Park";"She said ""go""."\r\n=cmd|x;y\r\n',
    "First name\tStory\tDate\tConsent covers\nLópez\t<p>Hi</p>\t11/4/2026\twebsite; photo\n".encode("utf-16"),
    b"Name|Quote|Grade\nJos\xe9|# no heading|11\n",
)


def seeds(name: str) -> Iterator[bytes]:
    """Yield the seeds of a target."""
    match name:
        case "front_matter":
            yield from (file.read_bytes() for file in sorted(SITES.rglob("*.md")))
        case "text":
            yield from (text.encode() for text in (*DOCUMENTS.values(), *VECTORS))
            yield from (f"a \x1e{text}\x1e b".encode() for text in VECTORS[::6])  # each takes long
        case "table":
            yield from TABLES
        case "picture":
            yield from _pictures()


MODES: Mapping[str, tuple[str, ...]] = {
    "JPEG": ("RGB", "L", "CMYK"),
    "PNG": ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"),
    "GIF": ("P", "L"),
    "WEBP": ("RGB", "RGBA"),
    "MPO": ("RGB",),
}


def _pictures() -> Iterator[bytes]:
    exif = Image.Exif()
    exif[0x0112] = 6
    for kind, modes in MODES.items():
        for mode in modes:
            drawn = Image.linear_gradient("L").resize((24, 16))
            drawn = drawn.convert("I;16" if mode == "I;16" else mode)
            yield _saved(drawn, kind)
            yield _saved(drawn, kind, exif=exif)
    yield _saved(Image.new("RGB", (24, 16)), "JPEG", progressive=True)
    yield _saved(Image.new("P", (8, 8)), "GIF", save_all=True, append_images=[Image.new("P", (8, 8), 3)])


def _saved(drawn: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    drawn.save(target, kind, **options)
    return target.getvalue()
