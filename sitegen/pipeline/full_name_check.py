"""Full name check: texts that say a name in full without its consent.

A file that was made says where to look: what a story says is on its own page.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path

from sitegen.audit import full_names, leak_scanner
from sitegen.audit.full_names import FirstNameOnly, FullNames
from sitegen.audit.phrases import Phrases
from sitegen.audit.public_texts import PublicText
from sitegen.consent import mentions
from sitegen.content import loader
from sitegen.content.discovery import is_submission
from sitegen.core.diagnostics import Problem, Remark, Severity
from sitegen.core.visible_text import Phrase, visible_text
from sitegen.pipeline import public_texts
from sitegen.site.context import SiteContext
from sitegen.templating.theme import Asset


def problems(
    root: Path,
    suspects: Mapping[str, bytes],
    context: SiteContext,
    assets: tuple[Asset, ...],
    names: FullNames,
) -> tuple[Problem, ...]:
    """Return a problem of each text with a full name; `suspects` are the made files that may have one."""
    said = {path: found for path, data in suspects.items() if (found := _said_in_file(data, names))}
    if not said:
        return ()
    wanted = Phrases({name: names.people[name].path for found in said.values() for name in found})
    own = {path for path, address in context.files.items() if "#" in address or _file(address) in said}
    texts = public_texts.collect(context, assets, own)
    return tuple(
        placed(root, text.path, leak_scanner.full_name(name, person))
        for text in texts
        if text.path
        for person, name in _said_in_text(text, names, wanted)
    )


def _file(address: str) -> str:
    """Return the path of the file at an address of the site."""
    return f"{address[1:]}index.html" if address.endswith("/") else address[1:]


def _said_in_text(text: PublicText, names: FullNames, wanted: Phrases) -> Iterator[tuple[FirstNameOnly, str]]:
    """Yield each person of another file that a text names in full, and the words for it."""
    found = _said("\n".join(text.lines), wanted, names.public)
    for person in {id(names.people[name]): names.people[name] for name in found}.values():
        if text.path != person.path and (name := _full_name_in(text, person)):
            yield person, name


def _full_name_in(text: PublicText, person: FirstNameOnly) -> str | None:
    seen = (visible_text(line) if "<" in line else line for line in text.lines)
    return next(filter(None, (mentions.full_name_in(line, person.name) for line in seen)), None)


def _said_in_file(data: bytes, names: FullNames) -> list[Phrase]:
    return _said(leak_scanner.text_of(data), names.phrases, names.public) if names.phrases.paths else []


def _said(text: str, names: Phrases, public: Set[Phrase]) -> list[Phrase]:
    spoken = leak_scanner.spoken_words(full_names.plain(text))
    shorter = full_names.without_initials(spoken), full_names.without_middle_names(spoken, public)
    return names.said((*spoken, "", *shorter[0], "", *shorter[1]))


def placed(root: Path, path: str, remark: Remark) -> Problem:
    """Return the problem of a text: a page that says something private is published all the same."""
    is_error = is_submission(path) or path.startswith("templates/")
    severity = Severity.ERROR if is_error else Severity.WARNING
    return loader.place(root, path, replace(remark, severity=severity))
