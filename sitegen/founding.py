"""A new collective's site: its first files, in its own name and colors, in a folder of its own."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from sitegen import manuscript, schema, starter
from sitegen.frontmatter import Value
from sitegen.model import Kind

FIRST = Path(__file__).parent / "firstsite"
"""The first files, with places for name and address."""

IN_AN_EMPTY_FOLDER = frozenset({".git", ".DS_Store"})
"""What may lie in a folder that counts as empty: what a new repository, and a Mac, begin with."""

CREAM = "#fdf6e7"
"""What stands on both colors as text."""


@dataclass(frozen=True, slots=True)
class Color:
    """A color that can be chosen: the name in the style sheet, the starter's, its least contrast to text."""

    token: str
    starter: str
    least: float


MAIN = Color("--night", "#14213d", 7.5)
"""Of header and footer. Gold stands on it too, which is darker than cream: hence more than 4.5."""
ACCENT = Color("--brick", "#b5402a", 4.5)
"""Of the mission and what leads. 4.5 to 1 is the least for text (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a site is to be called, where it will stand, and its colors as #rrggbb."""

    name: str
    url: str
    main: str = MAIN.starter
    accent: str = ACCENT.starter


# -- what can be wrong ----------------------------------------------------------------------


NEEDED: Mapping[str, str] = {"name": "Riverside STEM Collective", "url": "https://example.org"}


def what_is_wrong(wish: Wish) -> dict[str, str]:
    """Return what is wrong, in words, by the part of the wish that it is about."""
    filled = schema.fill(schema.SettingsForm, {"name": wish.name, "url": wish.url})
    faults = filled if isinstance(filled, tuple) else ()
    wrong = {str(fault.path[0]): f"{fault.message} {fault.hint}" for fault in faults}
    wrong |= {
        part: f"this is needed, such as {example}."
        for part, example in NEEDED.items()
        if not getattr(wish, part)
    }
    for part, written, color in (("main", wish.main, MAIN), ("accent", wish.accent, ACCENT)):
        if said := _unfit(written, color):
            wrong[part] = said
    return wrong


def _unfit(written: str, color: Color) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", written):
        return f'"{written}" is not a color. Write it like {color.starter}.'
    if contrast(written, CREAM) < color.least:
        return (
            f"{written} is too light to read text on. Take a darker one, such as {_darker(written, color)}."
        )
    return ""


def _darker(written: str, color: Color) -> str:
    """Return the same color, as much darker as it has to be."""
    red, green, blue = _parts(written)
    for percent in range(100, 0, -2):
        found = "#" + "".join(f"{round(part * percent / 100):02x}" for part in (red, green, blue))
        if contrast(found, CREAM) >= color.least:
            return found
    return "#000000"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def what_is_in(folder: Path) -> str:
    """Return why a site can't be made in a folder, in words; the empty string where it can."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "it is a file or a shortcut"
    names = {child.name for child in folder.iterdir()} if folder.exists() else set()
    there = sorted(names - IN_AN_EMPTY_FOLDER)
    return f"there is something in it already: {', '.join(there[:3])}" if there else ""


# -- its files ------------------------------------------------------------------------------


def found(folder: Path, wish: Wish, today: date) -> None:
    """Put a new site into a folder: all of it, or, where that can't be done, nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as staging:
        for path, data in files(wish, today):
            file = Path(staging) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        folder.mkdir(exist_ok=True)
        for child in sorted(Path(staging).iterdir()):
            shutil.move(child, folder / child.name)


def files(wish: Wish, today: date) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a new site by its path."""
    yield ".gitignore", b"/public/\n/.sitegen/\n"
    words = {
        "name": manuscript.scalar(wish.name),
        "plain_name": wish.name,
        "url": manuscript.scalar(wish.url),
        "description": manuscript.scalar(f"{wish.name} and the stories of its young people."),
    }
    for file in sorted(FIRST.rglob("*")):
        if file.is_file():
            text = Template(file.read_text(encoding="utf-8")).substitute(words)
            yield file.relative_to(FIRST).as_posix(), text.encode()
    for path, (kind, values, body) in _examples(today).items():
        yield path, manuscript.text(schema.FORMS[kind], values, body, (EXAMPLE,)).encode()
    for name in ("templates", "assets"):
        layer = starter.folder() / name
        for path in sorted(starter.names(layer)):
            yield f"{name}/{path}", _in_colors(path, (layer / path).read_bytes(), wish)


EXAMPLE = "This file is an example with every key that it can have. Change it, or remove it."


def _examples(today: date) -> Mapping[str, tuple[Kind, dict[str, Value], str]]:
    """Return one file of each kind that has a form of its own; nobody in it is anybody."""
    day = today.isoformat()
    return {
        "content/stories/example.md": (
            Kind.STORY,
            {
                "name": "First Last",
                "date": day,
                "quote": "The sentence that leads the story.",
                "draft": "true",
            },
            "The story, in the words of the person whom it belongs to.",
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


def _in_colors(path: str, data: bytes, wish: Wish) -> bytes:
    """Return a template or asset in the colors of the site."""
    if (wish.main, wish.accent) == (MAIN.starter, ACCENT.starter):
        return data
    if path in ("pictures.html", "icon.svg"):
        return data.replace(MAIN.starter.encode(), wish.main.encode())
    if path == "style.css":
        chosen = f"{MAIN.token}: {wish.main}; {ACCENT.token}: {wish.accent};"
        # outside of all layers it goes before what stands in them
        return data + f"\n/* The colors of this site. */\n:root {{ {chosen} }}\n".encode()
    return data
