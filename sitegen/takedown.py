"""Taking a story down: its file says so, the site is built without it, and the proof that it is gone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitegen import composing, consent, filing, heads, layout, memory, output, proof, vault, withdrawal
from sitegen.addresses import encode
from sitegen.build import build
from sitegen.images import Print, addresses
from sitegen.model import Draft, ItemDraft, Kind, Photo, Source
from sitegen.order import Order, Report
from sitegen.problems import Problem, nearest
from sitegen.proof import Proof
from sitegen.survey import Survey


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a take-down did. `removed` are whole web addresses that are dead from now on.

    `problem` says why the file has to be changed by hand; `proof` is missing where nothing was
    published or the day is still to come.
    """

    path: str
    written: bool
    problem: Problem | None
    report: Report
    removed: tuple[str, ...] = ()
    proof: Proof | None = None


def find(found: Survey, slug: str) -> Source | str:
    """Return the story or item of that name, or the nearest name that there is (or nothing)."""
    submissions = [source for source in found.shelf.sources if source.kind in (Kind.STORY, Kind.ITEM)]
    # where a story and an item share a name, the story is meant
    stories_last = sorted(submissions, key=lambda source: source.kind is Kind.STORY)
    by_slug = {source.slug: source for source in stories_last}
    by_path = {source.path: source for source in submissions}
    return by_slug.get(slug) or by_path.get(slug) or nearest(slug, by_slug) or ""


def take_down(order: Order, found: Survey, source: Source, day: date, tell: Callable[[str], None]) -> Receipt:
    """Write the withdrawal into the file of a story or an item, build, and prove that nothing is left.

    `found` is the site as it was before. `day` is the first day on which nothing is public.
    """
    file = order.root / source.path
    data = file.read_bytes()
    changed = withdrawal.withdrawn(data, source.path, day)
    before = output.standing(order.out).tree
    prints, names = _prints(order, found, source), _names(order, found, source)
    if isinstance(changed, bytes) and changed != data:
        filing.replace(file, changed)
    report = build(order, tell)
    receipt = Receipt(
        path=source.path,
        written=isinstance(changed, bytes) and changed != data,
        problem=changed if isinstance(changed, Problem) else None,
        report=report,
    )
    if report.site_at_fault or source.path not in {withheld.path for withheld in report.withheld}:
        return receipt
    after = output.standing(order.out).tree
    gone = sorted(before.digests.keys() - after.digests.keys())
    root = found.settings.origin + found.settings.base
    return replace(
        receipt,
        removed=tuple(root + encode(f"/{path.removesuffix('index.html')}") for path in gone),
        proof=_prove(order, found, source, prints, names),
    )


def _draft(found: Survey, source: Source) -> Draft | ItemDraft | None:
    drafts: list[Draft | ItemDraft] = [*found.sound.stories, *found.sound.items]
    return next((draft for draft in drafts if draft.source == source), None)


def _photos(draft: Draft | ItemDraft) -> list[Photo]:
    own = draft.headshot if isinstance(draft, Draft) else draft.photo
    return [*draft.photos, *([own] if own else [])]


def _prints(order: Order, found: Survey, source: Source) -> tuple[Print, ...]:
    """Return what every picture of a story looks like, in each of the crops that are made of it."""
    draft = _draft(found, source)
    if draft is None:
        return ()
    # only here, so that the command line doesn't import Pillow for every command
    from sitegen import darkroom  # noqa: PLC0415

    focus = draft.focus if isinstance(draft, Draft) else None
    looks: list[Print] = []
    for photo in _photos(draft):
        recipes = composing.crops(photo, focus, found.settings.images)
        smallest = (darkroom.develop(order.root / photo.path, recipe).files[0] for recipe in recipes)
        looks.extend(filter(None, map(darkroom.look_of, smallest)))
    return tuple(looks)


def _names(order: Order, found: Survey, source: Source) -> frozenset[str]:
    """Return what the pictures and cards are called that were made of a story while it was public."""
    draft = _draft(found, source)
    if not isinstance(draft, Draft) or draft.consent is None:
        return frozenset()
    chosen = found.settings
    for day in (order.today, draft.consent.given, draft.consent.until):
        stories, _ = consent.clear((draft,), day)
        for story in stories:
            shown = composing.recipes(story, chosen.images)
            made = [each for _, recipe in shown for each in addresses(recipe)]
            card = heads.card_of_story(chosen, story)
            cards = [layout.address(card, shape) for shape in layout.SHAPES] if card else []
            return frozenset(Path(each).stem.partition("-")[0] for each in (*made, *cards))
    return frozenset()


def _prove(
    order: Order, found: Survey, source: Source, prints: tuple[Print, ...], names: frozenset[str]
) -> Proof:
    draft = _draft(found, source)
    secrets = vault.secrets(
        order.root,
        withheld={source.path: source.address},
        forms={},
        photos=[photo.path for photo in _photos(draft)] if draft else [],
        asset_names=[asset.name for asset in found.assets],
    )
    return proof.search((order.out, order.root / memory.FOLDER), secrets, prints, names)
