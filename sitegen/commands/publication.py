"""Publication: builds the site, compares it with what is public, and publishes it.

`sitegen deploy` and the desk of the preview show the changes before they publish.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sitegen.build import build
from sitegen.commands import deploy, git_access
from sitegen.commands.deploy import Changes
from sitegen.content import settings
from sitegen.core import leftovers
from sitegen.core.settings import Settings
from sitegen.engine import cache_store
from sitegen.pipeline.request import BuildReport, BuildRequest


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a site is published: a folder, or else a branch of a git remote.

    With `force`, the branch is replaced even if sitegen did not make its files.
    """

    folder: Path | None = None
    remote: str = "origin"
    branch: str = "gh-pages"
    force: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """A built site that is ready to be published.

    `where` names the destination in words; `publish` does it. With `has_history`, older versions of the site
    are there, which will be deleted.
    """

    changes: Changes
    where: str
    publish: Callable[[], None]
    has_history: bool = False


def build_whole(request: BuildRequest, say: Callable[[str], None]) -> BuildReport:
    """Build, and remake published files that something has changed since they were made."""
    report = build(request, say)
    chosen, _ = settings.read(request.root)
    if chosen and not report.site_at_fault and not deploy.is_intact(request.out, chosen.keep):
        say("Files in public/ were changed after they were made. They are made again.")
        report = build(replace(request, clean=True), say)
    return report


@contextlib.contextmanager
def prepared(root: Path, out: Path, destination: Destination) -> Iterator[Publication]:
    """Yield what publishing a built site would change. Raises DeployError if it can't be published."""
    chosen, _ = settings.read(root)
    if chosen is None:
        raise deploy.DeployError("content/site.yaml was changed after the build. Run sitegen deploy again.")
    folder = destination.folder
    if folder:
        changes = deploy.to_folder(out, folder, root, chosen.keep)
        yield Publication(changes, str(folder), partial(deploy.copy, out, folder, chosen.keep))
        return
    address = deploy.remote_of(root, destination.remote)
    with leftovers.temporary_folder(root / cache_store.FOLDER) as repository:
        yield _to_branch(root, out, repository, address, destination, chosen)


def _to_branch(
    root: Path, out: Path, repository: Path, address: str, destination: Destination, chosen: Settings
) -> Publication:
    keep: Sequence[str] = chosen.keep
    own = deploy.domain(chosen)
    ready = deploy.commit(root, out, repository, address, destination.branch, own, destination.force, keep)
    where = f"the branch {destination.branch} of {git_access.without_credentials(address)}"
    return Publication(ready.changes, where, partial(deploy.push, ready), ready.has_history)
