"""Cut the fonts that cards are set in down to what they need, and write them to `sitegen/fonts/`.

Run it in an environment of its own, when a font or the set of letters is to change:

    pip install fonttools fontpkg-fraunces==1.0 fontpkg-noto-sans==2.15
    python tools/subset_fonts.py

Both fonts are under the SIL Open Font License, which goes along. Of their kerning only that of common
pairs is kept, in the old `kern` table: the only one that Pillow reads without further libraries.
"""

import string
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parents[1] / "sitegen" / "fonts"

LETTERS = (
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x250),  # Latin-1, Latin Extended-A and -B
    *range(0x250, 0x2B0),  # letters of African languages, which are written like those of phonetics
    *range(0x2B9, 0x2C0),  # the okina and other modifiers
    *range(0x300, 0x337),  # accents that stand by themselves
    *(*range(0x370, 0x400), *range(0x1F00, 0x2000)),  # Greek
    *range(0x400, 0x530),  # Cyrillic
    *range(0x1E00, 0x1F00),  # Latin Extended Additional: Vietnamese, Yoruba, Igbo
    *range(0x2010, 0x203B),  # dashes, quotation marks, dots
    *(0x20AC, 0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265),
)
KERNED = string.ascii_letters + ".,:;!?-'“”‘’–—"

FONTS = {
    "fraunces": (
        "fontpkg_fraunces",
        "Fraunces[SOFT,WONK,opsz,wght].ttf",
        {"opsz": 72, "wght": 600, "SOFT": 0, "WONK": 0},
    ),
    "noto-sans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", {"wdth": 100, "wght": 600}),
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (package, file, axes) in FONTS.items():
        source = files(package)
        font = instantiateVariableFont(TTFont(str(source / "files" / file), recalcTimestamp=False), axes)
        pairs = kerning(font)
        options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "gasp", "DSIG", "meta"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        font["kern"] = kern_table({pair: value for pair, value in pairs.items() if value})
        font.save(FOLDER / f"{name}.ttf", reorderTables=True)
        licence = (source / "LICENSE").read_text(encoding="utf-8")
        (FOLDER / f"{name}.LICENSE.txt").write_text(licence, encoding="utf-8")
        (FOLDER / f"{name}.letters.txt").write_text(ranges(sorted(font.getBestCmap())), encoding="utf-8")
        print(f"{name}: {(FOLDER / f'{name}.ttf').stat().st_size:,} bytes, {len(font.getBestCmap())} letters")


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
