"""Rename: gives the file of a story a name that its consent covers."""

import contextlib
import os
from pathlib import Path

from sitegen.authoring import answers, scaffold
from sitegen.content import discovery
from sitegen.content.discovery import FOLDERS
from sitegen.core.model import Kind, Source
from sitegen.core.problem_codes import Code
from sitegen.devserver.desk.context import Desk
from sitegen.devserver.desk.story_form import StoredStory


def is_needed(desk: Desk, source: Source) -> bool:
    """Whether the address of a story says a name that its consent doesn't cover."""
    return any(
        problem.code is Code.SURNAME_IN_ADDRESS and problem.where.path == source.path
        for problem in desk.overview.report.problems
    )


def rename(desk: Desk, now: StoredStory) -> str:
    """Rename the file of a story, or its folder, and return the new slug; "" if nothing was renamed.

    No existing file is replaced.
    """
    files, _ = discovery.scan(desk.root)
    slug = scaffold.free_slug(files, Kind.STORY, answers.own_slug(Kind.STORY, now.values))
    old, folder = desk.root / now.source.path, desk.root / FOLDERS[Kind.STORY]
    is_alone = old.parent == folder
    before, after = (old, folder / f"{slug}.md") if is_alone else (old.parent, folder / slug)
    with contextlib.suppress(OSError):
        _move(before, after)
        return slug
    return ""


def _move(before: Path, after: Path) -> None:
    """Rename a file or a folder. Raises OSError if the new name exists."""
    if before.is_dir():
        before.rename(after)  # an empty folder at most would be replaced
        return
    try:
        os.link(before, after)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick's
        if after.exists():
            raise
        before.rename(after)
        return
    before.unlink()
