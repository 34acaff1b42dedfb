"""Takedown: records a withdrawal, rebuilds the site, and searches for traces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sitegen.audit.secrets import WithheldText, collect_secrets
from sitegen.build import build
from sitegen.commands import removal_proof, shared_words, tree_removal, withdrawal
from sitegen.commands.removal_proof import Proof
from sitegen.consent import gate
from sitegen.consent.names import understand
from sitegen.content import discovery, frontmatter
from sitegen.content.strict_yaml import KeyPath
from sitegen.content.written_people import WrittenPerson, people_in
from sitegen.core import atomic_write, leftovers
from sitegen.core.diagnostics import Problem, Where, nearest
from sitegen.core.model import Draft, ItemDraft, Kind, Photo, Source
from sitegen.core.problem_codes import Code
from sitegen.core.text import fold, skeleton, words
from sitegen.core.urls import encode
from sitegen.engine import cache_store, file_state, lock, modes, output_tree
from sitegen.engine.output_tree import Tree
from sitegen.images import card_layout
from sitegen.images.derivatives import PerceptualHash, addresses
from sitegen.pipeline import withheld_texts
from sitegen.pipeline.load_site import LoadedSite, load_site
from sitegen.pipeline.request import BuildReport, BuildRequest
from sitegen.site import fragments, metadata

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of a takedown. `removed` has the full URLs that no longer exist.

    `person` is the name of the person whose consent was withdrawn, where there are several in the file.
    `problem` says why the file has to be changed by hand, `failure` why nothing could be published at all.
    With `from_published`, no new site could be built, and the story was taken out of the published one.
    `proof` is None if nothing was published or the withdrawal takes effect later. `swept` has the paths of
    files that a killed command had left.
    """

    path: str
    written: bool
    problem: Problem | None
    report: BuildReport
    removed: tuple[str, ...] = ()
    proof: Proof | None = None
    from_published: bool = False
    failure: Problem | None = None
    person: str = ""
    swept: tuple[str, ...] = ()


def find(root: Path, slug: str) -> Source | str:
    """Return the story or item with a slug or path; otherwise the nearest slug, "" if none is near."""
    files, _ = discovery.scan(root)
    submissions = [source for source in files.sources if source.kind in (Kind.STORY, Kind.ITEM)]
    # a story takes precedence over an item of the same name
    stories_last = sorted(submissions, key=lambda source: source.kind is Kind.STORY)
    by_slug = {source.slug: source for source in stories_last}
    by_path = {source.path: source for source in submissions}
    return by_slug.get(slug) or by_path.get(slug) or nearest(slug, by_slug) or ""


def named(root: Path, typed: str) -> list[Source]:
    """Return the stories and items of a person, found by any words of a name; accents don't matter."""
    wanted = set(words(skeleton(typed)))
    files, _ = discovery.scan(root)
    found = []
    for source in files.sources if wanted else ():
        if source.kind in (Kind.STORY, Kind.ITEM):
            names = [name for each in people(root, source) for name in (each.name, each.shown_as)]
            if any(wanted <= set(words(skeleton(name))) for name in (*names, source.slug.replace("-", " "))):
                found.append(source)
    return found


def people(root: Path, source: Source) -> tuple[WrittenPerson, ...]:
    """Return the people of a story or an item as written; empty where the file can't be read."""
    try:
        values = frontmatter.values_of(file_state.read(f"{root}/{source.path}"))
    except OSError:
        return ()
    return people_in(values) if values is not None else ()


def find_person(people: Sequence[WrittenPerson], name: str) -> WrittenPerson | str:
    """Return the one person with a name, in full or as shown; otherwise the nearest name or ""."""
    wanted = fold(name)
    found = [each for each in people if wanted in (fold(each.name), fold(each.shown_as))]
    found = found or [each for each in people if wanted == fold(understand(each.name, each.shown_as).shown)]
    return found[0] if len(found) == 1 else nearest(name, [each.name for each in people]) or ""


def take_down(
    request: BuildRequest,
    source: Source,
    day: date,
    say: Callable[[str], None],
    person: WrittenPerson | None = None,
) -> Receipt:
    """Record the withdrawal in the file of a story or an item, build, and search for traces.

    `day` is the first day on which the story is not public, `person` the one of several people whose consent
    is withdrawn; the story is taken down for all of them. Even if the rest of the site is at fault: from that
    day on the story is not in the published folder, or the receipt has the failure to write there.
    """
    swept = leftovers.sweep(request.root / "content", request.root / cache_store.FOLDER)
    found = _loaded(request)
    before = _published(request.out)
    prints, names = _quietly(_prints, request, found, source), _quietly(_names, request, found, source)
    text = withheld_texts.read(request.root, source, None)
    if person:  # the names of the others may be public elsewhere
        text = replace(text, names=(person.name, person.shown_as))
    written, problem = _record(request.root, source, day, person.keys if person else ())
    name = person.name if person else ""
    left = tuple(path.relative_to(request.root).as_posix() for path in swept)
    receipt = Receipt(source.path, written, problem, _built(request, say), person=name, swept=left)
    if day > request.today and not receipt.report.site_at_fault:
        return receipt
    if day <= request.today and not _is_withheld(receipt.report, source):
        receipt = _removed_from_published(request, source, receipt, say)
        if receipt.failure:
            return receipt
    if day > request.today:
        return receipt
    after = _published(request.out)
    gone = sorted(before.digests.keys() - after.digests.keys())
    root = found.settings.origin + found.settings.base if found else ""
    return replace(
        receipt,
        removed=tuple(root + encode(f"/{path.removesuffix('index.html')}") for path in gone),
        proof=_prove(request, found, source, receipt.report, text, prints, names),
    )


def _published(out: Path) -> Tree:
    """Return the published tree; the folder may have been closed."""
    modes.repair(str(out), modes.FOLDER)
    return output_tree.read_published(out).tree


def _loaded(request: BuildRequest) -> LoadedSite | None:
    """Return the site as it was before; None if it can't be read for any reason."""
    try:
        return load_site(request.root, today=request.today)
    except Exception:  # the build that follows says what is wrong
        return None


def _record(root: Path, source: Source, day: date, above: KeyPath) -> tuple[bool, Problem | None]:
    """Write the withdrawal into the file; return whether it changed, and why it couldn't be."""
    problems: list[Problem] = []

    def withdrawn(data: bytes) -> bytes:
        changed = withdrawal.withdrawn(data, source.path, day, above)
        problems[:] = [changed] if isinstance(changed, Problem) else []
        return data if isinstance(changed, Problem) else changed

    try:
        before, after = atomic_write.change(root / source.path, withdrawn)
    except OSError as error:
        return False, withdrawal.unchangeable(source.path, error)
    return after != before, next(iter(problems), None)


def _built(request: BuildRequest, say: Callable[[str], None]) -> BuildReport:
    """Build, and return the report, also of an error: a takedown continues after any."""
    try:
        return build(request, say)
    except OSError as error:
        where = Where(str(error.filename or request.root))
        return BuildReport(problems=(Problem(Code.DISK_ERROR, where, f"{error.strerror or error}."),))
    except Exception as error:
        message = f"sitegen itself is at fault: {type(error).__name__}: {error}"
        return BuildReport(problems=(Problem(Code.INTERNAL_ERROR, Where(str(request.root)), message),))


def _is_withheld(report: BuildReport, source: Source) -> bool:
    """Return whether a site was published, and without the story."""
    return not report.site_at_fault and source.path in {withheld.path for withheld in report.withheld}


def _removed_from_published(
    request: BuildRequest, source: Source, receipt: Receipt, say: Callable[[str], None]
) -> Receipt:
    """Take the story out of the published tree, and return the receipt of that."""
    if reason := output_tree.refusal_reason(request.out, request.root):
        message = f"nothing can be written here: {reason}."
        problem = Problem(Code.UNUSABLE_OUTPUT_FOLDER, Where(str(request.out)), message)
        return replace(receipt, failure=problem)
    try:
        tree_removal.remove(request.root, request.out, source, say)
    except OSError as error:
        where, message = Where(str(error.filename or request.out)), f"{error.strerror or error}."
        hint = (
            "The story is still public. Free the disk, or give yourself permission to write, and try again."
        )
        return replace(receipt, failure=Problem(Code.DISK_ERROR, where, message, hint))
    except lock.LockHeldError as held:
        return replace(receipt, failure=held.problem)
    by_hand = receipt.problem or (
        None if receipt.report.site_at_fault else withdrawal.without_consent(source.path)
    )
    return replace(receipt, from_published=True, problem=by_hand)


def _quietly(
    find_out: Callable[[BuildRequest, LoadedSite, Source], Found],
    request: BuildRequest,
    found: LoadedSite | None,
    source: Source,
) -> Found | None:
    """Return what can be found out about a story; None where its photos or the site can't be read."""
    try:
        return find_out(request, found, source) if found else None
    except Exception:  # a photo can be damaged in any way
        return None


def _draft(found: LoadedSite, source: Source) -> Draft | ItemDraft | None:
    drafts: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    return next((draft for draft in drafts if draft.source == source), None)


def _photos(draft: Draft | ItemDraft) -> list[Photo]:
    own = draft.headshot if isinstance(draft, Draft) else draft.photo
    return [*draft.photos, *([own] if own else [])]


def _prints(request: BuildRequest, found: LoadedSite, source: Source) -> tuple[PerceptualHash, ...]:
    """Return the perceptual hash of every picture of a story, in each of its crops."""
    draft = _draft(found, source)
    if draft is None:
        return ()
    # imported here, so that other commands don't import Pillow
    from sitegen.images import processing  # noqa: PLC0415

    focus = draft.focus if isinstance(draft, Draft) else None
    looks: list[PerceptualHash] = []
    for photo in _photos(draft):
        recipes = fragments.crops(photo, focus, found.settings.images)
        smallest = (processing.process(request.root / photo.path, recipe).files[0] for recipe in recipes)
        looks.extend(filter(None, map(processing.perceptual_hash, smallest)))
    return tuple(looks)


def _names(request: BuildRequest, found: LoadedSite, source: Source) -> frozenset[str]:
    """Return the file names of the derivatives and cards that a story had while it was public."""
    draft = _draft(found, source)
    if not isinstance(draft, Draft):
        return frozenset()
    chosen, (first, last) = found.settings, gate.span(draft, request.today)
    for day in (request.today, date.fromordinal(first), date.fromordinal(last)):
        stories, _ = gate.clear((draft,), day)
        for story in stories:
            shown = fragments.recipes(story, chosen.images)
            made = [each for _, recipe in shown for each in addresses(recipe)]
            card = metadata.card_of_story(chosen, story)
            cards = [card_layout.address(card)] if card else []
            return frozenset(Path(each).stem.partition("-")[0] for each in (*made, *cards))
    return frozenset()


def _prove(
    request: BuildRequest,
    found: LoadedSite | None,
    source: Source,
    report: BuildReport,
    text: WithheldText,
    prints: tuple[PerceptualHash, ...] | None,
    names: frozenset[str] | None,
) -> Proof:
    draft = _draft(found, source) if found else None
    secrets = collect_secrets(
        request.root,
        [text],
        forms={},
        photos=[photo.path for photo in _photos(draft)] if draft else [],
        asset_names=[asset.name for asset in found.assets] if found else [],
    )
    folders = (request.out, request.root / cache_store.FOLDER)
    proof = removal_proof.search(folders, secrets, prints or (), names or frozenset())
    hidden = {source.path, *(withheld.path for withheld in report.withheld)}
    proof = shared_words.attributed(request, hidden, proof, secrets, text)
    return replace(proof, mentions=tuple(removal_proof.mentions(request.root, hidden, text)))
