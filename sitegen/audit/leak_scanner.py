"""Leak scanner: finds in a published file what must not be published.

No picture may contain metadata or be a source photo; no file may name a source photo or a signed form, link
to a withheld story, or contain its words. The gate already prevents all of this; the scanner doesn't rely on
it, and doesn't know how pages are made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from sitegen.audit import image_metadata
from sitegen.audit.full_names import FirstNameOnly
from sitegen.audit.secrets import Secrets
from sitegen.core.diagnostics import Problem, Remark, Severity, Where
from sitegen.core.limits import LONGEST_FILE_NAME
from sitegen.core.picture_names import ENDING, is_picture
from sitegen.core.problem_codes import Code
from sitegen.core.text import fold
from sitegen.core.visible_text import INLINE, INLINE_TAG, TAG, Phrase, words
from sitegen.engine import file_state

TEXTS = (".html", ".xml", ".json", ".txt", ".svg", ".css", ".js", ".webmanifest", "_headers", "_redirects")
PICTURE_ENDING = re.compile(rf"(?:{ENDING.pattern})\b", re.IGNORECASE)
NO_NAME = re.compile(r"[\s\"'<>/=(),;]")
"""Characters before and after the name of a file in a text."""
STORY_ADDRESS = re.compile(r"/stories/[^\s\"'<>?#]+?/")
DERIVATIVES = "images/"
"""Folder of derivatives, which are made from public photos only. One that equals a source photo is no leak:
the photo was saved from the site, or encoding it changed nothing."""

REPORT = "No public text says it, so it comes from a template, or from sitegen: please report it then."


@dataclass(frozen=True, slots=True)
class Leak:
    """Private content in a published file, and its problem.

    `said` are the words that were found; the name of a photo, or an address, is one word. It is empty for a
    picture. A public text with the same words explains the leak.
    """

    said: Phrase
    problem: Problem


def leaks(path: str, data: bytes, secrets: Secrets) -> Iterator[Leak]:
    """Yield every leak in a published file."""
    if is_picture(path):
        yield from _leaks_of_picture(path, data, secrets)
    elif path.endswith(TEXTS):
        yield from _leaks_of_text(path, unescaped(data), secrets)


def _leaks_of_picture(path: str, data: bytes, secrets: Secrets) -> Iterator[Leak]:
    if found := image_metadata.found_in(data):
        message, hint = f"this picture contains {found}.", "Save it without: exiftool -all= FILE"
        yield Leak((), Problem(Code.METADATA_IN_PICTURE, Where(path), message, hint))
    for original in () if path.startswith(DERIVATIVES) else secrets.originals.get(len(data), ()):
        if _is_copy(data, original):
            yield _leak((), path, f"this is the source photo {original.name}.")


def _is_copy(data: bytes, original: Path) -> bool:
    """Whether a file has the same bytes as a source photo; one that can't be read was not copied either."""
    try:
        return file_state.read(str(original)) == data
    except OSError:
        return False


def _leaks_of_text(path: str, text: str, secrets: Secrets) -> Iterator[Leak]:
    for name in sorted(set(picture_names(text)) & secrets.photos.keys()):
        yield _leak((name,), path, f'this file names the photo "{name}".')
    for address in sorted(set(story_addresses(text, path)) & secrets.addresses.keys()):
        yield _leak((address,), path, f"this file links to {address}, which is withheld.")
    spoken = spoken_words(without_escapes(text))
    for phrase in secrets.forms.said(spoken):
        yield _leak(phrase, path, f'this file holds the form\'s number "{" ".join(phrase)}".')
    for phrase in secrets.phrases.said(spoken):
        source = secrets.phrases.paths[phrase]
        yield _leak(
            phrase, path, f'this file says "{" ".join(phrase)}", which is from {source} and not public.'
        )


def _leak(said: Phrase, path: str, message: str) -> Leak:
    return Leak(said, Problem(Code.LEAK_IN_OUTPUT, Where(path), message, REPORT))


def named(text: str, secrets: Secrets) -> Iterator[tuple[Phrase, Remark]]:
    """Yield each secret photo, address and form that a text names, with a remark."""
    for name in sorted(set(picture_names(text)) & secrets.photos.keys()):
        hint = "Say what the photo shows, or leave it out."
        message = f'this names the photo file "{name}".'
        yield (name,), Remark(Code.PRIVATE_DETAIL_IN_TEXT, message, hint, name)
    for address in sorted(set(story_addresses(text, "")) & secrets.addresses.keys()):
        message = f"this names {address}, which the public doesn't see."
        yield (address,), Remark(Code.PRIVATE_DETAIL_IN_TEXT, message, "Take the address out.", address)
    for phrase in secrets.forms.said(words(text)):
        message = f'this names "{" ".join(phrase)}", the number of a signed form.'
        yield phrase, Remark(Code.PRIVATE_DETAIL_IN_TEXT, message, "Take it out.", phrase[-1])


def oversight(name: Phrase, text: str) -> Remark | None:
    """Return the remark on a source text that names a person whose story is withheld; None if it doesn't.

    Markdown emphasis within a word is ignored, and so are names in addresses.
    """
    pattern = r"(?:[^\w/-]|_)+".join("[*_`~]*".join(map(re.escape, word)) for word in name)
    found = re.search(pattern, text, re.IGNORECASE)
    if not (found or re.search(pattern, fold(unescape(text)))):
        return None
    needle = found[0] if found else ""
    message = f'this names "{" ".join((needle or " ".join(name)).split())}", whose story is withheld.'
    hint = "Take the name out if it should not be here."
    return Remark(Code.HIDDEN_NAME_IN_TEXT, message, hint, needle, Severity.WARNING)


def full_name(said: str, person: FirstNameOnly) -> Remark:
    """Return the remark on a text that says the full name of a person whose consent doesn't cover it."""
    shown = person.name.shown
    message = f'this names "{said}", but the consent of {shown} doesn\'t cover the full name.'
    hint = f"Write {shown} instead, or add full-name to covers in {person.path} if that is allowed."
    return Remark(Code.FULL_NAME_OF_OTHER, message, hint, said)


def spoken_words(text: str) -> Phrase:
    """Return the words of HTML in each of three readings, one after the other.

    With its tags, for words in attributes; without them, for words on both sides of a tag; and without its
    inline tags, for words that one of them cuts in two.
    """
    if "<" not in text:
        return words(text)
    readings = [text, TAG.sub(" ", text), *_without_cuts(text)]
    return tuple(chain.from_iterable((*words(reading), "") for reading in readings))


def single_words(text: str) -> set[str]:
    """Return the words of the three readings where their order doesn't matter; faster than `spoken_words`."""
    return set(words(" ".join((text, *_without_cuts(text)))))


def _without_cuts(text: str) -> Iterator[str]:
    """Yield the text without its inline tags if one of them cuts a word in two."""
    if CUT_WORD.search(text):
        yield TAG.sub(" ", INLINE.sub("", text))


CUT_WORD = re.compile(rf"<(?<=[^\W_]<){INLINE_TAG[1:]}(?:{INLINE_TAG})*[^\W_]", re.IGNORECASE)
"""A word with an inline tag in it; the pattern begins with the sign that is found fastest."""


def unescaped(data: bytes) -> str:
    """Return the text of a file without entities; feeds have HTML that is escaped twice."""
    text = data.decode("utf-8", "replace")
    return unescape(unescape(text)) if "&" in text else text


def text_of(data: bytes) -> str:
    """Return the text of a file without any escapes, neither of HTML nor of JSON."""
    return without_escapes(unescaped(data))


def without_escapes(text: str) -> str:
    """Return a text with spaces instead of JSON escapes of line breaks and punctuation."""
    return JSON_ESCAPE.sub(" ", text) if "\\" in text else text


JSON_ESCAPE = re.compile(r"\\(?:[nrt]|u(?:003c|003e|0026|2028|2029))")


def _unquoted(text: str) -> str:
    return unquote(text) if "%" in text else text


def picture_names(text: str) -> list[str]:
    """Return the names of picture files in a text, folded."""
    text = _unquoted(text)
    # backwards from the extension, because a search for beginnings would try every word
    ends = [ending.end() for ending in PICTURE_ENDING.finditer(text)]
    return [fold(NO_NAME.split(text[max(0, end - LONGEST_FILE_NAME) : end])[-1]) for end in ends]


def story_addresses(text: str, path: str) -> list[str]:
    """Return the addresses of stories in a text or in the path of its file."""
    return STORY_ADDRESS.findall(_unquoted(f"{text} /{path}"))
