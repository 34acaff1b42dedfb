"""Stories of the desk: added and edited in forms, as files that keep all that a form doesn't show."""

from pathlib import Path

import pytest

from tests.support.desk import form, opened
from tests.support.photos import telling_photo
from tests.support.site import Site, picture

MAYA = "content/stories/maya-lopez.md"
EDIT = "/_desk/stories/maya-lopez/"
NEW = {"name": "Maya Lopez", "quote": "I build."}
CONSENT: dict[str, str | list[str] | None] = {
    "consent.form": "R-0042",
    "consent.given": "2026-10-20",
    "consent.by": "guardian",
    "consent.covers": ["website", "photo"],
}


def test_the_list_says_the_status_of_every_story(site: Site) -> None:
    site.story().story("ben-ito", name="Ben Ito", draft="true").story("ada-li", name="Ada Li", feild="x")
    site.story("cy-roe", "Secret.", {"withdrawn": "2026-11-01"}, name="Cy Roe", quote="Secret.")
    with opened(site) as desk:
        listed = desk.read("/_desk/")
        assert "until January 10, 2027" in listed
        assert "It is marked as a draft." in listed
        assert "Did you mean &#34;field&#34;?" in listed
        assert "Consent was withdrawn." in listed
        assert "Cy" not in listed
        assert "Secret" not in listed
        assert "Secret" not in desk.read("/_desk/stories/cy-roe/")
        found = desk.read("/_desk/?q=b%C3%A9n")
        assert "Ben Ito" in found
        assert "Maya Lopez" not in found
        assert "Maya Lopez" not in desk.read("/_desk/?status=Needs+fixing")
        assert "No story fits this search." in desk.read("/_desk/?q=cy+roe+nobody")


def test_a_story_is_added_with_photo_and_consent(site: Site) -> None:
    with opened(site.story("ada-li", name="Ada Li")) as desk:
        photo = ("IMG_7.JPG", telling_photo())
        filled = {
            "name": "Maya Lopez",
            "quote": "“I build: what I need.”",
            "school": "Central # 1",
            "topics": "robotics, art",
            "body": "First.\r\n\r\n## Second\r\n",
            "alt": "Maya at her bench",
            "focus.x": "30",
            "focus.y": "20",
            **CONSENT,
        }
        done = desk.fill("/_desk/new/", photo, filled)
        assert (done.status, done.location) == (303, "/_desk/stories/maya/?done=new")
        written = (site.root / "content/stories/maya.md").read_text()
        assert '\nquote: "I build: what I need."\n' in written
        assert "\nheadshot: maya.jpg\n" in written
        assert "\nfocus: 30% 20%\n" in written
        assert "\n  covers: [website, photo]\n" in written
        assert "\ndraft:" not in written
        assert written.endswith("---\nFirst.\n\n## Second\n")
        assert (site.root / "content/stories/maya.jpg").read_bytes() == photo[1]
        shown = desk.read("/_desk/stories/maya/")
        assert "From the next time you publish until October 20, 2028." in shown
        assert "“Maya” is shown." in shown
        assert desk.ask("/_desk/portrait/maya").body[:4] == b"RIFF"
        assert desk.ask("/_desk/photo/maya").body[:2] == b"\xff\xd8"
        assert "I build: what I need." in desk.read("/stories/maya/")


def test_a_story_without_consent_is_a_draft(site: Site) -> None:
    with opened(site) as desk:
        done = desk.fill("/_desk/new/", None, NEW)
        assert done.status == 303
        written = (site.root / "content/stories/maya.md").read_text()
        assert "\ndraft: true\n" in written
        assert "\n# consent:\n" in written
        done = desk.fill("/_desk/stories/maya/", None, {"draft": None, **CONSENT})
        assert done.status == 303
        assert "\nconsent:\n  form: R-0042 " in (site.root / "content/stories/maya.md").read_text()
        assert "\ndraft: false\n" in (site.root / "content/stories/maya.md").read_text()
        assert "From the next time you publish" in desk.read("/_desk/stories/maya/")


def test_sending_a_form_twice_makes_one_story_and_a_namesake_is_asked_about(site: Site) -> None:
    with opened(site) as desk:
        address, fields = form(desk.read("/_desk/new/"))
        fields |= {"name": ["Maya Lopez"], "quote": ["I build."]}
        first, second = desk.send(address, fields), desk.send(address, fields)
        assert first.location == second.location
        again = desk.fill("/_desk/new/", None, {**NEW, "quote": "Other."})
        assert again.status == 422
        assert "There is already a story of that name." in again.text
        address, fields = form(again.text)
        assert fields["quote"] == ["Other."]
        done = desk.send(address, {**fields, "another": ["yes"]})
        assert done.location.startswith("/_desk/stories/maya-2/")
        assert len(list((site.root / "content/stories").iterdir())) == 2


KEPT = """\
---
# A note at the top.
name: Maya Lopez   # as on the form
quote: 'I build.'
date: 2026-02-01
contact_ok: false
consent: {form: R-0042, given: 2026-01-10, covers: [photo, website]}
# The last note.
---

Her story.
"""


def test_a_save_changes_only_what_was_changed(site: Site) -> None:
    text = KEPT.replace("\n", "\r\n")
    with opened(site.write(MAYA, text)) as desk:
        assert desk.fill(EDIT).status == 303
        assert (site.root / MAYA).read_bytes() == text.encode()
        done = desk.fill(EDIT, None, {"name": "Maya Ray", "consent.covers": ["website", "photo", "school"]})
        assert done.status == 303
        wanted = text.replace("Maya Lopez", "Maya Ray").replace(
            "[photo, website]", "[photo, website, school]"
        )
        assert (site.root / MAYA).read_bytes() == wanted.encode()


def test_people_with_a_consent_each_are_edited_each(site: Site) -> None:
    people = "people:\n  - name: Ada Li\n  - name: Ben Ito\n    consent:\n      given: 2026-01-10\n"
    site.write(
        MAYA, f"---\ndate: 2026-02-01\nquote: We build.\n{people}      covers: [website]\n---\nText.\n"
    )
    with opened(site) as desk:
        done = desk.fill(
            EDIT,
            None,
            {
                "people.0.consent.given": "2026-02-02",
                "people.0.consent.covers": ["website"],
                "people.1.name": "Ben Roe",
            },
        )
        assert done.status == 303
        written = (site.root / MAYA).read_text()
        assert "  - name: Ada Li\n    consent:\n      given: 2026-02-02\n      by: self\n" in written
        assert "  - name: Ben Roe\n" in written


def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(site: Site) -> None:
    with opened(site.story()) as desk:
        wrong = {"name": "", "focus.x": "30", "consent.given": "2026-13-45", "body": "Typed."}
        done = desk.fill(EDIT, ("notes.txt", b"text"), wrong)
        assert done.status == 422
        assert '<a href="#name">Please fill this in.</a>' in done.text
        assert "is not a real date" in done.text
        assert "is not a picture" in done.text
        assert "Please choose the photo again." in done.text
        _, fields = form(done.text)
        assert (fields["consent.given"], fields["body"]) == (["2026-13-45"], ["Typed."])
        assert "Her story." in (site.root / MAYA).read_text()


def test_two_windows_and_an_editor_lose_nothing(site: Site) -> None:
    with opened(site.story()) as desk:
        address, mine = form(desk.read(EDIT))
        assert desk.fill(EDIT, None, {"school": "North"}).status == 303
        site.change(MAYA, "Her story.", "Their text.")
        before = (site.root / MAYA).read_bytes()
        done = desk.send(address, {**mine, "school": ["South"], "body": ["My text."]})
        assert done.status == 409
        assert (site.root / MAYA).read_bytes() == before
        assert "Nothing is lost" in done.text
        assert "<span>North</span>" in done.text
        assert "Their text." in done.text
        address, both = form(done.text)
        assert (both["school"], both["body"]) == (["South"], ["My text."])
        assert desk.send(address, both).status == 303
        assert "school: South\n" in (site.root / MAYA).read_text()
        site.remove(MAYA)
        gone = desk.send(address, both)
        assert gone.status == 409
        assert form(gone.text)[0] == "/_desk/new/"
        assert form(gone.text)[1]["body"] == ["My text."]


def test_a_form_of_a_file_in_which_only_a_note_has_changed_is_saved(site: Site) -> None:
    with opened(site.story()) as desk:
        address, mine = form(desk.read(EDIT))
        site.change(MAYA, "---\nname", "---\n# A new note.\nname")
        assert desk.send(address, mine).status == 303
        assert "# A new note." in (site.root / MAYA).read_text()


def test_a_photo_is_stored_beside_the_file_of_a_story_in_a_folder(site: Site) -> None:
    text = (site.story().root / MAYA).read_text()
    site.remove(MAYA).write("content/stories/maya-lopez/index.md", text)
    with opened(site) as desk:
        for color, name in (("teal", "maya-lopez.jpg"), ("red", "maya-lopez-2.jpg")):
            photo = ("a.jpg", picture((700, 700), color))
            assert desk.fill(EDIT, photo, {"alt": "Maya"}).status == 303
            assert (site.root / "content/stories/maya-lopez" / name).read_bytes() == photo[1]
            written = (site.root / "content/stories/maya-lopez/index.md").read_text()
            assert f"headshot: {name}\n" in written
        assert desk.ask("/_desk/portrait/maya-lopez").status == 200


def test_what_the_public_will_see_follows_the_boxes(site: Site) -> None:
    site.photo("content/stories/maya.jpg")
    with opened(site.story(headshot="maya.jpg", alt="Maya")) as desk:
        _, fields = form(desk.read(EDIT))
        seen = desk.send("/_desk/look", {**fields, "consent.covers": ["website"]}).text
        assert "“Maya” is shown." in seen
        assert "The initials M are shown." in seen
        assert "The school is not named." in seen
        assert "Lopez" not in seen
        assert "Central High School" not in seen
        seen = desk.send("/_desk/look", {**fields, "consent.covers": ["photo"]}).text
        assert "The consent doesn\\u2019t cover" in seen or "The consent doesn&#39;t cover" in seen
        seen = desk.send("/_desk/look", {**fields, "quote": [""]}).text
        assert "quote is missing" in seen or "quote has no value" in seen
        assert (site.root / MAYA).read_text().count("covers: [website, photo, full-name") == 1


@pytest.mark.parametrize("path", [MAYA, "content/stories/maya-lopez/index.md"])
def test_a_file_whose_name_the_consent_does_not_cover_is_renamed(site: Site, path: str) -> None:
    text = (site.story(consent={"covers": "[website]"}).root / MAYA).read_bytes()
    site.remove(MAYA).write(path, text)
    with opened(site) as desk:
        shown = desk.read(EDIT)
        assert "Needs fixing" in shown
        assert "Rename the file" in shown
        done = desk.fill(EDIT, name="rename")
        assert done.location == "/_desk/stories/maya/?done=saved"
        assert (site.root / path.replace("maya-lopez", "maya")).read_bytes() == text
        assert not (site.root / path).exists()
        assert "Rename the file" not in desk.read("/_desk/stories/maya/")
        assert desk.send("/_desk/stories/maya/rename", {}).location == "/_desk/stories/maya/"


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}: # - &'


def test_hostile_words_in_every_field_are_only_words(site: Site) -> None:
    with opened(site.story()) as desk:
        _, fields = form(desk.read(EDIT))
        typed = {
            name: [HOSTILE] if name not in ("token", "digest", "slug", "once") else values
            for name, values in fields.items()
        }
        for address in (EDIT, "/_desk/look", "/_desk/new/"):
            answer = desk.send(address, typed)
            assert "<script>alert" not in answer.text
            assert "<img src=x" not in answer.text
            assert "49: #" not in answer.text
        texts = {name: [HOSTILE] for name in ("name", "quote", "title", "role", "year", "body")}
        assert desk.send(EDIT, {**fields, **texts}).status == 303
        shown = desk.read(EDIT) + desk.read("/_desk/?q=script")
        assert "<script>alert" not in shown
        assert form(desk.read(EDIT))[1]["name"] == [HOSTILE]


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "..\\x.JPG", "/etc/x.jpg", "x.jpg/../../../y.jpg", "a\0.jpg"]
)
def test_the_name_of_an_upload_never_leads_out_of_the_folder(site: Site, name: str) -> None:
    before = {path for path in site.root.parent.rglob("*") if path.is_file()}
    with opened(site.story()) as desk:
        desk.fill(EDIT, (name, picture((700, 700))), {"alt": "Maya"})
        new = {path for path in site.root.parent.rglob("*.[jJ]*") if path.is_file()} - before
        assert {path.relative_to(site.root).as_posix() for path in new} <= {"content/stories/maya-lopez.jpg"}


def test_what_no_editor_shows_keeps_no_text_from_being_saved(site: Site) -> None:
    with opened(site.story()) as desk:
        typed: dict[str, str | list[str] | None] = {
            "body": "a\u2028b\x0bc\x85d\u202ee",
            "quote": "It\x92s \x7f mine",
            "title": "\ufeffA\u2029B",
        }
        assert desk.fill(EDIT, None, typed).status == 303
        assert (site.root / MAYA).read_text().endswith("---\na bc de\n")
        assert form(desk.read(EDIT))[1]["quote"] == ["It\x92s mine"]


def test_nothing_is_written_through_a_link_out_of_the_content(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site.root / "content").mkdir(exist_ok=True)
    (site.root / "content/stories").symlink_to(outside)
    with opened(site) as desk:
        done = desk.fill("/_desk/new/", None, NEW)
        assert done.status == 422
        assert list(outside.iterdir()) == []
