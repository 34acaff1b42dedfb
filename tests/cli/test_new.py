"""New content from the command line: what is written, refused and asked."""

from pathlib import Path

import pytest

from sitegen.authoring import content_writer
from sitegen.content import discovery, frontmatter, schema, validation
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Kind
from sitegen.core.problem_codes import Code
from sitegen.core.text import line
from tests.support import xss_vectors
from tests.support.new_content import CONSENTED, read, story
from tests.support.site import Site, picture, tree
from tests.support.terminal import Terminal, run, run_here

# -- what is written ------------------------------------------------------------------------


def test_a_new_story_is_a_draft_until_consent_is_recorded(site: Site) -> None:
    done = story(site)
    assert done.returncode == 0, done.stderr
    assert read(site, "content/stories/maya-lopez.md")["draft"] == "true"
    site.build()
    assert site.messages == []
    assert site.withheld == {"content/stories/maya-lopez.md": "the file says draft: true"}


def test_new_ends_with_the_next_step(site: Site) -> None:
    assert story(site).stderr.splitlines()[-1].startswith("Next: open content/stories/maya-lopez.md, ")


def test_a_new_story_with_consent_is_published_by_the_next_build(site: Site) -> None:
    done = story(site, *CONSENTED)
    assert done.returncode == 0, done.stderr
    site.build()
    assert (site.report.published, site.messages) == (1, [])


def test_filling_in_the_consent_as_the_notes_say_makes_the_story_public(site: Site) -> None:
    story(site)
    file = site.root / "content/stories/maya-lopez.md"
    head, consent = file.read_text().split("# consent:")
    consent = "\n".join(line.removeprefix("# ") for line in f"consent:{consent}".splitlines())
    file.write_text(head.replace("draft: true\n", "") + consent + "\nHer story.\n")
    assert [message.split(": ")[1][:20] for message in site.build().messages] == [
        *('given "YYYY-MM-DD" i', 'until "YYYY-MM-DD" i')
    ]
    site.change("content/stories/maya-lopez.md", "given: YYYY-MM-DD", "given: 2026-01-10")
    site.change("content/stories/maya-lopez.md", "until: YYYY-MM-DD", "until: 2027-01-10")
    site.change("content/stories/maya-lopez.md", "covers: [website]", "covers: [website, full-name]")
    assert site.build().report.published == 1
    assert site.messages == []


def test_every_commented_line_can_be_used_unchanged(site: Site) -> None:
    text = content_writer.text(schema.NetworkForm, {"title": "Makers"})
    lines = [line.removeprefix("# ") if ":  " not in line else line for line in text.splitlines()]
    used = [line for line in lines if not line.startswith(("To use", "Lines that", "Its name"))]
    document = frontmatter.read("\n".join(used).encode(), "x.md")
    assert not isinstance(document, Problem), document
    assert set(document.values) == {"title", "summary", "nav_order", "since", "website", "aliases"}
    assert not isinstance(validation.fill(schema.NetworkForm, document.values), tuple)


def test_without_full_name_in_the_consent_no_file_name_has_the_surname(site: Site, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.JPG").write_bytes(picture((800, 800)))
    covers = ("--consent-given", "2026-01-10", "--covers", "website,photo")
    done = story(site, *covers, "--photo", str(tmp_path / "IMG_1.JPG"), "--alt", "At her bench")
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (site.root / "content/stories").iterdir()) == ["maya.jpg", "maya.md"]
    assert site.build().messages == []


def test_the_photo_is_copied_beside_the_story_under_its_name(site: Site, tmp_path: Path) -> None:
    data = picture((800, 800), suffix=".png")
    (tmp_path / "My Photo (1).PNG").write_bytes(data)
    story(site, "--photo", str(tmp_path / "My Photo (1).PNG"), "--alt", "Maya at her bench")
    assert (site.root / "content/stories/maya-lopez.png").read_bytes() == data
    assert read(site, "content/stories/maya-lopez.md")["headshot"] == "maya-lopez.png"
    assert site.build().messages == []


@pytest.mark.parametrize(
    ("kind", "options", "path"),
    [
        ("page", ("Our partners", "--summary", "Who: we work with"), "content/our-partners.md"),
        ("network", ("Makers", "--website", "https://example.org"), "content/networks/makers.md"),
        ("item", ("A fair", "--date", "2026-05-04"), "content/members-in-action/a-fair.md"),
    ],
)
def test_new_pages_networks_and_items_are_written_too(
    site: Site, kind: str, options: tuple[str, ...], path: str
) -> None:
    done = run(site, "new", kind, *options)
    assert done.returncode == 0, done.stderr
    assert (site.root / path).is_file()
    assert site.build().messages == []


# -- what is refused ------------------------------------------------------------------------


def test_no_file_is_ever_overwritten(site: Site) -> None:
    story(site)
    before = (site.root / "content/stories/maya-lopez.md").read_bytes()
    done = story(site)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "content/stories/maya-lopez.md already exists.",
        "Next: edit that file, or choose another name with --file maya-lopez-2",
        "Nothing was written.",
    ]
    assert (site.root / "content/stories/maya-lopez.md").read_bytes() == before
    assert story(site, "--file", "maya-lopez-2").returncode == 0


def test_a_story_in_its_own_folder_counts_as_existing(site: Site) -> None:
    site.story("maya-lopez/index")
    assert "content/stories/maya-lopez/index.md already exists" in story(site).stderr


def test_a_photo_of_another_story_is_never_replaced(site: Site, tmp_path: Path) -> None:
    site.photo("content/stories/maya-lopez.jpg", colour="red")
    before = (site.root / "content/stories/maya-lopez.jpg").read_bytes()
    (tmp_path / "new.jpg").write_bytes(picture((800, 800)))
    story(site, "--photo", str(tmp_path / "new.jpg"), "--alt", "Maya")
    assert (site.root / "content/stories/maya-lopez.jpg").read_bytes() == before
    assert read(site, "content/stories/maya-lopez.md")["headshot"] == "maya-lopez-2.jpg"


def test_without_a_terminal_all_missing_values_are_reported_at_once(site: Site) -> None:
    site.change("content/site.yaml", "A site for tests.", "A site for tests.\nfields: [Robotics]")
    done = run(site, "new", "story", "--field", "Robotcs", "--photo", "none.jpg", "--consent-by", "us")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'name is missing. Add it like this: "Maya Lopez"',
        'quote is missing. Add it like this: --quote "I build what I need."',
        'alt is missing. Add it like this: --alt "Maya at her bench"',
        'given is missing. Add it like this: --consent-given "yesterday"',
        'covers is missing. Add it like this: --covers "website, photo"',
        '--photo: There is no file "none.jpg".',
        'by "us" is neither self nor guardian. Write guardian for a parent, and self for the young person.',
        'field "Robotcs" is not known. Did you mean "Robotics"?',
        "Nothing was written.",
    ]
    assert not (site.root / "content/stories").exists()


def test_a_photo_in_an_unsupported_format_is_reported_at_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "scan.tiff").write_bytes(b"II*\0" + b"\0" * 40)
    done = story(site, "--photo", str(tmp_path / "scan.tiff"), "--alt", "Maya")
    assert done.returncode == 2
    assert "in a format that can't be read here." in done.stderr


# -- malicious texts ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["story", "page", "network", "item"])
def test_any_name_makes_a_file_in_the_right_folder_that_is_read_back(site: Site, kind: str) -> None:
    options = {"story": ("--quote", "I build."), "item": ("--date", "2026-01-01")}.get(kind, ())
    folder = site.root / discovery.FOLDERS[Kind(kind)]
    before = tree(site.root.parent)
    for number, word in enumerate(xss_vectors.ODD):
        done = run_here(site.root, "new", kind, "--file", f"{word} {number}", *options, "--", word)
        assert done.returncode == 0 or "Nothing was written." in done.stderr, done.stderr
    made = {site.root.parent / path for path in tree(site.root.parent).keys() - before.keys()}
    assert {file.parent for file in made} == {folder}
    called = [read(site, str(file.relative_to(site.root))) for file in made]
    meant = {line(word) for word in xss_vectors.ODD} - {""}
    assert {values.get("name", values.get("title")) for values in called} == meant
    assert run_here(site.root, "check").returncode == 0


# -- at a terminal --------------------------------------------------------------------------


def test_at_a_terminal_missing_values_are_asked_for(site: Site, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(picture((800, 800)))
    terminal = Terminal("--root", str(site.root), "new", "story")
    terminal.expect("First and last name").answer()
    terminal.expect("Please answer this one.").expect("First and last name").answer("Maya Lopez")
    terminal.expect("A sentence to use").answer('I build: "what" I need.')
    terminal.expect("Field, optional").answer("Robotics")
    terminal.expect("School").answer().expect("Grade or year").answer()
    terminal.expect("A photo").answer("nowhere.jpg")
    terminal.expect('There is no file "nowhere.jpg".').answer(str(tmp_path / "photo.jpg"))
    terminal.expect("What the photo shows").answer("Maya at her bench")
    terminal.expect("Another person in this story, optional").answer()
    terminal.expect("Do you have a signed consent form?").answer("y")
    terminal.expect("Number of the signed").answer("R-0042")
    terminal.expect("Day of the signature").answer("11/4/2025")
    terminal.expect("Is that November 4 or April 11?").answer("Nov 4 2025")
    terminal.expect("Who signed").answer("self")
    terminal.expect("What may be public").answer("website, foto")
    terminal.expect('Did you mean "photo"?').answer("website, photo, full-name")
    terminal.expect("Next: open content/stories/maya-lopez.md")
    assert terminal.exit_code() == 0
    assert site.build().messages == []
    assert site.report.published == 1


def test_values_of_options_are_not_asked_for(site: Site) -> None:
    quote = ("--quote", "I build.", "--field", "Robotics", "--school", "", "--year", "", "--photo", "")
    terminal = Terminal("--root", str(site.root), "new", "story", "Maya Lopez", *quote)
    terminal.expect("Another person").answer()
    terminal.expect("Do you have a signed consent form?").answer()
    terminal.expect("stays a draft").expect("Next: ")
    assert terminal.exit_code() == 0
    assert "First and last name" not in terminal.said


def test_if_the_file_exists_the_next_free_name_is_offered(site: Site) -> None:
    before = tree(site.story().root)
    words = ("--root", str(site.root), "new", "page", "Our partners", "--summary", "Who works with us.")
    assert Terminal(*words).expect("Next: open content/our-partners.md").exit_code() == 0
    second = Terminal(*words).expect("content/our-partners.md already exists.")
    second.expect("Save as our-partners-2 instead?").answer("y")
    assert second.expect("Next: open content/our-partners-2.md").exit_code() == 0
    third = Terminal(*words).expect("Save as our-partners-3 instead?").answer("n")
    assert third.expect("--file our-partners-3").expect("Nothing was written.").exit_code() == 2
    assert tree(site.root).keys() - before.keys() == {"content/our-partners.md", "content/our-partners-2.md"}


def test_without_a_photo_no_description_is_asked_for(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "item", "A table in May")
    terminal.expect("Day on which").answer("2026-05-02").expect("A photo").answer()
    assert terminal.expect("Next: open content/members-in-action/a-table-in-may.md").exit_code() == 0
    assert "Words below the photo" not in terminal.said
    assert site.build().messages == []


FAIR = "content/members-in-action/the-fair.md"


def asked_about_people(site: Site, folder: Path) -> Terminal:
    """Answer about an item up to the question about recognizable people."""
    (folder / "fair.jpg").write_bytes(picture((800, 800)))
    photo = ("--date", "2026-05-02", "--photo", str(folder / "fair.jpg"), "--alt", "A table", "--caption", "")
    terminal = Terminal("--root", str(site.root), "new", "item", "The fair", *photo)
    return terminal.expect("Can people be recognized")


@pytest.mark.parametrize("no", ["n", "N", "no", "No", "NO"])
def test_an_item_in_which_nobody_can_be_recognized_is_public(site: Site, tmp_path: Path, no: str) -> None:
    assert asked_about_people(site, tmp_path).answer(no).expect("Next: ").exit_code() == 0
    assert read(site, FAIR)["people"] == "false"
    assert (site.build().messages, site.withheld) == ([], {})


@pytest.mark.parametrize("yes", ["y", "Y", "yes", "Yes", "YES"])
def test_people_in_a_photo_are_asked_for_consent(site: Site, tmp_path: Path, yes: str) -> None:
    terminal = asked_about_people(site, tmp_path).answer(yes).expect("Name of a person").answer()
    terminal.expect("Do you have a signed consent form?").answer(yes)
    terminal.expect("Number of the signed").answer("R-0042")
    terminal.expect("Day of the signature").answer("2026-01-10").expect("Who signed").answer("guardian")
    terminal.expect("What may be public").answer("website, photo")
    assert terminal.expect("Next: ").exit_code() == 0
    assert (site.build().messages, site.withheld) == ([], {})


def test_people_without_consent_make_the_item_a_draft(site: Site, tmp_path: Path) -> None:
    terminal = asked_about_people(site, tmp_path).answer("y").expect("Name of a person").answer()
    terminal.expect("Do you have a signed").answer("N")
    terminal.expect("Draft – not public until consent is recorded in it.").expect("Next: ")
    assert terminal.exit_code() == 0
    assert (site.build().messages, site.withheld) == ([], {FAIR: "the file says draft: true"})


def test_no_answer_about_people_makes_the_item_a_draft_and_says_so(site: Site, tmp_path: Path) -> None:
    terminal = asked_about_people(site, tmp_path).answer("perhaps")
    terminal.expect("Please answer yes or no.").expect("Can people be recognized").answer()
    terminal.expect("Draft – not public until it says whether people can be recognized").expect("Next: ")
    assert terminal.exit_code() == 0
    assert (site.build().messages, site.withheld) == ([], {FAIR: "the file says draft: true"})
    # published without the answer it would be: the fix is named
    site.change(FAIR, "draft: true\n", "").build()
    assert [problem.code for problem in site.report.problems] == [Code.PEOPLE_NOT_SAID]


@pytest.mark.parametrize(
    ("options", "withheld"),
    [
        ((), {FAIR: "the file says draft: true"}),
        (("--people", "Y"), {FAIR: "the file says draft: true"}),
        (("--people", "N"), {}),
        (("--people", "yes", *CONSENTED[:4], "--covers", "website,photo"), {}),
    ],
)
def test_options_about_people_count_the_same(
    site: Site, tmp_path: Path, options: tuple[str, ...], withheld: dict[str, str]
) -> None:
    (tmp_path / "fair.jpg").write_bytes(picture((800, 800)))
    photo = ("--date", "2026-05-02", "--photo", str(tmp_path / "fair.jpg"), "--alt", "A table")
    done = run(site, "new", "item", "The fair", *photo, *options)
    assert done.returncode == 0, done.stderr
    assert ("Draft – not public" in done.stderr) == bool(withheld)
    assert (site.build().messages, site.withheld) == ([], withheld)


# -- several people -------------------------------------------------------------------------

GROUP = ("--quote", "We build.", "--field", "", "--school", "", "--year", "", "--photo", "")
KEYS = tuple(f"    # {key}:" for key in ("consent", "  form", "  given", "  by", "  covers", "  until"))
"""The lines of a person's consent, as comments."""


def test_several_people_are_asked_for_a_consent_each(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "story", "Maya Lopez", *GROUP)
    terminal.expect("Another person in this story").answer("Ito, Ana")
    terminal.expect("Another person in this story").answer()
    for name, covers in (("Maya Lopez", "website, full-name"), ("Ito, Ana", "website")):
        terminal.expect(f"{name}:")
        if "," in name:
            terminal.expect("Name that the public sees").answer("Ana")
        terminal.expect("Do you have a signed consent form?").answer("y")
        terminal.expect("Number of the signed").answer("R-0042")
        terminal.expect("Day of the signature").answer("2026-01-10").expect("Who signed").answer("self")
        terminal.expect("What may be public").answer(covers)
    terminal.expect("Next: open content/stories/maya-lopez-ana.md")
    assert terminal.exit_code() == 0
    site.build()
    assert (site.messages, site.report.published) == ([], 1)
    assert "Maya Lopez &amp; Ana" in site.read("stories/maya-lopez-ana/index.html")


def test_people_without_a_consent_make_a_draft(site: Site) -> None:
    done = run(site, "new", "story", "Maya Lopez", "--quote", "We build.", "--person", "Ben Ito")
    assert done.returncode == 0, done.stderr
    path = "content/stories/maya-lopez-ben-ito.md"
    values = read(site, path)
    assert (values["people"], values["draft"]) == ([{"name": "Maya Lopez"}, {"name": "Ben Ito"}], "true")
    assert (site.build().messages, site.withheld) == ([], {path: "the file says draft: true"})


def test_filling_in_the_consent_of_everyone_makes_the_story_public(site: Site) -> None:
    run(site, "new", "story", "Maya Lopez", "--quote", "We build.", "--person", "Ben Ito")
    file = site.root / "content/stories/maya-lopez-ben-ito.md"
    lines = file.read_text().replace("draft: true\n", "").split("\n")
    used = "\n".join(line.replace("# ", "", 1) if line.startswith(KEYS) else line for line in lines)
    used = used.replace("given: YYYY-MM-DD", "given: 2026-01-10")
    used = used.replace("until: YYYY-MM-DD", "until: 2027-01-10").replace("[website]", "[website, full-name]")
    file.write_text("\n".join(line for line in used.split("\n") if "      source:" not in line))
    assert (site.build().messages, site.report.published) == ([], 1)
    assert "Maya Lopez &amp; Ben Ito" in site.read("stories/maya-lopez-ben-ito/index.html")


def test_people_in_a_photo_can_be_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "fair.jpg").write_bytes(picture((800, 800)))
    photo = ("--date", "2026-05-02", "--photo", str(tmp_path / "fair.jpg"), "--alt", "A table")
    done = run(site, "new", "item", "The fair", *photo, "--people", "yes", "--person", "Maya Lopez")
    assert done.returncode == 0, done.stderr
    assert read(site, FAIR)["people"] == [{"name": "Maya Lopez"}]
    assert (site.build().messages, site.withheld) == ([], {FAIR: "the file says draft: true"})


def test_options_give_no_consent_for_several_people(site: Site) -> None:
    done = story(site, *CONSENTED, "--person", "Ben Ito")
    assert (done.returncode, "have a consent each" in done.stderr) == (2, True)


def test_a_name_in_doubt_is_asked_how_it_is_shown(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "story", "maya lopez", *GROUP)
    terminal.expect("Name that the public sees").answer("Maya").expect("Another person").answer()
    assert terminal.expect("Do you have a signed").answer("n").expect("Next: ").exit_code() == 0
    assert read(site, "content/stories/maya-lopez.md")["shown_as"] == "Maya"


def test_ctrl_c_writes_nothing(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "story", "Maya Lopez")
    terminal.expect("A sentence to use").interrupt()
    terminal.expect("Stopped. Nothing was written.")
    assert terminal.exit_code() == 130
    assert not (site.root / "content/stories").exists()
