"""Theme layers: built-in templates and assets, overridden by the site's own."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.core import litter
from sitegen.core.text import printable
from sitegen.engine.serialization import digest_of


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published unchanged: its path below `assets/`, its location, its digest.

    The digest is empty if the file can't be read.
    """

    name: str
    file: Path
    digest: str


def folder() -> Path:
    """Return the folder of the built-in theme: inside the installed package, next to it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "starter"
    return inside if inside.is_dir() else package.parent


def layers(root: Path, name: str) -> tuple[str, ...]:
    """Return the folders of templates or assets, the site's own before the built-in one."""
    return tuple(dict.fromkeys((str(root / name), str(folder() / name))))


def assets(root: Path) -> tuple[Asset, ...]:
    """Return assets by name; of two of one name, the site's own. Hidden files and links are left out."""
    found: dict[str, Path] = {}
    for layer in layers(root, "assets"):
        for name in names(Path(layer)):
            found.setdefault(name, Path(layer) / name)
    return tuple(Asset(name, file, _digest(file)) for name, file in sorted(found.items()))


def _digest(file: Path) -> str:
    try:
        return digest_of(file.read_bytes())
    except OSError:
        return ""


def names(layer: Path) -> Iterator[str]:
    """Yield the paths of the files in a layer, without hidden ones, litter, links and names not in UTF-8."""
    for where, folders, names in os.walk(layer):
        folders[:] = [name for name in folders if not (name.startswith(".") or litter.is_folder(name))]
        for name in names:
            file = Path(where) / name
            if not (name.startswith(".") or litter.is_file(name)) and _is_plain_file(file):
                yield file.relative_to(layer).as_posix()


def _is_plain_file(file: Path) -> bool:
    is_printable = printable(str(file)) == str(file)
    return is_printable and os.path.isfile(file) and not os.path.islink(file)  # noqa: PTH113, PTH114 - raise nothing
