"""Picture names: the extensions that phones and programs give to pictures."""

import posixpath
import re

JPEG = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".mpo"})
ENDINGS = JPEG | {
    ".png", ".apng", ".webp", ".gif", ".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".bmp"
}  # fmt: skip
"""Extensions in lower case, including those of formats that can't be read."""

ENDING = re.compile("|".join(re.escape(ending) for ending in sorted(ENDINGS, reverse=True)), re.IGNORECASE)
"""One of them within a text, the longest that fits."""


def is_picture(name: str) -> bool:
    """Whether a file name or path has the extension of a picture."""
    return posixpath.splitext(name)[1].lower() in ENDINGS
