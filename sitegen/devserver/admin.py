"""Editors' forms: serves Sveltia CMS from the site's `node_modules`.

Sveltia runs in the browser and reads and writes the files of a folder that the editor chooses there. The
preview's server accepts no data, and the page's Content-Security-Policy forbids requests to other hosts.
Source: https://sveltiacms.app/en/docs/workflows/local
"""

import re
from collections.abc import Mapping
from pathlib import Path

from sitegen.authoring import editor_schemas
from sitegen.content import settings
from sitegen.core.urls import slugify

MODULES = "node_modules"

PACKAGES: Mapping[str, str] = {
    "@sveltia/cms": "0.221.1",
    "@fontsource-variable/material-symbols-outlined": "5.3.8",
    "@fontsource-variable/source-sans-3": "5.3.0",
    "@fontsource/noto-mono": "5.3.0",
}
"""npm packages that `make admin` installs: the CMS, and fonts that it would otherwise load from a CDN."""

FETCH = "npm install --no-save --prefix . " + " ".join(
    f"{name}@{version}" for name, version in PACKAGES.items()
)

PROGRAM = "@sveltia/cms/dist/sveltia-cms.js"
THEIR_FONTS = b"https://cdn.jsdelivr.net/fontsource/fonts/"
OUR_FONTS = b"/admin/fonts/"
FONT = re.compile(r"admin/fonts/([a-z0-9-]+?)(:vf)?@[\d.]+/([a-z0-9-]+\.woff2)")
"""The address of a font in Fontsource's form: its name, whether it is variable, its file."""

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


def is_installed(root: Path) -> bool:
    """Tell whether all packages are in the site's `node_modules`."""
    return all((root / MODULES / name).is_dir() for name in PACKAGES) and (root / MODULES / PROGRAM).is_file()


def find(root: Path, address: str) -> bytes | None:
    """Return the bytes for an address without its leading slash: page, program, font or configuration.

    None if there is nothing; there is no configuration while the settings can't be read.
    """
    match address:
        case "admin/":
            return PAGE.encode()
        case "admin/sveltia-cms.js":
            return (root / MODULES / PROGRAM).read_bytes().replace(THEIR_FONTS, OUR_FONTS)
        case "admin/config.yml":
            chosen, _ = settings.read(root)
            # Sveltia shows this name as a hint which folder to choose
            name = slugify(root.name) or "site"
            return editor_schemas.sveltia_text(chosen, f"local/{name}", "main").encode() if chosen else None
    font = FONT.fullmatch(address)
    file = _font(root, *font.groups("")) if font else None
    return file.read_bytes() if file and file.is_file() else None


def _font(root: Path, name: str, variable: str, file: str) -> Path:
    """Return the path of a font file in its npm package."""
    scope = "@fontsource-variable" if variable else "@fontsource"
    return root / MODULES / scope / name / "files" / f"{name}-{file}"
