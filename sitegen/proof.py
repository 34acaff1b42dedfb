"""The proof of a take-down: every byte of the site and of its memory, looked through for one story."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen import audit, images, vault
from sitegen.images import Print
from sitegen.vault import Secrets


@dataclass(frozen=True, slots=True)
class Trace:
    """Something of the story that is still there: the file, and what was found in it."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How many files were looked through, for how many things, and what was found."""

    files: int
    things: int
    traces: tuple[Trace, ...]


def search(
    folders: tuple[Path, ...], secrets: Secrets, prints: tuple[Print, ...], names: frozenset[str]
) -> Proof:
    """Look through every file below the folders: name, text, pixels.

    `secrets` are those of the story alone, `prints` what its pictures look like, `names` what they and its
    cards are called. Paths in the traces begin with the folder's own name.
    """
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    traces = [
        trace for file in files for trace in _traces(file, _shown(file, folders), secrets, prints, names)
    ]
    pictures = len(prints) + len(names)
    things = len(secrets.phrases.paths) + len(secrets.photos) + len(secrets.addresses) + pictures
    return Proof(len(files), things, tuple(traces))


def _shown(file: Path, folders: tuple[Path, ...]) -> str:
    folder = next(folder for folder in folders if file.is_relative_to(folder))
    return f"{folder.name}/{file.relative_to(folder).as_posix()}"


def _traces(
    file: Path, path: str, secrets: Secrets, prints: tuple[Print, ...], names: frozenset[str]
) -> Iterator[Trace]:
    data = file.read_bytes()
    for name in secrets.addresses:
        if f"{name}".encode() in data or name in f"/{path}/":
            yield Trace(path, f"the address {name}")
    for phrase in secrets.phrases.said(vault.words(f"{path} {data.decode('utf-8', 'replace')}")):
        yield Trace(path, f'the words "{" ".join(phrase)}"')
    for name in secrets.photos:
        if name.encode() in data.lower():
            yield Trace(path, f'the photo\'s name "{name}"')
    for name in sorted(names):
        if name in path or name.encode() in data:
            yield Trace(path, f"the picture or card {name}")
    if file.suffix in audit.PICTURES:
        # only here, so that the command line doesn't import Pillow for every command
        from sitegen import darkroom  # noqa: PLC0415

        seen = darkroom.look_of(data)
        if seen and any(images.alike(seen, each) for each in prints):
            yield Trace(path, "a picture that looks like the story's")
