"""Templates: where they lie, what each depends on, and the page that one makes of a view."""

import base64
import datetime
import hashlib
import os
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from jinja2 import (
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.runtime import Macro

from sitegen import slips
from sitegen.addresses import SCHEME, encode
from sitegen.jobs import Output
from sitegen.model import Link
from sitegen.packing import pack, unpack
from sitegen.problems import Problem
from sitegen.slips import Folders
from sitegen.views import Picture, SiteView

NO_LAYOUTS = frozenset(
    {
        *("404", "base", "conditions", "figure", "head", "macros", "network"),
        *("pictures", "redirect", "story", "terms"),
    }
)
"""Templates that are parts of others, or need more than a page's own words."""


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates as they were found, packed, and a digest of each with all that it draws on."""

    packed: bytes
    digests: Mapping[str, str]
    inline: tuple[tuple[str, str], ...] = ()
    """The CSP directive and the digest of each script and style that stands in a template."""

    @property
    def layouts(self) -> frozenset[str]:
        """The names that pages can give as their layout."""
        names = {name.removesuffix(".html") for name in self.digests if name.endswith(".html")}
        return frozenset(names - NO_LAYOUTS)


def find(folders: Folders) -> Templates:
    """Look through the folders; of two templates of one name, the first folder's counts."""
    names = [name for name in FileSystemLoader(folders).list_templates() if not LEFT_BEHIND.search(name)]
    files = {name: file for name in names if (file := _own_file(name, folders))}
    written = {name: Path(file).read_bytes() for name, file in files.items()}
    # what is not UTF-8 counts as changed when it changes; it is told when a page is rendered with it
    texts = {name: data.decode("utf-8", "backslashreplace") for name, data in written.items()}
    drawn_on = {name: _drawn_on(text, texts) for name, text in texts.items()}
    return Templates(
        pack(Bundle(folders, {name: (files[name], data) for name, data in sorted(written.items())})),
        {name: _digest(texts[each] for each in sorted(_closure(name, drawn_on))) for name in texts},
        tuple(sorted({found for text in texts.values() for found in _inline(text)})),
    )


def _own_file(name: str, folders: Folders) -> str:
    """Return the file of a template; the empty string where it is a link: that could lead anywhere."""
    files = [f"{folder}/{name}" for folder in folders]
    return next((file for file in files if os.path.isfile(file) and not os.path.islink(file)), "")  # noqa: PTH113, PTH114


@dataclass(frozen=True, slots=True)
class Bundle:
    """The file and the bytes of each template, read once: what is used is what is digested."""

    folders: Folders
    templates: Mapping[str, tuple[str, bytes]]


def texts(templates: Templates) -> Mapping[str, str]:
    """Return the text of each template."""
    bundle = unpack(templates.packed, Bundle)
    return {name: data.decode("utf-8", "replace") for name, (_, data) in bundle.templates.items()}


LEFT_BEHIND = re.compile(r"(^|/)[.~#]|[~#]$|\.(bak|swp|tmp|orig)$")
"""Hidden files and what editors leave behind; they are no templates."""


def _drawn_on(text: str, texts: dict[str, str]) -> set[str]:
    found = _named(text)
    # a name that is computed could be any template's
    return set(texts) if None in found else {name for name in found if name in texts}


NAMES = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
PLAIN_NAME = re.compile(
    r"""\s*(?:'([\w./-]+)'|"([\w./-]+)")(?:\s+(?:as|import|ignore|with|without)\b[\w\s,]*)?\s*[-+]?"""
)
"""A name that is written out, and nothing after it that could lead elsewhere."""


# to parse them all takes as long as fifty pages; the preview would do it at every save
@lru_cache(maxsize=64)
def _named(text: str) -> frozenset[str | None]:
    """Return the templates that a template names, those in comments perhaps among them."""
    plain = [PLAIN_NAME.fullmatch(named) for named in NAMES.findall(text)]
    if all(plain):
        return frozenset(found[1] or found[2] for found in plain if found)
    try:
        return frozenset(meta.find_referenced_templates(Environment(autoescape=True).parse(text)))
    except TemplateSyntaxError:
        return frozenset()  # it is told when a page is rendered with it


INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """Yield the CSP directive and the digest of each script and style in a template (CSP3, 8.3).

    One that Jinja fills in has another digest on each page, so browsers refuse it: they may stand here only
    as they are.
    """
    for kind, inner in INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        yield f"{kind}-src", f"sha256-{digest}"


def _closure(name: str, drawn_on: dict[str, set[str]]) -> set[str]:
    reached, ahead = {name}, [name]
    while ahead:
        new = drawn_on[ahead.pop()] - reached
        reached |= new
        ahead.extend(new)
    return reached


def _digest(texts: Iterator[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        digest.update(hashlib.blake2b(text.encode()).digest())
    return digest.hexdigest()


# -- rendering ------------------------------------------------------------------------------


class TemplateFault(Exception):
    """A page couldn't be rendered because of a mistake in a template, which `problem` tells."""

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
    """Return the HTML of a picture in a text; only one that stands alone is a figure with a caption.

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
        file, line = slips.place(error, folders)
        if file is None and not isinstance(error, TemplateNotFound | UnicodeDecodeError):
            raise  # not the template's doing
        raise TemplateFault(slips.problem(error, file or _file(name, folders), line, folders)) from error


def _file(name: str, folders: Folders) -> str:
    files = [Path(folder) / name for folder in folders]
    return str(next((file for file in files if file.is_file()), files[0]))


class Shared(Environment):
    """One whose templates share its globals; Jinja would have two maps for each to look into."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


# One for each site: Jinja compiles what filters make of constants into the template, so compiled
# templates can't be shared between sites with other assets or another base path.
@lru_cache(maxsize=4)
def _environment(templates: bytes, packed: bytes) -> tuple[Environment, SiteView]:
    site = unpack(packed, SiteView)
    environment = Shared(
        loader=_loader(unpack(templates, Bundle).templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )

    @lru_cache(maxsize=2048)
    def once(macro: Macro, *arguments: Hashable) -> str:
        return macro(*arguments)

    environment.globals.update(once=once, range=slips.bounded_range)
    environment.filters.update(_filters(site), day=day, month=month, current=current)
    return environment, site


def _loader(bundle: Mapping[str, tuple[str, bytes]]) -> FunctionLoader:
    """Return what gives Jinja the templates as they were read, each with its file."""

    def source(name: str) -> tuple[str, str, None] | None:
        file, data = bundle.get(name, ("", b""))
        if not file:
            return None
        if stray := slips.stray_block(name, bundle):
            raise stray
        return (data.decode(), file, None)

    return FunctionLoader(source)


def _filters(site: SiteView) -> Mapping[str, Callable[[str], str]]:
    """Return the filters that turn addresses, and names of assets, into what a page of the site says."""
    versions = dict(site.assets)

    def href(address: str) -> str:
        return address if SCHEME.match(address) else site.base + encode(address)

    def absolute(address: str) -> str:
        return address if SCHEME.match(address) else site.origin + href(address)

    def asset(name: str) -> str:
        if name not in versions:
            raise slips.unknown_asset(name)
        return f"{href('/assets/' + name)}?v={versions[name][:8]}"

    return {"href": cache(href), "absolute": absolute, "asset": cache(asset)}


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
