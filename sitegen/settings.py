"""`content/site.yaml` to Settings."""

from pathlib import Path
from urllib.parse import urlsplit

from sitegen import frontmatter, schema
from sitegen.model import Announcement, ImageSettings, Link, Settings
from sitegen.problems import Problem, Where

PATH = "content/site.yaml"


def read(root: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings, or the problems that stand in their way; links are as written."""
    try:
        data = (root / PATH).read_bytes()
    except OSError:
        hint = "Make it with at least the lines `name:` and `url:`, or name the site's folder with --root."
        return None, (Problem(Where(PATH), "the settings of the site are not here.", hint),)
    document = frontmatter.read_yaml(data, PATH)
    if isinstance(document, Problem):
        return None, (document,)
    form = schema.fill(schema.SettingsForm, document.values)
    if isinstance(form, tuple):
        return None, tuple(
            Problem(document.where(PATH, fault.path, fault.on_key), fault.message, fault.hint)
            for fault in form
        )
    problems = tuple(_out_of_order(document, form))
    return (None if problems else _settings(form)), problems


def _out_of_order(document: frontmatter.Document, form: schema.SettingsForm) -> list[Problem]:
    announced = form.announcement
    if announced is None or announced.start <= announced.until:
        return []
    where = document.where(PATH, ("announcement", "until"))
    return [
        Problem(
            where,
            f"the announcement ends before it begins, on {announced.start}.",
            "Swap the two days.",
        )
    ]


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
    )


def _announcement(form: schema.AnnouncementForm) -> Announcement:
    link = None if form.link is None else Link(form.link.label, form.link.to)
    return Announcement(form.text, link, form.start, form.until, form.day, form.place)
