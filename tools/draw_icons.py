"""Icons: PNG and ICO files drawn from `assets/icon.svg` in the tests' browser.

Run `python tools/draw_icons.py` from the repository's root when the icon has changed; it writes
`favicon.ico` (32 pixels), `apple-touch-icon.png` (180), `icon-192.png` and `icon-512.png` into assets/.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ASSETS = Path("assets")
PAGE = "<style>body {{ margin: 0; background: {} }} svg {{ display: block; width: {}px }}</style>{}"


def draw(page: Page, size: int, ground: str) -> Image.Image:
    """Return the icon in so many pixels, before a ground (a CSS colour)."""
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(PAGE.format(ground, size, (ASSETS / "icon.svg").read_text(encoding="utf-8")))
    return Image.open(io.BytesIO(page.screenshot(omit_background=True)))


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        draw(page, 32, "transparent").save(ASSETS / "favicon.ico", sizes=[(32, 32)])
        for name, size in (("icon-192", 192), ("icon-512", 512)):
            _save(draw(page, size, "transparent"), name)
        # Apple rounds the corners itself, and puts black behind what is transparent
        _save(draw(page, 180, "#14213d").convert("RGB"), "apple-touch-icon")
        browser.close()


def _save(icon: Image.Image, name: str) -> None:
    few = icon.quantize(64, method=Image.Quantize.FASTOCTREE)
    few.save(ASSETS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
