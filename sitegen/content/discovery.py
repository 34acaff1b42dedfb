"""File discovery: the files below `content/`, their kinds and addresses."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK

from sitegen.content import file_copies
from sitegen.core import litter
from sitegen.core.diagnostics import Problem, Severity, Where
from sitegen.core.model import Kind, Source
from sitegen.core.problem_codes import Code
from sitegen.core.text import fold, printable
from sitegen.core.urls import slugify, unusable_reason
from sitegen.engine.file_state import Stat, stat_of

SECTIONS: Mapping[str, Kind] = {
    "stories": Kind.STORY,
    "networks": Kind.NETWORK,
    "members-in-action": Kind.ITEM,
}
"""Folders of `content/` with a kind of their own; everything else is a page."""

FOLDERS: Mapping[Kind, str] = {kind: f"content/{name}" for name, kind in SECTIONS.items()} | {
    Kind.PAGE: "content"
}
"""The folder, from the site's root, that files of each kind are in."""

TAKEN = frozenset({"assets", "images", *SECTIONS})
"""First parts of addresses that pages can't have."""

TAKEN_BY_LISTS = frozenset({"all", "page", "fields", "schools", "topics"})
"""Slugs that stories can't have, because lists of stories use the addresses."""

LEFT_BEHIND = re.compile(r"^[.~]|^#.*#$|~$|\.(bak|swp|tmp|orig)$|^Thumbs\.db$|^desktop\.ini$", re.IGNORECASE)
"""Hidden files and those that editors and systems leave behind; they are ignored."""


MEANT = re.compile(r"\.(md|markdown|mdown|mkd|docx?|odt|rtf|pages|gdoc|pdf|txt|html?)$", re.IGNORECASE)
"""Files that people may expect to be read, although they are not Markdown."""

PLAIN_TEXT = re.compile(r"\.(md|markdown|mdown|mkd|txt)$", re.IGNORECASE)
"""The same, if another name is all that they need."""


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """Files of `content/`: Markdown files, the paths of all others, and the state of each by path.

    `left_out` has the paths and addresses of submissions that can't be read as such, and of their folders.
    """

    sources: tuple[Source, ...]
    others: frozenset[str]
    stats: Mapping[str, Stat] = field(default_factory=dict, compare=False)
    left_out: frozenset[str] = field(default=frozenset(), compare=False)

    def is_left_out(self, target: str) -> bool:
        """Whether a path, or an address without its last slash, is in `left_out` or below a part of it."""
        parts = target.split("/")
        return bool(self.left_out) and any(
            "/".join(parts[:length]) in self.left_out for length in range(2, len(parts) + 1)
        )


def scan(root: Path) -> tuple[ContentFiles, tuple[Problem, ...]]:
    """Return the files below `root/content`; paths are relative to `root`, with forward slashes."""
    sources: list[Source] = []
    texts: list[str] = []
    others: set[str] = set()
    problems: list[Problem] = []
    stats: dict[str, Stat] = {}
    for path, stat in _walk(root / "content", "content"):
        if isinstance(stat, Problem):
            problems.append(stat)
            continue
        stats[path] = stat_of(stat)
        if S_ISLNK(stat.st_mode):
            problems.append(
                Problem(
                    Code.SYMBOLIC_LINK,
                    Where(path),
                    "this is a shortcut (a symbolic link), not a file of its own.",
                    "Put a copy of the file here instead.",
                )
            )
        elif path.endswith(".md"):
            texts.append(path)
        else:
            others.add(path)
    for path in texts:
        found = _copy_problem(path, stats.keys()) or _source(path)
        if isinstance(found, Source):
            sources.append(found)
        else:
            problems.append(found)
    left_out = frozenset(_left_out(problems))
    problems.extend(_passed_over(others, stats))
    problems.extend(clash for clashes in clashes(sources) for clash in clashes.values())
    return ContentFiles(tuple(sources), frozenset(others), stats, left_out), tuple(problems)


def _left_out(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield path and address of each submission, or folder of submissions, with one of these problems."""
    for problem in problems:
        path = problem.where.path
        if is_submission(path) or path in FOLDERS.values():
            address = path.removeprefix("content").removesuffix(".md").removesuffix("/index")
            folder, _, name = address.rpartition("/")
            yield from (path, f"{folder}/{slugify(name)}")


def _passed_over(others: Set[str], stats: Mapping[str, Stat]) -> Iterator[Problem]:
    """Yield a warning for each file that looks like a text but is not read."""
    for path in filter(MEANT.search, sorted(others)):
        meant = re.sub(r"(\.[a-z]{2,8})+$", ".md", path, flags=re.IGNORECASE)
        if meant not in stats:
            name = meant.rpartition("/")[2]
            way = "Rename it to" if PLAIN_TEXT.search(path) else "Save it as plain text under the name"
            hint = f"{way} {name}, or remove it."
            message = "only files that end in .md are read."
            if path.lower().endswith(".pdf"):
                message = "no file beside this PDF links to it."
                hint = f"Link to it, save it as plain text under the name {name}, or remove it."
            yield Problem(Code.NOT_MARKDOWN, Where(path), message, hint, Severity.WARNING)


def is_submission(path: str) -> bool:
    """Whether a path is that of a story, network or item; an error there withholds only that file."""
    parts = path.split("/")
    return parts[0] == "content" and len(parts) > 2 and parts[1] in SECTIONS and parts[2:] != ["index.md"]


def look(root: Path, name: str = "content") -> dict[str, Stat]:
    """Return the state of every file of a folder by its path, without ignored files."""
    folder = root / "content" if name == "content" else root
    return {path: stat_of(stat) for path, stat in _walk(folder, name) if not isinstance(stat, Problem)}


def unusable(root: Path) -> Iterator[Problem]:
    """Yield the problem of each file in a site's own templates and assets that can't be used."""
    for name in ("templates", "assets"):
        for _, stat in _walk(root / name, name):
            if isinstance(stat, Problem):
                yield stat


def _walk(folder: Path, name: str) -> Iterator[tuple[str, os.stat_result | Problem]]:
    """Yield every path below a folder with the state of the file, or with what is wrong with it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield name, unreadable(name, error, "folder")
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if _is_ignored(entry.name):
            yield from _evicted(entry.name, name)
            continue
        try:
            if not _is_utf8(path):
                yield path, _oddly_named(path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), path)
            elif entry.is_symlink() or entry.is_file():
                yield path, entry.stat(follow_symlinks=False)
            else:
                yield path, _neither_file_nor_folder(path)
        except FileNotFoundError:  # it was deleted while the folder was being read
            continue
        except OSError as error:
            yield path, unreadable(path, error)


EVICTED = re.compile(r"\.(.+)\.icloud", re.IGNORECASE)
"""What macOS puts in the place of a file that it moved to iCloud."""


def _is_ignored(name: str) -> bool:
    return bool(LEFT_BEHIND.search(name)) or litter.is_file(name) or litter.is_folder(name)


def _evicted(placeholder: str, folder: str) -> Iterator[tuple[str, Problem]]:
    """Yield path and problem of the file that a placeholder replaces, if it is one."""
    found = EVICTED.fullmatch(placeholder)
    if found and not _is_ignored(found[1]):
        path = f"{folder}/{found[1]}"
        message = "this file is in iCloud, and not on this computer."
        hint = "Download it: click the cloud beside its name in Finder."
        yield path, Problem(Code.FILE_UNREADABLE, Where(path), message, hint)


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _oddly_named(path: str) -> Problem:
    message = "the name of this file is not in UTF-8, so no address can be made of it."
    where = Where(printable(path))
    return Problem(
        Code.UNUSABLE_FILE_NAME, where, message, "Rename it with plain letters.", severity_at(path)
    )


def _neither_file_nor_folder(path: str) -> Problem:
    message = "this is neither a file nor a folder."
    return Problem(Code.NOT_A_FILE, Where(path), message, "Move it out of here.", severity_at(path))


def severity_at(path: str) -> Severity:
    """Return an error for a submission, which is withheld, and a warning for any other file."""
    return Severity.ERROR if is_submission(path) else Severity.WARNING


def unreadable(path: str, error: OSError, what: str = "file") -> Problem:
    """Return the problem of a file or folder that the system refuses to read."""
    if isinstance(error, PermissionError):
        reason, hint = "its permissions don't allow it", f"Give yourself permission to read the {what}."
    elif isinstance(error, FileNotFoundError):
        reason, hint = "it was moved or deleted while the site was being read", "Run this again."
    else:
        hint = f"Open the {what} yourself; if that fails too, take it from a backup."
        reason = f"the disk reports an error ({os.strerror(error.errno) if error.errno else 'unknown'})"
    message = f"this {what} can't be read: {reason}."
    return Problem(Code.FILE_UNREADABLE, Where(path), message, hint)


def _copy_problem(path: str, paths: Set[str]) -> Problem | None:
    """Return the problem of a file whose name says that it is a copy, which is left out."""
    original = file_copies.original(path, paths)
    if original is None:
        return None
    name = original.removeprefix("content/")
    message = f"by its name, this file is a copy of {name}, so it is left out."
    hint = f"Take over into {name} what is right here and remove this file, or rename it if it is no copy."
    return Problem(Code.FILE_COPY, Where(path), message, hint, severity_at(path))


def key(path: str) -> str:
    """Return the key of a file in a cache that must not contain its name."""
    return hashlib.blake2b(path.encode(), digest_size=12).hexdigest()


def _source(path: str) -> Source | Problem:
    """Return the source at a path such as `content/stories/maya.md`: its folder decides its kind."""
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
        hint = f"Move it up to content{above}{inner[-1]}.md"
        return Problem(Code.FILE_TOO_DEEP, Where(path), "this file is too deep.", hint)
    return _named(path, kind, inner[0], above)


def _named(path: str, kind: Kind, name: str, above: str) -> Source | Problem:
    slug = slugify(name)
    if not slug:
        return Problem(
            Code.UNUSABLE_FILE_NAME,
            Where(path),
            "no web address can be made from this file's name.",
            "Name it with letters and digits.",
        )
    if reason := unusable_reason(slug):
        message = f"the name of this file {reason}."
        return Problem(Code.UNUSABLE_FILE_NAME, Where(path), message, "Give the file another name.")
    if kind is Kind.PAGE and slug in TAKEN:
        hint = f"Move it to content/{slug}/index.md" if slug in SECTIONS else "Give the file another name."
        return Problem(Code.RESERVED_NAME, Where(path), f'a page can\'t be called "{slug}".', hint)
    if kind is Kind.STORY and slug in TAKEN_BY_LISTS:
        message = f'a story can\'t be called "{slug}".'
        return Problem(Code.RESERVED_NAME, Where(path), message, "Give the file another name.")
    # an item has no page of its own, only an anchor on its section's page
    address = f"{above}#{slug}" if kind is Kind.ITEM else f"{above}{slug}/"
    return Source(path, kind, slug, address)


def clashes(sources: Iterable[Source]) -> Iterator[Mapping[str, Problem]]:
    """Yield, for each address that several files would have, the problem of each file by its path."""
    by_address: dict[str, list[Source]] = {}
    for source in sources:
        by_address.setdefault(same_address(source.address), []).append(source)
    for sharing in by_address.values():
        if len(sharing) > 1:
            yield {source.path: _clash(source, sharing) for source in sharing}


def _clash(source: Source, sharing: Sequence[Source]) -> Problem:
    others = " and ".join(other.path for other in sharing if other is not source)
    message = f"this file and {others} would both have the address {source.address}."
    return Problem(Code.ADDRESS_TAKEN, Where(source.path), message, "Rename or remove one of them.")


def same_address(address: str) -> str:
    """Return a text that is equal for addresses that differ in case only: some disks can't hold both."""
    return fold(address)
