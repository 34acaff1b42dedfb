"""Scaffold: names and writes new content files, never over an existing one."""

import posixpath
import tempfile
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.authoring import content_writer
from sitegen.consent.names import understand
from sitegen.content import schema, validation
from sitegen.content.discovery import FOLDERS, TAKEN, TAKEN_BY_LISTS, ContentFiles, same_address
from sitegen.content.strict_yaml import Value
from sitegen.content.validation import Fault
from sitegen.core import atomic_write
from sitegen.core.limits import LONGEST_ADDRESS, LONGEST_SLUG
from sitegen.core.model import Kind, Photo, Scope
from sitegen.core.picture_names import is_picture
from sitegen.core.settings import Settings
from sitegen.core.urls import slugify, unusable_reason


def slug_of(kind: Kind, name: str) -> str:
    """Return the slug for a file of a kind; "" if no letter or digit is left."""
    slug = slugify(name)
    while len(slug) > LONGEST_SLUG or len(slug.encode()) > LONGEST_ADDRESS:
        slug = slug.rpartition("-")[0] or slug[:-1][:LONGEST_SLUG]
    clashes = {Kind.STORY: TAKEN_BY_LISTS, Kind.PAGE: TAKEN}.get(kind, frozenset())
    return f"{slug}-{kind}" if slug in clashes or slug == "index" or unusable_reason(slug) else slug


def story_slug(values: Mapping[str, Value]) -> str:
    """Return the slug of a story: from the first name only, if consent doesn't cover the full name."""
    people = values.get("people")
    persons = people if isinstance(people, list) else [dict(values)]
    names = (_public_name(person) for person in persons if isinstance(person, dict))
    return slug_of(Kind.STORY, " ".join(names))


def _public_name(person: Mapping[str, Value]) -> str:
    name, consent = str(person.get("name") or ""), person.get("consent")
    covers = consent.get("covers") if isinstance(consent, dict) else None
    if isinstance(covers, list) and Scope.FULL_NAME not in covers:
        return understand(name, str(person.get("shown_as") or "")).shown if name.split() else ""
    return name


def existing_file(files: ContentFiles, kind: Kind, slug: str) -> str:
    """Return the path of the file with this slug; "" if there is none."""
    for source in files.sources:
        if source.kind is kind and same_address(source.slug) == same_address(slug):
            return source.path
    return ""


def free_slug(files: ContentFiles, kind: Kind, slug: str, taken: Set[str] = frozenset()) -> str:
    """Return the slug, with the first number that makes it unique if it is taken."""
    number, candidate = 1, slug
    while candidate in taken or existing_file(files, kind, candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def path_of(kind: Kind, slug: str) -> str:
    """Return the path of a content file, relative to the site's root."""
    return f"{FOLDERS[kind]}/{slug}.md"


def faults(kind: Kind, values: Mapping[str, Value], chosen: Settings | None) -> tuple[Fault, ...]:
    """Return the faults in the values of a new file."""
    filled = validation.fill(schema.FORMS[kind], values)
    found = filled if isinstance(filled, tuple) else ()
    return (*found, *_unknown(values, chosen)) if chosen else found


def person_faults(values: Mapping[str, Value]) -> tuple[Fault, ...]:
    """Return the faults in the values of one of several people."""
    filled = validation.fill(schema.PersonForm, values)
    return filled if isinstance(filled, tuple) else ()


def _unknown(values: Mapping[str, Value], chosen: Settings) -> Iterator[Fault]:
    topics = values.get("topics")
    words = [("field", values.get("field"), chosen.fields)]
    words.extend(("topics", topic, chosen.topics) for topic in (topics if isinstance(topics, list) else ()))
    for key, word, known in words:
        fault = validation.unknown_term(key, None, word, known) if isinstance(word, str) else None
        if fault:
            yield fault


# -- writing --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo to store: its bytes, and the extension of its name."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Written:
    """The written files: paths relative to the site's root; `photo` is "" without one."""

    path: str
    photo: str = ""


def write(
    root: Path,
    kind: Kind,
    slug: str,
    values: Mapping[str, Value],
    photo: NewPhoto | None = None,
    body: str = "",
    notes: tuple[str, ...] = (),
) -> Written | None:
    """Write a content file and copy its photo next to it; return None if the file exists by now."""
    path = path_of(kind, slug)
    if (root / path).exists():
        return None
    stored = store_photo(root, FOLDERS[kind], slug, photo.data, photo.suffix) if photo else ""
    if stored:
        key = "headshot" if kind is Kind.STORY else "photo"
        values = {**values, key: posixpath.basename(stored)}
    text = content_writer.text(schema.FORMS[kind], values, body, notes)
    return Written(path, stored) if atomic_write.create(root / path, text.encode()) else None


def store_photo(root: Path, folder: str, slug: str, data: bytes, suffix: str) -> str:
    """Copy a photo into the folder of its content file, with the same slug, and return its path.

    An identical photo is not copied again; a different one of the same name is never replaced.
    """
    number = 1
    while True:
        name = f"{slug}{suffix.lower()}" if number == 1 else f"{slug}-{number}{suffix.lower()}"
        path = f"{folder}/{name}"
        if atomic_write.create(root / path, data) or (root / path).read_bytes() == data:
            return path
        number += 1


def look_at_bytes(data: bytes, name: str) -> str:
    """Return what is wrong with the bytes of a photo of some name, in words; "" if it can be used."""
    suffix = PurePosixPath(name).suffix
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"photo{suffix}"
        copy.write_bytes(data)
        found = look_at_photo(copy)
    return found.replace(f"photo{suffix}", PurePosixPath(name).name) if isinstance(found, str) else ""


def look_at_photo(file: Path) -> Photo | str:
    """Return the photo in a file, or what is wrong with it, in words."""
    # imported here, so that a file without a photo doesn't wait tens of milliseconds for Pillow
    from sitegen.images import probe  # noqa: PLC0415

    try:
        if not file.is_file():
            return f'There is no file "{file}".'
        if not is_picture(file.name):
            return f'"{file.name}" is not a picture. Save it as .jpg or .png.'
        found = probe.inspect_photo(file, file.name)
    except OSError as error:
        return f'"{file}" can\'t be read: {error.strerror or error}.'
    return found if isinstance(found, Photo) else f"{found.message} {found.hint}"
