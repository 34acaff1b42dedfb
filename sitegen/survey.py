"""The survey: everything that a site's folder holds, read and checked, before anything is decided."""

from dataclasses import dataclass
from pathlib import Path

from sitegen import content, feeds, images, markup, press, references, settings, starter, templates
from sitegen.crew import ALONE, Crew
from sitegen.desk import Help
from sitegen.model import Checked, ImageSettings, Photo, Settings
from sitegen.problems import Problem, Remark
from sitegen.scan import Shelf, scan
from sitegen.starter import Asset
from sitegen.templates import Templates

UNREAD = Settings(
    *("", "", "", "", "", ("en",), (), None, (), None, 1, ImageSettings(80, 82), (), ()),
)
"""What stands in for settings that can't be read, so that content can be looked at all the same."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found. `sound` is what was read, less the files with an error in them."""

    settings: Settings
    templates: Templates
    assets: tuple[Asset, ...]
    own: frozenset[str]
    """Addresses that stand although no content file makes them."""
    shelf: Shelf
    sound: Checked
    problems: tuple[Problem, ...]

    @property
    def at_fault(self) -> frozenset[str]:
        """The files with an error in them."""
        return frozenset(problem.where.path for problem in self.problems if problem.is_error)


def survey(root: Path, crew: Crew = ALONE) -> Survey:
    """Read and check every file of a site to its end, then what stands between the files."""
    chosen, problems = settings.read(root)
    found = templates.find(starter.layers(root, "templates"))
    assets = starter.assets(root)
    own = frozenset({*feeds.ADDRESSES, *press.TITLES, *(f"/assets/{asset.name}" for asset in assets)})
    shelf, misplaced = scan(root)
    helping = Help(markup.render, _look, images.ENDINGS, found.layouts)
    checked, faults = content.check(root, shelf, chosen or UNREAD, helping, crew)
    atlas = references.Atlas(shelf, checked, own)
    followed, remarks = references.follow_settings(chosen or UNREAD, atlas)
    stray = [(settings.PATH, remark) for remark in remarks]
    stray.extend(references.check(atlas, shelf, checked))
    placed = [content.place(root, path, remark) for path, remark in stray]
    everything = (*problems, *misplaced, *faults, *placed)
    at_fault = {problem.where.path for problem in everything if problem.is_error}
    return Survey(
        settings=followed,
        templates=found,
        assets=assets,
        own=own,
        shelf=shelf,
        sound=content.without(checked, at_fault),
        # without settings much seems wrong that isn't
        problems=problems if chosen is None else everything,
    )


def _look(file: Path, path: str) -> Photo | Remark:
    """Measure a picture file."""
    # only here, so that a site without pictures is checked without the tens of milliseconds of Pillow
    from sitegen import darkroom  # noqa: PLC0415

    return darkroom.look(file, path)
