"""Screenshots: the site of this repository in a browser, for docs/design.md.

Run `.venv/bin/python -m tools.take_screenshots` after a change of the design; it needs what the tests need.
"""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from sitegen.build import build
from sitegen.content import site_zone
from sitegen.pipeline.request import BuildRequest
from tests.support.browser import started
from tests.support.http_server import served

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images"
LARGEST = 60_000
"""Bytes of a picture; it is compressed until it is no larger."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, the window's width and height in pixels, and the time of day."""

    name: str
    address: str
    width: int
    height: int
    scheme: str
    part: str = ""
    """A selector, where only a part of the page is shown."""


SHOTS = (
    Shot("home-day", "/", 1280, 860, "light"),
    Shot("home-night", "/", 1280, 860, "dark"),
    Shot("story", "/stories/makayla-cheng/", 1280, 1100, "light"),
    Shot("story-phone", "/stories/mariah-wright-moses/", 360, 780, "light"),
    Shot("join-phone", "/join/", 360, 780, "dark"),
    Shot("conditions", "/collective-impact/", 360, 780, "light", ".plan"),
    Shot("members", "/members-in-action/", 1280, 900, "light"),
)


def main() -> None:
    """Build the site in a temporary folder, and write every picture into docs/images/."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        build(BuildRequest(ROOT, out, site_zone.today(ROOT)))
        with served(out) as origin, started() as browser:
            for shot in SHOTS:
                data = compressed(taken(browser, origin, shot))
                (TARGET / f"{shot.name}.webp").write_bytes(data)
                print(f"{shot.name}: {len(data):,} bytes")


def taken(browser: Browser, origin: str, shot: Shot) -> bytes:
    """Return a picture of a page, as PNG."""
    size = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, color_scheme=shot.scheme)  # type: ignore[arg-type]
    page.goto(origin + shot.address, wait_until="networkidle")
    data = page.locator(shot.part).screenshot() if shot.part else page.screenshot()
    page.close()
    return data


def compressed(png: bytes) -> bytes:
    """Return the picture as WebP, in the best quality that is small enough."""
    with Image.open(io.BytesIO(png)) as picture:
        for quality in range(90, 0, -10):
            target = io.BytesIO()
            picture.convert("RGB").save(target, "WEBP", quality=quality, method=6)
            if target.tell() <= LARGEST:
                break
    return target.getvalue()


if __name__ == "__main__":
    main()
