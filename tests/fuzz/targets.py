"""Fuzz targets: promises about any bytes, one function for each kind of input.

`python -m tests.fuzz` runs a fuzzer on each; `tests/fuzz/test_corpus.py` runs them on past findings in
`corpus/`. A failure is a bug in sitegen.
"""

import io
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from markdown import Markdown
from PIL import Image

from sitegen.authoring import column_mapping, content_writer, csv_reader, importer, photo_archive
from sitegen.authoring.importer import Outcome
from sitegen.content import frontmatter, schema, validation
from sitegen.content.discovery import ContentFiles
from sitegen.content.frontmatter import Document
from sitegen.core import limits
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Focus, Photo
from sitegen.core.settings import ImageSettings, Settings
from sitegen.core.text import UNPRINTABLE
from sitegen.images import derivatives, probe, processing
from sitegen.images.derivatives import Recipe
from sitegen.markup import fast_markdown, render
from tests.support.html_safety import Danger

PATH = "content/stories/ada.md"
SETTINGS = Settings(
    name="Test", short_name="Test", origin="https://example.org", base="", description="", languages=("en",),
    navigation=(), contact=None, social=(), announcement=None, page_size=12, images=ImageSettings(80, 82),
    fields=(), topics=(),
)  # fmt: skip
MOST_SECONDS = 20
"""Processor seconds for one input: ten times the promise, because a fuzzer traces every step."""


class TooSlow(BaseException):
    """An input took too long; a BaseException, so that no handler in sitegen catches it."""


@contextmanager
def patience() -> Iterator[None]:
    """Raise `TooSlow` if the block takes too much processor time, however busy the machine is."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# -- front matter ---------------------------------------------------------------------------


def front_matter(data: bytes) -> None:
    """A content file is a document or a problem in it, on one of its lines."""
    found = frontmatter.read(data, PATH)
    if isinstance(found, Problem):
        _is_plain(found.message, found.hint)
        assert 0 <= found.where.line <= data.count(b"\n") + data.count(b"\r") + 1
        return
    assert not UNPRINTABLE.search(found.body)
    assert all(not UNPRINTABLE.search(str(value)) for value in found.values.values())
    assert frontmatter.values_of(data) == found.values
    form = validation.fill(schema.StoryForm, found.values)
    for fault in form if isinstance(form, tuple) else ():
        _is_plain(fault.message, fault.hint)
        assert found.where(PATH, fault.path, fault.on_key).line > 0


def _is_plain(message: str, hint: str) -> None:
    """Check that a message is a sentence of readable length, with a fix."""
    assert message.endswith((".", "?"))
    assert hint
    assert len(message) + len(hint) < 2 * limits.LONGEST_LINE + 400


# -- Markdown -------------------------------------------------------------------------------

SHORT = 1000
"""Most characters of a text that is also rendered by plain Python-Markdown."""


def text(data: bytes) -> None:
    """A text becomes HTML in which nothing can run, equal to that of Python-Markdown, or a problem."""
    written = _text(data)
    body, remarks = render.render(written)
    for remark in remarks:
        _is_plain(remark.message, remark.hint)
    assert not UNPRINTABLE.search(body.html)
    finished = render.fill_in(body.html, lambda target: target, lambda *_: "", "x-")
    assert Danger(body.html).found == Danger(finished).found == []
    refused = any(remark.severity == "error" for remark in remarks)
    if len(written) <= SHORT and not refused:
        assert _swift().reset().convert(written) == _stock().reset().convert(written)


def _text(data: bytes) -> str:
    """Return a text; a part between two record separators is repeated as often as it fits.

    So the fuzzer finds inputs that are slow only in great number.
    """
    read = data.decode("utf-8", "ignore").replace("\r", "\n")
    before, one, more = read.partition("\x1e")
    unit, two, after = more.partition("\x1e")
    if one and two and unit:
        times = (limits.LONGEST_TEXT - len(before) - len(after)) // len(unit)
        read = before + unit * times + after
    return UNPRINTABLE.sub("", read)


@cache
def _stock() -> Markdown:
    return fast_markdown.standard()


@cache
def _swift() -> Markdown:
    return fast_markdown.fast()


# -- tables of answers ----------------------------------------------------------------------


def table(data: bytes) -> None:
    """A table becomes rows or a reason; a row becomes a draft that is read back unchanged, or a refusal."""
    found = csv_reader.read(data)
    if isinstance(found, str):
        assert found.endswith(".")
        return
    named = [column for column in found.columns if column]
    assert len(set(named)) == len(named)
    with tempfile.TemporaryDirectory() as root:
        plans = importer.plan(
            found,
            column_mapping.guess(found),
            Path(root),
            ContentFiles((), frozenset()),
            SETTINGS,
            photo_archive.EMPTY,
            date(2026, 11, 21),
        )
    assert len(plans) == len(found.rows)
    for plan in plans:
        _is_draft(plan)


def _is_draft(plan: importer.Plan) -> None:
    if plan.outcome is not Outcome.NEW:
        assert plan.notes or plan.path
        return
    values = plan.values or {}
    written = content_writer.text(schema.StoryForm, values, plan.body)
    read = frontmatter.read(written.encode(), plan.path)
    assert isinstance(read, Document)
    assert read.values == values
    assert values["draft"] == "true"
    assert isinstance(
        validation.fill(schema.StoryForm, {**values, "consent": values.get("consent") or {}}),
        tuple | schema.StoryForm,
    )
    assert Danger(render.render(read.body)[0].html).found == []


# -- pictures -------------------------------------------------------------------------------

FEW_PIXELS = 4_000_000
"""Most pixels of a photo that is processed here too; more only take longer."""


def picture(data: bytes) -> None:
    """A file becomes a photo or a problem; every derivative of a photo is as planned."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "photo.jpg"
        file.write_bytes(data)
        photo = probe.inspect_photo(file, "content/stories/photo.jpg")
        processing.perceptual_hash(data)
        if not isinstance(photo, Photo):
            _is_plain(photo.message, photo.hint)
        elif photo.width * photo.height <= FEW_PIXELS:
            _develop(file, derivatives.headshot(photo, Focus(), SETTINGS.images))
            _develop(file, derivatives.figure(photo, SETTINGS.images))


def _develop(file: Path, recipe: Recipe) -> None:
    try:
        developed = processing.process(file, recipe)
    except MemoryError:
        raise
    except Exception:
        return
    webp, jpeg = derivatives.derivatives(recipe)
    for planned, made in zip((*webp, jpeg), developed.files, strict=True):
        with Image.open(io.BytesIO(made)) as image:
            image.load()
            assert image.size == (planned.width, planned.height)
            assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "front_matter": front_matter,
    "text": text,
    "table": table,
    "picture": picture,
}
