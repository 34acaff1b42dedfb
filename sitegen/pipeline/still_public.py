"""Still-public check: published pages of what is not cleared any more."""

import re
from pathlib import Path

from sitegen.content.discovery import TAKEN_BY_LISTS
from sitegen.core.model import Item, Kind, Network, Page, Story
from sitegen.engine.output_tree import Tree
from sitegen.pipeline.load_site import LoadedSite

MISTAKE = "there is a mistake in it"
"""Why a submission with a problem is withheld."""


def still_shown(
    out: Path, tree: Tree, found: LoadedSite, stories: tuple[Story, ...], items: tuple[Item, ...]
) -> tuple[str, ...]:
    """Return the addresses at which a published tree shows a story or an item that is not cleared."""
    named = (re.fullmatch(r"stories/([^/]+)/index\.html", path) for path in tree.digests)
    shown = {f"/stories/{match[1]}/" for match in named if match and match[1] not in TAKEN_BY_LISTS}
    things: list[Page | Network | Story] = [*found.pages, *found.networks, *stories]
    cleared = {story.source.address for story in stories}
    cleared.update(alias for thing in things for alias in thing.aliases)
    for name in ("members-in-action/index.html", "members-in-action/all/index.html"):
        try:
            page = (out / name).read_text(encoding="utf-8", errors="replace")
        except OSError:  # it is not published; the dev server keeps its pages elsewhere
            continue
        anchors = (source for source in found.files.sources if source.kind is Kind.ITEM)
        shown.update(source.address for source in anchors if f'id="{source.slug}"' in page)
        cleared.update(item.source.address for item in items)
    return tuple(sorted(shown - cleared))
