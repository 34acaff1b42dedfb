"""Which files lie under `content/`, what kind each is, and the address where it will stand."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK

from sitegen.addresses import slugify, unfit
from sitegen.model import Kind, Source
from sitegen.problems import Problem, Severity, Where
from sitegen.stats import Stat, stat_of

SECTIONS: Mapping[str, Kind] = {
    "stories": Kind.STORY,
    "networks": Kind.NETWORK,
    "members-in-action": Kind.ITEM,
}
"""The folders of `content/` that hold a kind of their own; everything else is a page."""

TAKEN = frozenset({"assets", "images", *SECTIONS})
"""First parts of addresses that pages can't have."""

TAKEN_BY_LISTS = frozenset({"page", "fields", "schools", "topics"})
"""What stories can't be called, because lists of stories stand there."""

LEFT_BEHIND = re.compile(r"^[.~#]|[~#]$|\.(bak|swp|tmp|orig)$|^Thumbs\.db$|^desktop\.ini$", re.IGNORECASE)
"""Hidden files and what editors and systems leave behind; never looked at."""


MEANT = re.compile(r"\.(md|markdown|mdown|mkd|docx?|odt|rtf|pages|pdf|txt|html?)$", re.IGNORECASE)
"""Files that somebody may mean to be read, though they are no Markdown."""

PLAIN_TEXT = re.compile(r"\.(md|markdown|mdown|mkd|txt)$", re.IGNORECASE)
"""Those of them that need another name only."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What `content/` holds: the Markdown files, and the paths of all others; and how each file lay."""

    sources: tuple[Source, ...]
    others: frozenset[str]
    stats: Mapping[str, Stat] = field(default_factory=dict, compare=False)


def scan(root: Path) -> tuple[Shelf, tuple[Problem, ...]]:
    """Look through `root/content`; paths on the shelf are relative to `root`, with forward slashes."""
    sources: list[Source] = []
    others: set[str] = set()
    problems: list[Problem] = []
    stats: dict[str, Stat] = {}
    for path, stat in _walk(root / "content", "content"):
        stats[path] = stat_of(stat)
        if S_ISLNK(stat.st_mode):
            problems.append(
                Problem(
                    Where(path),
                    "this is a shortcut (a symbolic link), not a file of its own.",
                    "Put a copy of the file here instead.",
                )
            )
        elif not path.endswith(".md"):
            others.add(path)
        else:
            found = _source(path)
            if isinstance(found, Source):
                sources.append(found)
            else:
                problems.append(found)
    problems.extend(_passed_over(others, stats))
    problems.extend(_shared_addresses(sources))
    return Shelf(tuple(sources), frozenset(others), stats), tuple(problems)


def _passed_over(others: Set[str], stats: Mapping[str, Stat]) -> Iterator[Problem]:
    """Yield a warning of each file that may have been meant as a text, and is none of one that is read."""
    for path in filter(MEANT.search, sorted(others)):
        meant = re.sub(r"(\.[a-z]{2,8})+$", ".md", path, flags=re.IGNORECASE)
        if meant not in stats:
            way = "Rename it to" if PLAIN_TEXT.search(path) else "Save it as plain text under the name"
            hint = f"{way} {meant.rpartition('/')[2]}, or take it away."
            yield Problem(Where(path), "only files that end in .md are read.", hint, Severity.WARNING)


def is_submission(path: str) -> bool:
    """Tell whether a path belongs to a story or an item: a fault there never holds back the others."""
    parts = path.split("/")
    kind = SECTIONS.get(parts[1]) if parts[0] == "content" and len(parts) > 2 else None
    return kind in (Kind.STORY, Kind.ITEM) and parts[2:] != ["index.md"]


def look(root: Path, name: str = "content") -> dict[str, Stat]:
    """Return how every file of a folder lies, by its path, but for what editors leave behind."""
    folder = root / "content" if name == "content" else root
    return {path: stat_of(stat) for path, stat in _walk(folder, name)}


def _walk(folder: Path, name: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if LEFT_BEHIND.search(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), path)
        elif entry.is_symlink() or entry.is_file():
            yield path, entry.stat(follow_symlinks=False)


def key(path: str) -> str:
    """Return what a file is known by, in a memory that must not name it."""
    return hashlib.blake2b(path.encode(), digest_size=12).hexdigest()


def _source(path: str) -> Source | Problem:
    """Return the source at a path such as `content/stories/maya.md`, by where it lies."""
    parts = path.removesuffix(".md").split("/")[1:]
    folder, name = parts[0], parts[-1]
    if folder in SECTIONS and len(parts) > 1:
        inner = parts[1:-1] if name == "index" else parts[1:]
        if not inner:
            return Source(path, Kind.PAGE, folder, f"/{folder}/")
        kind, above = SECTIONS[folder], f"/{folder}/"
    else:
        inner = parts[:-1] if name == "index" else parts
        if not inner:
            return Source(path, Kind.PAGE, "", "/")
        kind, above = Kind.PAGE, "/"
    if len(inner) > 1:
        return Problem(Where(path), "this file lies too deep.", f"Move it up to content{above}{inner[-1]}.md")
    return _named(path, kind, inner[0], above)


def _named(path: str, kind: Kind, name: str, above: str) -> Source | Problem:
    slug = slugify(name)
    if not slug:
        return Problem(
            Where(path),
            "no address can be made of this file's name.",
            "Name it with letters and digits.",
        )
    if reason := unfit(slug):
        return Problem(Where(path), f"the name of this file {reason}.", "Give the file another name.")
    if kind is Kind.PAGE and slug in TAKEN:
        hint = f"Move it to content/{slug}/index.md" if slug in SECTIONS else "Give the file another name."
        return Problem(Where(path), f'a page can\'t be called "{slug}".', hint)
    if kind is Kind.STORY and slug in TAKEN_BY_LISTS:
        return Problem(Where(path), f'a story can\'t be called "{slug}".', "Give the file another name.")
    # an item has no page of its own: it stands on its section's page under an anchor
    address = f"{above}#{slug}" if kind is Kind.ITEM else f"{above}{slug}/"
    return Source(path, kind, slug, address)


def _shared_addresses(sources: list[Source]) -> Iterator[Problem]:
    standing: dict[str, list[Source]] = {}
    for source in sources:
        standing.setdefault(same_address(source.address), []).append(source)
    for sharing in standing.values():
        for source in sharing if len(sharing) > 1 else ():
            others = " and ".join(other.path for other in sharing if other is not source)
            yield Problem(
                Where(source.path),
                f"this file and {others} would both stand at {source.address}.",
                "Rename or remove one of them.",
            )


def same_address(address: str) -> str:
    """Return what two addresses share that a visitor, or a disk without case, would take for one."""
    return address.lower() if address.isascii() else unicodedata.normalize("NFC", address).casefold()
