"""Asset check: pictures in `assets/` that are not published, or without metadata.

The icons of a site are never left out: a photo in `content/` that equals one was saved from the site.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.discovery import ContentFiles, unreadable
from sitegen.core.diagnostics import Problem, Severity, Where
from sitegen.core.picture_names import is_picture
from sitegen.core.problem_codes import Code
from sitegen.engine import file_state
from sitegen.engine.serialization import digest_of
from sitegen.images import metadata_removal
from sitegen.site import feeds
from sitegen.templating.theme import Asset


@dataclass(frozen=True, slots=True)
class AssetCheck:
    """All assets, the names of those that are left out, the source photos, and the problems.

    `photos` are the paths of the photos in the folders of stories, items and networks, no copy of which may
    be published.
    """

    assets: tuple[Asset, ...]
    left_out: frozenset[str]
    photos: tuple[str, ...]
    problems: tuple[Problem, ...]


ICONS = frozenset({*feeds.ICONS, "apple-touch-icon.png"})
"""Assets that pages can't do without."""


def check(root: Path, assets: tuple[Asset, ...], files: ContentFiles) -> AssetCheck:
    """Return what may not be published of the assets as they are."""
    by_size: dict[int, list[str]] = {}
    for path in filter(_is_photo_of_person, sorted(files.others)):
        by_size.setdefault(files.stats[path][0], []).append(path)
    copies = {
        asset.name: originals
        for asset in assets
        if asset.digest
        and (near := by_size.get(asset.file.stat().st_size))
        and (originals := [path for path in near if _digest(root, path) == asset.digest])
    }
    saved = {path for icon in ICONS for path in copies.pop(icon, ())}
    problems = [*_copied(copies), *_telling(assets, copies), *_unreadable(assets)]
    return AssetCheck(
        assets=assets,
        left_out=frozenset(each.where.path.removeprefix("assets/") for each in problems if each.is_error),
        photos=tuple(path for paths in by_size.values() for path in paths if path not in saved),
        problems=tuple(problems),
    )


def _is_photo_of_person(path: str) -> bool:
    """Whether a file of `content/` is a picture in the folder of stories, items or networks."""
    return is_picture(path) and path.count("/") > 1


def _digest(root: Path, path: str) -> str:
    """Return the digest of a photo; of one that can't be read, that of no file."""
    try:
        return digest_of(file_state.read(f"{root}/{path}"))
    except OSError:
        return ""


def _copied(copies: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for name, (original, *_) in copies.items():
        message = f"this is a copy of the photo {original}, so it is left out."
        hint = "Remove it, or, if no person is in it, the other one."
        yield Problem(Code.PHOTO_IN_ASSETS, Where(f"assets/{name}"), message, hint)


def _telling(assets: Sequence[Asset], copies: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Yield the problem of each picture with metadata, other than copies."""
    for asset in assets:
        if asset.name in copies or not asset.digest or not is_picture(asset.name):
            continue
        data = file_state.read(str(asset.file))
        published = metadata_removal.without_metadata(data)
        where = Where(f"assets/{asset.name}")
        if published is None:
            message = "this picture has, or may have, details such as where it was taken, so it is left out."
            hint = "Take them out (exiftool -all= FILE), or save it as JPEG or PNG."
            yield Problem(Code.METADATA_IN_PICTURE, where, message, hint)
        elif published != data:
            message = "this picture has details such as where it was taken. They are not published."
            hint = "To take them out of the file as well: exiftool -all= FILE"
            yield Problem(Code.METADATA_IN_PICTURE, where, message, hint, Severity.WARNING)


def _unreadable(assets: Sequence[Asset]) -> Iterator[Problem]:
    """Yield the problem of each asset that can't be read."""
    for asset in assets:
        if not asset.digest:
            try:
                file_state.read(str(asset.file))
            except OSError as error:
                yield unreadable(f"assets/{asset.name}", error)
