"""Preview target: a private temporary folder and an in-memory cache.

The served tree is a table from path to file, not a folder. To publish is to replace the table, so a file
that is not in it can't be requested.
"""

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from os import stat_result
from pathlib import Path

from sitegen.engine import cache_store, output_tree
from sitegen.engine.cache_store import Cached
from sitegen.engine.output_tree import NO_TREE, PublishedTree, Tree
from sitegen.engine.staging import Stage
from sitegen.pipeline import save_cache
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.reading_cache import Readings
from sitegen.pipeline.request import BuildReport, Say
from sitegen.pipeline.runner import Outputs
from sitegen.pipeline.save_cache import BuildCache
from sitegen.site.context import SiteContext


@dataclass(frozen=True, slots=True)
class ServedTree:
    """The tree that is served: file and stat result by path; `fresh` are the paths made by the last build."""

    tree: Tree = NO_TREE
    files: Mapping[str, Path] = field(default_factory=dict)
    stats: Mapping[str, stat_result] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """Input of the served tree: the loaded site and the context that its pages were rendered in."""

    loaded: LoadedSite
    context: SiteContext


class PreviewTarget:
    """A build target in a temporary folder of mode 0700, which `close` deletes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-preview-"))  # mkdtemp creates it with mode 0700
        self.served = ServedTree()
        self.last_good: Mapping[str, Path] = {}
        self.built: BuiltSite | None = None
        self._replaced: dict[str, Path] = {}
        self._known: dict[type, object] = {}
        self._stages = 0

    def close(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def hold(self, tell: Say) -> AbstractContextManager[None]:  # noqa: ARG002 - no other process uses it
        return contextlib.nullcontext()

    def published(self) -> PublishedTree:
        return PublishedTree(self.served.tree, marked=True, stats=self.served.stats)

    def cached(self, tree: str, kind: type[Cached]) -> Cached | None:
        known = self._known.get(kind)
        if isinstance(known, kind):
            return known
        # the first preview build starts from the cache of `sitegen build`, which has public texts only
        public = output_tree.identity(self.root / "public")
        is_first = kind is Readings and tree == NO_TREE.identity
        return cache_store.load(self.root, public, kind) if is_first else None

    def stage(self, old: Tree) -> Stage:
        self._stages += 1
        # a folder per build, because messages about generated files name it
        return PrivateStage(self, self.folder / str(self._stages) / "preview", old)

    def make_cache(
        self, found: LoadedSite, context: SiteContext, report: BuildReport, outputs: Outputs
    ) -> BuildCache:
        return BuildCache(save_cache.readings_of(found, context.site, report.problems), outputs)

    def save_cache(
        self,
        tree: Tree,  # noqa: ARG002 - only a tree on disk is stored with its cache
        found: LoadedSite,
        context: SiteContext,
        report: BuildReport,  # noqa: ARG002
        cache: BuildCache,
    ) -> None:
        self._known = {Outputs: cache.outputs, Readings: cache.readings}
        self.built = BuiltSite(found, context)

    def file_at(self, folder: Path, path: str) -> Path:
        """Return the path of a generated file; pictures of all builds share one folder."""
        return self.folder / path if path.startswith(PICTURES) else folder / path

    def switch_to(self, tree: Tree, folder: Path, fresh: frozenset[str]) -> None:
        """Serve a tree: its `fresh` files from `folder`, the others from where they were served before."""
        old = self.served
        self._replaced |= {
            path: file for path, file in old.files.items() if path in fresh or path not in tree.digests
        }
        stats = {path: (folder / path).lstat() for path in fresh}
        self.served = ServedTree(
            tree,
            {path: self.file_at(folder, path) if path in fresh else old.files[path] for path in tree.digests},
            {path: stats.get(path) or old.stats[path] for path in tree.digests},
            fresh,
        )

    def replace_file(self, path: str, data: bytes) -> None:
        """Serve other bytes at a path until the next build."""
        self._stages += 1
        file = self.folder / str(self._stages) / path
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        self.served = replace(self.served, files={**self.served.files, path: file})

    def retain(self, wanted: Set[str]) -> set[Path]:
        """Keep the last version of the wanted pages, with their pictures; return the files to delete."""
        unused = {**self.last_good, **self._replaced}
        pages = {path: file for path, file in unused.items() if path in wanted}
        shown = {
            found.decode()
            for file in pages.values()
            for found in PICTURE.findall(file.read_bytes())
            if found.decode() in unused
        }
        self.last_good = {**pages, **{path: unused[path] for path in shown}}
        self._replaced = {}
        return set(unused.values()) - set(self.last_good.values()) - set(self.served.files.values())


PICTURES = "images/"

PICTURE = re.compile(rb"images/[\w-]+\.\w+")
"""The path of a derivative in a page."""


class PrivateStage(Stage):
    """A staging folder whose tree is served by a PreviewTarget.

    It holds the files of one build and a symbolic link to the shared picture folder, from which cards are
    drawn. Pictures are named by content digest, so builds can share them.
    """

    def __init__(self, target: PreviewTarget, folder: Path, old: Tree) -> None:
        super().__init__(folder, old)
        self.target, self.folder = target, folder
        self._fresh: set[str] = set()

    def __enter__(self) -> "PrivateStage":
        self.folder.mkdir(parents=True)
        pictures = self.target.folder / PICTURES
        pictures.mkdir(exist_ok=True)
        (self.folder / PICTURES).symlink_to(pictures, target_is_directory=True)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_published:
            shutil.rmtree(self.folder.parent, ignore_errors=True)

    def made(self, path: str, digest: str) -> None:
        super().made(path, digest)
        self._fresh.add(path)

    def keep(self, path: str, number: int = 0) -> None:  # noqa: ARG002 - no hard links are made
        self._digests[path] = self.old.digests[path]

    def file(self, path: str) -> Path:
        return (
            self.target.file_at(self.folder, path) if path in self._fresh else self.target.served.files[path]
        )

    def publish(self, kept: Iterable[str] = ()) -> None:  # noqa: ARG002 - it serves no files of others
        self.target.switch_to(self.tree, self.folder, frozenset(self._fresh))
        self._is_published = True
