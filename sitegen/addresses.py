"""Addresses: how they are made from names, written into pages, and understood in links.

An address is an absolute path within the site, without its base path, in plain Unicode: `/stories/maya/`.
"""

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from sitegen.limits import LONGEST_ADDRESS

WEB = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)
ASCII_WORD = re.compile(r"[a-z0-9]+")
DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""What Windows calls its devices, and lets no file or folder be called, with whatever ending."""


# fields, schools and topics are named by thousands of stories each
@lru_cache(maxsize=1024)
def slugify(name: str) -> str:
    """Return lowercase letters, digits and single hyphens; letters of every script stay, accents go.

    Only Latin letters lose their marks: in other scripts a mark is part of the letter.
    """
    if name.isascii():
        return "-".join(ASCII_WORD.findall(name.replace("'", "").lower()))
    bare = ""
    for letter in unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")):
        if not (unicodedata.combining(letter) and bare[-1:].isascii()):
            bare += letter
    slug = ""
    for letter in unicodedata.normalize("NFC", bare.casefold()):
        is_mark = unicodedata.category(letter).startswith("M") and not slug[-1:].isascii()
        slug += letter if letter.isalnum() or is_mark else " "
    return "-".join(slug.split())


def unfit(part: str) -> str:
    """Say why no disk, or not every one, can hold a folder of this name; the empty string where each can."""
    if len(part.encode()) > LONGEST_ADDRESS:
        return "is too long for an address"
    return "is a name that Windows keeps for itself" if RESERVED.match(part) else ""


def encode(address: str) -> str:
    """Percent-encode an address for use in HTML, XML and headers (RFC 3986)."""
    path, hash_sign, anchor = address.partition("#")
    return quote(path, safe="/~") + hash_sign + quote(anchor, safe="~:")


def file_of(address: str) -> str:
    """Return the path, below the output folder, of the file that a server answers an address with."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")


@dataclass(frozen=True, slots=True)
class ToWeb:
    """A web, mail or telephone address; not ours to check."""

    address: str


@dataclass(frozen=True, slots=True)
class ToFile:
    """A content file, as a path from the site's root, and an anchor in it (or the empty string)."""

    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ToAddress:
    """An address of the site, and an anchor there (or the empty string)."""

    address: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Astray:
    """A link that can't be followed, and how to mend it."""

    hint: str


Target = ToWeb | ToFile | ToAddress | Astray


def resolve(written: str, from_path: str) -> Target:
    """Say where a link leads that stands in the file `from_path` (a path from the site's root)."""
    if WEB.match(written):
        return ToWeb(written)
    if written.startswith(("//", "\\\\")):
        return Astray("Begin a web address with https://")
    if SCHEME.match(written):
        return Astray("Links may begin with https://, mailto: or tel:.")
    path, _, anchor = written.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if "\\" in path or "\0" in path:
        return Astray("Write the path with forward slashes.")
    if not path:
        return ToFile(from_path, anchor)
    if path.startswith("/"):
        bare = posixpath.normpath(path).strip("/")
        return ToAddress(f"/{bare}/" if bare and path.endswith("/") else f"/{bare}", anchor)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), path))
    if not joined.startswith("content/") or not is_inside(joined):
        return Astray("The path leads out of the content folder.")
    return ToFile(joined, anchor)


def is_inside(path: str) -> bool:
    """Tell whether a relative path, with forward slashes, stays in the folder that it starts from.

    This is the one place where that is decided, for every path that somebody else has written; what it means
    on any system counts: a backslash or a drive's letter leads out on some.
    """
    leads_out = "\\" in path or "\0" in path or ".." in path.split("/") or DRIVE.match(path)
    return bool(path) and not path.startswith("/") and not leads_out


def beside(written: str, from_path: str) -> str | None:
    """Return the path of a picture named in `from_path`, or None where it would lie in another folder."""
    name = unquote(written)
    if not is_inside(name) or "/" in name or name == ".":
        return None
    return posixpath.join(posixpath.dirname(from_path), name)
