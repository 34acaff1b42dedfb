"""Watches a site's folders, from a thread of its own, and tells of everything that happens in them.

Events are only hints: whoever is told looks at the files. So nothing is lost where events are: now and
then it is told to look without any, and so it is where a folder was exchanged for another.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, watch

from sitegen import starter
from sitegen.scan import LEFT_BEHIND

NAMES = ("content", "templates", "assets")

DEBOUNCE, STEP = 1000, 20
"""Milliseconds: changes are told once there were none for a step, and after so many of them at the latest."""

IDLE = 1000
"""Milliseconds without an event after which folders and the day are looked at."""

LOOK = 5
"""How many times nothing happens until somebody is told to look all the same: some disks tell nothing."""

Told = Callable[[frozenset[str]], None]
"""Takes the paths of files that changed, from the site's root; none where it is only time to look."""


def folders(root: Path) -> dict[Path, str]:
    """Return the folders that a site is made of, each by its own path where it is a link, and their names."""
    layers = {
        Path(layer): name
        for name in NAMES
        for layer in ([root / name] if name == "content" else starter.layers(root, name))
    }
    return {layer.resolve(): name for layer, name in layers.items() if layer.is_dir()}


class Watcher(threading.Thread):
    """Tells of changes until it is stopped."""

    def __init__(self, root: Path, tell: Told) -> None:
        super().__init__(name="sitegen-watch", daemon=True)
        self.root, self.tell = root, tell
        self.over = threading.Event()

    def stop(self) -> None:
        """End the thread."""
        self.over.set()
        if self.is_alive():
            self.join(timeout=2)

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self._watch(folders(self.root))
            except (OSError, RuntimeError):  # a folder went away, or the system watches no more of them
                self.tell(frozenset())
                self.over.wait(IDLE / 1000)

    def _watch(self, there: Mapping[Path, str]) -> None:
        """Watch folders until another one has come to their place."""
        lying = _lying(there)
        idle = LOOK - 1  # what happened before anybody watched is looked for soon
        for changes in watch(
            *there,
            watch_filter=lambda _, path: matters(path),
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=self.over,
            rust_timeout=IDLE,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            idle = 0 if changes else idle + 1
            moved = folders(self.root) != there or _lying(there) != lying
            names = _names(there, changes)
            if names or moved or idle == LOOK:
                idle = 0
                self.tell(names)
            if moved:
                return


def matters(path: str) -> bool:
    """Tell whether a file is one that a build would look at, going by its name."""
    return not LEFT_BEHIND.search(os.path.basename(path))  # noqa: PTH119 - asked of thousands


def _names(there: Mapping[Path, str], changes: set[tuple[Change, str]]) -> frozenset[str]:
    """Return the paths of changed files from the site's root, wherever their folders lie.

    A file that came and went is one of an editor's, which saves under another name first.
    """
    come = {path for change, path in changes if change is Change.added}
    gone = {path for path in come if not Path(path).exists()}
    return frozenset(
        f"{name}/{Path(path).relative_to(folder).as_posix()}".removesuffix("/.")
        for path in {path for _, path in changes} - gone
        for folder, name in there.items()
        if Path(path).is_relative_to(folder)
    )


def _lying(there: Iterable[Path]) -> list[tuple[int, int]]:
    """Return what tells a folder from another one of the same name."""
    found = []
    for folder in there:
        try:
            stat = folder.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_dev, stat.st_ino))
    return found
