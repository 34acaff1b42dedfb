"""File copies: second versions and copies of a file, by their names.

Sync programs write a second version where two people have edited a file at once. As a file of its own it
would be a second story, and would stay public when the first is withdrawn.
"""

import re
from collections.abc import Set

_WORD = r"(?:copy|kopie|kopia|kopi|kópia|copie|copia|còpia|cópia|másolat|копия|копія|コピー|副本|사본)"

_CERTAIN = re.compile(
    rf"""
      (?P<first>.*?) [ _.-]* [(\[] [^)\]]* (?:conflict|conflit|konflikt|競合|冲突) [^)\]]* [)\]] .*
    | (?P<dotted>.+?) (?:[.]sync)? [.] conflict(?:ed)?
    | (?P<dated>.+?) [._] (?:sync-)? conflict(?:ed[ _-]copy)? [ _-] \d.*
    | (?P<merged>.+) _ (?:BACKUP|BASE|LOCAL|REMOTE) _ \d+
    | {_WORD} (?:[ ]\(\d+\))? [ ] (?:of|von|van|de|di|av|af) [ ] (?P<named>.+)
    | (?P<hyphened>.+?) [ ] [-–—] [ ] {_WORD} (?:[ ]?\(?\d+\)?)?
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""Names of Dropbox, Nextcloud, Seafile, Syncthing, ownCloud, Resilio and git mergetool; copies by Windows."""

_LIKELY = re.compile(
    rf"""
      (?P<copied>.+?) [ _] {_WORD} (?:[ ]\d+)?
    | (?P<bracketed>.+?) [ ] \( (?:another[ ]|\d+[a-z]{{2}}[ ])? {_WORD} (?:[ ]\d+)? \)
    | (?P<possessed>.+?) [ ]? [の的] {_WORD} (?:[ ]?\d+)?
    | (?P<counted>.+?) [ _]? \(\d+\)
    | (?P<numbered>.+) [ ] \d+
    | (?P<hosted>.+?) - (?-i:[A-Z0-9][A-Z0-9-]{{4,}}|.*(?:MacBook|iMac|Mac-mini|iPad|iPhone).*)
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""Names of Google Drive, iCloud, the Finder, GNOME and OneDrive, which people may also choose themselves."""

_UNUSUAL = re.compile("[^a-z0-9-]")
"""What every name of a copy has, and hardly any other name."""


def original(path: str, paths: Set[str]) -> str | None:
    """Return the path of the file that a file's name says it is a copy of; None for other names.

    `paths` are all files: a name that people may choose themselves is that of a copy only beside its
    original. A folder counts as the file that it has as `index.md`.
    """
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if name == "index":
        folder, _, name = folder.rpartition("/")
    if not _UNUSUAL.search(name):
        return None
    if found := _original_name(_CERTAIN, name):
        return _beside(folder, found, paths) or f"{folder}/{found}.md"
    if found := _original_name(_LIKELY, name):
        return _beside(folder, found, paths)
    return None


def _original_name(pattern: re.Pattern[str], name: str) -> str:
    found = pattern.fullmatch(name)
    return next(filter(None, found.groups()), "").strip() if found else ""


def _beside(folder: str, name: str, paths: Set[str]) -> str | None:
    candidates = (f"{folder}/{name}.md", f"{folder}/{name}/index.md")
    return next((path for path in candidates if path in paths), None)
