"""Overlay: messages on a previewed page, escaped and in the right place."""

from markupsafe import Markup

from sitegen.core.diagnostics import Problem, Where
from sitegen.core.problem_codes import Code
from sitegen.devserver import overlay
from sitegen.devserver.overlay import Trouble
from tests.support.site import Site


def problem(path: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(Code.EMPTY_FILE, Where(path, line, column), "it <b>is</b> wrong.", "Fix <i>it</i>.")


def test_the_line_in_question_is_quoted_between_its_neighbours(site: Site) -> None:
    site.write("content/x.md", "one\ntwo\nthree\nfour\n")
    quoted = overlay.quote(site.root, problem("content/x.md", 3, 2))
    assert [(line.number, line.text, line.column) for line in quoted] == [
        (2, "two", 0),
        (3, "three", 2),
        (4, "four", 0),
    ]


def test_quoted_lines_cannot_run_in_the_panel(site: Site) -> None:
    site.write("content/x.md", "<script>alert(1)</script></template>")
    panel = overlay.panel(site.root, Trouble((problem("content/x.md", 1, 3),)))
    assert "<script" not in panel
    assert panel.count("</template>") == 1
    assert "it &lt;b&gt;is&lt;/b&gt; wrong." in panel
    crashed = overlay.panel(site.root, Trouble(crash="<script>alert(1)</script>"))
    assert "<script" not in crashed


def test_no_line_of_other_files_or_withdrawn_stories_is_quoted(site: Site) -> None:
    secret = site.root.parent / "secret.txt"
    secret.write_text("secret\n")
    (site.root / "content/link.md").symlink_to(secret)
    site.write("content/stories/x.md", "name: Maya\nconsent:\n  withdrawn: 2026-13-01\n")
    for path in (
        "../secret.txt",
        str(secret),
        "content/link.md",
        "content/stories/x.md",
        "content",
        "",
        "a\0b",
    ):
        assert overlay.quote(site.root, problem(path)) == ()


def test_the_policy_of_a_page_does_not_block_reloading() -> None:
    page = (
        b'<head><meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head><body></body>'
    )
    laid = overlay.insert(page, Markup("<p>above</p>"), Markup("<p>below</p>")).decode()
    assert "Content-Security-Policy" not in laid
    assert laid == f"<head>{overlay.SCRIPTS}</head><body><p>above</p><p>below</p></body>"


def test_a_page_without_head_and_body_gets_the_overlay_too() -> None:
    assert overlay.insert(b"Words", Markup("above"), Markup("below")).decode().startswith("Words")
    assert overlay.SCRIPTS.encode() in overlay.insert(b"Words", Markup(), Markup())


def test_the_overlay_shows_the_first_problems_and_how_to_see_the_others(site: Site) -> None:
    many = tuple(problem(f"content/{number}.md") for number in range(overlay.MOST + 5))
    panel = overlay.panel(site.root, Trouble(many))
    assert panel.count("<article") == overlay.MOST
    assert f"{overlay.MOST + 5} problems" in panel
    assert 'href="/_preview/"' in panel
