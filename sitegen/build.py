"""Build pipeline: the stages from content files to the published site, in order.

    load ─▶ clear ─▶ photos ─▶ arrange ─▶ PDFs ─▶ plan ─▶ make ─▶ leak check ─▶ publish

A submission (a story or an item) with a problem is withheld alone; if the site itself has one, nothing is
published and the old site stays. Stages pass values; only the staging folder is written to, and only
`publish` makes it public.
"""

import contextlib
import gc
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace

from sitegen.audit.prefilter import Prefilter, make_prefilter
from sitegen.audit.secrets import Secrets
from sitegen.consent import gate
from sitegen.content import settings
from sitegen.core import keep_list
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.model import Item, Site, Story, Withheld
from sitegen.core.picture_names import is_picture
from sitegen.core.problem_codes import Code
from sitegen.core.text import printable, several
from sitegen.engine import lock, output_tree
from sitegen.engine.jobs import FileChangedError, Job, Output, prepared
from sitegen.engine.output_tree import PublishedTree, Tree
from sitegen.engine.serialization import digest_of
from sitegen.engine.workers import Progress, WorkerPool, submit_or_run
from sitegen.images import metadata_removal
from sitegen.images.derivatives import Recipe
from sitegen.pipeline import downloads, form_numbers, leak_check, photos, shared_photos, still_public
from sitegen.pipeline.form_numbers import NOTHING_LATE, LateFindings
from sitegen.pipeline.load_site import LoadedSite, load_site
from sitegen.pipeline.reading_cache import Readings
from sitegen.pipeline.request import BuildReport, BuildRequest, Say
from sitegen.pipeline.runner import JobRunner, Outputs
from sitegen.pipeline.target import BuildTarget, FolderTarget
from sitegen.site import card_jobs, feeds, pages, taxonomy, terms
from sitegen.site import stories as story_pages
from sitegen.site.context import Pictured, SiteContext, make_context
from sitegen.templating.environment import RenderError
from sitegen.templating.theme import Asset


def build(
    request: BuildRequest,
    say: Say = lambda _: None,
    explain: Say = lambda _: None,
    executor: Executor | None = None,
    progress: Progress = lambda *_: None,
    target: BuildTarget | None = None,
) -> BuildReport:
    """Build the site and publish it, unless it has a problem or the request is only for a check.

    The default `target` is the output folder of the request. `say` takes messages for people, `explain` the
    reason for each file that is made, and `progress` the progress of long stages. Jobs run on `executor` if
    one is given; its workers must see the same disk.
    """
    started = time.perf_counter()
    target = target or FolderTarget(request)
    report = _refused(request)
    if report is None:
        try:
            with (
                _no_garbage_collection(),
                target.hold(say),
                WorkerPool(request.workers, executor, progress) as pool,
            ):
                report = _build_on_target(request, target, say, explain, pool)
        except lock.LockHeldError as error:
            report = BuildReport(problems=(error.problem,))
    return replace(
        report,
        withheld=tuple(sorted(report.withheld, key=lambda withheld: withheld.path)),
        problems=tuple(sorted(set(report.problems))),
        seconds=time.perf_counter() - started,
    )


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Disable the cyclic garbage collector: a build makes few cycles and keeps most objects to its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _refused(request: BuildRequest) -> BuildReport | None:
    """Return the report of a build whose output folder can't be used; None if it can."""
    reason = output_tree.refusal_reason(request.out, request.root)
    if reason is None:
        return None
    message = f"the site can't be published here: {reason}."
    hint = "Name another folder with --out."
    return BuildReport(
        problems=(Problem(Code.UNUSABLE_OUTPUT_FOLDER, Where(str(request.out)), message, hint),)
    )


def _build_on_target(
    request: BuildRequest,
    target: BuildTarget,
    say: Say,
    explain: Say,
    pool: WorkerPool,
    late: LateFindings = NOTHING_LATE,
) -> BuildReport:
    """Run all stages; `late` is what a first run found in a late stage."""
    published = target.published()

    # load: read and check every file, except those whose cached result is still valid
    cached = target.cached(published.tree.identity, Readings)
    refused = {problem.where.path for problem in late.errors}
    loaded = load_site(request.root, pool, cached, request.today, refused).without(late.errors)
    loaded = form_numbers.without_numbers(loaded, late.numbers)
    report = BuildReport(problems=(*loaded.problems, *late.problems))

    # clear: drafts become stories and items, or are withheld
    stories, withheld = gate.clear(loaded.valid.stories, request.today)
    items, withheld_items = gate.clear_items(loaded.valid.items, request.today)
    stories, items = (*loaded.cached.stories, *stories), (*loaded.cached.items, *items)
    still_shown = still_public.still_shown(request.out, published.tree, loaded, stories, items)
    report = replace(report, withheld=withheld + withheld_items, still_public=still_shown)
    published = published.keeping(loaded.settings.keep)
    pictured: list[Pictured] = [*stories, *items, *loaded.pages, *loaded.networks]
    shared = shared_photos.find(request.root, loaded, pictured, request.today)
    refusals = tuple(photo.problem for photo in shared)
    if report.with_problems(_foreign(request, published)).site_at_fault:
        return report.with_problems((*_foreign(request, published), *refusals))

    loaded = loaded.without_photos({(photo.path, photo.digest) for photo in shared})
    run = BuildRun(request, target, published, loaded, pool, say, explain, late)
    done, more = report, LateFindings(tuple(problem for problem in refusals if problem.is_error))
    if not more.problems:
        done, more = _make_and_publish(run, report.with_problems(refusals), stories, items)
    if not more.problems or done.with_problems(more.problems).site_at_fault:
        return done.with_problems(more.problems)
    # again, without the submissions that were withheld: others can have their addresses now
    return _build_on_target(request, target, say, explain, pool, late + more)


def _foreign(request: BuildRequest, published: PublishedTree) -> tuple[Problem, ...]:
    """Return the problem of an output folder with files of others, if there are any that are in the way."""
    # a damaged mark doesn't tell whose files these are: they are moved aside
    if not published.foreign or request.force or published.is_damaged:
        return ()
    return (output_tree.foreign_problem(request.out, published.foreign),)


DISPUTES = (Code.ALIAS_TAKEN, Code.ADDRESS_TAKEN)
"""Problems of files that yielded an address to another one."""


@dataclass(frozen=True, slots=True)
class BuildRun:
    """Everything about a build that doesn't change after the site is loaded."""

    request: BuildRequest
    target: BuildTarget
    published: PublishedTree
    loaded: LoadedSite
    pool: WorkerPool
    say: Say
    explain: Say
    late: LateFindings


def _make_and_publish(
    run: BuildRun, report: BuildReport, stories: tuple[Story, ...], items: tuple[Item, ...]
) -> tuple[BuildReport, LateFindings]:
    """Make and publish the site of cleared content, unless a problem of the site itself comes up.

    Returns also what needs another run, such as texts that name something private. If there is any, nothing
    was published.
    """
    root, loaded = run.request.root, run.loaded
    cached = run.target.cached(run.published.tree.identity, Outputs)
    with run.target.stage(run.published.tree) as stage:
        runner = JobRunner(stage, run.published, cached, run.pool, run.explain)
        # photos: a submission with a photo that can't be decoded is withheld
        shown: list[Pictured] = [*stories, *items, *loaded.pages, *loaded.networks]
        placeholders, photo_problems = photos.make_pictures(root, runner, loaded.settings, shown)
        if photo_problems and any(problem.code in DISPUTES for problem in report.problems):
            return report, LateFindings(photo_problems)
        if (report := report.with_problems(photo_problems)).site_at_fault:
            return report, NOTHING_LATE
        loaded = loaded.without(photo_problems)
        stories, items = photos.without(stories, photo_problems), photos.without(items, photo_problems)

        # arrange: with the PDFs that pages link to, whose texts are checked first
        context, secrets = _arrange(run, loaded, stories, items, placeholders)
        prefilter = make_prefilter(secrets)
        context, unfit = downloads.make(root, runner, loaded, context, secrets, prefilter, run.request.today)
        # plan, make
        report = report.with_problems((*unfit, *_make(runner, context, _published(loaded), prefilter)))
        if report.site_at_fault:
            return report, NOTHING_LATE

        # leak check: scan the staging folder before it becomes public
        verdict = leak_check.inspect(root, runner, loaded, context, secrets, prefilter, run.late.numbers)
        report = report.with_problems((*verdict.problems, *_keeps_too_much(run, context, runner.stage.tree)))
        if verdict.late.problems or report.site_at_fault:
            return report, verdict.late

        # publish: in one atomic swap
        return _publish(run, runner, context, report, verdict.audited(prefilter)), NOTHING_LATE


def _arrange(
    run: BuildRun,
    loaded: LoadedSite,
    stories: tuple[Story, ...],
    items: tuple[Item, ...],
    placeholders: Mapping[Recipe, str],
) -> tuple[SiteContext, Secrets]:
    """Return the context of the site of cleared content, and what no published file may contain."""
    site = taxonomy.arrange(loaded.settings, loaded.pages, loaded.networks, items, stories)
    addresses = loaded.built_in | set(_addresses(site))
    context = make_context(
        site,
        loaded.templates,
        placeholders,
        loaded.assets,
        addresses,
        loaded.digests,
        run.request.today,
        gate.last_left(loaded.valid.stories, run.request.today),
    )
    return context, leak_check.secrets(run.request.root, loaded, context)


def _publish(
    run: BuildRun, runner: JobRunner, context: SiteContext, report: BuildReport, audited: str
) -> BuildReport:
    """Publish the new tree, if requested, and return the report; `audited` is cached with the tree."""
    tree, published = runner.stage.tree, run.published
    if run.request.publish:
        if published.foreign:
            moved, aside = output_tree.move_aside(run.request.out, published.foreign, tree)
            if moved:
                run.say(f"Moved aside to {aside}: {several(moved)}")
        outputs = runner.remember(audited)
        with ThreadPoolExecutor(1) as packer:  # the cache is packed while the disk is flushed
            packed = submit_or_run(packer, run.target.make_cache, run.loaded, context, report, outputs)
            if runner.is_new:
                runner.stage.finish(published.kept)
            cache = packed.result()  # it lists the staging folder, which is the old tree after publishing
        if runner.is_new:
            runner.stage.publish()
        run.target.save_cache(tree, run.loaded, context, report, cache)
    held_back = tuple(Withheld(path, still_public.MISTAKE) for path in report.held_back)
    return replace(
        report,
        published=len(context.site.stories),
        withheld=report.withheld + held_back,
        made=len(runner.fresh),
        reused=runner.reused,
        removed=len(published.tree.digests.keys() - tree.digests.keys()),
        still_public=(),
    )


def _keeps_too_much(run: BuildRun, context: SiteContext, tree: Tree) -> Iterator[Problem]:
    """Yield the problem of a keep list that matches files of the new tree, or keeps files in their way."""
    globs = context.site.settings.keep
    matched = [path for path in sorted(tree.digests) if globs and keep_list.is_kept(path, globs)]
    matched += output_tree.in_the_way(run.published.kept, tree)
    if matched:
        message = f"keep matches {printable(matched[0])}, which sitegen makes."
        hint = "Name only files that others made."
        yield Problem(Code.KEEPS_TOO_MUCH, Where(settings.PATH), message, hint)


# -- pages and assets -----------------------------------------------------------------------


def _addresses(site: Site) -> list[str]:
    """Return the address of every page of the site."""
    return [*pages.addresses(site), *story_pages.addresses(site), *terms.addresses(site)]


def _make(
    runner: JobRunner, context: SiteContext, assets: tuple[Asset, ...], prefilter: Prefilter
) -> tuple[Problem, ...]:
    """Make all outputs except pictures; return the problems of templates and of changed files."""
    copies = (
        Job((f"assets/{asset.name}",), {"file": asset.digest}, prepared(_copy, asset)) for asset in assets
    )
    try:
        planned = [
            *copies,
            *pages.plan(context),
            *story_pages.plan(context),
            *terms.plan(context),
            *card_jobs.plan(context, runner.stage.folder),
            *feeds.plan(context, _addresses(context.site)),
        ]
    except RenderError as fault:  # figures in texts are rendered during planning
        return (fault.problem,)
    problems = []
    for made in runner.make(planned, "Making pages", prefilter):
        match made.error:
            case RenderError(problem=problem):
                problems.append(problem)
            case FileChangedError():
                message = "this file changed while the site was being built."
                where = Where(made.job.paths[0])
                problems.append(Problem(Code.CHANGED_DURING_BUILD, where, message, "Build again."))
            case error:
                raise error
    return tuple(problems)


def _published(loaded: LoadedSite) -> tuple[Asset, ...]:
    """Return the assets without those that are left out."""
    return tuple(asset for asset in loaded.assets if asset.name not in loaded.checked_assets.left_out)


def _copy(asset: Asset) -> Output:
    data = asset.file.read_bytes()
    published = metadata_removal.without_metadata(data) if is_picture(asset.name) else data
    if digest_of(data) != asset.digest or published is None:
        raise FileChangedError(str(asset.file))
    return Output((published,))
