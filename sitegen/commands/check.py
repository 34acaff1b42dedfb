"""Check: problems of a build, suggestions for better content, automatic fixes."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sitegen.authoring import scaffold
from sitegen.build import build
from sitegen.content import settings
from sitegen.content.discovery import ContentFiles, scan
from sitegen.core import atomic_write
from sitegen.core.diagnostics import Problem, Severity, Where
from sitegen.core.model import Source
from sitegen.core.problem_codes import Code
from sitegen.engine.workers import Progress
from sitegen.lint import autofix, cross_file_rules, document, external_links, rules
from sitegen.pipeline.request import BuildReport, BuildRequest


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The report of a build, the suggestions, which block nothing, and the files with automatic fixes."""

    report: BuildReport
    advice: tuple[Problem, ...]
    fixable: tuple[str, ...] = ()
    """Paths of the files in which something can be fixed automatically."""


def check_site(
    request: BuildRequest,
    with_external: bool,
    progress: Progress = lambda *_: None,
    unchanged: Iterable[Problem] = (),
) -> CheckReport:
    """Check a site and write nothing; with `with_external`, also request its links to other websites.

    `unchanged` are the problems of files that automatic fixes could not be written to.
    """
    report = build(request, progress=progress).with_problems(tuple(unchanged))
    files, _ = scan(request.root)
    found = sorted(suggestions(request.root, files, request.today))
    if with_external:
        found.extend(external_links.check(external_links.links(request.root, files)))
    paths = {problem.where.path for problem in (*report.problems, *found)}
    fixable = (source.path for source, *_ in _fixes(request.root, files, paths))
    return CheckReport(report, tuple(found), tuple(fixable))


def suggestions(root: Path, files: ContentFiles, today: date) -> Iterator[Problem]:
    """Yield suggestions about each file, and about files compared with each other."""
    chosen, _ = settings.read(root)
    language = chosen.languages[0] if chosen else "en"
    everything = list(document.read(root, files))
    for one in everything:
        if not one.is_withdrawn:
            yield from rules.advise(root, one, scaffold.look_at_photo, language, today)
    yield from cross_file_rules.compare(root, files, everything)


def fix(root: Path) -> Iterator[str | Problem]:
    """Apply all automatic fixes; yield the difference of each file, or why it can't be changed."""
    files, _ = scan(root)
    for source, *_ in _fixes(root, files, {source.path for source in files.sources}):
        try:
            before, after = atomic_write.change(root / source.path, partial(autofix.fixed, source=source))
        except OSError as error:
            yield _unchangeable(source.path, error)
        else:
            yield autofix.difference(before, after, source.path)


def _unchangeable(path: str, error: OSError) -> Problem:
    message = f"this file can't be changed: {error.strerror or error}."
    hint = "Change it by hand, or give yourself permission to write it, and run this again."
    return Problem(Code.DISK_ERROR, Where(path), message, hint, Severity.WARNING)


def _fixes(root: Path, files: ContentFiles, paths: Set[str]) -> Iterator[tuple[Source, bytes, bytes]]:
    """Yield the files among `paths` that automatic fixes change: source, bytes before, bytes after."""
    for source, before in document.contents(root, files):
        after = autofix.fixed(before, source) if source.path in paths else before
        if after != before:
            yield source, before, after
