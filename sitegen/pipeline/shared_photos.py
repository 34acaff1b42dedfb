"""Shared photos: photos that the consent in another file doesn't cover.

Photos are the same if their path or their bytes are. A consent refuses a photo if it doesn't cover it, was
withdrawn, or is over. The people in a file who allow its photos decide for themselves, whatever another file
says about them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from sitegen.content import discovery, frontmatter, loader, pictures
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import Value
from sitegen.content.written_people import WrittenPerson, people_in
from sitegen.core.diagnostics import Problem, Remark, Severity
from sitegen.core.model import Body, Consent, Draft, ItemDraft, Kind, Photo, Scope, Source
from sitegen.core.problem_codes import Code
from sitegen.core.visible_text import Phrase, words
from sitegen.engine import file_state
from sitegen.markup import render
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.reading_cache import digest_of_file, photos_of
from sitegen.site.context import Pictured

NEEDED = frozenset({Scope.WEBSITE, Scope.PHOTO})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A photo that people in a file don't allow; the name of one who is not named is empty."""

    photo: str
    owner: str
    names: frozenset[Phrase]


@dataclass(frozen=True, slots=True)
class SharedPhoto:
    """A photo, by its digest, that the file at `path` shows against a refusal, and the problem of that."""

    path: str
    digest: str
    problem: Problem


def find(root: Path, found: LoadedSite, shown: Sequence[Pictured], today: date) -> tuple[SharedPhoto, ...]:
    """Return the photos of public content that the consent in another file doesn't cover.

    They are errors in submissions, and warnings in pages, which are published without them.
    """
    pictured = [(thing, photo) for thing in shown for photo in photos_of(thing)]
    if not pictured:
        return ()
    refusals = _by_digest(root, found, _refusals(root, found, today), [photo for _, photo in pictured])
    return tuple(
        SharedPhoto(thing.source.path, photo.digest, _problem(root, thing.source.path, photo, refusal))
        for thing, photo in pictured
        for refusal in refusals.get(photo.digest, ())
        if refusal.owner != thing.source.path and not _is_allowed(root, thing.source, refusal)
    )


def _by_digest(
    root: Path, found: LoadedSite, refusals: Iterable[Refusal], shown: Iterable[Photo]
) -> Mapping[str, list[Refusal]]:
    """Return the refusals by the digest of their photo; only files of the size of a shown one are read."""
    stats = found.files.stats
    known = {photo.path: photo.digest for photo in shown}
    sizes = {stats[path][0] for path in known if path in stats}
    by_digest: dict[str, list[Refusal]] = {}
    for refusal in refusals:
        if refusal.photo not in known:
            is_similar = refusal.photo in stats and stats[refusal.photo][0] in sizes
            known[refusal.photo] = digest_of_file(root / refusal.photo).hex() if is_similar else ""
        by_digest.setdefault(known[refusal.photo], []).append(refusal)
    return by_digest


def _problem(root: Path, path: str, photo: Photo, refusal: Refusal) -> Problem:
    name = PurePosixPath(photo.path).name
    message = f'the picture "{name}" is also in {refusal.owner}, and the consent there doesn\'t cover it.'
    hint = "Take it out, or add a line photo_ok: true if it may be shown here."
    severity = Severity.ERROR
    if not discovery.is_submission(path):
        message, severity = f"{message[:-1]}, so it is left out.", Severity.WARNING
    return loader.place(root, path, Remark(Code.PHOTO_OF_OTHER, message, hint, name, severity))


def _is_allowed(root: Path, source: Source, refusal: Refusal) -> bool:
    """Whether a file says that its photos may be shown, or everyone who refuses allows them there."""
    values = _values(root, source.path)
    if values.get("photo_ok") in ("true", "yes"):
        return True
    people = people_in(values) if source.kind in SUBMISSIONS else ()
    allowed = {words(person.name) for person in people if Scope.PHOTO in _written_uses(person)}
    return refusal.names <= allowed - {()}


# -- refusals -------------------------------------------------------------------------------

SUBMISSIONS = (Kind.STORY, Kind.ITEM)


def _refusals(root: Path, found: LoadedSite, today: date) -> Iterator[Refusal]:
    """Yield every photo that a story or an item names although its consent refuses it."""
    read: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    drafts = {draft.source.path: draft for draft in read}
    by_key = {discovery.key(path): path for path in found.files.others}
    for source in found.files.sources:
        if source.kind in SUBMISSIONS:
            path, draft = source.path, drafts.get(source.path)
            cached = found.cached.files.get(path) or found.cached.withheld.get(path)
            if cached and not cached.hidden:
                continue
            names = _refusing(draft, today) if draft else _refusing_as_written(root, path, today)
            if cached:
                photos = [by_key[key] for key in cached.hidden if key in by_key]
            else:
                photos = [photo.path for photo in photos_of(draft)] if draft else []
                photos = photos or _photos_as_written(root, found, path)
            yield from (Refusal(photo, path, names) for photo in photos if names)


def _refusing(draft: Draft | ItemDraft, today: date) -> frozenset[Phrase]:
    """Return the names of the people in a draft who refuse its photos."""
    needed = NEEDED if isinstance(draft, Draft) or draft.has_people else {Scope.WEBSITE}
    return frozenset(
        words(person.name)
        for person in draft.people
        if (consent := person.consent) and (_is_over(consent, today) or not needed <= set(consent.covers))
    )


def _is_over(consent: Consent, today: date) -> bool:
    return today > consent.until or (consent.withdrawn is not None and today >= consent.withdrawn)


# -- files that were not read, or can't be --------------------------------------------------


def _refusing_as_written(root: Path, path: str, today: date) -> frozenset[Phrase]:
    """Return the same for a file whose front matter may not fit its form: whatever is in doubt refuses."""
    return frozenset(
        words(person.name)
        for person in people_in(_values(root, path))
        if person.consent is not None
        and (
            person.value("withdrawn")
            or NEEDED - _written_uses(person)
            or (person.value("until") or LAST) < today.isoformat()
        )
    )


LAST = date.max.isoformat()


def _written_uses(person: WrittenPerson) -> set[str]:
    covers = (person.consent or {}).get("covers")
    return set(map(str, covers)) if isinstance(covers, list) else set(re.split(r"[, ]+", str(covers)))


def _photos_as_written(root: Path, found: LoadedSite, path: str) -> list[str]:
    """Return the paths of the photos that a file names which could not be read as a submission."""
    document = _document(root, path)
    body, _ = render.render(document.body) if document else (Body(), ())
    values = document.values if document else {}
    written = [str(values.get(key) or "") for key in ("headshot", "photo")]
    named = [*written, *(mark.source for mark in body.pictures)]
    photos = (pictures.find_photo(root, path, name, found.files.others) for name in named if name)
    return [photo.path for photo in photos if isinstance(photo, Photo)]


def _values(root: Path, path: str) -> Mapping[str, Value]:
    document = _document(root, path)
    return document.values if document else {}


def _document(root: Path, path: str) -> Document | None:
    """Return the front matter and text of a file; None if they can't be read."""
    try:
        found = frontmatter.read(file_state.read(f"{root}/{path}"), path)
    except OSError:
        return None
    return found if isinstance(found, Document) else None
