"""Download check: what a PDF says that the public may not read."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from sitegen.audit import full_names, leak_scanner
from sitegen.audit.full_names import FirstNameOnly, FullNames
from sitegen.audit.phrases import Phrases
from sitegen.audit.public_texts import PublicTexts
from sitegen.audit.secrets import Secrets, name_words
from sitegen.consent import contact, mentions
from sitegen.content import frontmatter
from sitegen.content.documents import LinkedPdf
from sitegen.content.frontmatter import Document
from sitegen.content.pictures import same_look
from sitegen.content.strict_yaml import Value
from sitegen.content.written_people import people_in
from sitegen.core.diagnostics import Remark
from sitegen.core.model import Draft, Item, ItemDraft, Kind, Scope, Story
from sitegen.core.problem_codes import Code
from sitegen.core.visible_text import Phrase, words
from sitegen.engine import file_state
from sitegen.pipeline import first_names, public_texts, withheld_texts
from sitegen.pipeline.load_site import LoadedSite
from sitegen.site.context import Pictured, SiteContext

EXPORT = "Take it out of the PDF, and export it again."

SHORTEST_RUN = 8
"""Letters of a full name that is looked for in a text without its spaces."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a PDF says, page by page and in its other strings, and whether it has pictures."""

    texts: tuple[str, ...]
    has_pictures: bool


@dataclass(frozen=True)
class DownloadCheck:
    """Everything that the PDFs of a site are checked against.

    `values` has the front matter of each submission that links to a PDF, `own` the people in it whose last
    name is hidden. `withdrawn` are the raw texts of submissions whose consent is no longer valid, by path.
    """

    root: Path
    context: SiteContext
    found: LoadedSite
    secrets: Secrets
    values: Mapping[str, Mapping[str, Value]]
    own: Mapping[str, tuple[FirstNameOnly, ...]]
    withdrawn: Mapping[str, str]

    def remark(self, thing: Pictured, link: LinkedPdf, contents: Contents) -> Remark | None:
        """Return the remark on a PDF that may not be public where a thing links to it, else None."""
        name = posixpath.basename(link.path)
        reasons = (
            *self._reasons_of_consent(thing, link, contents),
            *self._reasons_of_text(thing, (name, *contents.texts)),
        )
        for reason, hint in reasons:
            return Remark(Code.PDF_NOT_COVERED, f'the PDF "{name}" {reason}, so it is left out.', hint, name)
        return None

    # -- uses ---------------------------------------------------------------------------------

    def _reasons_of_consent(
        self, thing: Pictured, link: LinkedPdf, contents: Contents
    ) -> Iterator[tuple[str, str]]:
        """Yield what a consent says against a PDF, whatever is in it; and the fix."""
        for path in self._withdrawn_with(link):
            yield f"also belongs to {path}, and the consent there is no longer valid", "Take the link out."
        if isinstance(thing, Story | Item) and not thing.searchable:
            reason = "could be found by search engines, and the consent doesn't cover search"
            yield reason, "Take the link out, or add search to covers if that is allowed."
        if isinstance(thing, Story) and contents.has_pictures and not self._covers(thing, Scope.PHOTO):
            reason = "has pictures, and the consent doesn't cover photos"
            yield reason, "Take the link out, or add photo to covers if that is allowed."

    def _withdrawn_with(self, link: LinkedPdf) -> Iterator[str]:
        names = {same_look(posixpath.basename(path)) for path in self._copies_of(link.path)}
        for path, text in self.withdrawn.items():
            if any(name in text for name in names):
                yield path

    def _copies_of(self, path: str) -> Iterator[str]:
        """Yield the paths of all files with the bytes of a PDF."""
        yield path
        stats = self.found.files.stats
        alike = [each for each in self.found.files.others if stats[each][0] == stats[path][0]]
        data = _content(self.root, path) if len(alike) > 1 else b""
        yield from (each for each in alike if each != path and _content(self.root, each) == data)

    def _covers(self, thing: Pictured, use: Scope) -> bool:
        people = people_in(self.values.get(thing.source.path, {}))
        covers = ((person.consent or {}).get("covers") for person in people)
        return all(isinstance(each, list) and use.value in each for each in covers)

    # -- words --------------------------------------------------------------------------------

    def _reasons_of_text(self, thing: Pictured, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Yield what a PDF says that it may not, and the fix."""
        text = "\n\n".join((*texts, *(each.replace("-\n", "") for each in texts if "-\n" in each)))
        yield from self._own_names(thing, text)
        yield from self._names_of_others(text)
        yield from self._withheld(text)
        yield from self._of_submission(thing, text)

    def _own_names(self, thing: Pictured, text: str) -> Iterator[tuple[str, str]]:
        for person in self.own.get(thing.source.path, ()):
            said = mentions.surname_in(text, person.name)
            if said and said.is_certain:
                hint = f"{EXPORT} Or add full-name to covers if that is allowed."
                yield f'says "{" ".join(said.text.split())}", but the consent doesn\'t cover it', hint

    def _names_of_others(self, text: str) -> Iterator[tuple[str, str]]:
        names = self.secrets.full_names
        for way in _full_names_in(text, names):
            person = names.people[way]
            reason = f'names "{" ".join(way)}", but the consent of {person.name.shown}'
            hint = f"{EXPORT} Or add full-name to covers in {person.path} if that is allowed."
            yield f"{reason} doesn't cover the full name", hint

    def _withheld(self, text: str) -> Iterator[tuple[str, str]]:
        secrets, spoken, letters = self.secrets, words(text), _letters(text)
        public = {name_words(name) for story in self.context.site.stories for name in story.names}
        plain = (*spoken, "", *words(full_names.plain(text)))
        for name in sorted(secrets.names - public):
            if _is_in(name, plain, letters):
                yield f'names "{" ".join(name)}", whose story is withheld', EXPORT
        said = [each for each in secrets.phrases.said(spoken) if each not in secrets.names]
        if said:
            shared = self._public.saying(Phrases({each: secrets.phrases.paths[each] for each in said}))
            for each in (each for each in said if each not in shared):
                reason = (
                    f'says "{" ".join(each)}", which is from {secrets.phrases.paths[each]} and not public'
                )
                yield reason, EXPORT
        for _, remark in leak_scanner.named(text, secrets):
            yield remark.message.removeprefix("this ").removesuffix("."), EXPORT

    @cached_property
    def _public(self) -> PublicTexts:
        return PublicTexts(public_texts.collect(self.context, self.found.assets))

    def _of_submission(self, thing: Pictured, text: str) -> Iterator[tuple[str, str]]:
        """Yield the school and the contact data that a submission may not say."""
        values = self.values.get(thing.source.path, {})
        school = values.get("school")
        is_hidden = isinstance(thing, Story) and not thing.school and isinstance(school, str)
        if is_hidden and (found := mentions.phrase_in(text, str(school))):
            yield f'says "{found}", but the consent doesn\'t cover the school', EXPORT
        if values and values.get("contact_ok") not in ("true", "yes") and values.get("people") != "false":
            for each in contact.contact_in(text):
                if each.is_certain:
                    hint = f"{EXPORT} If it is not a young person's own, add a line contact_ok: true"
                    yield f"has {each.kind} in it", hint


def _is_in(name: Phrase, spoken: Phrase, letters: str) -> bool:
    """Return whether a text says a name, also with the last name first or its letters apart."""
    ways = (name, (name[-1], *name[:-1]))
    return bool(Phrases(dict.fromkeys(ways, "")).said(spoken)) or any(_is_run(way, letters) for way in ways)


def _full_names_in(text: str, names: FullNames) -> Iterator[Phrase]:
    """Yield the full names that a text says, in words or with its letters apart."""
    if not names.people:
        return
    spoken = words(full_names.plain(text))
    said = names.phrases.said((*spoken, "", *full_names.without_initials(spoken)))
    letters = _letters(text)
    yield from dict.fromkeys((*said, *(way for way in names.people if _is_run(way, letters))))


def _is_run(name: Phrase, letters: str) -> bool:
    run = "".join(name)
    return len(run) >= SHORTEST_RUN and run in letters


def _letters(text: str) -> str:
    return "".join(words(full_names.plain(text)))


# -- preparation ----------------------------------------------------------------------------


def prepare(
    root: Path,
    found: LoadedSite,
    context: SiteContext,
    secrets: Secrets,
    things: Iterable[Pictured],
    today: date,
) -> DownloadCheck:
    """Return the check of a site whose `things` link to PDFs."""
    paths = {thing.source.path for thing in things if isinstance(thing, Story | Item)}
    drafts: list[Draft | ItemDraft] = [*found.valid.stories, *found.valid.items]
    read = [draft for draft in drafts if draft.source.path in paths]
    unparsed = withheld_texts.contents(root, paths - {draft.source.path for draft in read})
    own: dict[str, tuple[FirstNameOnly, ...]] = {}
    for person in first_names.of_site(read, unparsed, paths):
        own[person.path] = (*own.get(person.path, ()), person)
    return DownloadCheck(
        root=root,
        context=context,
        found=found,
        secrets=secrets,
        values={path: _values(root, path) for path in paths},
        own=own,
        withdrawn=dict(_withdrawn(root, found, context.files, today)),
    )


def _withdrawn(
    root: Path, found: LoadedSite, public: Collection[str], today: date
) -> Iterator[tuple[str, str]]:
    """Yield the raw text of each withheld submission whose consent was withdrawn, or is over."""
    for source in found.files.sources:
        if source.kind in (Kind.STORY, Kind.ITEM) and source.path not in public:
            people = people_in(_values(root, source.path))
            if any(
                person.consent is not None
                and (person.value("withdrawn") or (person.value("until") or LAST) < today.isoformat())
                for person in people
            ):
                yield source.path, same_look(_content(root, source.path).decode("utf-8", "replace"))


LAST = date.max.isoformat()


def _values(root: Path, path: str) -> Mapping[str, Value]:
    document = frontmatter.read(_content(root, path), path)
    return document.values if isinstance(document, Document) else {}


def _content(root: Path, path: str) -> bytes:
    try:
        return file_state.read(f"{root}/{path}")
    except OSError:
        return b""
