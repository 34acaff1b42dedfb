"""New content files: what they are called, what stands in them, and that they never take another's place."""

import posixpath
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from sitegen import filing, manuscript, schema
from sitegen.addresses import slugify, unfit
from sitegen.frontmatter import Value
from sitegen.limits import LONGEST_ADDRESS, LONGEST_NAME
from sitegen.model import Kind, Photo, Scope, Settings
from sitegen.problems import did_you_mean
from sitegen.scan import SECTIONS, TAKEN, TAKEN_BY_LISTS, Shelf, same_address
from sitegen.schema import Fault

FOLDERS: Mapping[Kind, str] = {kind: f"content/{name}" for name, kind in SECTIONS.items()} | {
    Kind.PAGE: "content"
}


def slug_of(kind: Kind, name: str) -> str:
    """Return what the file of a thing is called, without its ending; empty where no letter is left."""
    slug = slugify(name)
    while len(slug) > LONGEST_NAME or len(slug.encode()) > LONGEST_ADDRESS:
        slug = slug.rpartition("-")[0] or slug[:-1][:LONGEST_NAME]
    clashes = {Kind.STORY: TAKEN_BY_LISTS, Kind.PAGE: TAKEN}.get(kind, frozenset())
    return f"{slug}-{kind}" if slug in clashes or slug == "index" or unfit(slug) else slug


def story_slug(values: Mapping[str, Value]) -> str:
    """Return what a story's file is called: the first name only where consent doesn't cover the whole."""
    name, consent = str(values.get("name", "")), values.get("consent")
    covers = consent.get("covers") if isinstance(consent, dict) else None
    if isinstance(covers, list) and Scope.FULL_NAME not in covers:
        name = name.split(maxsplit=1)[0] if name.split() else ""
    return slug_of(Kind.STORY, name)


def who_stands_there(shelf: Shelf, kind: Kind, slug: str) -> str:
    """Return the path of the file that has this name already; the empty string where it is free."""
    for source in shelf.sources:
        if source.kind is kind and same_address(source.slug) == same_address(slug):
            return source.path
    return ""


def free(shelf: Shelf, kind: Kind, slug: str, taken: Set[str] = frozenset()) -> str:
    """Return the name, or the name with the first number that makes it nobody else's."""
    number, candidate = 1, slug
    while candidate in taken or who_stands_there(shelf, kind, candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def path_of(kind: Kind, slug: str) -> str:
    """Return the path of the file of a thing, from the site's root."""
    return f"{FOLDERS[kind]}/{slug}.md"


def faults(kind: Kind, values: Mapping[str, Value], chosen: Settings | None) -> tuple[Fault, ...]:
    """Return what is wrong with the values of a file that is still to be written."""
    filled = schema.fill(schema.FORMS[kind], values)
    found = filled if isinstance(filled, tuple) else ()
    return (*found, *_unknown(values, chosen)) if chosen else found


def _unknown(values: Mapping[str, Value], chosen: Settings) -> Iterator[Fault]:
    topics = values.get("topics")
    words = [("field", values.get("field"), chosen.fields)]
    words.extend(("topics", topic, chosen.topics) for topic in (topics if isinstance(topics, list) else ()))
    for key, word, known in words:
        if isinstance(word, str) and word and known and word not in known:
            hint = did_you_mean(word, known) or f"The known ones are {', '.join(known)}."
            yield Fault((key,), f'{key} "{word}" is not known.', hint)


# -- writing --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: paths from the site's root; `photo` is empty where there is none."""

    path: str
    photo: str = ""


def write(
    root: Path,
    kind: Kind,
    slug: str,
    values: Mapping[str, Value],
    photo: Path | None = None,
    body: str = "",
    notes: tuple[str, ...] = (),
) -> Written | None:
    """Write the file of a thing, and its photo beside it; return None where the place is taken by now."""
    path = path_of(kind, slug)
    if (root / path).exists():
        return None
    stored = store_photo(root, kind, slug, photo.read_bytes(), photo.suffix) if photo else ""
    if stored:
        key = "headshot" if kind is Kind.STORY else "photo"
        values = {**values, key: posixpath.basename(stored)}
    text = manuscript.text(schema.FORMS[kind], values, body, notes)
    return Written(path, stored) if filing.put(root / path, text.encode()) else None


def store_photo(root: Path, kind: Kind, slug: str, data: bytes, suffix: str) -> str:
    """Put a photo beside the file that it belongs to, under that one's name, and return its path.

    A photo that lies there already is not copied again, and one of another's is never replaced.
    """
    number = 1
    while True:
        name = f"{slug}{suffix.lower()}" if number == 1 else f"{slug}-{number}{suffix.lower()}"
        path = f"{FOLDERS[kind]}/{name}"
        if filing.put(root / path, data) or (root / path).read_bytes() == data:
            return path
        number += 1


def look_at_photo(file: Path) -> Photo | str:
    """Return the photo that a file holds, or what is wrong with it, in words."""
    # only here, so that a file without a photo is written without the tens of milliseconds of Pillow
    from sitegen import loupe  # noqa: PLC0415
    from sitegen.images import ENDINGS  # noqa: PLC0415

    if not file.is_file():
        return f'there is no file "{file}".'
    if file.suffix.lower() not in ENDINGS:
        return f'"{file.name}" is not a picture. Save it as .jpg or .png.'
    found = loupe.look(file, file.name)
    return found if isinstance(found, Photo) else f"{found.message} {found.hint}"
