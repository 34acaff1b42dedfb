"""Desk photos: a story's portrait, and the whole photo for the focal point.

They are made in memory, by the rules for published photos: upright, without metadata.
"""

from sitegen.consent import gate
from sitegen.core.model import Draft, Focus, Photo, Source
from sitegen.devserver import draft_pages
from sitegen.devserver.desk.context import Desk
from sitegen.images import derivatives
from sitegen.pipeline import load_site


def portrait(desk: Desk, source: Source) -> bytes | None:
    """Return a story's portrait as a small WebP; None without a photo, or after a withdrawal."""
    found = _photo(desk, source)
    if found is None or desk.session.built is None:
        return None
    photo, focus = found
    recipe = derivatives.headshot(photo, focus, desk.session.built.loaded.settings.images)
    webp, _ = derivatives.derivatives(recipe)
    public = desk.session.state.find(webp[0].address.removeprefix("/"))
    return public or _made(desk, photo, recipe, first=True)


def whole(desk: Desk, source: Source) -> bytes | None:
    """Return a story's whole photo as a JPEG; None without one, or after a withdrawal."""
    found = _photo(desk, source)
    if found is None or desk.session.built is None:
        return None
    recipe = derivatives.figure(found[0], desk.session.built.loaded.settings.images)
    return _made(desk, found[0], recipe, first=False)


def _photo(desk: Desk, source: Source) -> tuple[Photo, Focus] | None:
    if desk.session.built is None:
        return None
    draft = load_site.read_whole(desk.root, desk.session.built.loaded, source).thing
    if not isinstance(draft, Draft) or gate.is_withdrawn(draft, desk.session.today()):
        return None
    return (draft.headshot, draft.focus) if draft.headshot else None


def _made(desk: Desk, photo: Photo, recipe: derivatives.Recipe, first: bool) -> bytes | None:
    try:
        made = draft_pages.develop(desk.root, photo, recipe, desk.session.pictures)
    except Exception:  # Pillow's decoders raise many types on damaged files
        return None
    return made.files[0 if first else -1]
