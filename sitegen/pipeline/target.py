"""Build target: the published tree, its cache, and the staging folder."""

import contextlib
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Protocol

from sitegen.engine import cache_store, dir_index, lock, output_tree, staging
from sitegen.engine.cache_store import Cached
from sitegen.engine.dir_index import NONE_KNOWN, DirIndex
from sitegen.engine.output_tree import NO_TREE, PublishedTree, Tree
from sitegen.engine.staging import Stage
from sitegen.pipeline import save_cache
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.request import BuildReport, BuildRequest, Say
from sitegen.pipeline.runner import Outputs
from sitegen.pipeline.save_cache import BuildCache
from sitegen.site.context import SiteContext


class BuildTarget(Protocol):
    """Where a build publishes: the output folder, or the dev server."""

    def hold(self, say: Say) -> AbstractContextManager[None]:
        """Lock out other builds while the block runs. Raises lock.LockHeldError."""

    def published(self) -> PublishedTree:
        """Return the published tree."""

    def cached(self, tree: str, kind: type[Cached]) -> Cached | None:
        """Return the cached value of a kind for the tree with this identity; None if there is none."""

    def stage(self, old: Tree) -> Stage:
        """Return the staging folder of the tree that will replace the old one."""

    def make_cache(
        self, loaded: LoadedSite, context: SiteContext, report: BuildReport, outputs: Outputs
    ) -> BuildCache:
        """Return the cache for the next build, once this tree is published."""

    def save_cache(
        self, tree: Tree, loaded: LoadedSite, context: SiteContext, report: BuildReport, cache: BuildCache
    ) -> None:
        """Store the cache of the tree that is published now."""


class FolderTarget:
    """The output folder of a request and the cache in `.sitegen/`; a check writes to neither."""

    def __init__(self, request: BuildRequest) -> None:
        self.request = request
        self.spare_parent = request.root / cache_store.FOLDER
        self._stood = PublishedTree()
        self._stage = Stage(request.out, NO_TREE)

    def hold(self, say: Say) -> AbstractContextManager[None]:
        return lock.hold(self.spare_parent, say) if self.request.publish else contextlib.nullcontext()

    def published(self) -> PublishedTree:
        read = output_tree.read_and_open if self.request.publish else output_tree.read_published
        self._stood = read(self.request.out, self._folders)
        return self._stood

    def cached(self, tree: str, kind: type[Cached]) -> Cached | None:
        return None if self.request.clean else cache_store.load(self.request.root, tree, kind)

    def stage(self, old: Tree) -> Stage:
        dry_run = not self.request.publish
        self._stage = Stage(self.request.out, old, self.spare_parent, dry_run, self._folders)
        return self._stage

    def make_cache(
        self, loaded: LoadedSite, context: SiteContext, report: BuildReport, outputs: Outputs
    ) -> BuildCache:
        paths = outputs.file_states.keys() | {output_tree.MARK}
        folders = dir_index.remember(paths, self._stood.listing, self._stage.listing())
        return save_cache.make_cache(loaded, context.site, report.problems, outputs, folders)

    def save_cache(
        self, tree: Tree, loaded: LoadedSite, context: SiteContext, report: BuildReport, cache: BuildCache
    ) -> None:
        save_cache.save(self.request, tree.identity, loaded, context, report, cache)
        staging.remove_other_spares(self.spare_parent, tree)

    @cached_property
    def _folders(self) -> DirIndex:
        """Cached folder states of the published tree and its spare."""
        return self.cached(output_tree.identity(self.request.out), DirIndex) or NONE_KNOWN
