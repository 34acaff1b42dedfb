"""The survey: everything that a site's folder holds, read and checked, before anything is decided."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import (
    consent,
    content,
    feeds,
    glance,
    images,
    markup,
    press,
    references,
    settings,
    starter,
    templates,
)
from sitegen.content import Reading
from sitegen.crew import ALONE, Crew
from sitegen.desk import Help
from sitegen.model import (
    Checked,
    Draft,
    ImageSettings,
    ItemDraft,
    Kind,
    Network,
    Page,
    Photo,
    Settings,
    Source,
)
from sitegen.packing import digest
from sitegen.problems import Problem, Remark
from sitegen.recall import Readings, Recalled, recall
from sitegen.scan import Shelf, scan
from sitegen.starter import Asset
from sitegen.stats import Stat
from sitegen.templates import Templates

UNREAD = Settings(
    *("", "", "", "", "", ("en",), (), None, (), None, 1, ImageSettings(80, 82), (), ()),
)
"""What stands in for settings that can't be read, so that content can be looked at all the same."""


KINDS = (Kind.PAGE, Kind.NETWORK, Kind.ITEM, Kind.STORY)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found. `sound` is what was read, less the files with an error in them.

    `recalled` is what needed no reading. `inputs` says how every file lay in the moment `looked` (ns),
    before any was read; `context` is a digest of what readings depend on besides the file, `digests` has
    that of each file.
    """

    settings: Settings
    templates: Templates
    assets: tuple[Asset, ...]
    own: frozenset[str]
    """Addresses that stand although no content file makes them."""
    shelf: Shelf
    sound: Checked
    recalled: Recalled
    problems: tuple[Problem, ...]
    inputs: Mapping[str, Stat]
    looked: int
    context: str
    digests: Mapping[str, bytes]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, read or recalled."""
        return (*self.sound.pages, *self.recalled.pages)

    @property
    def networks(self) -> tuple[Network, ...]:
        """All networks, likewise."""
        return (*self.sound.networks, *self.recalled.networks)


def survey(root: Path, crew: Crew = ALONE, known: Readings | None = None, today: date = date.min) -> Survey:
    """Read and check every file of a site to its end, then what stands between the files.

    What is known from before, and holds today, is not read again.
    """
    looked = time.time_ns()
    shelf, misplaced = scan(root)
    inputs = glance.inputs(root, shelf.stats)
    chosen, problems = settings.read(root)
    used = chosen or UNREAD
    found = templates.find(starter.layers(root, "templates"))
    assets = starter.assets(root)
    own = frozenset({*feeds.ADDRESSES, *press.TITLES, *(f"/assets/{asset.name}" for asset in assets)})
    context = digest((used.fields, used.topics, used.languages, sorted(found.layouts)))
    recalled = recall(root, shelf, known, context, today)
    readings = _read(root, shelf, used, found, recalled, today, crew)
    checked = content.checked(reading.thing for reading in readings)
    faults = [problem for reading in readings for problem in reading.problems]
    # of two files that lay claim to an alias, the same one has it whichever was read
    things = sorted((*checked.things, *recalled.things), key=_in_order)
    followed, stray = _between(root, shelf, used, things, own)
    everything = (*problems, *misplaced, *faults, *stray)
    at_fault = {problem.where.path for problem in everything if problem.is_error}
    return Survey(
        settings=followed,
        templates=found,
        assets=assets,
        own=own,
        shelf=shelf,
        sound=content.without(checked, at_fault),
        recalled=recalled.without(at_fault),
        # without settings much seems wrong that isn't
        problems=problems if chosen is None else everything,
        inputs=inputs,
        looked=looked,
        context=context,
        digests={reading.path: reading.digest for reading in readings}
        | {path: look.digest for path, look in recalled.looks.items()},
    )


def _read(
    root: Path,
    shelf: Shelf,
    used: Settings,
    found: Templates,
    recalled: Recalled,
    today: date,
    crew: Crew,
) -> list[Reading]:
    """Read what can't be recalled; of what is withheld, and without a flaw, only the front matter."""
    helping = _helping(found)

    def read(tasks: list[content.Task]) -> list[Reading]:
        return content.read(root, tasks, shelf.others, used, helping, crew)

    unread = [source for source in shelf.sources if source.path not in recalled.looks]
    readings = read([(source, source.path in recalled.withheld) for source in unread])
    cleared = {
        reading.path
        for reading in readings
        if reading.path in recalled.withheld
        and isinstance(reading.thing, Draft | ItemDraft)
        and consent.is_cleared(reading.thing, today)
    }
    if not cleared:
        return readings
    whole = read([(source, False) for source in unread if source.path in cleared])
    by_path = {reading.path: reading for reading in (*readings, *whole)}
    return list(by_path.values())


def _between(
    root: Path, shelf: Shelf, used: Settings, things: list[references.AnyThing], own: frozenset[str]
) -> tuple[Settings, list[Problem]]:
    """Follow what leads from file to file: return the settings with links resolved, and what is wrong."""
    atlas = references.Atlas(shelf, things, own)
    followed, remarks = references.follow_settings(used, atlas)
    stray = [(settings.PATH, remark) for remark in remarks]
    stray.extend(references.check(atlas, shelf, things))
    return followed, [content.place(root, path, remark) for path, remark in stray]


def read_whole(root: Path, found: Survey, source: Source) -> Reading:
    """Read one file of a survey to its end, also where only its front matter was looked at."""
    return content.read(
        root, [(source, False)], found.shelf.others, found.settings, _helping(found.templates), ALONE
    )[0]


def _helping(found: Templates) -> Help:
    return Help(markup.render, markup.with_pictures, _look, images.ENDINGS, found.layouts)


def _in_order(thing: references.AnyThing) -> tuple[int, str]:
    return KINDS.index(thing.source.kind), thing.source.path


def _look(file: Path, path: str) -> Photo | Remark:
    """Measure a picture file."""
    # only here, so that a site without pictures is checked without the tens of milliseconds of Pillow
    from sitegen import loupe  # noqa: PLC0415

    return loupe.look(file, path)
