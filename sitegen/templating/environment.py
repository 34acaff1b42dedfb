"""Template environment: Jinja setup, dependency digests, filters, rendering."""

import base64
import datetime
import hashlib
import os
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, get_type_hints

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro

from sitegen.core.diagnostics import Problem
from sitegen.core.settings import Link
from sitegen.core.text import printable
from sitegen.core.urls import SCHEME, encode
from sitegen.engine.jobs import Output
from sitegen.engine.serialization import pack, unpack
from sitegen.images.derivatives import Picture
from sitegen.templating import errors
from sitegen.templating.errors import Folders
from sitegen.templating.views import SiteView

NO_LAYOUTS = frozenset(
    {
        *("404", "base", "conditions", "figure", "head", "macros", "network"),
        *("pictures", "redirect", "story", "terms"),
    }
)
"""Templates that are parts of others, or need another view than a content page."""


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates, packed, and a digest of each with all templates that it uses."""

    packed: bytes
    digests: Mapping[str, str]
    inline: tuple[tuple[str, str], ...] = ()
    """The CSP directive and the digest of each inline script and style."""

    @property
    def layouts(self) -> frozenset[str]:
        """The names that pages can give as their layout."""
        names = {name.removesuffix(".html") for name in self.digests if name.endswith(".html")}
        return frozenset(names - NO_LAYOUTS)


def find_templates(folders: Folders) -> Templates:
    """Read the templates of all folders; of two with one name, the first folder's is used."""
    listed = FileSystemLoader(folders).list_templates()
    names = [name for name in listed if not EDITOR_FILES.search(name) and printable(name) == name]
    files = {name: file for name in names if (file := _own_file(name, folders))}
    written = {name: Path(file).read_bytes() for name, file in files.items()}
    # invalid UTF-8 is reported when a page is rendered with the template; here it only needs a digest
    texts = {name: data.decode("utf-8", "backslashreplace") for name, data in written.items()}
    references = {name: _references(text, texts) for name, text in texts.items()}
    return Templates(
        pack(Bundle(folders, {name: (files[name], data) for name, data in sorted(written.items())})),
        {name: _digest(texts[each] for each in sorted(_closure(name, references))) for name in texts},
        tuple(sorted({found for text in texts.values() for found in _inline(text)})),
    )


def _own_file(name: str, folders: Folders) -> str:
    """Return the file of a template; the empty string if it is a symbolic link, which could lead anywhere."""
    files = [f"{folder}/{name}" for folder in folders]
    return next((file for file in files if os.path.isfile(file) and not os.path.islink(file)), "")  # noqa: PTH113, PTH114


@dataclass(frozen=True, slots=True)
class Bundle:
    """The file and the bytes of each template, read once, so that the bytes used are the bytes digested."""

    folders: Folders
    templates: Mapping[str, tuple[str, bytes]]


def texts(templates: Templates) -> Mapping[str, str]:
    """Return the text of each template."""
    bundle = unpack(templates.packed, Bundle)
    return {name: data.decode("utf-8", "replace") for name, (_, data) in bundle.templates.items()}


EDITOR_FILES = re.compile(r"(^|/)[.~#]|[~#]$|\.(bak|swp|tmp|orig)$")
"""Hidden files and backup files of editors; they are no templates."""


def _references(text: str, texts: dict[str, str]) -> set[str]:
    found = _referenced(text)
    # a computed name could be any template's
    return set(texts) if None in found else {name for name in found if name in texts}


NAMES = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
PLAIN_NAME = re.compile(
    r"""\s*(?:'([\w./-]+)'|"([\w./-]+)")(?:\s+(?:as|import|ignore|with|without)\b[\w\s,]*)?\s*[-+]?"""
)
"""A literal name, and no expression after it that could name another template."""


# parsing all of them takes as long as fifty pages, at every save in the preview
@lru_cache(maxsize=64)
def _referenced(text: str) -> frozenset[str | None]:
    """Return the names of the templates that a template uses, perhaps with some from comments."""
    plain = [PLAIN_NAME.fullmatch(named) for named in NAMES.findall(text)]
    if all(plain):
        return frozenset(found[1] or found[2] for found in plain if found)
    try:
        return frozenset(meta.find_referenced_templates(Environment(autoescape=True).parse(text)))
    except TemplateSyntaxError:
        return frozenset()  # the error is reported when a page is rendered with it


INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """Yield the CSP directive and the digest of each script and style in a template (CSP3, 8.3).

    Browsers refuse one with Jinja expressions in it, because its digest differs on each page.
    """
    for kind, inner in INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        yield f"{kind}-src", f"sha256-{digest}"


def _closure(name: str, references: dict[str, set[str]]) -> set[str]:
    reached, ahead = {name}, [name]
    while ahead:
        new = references[ahead.pop()] - reached
        reached |= new
        ahead.extend(new)
    return reached


def _digest(texts: Iterator[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        digest.update(hashlib.blake2b(text.encode()).digest())
    return digest.hexdigest()


# -- rendering ------------------------------------------------------------------------------


class RenderError(Exception):
    """A page couldn't be rendered because of a mistake in a template, described by `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def render(templates: bytes, name: str, site: bytes, kind: type, packed: Mapping[str, bytes]) -> Output:
    """Return the page that a template makes of a view, in UTF-8.

    `templates` and `site`, the SiteView, are packed; `packed` has each other field of a view of the given
    kind. Raises TemplateFault.
    """
    types = _types(kind)
    variables = {field: unpack(data, types[field]) for field, data in packed.items()}
    return Output((_rendered(templates, name, site, variables).encode(),))


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def figure(templates: Templates, site: bytes, picture: Picture, caption: str, alone: bool) -> str:
    """Return the HTML of a picture in a text; only one alone in its paragraph is a figure with a caption.

    `site` is the packed SiteView. Raises TemplateFault.
    """
    name = "figure.html"
    variables = {"picture": picture, "caption": caption, "alone": alone}
    return _rendered(templates.packed, name, site, variables).strip()


def _rendered(templates: bytes, name: str, packed: bytes, variables: dict[str, Any]) -> str:
    environment, site = _environment(templates, packed)
    try:
        return environment.get_template(name).render(variables, site=site)
    except Exception as error:
        folders = unpack(templates, Bundle).folders
        file, line = errors.location(error, folders)
        if file is None and not isinstance(error, TemplateNotFound | UnicodeDecodeError):
            raise  # not caused by a template
        raise RenderError(errors.problem(error, file or _file(name, folders), line, folders)) from error


def _file(name: str, folders: Folders) -> str:
    files = [Path(folder) / name for folder in folders]
    return str(next((file for file in files if file.is_file()), files[0]))


class SharedGlobalsEnvironment(Environment):
    """Environment whose templates share its globals, instead of a chained map for each template."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class CompiledTemplates(BytecodeCache):
    """Compiled templates of this process, by name, file and text; compiling one takes as long as a few pages.

    They fit every site, because no filter that depends on the site is evaluated when one is compiled.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._codes) >= 256:  # a dozen versions of every template: a long preview
            self._codes.clear()
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()


@lru_cache(maxsize=4)
def _environment(templates: bytes, packed: bytes) -> tuple[Environment, SiteView]:
    site = unpack(packed, SiteView)
    environment = SharedGlobalsEnvironment(
        loader=_loader(unpack(templates, Bundle).templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )

    @lru_cache(maxsize=2048)
    def once(macro: Macro, *arguments: Hashable) -> str:
        return macro(*arguments)

    environment.globals.update(once=once, range=errors.bounded_range)
    environment.filters.update(_filters(site), day=day, month=month, current=current)
    return environment, site


def _loader(bundle: Mapping[str, tuple[str, bytes]]) -> FunctionLoader:
    """Return a Jinja loader for the templates that were read, each with its file."""

    def source(name: str) -> tuple[str, str, None] | None:
        file, data = bundle.get(name, ("", b""))
        if not file:
            return None
        if stray := errors.unknown_block(name, bundle):
            raise stray
        return (data.decode(), file, None)

    return FunctionLoader(source)


def _filters(site: SiteView) -> Mapping[str, Callable[[Context, str], str]]:
    """Return the filters that turn addresses and names of assets into URLs of the site."""
    versions = dict(site.assets)

    def href(address: str) -> str:
        return address if SCHEME.match(address) else site.base + encode(address)

    def absolute(address: str) -> str:
        return address if SCHEME.match(address) else site.origin + href(address)

    def asset(name: str) -> str:
        if name not in versions:
            raise errors.unknown_asset(name)
        return f"{href('/assets/' + name)}?v={versions[name][:8]}"

    return {
        "href": _at_rendering(cache(href)),
        "absolute": _at_rendering(absolute),
        "asset": _at_rendering(cache(asset)),
    }


def _at_rendering(function: Callable[[str], str]) -> Callable[[Context, str], str]:
    """Return a filter that Jinja doesn't evaluate when it compiles a template, even for a constant."""

    @pass_context
    def rendered(_: Context, value: str) -> str:
        return function(value)

    return rendered


def current(links: tuple[Link, ...], address: str) -> tuple[str, ...]:
    """Return for each link its aria-current (WAI-ARIA 1.2, 6.6) on the page at an address, or nothing.

    That is `page` where the link leads to the page itself, `true` where it leads to one above it.
    """
    return tuple(
        "page" if link.to == address else "true" if link.to != "/" and address.startswith(link.to) else ""
        for link in links
    )


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Named here, because strftime would ask the machine's locale."""


def day(date: datetime.date) -> str:
    """Return a date as Americans write it: November 4, 2024."""
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}"


def month(date: datetime.date) -> str:
    """Return month and year: November 2024."""
    return f"{MONTHS[date.month - 1]} {date.year}"
