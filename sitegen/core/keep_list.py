"""Keep list: globs of foreign files in the output folder that builds carry over.

`*`, `?` and `[…]` match within one name, `**` any number of folders. A glob that matches a folder keeps
everything in it.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

FOLDERS = ("images", "stories", "networks", "members-in-action", ".sitegen")
"""Folders that only sitegen writes to, under names that can't be foreseen."""

FILES = (
    *("index.html", "404.html", "feed.xml", "feed.json", "sitemap.xml", "sitemap-1.xml", "robots.txt"),
    *("_headers", "_redirects", ".nojekyll", "manifest.webmanifest"),
)
"""Files that sitegen writes beside these folders."""

ENDINGS = (".html", ".xml", ".json", ".webp", ".jpg", ".png", "*", "?", "]")
"""Endings of the names that sitegen writes into folders anywhere."""


def is_kept(path: str, globs: Sequence[str]) -> bool:
    """Whether one of the globs matches a path below the output folder, or a folder that it is in."""
    names = path.split("/")
    return any(_matches(names, glob.rstrip("/").split("/")) for glob in globs)


def _matches(names: Sequence[str], parts: Sequence[str]) -> bool:
    if not parts:
        return True
    if parts[0] == "**":
        return any(_matches(names[skipped:], parts[1:]) for skipped in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], parts[0]) and _matches(names[1:], parts[1:])


def is_path(glob: str) -> bool:
    """Whether a glob is a path below a folder, without a name such as `..` that leads elsewhere."""
    names = glob.removesuffix("/").split("/")
    return "\\" not in glob and not any(name in ("", ".", "..") for name in names) and names.count("**") < 3


def is_too_wide(glob: str) -> bool:
    """Whether a glob can match files that sitegen itself writes, on some day."""
    first, *rest = glob.rstrip("/").split("/")
    if first == "**":
        return not rest or rest[-1].endswith(ENDINGS) or any(is_kept(file, [glob]) for file in FILES)
    return any(fnmatchcase(name, first) for name in FOLDERS) or any(is_kept(file, [glob]) for file in FILES)
