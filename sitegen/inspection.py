"""The inspection: the audit's last look, at all that a build has made, and what a public text excuses."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sitegen import audit, content, images, templates
from sitegen.alarm import Alarm
from sitegen.audit import Secrets
from sitegen.model import Draft, ItemDraft, Kind
from sitegen.press import Edition
from sitegen.problems import Problem, Where
from sitegen.survey import Survey
from sitegen.workshop import Workshop


def secrets(root: Path, found: Survey, edition: Edition) -> Secrets:
    """Return what no published file may hold, now that it is settled what is public."""
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    return audit.secrets(
        root,
        withheld={
            source.path: source.address
            for source in found.shelf.sources
            if source.kind in (Kind.STORY, Kind.ITEM) and source.path not in edition.files
        },
        forms=audit.forms(root, found.recalled.looks)
        | {draft.source.path: draft.consent.form for draft in drafts if draft.consent},
        photos=[path for path in found.shelf.others if Path(path).suffix.lower() in images.ENDINGS],
        asset_names=[asset.name for asset in found.assets],
    )


def inspect(
    root: Path, workshop: Workshop, edition: Edition, secrets: Secrets, alarm: Alarm
) -> tuple[tuple[Problem, ...], bool]:
    """Look closely at what the alarm rang for; tell, too, whether anything is only excused."""
    found = [
        (path, phrase, leak)
        for path in workshop.audit(alarm)
        for phrase, leak in audit.leaks(path, workshop.stage.file(path).read_bytes(), secrets)
    ]
    phrases = {phrase for _, phrase, _ in found if phrase}
    # what somebody wrote for the public anyway is no leak, though a name may be an oversight
    allowed = audit.said_by(phrases, _public_texts(root, edition)) if phrases else {}
    remarks = [
        content.place(root, *each)
        for phrase, saying in allowed.items()
        for each in audit.oversights(phrase, saying, secrets)
    ]
    leaks = [
        replace(leak, where=Where(f"{workshop.stage.out.name}/{path}"))
        for path, phrase, leak in found
        if phrase not in allowed
    ]
    return (*remarks, *leaks), bool(allowed)


def _public_texts(root: Path, edition: Edition) -> Mapping[str, str]:
    """Return every text that somebody wrote for the public, by its path."""
    paths = [*edition.files, "content/site.yaml"]
    texts = {path: (root / path).read_text(encoding="utf-8-sig", errors="replace") for path in paths}
    found = templates.texts(edition.templates)
    return texts | {f"templates/{name}": text for name, text in found.items()}
