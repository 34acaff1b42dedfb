"""Scaffold: file names of new content, valid on every disk."""

import pytest

from sitegen.authoring import scaffold
from sitegen.core.model import Kind


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("José Núñez", "jose-nunez"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "jose-nunez"),
        ("Zoë O’Neil-Smith", "zoe-oneil-smith"),
        ("../../etc/passwd", "etc-passwd"),
        ("Con", "con-story"),
        ("COM1", "com1-story"),
        ("Topics", "topics-story"),
        ("Index", "index-story"),
        ("小林 花子", "小林-花子"),
        ("🙂", ""),
    ],
)
def test_the_name_of_a_file_is_made_of_letters_that_every_disk_takes(name: str, slug: str) -> None:
    assert scaffold.slug_of(Kind.STORY, name) == slug


def test_a_long_name_makes_a_file_name_that_every_disk_takes() -> None:
    slug = scaffold.slug_of(Kind.STORY, "Anne-Marie " * 30)
    assert len(slug) <= 60
    assert slug.endswith(("anne", "marie"))
    assert len(scaffold.slug_of(Kind.STORY, "𐐷" * 200).encode()) <= 200
