"""New site: writes the first files of a site with its name, address and colors."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from sitegen.authoring import content_writer
from sitegen.content import schema, validation
from sitegen.content.strict_yaml import Value
from sitegen.core import litter
from sitegen.core.model import Kind
from sitegen.templating import theme

FIRST = Path(__file__).parent / "firstsite"
"""The first files, with placeholders for name and address."""

CREAM = "#fdf6e7"
"""The color of text on both colors."""


@dataclass(frozen=True, slots=True)
class Color:
    """A color that can be chosen: CSS custom property, default, and minimum contrast to text."""

    token: str
    starter: str
    least: float


MAIN = Color("--night", "#14213d", 7.5)
"""Header and footer. It also has gold text, which is darker than cream: hence more than 4.5 to 1."""
ACCENT = Color("--brick", "#b5402a", 4.5)
"""Mission and highlights. 4.5 to 1 is the minimum for text (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class NewSite:
    """Name, URL, and colors as #rrggbb of a new site."""

    name: str
    url: str
    main: str = MAIN.starter
    accent: str = ACCENT.starter


# -- validation ----------------------------------------------------------------------


REQUIRED: Mapping[str, str] = {"name": "Riverside STEM Collective", "url": "https://example.org"}


def find_errors(site: NewSite) -> dict[str, str]:
    """Return the errors of a new site, in words, by field name."""
    filled = validation.fill(schema.SettingsForm, {"name": site.name, "url": site.url})
    faults = filled if isinstance(filled, tuple) else ()
    errors = {str(fault.path[0]): f"{fault.message} {fault.hint}" for fault in faults}
    errors |= {
        part: f"please enter this, for example {example}."
        for part, example in REQUIRED.items()
        if not getattr(site, part)
    }
    for part, written, color in (("main", site.main, MAIN), ("accent", site.accent, ACCENT)):
        if reason := _unfit(written, color):
            errors[part] = reason
    return errors


def _unfit(written: str, color: Color) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", written):
        return f'"{written}" is not a color. Write it like {color.starter}.'
    if contrast(written, CREAM) < color.least:
        return (
            f"{written} is too light for text on it. Choose a darker one, such as {_darker(written, color)}."
        )
    return ""


def _darker(written: str, color: Color) -> str:
    """Return the color, darkened until its contrast is sufficient."""
    red, green, blue = _parts(written)
    for percent in range(100, 0, -2):
        found = "#" + "".join(f"{round(part * percent / 100):02x}" for part in (red, green, blue))
        if contrast(found, CREAM) >= color.least:
            return found
    return "#000000"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def why_unusable(folder: Path) -> str:
    """Return why a site can't be made in a folder, in words; "" if it can."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "it is a file or a shortcut"
    names = sorted(child.name for child in folder.iterdir()) if folder.exists() else []
    existing = [
        name for name in names if name != ".git" and not (litter.is_file(name) or litter.is_folder(name))
    ]
    return f"it is not empty: {', '.join(existing[:3])}" if existing else ""


# -- files ------------------------------------------------------------------------------


def create(folder: Path, site: NewSite, today: date) -> None:
    """Write a new site into a folder, by way of a staging folder, so that a failure leaves nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as staging:
        for path, data in files(site, today):
            file = Path(staging) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        folder.mkdir(exist_ok=True)
        for child in sorted(Path(staging).iterdir()):
            shutil.move(child, folder / child.name)


def files(site: NewSite, today: date) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a new site by its path."""
    yield ".gitignore", b"/public/\n/.sitegen/\n*.sitegen-tmp\n"
    words = {
        "name": content_writer.scalar(site.name),
        "plain_name": site.name,
        "url": content_writer.scalar(site.url),
        "description": content_writer.scalar(f"{site.name} and the stories of its young people."),
    }
    for file in sorted(FIRST.rglob("*")):
        if file.is_file():
            text = Template(file.read_text(encoding="utf-8")).substitute(words)
            yield file.relative_to(FIRST).as_posix(), text.encode()
    for path, (kind, values, body) in _examples(today).items():
        yield path, content_writer.text(schema.FORMS[kind], values, body, (EXAMPLE,)).encode()
    for name in ("templates", "assets"):
        layer = theme.folder() / name
        for path in sorted(theme.names(layer)):
            yield f"{name}/{path}", _in_colors(path, (layer / path).read_bytes(), site)


EXAMPLE = "This file is an example with every key that it can have. Change it or delete it."


def _examples(today: date) -> Mapping[str, tuple[Kind, dict[str, Value], str]]:
    """Return one example file of each kind, by path; the people in it are made up."""
    day = today.isoformat()
    return {
        "content/stories/example.md": (
            Kind.STORY,
            {
                "name": "First Last",
                "date": day,
                "quote": "A sentence from the story as its headline.",
                "draft": "true",
            },
            "The story, in the person's own words.",
        ),
        "content/networks/example.md": (
            Kind.NETWORK,
            {"title": "The network we belong to", "summary": "Say in one sentence what it does."},
            "Say here what the network does, and what the collective does in it.",
        ),
        "content/members-in-action/example.md": (
            Kind.ITEM,
            {"title": "Something that members did", "date": day, "people": "false"},
            "Say here what happened, when, and who was there.",
        ),
        "content/example-page.md": (
            Kind.PAGE,
            {"title": "An example of a page", "summary": "Say in one sentence what the page tells."},
            "Say here what the page tells.\n\n## A second heading\n\nHeadings begin with two number signs.",
        ),
    }


def _in_colors(path: str, data: bytes, site: NewSite) -> bytes:
    """Return a template or asset with the site's colors."""
    if (site.main, site.accent) == (MAIN.starter, ACCENT.starter):
        return data
    if path in ("pictures.html", "icon.svg"):
        return data.replace(MAIN.starter.encode(), site.main.encode())
    if path == "style.css":
        chosen = f"{MAIN.token}: {site.main}; {ACCENT.token}: {site.accent};"
        # rules outside of cascade layers take precedence over those in layers
        return data + f"\n/* The colors of this site. */\n:root {{ {chosen} }}\n".encode()
    return data
