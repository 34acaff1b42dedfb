"""Desk routes: the function that answers each address below `/_desk/`."""

from sitegen.commands import consent_calendar, consent_register
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
        case ["stories", slug, *rest]:
            return _story(desk, slug, "/".join(rest), request)
        case ["publish", step]:
            return _publish(desk, step, request)
        case ["portrait" | "photo" as which, slug]:
            return _picture(desk, which, slug)
        case ["consent.ics"]:
            return _calendar(desk)
        case [name]:
            return pages.own_file(name) or _missing(desk)
    return _missing(desk)


def _story(desk: Desk, slug: str, action: str, request: Request) -> Answer:
    source, is_post = stories.source_of(desk, slug), request.method == "POST"
    match action:
        case "":
            if source is None:
                return stories.moved(desk, request) if is_post else _missing(desk)
            return (
                stories.change(desk, source, request) if is_post else stories.edit_page(desk, source, request)
            )
        case "take-down/" if source:
            return take_down.take_down(desk, source, request) if is_post else take_down.ask(desk, source)
        case "rename" if source and is_post:
            return stories.rename_file(desk, source)
    return _missing(desk)


def _calendar(desk: Desk) -> Answer:
    register = consent_register.read(desk.root, desk.root / "public", desk.session.today())
    return Answer(200, "text/calendar; charset=utf-8", consent_calendar.calendar(register))


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
