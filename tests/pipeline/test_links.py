"""Link check: every broken link is reported, with a suggestion for some of them."""

import pytest

from sitegen.pipeline import links
from tests.support.site import Site


def test_suggestions_are_made_for_the_first_broken_links_only(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_GUESSES", 2)
    site.page("mission")
    for number in range(4):
        site.page(f"page-{number}", "[Here](mision.md)")
    site.build()
    assert site.codes == ["broken-link"] * 4
    assert sum("Did you mean mission.md?" in message for message in site.messages) == 2
    assert sum("Write the name of a file in content/" in message for message in site.messages) == 2


YIELDING = {
    "an alias": ("aaa", "[/old/]"),
    "its address": ("old", None),
    "its address in another shape": ("ben-ito/index", None),
}


@pytest.mark.parametrize("clash", YIELDING)
def test_of_two_files_at_one_address_the_public_one_wins(site: Site, clash: str) -> None:
    slug, aliases = YIELDING[clash]
    site.story(slug, name="Ada Park", draft="true", aliases=aliases)
    site.story("ben-ito", name="Ben Ito", aliases="[/stories/old/, /old/]").build()
    assert "stories/ben-ito/index.html" in site.public
    assert site.report.held_back == (f"content/stories/{slug}.md",)


def test_of_two_public_files_the_first_has_the_alias(site: Site) -> None:
    site.story("aaa", name="Ada Park", aliases="[/old/]").story("ben-ito", name="Ben Ito", aliases="[/old/]")
    assert site.build().report.held_back == ("content/stories/ben-ito.md",)


def test_a_story_withheld_for_its_photo_or_its_text_holds_no_address(site: Site) -> None:
    site.story("zoe-li", name="Zoe Li", aliases="[/x/]")
    site.story("ana-bo", name="Ana Bo", headshot="ana.jpg", alt="Ana", aliases="[/x/]")
    site.photo("content/stories/ana.jpg").write("content/stories/cy-oh.jpg", b"")
    photo = (site.root / "content/stories/ana.jpg").read_bytes()
    site.write("content/stories/ana.jpg", photo[: len(photo) // 2])
    site.story("bo-oh", body="Her form is R-0099.", name="Bo Oh", consent={"form": "R-0099"}, aliases="[/y/]")
    site.story("dee-li", name="Dee Li", aliases="[/y/]").build()
    assert set(site.report.held_back) == {"content/stories/ana-bo.md", "content/stories/bo-oh.md"}
    assert "/stories/zoe-li/" in site.read("x/index.html")
    assert "/stories/dee-li/" in site.read("y/index.html")


def test_an_alias_never_takes_the_place_of_a_file_of_the_site(site: Site) -> None:
    own = sorted(path for path in site.story().build().public if "/" not in path and path[0] != ".")
    own.remove("index.html")  # no alias can be that
    assert "_redirects" in own
    for number, path in enumerate(own):
        site.story(f"story-{number}", name=f"Ada{number} Park", aliases=f"[/{path}]")
    site.build()
    assert site.codes == ["alias-taken"] * len(own)


def test_an_old_address_with_dots_and_spaces_leads_to_the_story(site: Site) -> None:
    site.story(aliases="[/old.v2/, /post.php, /our%20story/]").build()
    assert site.messages == []
    for path in ("old.v2", "post.php", "our story"):
        assert "/stories/maya-lopez/" in site.read(f"{path}/index.html")
    assert "/our%20story/ /stories/maya-lopez/ 301" in site.read("_redirects")
