"""Font subsets: Bricolage Grotesque, and Noto Sans for missing letters on cards.

Run it in a separate environment after a change of a font or of the set of letters:

    pip install fonttools brotli fontpkg-bricolage-grotesque==1.1 fontpkg-noto-sans==2.15
    python tools/subset_fonts.py [ARIAL_BOLD.TTF]

Both fonts are under the SIL Open Font License, which goes along. Pages get a woff2 in `assets/`, with the
letters of the languages that are at home in Philadelphia. Cards get `sitegen/images/fonts/`, with all that
there are; of the kerning only that of common pairs is kept there, in the old `kern` table: the only one that
Pillow reads without further libraries.

Given a font that is as wide as Arial Bold (Liberation Sans Bold is), it also prints the descriptors of
the fallback font in assets/style.css.
"""

import string
import sys
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "sitegen" / "fonts"
ASSETS = ROOT / "assets"
WEB = "bricolage-grotesque-2.woff2"
"""Raise the number when the file changes: browsers keep it for a year."""

WEB_LETTERS = (
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    *(0x218, 0x219, 0x21A, 0x21B),  # Romanian
    *(0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1E9E, 0x1EFA)),  # Vietnamese, Yoruba, Igbo
    *(0x300, 0x301, 0x303, 0x309, 0x323),  # combining accents
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026),
)

LETTERS = (
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x250),  # Latin-1, Latin Extended-A and -B
    *range(0x250, 0x2B0),  # letters of African languages, which are written like those of phonetics
    *range(0x2B9, 0x2C0),  # the okina and other modifiers
    *range(0x300, 0x337),  # combining accents
    *(*range(0x370, 0x400), *range(0x1F00, 0x2000)),  # Greek
    *range(0x400, 0x530),  # Cyrillic
    *range(0x1E00, 0x1F00),  # Latin Extended Additional: Vietnamese, Yoruba, Igbo
    *range(0x2010, 0x203B),  # dashes, quotation marks, dots
    *(0x20AC, 0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265),
)
KERNED = string.ascii_letters + ".,:;!?-'“”‘’–—"

FONTS = {
    "bricolage-grotesque": (
        "fontpkg_bricolage_grotesque",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        {"opsz": 60, "wdth": 86, "wght": 700},
    ),
    "noto-sans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", {"wdth": 100, "wght": 600}),
}
"""Packages, files, and points of the families' axes: Bricolage for large sizes, a little narrow, bold."""

SAMPLE = "the quick brown fox jumps over the lazy dog and the students tell what they build and why they care"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in FONTS:
        for_cards(name)
    web = for_pages("bricolage-grotesque")
    if sys.argv[1:]:
        print_fallback(web, TTFont(sys.argv[1]))


def for_cards(name: str) -> None:
    """Write a font for cards, its licence, and the list of its letters."""
    font = cut(name)
    pairs = kerning(font)
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "gasp", "DSIG", "meta"]
    keep(font, LETTERS, options)
    font["kern"] = kern_table({pair: value for pair, value in pairs.items() if value})
    font.save(FOLDER / f"{name}.ttf", reorderTables=True)
    (FOLDER / f"{name}.LICENSE.txt").write_text(licence(name), encoding="utf-8")
    (FOLDER / f"{name}.letters.txt").write_text(ranges(sorted(font.getBestCmap())), encoding="utf-8")
    print(f"{name}: {(FOLDER / f'{name}.ttf').stat().st_size:,} bytes, {len(font.getBestCmap())} letters")


def for_pages(name: str) -> TTFont:
    """Write the one font of the pages and its licence."""
    font = cut(name)
    keep(font, WEB_LETTERS, Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False))
    font.flavor = "woff2"
    font.save(ASSETS / WEB)
    (ASSETS / f"{name}-license.txt").write_text(licence(name), encoding="utf-8")
    print(f"{WEB}: {(ASSETS / WEB).stat().st_size:,} bytes, {len(font.getBestCmap())} letters")
    return font


def cut(name: str) -> TTFont:
    """Return a family at one point of its axes."""
    package, file, axes = FONTS[name]
    font = TTFont(str(files(package) / "files" / file), recalcTimestamp=False)
    return instantiateVariableFont(font, axes)


def licence(name: str) -> str:
    return (files(FONTS[name][0]) / "LICENSE").read_text(encoding="utf-8")


def keep(font: TTFont, letters: tuple[int, ...], options: Options) -> None:
    """Drop everything from a font but some letters."""
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)


def print_fallback(font: TTFont, arial: TTFont) -> None:
    """Print the descriptors that give Arial the same metrics as a font."""
    wide = width(font) / width(arial)
    em = font["head"].unitsPerEm * wide
    up, down = font["hhea"].ascent / em, -font["hhea"].descent / em
    print(f"size-adjust: {wide:.1%}; ascent-override: {up:.1%}; descent-override: {down:.1%}")


def width(font: TTFont) -> float:
    """Return how wide the sample is, in ems."""
    names, widths = font.getBestCmap(), font["hmtx"]
    return float(sum(widths[names[ord(letter)]][0] for letter in SAMPLE) / font["head"].unitsPerEm)


def ranges(codes: list[int]) -> str:
    """Return code points as text, one range on a line: 0041-005A."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in runs)


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Return what a font takes away between, or adds to, the pairs of common letters, in its own units."""
    cmap = font.getBestCmap()
    glyphs = [cmap[ord(letter)] for letter in KERNED if ord(letter) in cmap]
    tables = [
        table.ExtSubTable if lookup.LookupType == 9 else table
        for lookup in font["GPOS"].table.LookupList.Lookup
        for table in lookup.SubTable
    ]
    pair_tables = [table for table in tables if table.LookupType == 2]
    found: dict[tuple[str, str], int] = {}
    for left, right in product(glyphs, glyphs):
        for table in pair_tables:
            value = pair_value(table, left, right)
            if value is not None:
                found[left, right] = value
                break
    return found


def pair_value(table: Any, left: str, right: str) -> int | None:
    """Return the kerning that a table of GPOS has for a pair of glyphs; None where it has none."""
    coverage = table.Coverage.glyphs
    if left not in coverage:
        return None
    if table.Format == 1:
        pairs = table.PairSet[coverage.index(left)].PairValueRecord
        record = next((record for record in pairs if record.SecondGlyph == right), None)
        if record is None:
            return None
    else:
        first = table.ClassDef1.classDefs.get(left, 0)
        second = table.ClassDef2.classDefs.get(right, 0)
        record = table.Class1Record[first].Class2Record[second]
    return getattr(record.Value1, "XAdvance", 0) if record.Value1 else 0


def kern_table(pairs: dict[tuple[str, str], int]) -> Any:
    table = newTable("kern")
    table.version = 0
    part = KernTable_format_0()
    part.coverage, part.version, part.format, part.tupleIndex = 1, 0, 0, None
    part.kernTable = pairs
    table.kernTables = [part]
    return table


if __name__ == "__main__":
    main()
