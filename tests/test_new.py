"""`sitegen new`: a file begun in five minutes, by somebody at a terminal or by a script."""

import re
import subprocess
from pathlib import Path

import pytest

from sitegen import frontmatter, manuscript, scaffold, schema, signs
from sitegen.markup import TAG, render
from sitegen.model import Kind
from sitegen.problems import Problem
from tests import vectors
from tests.conftest import Site, picture, tree
from tests.terminal import Terminal, program, run_here


def run(site: Site, *words: str) -> "subprocess.CompletedProcess[str]":
    return program("--root", str(site.root), *words)


def story(site: Site, *options: str, name: str = "Maya Lopez") -> subprocess.CompletedProcess[str]:
    return run(site, "new", "story", name, "--quote", "I build what I wish existed.", *options)


CONSENTED = ("--consent-form", "R-0042", "--consent-given", "2026-01-10", "--covers", "website,full-name")


def read(site: Site, path: str) -> dict[str, object]:
    document = frontmatter.read((site.root / path).read_bytes(), path)
    assert not isinstance(document, Problem), document
    return dict(document.values)


# -- what is written ------------------------------------------------------------------------


def test_a_new_story_is_a_draft_until_consent_is_recorded(site: Site) -> None:
    done = story(site)
    assert done.returncode == 0, done.stderr
    assert read(site, "content/stories/maya-lopez.md")["draft"] == "true"
    site.build()
    assert site.messages == []
    assert site.withheld == {"content/stories/maya-lopez.md": "it is a draft"}


def test_it_ends_with_the_next_step(site: Site) -> None:
    assert story(site).stderr.splitlines()[-1].startswith("Next: open content/stories/maya-lopez.md, ")


def test_a_new_story_with_consent_is_published_by_the_next_build(site: Site) -> None:
    done = story(site, *CONSENTED)
    assert done.returncode == 0, done.stderr
    site.build()
    assert (site.report.published, site.messages) == (1, [])


def test_consent_that_is_filled_in_by_hand_as_the_file_says_makes_it_public(site: Site) -> None:
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


def test_every_line_in_waiting_can_be_used_as_it_stands(site: Site) -> None:
    text = manuscript.text(schema.NetworkForm, {"title": "Makers"})
    lines = [line.removeprefix("# ") if ":  " not in line else line for line in text.splitlines()]
    used = [line for line in lines if not line.startswith(("To use", "Lines that", "Its name"))]
    document = frontmatter.read("\n".join(used).encode(), "x.md")
    assert not isinstance(document, Problem), document
    assert set(document.values) == {"title", "summary", "nav_order", "since", "website", "aliases"}
    assert not isinstance(schema.fill(schema.NetworkForm, document.values), tuple)


def test_without_the_full_name_in_the_consent_no_file_is_called_by_it(site: Site, tmp_path: Path) -> None:
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
def test_pages_networks_and_items_are_begun_likewise(
    site: Site, kind: str, options: tuple[str, ...], path: str
) -> None:
    done = run(site, "new", kind, *options)
    assert done.returncode == 0, done.stderr
    assert (site.root / path).is_file()
    assert site.build().messages == []


# -- what is refused ------------------------------------------------------------------------


def test_nothing_is_ever_written_over(site: Site) -> None:
    story(site)
    before = (site.root / "content/stories/maya-lopez.md").read_bytes()
    done = story(site)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "content/stories/maya-lopez.md is there already, and is left as it is.",
        "Change that file, or give this one another name: --file maya-lopez-2",
        "Nothing was written.",
    ]
    assert (site.root / "content/stories/maya-lopez.md").read_bytes() == before
    assert story(site, "--file", "maya-lopez-2").returncode == 0


def test_a_story_in_a_folder_of_its_own_counts_as_there(site: Site) -> None:
    site.story("maya-lopez/index")
    assert "content/stories/maya-lopez/index.md is there already" in story(site).stderr


def test_a_photo_of_somebody_else_is_never_replaced(site: Site, tmp_path: Path) -> None:
    site.photo("content/stories/maya-lopez.jpg", colour="red")
    before = (site.root / "content/stories/maya-lopez.jpg").read_bytes()
    (tmp_path / "new.jpg").write_bytes(picture((800, 800)))
    story(site, "--photo", str(tmp_path / "new.jpg"), "--alt", "Maya")
    assert (site.root / "content/stories/maya-lopez.jpg").read_bytes() == before
    assert read(site, "content/stories/maya-lopez.md")["headshot"] == "maya-lopez-2.jpg"


def test_where_nobody_can_be_asked_all_that_is_missing_is_told_at_once(site: Site) -> None:
    site.change("content/site.yaml", "A site for tests.", "A site for tests.\nfields: [Robotics]")
    done = run(site, "new", "story", "--field", "Robotcs", "--photo", "none.jpg", "--consent-by", "me")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'name is missing. Write it like "Maya Lopez"',
        'quote is missing. Write it like --quote "I build what I need."',
        'alt is missing. Write it like --alt "Maya at her bench"',
        'given is missing. Write it like --consent-given "2024-10-20"',
        'covers is missing. Write it like --covers "website, photo"',
        '--photo: there is no file "none.jpg".',
        'by "me" is neither self nor guardian. Write guardian for a parent, and self for the young person.',
        'field "Robotcs" is not known. Did you mean "Robotics"?',
        "Nothing was written.",
    ]
    assert not (site.root / "content/stories").exists()


def test_a_photo_in_a_format_that_is_not_read_is_told_at_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "new.avif").write_bytes(b"\0\0\0\x18ftypavif" + b"\0" * 40)
    done = story(site, "--photo", str(tmp_path / "new.avif"), "--alt", "Maya")
    assert done.returncode == 2
    assert "in a format that can't be read here." in done.stderr


# -- names of files -------------------------------------------------------------------------


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


# -- what is typed is what is read ----------------------------------------------------------

TEXTS = (
    'She said: "yes"',
    "a # b",
    "- no list",
    "null",
    "[x]",
    "{x}",
    "yes",
    "@me",
    "%",
    "&x",
    "!x",
    "*x",
    "'quoted'",
    "back\\slash",
    "trailing: ",
    "ends with colon:",
    "=1+1",
    "---",
    "a, b]",
    "😀 é ñ",
    "? x",
    "> x",
    "| x",
    "~",
    "`x`",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_value_is_read_as_it_was_typed(text: str) -> None:
    written = manuscript.text(schema.StoryForm, {"quote": text, "topics": [text, "two"]})
    document = frontmatter.read(written.encode(), "x.md")
    assert not isinstance(document, Problem), document
    assert document.values == {"quote": text, "topics": [text, "two"]}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# no heading",
            "> no quote",
            "- no list",
            "1. no list",
            "- - -",
            "[no](http://link.example)",
            "*plain*",
        ),
        *("<b>plain</b>", "![no](picture.jpg)", "a_b _c_ d", "`plain`", "AT&amp;T", "<http://a.example>"),
        *("no\n===\nheading", "no\n---\nheading", "a | b\n- | -\nc | d", "term\n: no definition", "[^1]: no"),
        *("back\\slash", "I <3 robots, 2 < 3 > 1", "~~~\nno code", "*[HTML]: no"),
        *("#BlackInSTEM is for us", "#{7*7}", "-\tno list", "no\n--\nheading", "Room &#8 is no entity"),
    ],
)
def test_a_text_is_shown_as_it_was_typed(text: str) -> None:
    body, remarks = render(manuscript.plain(text))
    shown = TAG.sub("", body.html).strip()
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert re.sub("[-–—]+", "-", unescaped).split() == re.sub("-+", "-", text).split()
    assert (remarks, body.links, body.pictures, body.headings) == ((), (), (), ())
    assert set(TAG.findall(body.html)) <= {"<p>", "</p>"}


# -- hostile words --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["story", "page", "network", "item"])
def test_whatever_a_thing_is_called_its_file_lies_in_its_folder_and_is_read_back(
    site: Site, kind: str
) -> None:
    options = {"story": ("--quote", "I build."), "item": ("--date", "2026-01-01")}.get(kind, ())
    folder = site.root / scaffold.FOLDERS[Kind(kind)]
    before = tree(site.root.parent)
    for number, word in enumerate(vectors.ODD):
        done = run_here(site.root, "new", kind, "--file", f"{word} {number}", *options, "--", word)
        assert done.returncode == 0 or "Nothing was written." in done.stderr, done.stderr
    made = {site.root.parent / path for path in tree(site.root.parent).keys() - before.keys()}
    assert {file.parent for file in made} == {folder}
    called = [read(site, str(file.relative_to(site.root))) for file in made]
    meant = {signs.line(word) for word in vectors.ODD} - {""}
    assert {values.get("name", values.get("title")) for values in called} == meant
    assert run_here(site.root, "check").returncode == 0


# -- at a terminal --------------------------------------------------------------------------


def test_somebody_at_a_terminal_is_asked_for_what_is_missing(site: Site, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(picture((800, 800)))
    terminal = Terminal("--root", str(site.root), "new", "story")
    terminal.expect("First and last name").answer()
    terminal.expect("This is needed.").expect("First and last name").answer("Maya Lopez")
    terminal.expect("The sentence that leads the story").answer('I build: "what" I need.')
    terminal.expect("Field, if known").answer("Robotics")
    terminal.expect("School").answer().expect("Year").answer()
    terminal.expect("Photo").answer("nowhere.jpg")
    terminal.expect('there is no file "nowhere.jpg".').answer(str(tmp_path / "photo.jpg"))
    terminal.expect("What the photo shows").answer("Maya at her bench")
    terminal.expect("Is there a signed consent form?").answer("y")
    terminal.expect("Number under which").answer("R-0042")
    terminal.expect("Day of the signature").answer("11/4/2025")
    terminal.expect('"11/4/2025" is not a date. Did you mean 2025-11-04?').answer("2025-11-04")
    terminal.expect("Who signed").answer("self")
    terminal.expect("What it covers").answer("website, foto")
    terminal.expect('Did you mean "photo"?').answer("website, photo, full-name")
    terminal.expect("Next: open content/stories/maya-lopez.md")
    assert terminal.exit_code() == 0
    assert site.build().messages == []
    assert site.report.published == 1


def test_what_the_options_said_is_not_asked_again(site: Site) -> None:
    quote = ("--quote", "I build.", "--field", "Robotics", "--school", "", "--year", "", "--photo", "")
    terminal = Terminal("--root", str(site.root), "new", "story", "Maya Lopez", *quote)
    terminal.expect("Is there a signed consent form?").answer()
    terminal.expect("a draft, which nobody sees").expect("Next: ")
    assert terminal.exit_code() == 0
    assert "First and last name" not in terminal.said


def test_where_somebody_stands_already_the_next_name_is_offered(site: Site) -> None:
    before = tree(site.story().root)
    words = ("--root", str(site.root), "new", "page", "Our partners", "--summary", "Who works with us.")
    assert Terminal(*words).expect("Next: open content/our-partners.md").exit_code() == 0
    second = Terminal(*words).expect("content/our-partners.md is there already, and is left as it is.")
    second.expect("Shall this be another one, called our-partners-2?").answer("y")
    assert second.expect("Next: open content/our-partners-2.md").exit_code() == 0
    third = Terminal(*words).expect("called our-partners-3?").answer("n")
    assert third.expect("--file our-partners-3").expect("Nothing was written.").exit_code() == 2
    assert tree(site.root).keys() - before.keys() == {"content/our-partners.md", "content/our-partners-2.md"}


def test_without_a_photo_nobody_is_asked_what_it_shows(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "item", "A table in May")
    terminal.expect("Day on which").answer("2026-05-02").expect("Photo").answer()
    assert terminal.expect("Next: open content/members-in-action/a-table-in-may.md").exit_code() == 0
    assert "Words below the photo" not in terminal.said
    assert site.build().messages == []


def test_ctrl_c_writes_nothing(site: Site) -> None:
    terminal = Terminal("--root", str(site.root), "new", "story", "Maya Lopez")
    terminal.expect("The sentence that leads").answer("\x03")
    terminal.expect("Stopped. Nothing was written.")
    assert terminal.exit_code() == 130
    assert not (site.root / "content/stories").exists()
