"""The green room: where the preview's site stands, seen by nobody but the preview, and what it remembers.

The tree is a table of files in a private folder rather than a folder of its own: to publish is to
exchange the table, and what was not in it can't be asked for.
"""

import contextlib
import re
import shutil
import tempfile
from collections.abc import Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from os import stat_result
from pathlib import Path

from sitegen import handover, memory, output
from sitegen.handover import Parcel
from sitegen.memory import Kept
from sitegen.order import Report, Tell
from sitegen.output import NO_TREE, Standing, Tree
from sitegen.press import Edition
from sitegen.publish import Stage
from sitegen.recall import Readings
from sitegen.survey import Survey
from sitegen.workshop import Outputs


@dataclass(frozen=True, slots=True)
class Hanging:
    """A tree that stands: where each of its files lies, by path, and how; `fresh` were made for it."""

    tree: Tree = NO_TREE
    files: Mapping[str, Path] = field(default_factory=dict)
    stats: Mapping[str, stat_result] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What the site that stands was made of."""

    found: Survey
    edition: Edition


class Greenroom:
    """A venue in a folder of its own, readable by this user only, that is deleted when it closes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-preview-"))  # made with mode 0700
        self.hanging = Hanging()
        self.left: Mapping[str, Path] = {}
        self.backdrop: Backdrop | None = None
        self._replaced: dict[str, Path] = {}
        self._known: dict[type, object] = {}
        self._stages = 0

    def close(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def hold(self, tell: Tell) -> AbstractContextManager[None]:  # noqa: ARG002 - nobody else is here
        return contextlib.nullcontext()

    def standing(self) -> Standing:
        return Standing(self.hanging.tree, marked=True, stats=self.hanging.stats)

    def known(self, tree: str, kind: type[Kept]) -> Kept | None:
        known = self._known.get(kind)
        if isinstance(known, kind):
            return known
        # what a real build has read needn't be read again; only texts that are public are remembered there
        public = output.identity(self.root / "public")
        return memory.load(self.root, public, kind) if kind is Readings and tree == NO_TREE.identity else None

    def stage(self, old: Tree) -> Stage:
        self._stages += 1
        # the folder is named by itself where a problem is in a file that was made
        return PrivateStage(self, self.folder / str(self._stages) / "preview", old)

    def pack_up(self, found: Survey, edition: Edition, report: Report, outputs: Outputs) -> Parcel:
        return Parcel(handover.read(found, edition.site, report.problems), outputs)

    def leave(self, tree: Tree, found: Survey, edition: Edition, report: Report, parcel: Parcel) -> None:  # noqa: ARG002
        self._known = {Outputs: parcel.outputs, Readings: parcel.readings}
        self.backdrop = Backdrop(found, edition)

    def place(self, folder: Path, path: str) -> Path:
        """Return where a file lies that was made below a folder; all pictures lie together."""
        return self.folder / path if path.startswith(PICTURES) else folder / path

    def hang(self, tree: Tree, folder: Path, fresh: frozenset[str]) -> None:
        """Let a tree stand; of its files the fresh ones lie in a folder, the others stay where they are."""
        old = self.hanging
        self._replaced |= {
            path: file for path, file in old.files.items() if path in fresh or path not in tree.digests
        }
        stats = {path: (folder / path).lstat() for path in fresh}
        self.hanging = Hanging(
            tree,
            {path: self.place(folder, path) if path in fresh else old.files[path] for path in tree.digests},
            {path: stats.get(path) or old.stats[path] for path in tree.digests},
            fresh,
        )

    def swap(self, path: str, data: bytes) -> None:
        """Let a file hang in the place of another one, until the next tree does."""
        self._stages += 1
        file = self.folder / str(self._stages) / path
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        self.hanging = replace(self.hanging, files={**self.hanging.files, path: file})

    def take_down(self, wanted: Set[str]) -> set[Path]:
        """Return files that nothing needs any more; the last of wanted pages is left, with its pictures."""
        over = {**self.left, **self._replaced}
        pages = {path: file for path, file in over.items() if path in wanted}
        shown = {
            found.decode()
            for file in pages.values()
            for found in PICTURE.findall(file.read_bytes())
            if found.decode() in over
        }
        self.left = {**pages, **{path: over[path] for path in shown}}
        self._replaced = {}
        return set(over.values()) - set(self.left.values()) - set(self.hanging.files.values())


PICTURES = "images/"

PICTURE = re.compile(rb"images/[\w-]+\.\w+")
"""The path of a derivative, as pages have it."""


class PrivateStage(Stage):
    """A stage whose tree comes to hang in a green room.

    Its folder has only what is fresh, and all pictures: what is drawn from pictures looks for them there, and
    since they are named by what they show, those of all trees can lie together.
    """

    def __init__(self, room: Greenroom, folder: Path, old: Tree) -> None:
        super().__init__(folder, old)
        self.room, self.folder = room, folder
        self._fresh: set[str] = set()

    def __enter__(self) -> "PrivateStage":
        self.folder.mkdir(parents=True)
        pictures = self.room.folder / PICTURES
        pictures.mkdir(exist_ok=True)
        (self.folder / PICTURES).symlink_to(pictures, target_is_directory=True)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._stands:
            shutil.rmtree(self.folder.parent, ignore_errors=True)

    def made(self, path: str, digest: str) -> None:
        super().made(path, digest)
        self._fresh.add(path)

    def keep(self, path: str, number: int = 0) -> None:  # noqa: ARG002 - nothing is linked here
        self._digests[path] = self.old.digests[path]

    def file(self, path: str) -> Path:
        return self.room.place(self.folder, path) if path in self._fresh else self.room.hanging.files[path]

    def publish(self) -> None:
        self.room.hang(self.tree, self.folder, frozenset(self._fresh))
        self._stands = True
