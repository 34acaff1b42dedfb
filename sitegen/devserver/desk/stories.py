"""Stories of the desk: the list, and the form to add or edit one."""

import json
import secrets
from dataclasses import replace

from sitegen.consent import gate
from sitegen.content import discovery, settings
from sitegen.content.strict_yaml import Value
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Kind, Source
from sitegen.core.settings import Settings
from sitegen.core.urls import encode
from sitegen.devserver import overlay
from sitegen.devserver.desk import pages, public_view, rename, save, story_form, story_list
from sitegen.devserver.desk.context import Desk, Request
from sitegen.devserver.desk.public_view import PublicView
from sitegen.devserver.desk.save import Refused, Saved
from sitegen.devserver.desk.story_form import Shown, StoredStory
from sitegen.devserver.routes import KINDS, Answer


def list_page(desk: Desk, request: Request) -> Answer:
    """Return the list of stories that fit the search."""
    query, status = request.query.get("q", ""), request.query.get("status", "")
    found = story_list.search(desk, query, status)
    statuses = story_list.STATUSES
    return pages.page(
        "list.html",
        desk,
        found=found,
        query=query,
        status=status,
        statuses=statuses,
        done=request.query.get("done", ""),
    )


def source_of(desk: Desk, slug: str) -> Source | None:
    """Return the story with a slug among the files of the site."""
    files, _ = discovery.scan(desk.root)
    stories = (source for source in files.sources if source.kind is Kind.STORY)
    return next((source for source in stories if source.slug == slug), None)


def _settings(desk: Desk) -> Settings | None:
    chosen, _ = settings.read(desk.root)
    return chosen


# -- a new story ----------------------------------------------------------------------------


def new_page(desk: Desk) -> Answer:
    """Return the empty form."""
    form = story_form.of_values({"date": desk.session.today().isoformat()}, "", _settings(desk))
    return _new_page(desk, form, secrets.token_urlsafe(12), PublicView())


def _new_page(desk: Desk, form: Shown, once: str, view: PublicView, refused: Refused | None = None) -> Answer:
    return pages.page(
        "story.html",
        desk,
        422 if refused else 200,
        form=form,
        source=None,
        once=once,
        view=view,
        refused=refused,
        problems=(),
        can_rename=False,
        done="",
    )


def create(desk: Desk, request: Request) -> Answer:
    """Save a new story, and lead to its form; or show the form again."""
    done = save.create(desk, request, _settings(desk))
    if isinstance(done, Saved):
        return _after(desk, done.source, "new")
    values = save.new_values(desk, done.form)
    view = _view_of_new(desk, values, done.form.body, bool(request.photo))
    return _new_page(desk, done.form, request.text("once"), view, done)


def _view_of_new(desk: Desk, values: dict[str, Value], body: str, with_photo: bool) -> PublicView:
    source = save.source_of("new-story")
    return public_view.of_file(desk, source, save.new_text(values, body), with_photo)


def _after(desk: Desk, source: Source, done: str) -> Answer:
    desk.session.build(frozenset({source.path}))
    return Answer(303, location=f"/_desk/stories/{encode(source.slug)}/?done={done}")


# -- an existing story ----------------------------------------------------------------------


def edit_page(desk: Desk, source: Source, request: Request) -> Answer:
    """Return the form of a story."""
    now = _open(desk, source)
    if isinstance(now, Answer):
        return now
    form = story_form.of_file(now, _settings(desk))
    return _edit_page(
        desk, source, form, public_view.of_file(desk, source, now.data), done=request.query.get("done", "")
    )


def _open(desk: Desk, source: Source) -> StoredStory | Answer:
    """Return a story as it is now; a page that says why it can't be edited here."""
    draft = story_list.read_brief(desk, source)
    today = desk.session.today()
    if gate.is_withdrawn(draft, today) if draft else overlay.says_withdrawn(desk.root, source.path):
        return pages.page("closed.html", desk, source=source, why=story_list.WITHDRAWN, problem=None)
    now = story_form.stored(desk.root, source)
    if isinstance(now, Problem):
        why = "This file can’t be read as a story. Please correct it in a text editor."
        return pages.page("closed.html", desk, source=source, why=why, problem=now)
    return now


def _edit_page(
    desk: Desk, source: Source, form: Shown, view: PublicView, refused: Refused | None = None, done: str = ""
) -> Answer:
    problems = [problem for problem in desk.overview.report.problems if problem.where.path == source.path]
    status = 200 if refused is None else 409 if refused.form.theirs else 422
    return pages.page(
        "story.html",
        desk,
        status,
        form=form,
        source=source,
        once="",
        view=view,
        refused=refused,
        problems=tuple(dict.fromkeys(problems)),
        can_rename=rename.is_needed(desk, source),
        done=done,
    )


def change(desk: Desk, source: Source, request: Request) -> Answer:
    """Save a story, and lead to its form; or show the form again."""
    now = _open(desk, source)
    if isinstance(now, Answer):
        return replace(now, status=409)
    done = save.change(desk, now, request, _settings(desk))
    if isinstance(done, Saved):
        return _after(desk, source, "saved")
    view = _view_of_form(desk, now, done.form, bool(request.photo))
    return _edit_page(desk, source, done.form, view, done)


def _view_of_form(desk: Desk, now: StoredStory, form: Shown, with_photo: bool) -> PublicView:
    data = save.edited(now, story_form.changes(form, now.values), form.body)
    return public_view.of_file(desk, now.source, data, with_photo)


def rename_file(desk: Desk, source: Source) -> Answer:
    """Give the file of a story a name that its consent covers, and lead to its form."""
    now = _open(desk, source) if rename.is_needed(desk, source) else None
    new = rename.rename(desk, now) if isinstance(now, StoredStory) else ""
    if not new:
        return Answer(303, location=f"/_desk/stories/{encode(source.slug)}/")
    desk.session.build(frozenset({source.path}))
    return Answer(303, location=f"/_desk/stories/{encode(new)}/?done=saved")


def moved(desk: Desk, request: Request) -> Answer:
    """Return what was sent for a story whose file is gone, as the form of a new one."""
    form = replace(story_form.of_request(request, {}, _settings(desk)), digest="")
    why = "The file of this story was removed or renamed meanwhile. Saving this makes a new one."
    answer = _new_page(desk, form, secrets.token_urlsafe(12), PublicView(), Refused(form, why))
    return replace(answer, status=409)


# -- what the public will see ---------------------------------------------------------------


def look(desk: Desk, request: Request) -> Answer:
    """Return what the public will see of a form that is not saved: a part of a page, and the page."""
    source = source_of(desk, request.text("slug"))
    with_photo = "new-photo" in request.form
    now = _open(desk, source) if source else None
    if isinstance(now, StoredStory):
        view = _view_of_form(
            desk, now, story_form.of_request(request, now.values, _settings(desk)), with_photo
        )
    else:
        form = story_form.of_request(request, {}, _settings(desk))
        view = _view_of_new(desk, save.new_values(desk, form), form.body, with_photo)
    part = pages.render("view.html", desk, view=view)
    return Answer(
        200, KINDS[".json"], json.dumps({"part": part, "page": view.page}, ensure_ascii=False).encode()
    )
