"""The last look at what was made, before anybody else sees it.

No picture may carry metadata or be a photo as it came; no file may name a source photo or a signed
form, lead to a story that is withheld, or say what stands in one. The gate already sees to all of
this; the audit doesn't trust it, and knows nothing of how pages are made.
"""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from sitegen import stats
from sitegen.problems import Problem, Remark, Severity, Where

Phrase = tuple[str, ...]
"""Words in lower case, as they follow one another."""

LONGEST = 8
"""Words of a sentence that are looked for; so many in a row are nobody else's."""
SHORTEST_SENTENCE = 6
SHORTEST_QUOTE = 4

TEXTS = (".html", ".xml", ".json", ".txt", ".svg", ".css", ".js", ".webmanifest", "_headers", "_redirects")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
PICTURE_ENDING = re.compile(r"\.(?:jpe?g|png|webp|gif|heic|heif|avif|tiff?|bmp)\b", re.IGNORECASE)
NO_NAME = re.compile(r"[\s\"'<>/=(),;]")
"""What never stands in the name of a file, or ends it where names stand."""
LONGEST_NAME = 255
"""Characters; the most that file systems allow."""
STORY_ADDRESS = re.compile(r"/stories/[^\s\"'<>?#]+?/")
TAG = re.compile(r"<[^>]*>")
FORM = re.compile(rb"^[ \t]+form:(.*)$", re.MULTILINE)
LINK_TARGET = re.compile(r"\]\([^)]*\)")


class Phrases:
    """Phrases, each with the path of the file that it is from, ready to be looked for together.

    A long phrase is looked for by the words that it begins with, a short one by its rarest word: where
    these do not stand, the phrase doesn't.
    """

    def __init__(self, paths: Mapping[Phrase, str]) -> None:
        self.paths = paths
        used = Counter(word for phrase in paths if len(phrase) < RUN for word in phrase)
        self.by_run: dict[Phrase, list[Phrase]] = {}
        self.by_word: dict[str, list[Phrase]] = {}
        for phrase in paths:
            if len(phrase) < RUN:
                self.by_word.setdefault(min(phrase, key=lambda word: used[word]), []).append(phrase)
            else:
                self.by_run.setdefault(phrase[:RUN], []).append(phrase)

    def said(self, spoken: Phrase) -> list[Phrase]:
        """Return the phrases that stand among the words of a text."""
        likely = [phrase for run in self.by_run.keys() & runs(spoken) for phrase in self.by_run[run]]
        likely += [phrase for word in self.by_word.keys() & set(spoken) for phrase in self.by_word[word]]
        text = f" {' '.join(spoken)} " if likely else ""
        return sorted(phrase for phrase in likely if f" {' '.join(phrase)} " in text)


RUN = 4
"""Words in a row that hardly ever stand in two texts."""


def runs(spoken: Phrase) -> set[Phrase]:
    """Return every so many words that follow one another."""
    return set(zip(spoken, spoken[1:], spoken[2:], spoken[3:], strict=False))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What no published file may hold."""

    phrases: Phrases
    """Words of withheld stories, each with the path of its file."""
    names: frozenset[Phrase]
    """Those of the phrases that are somebody's name."""
    forms: Phrases
    """Numbers of signed forms, likewise."""
    photos: Mapping[str, str]
    """Names of source photos, in lower case, each with its path."""
    addresses: Mapping[str, str]
    """Addresses of withheld stories, each with the path of its file."""
    originals: Mapping[int, tuple[Path, ...]]
    """Source photos by their size in bytes."""


def secrets(
    root: Path,
    withheld: Mapping[str, str],
    forms: Mapping[str, str],
    photos: Iterable[str],
    asset_names: Iterable[str],
) -> Secrets:
    """Gather what must not be published.

    `withheld` maps the path of each file that the public doesn't see to its address, `forms` the path of each
    file with a consent to the number of its form; `photos` are the paths of all source photos.
    """
    originals: dict[int, list[Path]] = {}
    for path in sorted(photos):
        originals.setdefault((root / path).stat().st_size, []).append(root / path)
    known = {posixpath.basename(name).casefold() for name in asset_names}
    names = {posixpath.basename(path).casefold(): path for path in photos}
    texts = {path: _text(root / path) for path in withheld}
    return Secrets(
        phrases=Phrases({phrase: path for path, text in texts.items() for phrase in _phrases(text)}),
        names=frozenset(name for text in texts.values() for name in _names(text)),
        forms=Phrases(
            {number: path for path, form in forms.items() if len("".join(number := words(form))) > 3}
        ),
        photos={name: path for name, path in names.items() if name not in known},
        addresses={address: path for path, address in withheld.items() if "#" not in address},
        originals={size: tuple(files) for size, files in originals.items()},
    )


def forms(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the number of the signed form that each of the files gives, by its path."""
    found = ((path, FORM.search(stats.read(f"{root}/{path}"))) for path in paths)
    return {path: form[1].decode("utf-8", "replace") for path, form in found if form}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def _phrases(text: str) -> Iterator[Phrase]:
    """Yield what is a story's own: name, quote, and the beginning of every sentence.

    The file is read as plain lines, because one that is withheld may be so broken that nothing else
    can read it.
    """
    yield from _names(text)
    for value in re.findall(r"^(?:quote|title):(.*)$", text, re.MULTILINE):
        if len(found := words(value)) >= SHORTEST_QUOTE:
            yield found
    body = re.split(r"^---[ \t]*\r?$", text, maxsplit=2, flags=re.MULTILINE)[-1]
    for sentence in re.split(r"[.!?:]\s|\n\s*\n", LINK_TARGET.sub("]", body)):
        if len(found := words(sentence)) >= SHORTEST_SENTENCE:
            yield found[:LONGEST]


def _names(text: str) -> list[Phrase]:
    """Return the names that a story's file gives, where they are more than a first name, or than signs."""
    written = (words(value) for value in re.findall(r"^name:(.*)$", text, re.MULTILINE))
    found = (tuple(word for word in name if not word.isdecimal()) for name in written)
    return [name for name in found if len(name) > 1 and not all(map(LETTER.fullmatch, name))]


LETTER = re.compile(r"[a-z_]")
"""What is nobody's name by itself: a style sheet is full of `a b`."""


def words(text: str) -> Phrase:
    """Return the words of a text, in lower case."""
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


# -- looking --------------------------------------------------------------------------------


def leaks(path: str, data: bytes, secrets: Secrets) -> Iterator[tuple[Phrase, Problem]]:
    """Yield what a published file holds although it must not: the words, if it is words, and the problem."""
    where = Where(path)
    report = "This must never happen: please report it."
    if path.endswith(PICTURES):
        if found := metadata(data):
            yield (), Problem(where, f"this picture carries {found}.", "Save it without: exiftool -all= FILE")
        for original in secrets.originals.get(len(data), ()):
            if original.read_bytes() == data:
                yield (), Problem(where, f"this is the photo {original.name} as it came.", report)
    if not path.endswith(TEXTS):
        return
    text = unescaped(data)
    for name in sorted(set(picture_names(text)) & secrets.photos.keys()):
        yield (), Problem(where, f'this file names the photo "{name}".', report)
    for address in sorted(set(story_addresses(text, path)) & secrets.addresses.keys()):
        yield (), Problem(where, f"this file leads to {address}, which is withheld.", report)
    # with the tags for what stands in attributes, without them for what tags cut in two
    plain = without_escapes(text)
    spoken = (*words(plain), "", *words(TAG.sub(" ", plain)))
    for phrase in secrets.forms.said(spoken):
        yield (), Problem(where, f'this file holds the form\'s number "{" ".join(phrase)}".', report)
    for phrase in secrets.phrases.said(spoken):
        source = secrets.phrases.paths[phrase]
        told = f'this file says "{" ".join(phrase)}", which is from {source}, and withheld.'
        yield phrase, Problem(where, told, report)


def named(text: str, secrets: Secrets) -> Iterator[Remark]:
    """Yield a remark on everything that somebody's own text names although no published file may."""
    for name in sorted(set(picture_names(text)) & secrets.photos.keys()):
        yield Remark(
            f'this names the photo file "{name}".', "Say what the photo shows, or leave it out.", name
        )
    for address in sorted(set(story_addresses(text, "")) & secrets.addresses.keys()):
        yield Remark(f"this names {address}, which the public doesn't see.", "Take the address out.", address)
    for phrase in secrets.forms.said(words(text)):
        yield Remark(
            f'this names "{" ".join(phrase)}", the number of a signed form.', "Take it out.", phrase[-1]
        )


def unescaped(data: bytes) -> str:
    """Return the text of a file, without escapes; some feeds hold HTML that is escaped a second time."""
    text = data.decode("utf-8", "replace")
    return unescape(unescape(text)) if "&" in text else text


def without_escapes(text: str) -> str:
    """Return a text with spaces for what JSON escapes: ends of lines, and signs that are no letters."""
    return JSON_ESCAPE.sub(" ", text) if "\\" in text else text


JSON_ESCAPE = re.compile(r"\\(?:[nrt]|u(?:003c|003e|0026|2028|2029))")


def _unquoted(text: str) -> str:
    return unquote(text) if "%" in text else text


def picture_names(text: str) -> list[str]:
    """Return the names of picture files in a text, in lower case."""
    text = _unquoted(text)
    # from the ending back to the beginning: looking for beginnings would try every word
    ends = [ending.end() for ending in PICTURE_ENDING.finditer(text)]
    return [NO_NAME.split(text[max(0, end - LONGEST_NAME) : end])[-1].casefold() for end in ends]


def story_addresses(text: str, path: str) -> list[str]:
    """Return the addresses of stories that a text, or the path of its file, leads to."""
    return STORY_ADDRESS.findall(_unquoted(f"{text} /{path}"))


def said_by(phrases: Iterable[Phrase], texts: Mapping[str, str]) -> Mapping[Phrase, list[tuple[str, str]]]:
    """Return, for each of the phrases that public texts say, path and text of each that does."""
    wanted = Phrases(dict.fromkeys(phrases, ""))
    saying: dict[Phrase, list[tuple[str, str]]] = {}
    for path, text in sorted(texts.items()):
        for phrase in wanted.said(_spoken(text)):
            saying.setdefault(phrase, []).append((path, text))
    return saying


def oversights(
    phrase: Phrase, saying: Sequence[tuple[str, str]], secrets: Secrets
) -> Iterator[tuple[str, Remark]]:
    """Yield a remark on each public text that names somebody whose story is withheld.

    Somebody who has another story, which is public, is not meant.
    """
    if phrase not in secrets.names or any(phrase in _names(text) for _, text in saying):
        return
    for path, text in saying:
        found = re.search(r"\W+".join(map(re.escape, phrase)), text, re.IGNORECASE)
        needle = found[0] if found else phrase[0]
        message = f'this names "{" ".join(needle.split())}", whose story is withheld.'
        hint = "Take the name out if it should not stand here."
        yield path, Remark(message, hint, needle, Severity.WARNING)


def _spoken(text: str) -> Phrase:
    """Return the words of a Markdown text, without the targets of its links."""
    return words(unescape(LINK_TARGET.sub("]", text)))


# -- pictures -------------------------------------------------------------------------------

JPEG_NOTES = {0xE1: "Exif or XMP", 0xED: "IPTC", 0xFE: "a comment"}
PNG_NOTES = {
    b"eXIf": "Exif",
    b"tEXt": "a text",
    b"zTXt": "a text",
    b"iTXt": "a text or XMP",
    b"tIME": "a date",
}
WEBP_NOTES = {b"EXIF": "Exif", b"XMP ": "XMP"}


def metadata(data: bytes) -> str | None:
    """Return what kind of metadata a JPEG, PNG or WebP carries, or None."""
    if data[:2] == b"\xff\xd8":
        return next((JPEG_NOTES[marker] for marker in _jpeg_markers(data) if marker in JPEG_NOTES), None)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        chunks = _chunks(data, start=8, name=4, length=0, order="big", extra=4, padded=False)
        return next((PNG_NOTES[chunk] for chunk in chunks if chunk in PNG_NOTES), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        chunks = _chunks(data, start=12, name=0, length=4, order="little", extra=0, padded=True)
        return next((WEBP_NOTES[chunk] for chunk in chunks if chunk in WEBP_NOTES), None)
    return None


def _jpeg_markers(data: bytes) -> Iterator[int]:
    """Yield the marker of each segment before the pixels (ITU T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        yield data[at + 1]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _chunks(
    data: bytes, start: int, name: int, length: int, order: str, extra: int, padded: bool
) -> Iterator[bytes]:
    """Yield the name of each chunk of a PNG or RIFF file, by where its name and its length stand."""
    at = start
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + length : at + length + 4], "big" if order == "big" else "little")
        yield data[at + name : at + name + 4]
        at += 8 + size + (size & 1 if padded else 0) + extra
