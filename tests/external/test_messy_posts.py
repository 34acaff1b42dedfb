"""Messy posts: a site of 300 made-up texts with everything that people paste."""

from pathlib import Path

import pytest

from tests.support.messy_posts import RAW_MARKS, posts, shown
from tests.support.site import Site

pytestmark = pytest.mark.audit

POSTS = [*posts(300, seed=2)]


def test_every_messy_post_is_published_with_every_word(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number, (post, _) in enumerate(POSTS):
        site.story(f"post-{number}", post)
    site.build()
    assert (site.messages, site.report.published) == ([], len(POSTS))
    for number, (_, words) in enumerate(POSTS):
        page = site.read(f"stories/post-{number}/index.html")
        assert [word for word in words if word not in page] == []


def test_no_messy_post_shows_its_marks() -> None:
    for post, words in POSTS:
        found = shown(post)
        assert [word for word in words if word not in found] == []
        assert [mark for mark in RAW_MARKS if mark in found] == []
