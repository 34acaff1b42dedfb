"""Discovery: the path of a file decides its kind and its address."""

import os
import unicodedata
from pathlib import Path

import pytest

from sitegen.content.discovery import ContentFiles, same_address, scan
from sitegen.core.diagnostics import Problem, Severity, Where
from sitegen.core.model import Kind, Source
from sitegen.core.problem_codes import Code
from sitegen.engine import file_state
from tests.support.site import Site


def scan_site(root: Path, *paths: str) -> tuple[ContentFiles, tuple[Problem, ...]]:
    """Scan a site whose content folder has files of these names."""
    for path in paths:
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return scan(root)


def only(root: Path, path: str) -> Source:
    """Scan a site with one valid file."""
    files, problems = scan_site(root, path)
    assert problems == ()
    (source,) = files.sources
    assert source.path == f"content/{path}"
    return source


def refused(root: Path, path: str) -> Problem:
    """Scan a site with one file in a wrong place or with a wrong name."""
    files, problems = scan_site(root, path)
    assert files.sources == ()
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
def test_a_name_is_reserved_only_for_existing_addresses(tmp_path: Path, path: str) -> None:
    assert only(tmp_path, path)


def test_sources_come_in_one_order(tmp_path: Path) -> None:
    files, _ = scan_site(tmp_path, "stories/b.md", "stories/a/index.md", "z.md", "a.md", "networks/c.md")
    paths = [source.path.removeprefix("content/") for source in files.sources]
    assert paths == ["a.md", "networks/c.md", "stories/a/index.md", "stories/b.md", "z.md"]


# -- other files ----------------------------------------------------------------------------


def test_other_files_are_known_by_their_paths(tmp_path: Path) -> None:
    files, problems = scan_site(
        tmp_path, "site.yaml", "stories/ada.jpg", "stories/bo/Bo.PNG", "a/b/c/deep.zip", "notes"
    )
    assert (files.sources, problems) == ((), ())
    assert files.others == {
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
def test_hidden_and_temporary_files_are_ignored(tmp_path: Path, path: str) -> None:
    assert scan_site(tmp_path, path) == (ContentFiles((), frozenset()), ())


@pytest.mark.parametrize("name", ["#1-ada.md", "ada#1.md"])
def test_a_number_sign_alone_makes_no_file_temporary(tmp_path: Path, name: str) -> None:
    assert [source.path for source in scan_site(tmp_path, name)[0].sources] == [f"content/{name}"]


@pytest.mark.parametrize("name", ["stories/{}ada.md{}", "stories/{}ada.jpg{}", "{}mission.md{}"])
def test_a_file_that_is_in_icloud_only_is_a_problem(tmp_path: Path, name: str) -> None:
    problem = refused(tmp_path, name.format(".", ".icloud"))
    assert (problem.code, problem.where.path) == (Code.FILE_UNREADABLE, f"content/{name.format('', '')}")
    assert "in iCloud, and not on this computer" in problem.message


def test_a_hidden_file_in_icloud_is_ignored(tmp_path: Path) -> None:
    assert scan_site(tmp_path, "..DS_Store.icloud", ".Thumbs.db.icloud") == (
        ContentFiles((), frozenset()),
        (),
    )


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "content/stories/ada.md").mkdir(parents=True)
    assert scan(tmp_path) == (ContentFiles((), frozenset()), ())


def test_a_site_without_content_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path) == (ContentFiles((), frozenset()), ())


def test_nothing_outside_the_content_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "mission.md").write_bytes(b"")
    assert scan_site(tmp_path, "index.md")[0].sources == (Source("content/index.md", Kind.PAGE, "", "/"),)


# -- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page", "fields", "schools", "topics", "Page", "FIELDS"])
@pytest.mark.parametrize("shape", ["stories/{}.md", "stories/{}/index.md"])
def test_a_story_cannot_have_the_address_of_a_list(tmp_path: Path, name: str, shape: str) -> None:
    problem = refused(tmp_path, shape.format(name))
    assert problem.where == Where(f"content/{shape.format(name)}")
    assert problem.code == "reserved-name"


@pytest.mark.parametrize("name", ["assets", "images", "stories", "networks", "members-in-action"])
def test_a_page_cannot_have_an_address_of_generated_files(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, f"{name}.md").code == "reserved-name"


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
def test_a_file_that_is_too_deep_is_reported_with_the_right_path(
    tmp_path: Path, path: str, better: str
) -> None:
    assert refused(tmp_path, path).hint.endswith(better)


@pytest.mark.parametrize("name", ["---", "!!!", "🎉", " ", "’"])
def test_a_name_without_letters_and_digits_makes_no_address(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, f"stories/{name}.md").code == "unusable-file-name"


@pytest.mark.parametrize("target", ["mission.md", "nowhere.md", "../outside.md", "/etc/hostname"])
@pytest.mark.parametrize("name", ["zoe.md", "stories/zoe.md", "stories/zoe.jpg", "more"])
def test_links_are_not_followed(tmp_path: Path, name: str, target: str) -> None:
    scan_site(tmp_path, "mission.md", "stories/ada.md")
    (tmp_path / "content" / name).symlink_to(target)
    files, problems = scan(tmp_path)
    assert [source.slug for source in files.sources] == ["mission", "ada"]
    assert [problem.where for problem in problems] == [Where(f"content/{name}")]


def test_a_folder_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/zoe.md").write_bytes(b"")
    scan_site(tmp_path, "mission.md")
    (tmp_path / "content/stories").symlink_to(tmp_path / "elsewhere")
    files, problems = scan(tmp_path)
    assert [source.slug for source in files.sources] == ["mission"]
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
def test_files_that_share_an_address_are_each_reported_with_the_other(
    tmp_path: Path, one: str, other: str
) -> None:
    _, problems = scan_site(tmp_path, one, other)
    by_path = {problem.where.path: problem.message for problem in problems}
    assert by_path.keys() == {f"content/{one}", f"content/{other}"}
    assert other in by_path[f"content/{one}"]
    assert one in by_path[f"content/{other}"]


def test_files_whose_names_differ_in_how_accents_are_stored_share_an_address(
    tmp_path: Path,
) -> None:
    composed = unicodedata.normalize("NFC", "stories/josé.md")
    apart = unicodedata.normalize("NFD", "stories/josé/index.md")
    assert len(scan_site(tmp_path, composed, apart)[1]) == 2


def test_three_files_at_one_address_name_all_the_others(tmp_path: Path) -> None:
    _, problems = scan_site(tmp_path, "stories/a b.md", "stories/a-b.md", "stories/a_b.md")
    assert len(problems) == 3
    assert "content/stories/a b.md and content/stories/a-b.md" in problems[2].message


def test_files_of_different_kinds_may_have_one_name(tmp_path: Path) -> None:
    paths = ("ada.md", "stories/ada.md", "networks/ada.md", "members-in-action/ada.md")
    assert scan_site(tmp_path, *paths)[1] == ()


@pytest.mark.parametrize(
    "twin", ["/Jos\u00e9/", "/Jose\u0301/", "/jos\u00e9/", "/JOSE\u0301/", "/JOS\u00c9/"]
)
def test_an_address_is_the_same_in_capitals_and_with_its_accents_apart(twin: str) -> None:
    assert same_address(twin) == same_address("/jos\u00e9/")
    assert same_address(twin) != same_address("/jose/")


# -- what can't be used ---------------------------------------------------------------------

ODD = b"caf\xe9"
"""A file name from a ZIP of an old Windows: Latin-1, which is not valid UTF-8."""


def written(root: Path, folder: bytes, name: bytes, data: bytes = b"x") -> Path:
    """Write a file whose name is given in bytes, and return the root of its site."""
    place = os.path.join(os.fsencode(root), folder)  # noqa: PTH118 - pathlib takes no bytes
    os.makedirs(place, exist_ok=True)  # noqa: PTH103
    Path(os.fsdecode(os.path.join(place, name))).write_bytes(data)  # noqa: PTH118
    return root


@pytest.mark.parametrize(
    ("folder", "name", "severity"),
    [
        (b"content/stories", ODD + b".jpg", Severity.ERROR),
        (b"content/networks", ODD + b".md", Severity.ERROR),
        (b"content/members-in-action/" + ODD, b"index.md", Severity.ERROR),
        (b"content", ODD + b".md", Severity.WARNING),
    ],
)
def test_a_name_that_is_not_utf8_is_one_problem_and_nothing_else(
    tmp_path: Path, folder: bytes, name: bytes, severity: Severity
) -> None:
    found, (problem,) = scan(written(tmp_path, folder, name))
    assert (found, problem.severity) == (ContentFiles((), frozenset()), severity)
    assert r"caf\xe9" in str(problem)


@pytest.mark.parametrize("folder", [b"assets", b"templates"])
def test_an_oddly_named_file_is_reported_and_everything_is_published(site: Site, folder: bytes) -> None:
    written(site.root, folder, ODD + b".html")
    assert site.story().build().report.published == 1
    assert [problem.where.path for problem in site.report.problems] == [rf"{folder.decode()}/caf\xe9.html"]
    assert not site.report.site_at_fault


def test_a_pipe_or_a_link_is_reported_without_blocking_the_build(site: Site) -> None:
    site.story().photo("content/stories/x.jpg")
    os.mkfifo(site.root / "content/stories/ben.md")
    (site.root / "content/stories/cy.md").symlink_to("nowhere")
    (site.root / "content/stories/photos.md").mkdir()
    site.build()
    assert site.report.held_back == ("content/stories/ben.md", "content/stories/cy.md")
    assert site.report.published == 1


def test_a_pipe_named_site_yaml_is_reported(site: Site) -> None:
    site.remove("content/site.yaml")
    os.mkfifo(site.root / "content/site.yaml")
    assert site.build().report.site_at_fault


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "x"), "its permissions don't allow it"),
        (OSError(5, "x"), "the disk reports an error"),
        (FileNotFoundError(2, "x"), "it was moved or deleted"),
    ],
)
def test_an_unreadable_file_holds_back_only_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    site.story().story("ben-ito", name="Ben Ito").build()
    read = file_state.read

    def failing(file: str) -> bytes:
        if file.endswith("ben-ito.md"):
            raise error
        return read(file)

    monkeypatch.setattr(file_state, "read", failing)
    os.utime(site.root / "content/stories/ben-ito.md")
    for clean in (False, True):
        assert site.build(clean=clean).report.held_back == ("content/stories/ben-ito.md",)
        assert site.report.published == 1
        assert said in site.messages[0]


def test_an_unreadable_folder_is_reported_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def failing(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "x")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", failing)
    files, (problem,) = scan_site(tmp_path, "stories/closed/index.md", "stories/ada.md")
    assert [source.slug for source in files.sources] == ["ada"]
    assert problem.where.path == "content/stories/closed"


@pytest.mark.parametrize("kind", ["stories", "networks", "members-in-action"])
def test_a_fault_in_any_submission_stops_no_other(site: Site, kind: str) -> None:
    site.story().write(f"content/{kind}/x.md", "---\ntitle: [\n---\n").build()
    assert (site.report.held_back, site.report.published) == ((f"content/{kind}/x.md",), 1)


@pytest.mark.parametrize("name", ["link", "ben (conflicted copy)", "deep/ben", "link/index"])
def test_a_link_to_a_submission_that_is_left_out_is_plain_text(site: Site, name: str) -> None:
    path = f"stories/{name}.md"
    site.page("mission", f"[Ben]({path.replace(' ', '%20')})").story().build()
    assert site.report.site_at_fault
    site.change("content/site.yaml", "cards", f"navigation: [{{label: Ben, to: {path}}}]\ncards")
    if name.startswith("link"):
        link = site.root / "content" / path
        link.parent.mkdir(exist_ok=True)
        link.symlink_to("nowhere")
    else:
        site.story(name)
    for clean in (False, True):
        site.build(clean=clean)
        assert (site.report.held_back, site.report.published) == ((f"content/{path}",), 1)
        assert "<p>Ben</p>" in site.read("mission/index.html")
        assert len(site.codes) == 1


def test_a_link_into_a_folder_that_can_not_be_read_is_plain_text(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.story().story("ben/index", name="Ben Ito")
    site.page("mission", "[Ben](stories/ben/index.md) [Ben](/stories/ben/)").build()
    assert site.report.published == 2
    scandir = os.scandir

    def failing(folder: Path | str) -> object:
        if str(folder) == str(site.root / "content/stories/ben"):
            raise PermissionError(13, "x")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", failing)
    for clean in (False, True):
        site.build(clean=clean)
        assert (site.report.held_back, site.report.published) == (("content/stories/ben",), 1)
        assert "<p>Ben Ben</p>" in site.read("mission/index.html")


# -- copies ---------------------------------------------------------------------------------

CERTAIN_COPIES = (
    "maya (conflicted copy 2026-01-02)",
    "maya (Ben's conflicted copy 2026-01-02)",
    "maya (conflicted copy 2026-01-02 101010)",
    "maya (Case Conflict)",
    "maya (Copia en conflicto de Ben 2026-01-02)",
    "maya (In Konflikt stehende Kopie von Ben 2026-01-02)",
    "maya (SFConflict ben@example.org 2026-01-01-12-12-12)",
    "maya [Conflict]",
    "maya [conflicted]",
    "maya.sync-conflict-20260101-123456-ABCDEFG",
    "maya_conflict-20260101-123456",
    "maya.Conflict",
    "maya.sync.Conflict",
    "maya_BACKUP_1234",
    "maya_REMOTE_1234",
    "Copy of maya",
    "Kopie von maya",
    "Copia de maya",
    "maya - Copy",
    "maya - Copy (2)",
    "maya – Kopie",
)
"""Names that only programs give, with or without the original."""

LIKELY_COPIES = (
    *("maya 2", "maya (1)", "maya(1)", "maya copy", "maya copy 2", "maya_copy"),
    *("maya (copy)", "maya (another copy)", "maya (3rd copy)", "maya (kopi)", "mayaのコピー", "maya的副本"),
    *("maya-LAPTOP-7K2", "maya-DESKTOP-AB12CD3", "maya-Bens-MacBook-Pro"),
)
"""Names that people may choose as well, but hardly beside the original."""

NO_COPIES = (
    *("maya-2", "maya-lopez", "maya-PSEC", "ben 2", "conflict-resolution", "the conflict", "conflict"),
    *("peace-and-conflict", "maya on conflict", "copy editing", "Copy", "class of 2026"),
)


@pytest.mark.parametrize("original", ["maya.md", "maya/index.md"])
@pytest.mark.parametrize("base", ["stories/", "networks/", "members-in-action/", ""])
def test_copies_are_left_out_beside_their_original(tmp_path: Path, base: str, original: str) -> None:
    copies = {f"{base}{name}.md" for name in (*CERTAIN_COPIES, *LIKELY_COPIES)}
    files, problems = scan_site(tmp_path, f"{base}{original}", *copies)
    assert [source.path for source in files.sources] == [f"content/{base}{original}"]
    assert {problem.where.path for problem in problems} == {f"content/{path}" for path in copies}
    assert {problem.code for problem in problems} == {Code.FILE_COPY}
    assert all(f"a copy of {base}{original}, so it is left out" in each.message for each in problems)
    # a copy of a page withholds no story, and stops nothing
    assert {problem.is_error for problem in problems} == {bool(base)}


@pytest.mark.parametrize("name", CERTAIN_COPIES)
def test_names_that_only_programs_give_are_left_out_alone(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, f"stories/{name}.md").code is Code.FILE_COPY


def test_folders_may_be_copies_as_well(tmp_path: Path) -> None:
    paths = ("stories/maya 2/index.md", "stories/Copy of maya/index.md", "stories/maya/index (1).md")
    files, problems = scan_site(tmp_path, "stories/maya/index.md", *paths)
    assert [source.path for source in files.sources] == ["content/stories/maya/index.md"]
    assert {problem.where.path for problem in problems} == {f"content/{path}" for path in paths}


@pytest.mark.parametrize("name", [*LIKELY_COPIES, *NO_COPIES])
def test_names_that_people_choose_are_read(tmp_path: Path, name: str) -> None:
    others = () if name in LIKELY_COPIES else ("stories/maya.md",)
    files, problems = scan_site(tmp_path, *others, f"stories/{name}.md")
    assert len(files.sources) == len(others) + 1
    assert problems == ()
