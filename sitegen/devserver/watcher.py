"""File watcher: a thread that reports changes in a site's folders to a callback.

Events are hints only, and the callback compares the files. It is called without a path from time to time,
and when a folder was replaced, so that a lost event delays a rebuild but never prevents it.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, watch

from sitegen.content.discovery import LEFT_BEHIND
from sitegen.templating import theme

NAMES = ("content", "templates", "assets")

DEBOUNCE, STEP = 1000, 20
"""Milliseconds: changes are reported after STEP without a further one, after DEBOUNCE at the latest."""

IDLE = 1000
"""Milliseconds without an event after which the folders are checked."""

IDLE_PERIODS = 5
"""Idle periods after which the callback is called without a change: network disks send no events."""

OnChange = Callable[[frozenset[str]], None]
"""Takes the paths of changed files, relative to the site's root; none asks for a comparison."""


def folders(root: Path) -> dict[Path, str]:
    """Return the folders to watch, with symbolic links resolved, and the name of each in the site."""
    layers = {
        Path(layer): name
        for name in NAMES
        for layer in ([root / name] if name == "content" else theme.layers(root, name))
    }
    return {layer.resolve(): name for layer, name in layers.items() if layer.is_dir()}


class Watcher(threading.Thread):
    """The thread that reports changes until `stop` is called."""

    def __init__(self, root: Path, on_change: OnChange) -> None:
        super().__init__(name="sitegen-watch", daemon=True)
        self.root, self.on_change = root, on_change
        self.stopping = threading.Event()

    def stop(self) -> None:
        """End the thread."""
        self.stopping.set()
        if self.is_alive():
            self.join(timeout=2)

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._watch(folders(self.root))
            except (OSError, RuntimeError):  # a folder was deleted, or the system's watch limit is reached
                self.on_change(frozenset())
                self.stopping.wait(IDLE / 1000)

    def _watch(self, watched: Mapping[Path, str]) -> None:
        """Watch folders until one of them is replaced by another."""
        identities = _identities(watched)
        idle = IDLE_PERIODS - 1  # changes made before the watch began are looked for soon
        for changes in watch(
            *watched,
            watch_filter=lambda _, path: matters(path),
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=self.stopping,
            rust_timeout=IDLE,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            idle = 0 if changes else idle + 1
            moved = folders(self.root) != watched or _identities(watched) != identities
            names = _names(watched, changes)
            if names or moved or idle == IDLE_PERIODS:
                idle = 0
                self.on_change(names)
            if moved:
                return


def matters(path: str) -> bool:
    """Tell whether a build reads files of this name."""
    return not LEFT_BEHIND.search(os.path.basename(path))  # noqa: PTH119 - called for thousands of files


def _names(watched: Mapping[Path, str], changes: set[tuple[Change, str]]) -> frozenset[str]:
    """Return the paths of changed files relative to the site's root, also below symbolic links.

    A file that was added and deleted again is left out: editors write to a temporary file first.
    """
    added = {path for change, path in changes if change is Change.added}
    temporary = {path for path in added if not Path(path).exists()}
    return frozenset(
        f"{name}/{Path(path).relative_to(folder).as_posix()}".removesuffix("/.")
        for path in {path for _, path in changes} - temporary
        for folder, name in watched.items()
        if Path(path).is_relative_to(folder)
    )


def _identities(watched: Iterable[Path]) -> list[tuple[int, int]]:
    """Return device and inode of each folder, which change when a folder is replaced."""
    found = []
    for folder in watched:
        try:
            stat = folder.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_dev, stat.st_ino))
    return found
