"""Hidden surnames: people of public files who are shown by first name only."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from sitegen.audit.full_names import FirstNameOnly
from sitegen.consent import group, names
from sitegen.content import frontmatter
from sitegen.content.plain_values import plain_value
from sitegen.content.written_people import WrittenPerson, people_in
from sitegen.core import text
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Draft, ItemDraft, Scope


def of_site(
    drafts: Iterable[Draft | ItemDraft], unparsed: Mapping[str, bytes], public: Collection[str]
) -> Iterator[FirstNameOnly]:
    """Yield the people of a site's public files, of which `public` has the paths.

    `unparsed` has the contents of those that are not parsed in this build.
    """
    yield from _of_drafts(draft for draft in drafts if draft.source.path in public)
    yield from _of_files({path: data for path, data in unparsed.items() if path in public})


def _of_drafts(drafts: Iterable[Draft | ItemDraft]) -> Iterator[FirstNameOnly]:
    """Yield the people of drafts whose consent doesn't cover the full name."""
    for draft in drafts:
        for position, person in enumerate(draft.people):
            if name := group.hidden_name(draft.people, position):
                yield FirstNameOnly(draft.source.path, person.name, name)


def _of_files(contents: Mapping[str, bytes]) -> Iterator[FirstNameOnly]:
    """Yield the people of files by path that are cleared, but not parsed in this build.

    The cache doesn't have their names: it contains nothing that isn't public.
    """
    return chain.from_iterable(_of_file(path, data) for path, data in contents.items())


def _of_file(path: str, data: bytes) -> Iterator[FirstNameOnly]:
    name, covers = plain_value(data, "name"), plain_value(data, "covers")
    if name and covers and b"shown_as" not in data:
        if Scope.FULL_NAME not in re.split(r"[\[\], ]+", covers):
            yield FirstNameOnly(path, name, names.understand(name))
        return
    document = frontmatter.read(data, path)
    if not isinstance(document, Problem):
        people = people_in(document.values)
        written = [(text.line(person.name), text.line(person.shown_as)) for person in people]
        for position, person in enumerate(people):
            if person.name and not _is_covered(person):
                yield FirstNameOnly(path, written[position][0], group.name_among(written, position))


def _is_covered(person: WrittenPerson) -> bool:
    covers = (person.consent or {}).get("covers")
    return isinstance(covers, list) and Scope.FULL_NAME in map(text.line, map(str, covers))
