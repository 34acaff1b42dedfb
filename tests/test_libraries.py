"""Library contracts: what sitegen relies on in each library, beyond what its signature says.

After an upgrade these tests fail first, and name the library. Each uses the library alone, so
a failure here is a change in the library, not in sitegen.
"""

import inspect
import io
import logging
import re
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import frontmatter
import nh3
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from markdown import Markdown, blockprocessors, inlinepatterns, preprocessors, treeprocessors
from markdown.extensions.smarty import SubstituteTextPattern
from markdown.extensions.toc import TocTreeprocessor
from PIL import Image, UnidentifiedImageError
from tornado.web import RequestHandler
from tornado.websocket import WebSocketHandler
from watchfiles import Change, watch


def relied(library: str, on: str) -> str:
    """Return the message of a failed assertion."""
    return f"{library} {version(library)}: sitegen relies on {on}"


# -- python-frontmatter ---------------------------------------------------------------------


class Handler(YAMLHandler):
    """Records its input, as sitegen's handler does."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def split(self, text: str) -> tuple[str, str]:
        self.given.append(text)
        return "matter", "body"

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        self.given.append(fm)
        return {"key": ["value"]}


class RefusalError(Exception):
    """Not a ValueError, which python-frontmatter catches."""


def test_python_frontmatter_leaves_splitting_and_loading_to_a_handler() -> None:
    handler = Handler()
    found = frontmatter.parse("---\na: b\n---\nbody", handler=handler)
    reliance = "parse() calling split() and load() of the handler it is given, once each, and nothing else"
    assert handler.given == ["---\na: b\n---\nbody", "matter"], relied("python-frontmatter", reliance)
    assert found == ({"key": ["value"]}, "body"), relied("python-frontmatter", reliance)


def test_python_frontmatter_passes_on_exceptions_of_a_handler() -> None:
    class Refusing(Handler):
        def split(self, text: str) -> tuple[str, str]:
            raise RefusalError

    try:
        frontmatter.parse("---\n---", handler=Refusing())
    except RefusalError:
        return
    pytest.fail(relied("python-frontmatter", "parse() handing on an exception of the handler"))


# -- PyYAML ---------------------------------------------------------------------------------


def nodes(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the keys and values of a mapping."""
    root = yaml.CSafeLoader(text).get_single_node()
    assert isinstance(root, yaml.MappingNode), relied("PyYAML", "get_single_node() returning a MappingNode")
    found: list[tuple[yaml.Node, yaml.Node]] = root.value
    return found


def test_pyyaml_has_the_position_of_each_key() -> None:
    found = nodes("a: 1\n\nbc:\n  - x\n  - y: z\n")
    reliance = "CSafeLoader.get_single_node() with start_mark.line and .column, counted from 0"
    marks = [(key.start_mark.line, key.start_mark.column) for key, _ in found]
    assert marks == [(0, 0), (2, 0)], relied("PyYAML", reliance)
    assert found[1][1].value[1].start_mark.column == 4, relied("PyYAML", reliance)


def test_pyyaml_keeps_the_text_of_a_scalar_in_its_node() -> None:
    found = nodes("a: NO\nb: 013\nc: 12:30\nd: 2026-02-30\na: '~'\ne:\n")
    values = [value.value for _, value in found]
    reliance = "nodes with the text of each scalar as written, and both of two equal keys"
    assert values == ["NO", "013", "12:30", "2026-02-30", "~", ""], relied("PyYAML", reliance)
    tag = found[-1][1].tag
    assert tag == "tag:yaml.org,2002:null", relied("PyYAML", f"the null tag of an empty value, not {tag}")


def error_in(text: str) -> yaml.MarkedYAMLError | None:
    """Return the error that PyYAML reports."""
    try:
        yaml.CSafeLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        return error
    return None


@pytest.mark.parametrize("text", ["a: [", "a: 'b", "a:\n\tb: c", "a: b: c"])
def test_pyyaml_has_the_position_of_a_mistake(text: str) -> None:
    error = error_in(text)
    assert error, relied("PyYAML", f"a MarkedYAMLError for {text!r}")
    assert error.problem_mark, relied("PyYAML", f"problem_mark of the error in {text!r}")
    assert error.problem, relied("PyYAML", f"the problem of the error in {text!r}")


# -- Markdown -------------------------------------------------------------------------------


def test_markdown_forgets_a_text_at_reset() -> None:
    markdown = Markdown(extensions=["abbr", "footnotes", "toc"], output_format="html")
    first = markdown.reset().convert("# One\n\nA[^1] [b] HTML\n\n[^1]: c\n[b]: /d\n*[HTML]: e")
    second = markdown.reset().convert("# One\n\nA[^1] [b] HTML")
    reliance = "reset() forgetting footnotes, links, abbreviations and heading ids, and returning itself"
    assert 'id="one"' in first, relied("Markdown", reliance)
    assert second == '<h1 id="one">One</h1>\n<p>A[^1] [b] HTML</p>', relied("Markdown", reliance)


REPLACED = {
    "normalize_whitespace": preprocessors.NormalizeWhitespace,
    "html_block": preprocessors.HtmlBlockPreprocessor,
    "toc": TocTreeprocessor,
    "unescape": treeprocessors.UnescapeTreeprocessor,
    "inline": treeprocessors.InlineProcessor,
    "smarty": treeprocessors.InlineProcessor,
}
"""Processors that sitegen replaces by faster ones, and their classes."""


@pytest.mark.parametrize("name", REPLACED)
def test_markdown_has_the_processors_that_the_shortcuts_replace(name: str) -> None:
    markdown = Markdown(extensions=["smarty", "toc"])
    registry = markdown.preprocessors if name in markdown.preprocessors else markdown.treeprocessors
    reliance = f"{name!r} being a {REPLACED[name].__name__}; without it builds are right, but slower"
    assert name in registry, relied("Markdown", reliance)
    assert type(registry[name]) is REPLACED[name], relied("Markdown", reliance)


def test_markdown_tries_inline_patterns_by_the_method_that_the_shortcut_replaces() -> None:
    method = getattr(treeprocessors.InlineProcessor, "_InlineProcessor__applyPattern", None)
    reliance = "InlineProcessor.__applyPattern(pattern, data, patternIndex, startIndex=0)"
    assert method, relied("Markdown", reliance)
    names = [*inspect.signature(method).parameters]
    assert names == ["self", "pattern", "data", "patternIndex", "startIndex"], relied("Markdown", reliance)
    patterns = [pattern.getCompiledRegExp() for pattern in Markdown().inlinePatterns]
    assert all(isinstance(pattern, re.Pattern) for pattern in patterns), relied(
        "Markdown", "getCompiledRegExp() of every inline pattern"
    )


def test_markdown_shows_the_patterns_of_smarty() -> None:
    smarty = Markdown(extensions=["smarty"]).treeprocessors["smarty"]
    assert isinstance(smarty, treeprocessors.InlineProcessor)
    patterns = list(smarty.inlinePatterns)
    reliance = "18 patterns of smarty, each a SubstituteTextPattern with `replace`"
    assert len(patterns) == 18, relied("Markdown", reliance)
    for pattern in patterns:
        assert isinstance(pattern, SubstituteTextPattern), relied("Markdown", reliance)
        assert hasattr(pattern, "replace"), relied("Markdown", reliance)
    assert issubclass(SubstituteTextPattern, inlinepatterns.Pattern), relied("Markdown", reliance)


def test_markdown_asks_block_processors_in_the_order_of_their_priority() -> None:
    class First(blockprocessors.BlockProcessor):
        def test(self, parent: object, block: str) -> bool:
            return True

        def run(self, parent: Any, blocks: list[str]) -> None:
            self.parser.blockprocessors["paragraph"].run(parent, blocks)

    markdown = Markdown()
    markdown.parser.blockprocessors.register(First(markdown.parser), "first", 1000)
    reliance = "block processors being asked by priority, and 'paragraph' running for another one"
    assert markdown.convert("# a") == "<p># a</p>", relied("Markdown", reliance)


# -- nh3 ------------------------------------------------------------------------------------


def cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={"a", "h2", "p", "td"},
        clean_content_tags={"script", "style"},
        attributes={"a": {"href", "title"}, "h2": {"id"}},
        allowed_classes={"td": {"left"}},
        attribute_filter=lambda _, name, value: None if name == "id" and value[:1] == "_" else value,
        url_schemes={"https"},
        link_rel=None,
    )


CLEANED = {
    "<script>a</script><style>b</style>c": ("c", "the content of script and style being removed"),
    "<svg><p>a</svg>": ("<p>a</p>", "svg being removed"),
    "<p onclick=a>b": ("<p>b</p>", "handlers being removed, and tags being closed"),
    '<a href="javascript:a()">b</a>': ("<a>b</a>", "javascript: being removed"),
    '<a href="java&#115;cript&colon;a()">b</a>': ("<a>b</a>", "javascript: in entities being removed"),
    '<a href="java\tscript:a()">b</a>': ("<a>b</a>", "javascript: with a tab in it being removed"),
    '<a href="https:a">b</a>': ('<a href="https:a">b</a>', "https: being kept, and no rel being added"),
    '<a href="//a/b">c</a>': ('<a href="//a/b">c</a>', "//host being kept (sitegen itself refuses it)"),
    "<a href='b' title='c\"d>e<f'>g</a>": (
        '<a href="b" title="c&quot;d&gt;e&lt;f">g</a>',
        'attributes in double quotes, with <, > and " escaped',
    ),
    '<h2 id="_a">b</h2><h2 id="c">d</h2>': ('<h2>b</h2><h2 id="c">d</h2>', "attribute_filter removing ids"),
    '<table><tr><td class="left evil">a</table>': ('<td class="left">a</td>', "allowed_classes"),
    "<!-- a --><p>b</p>": ("<p>b</p>", "comments being removed"),
}
"""HTML before and after cleaning, by name."""


@pytest.mark.parametrize("written", CLEANED)
def test_nh3_cleans_as_the_patterns_on_its_output_expect(written: str) -> None:
    expected, name = CLEANED[written]
    assert expected in cleaner().clean(written), relied("nh3", name)
    for forbidden in ("script", "svg", "onclick", "evil", "<!--", "rel="):
        assert forbidden not in cleaner().clean(written), relied("nh3", name)


# -- Pillow ---------------------------------------------------------------------------------


def stored(kind: str, size: tuple[int, int] = (1600, 1200), **options: Any) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    file.seek(0)
    return file


def test_pillow_decodes_a_jpeg_at_least_as_large_as_draft_was_asked_for() -> None:
    with Image.open(stored("JPEG"), formats=("JPEG",)) as photo:
        photo.draft(None, (500, 375))
        drafted = photo.size
        photo.load()
    reliance = "draft() choosing the smallest scale of 1/2, 1/4, 1/8 that is large enough, before decoding"
    assert drafted == photo.size == (800, 600), relied("Pillow", reliance)


def test_pillow_opens_only_the_formats_it_is_given() -> None:
    image = stored("PNG", (1, 1))
    try:
        Image.open(image, formats=("JPEG", "WEBP", "GIF"))
    except UnidentifiedImageError:
        return
    pytest.fail(
        relied("Pillow", "open(formats=…) refusing every other format, whatever the file begins with")
    )


def test_pillow_reads_no_pixel_when_it_opens_a_file() -> None:
    whole = stored("PNG", (3000, 2000)).getvalue()
    reliance = "open() reading only the header, so that the size is known before anything is decoded"
    try:
        with Image.open(io.BytesIO(whole[:200]), formats=("PNG",)) as image:
            size = image.size
    except OSError as error:
        pytest.fail(f"{relied('Pillow', reliance)}: {error}")
    assert size == (3000, 2000), relied("Pillow", reliance)


def test_pillow_writes_no_metadata_when_info_is_empty() -> None:
    with Image.open(stored("JPEG", (8, 8), comment=b"private", exif=b"Exif\0\0private")) as photo:
        assert photo.info, relied("Pillow", "info holding comment and EXIF of a JPEG")
        plain = photo.copy()
    plain.info = {}
    for kind in ("JPEG", "WEBP"):
        file = io.BytesIO()
        plain.save(file, kind)
        reliance = f"save() of {kind} writing nothing that was in an emptied info"
        assert b"private" not in file.getvalue(), relied("Pillow", reliance)


def test_pillow_crops_and_scales_in_one_step() -> None:
    image = Image.new("RGB", (400, 400), "black")
    image.paste("white", (200, 200, 400, 400))
    box = (200.0, 200.0, 400.0, 400.0)
    small = image.resize((50, 50), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    reliance = "resize(box=, reducing_gap=) showing what is inside the box"
    assert small.getpixel((25, 25)) == (255, 255, 255), relied("Pillow", reliance)
    assert small.size == (50, 50), relied("Pillow", reliance)


# -- livereload -----------------------------------------------------------------------------


def test_livereload_has_handlers_for_tornado() -> None:
    assert issubclass(LiveReloadHandler, WebSocketHandler), relied("livereload", "a handler of websockets")
    assert issubclass(LiveReloadJSHandler, RequestHandler), relied("livereload", "a handler of its script")
    for handler in (LiveReloadHandler, LiveReloadJSHandler):
        assert "prepare" not in vars(handler), relied("livereload", "prepare() being sitegen's guard")
    assert "check_origin" in vars(LiveReloadHandler), relied("livereload", "check_origin() to override")


class Waiter:
    """Fake connection of a browser."""

    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []

    def write_message(self, message: dict[str, object]) -> None:
        self.messages.append(message)


def test_livereload_sends_reload_messages_to_all_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    waiter = Waiter()
    monkeypatch.setattr(LiveReloadHandler, "waiters", {waiter})
    monkeypatch.setattr(LiveReloadHandler, "watcher", Watcher())
    monkeypatch.setattr(LiveReloadHandler, "live_css", True)
    monkeypatch.setattr(LiveReloadHandler, "_last_reload_time", None)
    monkeypatch.setattr(logging.getLogger("livereload"), "propagate", False)
    LiveReloadHandler.reload_waiters("style.css")
    LiveReloadHandler.reload_waiters("*")
    sent = [(each["command"], each["path"], each["liveCSS"]) for each in waiter.messages]
    reliance = "reload_waiters(path) sending each message at once to every handler in `waiters`"
    assert sent == [("reload", "style.css", True), ("reload", "*", True)], relied("livereload", reliance)


# -- watchfiles -----------------------------------------------------------------------------


def test_watchfiles_takes_the_arguments_of_the_dev_server(tmp_path: Path) -> None:
    """A first, empty set means that the watch has begun."""
    over = threading.Event()
    asked: list[str] = []

    def is_wanted(change: Change, path: str) -> bool:
        asked.append(path)
        return path.endswith(".md")

    found = watch(
        tmp_path,
        watch_filter=is_wanted,
        debounce=1000,
        step=20,
        stop_event=over,
        rust_timeout=200,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    try:
        assert next(found) == set(), relied(
            "watchfiles", "yield_on_timeout: an empty set when nothing happens"
        )
        (tmp_path / "left.txt").touch()
        (tmp_path / "story.md").touch()
        changes = next(each for each in found if each)
    finally:
        over.set()
    added = (Change.added, str(tmp_path / "story.md"))
    assert added in changes, relied("watchfiles", "changes as pairs of Change.added and the whole path")
    assert all(path.endswith(".md") for _, path in changes), relied("watchfiles", "watch_filter being asked")
    assert next(found, None) is None, relied("watchfiles", "stop_event ending the iteration")
