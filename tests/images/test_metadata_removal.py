"""Metadata removal: nothing of a person is left in a picture, and no pixel changes."""

import io

import pytest
from PIL import Image, PngImagePlugin

from sitegen.audit import image_metadata
from sitegen.images.metadata_removal import without_metadata
from tests.support.photos import (
    SECRET,
    chunk,
    display_p3,
    each_orientation,
    encoded,
    heic,
    location,
    mosaic,
    packet,
    segment,
    telling_photo,
)

UPRIGHT = mosaic("RG", "BY")
PLAIN = {kind: encoded(UPRIGHT, kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")}


def note() -> PngImagePlugin.PngInfo:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", packet().decode(), zip=True)
    notes.add_text("Raw profile type exif", SECRET.decode(), zip=True)
    return notes


def film(kind: str, **save: object) -> bytes:
    """Return a picture of two frames that repeats."""
    second = UPRIGHT.transpose(Image.Transpose.ROTATE_90)
    return encoded(UPRIGHT, kind, save_all=True, append_images=[second], duration=90, loop=0, **save)


def inside(data: bytes, at: int, more: bytes) -> bytes:
    return data[:at] + more + data[at:]


def with_size(webp: bytes) -> bytes:
    """Return a WebP whose header has its size."""
    return webp[:4] + (len(webp) - 8).to_bytes(4, "little") + webp[8:]


JPEG, PNG, WEBP, GIF = PLAIN.values()
TELLING = {
    "JPEG with Exif": encoded(UPRIGHT, "JPEG", exif=location(1)),
    "JPEG turned": encoded(UPRIGHT, "JPEG", exif=location(6)),
    "JPEG with XMP": encoded(UPRIGHT, "JPEG", xmp=packet()),
    "JPEG with a comment": encoded(UPRIGHT, "JPEG", comment=SECRET),
    "JPEG in several scans": encoded(UPRIGHT, "JPEG", progressive=True, comment=SECRET),
    "JPEG with restarts": encoded(UPRIGHT, "JPEG", restart_marker_rows=1, exif=location(3)),
    "JPEG in four colors": encoded(UPRIGHT.convert("CMYK"), "JPEG", exif=location(1)),
    "JPEG with IPTC": inside(JPEG, 2, segment(0xED, b"Photoshop 3.0\0" + SECRET)),
    "JPEG with parts of FlashPix": inside(JPEG, 2, segment(0xE2, b"FPXR\0" + SECRET)),
    "JPEG with a thumbnail": inside(JPEG, 2, segment(0xE0, b"JFXX\0\x10" + SECRET)),
    "JPEG with words of a program": inside(JPEG, 2, segment(0xEB, SECRET)),
    "JPEG with words between segments": inside(JPEG, 20, SECRET),
    "JPEG with words at its end": JPEG + SECRET,
    "JPEG with a video at its end": JPEG + b"\0\0\0\x18ftypmp42" + SECRET,
    "PNG with Exif": encoded(UPRIGHT, "PNG", exif=location(1)),
    "PNG turned": encoded(UPRIGHT, "PNG", exif=location(8)),
    "PNG with texts": encoded(UPRIGHT, "PNG", pnginfo=note()),
    "PNG with a private part": inside(PNG, 33, chunk(b"prVt", SECRET)),
    "PNG with words at its end": PNG + SECRET,
    "PNG with frames": film("PNG", pnginfo=note()),
    "PNG with a palette": encoded(UPRIGHT.quantize(4), "PNG", pnginfo=note(), transparency=2),
    "WebP with Exif": encoded(UPRIGHT, "WEBP", exif=location(1), xmp=packet()),
    "WebP turned": encoded(UPRIGHT, "WEBP", exif=location(5)),
    "WebP with frames": film("WEBP", exif=location(1), xmp=packet()),
    "WebP with a private part": with_size(WEBP + b"priv" + len(SECRET).to_bytes(4, "little") + SECRET),
    "WebP with words at its end": WEBP + SECRET,
    "GIF with a comment": encoded(UPRIGHT, "GIF", comment=SECRET),
    "GIF with frames": film("GIF", comment=SECRET),
    "GIF with XMP": inside(GIF, GIF.index(b"\x2c"), b"\x21\xff\x0bXMP DataXMP\x18" + SECRET + b"\0"),
    "GIF with words at its end": GIF + SECRET,
}  # fmt: skip


def frames(data: bytes) -> list[bytes]:
    """Return the pixels of every frame, and how long it is shown."""
    image = Image.open(io.BytesIO(data))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append(image.convert("RGBA").tobytes() + str(image.info.get("duration")).encode())
    return found


@pytest.mark.parametrize("kind", TELLING)
def test_nothing_but_the_metadata_is_taken_out(kind: str) -> None:
    assert SECRET in TELLING[kind] or "texts" in kind or "frames" in kind or "palette" in kind
    clean = without_metadata(TELLING[kind])
    assert clean
    assert SECRET not in clean
    assert image_metadata.found_in(clean) is None
    assert frames(clean) == frames(TELLING[kind])
    before, after = (Image.open(io.BytesIO(data)) for data in (TELLING[kind], clean))
    assert (after.info.get("loop"), after.info.get("icc_profile")) == (before.info.get("loop"), None)
    assert set(after.getexif()) <= {0x0112}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@each_orientation
def test_a_picture_stays_turned_as_it_was(kind: str, orientation: int) -> None:
    clean = without_metadata(encoded(UPRIGHT, kind, exif=location(orientation)))
    assert clean
    assert Image.open(io.BytesIO(clean)).getexif().get(0x0112, 1) == orientation


@pytest.mark.parametrize(
    "data", [*PLAIN.values(), film("GIF"), film("PNG"), film("WEBP"), b"", b"GIF is nice"]
)
def test_a_file_without_metadata_stays_as_it_is(data: bytes) -> None:
    assert without_metadata(data) == data


@pytest.mark.parametrize("data", TELLING.values())
def test_taking_it_out_twice_changes_nothing(data: bytes) -> None:
    clean = without_metadata(data)
    assert clean
    assert without_metadata(clean) == clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_color_profile_is_kept(kind: str) -> None:
    clean = without_metadata(encoded(UPRIGHT, kind, icc_profile=display_p3(), exif=location(1)))
    assert clean
    assert Image.open(io.BytesIO(clean)).info["icc_profile"] == display_p3()


def test_a_photo_of_a_phone_loses_all_that_it_tells() -> None:
    clean = without_metadata(telling_photo())
    assert clean
    assert SECRET not in clean
    assert Image.open(io.BytesIO(clean)).getexif() == {0x0112: 6}


@pytest.mark.parametrize(
    ("data", "is_kept"),
    [
        (heic(UPRIGHT), True),
        (heic(UPRIGHT, exif=location(1)), False),
        (encoded(UPRIGHT, "AVIF"), True),
        (encoded(UPRIGHT, "AVIF", exif=location(1)), False),
        (encoded(UPRIGHT, "AVIF", xmp=packet()), False),
        (encoded(UPRIGHT, "TIFF"), True),
        (encoded(UPRIGHT, "TIFF", exif=location(1)), False),
        (encoded(UPRIGHT, "TIFF", description="Maya"), False),
        *((data[: len(data) // 2], False) for data in PLAIN.values()),
    ],
)
def test_other_formats_with_metadata_and_damaged_pictures_are_refused(data: bytes, is_kept: bool) -> None:
    assert without_metadata(data) == (data if is_kept else None)
