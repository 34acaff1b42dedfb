"""Test site: `site.story(…).build().change(…).build()`."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from sitegen.build import build
from sitegen.pipeline.request import BuildReport, BuildRequest

TODAY = date(2026, 11, 21)

SETTINGS = """\
name: Test Collective
short_name: TC
url: https://example.org
description: A site for tests.
cards: false
"""
"""Cards are off, because they are slow; `site.with_cards()` turns them on."""

CONSENT = {
    "form": "R-0042",
    "given": "2026-01-10",
    "by": "self",
    "covers": "[website, photo, full-name, school, social, search]",
    "until": "2027-01-10",
}


class Site:
    """A site in a separate folder, written, built and read by chained calls."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "public"
        self.report = BuildReport()
        self.write("content/site.yaml", SETTINGS)

    @classmethod
    def at(cls, root: Path) -> Site:
        """Return an existing site."""
        site = cls.__new__(cls)
        site.root, site.out, site.report = root, root / "public", BuildReport()
        return site

    def write(self, path: str, content: str | bytes) -> Site:
        """Write a file, its folders included."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def with_cards(self) -> Site:
        """Turn cards on."""
        return self.change("content/site.yaml", "cards: false", "cards: true")

    def remove(self, path: str) -> Site:
        """Remove a file or a folder."""
        file = self.root / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()
        return self

    def change(self, path: str, old: str, new: str) -> Site:
        """Replace a text that must be in a file."""
        text = (self.root / path).read_text()
        assert old in text
        return self.write(path, text.replace(old, new))

    def page(self, slug: str, body: str = "Text.", **front: str) -> Site:
        """Write a page, or any other file whose front matter is plain keys: `page("networks/x")`."""
        lines = "".join(f"{key}: {value}\n" for key, value in {"title": slug.title(), **front}.items())
        return self.write(f"content/{slug}.md", f"---\n{lines}---\n{body}\n")

    def story(
        self, slug: str = "maya-lopez", body: str = "Her story.", consent: Any = None, **front: Any
    ) -> Site:
        """Write a valid story, with changes; a value of None leaves its key out.

        `consent` changes keys of the consent block; `consent=False` leaves it out.
        """
        keys = {
            "name": "Maya Lopez",
            "school": "Central High School",
            "field": "Robotics",
            "date": "2026-02-01",
            "quote": "I build what I wish existed.",
            **front,
        }
        lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
        if consent is not False:
            lines.append("consent:")
            given = {**CONSENT, **(consent or {})}
            lines.extend(f"  {key}: {value}" for key, value in given.items() if value is not None)
        return self.write(f"content/stories/{slug}.md", "---\n" + "\n".join(lines) + f"\n---\n{body}\n")

    def group(self, slug: str = "robots", body: str = "They built one.", **front: Any) -> Site:
        """Write a story of several people, `people=[person(…), …]`, that is otherwise in order."""
        keys = {"field": "Robotics", "date": "2026-02-01", "quote": "We build.", **front}
        people = "".join(keys.pop("people"))
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
        return self.write(f"content/stories/{slug}.md", f"---\n{lines}people:\n{people}---\n{body}\n")

    def photo(self, path: str, size: tuple[int, int] = (900, 900), colour: str = "teal", **save: Any) -> Site:
        """Write a picture of one colour."""
        return self.write(path, picture(size, colour, Path(path).suffix, **save))

    def build(self, today: date = TODAY, **order: Any) -> Site:
        """Build; `site.report` has the result."""
        self.report = build(BuildRequest(self.root, order.pop("out", self.out), today, **order))
        return self

    def read(self, path: str) -> str:
        """Return the text of a published file."""
        return (self.out / path).read_text(encoding="utf-8")

    @property
    def public(self) -> dict[str, bytes]:
        """Every published file by its path."""
        return tree(self.out)

    @property
    def messages(self) -> list[str]:
        """The messages of the last build."""
        return [str(problem) for problem in self.report.problems]

    @property
    def codes(self) -> list[str]:
        """The code of each problem of the last build."""
        return [problem.code.value for problem in self.report.problems]

    @property
    def withheld(self) -> dict[str, str]:
        """The reason of each file that the last build withheld."""
        return {withheld.path: withheld.reason for withheld in self.report.withheld}


def person(name: str, shown_as: str = "", consent: Any = None) -> str:
    """Return the entry of a person in `people`; `consent` as in `Site.story`."""
    lines = [f"  - name: {name}", *([f"    shown_as: {shown_as}"] if shown_as else [])]
    if consent is not False:
        lines.append("    consent:")
        given = {**CONSENT, **(consent or {})}
        lines.extend(f"      {key}: {value}" for key, value in given.items() if value is not None)
    return "\n".join(lines) + "\n"


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def picture(size: tuple[int, int], colour: str = "teal", suffix: str = ".jpg", **save: Any) -> bytes:
    """Return the bytes of a picture of one colour."""
    kind = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}[suffix.lower()]
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **save)
    return target.getvalue()
