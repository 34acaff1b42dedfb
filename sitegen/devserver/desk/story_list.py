"""Story list: every story with its status, searched by any words of a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.consent import gate
from sitegen.content import discovery, frontmatter
from sitegen.content.strict_yaml import Value
from sitegen.content.written_people import people_in
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Draft, Kind, Source
from sitegen.core.status import DRAFT, LIVE, NEEDS_FIXING
from sitegen.core.text import joined, skeleton, words
from sitegen.devserver import overlay
from sitegen.devserver.desk.context import Desk
from sitegen.engine import file_state
from sitegen.pipeline import load_site, still_public
from sitegen.templating.environment import day as day_in_words

STATUSES = (LIVE, DRAFT, NEEDS_FIXING)

MOST_ROWS = 60
"""Stories that are listed at a time; a search finds the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A story in the list. Of a withdrawn one only the file is known."""

    source: Source
    name: str
    initials: str
    status: str
    why: str
    problems: tuple[Problem, ...]
    has_photo: bool
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class StoryList:
    """The first `MOST_ROWS` rows that fit a search, how many fit, and how many stories have each status."""

    rows: tuple[Row, ...]
    found: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story as far as a search needs it."""

    source: Source
    values: dict[str, Value]
    status: str
    reason: str
    is_withdrawn: bool


def search(desk: Desk, query: str, status: str) -> StoryList:
    """Return the stories that have all words of a query in a name, and a status unless it is ""."""
    entries = list(_entries(desk))
    counts = {each: sum(entry.status == each for entry in entries) for each in STATUSES}
    fitting = [
        entry
        for entry in entries
        if status in ("", entry.status) and (not query.strip() or _has(entry, query))
    ]
    return StoryList(tuple(_row(desk, entry) for entry in fitting[:MOST_ROWS]), len(fitting), counts)


def _entries(desk: Desk) -> Iterator[_Entry]:
    files, _ = discovery.scan(desk.root)
    report = desk.overview.report
    reasons = {withheld.path: withheld.reason for withheld in report.withheld}
    broken = {problem.where.path for problem in report.problems if problem.is_error}
    closed = {each.source.path for each in desk.overview.hidden.values() if not each.readable}
    for source in sorted(files.sources, key=lambda source: source.slug):
        if source.kind is Kind.STORY:
            reason = reasons.get(source.path, "")
            is_faulty = source.path in broken or reason == still_public.MISTAKE
            status = NEEDS_FIXING if is_faulty else DRAFT if reason else LIVE
            is_withdrawn = source.path in closed or (
                is_faulty and overlay.says_withdrawn(desk.root, source.path)
            )
            yield _Entry(source, _values(desk, source), status, reason, is_withdrawn)


def _values(desk: Desk, source: Source) -> dict[str, Value]:
    try:
        values = frontmatter.values_of(file_state.read(f"{desk.root}/{source.path}"))
    except OSError:
        values = None
    return dict(values or {})


def _has(entry: _Entry, query: str) -> bool:
    """Whether each word of a query begins a word of a name, or of the file's name; accents don't matter."""
    texts = [entry.source.slug.replace("-", " ")]
    if not entry.is_withdrawn:
        texts += [each for person in people_in(entry.values) for each in (person.name, person.shown_as)]
    known = {word for text in texts for word in words(skeleton(text))}
    return all(any(each.startswith(word) for each in known) for word in words(skeleton(query)))


def _row(desk: Desk, entry: _Entry) -> Row:
    source = entry.source
    draft = read_brief(desk, source)
    if entry.is_withdrawn or (draft and gate.is_withdrawn(draft, desk.session.today())):
        return Row(source, source.path, "", DRAFT, WITHDRAWN, (), False, is_withdrawn=True)
    names = tuple(person.name for person in people_in(entry.values) if person.name.strip())
    own = tuple(dict.fromkeys(p for p in desk.overview.report.problems if p.where.path == source.path))
    initials = gate.initials(names) if names else ""
    why = _until(draft) if entry.status == LIVE else _sentence(entry.reason)
    has_photo = bool(entry.values.get("headshot"))
    return Row(source, joined(names) or source.slug, initials, entry.status, why, own, has_photo)


WITHDRAWN = "Consent was withdrawn. Nothing of it is shown here."


def read_brief(desk: Desk, source: Source) -> Draft | None:
    """Return what the front matter of a story says now; None where it can't be used."""
    if desk.session.built is None:
        return None
    draft = load_site.read_brief(desk.root, desk.session.built.loaded, source).thing
    return draft if isinstance(draft, Draft) else None


def _sentence(reason: str) -> str:
    if reason == gate.IS_DRAFT:
        return "It is marked as a draft."
    return f"{reason[:1].upper()}{reason[1:]}." if reason and reason != still_public.MISTAKE else ""


def _until(draft: Draft | None) -> str:
    last = gate.last_day(draft) if draft else None
    return f"until {day_in_words(last)}" if last else ""
