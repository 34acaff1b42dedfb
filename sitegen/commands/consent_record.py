"""Consent record: writes the consent of a person into their file."""

from collections.abc import Mapping
from pathlib import Path

from sitegen.authoring import content_editor
from sitegen.content.schema import FORMS
from sitegen.content.strict_yaml import KeyPath, Value
from sitegen.core import atomic_write
from sitegen.core.model import Source

OF_AN_EARLIER_ONE: Mapping[str, Value] = {"source": "", "until": "", "withdrawn": ""}
"""Keys that a new consent doesn't take over from one that ended or was withdrawn."""


def record(
    root: Path, source: Source, above: KeyPath, consent: Mapping[str, Value], with_draft: bool
) -> bool:
    """Write a consent into a file, below the key path of a person; without the line `draft: true` if asked.

    No other byte of the file changes. Return False if it has no place for the consent. Raises OSError.
    """
    new = {**OF_AN_EARLIER_ONE, **consent}
    changes: dict[KeyPath, Value] = {(*above, "consent", key): value for key, value in new.items()}
    if not with_draft:
        changes["draft",] = ""
    made: list[bytes | None] = []

    def changed(data: bytes) -> bytes:
        made.append(content_editor.edited(data, FORMS[source.kind], changes))
        return made[-1] or data

    atomic_write.change(root / source.path, changed)
    return made[-1] is not None
