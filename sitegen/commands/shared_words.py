"""Attribution of traces: whose text or picture a trace in the published site is.

Other people may have written the same sentence as a withdrawn story, name its person, or show a picture that
looks like its own. Their files are public in their own right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from sitegen.audit.phrases import Phrases
from sitegen.audit.public_texts import PublicText, PublicTexts
from sitegen.audit.secrets import Secrets, WithheldText
from sitegen.commands.removal_proof import SOURCES, Proof, Trace, files_below, text_of, without_marks
from sitegen.content import discovery, frontmatter
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import Value
from sitegen.core import visible_text
from sitegen.core.text import printable, several
from sitegen.core.urls import file_of
from sitegen.core.visible_text import Phrase, words
from sitegen.markup import render
from sitegen.pipeline import public_texts
from sitegen.pipeline.request import BuildRequest
from sitegen.templating import theme

CHANCE = "several texts, which a page puts side by side"
"""Where words are that no text has in a row."""


def attributed(
    request: BuildRequest, hidden: Set[str], proof: Proof, secrets: Secrets, text: WithheldText
) -> Proof:
    """Return the proof with the owner of each trace, as far as there is one.

    Words that other texts have as well are no traces of the story. `hidden` are the paths of the files that
    visitors don't see, `text` is what the story says.
    """
    root, quotes = request.root, set(map(words, text.quotes))
    wanted = {trace.said for trace in proof.traces if trace.said}
    places = _places(root, hidden, wanted, any(trace.path.endswith(".pdf") for trace in proof.traces))
    common = {said for said in wanted & places.keys() if said not in secrets.names or not places[said]}
    owners = {said: _owner(found) for said, found in places.items() if said not in common}
    pictures = _owners_of_pictures(request, hidden, {trace.picture for trace in proof.traces} - {""})
    traces = [
        replace(trace, owner=owners.get(trace.said) or pictures.get(trace.picture, ""))
        for trace in proof.traces
        if trace.said not in common
    ]
    shared = [
        Trace(several(places[said]) or CHANCE, f'"{" ".join(said)}"', said=said) for said in sorted(common)
    ]
    return replace(
        proof,
        traces=tuple(traces),
        shared=tuple(trace for trace in shared if trace.said not in quotes),
        quotes=tuple(trace for trace in shared if trace.said in quotes),
    )


def _owner(places: Sequence[str]) -> str:
    """Return the submission that says something; the empty string if the site's own texts say it, too."""
    paths = [re.sub(r":\d+$", "", place) for place in places]
    return paths[0] if paths and all(map(discovery.is_submission, paths)) else ""


# -- words ----------------------------------------------------------------------------------


def _places(root: Path, hidden: Set[str], wanted: Set[Phrase], has_pdf: bool) -> Mapping[Phrase, list[str]]:
    """Return the files and lines of the texts that say each phrase; none where only a page combines them."""
    places: dict[Phrase, list[str]] = {}
    files = dict(_texts(root, hidden, has_pdf)) if wanted else {}
    for path, text in files.items():
        for said, line in _said_in(text, Phrases(dict.fromkeys(wanted, path))):
            places.setdefault(said, []).append(f"{path}:{line}")
    rest = wanted - places.keys()
    if rest:
        public = PublicTexts([PublicText(path, tuple(_lines(path, text))) for path, text in files.items()])
        places |= public.saying(Phrases(dict.fromkeys(rest, "")))
        places |= {said: [] for said in rest - places.keys() if public.is_combination(said)}
    return places


def _texts(root: Path, hidden: Set[str], has_pdf: bool) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each public file that people write, the built-in theme's included."""
    sources = dict(SOURCES)
    if has_pdf:
        sources["content"] += (".pdf",)
    for base in dict.fromkeys((root, theme.folder())):
        for name in sources if base == root else ("templates", "assets"):
            for file in sorted(files_below(base / name)):
                path = file.relative_to(base).as_posix()
                if path.endswith(sources[name]) and path not in hidden:
                    yield printable(path), text_of(file)


def _said_in(text: str, phrases: Phrases) -> Iterator[tuple[Phrase, int]]:
    """Yield each phrase that a text says as it is written, and the line where it begins."""
    lines = without_marks(text).split("\n")
    spoken = [(word, number) for number, line in enumerate(lines, 1) for word in words(line)]
    only = tuple(word for word, _ in spoken)
    for said in phrases.said(only):
        length = len(said)
        yield said, next(spoken[at][1] for at in range(len(only)) if only[at : at + length] == said)


def _lines(path: str, text: str) -> Iterator[str]:
    """Yield the lines that readers see of a text."""
    if path.startswith("templates/"):
        yield from public_texts.template_lines(text)
        return
    document = frontmatter.read(text.encode("utf-8", "replace"), path) if path.endswith(".md") else None
    if not isinstance(document, Document):
        yield from re.split(r"\n|: ", text)
        return
    yield from _scalars(document.values)
    body, _ = render.render(document.body)
    yield from visible_text.lines(body.html)
    yield from (said for mark in body.pictures for said in (mark.alt, mark.caption))


def _scalars(value: Value | Mapping[str, Value]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value is not None:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _scalars(each)


# -- pictures -------------------------------------------------------------------------------


def _owners_of_pictures(request: BuildRequest, hidden: Set[str], names: Iterable[str]) -> Mapping[str, str]:
    """Return the submission whose page shows each picture, given by the name of its derivatives."""
    wanted = sorted(names)
    owners: dict[str, str] = {}
    for source in discovery.scan(request.root)[0].sources if wanted else ():
        if source.path not in hidden and discovery.is_submission(source.path):
            page = text_of(request.out / file_of(source.address.partition("#")[0]))
            for name in wanted:
                if name in page:
                    owners.setdefault(name, source.path)
    return owners
