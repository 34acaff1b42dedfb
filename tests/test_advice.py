"""`sitegen check` as an editor's friend: advice, apart from mistakes; what it mends; other websites."""

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sitegen import mending, outside, readability, scan
from sitegen.annotations import annotation
from sitegen.model import Kind, Source
from sitegen.problems import Problem, Severity, Where
from tests.conftest import Site, picture, tree
from tests.terminal import run_here


def check(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Check a site."""
    return run_here(site.root, "check", "--date", "2026-11-21", "--jobs", "1", *words)


def advice(site: Site) -> list[str]:
    """Return the advice on a site, as it is said, and see to it that it holds nothing back."""
    done = check(site)
    assert done.returncode == 0, done.stderr
    _, _, below = done.stderr.partition("Advice, which holds nothing back:\n")
    return [line.strip() for line in below.partition("\n\n")[0].splitlines()]


PATH = "content/stories/maya-lopez.md"
HARD = (
    "Interdisciplinary collaboration necessitates institutional acknowledgement of methodological "
    "heterogeneity, particularly considering socioeconomic disparities characterising contemporary "
    "educational environments and organisational infrastructure, "
) * 6


def test_nobody_advises_where_all_is_well(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt="Maya at her bench")
    assert "Advice" not in check(site.page("mission", "## One\n\n### Two\n\n## Three")).stderr


def test_a_quote_too_long_for_a_card(site: Site) -> None:
    assert advice(site.story(quote="I build. " * 20)) == [
        f"{PATH}:6:8: the quote has 179 characters; a card holds about 160. "
        "Let one sentence lead, and move the rest to the text."
    ]


@pytest.mark.parametrize(
    "alt", ["IMG_1234", "DSC00012.JPG", "photo", "a picture", "Screenshot 2026-01-02", "1"]
)
def test_a_description_that_describes_nothing(site: Site, alt: str) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(headshot="maya-lopez.jpg", alt=alt)
    (said,) = advice(site)
    assert said.startswith(f'{PATH}:8:6: alt "{alt}" describes nothing.')


def test_a_description_in_words_is_left_alone(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg").story(
        headshot="maya-lopez.jpg", alt="Photo of Maya in class"
    )
    assert advice(site) == []


def test_headings_that_skip_a_level(site: Site) -> None:
    assert advice(site.page("mission", "## One\n\n#### Two\n\n```\n###### no heading\n```\n")) == [
        "content/mission.md:6:1: this heading skips a level. Take out a number sign: ###"
    ]


def test_photos_that_are_small_or_heavy_or_unused(site: Site) -> None:
    site.photo("content/stories/maya-lopez.jpg", (200, 300)).story(
        headshot="maya-lopez.jpg", alt="Maya, aged 9"
    )
    site.write("content/members-in-action/fair.jpg", picture((800, 800)) + b"\0" * 12_000_000)
    site.page("members-in-action/fair", date="2026-01-01", photo="fair.jpg", alt="A table with leaflets")
    site.photo("content/stories/left over.jpg").photo("content/stories/noted.jpg")
    site.change(PATH, "name:", "# headshot: noted.jpg\nname:")
    assert advice(site) == [
        "content/members-in-action/fair.md:4:8: the photo has 12 MB. "
        "Save it as JPEG, scaled to 3000 pixels or fewer.",
        "content/stories/left over.jpg: no file uses this picture. "
        "Remove it, or name it in the file that it belongs to.",
        f"{PATH}:8:11: the photo is small: 200 by 300 pixels. "
        "Ask for the original; it should have at least 384 by 384.",
    ]


def test_pictures_in_the_text_are_looked_at_too(site: Site) -> None:
    site.photo("content/stories/small one.jpg", (200, 300)).photo("content/stories/desk.jpg")
    site.write("content/stories/heavy.jpg", picture((800, 800)) + b"\0" * 12_000_000)
    site.story(
        body="![Rita](small%20one.jpg)\n\n![desk](desk.jpg)\n\n![IMG_7](heavy.jpg)\n\n```\n![x](no.jpg)\n```"
    )
    assert [line.removeprefix(f"{PATH}:") for line in advice(site)] == [
        '14:1: the picture "small%20one.jpg" is small: 200 by 300 pixels. '
        "Ask for the original; it should have at least 480 by 480.",
        '16:1: "desk" describes nothing. Say what a friend would see: ![Maya at her workbench](desk.jpg)',
        '18:1: "IMG_7" describes nothing. Say what a friend would see: ![Maya at her workbench](heavy.jpg)',
        '18:1: the picture "heavy.jpg" has 12 MB. Save it as JPEG, scaled to 3000 pixels or fewer.',
    ]


def test_a_hashtag_that_becomes_a_heading(site: Site) -> None:
    site.story(body="I build.\n\n#BlackInSTEM is for us.")
    assert advice(site) == [
        f'{PATH}:16:1: the line that begins with "#BlackInSTEM" becomes a heading. '
        "Write \\#BlackInSTEM if it is a hashtag."
    ]
    assert advice(site.change(PATH, "#Black", "\\#Black")) == []
    assert "<p>#BlackInSTEM is for us.</p>" in site.build().read("stories/maya-lopez/index.html")


def test_quotation_marks_that_would_be_shown_twice(site: Site) -> None:
    assert advice(site.story(name="“Maya Lopez”", quote="“I build.”")) == [
        f"{PATH}:2:7: quotation marks stand around the whole name, and are shown. Leave them out.",
        f"{PATH}:6:8: quotation marks stand around the whole quote, and are shown. "
        "Leave them out: the website sets its own.",
    ]
    assert advice(site.story(name="Maya “May” Lopez", quote="“One” and “two”")) == []


def test_a_field_that_is_nearly_the_one_that_others_have(site: Site) -> None:
    for slug in ("ana", "ben"):
        site.story(slug, name=f"{slug.title()} Reed", topics="[Mentoring]", body=f"{slug}.")
    site.story(field="Robotcs", topics="[art, mentoring]")
    assert advice(site) == [
        f'{PATH}:4:8: field "Robotcs" is nearly "Robotics", which 2 stories have. '
        "Write it the same way, if it is the same.",
        f'{PATH}:7:15: topics "mentoring" is nearly "Mentoring", which 2 stories have. '
        "Write it the same way, if it is the same.",
    ]


def test_two_stories_that_are_nearly_the_same(site: Site) -> None:
    text = "It began with a toaster that nobody wanted. Then a robot came that everybody wanted to see."
    site.story("ana", text, name="Ana Reed").story("ben", f"{text} And a last one.", name="Ben Ito")
    site.story("cy", "Something altogether different happened to me. It was a long day.", name="Cy Moe")
    assert advice(site) == [
        "content/stories/ben.md:1:1: this story is nearly the same as content/stories/ana.md. "
        "Remove one of them, if they are one story."
    ]


def test_a_story_in_which_every_sentence_was_touched_is_still_the_same(site: Site) -> None:
    text = (
        "It began with a toaster that nobody wanted to have. Then a robot came that everybody wanted to see."
    )
    site.story("ana", text, name="Ana Reed")
    site.story("ben", text.replace("toaster", "kettle").replace("robot", "radio"), name="Ben Ito")
    (said,) = advice(site)
    assert said.startswith(
        "content/stories/ben.md:1:1: this story is nearly the same as content/stories/ana.md."
    )


def test_what_many_stories_say_in_the_same_words_makes_none_alike(site: Site) -> None:
    for number in range(25):
        own = f"My own part number {number} was to carry {number} boxes up to floor {number} every day."
        site.story(f"s{number}", f"I joined the collective to learn how things are made. {own}")
    assert [line for line in advice(site) if "nearly the same" in line] == []


def test_the_reading_level_is_told_of_english_only(site: Site) -> None:
    site.page("mission", HARD.strip() + ".")
    assert len(advice(site)) == 1
    assert advice(site.change("content/site.yaml", "short_name", "languages: [es]\nshort_name")) == []


def test_a_text_that_is_hard_to_read_and_one_that_is_missing(site: Site) -> None:
    site.page("mission", HARD.strip() + ".").story(body="")
    first, second = advice(site)
    assert first.startswith("content/mission.md:4:1: the text is hard to read: it asks for about ")
    assert second == f"{PATH}:1:1: the story has no text. Write it below the second line of hyphens."


def test_the_reading_level_is_about_that_of_the_grade() -> None:
    assert readability.of("The cat sat on the mat. It was a big red cat.")[1] < 2
    assert readability.of(HARD)[1] > 20
    assert readability.of("") == (0, 0.0)


def test_spaces_that_never_break(site: Site) -> None:
    assert advice(site.page("mission", "Two\xa0words and 10\xa0km.")) == [
        "content/mission.md:4:3: the text has 1 space that never breaks, as word processors make them. "
        "sitegen check --fix makes them plain."
    ]


def test_a_story_that_was_taken_back_is_nobodys_to_polish(site: Site) -> None:
    site.photo("content/stories/maya.jpg").story(quote="I build. " * 20, consent={"withdrawn": "2026-02-01"})
    (said,) = advice(site)
    assert said.endswith("Remove it, above all if it belonged to a story that was taken back.")


def test_json_keeps_advice_apart_from_problems(site: Site) -> None:
    told = json.loads(check(site.story(body=""), "--json").stdout)
    assert told["problems"] == []
    assert [one["message"] for one in told["advice"]] == ["the story has no text."]


# -- notes on a pull request ----------------------------------------------------------------


def test_notes_for_github_tell_errors_warnings_and_advice_apart(site: Site) -> None:
    done = check(
        site.story(body="", name=None).page("mission", "<marquee>News</marquee>"), "--format", "github"
    )
    assert done.returncode == 3
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == [
        "::warning",
        "::error",
        "::notice",
    ]
    assert f"::error file={PATH},line=1,col=1::name is missing." in done.stdout


def test_what_a_note_holds_can_start_no_other_command() -> None:
    odd = Problem(Where("a,b:c.md", 1, 2), "50% is\n::error::not", "", Severity.WARNING)
    assert annotation(odd) == "::warning file=a%2Cb%3Ac.md,line=1,col=2::50%25 is%0A::error::not"


# -- mending --------------------------------------------------------------------------------

SOUND = "---\nname: Maya\ndate: 2026-02-01\nquote: I build.\n---\nText.\n"
SOURCE = Source(PATH, Kind.STORY, "maya-lopez", "/stories/maya-lopez/")


@pytest.mark.parametrize(
    "broken",
    [
        "\ufeff" + SOUND,
        SOUND.replace("---\nname", "———\nname"),
        SOUND.replace("---\nText", "—\nText"),
        SOUND.replace("---", "***"),
        SOUND.replace("---", "“—”"),
        SOUND.replace("---", "\xa0– – –"),
        SOUND.replace("\n", "\r"),
        SOUND.replace("\n", "\r\n", 2),
        SOUND.replace("2026-02-01", "February 1, 2026"),
        SOUND.replace("2026-02-01", '"2026/02/01"'),
        SOUND.replace("2026-02-01", "“2026–02–01”"),
        SOUND.replace("2026-02-01", "Sunday, 1 Feb. 2026"),
    ],
)
def test_what_has_one_mend_only_is_mended(broken: str) -> None:
    assert mending.mended(broken.encode(), SOURCE).decode() == SOUND


def test_a_title_with_a_colon_is_put_in_quotes(site: Site) -> None:
    broken = SOUND.replace("I build.", "Maya: I build.")
    assert b'quote: "Maya: I build."\n' in mending.mended(broken.encode(), SOURCE)


@pytest.mark.parametrize(
    "left",
    [
        SOUND,
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("2026-02-01", "2/1/2026"),
        SOUND.replace("2026-02-01", "“02-01-2026”"),
        SOUND.replace("2026-02-01", '"2026-02-01T23:00:00Z"'),
        SOUND.replace("2026-02-01", "soon"),
        SOUND.replace("I build.", 'He said: "go: on'),
        "Text without front matter.",
        "",
        "---\nname: Maya\nnever closed",
    ],
)
def test_what_is_sound_or_in_doubt_is_left_as_it_is(left: str) -> None:
    assert mending.mended(left.encode(), SOURCE) == left.encode()


def test_what_is_no_text_is_left_as_it_is() -> None:
    for data in (b"\xff\xfe-\0", b"\x80", b"\0"):
        assert mending.mended(data, SOURCE) == data


def test_fix_mends_files_shows_the_difference_and_does_it_once(site: Site) -> None:
    site.story(date="February 1, 2026", consent={"given": "1/13/2026"}, body="Two\xa0words, 10\xa0km.")
    done = check(site, "--fix")
    assert done.returncode == 0, done.stderr
    assert "-date: February 1, 2026\n+date: 2026-02-01\n" in done.stdout
    assert "-  given: 1/13/2026\n+  given: 2026-01-13\n" in done.stdout
    assert "-Two[nbsp]words, 10[nbsp]km.\n+Two words, 10[nbsp]km.\n" in done.stdout
    before = tree(site.root)
    assert check(site, "--fix").stdout == ""
    assert tree(site.root) == before


def test_what_would_mend_itself_is_told_without_fix_too(site: Site) -> None:
    site.story("ana", name="Ana Reed", date="February 1, 2026").story("ben", name="Ben Ito", date="2/1/2026")
    told = "sitegen check --fix mends by itself what it can in content/stories/ana.md, and shows what it"
    assert f"{told} changed.\n" in check(site).stderr
    assert not any("check --fix" in line for line in check(site, "--fix").stderr.splitlines())


def test_without_fix_nothing_is_written(site: Site) -> None:
    before = tree(site.story(date="February 1, 2026").root)
    assert check(site).returncode == 3
    assert tree(site.root) == before


# -- other websites -------------------------------------------------------------------------


class Elsewhere(BaseHTTPRequestHandler):
    """A website that has one page, refuses to talk to programs on another, and moved a third."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status = {"/there": 200, "/shy": 403, "/moved": 301, "/no-head": 405}.get(self.path, 404)
        if self.path == "/no-head" and self.command == "GET":
            status = 200
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/there")
        self.end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_other_websites_are_asked_once_and_with_a_pause(site: Site, elsewhere: str) -> None:
    names = ("there", "shy", "moved", "no-head", "gone", "gone")
    site.page("mission", "\n\n".join(f"[a]({elsewhere}/{name})" for name in names))
    shelf, _ = scan.scan(site.root)
    pauses: list[float] = []
    said = list(outside.check(outside.links(site.root, shelf), pauses.append))
    assert [str(one) for one in said] == [
        f"content/mission.md:12:5: {elsewhere}/gone answers with 404. "
        "Look for its new address, or take the link out."
    ]
    assert Elsewhere.asked.count("HEAD /gone") == 1
    assert len(pauses) == 4
    assert {one.severity for one in said} == {Severity.WARNING}


def test_links_are_asked_for_only_with_external_and_only_warned_about(site: Site, elsewhere: str) -> None:
    site.page("mission", f"[a]({elsewhere}/gone)")
    assert "answers with" not in check(site).stderr
    assert Elsewhere.asked == []
    done = check(site, "--external")
    assert done.returncode == 0
    assert f"{elsewhere}/gone answers with 404." in done.stderr


def test_a_website_that_is_not_there_is_told() -> None:
    where = Where("content/mission.md", 1, 1)
    (said,) = outside.check([outside.Outside("http://127.0.0.1:9/", where)])
    assert said.message == "http://127.0.0.1:9/ doesn't answer."
