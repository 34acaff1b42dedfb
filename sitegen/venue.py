"""Where a site is put on: what stands there, what is remembered of it, and the stage of the next tree."""

import contextlib
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Protocol

from sitegen import handover, listing, lock, memory, output, publish
from sitegen.handover import Parcel
from sitegen.listing import NONE_KNOWN, Folders
from sitegen.memory import Kept
from sitegen.order import Order, Report, Tell
from sitegen.output import NO_TREE, Standing, Tree
from sitegen.press import Edition
from sitegen.publish import Stage
from sitegen.survey import Survey
from sitegen.workshop import Outputs


class Venue(Protocol):
    """What a build needs of the place that it builds for."""

    def hold(self, tell: Tell) -> AbstractContextManager[None]:
        """Keep every other build out while the block runs. Raises lock.Held."""

    def standing(self) -> Standing:
        """Return what stands there."""

    def known(self, tree: str, kind: type[Kept]) -> Kept | None:
        """Return what of this kind is remembered of the tree with this identity, if anything is."""

    def stage(self, old: Tree) -> Stage:
        """Return the stage of the tree that will take the place of the old one."""

    def pack_up(self, found: Survey, edition: Edition, report: Report, outputs: Outputs) -> Parcel:
        """Put together what the next build needn't do again once this tree stands."""

    def leave(self, tree: Tree, found: Survey, edition: Edition, report: Report, parcel: Parcel) -> None:
        """Keep the parcel of the tree that stands now."""


class Folder:
    """The folder that an order names, and the site's memory on the disk; for a check nothing is written."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.attic = order.root / memory.FOLDER
        self._stood = Standing()
        self._stage = Stage(order.out, NO_TREE)

    def hold(self, tell: Tell) -> AbstractContextManager[None]:
        return lock.hold(self.attic, tell) if self.order.publish else contextlib.nullcontext()

    def standing(self) -> Standing:
        if self.order.publish:
            output.recover(self.order.out)
        self._stood = output.standing(self.order.out, self._folders)
        return self._stood

    def known(self, tree: str, kind: type[Kept]) -> Kept | None:
        return None if self.order.clean else memory.load(self.order.root, tree, kind)

    def stage(self, old: Tree) -> Stage:
        rehearsal = not self.order.publish
        self._stage = Stage(self.order.out, old, self.attic, rehearsal, self._folders)
        return self._stage

    def pack_up(self, found: Survey, edition: Edition, report: Report, outputs: Outputs) -> Parcel:
        paths = outputs.lying.keys() | {output.MARK}
        folders = listing.remember(paths, self._stood.listing, self._stage.listing())
        return handover.pack_up(found, edition.site, report.problems, outputs, folders)

    def leave(self, tree: Tree, found: Survey, edition: Edition, report: Report, parcel: Parcel) -> None:
        handover.leave(self.order, tree.identity, found, edition, report, parcel)
        publish.remove_other_spares(self.attic, tree)

    @cached_property
    def _folders(self) -> Folders:
        """What is known of the folders of the tree that stands, and of its spare."""
        return self.known(output.identity(self.order.out), Folders) or NONE_KNOWN
