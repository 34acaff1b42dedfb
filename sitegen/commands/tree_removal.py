"""Tree removal: takes one person out of the published tree without a build.

The pages of the person go, with every picture that no other page shows. Of pages, feeds and lists that
others share, the smallest part that leads to the person goes; where some of it is left, a short notice takes
its place until the next build. Nothing is read from `content/` or `templates/`, which may be broken.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from sitegen.audit.leak_scanner import DERIVATIVES, TEXTS
from sitegen.core.model import Kind, Source
from sitegen.core.urls import encode, file_of
from sitegen.engine import cache_store, lock, output_tree, staging
from sitegen.engine.output_tree import Tree
from sitegen.engine.staging import Stage

NOTICE = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>Back soon</title>
</head>
<body>
  <h1>This page will be back soon</h1>
  <p>It is being updated. Please try again later.</p>
</body>
</html>
"""

ENTRIES, PARTS = ("li", "entry", "url"), ("a", "script", "p", "blockquote", "figure", "article")
"""Elements that are taken out of shared files: first the entries of lists, then smaller parts."""
TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)\b[^>]*?(/?)>", re.IGNORECASE)
VOID = re.compile(r"<(?:link|meta|img|source)\b[^>]*>", re.IGNORECASE)


def remove(root: Path, out: Path, source: Source, say: Callable[[str], None]) -> tuple[str, ...]:
    """Publish the tree that is public without a story or an item; return the paths of the removed files.

    The swap is atomic, and the mark lists what is left, as after any build. Files that sitegen did not make
    stay. Raises OSError where nothing can be written, and lock.LockHeldError.
    """
    cache = root / cache_store.FOLDER
    with lock.hold(cache, say):
        published = output_tree.read_and_open(out)
        files = dict(_reduced(out, published.tree, source))
        with Stage(out, published.tree, cache) as stage:
            for path, data in files.items():
                if data is None:
                    stage.keep(path)
                else:
                    stage.made(path, staging.write(stage.folder, path, data))
            tree = stage.tree
            if tree != published.tree:
                stage.finish(kept=published.foreign)
                stage.publish()
        cache_store.remove_others(root, tree.identity)
        staging.remove_other_spares(cache, tree)
    return tuple(sorted(published.tree.digests.keys() - files.keys()))


def _reduced(out: Path, tree: Tree, source: Source) -> Iterator[tuple[str, bytes | None]]:
    """Yield the path of each file that stays, with its new bytes, or None where it stays as it is."""
    wanted = _traces(source)
    texts: dict[str, bytes | None] = {}
    said: list[bytes] = []
    for path in sorted(tree.digests):
        if path.endswith(TEXTS) and (out / path).is_file():
            data = (out / path).read_bytes()
            after = _without(path, data, source, wanted)
            if after is not None:
                texts[path] = None if after == data else after
                said.append(after)
    everything = b"".join(said).decode("utf-8", "replace")
    yield from texts.items()
    own = f"members-in-action/{source.slug}/" if source.kind is Kind.ITEM else source.address.lstrip("/")
    for path in sorted(path for path in tree.digests.keys() - texts.keys() if not path.startswith(own)):
        is_shown = not path.startswith(DERIVATIVES) or path.rpartition("/")[2] in everything
        if not path.endswith(TEXTS) and is_shown and (out / path).is_file():
            yield path, None


def _traces(source: Source) -> tuple[str, ...]:
    """Return the texts that lead to a story or an item, in any kind of file."""
    if source.kind is Kind.ITEM:
        return (f'#{source.slug}"', f'id="{source.slug}"', f'#{encode(source.slug)}"')
    return (source.address, encode(source.address), escape(encode(source.address)))


def _without(path: str, data: bytes, source: Source, wanted: tuple[str, ...]) -> bytes | None:
    """Return the bytes of a shared file without what leads to a person; None where all of it does."""
    text = data.decode("utf-8", "replace")
    if path == file_of(source.address) and source.kind is not Kind.ITEM:
        return None
    if not _has(text, wanted):
        return data
    if 'http-equiv="refresh"' in text:
        return None
    if path.endswith((".json", ".webmanifest")):
        text = _without_in_json(text, wanted)
    elif path.endswith((".html", ".xml")):
        text = _without_in_markup(text, wanted)
    else:
        text = "".join(line for line in text.splitlines(keepends=True) if not _has(line, wanted))
    if _has(text, wanted):
        return NOTICE.encode() if path.endswith(".html") else None
    return text.encode()


def _has(text: str, wanted: tuple[str, ...]) -> bool:
    return any(each in text for each in wanted)


def _without_in_json(text: str, wanted: tuple[str, ...]) -> str:
    def less(value: Any) -> Any:
        if isinstance(value, list):
            return [less(each) for each in value if not _has(json.dumps(each, ensure_ascii=False), wanted)]
        if isinstance(value, Mapping):
            return {key: less(each) for key, each in value.items()}
        return value

    try:
        return json.dumps(less(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return text


def _without_in_markup(text: str, wanted: tuple[str, ...]) -> str:
    """Return HTML or XML without the smallest elements that have what is wanted."""
    for names in (ENTRIES, PARTS):
        while found := next(
            (span for span in _elements(text, names) if _has(text[slice(*span)], wanted)), None
        ):
            text = text[: found[0]] + text[found[1] :]
    return VOID.sub(lambda tag: "" if _has(tag[0], wanted) else tag[0], text)


def _elements(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where each element of these names begins and ends, inner ones before those around them."""
    opened: list[tuple[str, int]] = []
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if name not in names or tag[3]:
            continue
        if not tag[1]:
            opened.append((name, tag.start()))
        elif opened and opened[-1][0] == name:
            yield opened.pop()[1], tag.end()
