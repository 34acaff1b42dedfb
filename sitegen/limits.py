"""How much of anything is taken in, and why not more: every bound on what arrives stands here.

A bound is one of two kinds. Either nobody who means well ever reaches it, so that whoever does is told at
once; or a library's time or memory grows faster than its input, and the bound is where the slowest input
that was found stays well below two seconds and 200 MB (`tests/audit/test_hostile.py` holds them to it),
or for a photo below 500 MB. All are numbers of something in the input, never seconds, so that every
machine answers alike.
"""

# -- files of text --------------------------------------------------------------------------

MOST_BYTES = 250_000
"""Of a content file or `site.yaml`: the longest text in the widest script, and as much front matter again.
YAML's reader takes up to eight microseconds and 600 bytes for each of them."""

DEEPEST = 12
"""Levels of nesting in front matter; the richest form has three. YAML's reader recurses in C, and beyond
some ten thousand levels it would end the process."""

MOST_VALUES = 5_000
"""Lines and commas of front matter or `site.yaml`: each can be a value, and each value a mistake."""

MOST_FAULTS = 100
"""Mistakes in the form of one file that are told at once; nobody reads on."""

LONGEST_LINE = 600
"""Characters in a value that is shown in one piece, such as a quote: what still looks like a line. No more
than that of what somebody wrote is said back in a message."""

LONGEST_NAME = 60
"""Characters in the name of a file that is made from somebody's name; it becomes part of an address."""

LONGEST_ADDRESS = 200
"""Bytes in one part of an address. Most disks hold names of 255 bytes, and some need a few for themselves."""

# -- Markdown -------------------------------------------------------------------------------

LONGEST_TEXT = 30_000
"""Characters in a body, five thousand words. The bounds below are for texts of that length: some texts take
Markdown a time that grows with their square."""

MOST_BRACKETS = 2_000_000
"""Characters within brackets, counted once for each bracket that is open there. For every [, and every ( of
a link, Markdown looks for the one that closes it letter by letter, up to six times: a third of a
microsecond."""

MOST_LINES = 40_000_000
"""Lines of a paragraph times its characters. After every heading or rule Markdown looks through all that is
left of the paragraph, for each kind of block: 15 nanoseconds a letter."""

MOST_QUOTES = 200_000_000
"""Quotation marks of a paragraph times its characters. Each is replaced in a copy: 3 nanoseconds a letter."""

MOST_BARS = 100_000_000
"""Vertical bars of a paragraph times its characters. Each may be in code: 5 nanoseconds."""

MOST_CELLS = 20_000
"""Cells in the tables of a text. A row is filled up to the width of the first, so a table of 30,000
characters could have millions of cells, for two gigabytes."""

MOST_NOTES = 500
"""Footnotes of a text, and marks that lead to them. For each mark Markdown counts through all those before
it."""

MOST_TAGS = 20_000_000
"""Signs < behind the last > of a text, times the characters there. The HTML parser of Python reads to the
end for each: 25 nanoseconds a letter."""

# -- tables of answers ----------------------------------------------------------------------

MOST_TABLE_BYTES = 50_000_000
"""Of a CSV file; a thousand long answers make two million."""

# -- photos ---------------------------------------------------------------------------------

MOST_PHOTO_BYTES = 60_000_000
"""Of a photo; the largest phones make thirty million. Some decoders read a file as a whole."""

MOST_PHOTOS = 50_000
"""In a folder or ZIP of photos for an import."""

MOST_PIXELS = 120_000_000
"""Of a JPEG that is decoded at a fraction of its size, a few rows at a time; the largest phone cameras make
108 million. This and the next are held against what the header claims, before anything is decoded, and a
decoder gives no more than the header says; so they bound the time and the memory of decoding, on every
machine alike."""

MOST_PIXELS_AT_ONCE = 50_000_000
"""Of any other picture, a JPEG in several scans too: it is decoded as a whole, for up to eight bytes a pixel.
iPhones make HEIC of 48 million."""

MOST_SCANS = 40
"""Passes in which a JPEG builds up; encoders make ten. Each goes over all pixels, though it takes a few
bytes."""

TALLEST = 16_383
"""Pixels in a row or column of what is made; the most that WebP can hold (RFC 9649, 2.6)."""
