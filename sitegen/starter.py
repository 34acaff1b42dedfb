"""The templates and assets that come with the program, and how a site's own lie over them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.packing import digest_of


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to be published as it is: its path below `assets/`, where it lies, its digest."""

    name: str
    file: Path
    digest: str


def folder() -> Path:
    """Return the folder that holds them: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "starter"
    return inside if inside.is_dir() else package.parent


def layers(root: Path, name: str) -> tuple[str, ...]:
    """Return the folders where a file is looked for, the site's own before the starter's."""
    return tuple(dict.fromkeys((str(root / name), str(folder() / name))))


def assets(root: Path) -> tuple[Asset, ...]:
    """Return all assets by name; of two of one name, the site's own. Hidden files and links stay out."""
    found: dict[str, Path] = {}
    for layer in layers(root, "assets"):
        for name in names(Path(layer)):
            found.setdefault(name, Path(layer) / name)
    return tuple(Asset(name, file, digest_of(file.read_bytes())) for name, file in sorted(found.items()))


def names(layer: Path) -> Iterator[str]:
    """Yield the paths of the files in a layer; hidden files and links stay out."""
    for where, folders, names in os.walk(layer):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(where) / name
            if not name.startswith(".") and not file.is_symlink():
                yield file.relative_to(layer).as_posix()
