"""Downloads: clean copies of the PDFs that public texts link to.

Each file has a copy of its own, in the folder of its page, which goes with the page. A PDF that says what the
public may not read is left out: its link becomes plain words, and the file that links to it needs fixing.
"""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.audit.prefilter import Prefilter
from sitegen.audit.secrets import Secrets
from sitegen.content import documents, loader
from sitegen.content.discovery import unreadable
from sitegen.content.documents import LinkedPdf
from sitegen.core.diagnostics import Problem, Remark, Severity
from sitegen.core.limits import LONGEST_SLUG
from sitegen.core.model import Kind
from sitegen.core.problem_codes import Code
from sitegen.core.urls import encode, slugify, unusable_reason
from sitegen.engine import file_state, jobs
from sitegen.engine.jobs import FileChangedError, Job, Output, prepared
from sitegen.engine.serialization import digest_of
from sitegen.pipeline import download_check, public_texts
from sitegen.pipeline.download_check import Contents, DownloadCheck
from sitegen.pipeline.load_site import LoadedSite
from sitegen.pipeline.runner import JobRunner
from sitegen.site.context import Pictured, SiteContext

if TYPE_CHECKING:
    from sitegen.pdf.refusal import RefusedPdfError


@dataclass(frozen=True, slots=True, eq=False)
class Download:
    """A PDF that a public file links to, and the job of its copy."""

    thing: Pictured
    link: LinkedPdf
    job: Job
    digest: str


def make(
    root: Path,
    runner: JobRunner,
    found: LoadedSite,
    context: SiteContext,
    secrets: Secrets,
    prefilter: Prefilter,
    today: date,
) -> tuple[SiteContext, tuple[Problem, ...]]:
    """Make the copies of all linked PDFs; return the context with their addresses, and problems.

    All problems are warnings of the file that links to the PDF.
    """
    planned, remarks = _planned(root, found, context)
    if not planned and not remarks:
        return context, ()
    contents = _contents(root, runner, planned)
    check = download_check.prepare(root, found, context, secrets, [each.thing for each in planned], today)
    refused = {each: _refused(check, each, contents[each.link.path, each.digest]) for each in planned}
    allowed = [each for each in planned if refused[each] is None]
    copies = [_filled(root, each, contents) for each in allowed]
    failed = {made.job.paths for made in runner.make(copies, "Copying PDFs", prefilter)}
    changed = [each for each in allowed if each.job.paths in failed]
    shown = {
        (each.thing.source.path, each.link.written): _address(each)
        for each in allowed
        if each.job.paths not in failed
    }
    remarks.extend((each.thing.source.path, remark) for each, remark in refused.items() if remark)
    remarks.extend((each.thing.source.path, _changed(each.link)) for each in changed)
    problems = (
        loader.place(root, path, replace(remark, severity=Severity.WARNING)) for path, remark in remarks
    )
    return replace(context, downloads=shown), tuple(dict.fromkeys(problems))


def _refused(check: DownloadCheck, each: Download, read: "Read") -> Remark | None:
    """Return the remark on a PDF that is left out, else None."""
    remark = check.remark(each.thing, each.link, read) if isinstance(read, Contents) else read
    return replace(remark, needle=each.link.written) if remark else None


def _changed(link: LinkedPdf) -> Remark:
    message = f'the PDF "{_name(link)}" changed while the site was being built.'
    return Remark(Code.CHANGED_DURING_BUILD, message, "Build again.", link.written)


# -- what is linked -------------------------------------------------------------------------


def linked(things: Iterable[Pictured], others: frozenset[str]) -> Iterator[tuple[Pictured, LinkedPdf]]:
    """Yield every PDF that things link to."""
    for thing in things:
        for link in documents.linked(thing.body.links, thing.source.path, others):
            yield thing, link


def _planned(
    root: Path, found: LoadedSite, context: SiteContext
) -> tuple[list[Download], list[tuple[str, Remark]]]:
    """Return the downloads of the site, and remarks on the files whose PDF can't be read."""
    planned, remarks = [], []
    taken: dict[str, tuple[str, str]] = {}
    digests: dict[str, str | OSError] = {}
    for thing, link in linked(public_texts.things(context), found.files.others):
        if link.path not in digests:
            try:
                digests[link.path] = digest_of(file_state.read(f"{root}/{link.path}"))
            except OSError as error:
                digests[link.path] = error
        digest = digests[link.path]
        if isinstance(digest, OSError):
            fault = unreadable(link.path, digest)
            message = f'the PDF "{_name(link)}": {fault.message}'
            remarks.append((thing.source.path, Remark(fault.code, message, fault.hint, link.written)))
            continue
        path = _output_path(thing, link, taken)
        job = Job((path,), {"file": digest}, prepared(_fail, path), COST)
        planned.append(Download(thing, link, job, digest))
    return planned, remarks


COST = 200.0
"""Milliseconds to copy a PDF of some pages."""


def _fail(path: str) -> Output:
    raise FileChangedError(path)


def _name(link: LinkedPdf) -> str:
    return posixpath.basename(link.path)


def _output_path(thing: Pictured, link: LinkedPdf, taken: dict[str, tuple[str, str]]) -> str:
    """Return the path of a copy: in the folder of the page, under a name of letters and digits."""
    source = thing.source
    folder = f"/members-in-action/{source.slug}/" if source.kind is Kind.ITEM else source.address
    name = slugify(posixpath.splitext(_name(link))[0])[:LONGEST_SLUG].strip("-")
    if not name or unusable_reason(name):
        name = "document"
    number, path = 1, f"{folder}{name}.pdf"
    while taken.setdefault(path, (source.path, link.path)) != (source.path, link.path):
        number += 1
        path = f"{folder}{name}-{number}.pdf"
    return path.lstrip("/")


def _address(download: Download) -> str:
    """Return the percent-encoded address of a copy, without the base path of the site."""
    anchor = download.link.anchor
    return encode(f"/{download.job.paths[0]}") + (f"#{quote(anchor, safe='~:=&,')}" if anchor else "")


# -- what they say --------------------------------------------------------------------------

Read = Contents | Remark
"""What a PDF says, or why no copy of it can be made."""


def _contents(root: Path, runner: JobRunner, planned: Sequence[Download]) -> dict[tuple[str, str], Read]:
    """Return what each PDF says: remembered with its copy, or read now."""
    found: dict[tuple[str, str], Read] = {}
    for each in planned:
        note = runner.notes.get(each.job.paths[0], "")
        if note and jobs.stale_reason(each.job, runner.known) is None:
            found[each.link.path, each.digest] = _from_note(note)
    unread = dict.fromkeys((each.link.path, each.digest) for each in planned)
    wanted = [key for key in unread if key not in found]
    tasks = ((COST, (str(root), path, digest)) for path, digest in wanted)
    read = runner.pool.map_tasks(_read_all, tasks, "Reading PDFs", len(wanted))
    return found | dict(zip(wanted, read, strict=True))


def _read_all(tasks: Sequence[tuple[str, str, str]]) -> list[Read]:
    """Return what some PDFs say; runs in a worker process."""
    return [_read(root, path, digest) for root, path, digest in tasks]


def _read(root: str, path: str, digest: str) -> Read:
    # imported here, so that a site without PDFs is built without the tens of milliseconds of pypdf
    from sitegen.pdf import document  # noqa: PLC0415
    from sitegen.pdf.refusal import RefusedPdfError  # noqa: PLC0415

    try:
        read = document.clean(_unchanged(f"{root}/{path}", digest))
    except RefusedPdfError as error:
        return _refusal(path, error)
    except (OSError, FileChangedError):
        return _changed(LinkedPdf("", path, ""))
    return Contents(read.texts, read.has_pictures)


def _refusal(path: str, error: "RefusedPdfError") -> Remark:
    message = f'the PDF "{posixpath.basename(path)}" {error.reason}, so it is left out.'
    code = Code.PDF_TOO_LARGE if error.too_large else Code.PDF_UNUSABLE
    return Remark(code, message, error.hint, "")


def _unchanged(file: str, digest: str) -> bytes:
    data = file_state.read(file)
    if digest_of(data) != digest:
        raise FileChangedError(file)
    return data


def _filled(root: Path, each: Download, contents: Mapping[tuple[str, str], Read]) -> Job:
    """Return the job that makes a copy, with what the PDF says as its note."""
    read = contents[each.link.path, each.digest]
    note = _to_note(read) if isinstance(read, Contents) else ""
    return replace(each.job, prepare=prepared(_copy, f"{root}/{each.link.path}", each.digest, note))


def _copy(file: str, digest: str, note: str) -> Output:
    from sitegen.pdf import document  # noqa: PLC0415

    return Output((document.clean(_unchanged(file, digest)).data,), note)


def _to_note(contents: Contents) -> str:
    return json.dumps([contents.has_pictures, *contents.texts], ensure_ascii=False)


def _from_note(note: str) -> Contents:
    has_pictures, *texts = json.loads(note)
    return Contents(tuple(texts), has_pictures)
