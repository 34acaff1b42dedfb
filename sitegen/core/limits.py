"""Input limits: the maximum of everything that sitegen accepts, with reasons.

A limit is of one of two kinds. Either no honest input reaches it; or a library's time or memory grows faster
than its input, and the limit keeps the slowest known input well below two seconds and 200 MB, or 500 MB for
a photo (`tests/external/test_malicious_files.py` tests that). All of them count something in the input, never
seconds, so that every machine gives the same answer.
"""

# -- files of text --------------------------------------------------------------------------

MOST_BYTES = 250_000
"""Of a content file or `site.yaml`: the longest text in the widest script, and as much front matter again.
YAML's reader takes up to eight microseconds and 600 bytes for each of them."""

DEEPEST = 12
"""Levels of nesting in a text of YAML, the outermost included; the richest form has five. YAML's reader
recurses in C, and beyond some ten thousand levels it would end the process."""

MOST_VALUES = 5_000
"""Lines and commas of front matter or `site.yaml`: each can be a value, and each value a mistake."""

MOST_FAULTS = 100
"""Mistakes in the front matter of one file that are reported at once."""

MOST_PEOPLE = 60
"""People in one story or item, two school classes. Each name is looked for in the text, and compared with all
others."""

LONGEST_LINE = 600
"""Characters in a value that is shown in one piece, such as a quote. Messages repeat no more than that of a
value."""

LONGEST_SLUG = 60
"""Characters in the name of a new file that is made from a person's name or a title; part of an address."""

LONGEST_FILE_NAME = 255
"""Characters in a name that a file can have; no common file system allows more."""

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
iPhones make HEIC of 48 million. Only an AVIF can hold more than its header says: libavif then decodes up
to 268 million pixels (avif.h, AVIF_DEFAULT_IMAGE_SIZE_LIMIT), most often in 500 MB, and scales them down."""

MOST_SCANS = 40
"""Passes in which a JPEG builds up; encoders make ten. Each goes over all pixels, though it takes a few
bytes."""

MOST_SEGMENTS = 10_000
"""Parts of a JPEG; one of 60 million bytes, all of them metadata, has a thousand. Pillow takes two
microseconds for each, and each may have four bytes."""

TALLEST = 16_383
"""Pixels in a row or column of what is made; the most that WebP can hold (RFC 9649, 2.6)."""

# -- PDFs that pages link to ----------------------------------------------------------------

MOST_PDF_BYTES = 20_000_000
"""Of a PDF; a flyer has one million, a report with photos ten. It is read as a whole, in pure Python."""

MOST_PDF_PAGES = 300
"""Of a PDF; each takes some hundredths of a second to read, the first time."""

MOST_PDF_OBJECTS = 100_000
"""Parts of a PDF; a tagged report of 200 pages has 40,000. Each takes some ten microseconds."""

MOST_PDF_DECODED = 30_000_000
"""Bytes of all pages of a PDF when unpacked; a few kilobytes can unpack to gigabytes."""

MOST_PDF_FORMS = 1_000
"""Repeated parts that are shown on a page of a PDF, each time counted; each can show others."""
