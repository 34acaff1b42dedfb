"""Desk routes: the function that answers each address below `/_desk/`."""

from sitegen.core.model import Kind
from sitegen.devserver.desk import pages, photos, publish, stories, take_down
from sitegen.devserver.desk.context import Desk, Request
from sitegen.devserver.routes import Answer


def answer(desk: Desk, request: Request) -> Answer:
    """Return the response to a request, which was checked before."""
    is_post = request.method == "POST"
    match request.path.split("/"):
        case [""]:
            return stories.list_page(desk, request)
        case ["new", ""]:
            return stories.create(desk, request) if is_post else stories.new_page(desk)
        case ["look"] if is_post:
            return stories.look(desk, request)
        case ["stories", slug, ""]:
            return _story(desk, slug, request)
        case ["stories", slug, "take-down", ""]:
            return _take_down(desk, slug, request)
        case ["publish", step]:
            return _publish(desk, step, request)
        case ["portrait" | "photo" as which, slug]:
            return _picture(desk, which, slug)
        case [name]:
            return pages.own_file(name) or _missing(desk)
    return _missing(desk)


def _story(desk: Desk, slug: str, request: Request) -> Answer:
    source = stories.source_of(desk, slug)
    if request.method == "POST":
        return stories.change(desk, source, request) if source else stories.moved(desk, request)
    return stories.edit_page(desk, source, request) if source else _missing(desk)


def _take_down(desk: Desk, slug: str, request: Request) -> Answer:
    source = stories.source_of(desk, slug)
    if source is None:
        return _missing(desk)
    is_post = request.method == "POST"
    return take_down.take_down(desk, source, request) if is_post else take_down.ask(desk, source)


def _publish(desk: Desk, step: str, request: Request) -> Answer:
    if request.method == "POST" and step in ("prepare", "now"):
        return publish.prepare(desk) if step == "prepare" else publish.publish(desk)
    return _missing(desk) if step else publish.page(desk, request)


def _picture(desk: Desk, which: str, slug: str) -> Answer:
    files = desk.session.built.loaded.files.sources if desk.session.built else ()
    source = next((each for each in files if each.kind is Kind.STORY and each.slug == slug), None)
    draw = photos.portrait if which == "portrait" else photos.whole
    data = draw(desk, source) if source else None
    kind = "image/webp" if which == "portrait" else "image/jpeg"
    return _missing(desk) if data is None else Answer(200, kind, data)


def _missing(desk: Desk) -> Answer:
    return pages.page("missing.html", desk, 404)


def refused(desk: Desk, why: str) -> Answer:
    """Return the page for a change that is not allowed."""
    return pages.page("refused.html", desk, 403, why=why)
