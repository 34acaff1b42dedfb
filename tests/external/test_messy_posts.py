"""Messy posts: sites of hundreds of made-up texts and files with everything that people paste and break."""

import html
import re

import pytest
from markdown_it import MarkdownIt

from sitegen.core.visible_text import Phrase, visible_text, words
from sitegen.markup.render import render
from tests.support.markdown_samples import DOCUMENTS
from tests.support.messy_files import OF_BYTES, OF_TEXT, files
from tests.support.messy_posts import RAW_MARKS, posts, shown
from tests.support.site import Site
from tests.support.terminal import run_here

pytestmark = pytest.mark.audit

POSTS = [*posts(300, seed=2)]
FILES = [*files(400)]


def test_every_messy_post_is_published_with_every_word(site: Site) -> None:
    for number, (post, _) in enumerate(POSTS):
        site.story(f"post-{number}", post)
    site.build()
    assert (site.messages, site.report.published) == ([], len(POSTS))
    for number, (_, wanted) in enumerate(POSTS):
        page = site.read(f"stories/post-{number}/index.html")
        assert [word for word in wanted if word not in page] == []


def test_no_messy_post_shows_its_marks() -> None:
    for post, wanted in POSTS:
        found = shown(post)
        assert [word for word in wanted if word not in found] == []
        assert [mark for mark in RAW_MARKS if mark in found] == []


def test_no_messy_file_stops_another_or_loses_a_word_in_silence(site: Site) -> None:
    assert len(FILES) >= len(OF_TEXT) + len(OF_BYTES) + 300
    site.story("sound", "Nothing happened.")
    for number, (_, data, _) in enumerate(FILES):
        site.write(f"content/stories/messy-{number}.md", data)
    done = run_here(site.root, "build", "--date", "2026-11-21", "--jobs", "2")
    assert (done.returncode, "Traceback" in done.stderr, "at fault" in done.stderr) == (3, False, False)
    assert "Nothing happened." in site.read("stories/sound/index.html")
    site.build()
    named = {problem.where.path for problem in site.report.problems} | site.withheld.keys()
    silent: dict[str, list[str]] = {}
    for number, (what, data, wanted) in enumerate(FILES):
        if f"content/stories/messy-{number}.md" not in named:
            page = html.unescape(site.public.get(f"stories/messy-{number}/index.html", b"").decode())
            lost = [word for word in wanted if word.encode() in data and word not in page]
            silent |= {what: lost} if lost or not page else {}
    assert silent == {}


# -- another reader -------------------------------------------------------------------------

OTHER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
"""What GitHub reads, less footnotes, boxes of tasks and emoji."""

ONLY_HERE = re.compile(r"\[\^[^\]\n]+\]:?|(?<=[-*+] )\[[ xX]\] |:[a-z_+0-9-]+:")


def seen(made: str) -> Phrase:
    return words(visible_text(" ".join(made.split())))


def test_fewer_than_three_in_a_hundred_texts_read_otherwise_in_markdown_it() -> None:
    texts = [ONLY_HERE.sub("", text) for text in (*(post for post, _ in POSTS), *DOCUMENTS)]
    differ = [text for text in texts if seen(render(text)[0].html) != seen(OTHER.render(text))]
    assert len(differ) / len(texts) < 0.03
