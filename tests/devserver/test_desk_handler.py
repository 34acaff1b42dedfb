"""Access to the desk: changes come from its own pages only, with the token, and never from elsewhere."""

from collections.abc import Iterator

import pytest

from sitegen.devserver.desk_handler import MOST_BODY_BYTES
from tests.devserver.test_access import preview_token
from tests.support import desk
from tests.support.desk import Fields
from tests.support.preview import Preview, previewed
from tests.support.site import Site

EDIT = "/_desk/stories/maya-lopez/"
CHANGES = (
    EDIT, f"{EDIT}take-down/", f"{EDIT}rename", "/_desk/new/", "/_desk/look",
    "/_desk/publish/prepare", "/_desk/publish/now",
)  # fmt: skip


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("guarded") / "site").story()


@pytest.fixture(scope="module")
def preview(guarded: Site) -> Iterator[Preview]:
    with previewed(guarded) as preview:
        yield preview


@pytest.fixture(scope="module")
def fields(preview: Preview) -> Fields:
    return desk.form(preview.read(EDIT))[1]


def contents(site: Site) -> dict[str, bytes]:
    """Return every file of the site by its path."""
    return {str(path): path.read_bytes() for path in site.root.rglob("*") if path.is_file()}


def test_a_page_of_the_desk_changes_a_story(preview: Preview, fields: Fields, guarded: Site) -> None:
    done = desk.send(preview, EDIT, {**fields, "school": ["North"]})
    assert done.status == 303
    assert "school: North" in (guarded.root / "content/stories/maya-lopez.md").read_text()


REFUSED = {
    "no origin": {"Origin": "-"},
    "another origin": {"Origin": "https://evil.example"},
    "an opaque origin": {"Origin": "null"},
    "another name of this machine": {"Origin": "http://localhost:{port}"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "another protocol": {"Origin": "https://127.0.0.1:{port}"},
    "another site": {"Sec_Fetch_Site": "cross-site"},
    "the same site, another origin": {"Sec_Fetch_Site": "same-site"},
    "no page": {"Sec_Fetch_Site": "none"},
    "a rebound name": {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
}


@pytest.mark.parametrize("why", REFUSED)
@pytest.mark.parametrize("address", CHANGES)
def test_a_change_from_elsewhere_is_refused(
    preview: Preview, fields: Fields, guarded: Site, address: str, why: str
) -> None:
    before = contents(guarded)
    headers = {name: value.format(port=preview.port) for name, value in REFUSED[why].items()}
    assert desk.send(preview, address, {**fields, "name": ["Changed"]}, headers).status == 403
    assert contents(guarded) == before


@pytest.mark.parametrize("token", ["", "wrong", "é", None])
@pytest.mark.parametrize("address", CHANGES)
def test_a_change_without_the_token_is_refused(
    preview: Preview, fields: Fields, guarded: Site, address: str, token: str | None
) -> None:
    before = contents(guarded)
    typed = {name: values for name, values in fields.items() if name != "token"}
    typed |= {"name": ["Changed"]} | ({} if token is None else {"token": [token]})
    assert desk.send(preview, address, typed).status == 403
    assert contents(guarded) == before


PATHS = (
    "/_desk/stories/..%2f..%2fsite/", "/_desk/stories/%2e%2e/", "/_desk/stories/../../x/", "/_desk/stories//",
    "/_desk/stories/a%00b/", "/_desk/../content/site.yaml", "/_desk/router.py", "/_desk/base.html",
    "/_desk/desk.css%00", "/_desk/portrait/..%2f..%2fsecret.jpg", "/_desk/photo/%2fetc%2fpasswd",
    "/_desk/x/y/z",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_an_odd_path_leads_nowhere(preview: Preview, fields: Fields, guarded: Site, path: str) -> None:
    before = contents(guarded)
    assert preview.ask(path).status == 404
    assert desk.send(preview, path, fields).status in (404, 409)
    assert contents(guarded) == before


def test_a_request_without_a_form_changes_nothing(preview: Preview, guarded: Site) -> None:
    before = contents(guarded)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert preview.ask(EDIT, method).status == 405
    own = {"Origin": preview.origin, "Sec_Fetch_Site": "same-origin"}
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x", "multipart/form-data"):
        answer = preview.send("POST", EDIT, b"name=Changed&token=", {**own, "Content_Type": kind})
        assert answer.status in (400, 403)
    assert contents(guarded) == before


def test_a_body_that_is_too_large_is_not_read(preview: Preview) -> None:
    headers = {"Origin": preview.origin, "Content_Length": str(MOST_BODY_BYTES + 1)}
    assert preview.send("POST", EDIT, b"", headers).status in (400, 413)
    assert preview.ask("/_desk/").status == 200


def test_pages_allow_no_inline_script_and_no_frame_around_them(preview: Preview) -> None:
    for path in ("/_desk/", "/_desk/new/", EDIT, "/_desk/nowhere"):
        answer = preview.ask(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        # with no-referrer, browsers would send "Origin: null" with a form
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert " style=" not in answer.text.partition("<iframe")[0]
        assert "<script>" not in answer.text.partition("<iframe")[0]


def test_others_in_the_network_only_read_unless_they_may_edit(site: Site) -> None:
    for options in ((), ("--edit",)):
        with previewed(site.story(), "--host", "0.0.0.0", *options) as preview:
            said = "\n".join(preview.said)
            cookie = {"Cookie": f"sitegen-preview={preview_token(said)}"}
            assert preview.ask("/_desk/").status == 403
            listed = preview.ask("/_desk/", **cookie).text
            assert "Maya Lopez" in listed
            assert ("New story" in listed) == bool(options)
            fields = desk.form(preview.ask(EDIT, **cookie).text)[1]
            changed = {**fields, "school": ["North"]}
            assert desk.send(preview, EDIT, changed).status == 403
            assert desk.send(preview, EDIT, changed, cookie).status == (303 if options else 403)
    assert "school: North" in (site.root / "content/stories/maya-lopez.md").read_text()
