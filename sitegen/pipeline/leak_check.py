"""Leak check: scans the staged files, and finds the text that caused a leak.

Words that are also in a public text are no leak. A submission that names a photo, a form or an address that
isn't public is withheld; a page that does so gets a warning, and is published, without the number of a form.
Any other leak comes from a template or from the program, and stops publishing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.audit import full_names, leak_scanner
from sitegen.audit.leak_scanner import Leak
from sitegen.audit.prefilter import Prefilter, make_prefilter, may_leak
from sitegen.audit.public_texts import PublicText, PublicTexts
from sitegen.audit.secrets import NO_SECRETS, Secrets, collect_secrets, name_words
from sitegen.content import loader
from sitegen.core.diagnostics import Problem, Where
from sitegen.core.model import Draft, ItemDraft, Kind
from sitegen.core.picture_names import is_picture
from sitegen.core.visible_text import Phrase
from sitegen.engine import file_state
from sitegen.pipeline import first_names, form_numbers, full_name_check, public_texts, withheld_texts
from sitegen.pipeline.form_numbers import NOTHING_LATE, LateFindings
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.runner import JobRunner
from sitegen.site.context import SiteContext


def secrets(root: Path, found: LoadedSite, context: SiteContext) -> Secrets:
    """Return what no published file may contain, once it is known what is public."""
    drafts: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    by_path = {draft.source.path: draft for draft in drafts}
    hidden = [
        withheld_texts.read(root, source, by_path.get(source.path))
        for source in found.files.sources
        if source.kind in (Kind.STORY, Kind.ITEM) and source.path not in context.files
    ]
    unparsed = withheld_texts.contents(root, found.cached.files)
    collected = collect_secrets(
        root,
        hidden,
        forms=withheld_texts.forms(unparsed) | {draft.source.path: _forms(draft) for draft in drafts},
        photos=[path for path in found.files.others if is_picture(path)],
        asset_names=[asset.name for asset in found.assets],
        first_names=first_names.of_site(drafts, unparsed, context.files),
        public_names=[name for story in context.site.stories for name in story.names],
    )
    # a draft can be named so that its address is that of something public
    addresses = {
        address: path
        for address, path in collected.addresses.items()
        if address[:-1] not in context.addresses
    }
    photos = set(found.checked_assets.photos)
    originals = {
        size: kept
        for size, files in collected.originals.items()
        if (kept := tuple(file for file in files if file.relative_to(root).as_posix() in photos))
    }
    return replace(collected, addresses=addresses, originals=originals)


def _forms(draft: Draft | ItemDraft) -> tuple[str, ...]:
    """Return the numbers of the signed forms of a draft's people."""
    return tuple(person.consent.form for person in draft.people if person.consent)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of the leak check: its problems, and whether the next build has to scan everything again.

    `late` are the findings for which another run is needed; they explain all leaks, so `problems` has only
    warnings then.
    """

    problems: tuple[Problem, ...] = ()
    has_warnings: bool = False
    late: LateFindings = NOTHING_LATE

    def audited(self, prefilter: Prefilter) -> str:
        """Return the digest of the secrets that the tree was scanned for; "" to repeat the warnings."""
        return "" if self.has_warnings else prefilter.digest

    def with_problems(self, problems: Sequence[Problem]) -> "Verdict":
        """Return the same with problems of texts, of which submissions are held back for the errors."""
        return Verdict(
            problems=(*self.problems, *(problem for problem in problems if not problem.is_error)),
            has_warnings=self.has_warnings or bool(problems),
            late=self.late + LateFindings(tuple(problem for problem in problems if problem.is_error)),
        )


def inspect(
    root: Path,
    runner: JobRunner,
    found: LoadedSite,
    context: SiteContext,
    secrets: Secrets,
    prefilter: Prefilter,
    left_out: Mapping[str, frozenset[Phrase]],
) -> Verdict:
    """Scan the files that the prefilter flags; `left_out` are the numbers of forms that a run left out."""
    suspects = {path: runner.stage.file(path).read_bytes() for path in sorted(runner.audit(prefilter))}
    # most of them say one or the other, and a closer look takes long
    with_names = _suspects_of(replace(NO_SECRETS, full_names=secrets.full_names), suspects)
    of_others = full_name_check.problems(root, with_names, context, found.assets, secrets.full_names)
    others = _suspects_of(replace(secrets, full_names=full_names.NONE), suspects)
    verdict = _inspect(root, runner, found, context, secrets, others, left_out) if others else Verdict()
    return verdict.with_problems(of_others)


def _suspects_of(some: Secrets, suspects: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the suspects that may hold one of some secrets."""
    prefilter = make_prefilter(some)
    return {path: data for path, data in suspects.items() if may_leak(prefilter, path, data)}


def _inspect(
    root: Path,
    runner: JobRunner,
    found: LoadedSite,
    context: SiteContext,
    secrets: Secrets,
    suspects: Mapping[str, bytes],
    left_out: Mapping[str, frozenset[Phrase]],
) -> Verdict:
    texts = list(public_texts.collect(context, found.assets))
    public = PublicTexts(texts)
    # sentences that public texts share come first, because hundreds of pages can contain them
    shared = public.saying(secrets.phrases)
    oversights = tuple(_oversights(root, context, secrets, shared))
    by_chance = PublicTexts(_own_words(texts, context)).saying(secrets.forms)
    secrets = replace(
        secrets, phrases=secrets.phrases.without(shared), forms=secrets.forms.without(by_chance)
    )
    leaks = list(_unexplained(suspects, public, secrets))
    named = list(_named(root, texts, secrets, left_out)) if leaks else []
    said = {each for each, _ in named}
    rest = [
        replace(leak.problem, where=Where(f"{runner.stage.out.name}/{leak.problem.where.path}"))
        for leak in leaks
        if leak.said not in said
    ]
    verdict = Verdict(tuple(rest)).with_problems((*oversights, *(problem for _, problem in named)))
    return replace(verdict, late=verdict.late + form_numbers.to_leave_out(named))


def _own_words(texts: Iterable[PublicText], context: SiteContext) -> Iterator[PublicText]:
    """Yield the program's own texts, without the addresses that people have chosen."""
    for text in texts:
        if not text.path:
            lines = (line for line in text.lines if line not in context.addresses)
            yield replace(text, lines=tuple(lines))


def _unexplained(suspects: Mapping[str, bytes], public: PublicTexts, secrets: Secrets) -> Iterator[Leak]:
    """Yield the leaks in the flagged files whose phrase is not a combination of public texts."""
    unexcused = make_prefilter(secrets)
    for path, data in suspects.items():
        found = leak_scanner.leaks(path, data, secrets) if may_leak(unexcused, path, data) else ()
        for leak in found:
            if not (leak.said in secrets.phrases.paths and public.is_combination(leak.said)):
                yield leak


def _oversights(
    root: Path, context: SiteContext, secrets: Secrets, shared: Mapping[Phrase, Sequence[str]]
) -> Iterator[Problem]:
    """Yield a warning of each public text that names a person whose story is withheld.

    A person with another story, which is public, is left out.
    """
    public = {name_words(name) for story in context.site.stories for name in story.names}
    for name in sorted((secrets.names & shared.keys()) - public):
        for path in filter(None, shared[name]):
            if remark := leak_scanner.oversight(name, _source_text(root, path)):
                yield loader.place(root, path, remark)


def _named(
    root: Path, texts: Iterable[PublicText], secrets: Secrets, left_out: Mapping[str, frozenset[Phrase]]
) -> Iterator[tuple[Phrase, Problem]]:
    """Yield each photo, address and form that a public text names, and its problem.

    It is an error in a submission and in a template, and a warning in a page.
    """
    for text in filter(lambda text: text.path, texts):
        path = text.path or public_texts.SETTINGS
        for said, remark in leak_scanner.named("\n".join(text.lines), secrets):
            problem = full_name_check.placed(root, path, remark)
            is_number = said in secrets.forms.paths and said not in left_out.get(path, ())
            yield said, form_numbers.as_left_out(problem) if is_number else problem


def _source_text(root: Path, path: str) -> str:
    try:
        return file_state.read(f"{root}/{path}").decode("utf-8", "replace")
    except OSError:
        return ""
