"""Cut the site's one font file: one weight of Bricolage Grotesque, with the letters that names need.

The family (SIL Open Font License, kept beside the file) comes as variable fonts from npm:

    npm install --prefix .venv/node @fontsource-variable/bricolage-grotesque
    python -m pip install fonttools brotli
    python tools/subset_font.py

It also prints how wide and high the font is against Arial, which the fallback in style.css is set to.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib import instancer  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".venv" / "node" / "node_modules" / "@fontsource-variable" / "bricolage-grotesque"
TARGET = ROOT / "assets" / "bricolage-grotesque-1.woff2"
LICENSE = ROOT / "assets" / "bricolage-grotesque-license.txt"

DESIGN = {"opsz": 60, "wdth": 86, "wght": 700}
"""One point of the family's three axes: for large sizes, a little narrow, bold."""

PARTS = {
    "latin": [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153],
    "latin-ext": [*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E],
    "vietnamese": [0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA), 0x300, 0x301, 0x303, 0x309, 0x323],
}
"""What is kept of each part, beside the punctuation of good typesetting."""

PUNCTUATION = [0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026]

SAMPLE = "the quick brown fox jumps over the lazy dog and the students tell what they build and why they care"


def main() -> None:
    """Write the font and its licence into assets/."""
    with tempfile.TemporaryDirectory() as folder:
        files = [_part(Path(folder), name, letters) for name, letters in PARTS.items()]
        font = merge.Merger().merge([str(file) for file in files])
    font.flavor = "woff2"
    font.save(TARGET)
    shutil.copyfile(PACKAGE / "LICENSE", LICENSE)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(font.getBestCmap())} letters")
    _tell_metrics(font)


def _part(folder: Path, name: str, letters: list[int]) -> Path:
    """Write one part of the family at the point that `DESIGN` names; return its file."""
    font = TTFont(PACKAGE / "files" / f"bricolage-grotesque-{name}-standard-normal.woff2")
    font = instancer.instantiateVariableFont(font, DESIGN)
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[*letters, *PUNCTUATION])
    cut.subset(font)
    file = folder / f"{name}.ttf"
    font.flavor = None
    font.save(file)
    return file


def _tell_metrics(font: TTFont) -> None:
    """Print the descriptors of a fallback that takes the same room as the font, given Arial's bold widths."""
    arial = next((Path(path) for path in sys.argv[1:]), None)
    if arial is None:
        return
    wide = _width(font) / _width(TTFont(arial))
    up, down = font["hhea"].ascent, -font["hhea"].descent
    em = font["head"].unitsPerEm * wide
    print(f"size-adjust: {wide:.1%}; ascent-override: {up / em:.1%}; descent-override: {down / em:.1%}")


def _width(font: TTFont) -> float:
    """Return how wide the sample is, in ems."""
    names, widths = font.getBestCmap(), font["hmtx"]
    return float(sum(widths[names[ord(letter)]][0] for letter in SAMPLE) / font["head"].unitsPerEm)


if __name__ == "__main__":
    main()
