"""Settings loader: `content/site.yaml` to Settings."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.content import frontmatter, schema, settings_parts, validation
from sitegen.content.discovery import unreadable
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code
from sitegen.core.settings import Announcement, ImageSettings, Link, Settings
from sitegen.engine import file_state

PATH = "content/site.yaml"


def read(root: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings, or None, and all problems; links are as written.

    A mistake in a part that the site can do without (`settings_parts`) leaves out that part alone.
    """
    try:
        data = file_state.read(f"{root}/{PATH}")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        hint = "Create it with at least the lines `name:` and `url:`, or name the site's folder with --root."
        message = "the settings of the site are missing."
        return None, (Problem(Code.NO_SETTINGS, Where(PATH), message, hint),)
    except OSError as error:
        return None, (unreadable(PATH, error),)
    document, unread = settings_parts.read(data, PATH)
    if document is None:
        return None, unread
    form, faulty = _fill(document)
    if form and (reversed_dates := _out_of_order(document, form)):
        return replace(_settings(form), announcement=None), (*unread, *faulty, reversed_dates)
    return (_settings(form) if form else None), (*unread, *faulty)


def _fill(document: frontmatter.Document) -> tuple[schema.SettingsForm | None, tuple[Problem, ...]]:
    """Return the form, filled without faulty parts, and the problems; None if others are at fault."""
    values, problems = document.values, list[Problem]()
    while True:
        form = validation.fill(schema.SettingsForm, values)
        if not isinstance(form, tuple):
            return form, tuple(problems)
        for fault in form:
            where = document.where(PATH, fault.path, fault.on_key)
            part = settings_parts.part_of(fault.path)
            problems.append(Problem(fault.code, where, fault.message, fault.hint, part=part))
            values = settings_parts.without(values, fault.path) if part else values
        if not all(problem.part for problem in problems):
            return None, tuple(problems)


def _out_of_order(document: frontmatter.Document, form: schema.SettingsForm) -> Problem | None:
    announced = form.announcement
    if announced is None or announced.start <= announced.until:
        return None
    return Problem(
        Code.DATES_REVERSED,
        document.where(PATH, ("announcement", "until")),
        f"the announcement ends before it starts, on {announced.start}.",
        "Swap the two dates.",
        part="announcement",
    )


def _settings(form: schema.SettingsForm) -> Settings:
    url = urlsplit(form.url)
    return Settings(
        name=form.name,
        short_name=form.short_name or form.name,
        origin=f"{url.scheme}://{url.netloc}",
        base=url.path.rstrip("/"),
        description=form.description,
        languages=form.languages,
        navigation=tuple(Link(entry.label, entry.to) for entry in form.navigation),
        contact=form.contact.contact() if form.contact else None,
        social=tuple(Link(account.name, account.url) for account in form.social),
        announcement=None if form.announcement is None else _announcement(form.announcement),
        page_size=form.page_size,
        images=ImageSettings(form.images.webp_quality, form.images.jpeg_quality),
        cards=form.cards,
        fields=form.fields,
        topics=form.topics,
        keep=form.keep,
        timezone=form.timezone,
    )


def _announcement(form: schema.AnnouncementForm) -> Announcement:
    link = None if form.link is None else Link(form.link.label, form.link.to)
    return Announcement(form.text, link, form.start, form.until, form.day, form.place)
