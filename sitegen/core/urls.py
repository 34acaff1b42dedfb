"""Addresses: slugs, percent-encoding, output paths and link resolution.

An address is an absolute path within the site, without its base path, in plain Unicode: `/stories/maya/`.
"""

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from sitegen.core import litter
from sitegen.core.limits import LONGEST_ADDRESS
from sitegen.core.text import without_marks

WEB = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)
ASCII_WORD = re.compile(r"[a-z0-9]+")
DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Device names of Windows, which no file or folder can have there, with any ending."""

PLAIN_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?!$)|$))+", re.IGNORECASE)
"""A host of ASCII letters, digits and hyphens (RFC 1123, 2.1)."""


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


SIGNS = (
    (re.compile(r"(?<=\w)(?: (?=\+\+))?(\++)(?!\w)"), lambda found: " plus" * len(found[1]) + " "),
    (re.compile(r"(?<=\w)[#♯](?!\w)"), lambda _: " sharp "),
    (re.compile(r"(?<=\w)\*(?!\w)"), lambda _: " star "),
    (re.compile(r"(?<=\w)-+$"), lambda found: " minus" * len(found[0])),
    (re.compile(r"(?<=\d) ?%"), lambda _: " percent "),
    (
        re.compile(r"(?<!\w)([$€£¥₹])(?= ?\d)|(?<=\d) ?([€£¥₹$])(?!\w)"),
        lambda found: _named(found[0].strip()),
    ),
    (re.compile(r"^[#+±<>~-](?=\d)"), lambda found: _named(found[0])),
    (re.compile(r"°"), lambda _: " degree "),
    (re.compile(r"(?<!\w)@(?=\w)"), lambda _: " at "),
    (re.compile(r"(?<![\w.])\.(?=[^\W\d_])"), lambda _: " dot "),
)
"""Signs that make another word of a word: C++, C#, A*, C--, 100%, .NET, $5, +1, °C, @home."""

NAMES = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "#": "number",
    "+": "plus",
    "-": "minus",
    "±": "plus minus",
    "<": "less than",
    ">": "more than",
    "~": "about",
}
"""Signs before a number."""


def _named(sign: str) -> str:
    return f" {NAMES[sign]} "


COMPOSED = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])|[™©®℠]")
"""Where a fraction follows a whole number, and signs that are no part of a word."""


# fields, schools and topics are named by thousands of stories each
@lru_cache(maxsize=1024)
def term_slug(term: str) -> str:
    """Return the slug of a field, school or topic, with words for signs that make it another one."""
    text = unicodedata.normalize("NFKC", COMPOSED.sub(" ", term))
    for sign, words in SIGNS:
        text = sign.sub(words, text)
    return slugify(text)


def unusable_reason(part: str) -> str:
    """Return why some disks can't hold a folder of this name; the empty string if all can."""
    if len(part.encode()) > LONGEST_ADDRESS:
        return "is too long for an address"
    return "is a name that Windows reserves" if RESERVED.match(part) else ""


def encode(address: str) -> str:
    """Percent-encode an address for use in HTML, XML and headers (RFC 3986)."""
    path, hash_sign, anchor = address.partition("#")
    return quote(path, safe="/~") + hash_sign + quote(anchor, safe="~:")


def ascii_host(host: str) -> str | None:
    """Return a host as it is in addresses: in lower case and ASCII (RFC 5890); None if it can't be one."""
    if host.startswith("[") or PLAIN_HOST.fullmatch(host):
        return host.lower()
    import idna  # noqa: PLC0415 - hardly any site needs its tables, which take longer to load than most modules

    try:
        return idna.encode(host.rstrip("."), uts46=True).decode()
    except idna.IDNAError:
        return None


SITE = r"([A-Za-z]+)://([^\s/:@\[\]]+|\[[0-9a-fA-F:.]+\])((?::[0-9]{1,5})?)(/\S*)?"

_BASE = re.compile(r"(?:/[\w~+-][\w.~+-]*)*")
"""The path of a site's own folder, without marks: they are part of a letter in many scripts, but none to
Python. One that begins with // or /\\ would lead all links to another website."""

_SIGN = r"[\w~+,'()&@!-]"
_PART = rf"(?!\S*\.html?/){_SIGN}(?:(?:{_SIGN}|[. ])*{_SIGN})?"
"""One part of an old address: a name that every disk can hold; only the last is that of a file."""

_OLD = re.compile(rf"(?:/{_PART})+/?(?<!/index\.html)(?<!/index\.htm)")
"""A path without marks; what a server answers the folder's own address with is none."""


def site_address(written: str) -> str | None:
    """Return the web address of a site as it is in links, in ASCII (RFC 3986); None if it can't be one."""
    found = re.fullmatch(SITE, written)
    host = ascii_host(unquote(found[2])) if found else None
    path = _unquoted(found[4] or "").rstrip("/") if found else ""
    if not found or host is None or not _BASE.fullmatch(without_marks(path)):
        return None
    return f"{found[1].lower()}://{host}{found[3]}{encode(path)}"


def old_path(written: str) -> str | None:
    """Return a path that a page may have had before, in plain Unicode; None if no page can have it."""
    path = _unquoted(written)
    is_litter = any(map(litter.is_folder, path.split("/")))  # what is published there would be overlooked
    return path if _OLD.fullmatch(without_marks(path)) and not is_litter else None


def _unquoted(path: str) -> str:
    """Return a path in plain Unicode; browsers percent-encode what is copied from their address bar."""
    return path if "%2f" in path.lower() else unicodedata.normalize("NFC", unquote(path))


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
class BadLink:
    """A link that can't be followed, and how to fix it."""

    hint: str


LinkTarget = ToWeb | ToFile | ToAddress | BadLink


def resolve(written: str, from_path: str) -> LinkTarget:
    """Return the target of a link in the file `from_path` (a path from the site's root)."""
    if WEB.match(written):
        return ToWeb(written)
    if written.startswith(("//", "\\\\")):
        return BadLink("Start a web address with https://")
    if SCHEME.match(written):
        return BadLink("Links may start with https://, mailto: or tel:.")
    path, _, anchor = written.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if "\\" in path or "\0" in path:
        return BadLink("Write the path with forward slashes.")
    if not path:
        return ToFile(from_path, anchor)
    if path.startswith("/"):
        bare = posixpath.normpath(path).strip("/")
        return ToAddress(f"/{bare}/" if bare and path.endswith("/") else f"/{bare}", anchor)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), path))
    if not joined.startswith("content/") or not is_inside(joined):
        return BadLink("The path leads out of the content folder.")
    return ToFile(joined, anchor)


def is_inside(path: str) -> bool:
    """Whether a relative path, with forward slashes, stays in the folder that it starts from.

    Every path from content, archives and manifests is checked here only, by the rules of all systems:
    a backslash or a drive letter leads out on some.
    """
    leads_out = "\\" in path or "\0" in path or ".." in path.split("/") or DRIVE.match(path)
    return bool(path) and not path.startswith("/") and not leads_out


def sibling_picture(written: str, from_path: str) -> str | None:
    """Return the path of a picture named in the file `from_path`, or None if it is in another folder."""
    name = unquote(written)
    if not is_inside(name) or "/" in name or name == ".":
        return None
    return posixpath.join(posixpath.dirname(from_path), name)
