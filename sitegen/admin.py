"""Sveltia CMS in the preview: forms for content files, from a copy that lies in the site's folder.

It runs in the browser, asks there for the site's folder, and reads and writes the files itself: the preview's
server only hands out the program and its configuration, and takes nothing in. The page's policy lets the
browser load nothing from anywhere else. How Sveltia works on local files:
https://sveltiacms.app/en/docs/workflows/local
"""

import re
from collections.abc import Mapping
from pathlib import Path

from sitegen import forms, settings
from sitegen.addresses import slugify

MODULES = "node_modules"

PACKAGES: Mapping[str, str] = {
    "@sveltia/cms": "0.221.1",
    "@fontsource-variable/material-symbols-outlined": "5.3.8",
    "@fontsource-variable/source-sans-3": "5.3.0",
    "@fontsource/noto-mono": "5.3.0",
}
"""What `make admin` fetches: the program, and the fonts that it would else load from somebody's server."""

FETCH = "npm install --no-save --prefix . " + " ".join(
    f"{name}@{version}" for name, version in PACKAGES.items()
)

PROGRAM = "@sveltia/cms/dist/sveltia-cms.js"
THEIR_FONTS = b"https://cdn.jsdelivr.net/fontsource/fonts/"
OUR_FONTS = b"/admin/fonts/"
FONT = re.compile(r"admin/fonts/([a-z0-9-]+?)(:vf)?@[\d.]+/([a-z0-9-]+\.woff2)")
"""The address of a font as Fontsource has it: its name, whether it is variable, its file."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' blob: data:; media-src blob:; connect-src 'self' blob: data:; worker-src blob:"
)

PAGE = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Forms for the content</title>
<link rel="cms-config-url" type="text/yaml" href="/admin/config.yml">
</head>
<body>
<script src="/admin/sveltia-cms.js"></script>
</body>
</html>
"""


def is_here(root: Path) -> bool:
    """Tell whether the copy was fetched into the site's folder."""
    return all((root / MODULES / name).is_dir() for name in PACKAGES) and (root / MODULES / PROGRAM).is_file()


def find(root: Path, address: str) -> bytes | None:
    """Return what stands at an address, without its first slash: the page, the program, a font, the forms.

    None where nothing does; the forms are not there while the settings can't be read.
    """
    match address:
        case "admin/":
            return PAGE.encode()
        case "admin/sveltia-cms.js":
            return (root / MODULES / PROGRAM).read_bytes().replace(THEIR_FONTS, OUR_FONTS)
        case "admin/config.yml":
            chosen, _ = settings.read(root)
            # Sveltia shows the name, so that the right folder is chosen; nobody is asked for it
            name = slugify(root.name) or "site"
            return forms.sveltia_text(chosen, f"local/{name}", "main").encode() if chosen else None
    font = FONT.fullmatch(address)
    file = _font(root, *font.groups("")) if font else None
    return file.read_bytes() if file and file.is_file() else None


def _font(root: Path, name: str, variable: str, file: str) -> Path:
    """Return where a font lies in its package."""
    scope = "@fontsource-variable" if variable else "@fontsource"
    return root / MODULES / scope / name / "files" / f"{name}-{file}"
