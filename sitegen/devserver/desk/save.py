"""Save: writes what a form has changed into its file, or a new file.

A file is changed only if it is still the one that the form was made of. Nothing outside `content/` is
written: paths come from the files that were found there, and from slugs.
"""

import posixpath
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sitegen.authoring import answers, content_editor, content_writer, scaffold
from sitegen.content import discovery, schema
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.core import atomic_write
from sitegen.core.model import Kind, Source
from sitegen.core.settings import Settings
from sitegen.devserver.desk import story_form
from sitegen.devserver.desk.context import Desk, Request, Upload
from sitegen.devserver.desk.story_form import Shown, StoredStory


@dataclass(frozen=True, slots=True)
class Saved:
    """A file was written."""

    source: Source


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written: the form to show again, and why, in one sentence.

    `twin` is another story of the same name, which a person has to confirm.
    """

    form: Shown
    why: str
    twin: Source | None = None


FIX = "Nothing was saved yet: please look at the fields that are marked."
PHOTO_AGAIN = " Please choose the photo again."
CONFLICT = (
    "Another window or program has changed this story since you opened it. Nothing is lost, and nothing was "
    "saved yet: where the two differ, the version in the file is below yours. Correct yours, then save."
)
BY_HAND = "This file can’t be changed here without losing something in it. Please change it in a text editor."
OUTSIDE = "The folder of the stories leads out of the site’s folder content. Nothing was saved."


def change(desk: Desk, now: StoredStory, request: Request, settings: Settings | None) -> Saved | Refused:
    """Save a form of an existing story."""
    form = story_form.of_request(request, now.values, settings)
    again = PHOTO_AGAIN if request.photo else ""
    theirs = story_form.differences(form, now) if form.digest != now.digest else {}
    if theirs:
        return Refused(replace(form, digest=now.digest, theirs=theirs), CONFLICT + again)
    changed = story_form.changes(form, now.values)
    wrong = story_form.errors(
        form, story_form.merged(now.values, changed), settings, bool(request.photo or form.photo)
    )
    wrong |= _photo_error(request.photo)
    if wrong:
        return Refused(replace(form, errors=wrong), FIX + again)
    if not _is_inside(desk, now.source.path):
        return Refused(form, OUTSIDE)
    if request.photo:
        changed[("headshot",)] = _stored(desk, now.source, request.photo)
    data = edited(now, changed, form.body)
    if data is None:
        return Refused(form, BY_HAND)
    try:
        _write(desk, now, data)
    except _ChangedMeanwhileError:
        return Refused(form, CONFLICT + again)
    return Saved(now.source)


def edited(now: StoredStory, changed: dict[KeyPath, Value], body: str) -> bytes | None:
    """Return the file of a story with changes; None if it can't be changed in place."""
    return content_editor.edited(
        now.data, schema.StoryForm, changed, None if body.strip() == now.body else body
    )


class _ChangedMeanwhileError(Exception):
    """The file is not the one that was read any more."""


def _write(desk: Desk, now: StoredStory, data: bytes) -> None:
    def changed(before: bytes) -> bytes:
        if before != now.data:
            raise _ChangedMeanwhileError
        return data

    atomic_write.change(desk.root / now.source.path, changed)


def _photo_error(photo: Upload | None) -> dict[str, str]:
    wrong = scaffold.look_at_bytes(photo.data, photo.name) if photo else ""
    return {"photo": wrong} if wrong else {}


def _stored(desk: Desk, source: Source, photo: Upload) -> str:
    """Store a photo beside the file of a story, and return its name."""
    folder, suffix = posixpath.dirname(source.path), PurePosixPath(photo.name).suffix
    return posixpath.basename(scaffold.store_photo(desk.root, folder, source.slug, photo.data, suffix))


def _is_inside(desk: Desk, path: str) -> bool:
    """Whether a path is in `content/`, also where a folder is a symbolic link."""
    content = (desk.root / "content").resolve()
    return (desk.root / path).parent.resolve().is_relative_to(content)


# -- a new story ----------------------------------------------------------------------------


def create(desk: Desk, request: Request, settings: Settings | None) -> Saved | Refused:
    """Save a form of a new story; sent a second time, it makes no second file."""
    once = request.text("once")
    if once in desk.saved:
        return Saved(desk.saved[once])
    form = story_form.of_request(request, {}, settings)
    again = PHOTO_AGAIN if request.photo else ""
    values = new_values(desk, form)
    wrong = story_form.errors(form, values, settings, bool(request.photo)) | _photo_error(request.photo)
    slug = slug_of(values)
    if not slug and "name" not in wrong:
        wrong["name"] = "A file can’t be named after this. Please write the name in letters and digits too."
    if wrong:
        return Refused(replace(form, errors=wrong), FIX + again)
    files, _ = discovery.scan(desk.root)
    existing = scaffold.existing_file(files, Kind.STORY, slug)
    if existing and "another" not in request.form:
        twin = next(source for source in files.sources if source.path == existing)
        return Refused(form, f"There is already a story of that name.{again}", twin)
    slug = scaffold.free_slug(files, Kind.STORY, slug)
    source = source_of(slug)
    if not _is_inside(desk, source.path):
        return Refused(form, OUTSIDE)
    photo = (
        scaffold.NewPhoto(request.photo.data, PurePosixPath(request.photo.name).suffix)
        if request.photo
        else None
    )
    if scaffold.write(desk.root, Kind.STORY, slug, values, photo, form.body) is None:
        return Refused(form, f"Another program has just made this file. Please save again.{again}")
    desk.saved[once] = source
    return Saved(source)


def slug_of(values: dict[str, Value]) -> str:
    """Return the name of a new story's file; before a consent is recorded, it says no last name either."""
    consent = values.get("consent") or {"covers": []}
    return answers.own_slug(Kind.STORY, {**values, "consent": consent})


def source_of(slug: str) -> Source:
    """Return the source of a new story."""
    return Source(scaffold.path_of(Kind.STORY, slug), Kind.STORY, slug, f"/stories/{slug}/")


def new_values(desk: Desk, form: Shown) -> dict[str, Value]:
    """Return the values of a new story's file."""
    changed = story_form.changes(form, {})
    return answers.completed(Kind.STORY, story_form.merged({}, changed), False, desk.session.today())


def new_text(values: dict[str, Value], body: str) -> bytes:
    """Return the bytes of a new story's file."""
    return content_writer.text(schema.StoryForm, values, body).encode()
