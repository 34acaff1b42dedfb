"""Photo probe: damaged, oversized and unsupported files are found before they are decoded."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import sitegen
from sitegen.core.diagnostics import Remark
from sitegen.images import probe
from tests.support.photos import derived, encoded, mosaic, png_of, scan_by_scan
from tests.support.site import Site, picture

# -- bad pictures ---------------------------------------------------------------------------


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\nshowpage\n%%EOF\n"


def scanned_without_end(*, progressive: bool) -> bytes:
    """Return a progressive JPEG with thousands of scans: its last one, repeated."""
    photo = encoded(mosaic("RG", "BY"), "JPEG", progressive=progressive)
    last = photo.rindex(b"\xff\xda")
    return photo[:last] + photo[last:-2] * 5000 + photo[-2:]


def cut_in_half(photo: bytes) -> bytes:
    return photo[: len(photo) // 2]


BAD = {
    "cut in half": (cut_in_half(encoded(mosaic("RG", "BY"), "JPEG")), "it is damaged", "save it again"),
    "empty": (b"", "is empty", "copy it here again"),
    "web page": (b"<!doctype html><title>Sign in</title>", "or not a picture", "save it again"),
    "EPS": (EPS, "or not a picture", "save it again"),
    "bomb": (png_of(60000, 60000), "has 3600 megapixels", "Scale it down"),
    "200 megapixels": (png_of(20000, 10000), "has 200 megapixels", "to 50 megapixels"),
    "no pixels": (png_of(0, 0), "or not a picture", "save it again"),
    "no end of scans": (scanned_without_end(progressive=True), "it is damaged", "save it again"),
    "no end of the only scan": (scanned_without_end(progressive=False), "it is damaged", "save it again"),
    "no end of a colour's scan": (scan_by_scan(last=5000), "it is damaged", "save it again"),
    "HEIC in name only": (b"\0\0\0\x18ftypheic" + bytes(500), "it is damaged", "save it again"),
    "AVIF in name only": (b"\0\0\0\x18ftypavif" + bytes(500), "it is damaged", "save it again"),
    "TIFF": (encoded(mosaic("RG", "BY"), "TIFF"), "can't be read here", "save it as JPEG"),
}


@pytest.mark.parametrize(("photo", "message", "hint"), BAD.values(), ids=BAD)
def test_a_bad_photo_holds_back_its_story_and_no_other(
    site: Site, photo: bytes, message: str, hint: str
) -> None:
    site.write("content/stories/good.jpg", picture((200, 200))).write("content/stories/bad.jpg", photo)
    site.story("maya-lopez", headshot="good.jpg", alt="Maya")
    site.story("sam-oh", name="Sam Oh", quote="It hums.", headshot="bad.jpg", alt="Sam").build()
    assert site.report.held_back == ("content/stories/sam-oh.md",)
    assert (site.report.published, len(derived(site))) == (1, 4)
    [said] = site.messages
    assert said.startswith('content/stories/sam-oh.md:7:11: the picture "bad.jpg"')
    assert (message in said, hint in said) == (True, True)


@pytest.mark.parametrize("photo", [BAD["cut in half"][0], BAD["bomb"][0]], ids=["cut", "bomb"])
def test_a_bad_photo_in_a_text_holds_back_its_story(site: Site, photo: bytes) -> None:
    site.write("content/stories/bad.jpg", photo).story("maya-lopez")
    site.story("sam-oh", body="![A robot](bad.jpg)").build()
    assert site.report.held_back == ("content/stories/sam-oh.md",)
    assert site.report.published == 1


def test_a_bad_photo_holds_back_its_item(site: Site) -> None:
    site.write("content/members-in-action/bad.jpg", BAD["cut in half"][0]).story()
    site.page(
        "members-in-action/fair", date="2026-01-01", photo="bad.jpg", alt="A table", people="false"
    ).build()
    assert site.report.held_back == ("content/members-in-action/fair.md",)
    assert site.report.published == 1


def test_a_bad_photo_holds_back_its_network(site: Site) -> None:
    site.write("content/networks/bad.jpg", BAD["cut in half"][0]).story()
    site.page("networks/ecosystem", "![A robot](bad.jpg)").build()
    assert site.report.held_back == ("content/networks/ecosystem.md",)
    assert site.report.published == 1


def test_a_bad_photo_on_a_page_stops_publishing(site: Site) -> None:
    site.write("content/bad.jpg", BAD["cut in half"][0]).page("mission", "![A robot](bad.jpg)").build()
    assert site.report.site_at_fault
    assert site.codes == ["photo-unreadable"]
    assert not site.out.exists()


# -- what is not opened ---------------------------------------------------------------------


def test_a_pointer_of_git_lfs_in_the_place_of_a_photo_is_named(site: Site) -> None:
    site.write(
        "content/stories/maya.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    )
    site.story(headshot="maya.jpg", alt="Maya").build()
    [message] = site.messages
    assert message.endswith("Run: git lfs pull")
    assert site.report.held_back == ("content/stories/maya-lopez.md",)


def test_postscript_is_not_even_opened(tmp_path: Path) -> None:
    """Pillow would run Ghostscript on it."""
    file = tmp_path / "bad.jpg"
    file.write_bytes(EPS)
    with Image.open(file) as image:
        assert image.format == "EPS"
    assert isinstance(probe.inspect_photo(file, "content/stories/bad.jpg"), Remark)


# -- names ----------------------------------------------------------------------------------


def test_every_ending_of_pictures_is_found_in_values_and_texts(site: Site) -> None:
    endings = ("avif", "hif", "jfif", "jpe", "JPG", "mpo", "pjpeg", "pjp", "apng")
    for number, ending in enumerate(endings):
        for name in (f"sam{number}.{ending}", f"robot{number}.{ending}"):
            site.write(f"content/stories/{name}", picture((20, 20)))
        body = f"![A robot on a table](robot{number}.{ending})"
        site.story(f"sam-{ending}", body, headshot=f"sam{number}.{ending}", alt="Sam at a table")
    assert (site.build().messages, site.report.published) == ([], len(endings))


# -- planning without pixels ----------------------------------------------------------------


DECODERS = {"PIL", "pillow_heif", "PIL._avif"}


def imports(code: str) -> set[str]:
    """Return which decoders some code, run in another process, imports."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return DECODERS & set(done.stdout.split())


@pytest.mark.slow
def test_only_four_modules_and_the_reader_of_pdfs_import_pillow() -> None:
    package = Path(sitegen.__file__).parent
    files = (file.relative_to(package.parent).with_suffix("") for file in package.rglob("[!_]*.py"))
    modules = {".".join(file.parts) for file in files}
    names = ("processing", "probe", "card_renderer", "card_text")
    readers = {f"sitegen.images.{name}" for name in names}
    assert readers < modules
    # pypdf imports Pillow where it is installed
    readers |= {module for module in modules if module.startswith("sitegen.pdf.")}
    assert imports(f"import {', '.join(sorted(modules - readers))}") == set()
    assert imports("import sitegen.images.probe") == {"PIL"}


@pytest.mark.slow
def test_only_the_decoders_that_a_site_needs_are_imported(site: Site) -> None:
    code = f"""
from datetime import date
from pathlib import Path
from sitegen.build import build
from sitegen.pipeline.request import BuildRequest
assert build(BuildRequest(Path({str(site.root)!r}), Path({str(site.out)!r}), date(2026, 11, 21))).published
"""
    site.story()
    assert imports(code) == set()
    site.write("content/stories/maya.png", picture((200, 200), suffix=".png"))
    site.story(headshot="maya.png", alt="Maya")
    assert imports(code) == {"PIL"}
