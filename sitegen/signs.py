"""Signs that nobody sees, and that come along when text is pasted: left out of all text, or of lines."""

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no page can show and XML 1.0 (2.2) forbids, and what turns the direction of writing, so that one name
could reorder all that follows it on the page (Unicode Standard Annex 9, 2). It comes along when text is
pasted. Marks of direction (U+200E, U+200F) turn nothing but themselves, and stay."""

WIDTHLESS = re.compile("[\xad\u200b\u2060\ufeff]")
"""What takes no room: a name of nothing else would be none. The joiners of emoji and of scripts stay."""
