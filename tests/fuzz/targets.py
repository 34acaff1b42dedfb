"""What must hold of any bytes, one function for each kind of input; what fails is a bug of ours.

Each is given to a fuzzer by `python -m tests.fuzz`, and what that has found, in `corpus/`, by
`tests/test_fuzz.py`.
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

from sitegen import (
    columns,
    darkroom,
    engine,
    frontmatter,
    images,
    importer,
    limits,
    loupe,
    manuscript,
    markup,
    photobox,
    schema,
    tables,
)
from sitegen import plain as plainest
from sitegen.frontmatter import Document, StrictHandler
from sitegen.images import Recipe
from sitegen.importer import Fate
from sitegen.model import Focus, ImageSettings, Photo, Settings
from sitegen.problems import Problem
from sitegen.scan import Shelf
from sitegen.signs import UNPRINTABLE
from tests.test_markup import Danger

PATH = "content/stories/ada.md"
SETTINGS = Settings(
    name="Test", short_name="Test", origin="https://example.org", base="", description="", languages=("en",),
    navigation=(), contact=None, social=(), announcement=None, page_size=12, images=ImageSettings(80, 82),
    fields=(), topics=(),
)  # fmt: skip
MOST_SECONDS = 20
"""Of the processor, for one input: ten times what is promised, because a fuzzer watches every step."""


class TooSlow(BaseException):
    """An input took too long; nothing that expects exceptions takes this for one of its own."""


@contextmanager
def patience() -> Iterator[None]:
    """Raise `TooSlow` where what is done takes too much of the processor, however busy the machine is."""

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
    """A content file is a document or a problem in it; read the quick way, it is what YAML makes of it."""
    found = frontmatter.read(data, PATH)
    if isinstance(found, Problem):
        _is_plain(found.message, found.hint)
        assert 0 <= found.where.line <= data.count(b"\n") + data.count(b"\r") + 1
        return
    assert not UNPRINTABLE.search(found.matter + found.body)
    assert _by_yaml(found) == found.values
    quick = plainest.read(found.matter)
    assert quick is None or quick == found.values
    form = schema.fill(schema.StoryForm, found.values)
    for fault in form if isinstance(form, tuple) else ():
        _is_plain(fault.message, fault.hint)
        assert found.where(PATH, fault.path, fault.on_key).line > 0


def _by_yaml(document: Document) -> Mapping[str, frontmatter.Value]:
    return StrictHandler(document.line_above).load_nodes(document.matter)


def _is_plain(message: str, hint: str) -> None:
    """Check that what is said is a sentence, of a length that somebody reads, with a way out."""
    assert message.endswith((".", "?"))
    assert hint
    assert len(message) + len(hint) < 2 * limits.LONGEST_LINE + 400


# -- Markdown -------------------------------------------------------------------------------

SHORT = 1000
"""Characters of a text that is also given to Python-Markdown as it is."""


def text(data: bytes) -> None:
    """A text is HTML in which nothing can run, or a problem; and it is what Python-Markdown makes of it."""
    written = _text(data)
    body, remarks = markup.render(written)
    for remark in remarks:
        _is_plain(remark.message, remark.hint)
    assert not UNPRINTABLE.search(body.html)
    finished = markup.finish(body.html, lambda target: target, lambda *_: "", "x-")
    assert Danger(body.html).found == Danger(finished).found == []
    refused = any(remark.severity == "error" for remark in remarks)
    if len(written) <= SHORT and not refused:
        assert _swift().reset().convert(written) == _stock().reset().convert(written)


def _text(data: bytes) -> str:
    """Return a text; with two record separators in it, what stands between them as often as it fits.

    So the fuzzer finds what takes long only where there is much of it.
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
    return engine.stock()


@cache
def _swift() -> Markdown:
    return engine.swift()


# -- tables of answers ----------------------------------------------------------------------


def table(data: bytes) -> None:
    """A table is rows or a reason why not; each row a draft that is read back as it was meant, or refused."""
    found = tables.read(data)
    if isinstance(found, str):
        assert found.endswith(".")
        return
    named = [column for column in found.columns if column]
    assert len(set(named)) == len(named)
    with tempfile.TemporaryDirectory() as root:
        plans = importer.plan(
            found, columns.guess(found), Path(root), Shelf((), frozenset()), SETTINGS, photobox.EMPTY,
            date(2026, 11, 21),
        )  # fmt: skip
    assert len(plans) == len(found.rows)
    for plan in plans:
        _is_draft(plan)


def _is_draft(plan: importer.Plan) -> None:
    if plan.fate is not Fate.NEW:
        assert plan.notes or plan.path
        return
    values = plan.values or {}
    written = manuscript.text(schema.StoryForm, values, plan.body)
    read = frontmatter.read(written.encode(), plan.path)
    assert isinstance(read, Document)
    assert read.values == values
    assert values["draft"] == "true"
    assert isinstance(
        schema.fill(schema.StoryForm, {**values, "consent": values.get("consent") or {}}),
        tuple | schema.StoryForm,
    )
    assert Danger(markup.render(read.body)[0].html).found == []


# -- pictures -------------------------------------------------------------------------------

FEW_PIXELS = 4_000_000
"""Of a photo that is developed here too; more only take longer."""


def picture(data: bytes) -> None:
    """A file is a photo or a problem; where it can be developed, every derivative is what was planned."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "photo.jpg"
        file.write_bytes(data)
        photo = loupe.look(file, "content/stories/photo.jpg")
        darkroom.look_of(data)
        if not isinstance(photo, Photo):
            _is_plain(photo.message, photo.hint)
        elif photo.width * photo.height <= FEW_PIXELS:
            _develop(file, images.headshot(photo, Focus(), SETTINGS.images))
            _develop(file, images.figure(photo, SETTINGS.images))


def _develop(file: Path, recipe: Recipe) -> None:
    try:
        developed = darkroom.develop(file, recipe)
    except MemoryError:
        raise
    except Exception:
        return
    webp, jpeg = images.derivatives(recipe)
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
