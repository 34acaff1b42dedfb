"""Overlay: a panel of problems with their lines, and a status band.

Both are in shadow trees, so that the page's styles and theirs don't affect each other.
"""

import hashlib
import platform
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib import parse

from markupsafe import Markup

from sitegen import __version__
from sitegen.core.diagnostics import Problem

AROUND = 1
"""Lines quoted before and after the one with the problem."""

MOST = 20
"""Problems shown on a page."""

LONGEST = 1_000_000
"""Bytes of a file that are read for quoting."""


@dataclass(frozen=True, slots=True)
class Line:
    """A quoted line; `column` is the problem's, from 1, and 0 on the lines around it."""

    number: int
    text: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps pages from being updated: problems, or an error inside sitegen with the text to report."""

    problems: tuple[Problem, ...] = ()
    crash: str = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.crash)


def quote(root: Path, problem: Problem) -> tuple[Line, ...]:
    """Return the lines that a problem is about; none of a missing or withdrawn file."""
    text = _text(root, problem.where.path)
    number = problem.where.line
    lines = text.splitlines()
    if not 1 <= number <= len(lines):
        return ()
    return tuple(
        Line(each, lines[each - 1], problem.where.column if each == number else 0)
        for each in range(max(1, number - AROUND), min(len(lines), number + AROUND) + 1)
    )


def says_withdrawn(root: Path, path: str) -> bool:
    """Search a file for a `withdrawn` key by pattern, because it may not be parseable."""
    return bool(re.search(r"^\s*[\"']?withdrawn\b", _read(root / path), re.MULTILINE | re.IGNORECASE))


def _text(root: Path, path: str) -> str:
    file = root / path
    if not path or "\0" in path or not file.resolve().is_relative_to(root.resolve()) or file.is_symlink():
        return ""
    return "" if says_withdrawn(root, path) else _read(file)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def report_of(error: BaseException) -> str:
    """Return the text to report for an error inside sitegen: versions, system, traceback."""
    about = f"sitegen {__version__}, Python {platform.python_version()}, {platform.system()}\n"
    return about + "".join(traceback.format_exception(error)).rstrip()


# -- HTML -----------------------------------------------------------------------------------


def problems_html(root: Path, problems: Iterable[Problem]) -> Markup:
    """Return a list of problems as HTML: place, message, fix, and the lines in question."""
    return Markup().join(
        Markup('<article class="{}"><h3>{}</h3><p><strong>{}</strong> {}</p>{}</article>').format(
            problem.severity.value,
            problem.where,
            problem.message,
            problem.hint,
            _quoted(quote(root, problem)),
        )
        for problem in problems
    )


def _quoted(lines: tuple[Line, ...]) -> Markup:
    if not lines:
        return Markup()
    width = len(str(lines[-1].number))
    return Markup("<pre>{}</pre>").format(Markup("\n").join(_lined(line, width) for line in lines))


def _lined(line: Line, width: int) -> Markup:
    if not line.column:
        return Markup("{}  {}").format(str(line.number).rjust(width), line.text)
    before, after = line.text[: line.column - 1], line.text[line.column - 1 :]
    return Markup("<b>{}  {}<mark>{}</mark>{}</b>").format(
        str(line.number).rjust(width), before, after[:1] or " ", after[1:]
    )


def panel(root: Path, trouble: Trouble) -> Markup:
    """Return the panel over every page while something is wrong; empty markup otherwise."""
    if not trouble:
        return Markup()
    inside = _crash(trouble.crash) if trouble.crash else problems_html(root, trouble.problems[:MOST])
    if len(trouble.problems) > MOST:
        inside += Markup('<p>The <a href="/_preview/">dashboard</a> lists the others.</p>')
    title = "Something went wrong in sitegen" if trouble.crash else _counted(len(trouble.problems))
    key = hashlib.blake2b(str(inside).encode(), digest_size=8).hexdigest()
    return _shadow(
        "_preview-problems",
        Markup(
            '<details open data-key="{}"><summary>{}</summary><div role="alert">{}</div></details>'
        ).format(key, title, inside),
    )


def _crash(crash: str) -> Markup:
    return Markup(
        "<p>This is not your mistake. The page below is the last good one.</p>"
        "<p><strong>Please report</strong> the lines below, and what you had just changed. "
        "They may contain words from your texts, so read them before you send them.</p><pre>{}</pre>"
    ).format(crash)


def _counted(number: int) -> str:
    return "1 problem" if number == 1 else f"{number} problems"


def band(text: str) -> Markup:
    """Return the band above a page that is not public, with a link to the dashboard."""
    words = Markup('<p class="band" role="status">{} <a href="/_preview/">All drafts</a></p>')
    return _shadow("_preview-band", words.format(text))


def bar(slug: str) -> Markup:
    """Return the bar of every page, which leads to the desk; `slug` is that of the page's story, or ""."""
    edit = Markup('<a href="/_desk/stories/{}/">Edit this story</a>')
    link = edit.format(parse.quote(slug, safe="")) if slug else Markup()
    nav = Markup('<nav aria-label="Preview">{}<a href="/_desk/">Desk</a></nav>')
    return _shadow("_preview-bar", nav.format(link))


def _shadow(name: str, inside: Markup) -> Markup:
    return Markup('<div id="{}"><template shadowrootmode="open"><style>{}</style>{}</template></div>').format(
        name,
        STYLE,
        inside,
    )


STYLE = Markup("""
:host { all: initial; }
:host(#_preview-band) { position: sticky; inset-block-start: 0; z-index: 2147483646; display: block; }
:host(#_preview-bar) { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483645; display: block; }
* { box-sizing: border-box; font: 1rem/1.5 system-ui, sans-serif; }
nav { display: flex; gap: 1rem; padding: .25rem .75rem; border-radius: .5rem; background: #1c1c22;
  box-shadow: 0 0 0 1px #f4f4f6; }
nav a { color: #9ad0ff; }
@media print { nav { display: none; } }
.band { margin: 0; padding: .75rem 1rem; background: #ffd54a; color: #1d1600;
  border-block-end: 4px dashed #7a5c00; }
details a { color: #9ad0ff; }
.band a { color: inherit; font-weight: 700; white-space: nowrap; }
details { position: fixed; inset: auto 1rem 4rem; z-index: 2147483647; inline-size: fit-content;
  max-inline-size: calc(100vw - 2rem); border-radius: .5rem; background: #1c1c22; color: #f4f4f6;
  box-shadow: 0 0 0 3px #ff6b5e, 0 1rem 3rem #000a; }
details[open] { inset-block-start: auto; inline-size: auto; }
summary { padding: .75rem 1rem; font-weight: 700; cursor: pointer; }
summary::after { content: " – show"; font-weight: 400; }
details[open] > summary::after { content: " – hide"; }
:focus-visible { outline: 3px solid #7cc4ff; outline-offset: 2px; }
details > div { max-block-size: 70vh; overflow: auto; padding: 0 1rem 1rem; }
article { margin-block-end: 1rem; border-inline-start: 4px solid #ff6b5e; padding-inline-start: .75rem; }
article.warning { border-color: #ffd54a; }
h3, p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
h3, pre, pre * { font: .875rem/1.5 ui-monospace, monospace; }
h3 { color: #9ad0ff; }
strong { font-weight: 700; }
pre { margin: .25rem 0 0; padding: .5rem .75rem; overflow-x: auto; background: #000; color: #c8c8d0; }
pre b { color: #fff; font-weight: 700; }
pre mark { background: #ff6b5e; color: #000; font-weight: 700; }
""")

# -- inserting ----------------------------------------------------------------------------

SCRIPTS = '<script src="/livereload.js" async></script><script src="/_preview/fold.js" async></script>'
"""In this request: a page reloads and keeps its place, and a panel that was folded away stays so."""

FOLD = """\
for (const panel of document.querySelectorAll('#_preview-problems')) {
  const details = panel.shadowRoot.querySelector('details'), key = details.dataset.key;
  details.open = sessionStorage.folded !== key;
  details.addEventListener('toggle', () => { sessionStorage.folded = details.open ? '' : key; });
}
"""

POLICY = re.compile(rb"<meta[^>]*http-equiv=[\"']?content-security-policy[^>]*>", re.IGNORECASE)
"""A page's Content-Security-Policy, which would block the preview's scripts."""


def insert(page: bytes, above: Markup, below: Markup) -> bytes:
    """Return a page with a band at its top, a panel at its end, and the preview's scripts."""
    page = POLICY.sub(b"", page)
    page = _insert(page, SCRIPTS, rb"</head\s*>", before=True)
    page = _insert(page, above, rb"<body[^>]*>", before=False)
    return _insert(page, below, rb"</body\s*>", before=True)


def _insert(page: bytes, html: str, tag: bytes, before: bool) -> bytes:
    """Insert at the first such tag, or at the end if the template has no such tag."""
    found = re.search(tag, page, re.IGNORECASE)
    place = len(page) if found is None else found.start() if before else found.end()
    return page[:place] + html.encode() + page[place:] if html else page


def bare(title: str) -> bytes:
    """Return a page with nothing but a title."""
    page = Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{0}</title></head>'
        '<body style="margin: 0; font: 1rem/1.5 system-ui, sans-serif"><h1 style="margin: 1rem">{0}</h1>'
        "</body></html>"
    )
    return page.format(title).encode()
