"""Stray links are told, however many there are; what was meant is guessed for some of them."""

import pytest

from sitegen import references
from tests.conftest import Site


def test_what_was_meant_is_guessed_for_the_first_stray_links_only(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "MOST_GUESSES", 2)
    site.page("mission")
    for number in range(4):
        site.page(f"page-{number}", "[Here](mision.md)")
    site.build()
    assert sum('the link "mision.md" leads to no file.' in message for message in site.messages) == 4
    assert sum("Did you mean mission.md?" in message for message in site.messages) == 2
    assert sum("Write the name of a file in content/" in message for message in site.messages) == 2
