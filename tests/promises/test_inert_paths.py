"""Inert paths: no path in content leads out of its folder."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.authoring import photo_archive
from sitegen.cli.main import sitegen
from sitegen.core.urls import is_inside
from tests.support.site import TODAY, Site, picture

OUTSIDE = (
    "../photo.jpg",
    "../../photo.jpg",
    "sub/../../photo.jpg",
    "/etc/passwd",
    "/etc/passwd.jpg",
    "..\\photo.jpg",
    "\\\\server\\photo.jpg",
    "C:\\photo.jpg",
    "C:photo.jpg",
    "%2e%2e/photo.jpg",
    "..%2fphoto.jpg",
    "..%5cphoto.jpg",
    "file:///etc/passwd",
    "..",
)
SECRET = "the secret of another person"


@pytest.fixture
def guarded(site: Site) -> Site:
    """A site with photos and a secret outside, wherever a bad path could lead."""
    for folder in (".", "content", "content/stories/sub"):
        site.photo(f"{folder}/photo.jpg", (30, 30))
    site.write("../photo.jpg", SECRET).write("../secret.md", SECRET).write("../secrets/x.html", SECRET)
    return site.page("mission")


def run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(sitegen, ["--root", str(site.root), *words])


def assert_no_secret(site: Site) -> None:
    assert [path for path, data in site.public.items() if SECRET.encode() in data] == []


# -- the one function -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/x", "..", "../x", "x/..", "x/../y", "x\\y", "C:x", "c:/x", "x\0y"])
def test_a_path_that_leads_out_on_any_system_leads_out(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize("path", ["x", "x/y.jpg", "..x", "x..", ".x", "x y", "é", "a/b/c"])
def test_a_path_that_stays_inside_stays(path: str) -> None:
    assert is_inside(path)


# -- what content names ---------------------------------------------------------------------


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_photo_from_elsewhere_holds_its_story_back(guarded: Site, path: str) -> None:
    guarded.story("ben-ito", name="Ben Ito").story(headshot=json.dumps(path), alt="Maya").build()
    assert list(guarded.withheld) == ["content/stories/maya-lopez.md"]
    assert guarded.codes[0] == "photo-elsewhere"
    assert guarded.report.published == 1


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_picture_in_a_text_from_elsewhere_holds_its_story_back(guarded: Site, path: str) -> None:
    guarded.story(body=f"![A bench](<{path}>)").build()
    assert list(guarded.withheld) == ["content/stories/maya-lopez.md"]
    assert not [path for path in guarded.public if path.startswith("images/")]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_link_to_a_file_outside_is_no_link(guarded: Site, path: str) -> None:
    guarded.story(body=f"[words](<{path}>)").build()
    assert guarded.messages
    if guarded.report.published:  # the sanitizer removed the address; the text stays
        assert ">words</a>" not in guarded.read("stories/maya-lopez/index.html").replace("<a>words</a>", "")


@pytest.mark.parametrize(
    "path", [*(path for path in OUTSIDE if path[:4] != "/etc"), "/../x/", "/x/../../y/", "//x/y"]
)
def test_an_alias_never_leads_out_of_the_site(guarded: Site, path: str) -> None:
    guarded.story(aliases=json.dumps([path])).build()
    assert list(guarded.withheld) == ["content/stories/maya-lopez.md"]


def test_an_alias_that_looks_like_a_system_path_is_an_address_of_the_site(guarded: Site) -> None:
    guarded.story(aliases="[/etc/passwd/]").build()
    assert "/stories/maya-lopez/" in guarded.read("etc/passwd/index.html")


@pytest.mark.parametrize("name", ["a" * 230, "\ufdfa" * 70])
def test_names_that_make_no_valid_folder_hold_back_only_their_file(site: Site, name: str) -> None:
    site.story("ben-ito", name="Ben Ito").story("one", field=name).story("two", school=name)
    site.story("three", topics=f"[{name}]").story("four", aliases=f"[/{name}/]").story(name[:235]).build()
    assert len(site.withheld) == 5
    assert site.report.published == 1


# -- links on the disk ----------------------------------------------------------------------


@pytest.mark.parametrize("target", ["../../../secret.md", "../../..", "/etc", "/etc/passwd", ".", "nowhere"])
@pytest.mark.parametrize("name", ["stories/x.md", "stories/x", "stories/x.jpg"])
def test_a_symbolic_link_in_content_is_reported_and_not_followed(
    guarded: Site, name: str, target: str
) -> None:
    guarded.story()
    (guarded.root / "content" / name).symlink_to(target)
    guarded.build()
    assert guarded.codes[0] == "symbolic-link"
    assert guarded.report.published == 1
    assert_no_secret(guarded)


def test_a_symbolic_link_among_templates_or_assets_is_not_followed(guarded: Site) -> None:
    for folder in ("templates", "assets"):
        (guarded.root / folder).mkdir()
        (guarded.root / folder / "page.html").symlink_to(guarded.root.parent / "secrets/x.html")
        (guarded.root / folder / "sub").symlink_to(guarded.root.parent / "secrets")
    guarded.build()
    assert "Text." in guarded.read("mission/index.html")
    assert_no_secret(guarded)
    guarded.write("templates/faq.html", "{% include 'sub/x.html' %}").page("q", layout="faq").build()
    assert guarded.report.site_at_fault


@pytest.mark.parametrize(
    "tag",
    [
        "{% include '../../secrets/x.html' %}",
        "{% include '../content/site.yaml' %}",
        "{% include '/etc/passwd' %}",
        "{% extends '../../secrets/x.html' %}",
        "{% import '../../secrets/x.html' as x %}",
        "{% include 'sub/../../../secrets/x.html' %}",
    ],
)
def test_a_template_includes_no_file_from_outside(guarded: Site, tag: str) -> None:
    guarded.write("templates/page.html", f"<p>\n{tag}").build()
    assert guarded.codes == ["template-not-found"]
    assert guarded.report.site_at_fault


@pytest.mark.parametrize(
    "layout", ["../page", "/etc/passwd", "sub/page", "page.html", "%2e%2e/page", "..\\page"]
)
def test_a_layout_is_a_name_and_no_path(guarded: Site, layout: str) -> None:
    guarded.page("mission", layout=json.dumps(layout)).build()
    assert guarded.codes == ["unknown-layout"]
    assert guarded.report.site_at_fault


# -- what isn't content ---------------------------------------------------------------------

STRAY = ("ben.docx", "ben.md.txt", "ben.markdown", "BEN.MD", "ben.pdf", "notes.txt")
LEFT = ("a.bak", "maya.psd", ".env", ".git/config", "maya.md~", ".draft.md", "original.jpg", "x.zip")


def test_other_files_are_never_published(site: Site) -> None:
    site.story()
    clean = site.build().public.keys()
    for name in (*STRAY, *LEFT):
        data = picture((40, 40)) if name.endswith(".jpg") else SECRET
        site.write(f"content/{name}", data).write(f"content/stories/{name}", data)
    assert site.build().public.keys() == clean
    assert site.report.published == 1
    assert_no_secret(site)


def test_a_file_that_may_be_a_story_is_reported(site: Site) -> None:
    site.story()
    for name in (*STRAY, *LEFT):
        site.write(f"content/stories/{name}", SECRET)
    site.build()
    by_name = {problem.where.path.rpartition("/")[2]: problem for problem in site.report.problems}
    assert by_name.keys() == set(STRAY)
    assert by_name["ben.md.txt"].code == "not-markdown"
    assert by_name["ben.md.txt"].hint == "Rename it to ben.md, or remove it."
    assert by_name["BEN.MD"].hint == "Rename it to BEN.md, or remove it."
    assert by_name["ben.docx"].hint == "Save it as plain text under the name ben.md, or remove it."
    assert site.report.held_back == ()


# -- a folder or ZIP of photos --------------------------------------------------------------


def test_photos_in_a_zip_with_paths_outside_are_ignored(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in ("../a.jpg", "/b.jpg", "x/../../c.jpg", "..\\d.jpg", "C:\\e.jpg", "C:/f.jpg", "x/g.jpg"):
            archive.writestr(path, picture((9, 9)))
        link = zipfile.ZipInfo("h.jpg")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "photos.zip").write_bytes(data.getvalue())
    box = photo_archive.opened(tmp_path / "photos.zip")
    assert isinstance(box, photo_archive.PhotoArchive)
    assert box.names == ("x/g.jpg",)
    for written in ("../a.jpg", "/b.jpg", "..\\d.jpg", "h.jpg", "/etc/passwd"):
        assert photo_archive.find(box, written, "") == ()


def test_photos_that_are_links_to_outside_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture((9, 9)))
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").symlink_to(tmp_path / "secret.jpg")
    (tmp_path / "photos/sub").symlink_to(tmp_path)
    assert photo_archive.opened(tmp_path / "photos") == photo_archive.PhotoArchive(tmp_path / "photos", ())


# -- where commands write -------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--out", "{root}"),
        ("build", "--out", "{root}/content"),
        ("build", "--out", "{root}/public/../content/stories"),
        ("build", "--out", "{root}/templates/x"),
        ("build", "--out", "{root}/.git"),
        ("build", "--out", "{root}/.."),
        ("build", "--out", "{root}/link"),
        ("build", "--out", "/"),
        ("cards", "--out", "{root}/content"),
        ("cards", "--out", "{root}/public/x"),
        ("cards", "--out", "{root}/link"),
        ("cards", "--out", "/"),
        ("deploy", "--yes", "--to", "{root}/content"),
        ("deploy", "--yes", "--to", "{root}/link"),
        ("deploy", "--yes", "--to", "{root}/public"),
        ("deploy", "--yes", "--to", "/"),
        ("deploy", "--yes", "--remote", "--upload-pack=touch {root}/ran"),
        ("deploy", "--yes", "--remote", "ext::touch {root}/ran"),
        ("init", "{root}"),
        ("init", "{root}/link"),
        ("init", "/"),
        ("withdraw", "../mission"),
        ("withdraw", "../../../secret"),
    ],
)
def test_a_command_refuses_folders_that_are_not_for_it(guarded: Site, words: tuple[str, ...]) -> None:
    guarded.story()
    (guarded.root / "link").symlink_to(guarded.root.parent / "secrets")
    guarded.build()
    before = {path for path in guarded.root.parent.rglob("*") if ".sitegen" not in path.parts}
    day = () if words[0] == "init" else ("--date", str(TODAY))
    done = run(guarded, *(word.format(root=guarded.root) for word in words), *day)
    assert done.exit_code in (1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    after = {path for path in guarded.root.parent.rglob("*") if ".sitegen" not in path.parts}
    assert after == before


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "..\\..\\x", "x/../../y"])
def test_the_name_of_a_new_file_never_leads_outside(guarded: Site, name: str) -> None:
    done = run(guarded, "new", "page", "Something", "--file", name)
    assert done.exit_code == 0, done.output
    written = done.output.partition("Written: ")[2].splitlines()[0]
    assert (guarded.root / written).parent == guarded.root / "content"
