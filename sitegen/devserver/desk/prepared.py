"""Prepared publication: what publishing would change for visitors, or has changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.commands import deploy
from sitegen.commands.deploy import Changes
from sitegen.core.text import count
from sitegen.pipeline.request import BuildReport

MOST_SHOWN = 50
"""Addresses that are listed of each kind of change."""

LISTS = ("stories/all", "stories/page", "stories/fields", "stories/schools", "stories/topics")
"""Folders below `stories/` that no story is in."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What publishing would change, or has changed, and where; `error` says why it can't be published.

    `report` is that of the build in public/.
    """

    report: BuildReport
    changes: Changes | None = None
    where: str = ""
    has_history: bool = False
    error: str = ""
    is_done: bool = False

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.changes) or self.has_history

    def kinds(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Yield each kind of change: its name, the first addresses, and the number of others in words."""
        found = self.changes or Changes((), (), ())
        for name, paths in (("Added", found.added), ("Changed", found.changed), ("Removed", found.removed)):
            pages = [path for path in paths if path.endswith((".html", ".xml", ".json"))]
            more, others = len(pages) - MOST_SHOWN, len(paths) - len(pages)
            words = [count(more, "more address", "more addresses")] * (more > 0)
            words += [count(others, "picture or other file", "pictures and other files")] * (others > 0)
            if paths:
                yield name, tuple(map(deploy.address, pages[:MOST_SHOWN])), " and ".join(words)

    @property
    def live(self) -> tuple[str, ...]:
        """Addresses of the stories that become public."""
        return _stories(self.changes.added) if self.changes else ()

    @property
    def ended(self) -> tuple[str, ...]:
        """Addresses of the stories that are public no more."""
        return _stories(self.changes.removed) if self.changes else ()


def _stories(paths: tuple[str, ...]) -> tuple[str, ...]:
    found = (path for path in paths if path.startswith("stories/") and path.count("/") == 2)
    return tuple(deploy.address(path) for path in found if not path.startswith(LISTS))
