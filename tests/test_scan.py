"""Where a file lies decides what it is and where it will stand."""

import unicodedata
from pathlib import Path

import pytest

from sitegen.model import Kind, Source
from sitegen.problems import Problem, Where
from sitegen.scan import Shelf, same_address, scan


def lay(root: Path, *paths: str) -> tuple[Shelf, tuple[Problem, ...]]:
    """Scan a site whose content folder holds files of these names."""
    for path in paths:
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return scan(root)


def only(root: Path, path: str) -> Source:
    """Scan a site of one file that is in order."""
    shelf, problems = lay(root, path)
    assert problems == ()
    (source,) = shelf.sources
    assert source.path == f"content/{path}"
    return source


def refused(root: Path, path: str) -> Problem:
    """Scan a site of one file that lies or is called wrong."""
    shelf, problems = lay(root, path)
    assert shelf.sources == ()
    (problem,) = problems
    return problem


# -- kinds and addresses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind", "slug", "address"),
    [
        ("index.md", Kind.PAGE, "", "/"),
        ("mission.md", Kind.PAGE, "mission", "/mission/"),
        ("mission/index.md", Kind.PAGE, "mission", "/mission/"),
        ("stories/index.md", Kind.PAGE, "stories", "/stories/"),
        ("networks/index.md", Kind.PAGE, "networks", "/networks/"),
        ("members-in-action/index.md", Kind.PAGE, "members-in-action", "/members-in-action/"),
        ("stories/ada-park.md", Kind.STORY, "ada-park", "/stories/ada-park/"),
        ("stories/ada-park/index.md", Kind.STORY, "ada-park", "/stories/ada-park/"),
        ("networks/one.md", Kind.NETWORK, "one", "/networks/one/"),
        ("networks/one/index.md", Kind.NETWORK, "one", "/networks/one/"),
        ("members-in-action/table.md", Kind.ITEM, "table", "/members-in-action/#table"),
        ("members-in-action/table/index.md", Kind.ITEM, "table", "/members-in-action/#table"),
    ],
)
def test_kind_and_address_follow_from_the_path(
    tmp_path: Path, path: str, kind: Kind, slug: str, address: str
) -> None:
    assert only(tmp_path, path) == Source(f"content/{path}", kind, slug, address)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Park", "ada-park"),
        ("ADA_PARK (2)", "ada-park-2"),
        ("José Muñoz", "jose-munoz"),
        ("O'Brien", "obrien"),
        ("李明", "李明"),
        ("v1.2 notes", "v1-2-notes"),
    ],
)
def test_addresses_are_made_of_letters_digits_and_hyphens(tmp_path: Path, name: str, slug: str) -> None:
    assert only(tmp_path, f"stories/{name}.md").address == f"/stories/{slug}/"


@pytest.mark.parametrize(
    "path",
    [
        *("page.md", "fields.md", "topics.md", "schools.md", "feed.md", "networks/page.md"),
        *("networks/images.md", "stories/images.md", "members-in-action/page.md"),
    ],
)
def test_a_name_is_taken_only_where_something_else_stands(tmp_path: Path, path: str) -> None:
    assert only(tmp_path, path)


def test_sources_come_in_one_order(tmp_path: Path) -> None:
    shelf, _ = lay(tmp_path, "stories/b.md", "stories/a/index.md", "z.md", "a.md", "networks/c.md")
    paths = [source.path.removeprefix("content/") for source in shelf.sources]
    assert paths == ["a.md", "networks/c.md", "stories/a/index.md", "stories/b.md", "z.md"]


# -- what else lies there -------------------------------------------------------------------


def test_other_files_are_known_by_their_paths(tmp_path: Path) -> None:
    shelf, problems = lay(
        tmp_path, "site.yaml", "stories/ada.jpg", "stories/bo/Bo.PNG", "a/b/c/deep.zip", "notes"
    )
    assert (shelf.sources, problems) == ((), ())
    assert shelf.others == {
        "content/site.yaml",
        "content/stories/ada.jpg",
        "content/stories/bo/Bo.PNG",
        "content/a/b/c/deep.zip",
        "content/notes",
    }


@pytest.mark.parametrize(
    "path",
    [
        *(".hidden.md", ".git/mission.md", "stories/.DS_Store", "stories/._ada.md", "~ada.md"),
        *("ada.md~", "#ada.md#", "ada.md.bak", "ada.bak", "ada.SWP", ".ada.md.swp", "ada.orig"),
        *("ada.tmp", "Thumbs.db", "thumbs.DB", "desktop.ini", "~backup/ada.md"),
    ],
)
def test_hidden_files_and_left_behind_ones_are_not_looked_at(tmp_path: Path, path: str) -> None:
    assert lay(tmp_path, path) == (Shelf((), frozenset()), ())


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "content/stories/ada.md").mkdir(parents=True)
    assert scan(tmp_path) == (Shelf((), frozenset()), ())


def test_a_site_without_content_has_an_empty_shelf(tmp_path: Path) -> None:
    assert scan(tmp_path) == (Shelf((), frozenset()), ())


def test_nothing_outside_the_content_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "mission.md").write_bytes(b"")
    assert lay(tmp_path, "index.md")[0].sources == (Source("content/index.md", Kind.PAGE, "", "/"),)


# -- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page", "fields", "schools", "topics", "Page", "FIELDS"])
@pytest.mark.parametrize("shape", ["stories/{}.md", "stories/{}/index.md"])
def test_a_story_cant_stand_where_lists_do(tmp_path: Path, name: str, shape: str) -> None:
    problem = refused(tmp_path, shape.format(name))
    assert problem.where == Where(f"content/{shape.format(name)}")
    assert f'"{name.lower()}"' in problem.message


@pytest.mark.parametrize("name", ["assets", "images", "stories", "networks", "members-in-action"])
def test_a_page_cant_stand_where_the_site_puts_something(tmp_path: Path, name: str) -> None:
    assert f'"{name}"' in refused(tmp_path, f"{name}.md").message


@pytest.mark.parametrize(
    ("path", "better"),
    [
        ("events/fair.md", "content/fair.md"),
        ("events/2026/fair/index.md", "content/fair.md"),
        ("stories/2026/ada.md", "content/stories/ada.md"),
        ("stories/2026/ada/index.md", "content/stories/ada.md"),
        ("networks/pa/one.md", "content/networks/one.md"),
    ],
)
def test_a_file_that_lies_too_deep_is_told_where_to_go(tmp_path: Path, path: str, better: str) -> None:
    assert refused(tmp_path, path).hint.endswith(better)


@pytest.mark.parametrize("name", ["---", "!!!", "🎉", " ", "’"])
def test_a_name_without_letters_and_digits_makes_no_address(tmp_path: Path, name: str) -> None:
    assert "address" in refused(tmp_path, f"stories/{name}.md").message


@pytest.mark.parametrize("target", ["mission.md", "nowhere.md", "../outside.md", "/etc/hostname"])
@pytest.mark.parametrize("name", ["zoe.md", "stories/zoe.md", "stories/zoe.jpg", "more"])
def test_links_are_not_followed(tmp_path: Path, name: str, target: str) -> None:
    lay(tmp_path, "mission.md", "stories/ada.md")
    (tmp_path / "content" / name).symlink_to(target)
    shelf, problems = scan(tmp_path)
    assert [source.slug for source in shelf.sources] == ["mission", "ada"]
    assert [problem.where for problem in problems] == [Where(f"content/{name}")]


def test_a_folder_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/zoe.md").write_bytes(b"")
    lay(tmp_path, "mission.md")
    (tmp_path / "content/stories").symlink_to(tmp_path / "elsewhere")
    shelf, problems = scan(tmp_path)
    assert [source.slug for source in shelf.sources] == ["mission"]
    assert [problem.where for problem in problems] == [Where("content/stories")]


# -- addresses that files share -------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stories/ada.md", "stories/ada/index.md"),
        ("stories/ada.md", "stories/ADA/index.md"),
        ("stories/ada park.md", "stories/ada-park.md"),
        ("stories/josé.md", "stories/jose.md"),
        ("mission.md", "mission/index.md"),
        ("members-in-action/table.md", "members-in-action/Table/index.md"),
    ],
)
def test_files_that_share_an_address_are_each_told_of_the_other(tmp_path: Path, one: str, other: str) -> None:
    _, problems = lay(tmp_path, one, other)
    told = {problem.where.path: problem.message for problem in problems}
    assert told.keys() == {f"content/{one}", f"content/{other}"}
    assert other in told[f"content/{one}"]
    assert one in told[f"content/{other}"]


def test_files_whose_names_differ_in_how_accents_are_stored_share_an_address(
    tmp_path: Path,
) -> None:
    composed = unicodedata.normalize("NFC", "stories/josé.md")
    apart = unicodedata.normalize("NFD", "stories/josé/index.md")
    assert len(lay(tmp_path, composed, apart)[1]) == 2


def test_three_files_at_one_address_name_all_the_others(tmp_path: Path) -> None:
    _, problems = lay(tmp_path, "stories/a b.md", "stories/a-b.md", "stories/a_b.md")
    assert len(problems) == 3
    assert "content/stories/a b.md and content/stories/a-b.md" in problems[2].message


def test_files_of_different_kinds_may_have_one_name(tmp_path: Path) -> None:
    paths = ("ada.md", "stories/ada.md", "networks/ada.md", "members-in-action/ada.md")
    assert lay(tmp_path, *paths)[1] == ()


@pytest.mark.parametrize(
    "twin", ["/Jos\u00e9/", "/Jose\u0301/", "/jos\u00e9/", "/JOSE\u0301/", "/JOS\u00c9/"]
)
def test_an_address_is_the_same_in_capitals_and_with_its_accents_apart(twin: str) -> None:
    assert same_address(twin) == same_address("/jos\u00e9/")
    assert same_address(twin) != same_address("/jose/")
