"""What the preview lays over a page: escaped, quoted from the site only, and put where it belongs."""

from markupsafe import Markup

from sitegen import overlay
from sitegen.overlay import Trouble
from sitegen.problems import Problem, Where
from tests.conftest import Site


def problem(path: str, line: int = 1, column: int = 1) -> Problem:
    return Problem(Where(path, line, column), "it <b>is</b> wrong.", "Mend <i>it</i>.")


def test_the_line_in_question_is_quoted_between_its_neighbours(site: Site) -> None:
    site.write("content/x.md", "one\ntwo\nthree\nfour\n")
    quoted = overlay.quote(site.root, problem("content/x.md", 3, 2))
    assert [(line.number, line.text, line.column) for line in quoted] == [
        (2, "two", 0),
        (3, "three", 2),
        (4, "four", 0),
    ]


def test_what_stands_in_a_file_can_not_run_in_the_panel(site: Site) -> None:
    site.write("content/x.md", "<script>alert(1)</script></template>")
    panel = overlay.panel(site.root, Trouble((problem("content/x.md", 1, 3),)))
    assert "<script" not in panel
    assert panel.count("</template>") == 1
    assert "it &lt;b&gt;is&lt;/b&gt; wrong." in panel
    crashed = overlay.panel(site.root, Trouble(crash="<script>alert(1)</script>"))
    assert "<script" not in crashed


def test_nothing_is_quoted_from_elsewhere_nor_of_what_was_withdrawn(site: Site) -> None:
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


def test_a_policy_of_the_page_does_not_keep_the_preview_from_reloading_it() -> None:
    page = (
        b'<head><meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head><body></body>'
    )
    laid = overlay.lay_over(page, Markup("<p>above</p>"), Markup("<p>below</p>")).decode()
    assert "Content-Security-Policy" not in laid
    assert laid == f"<head>{overlay.SCRIPTS}</head><body><p>above</p><p>below</p></body>"


def test_a_page_without_head_and_body_has_it_all_the_same() -> None:
    assert overlay.lay_over(b"Words", Markup("above"), Markup("below")).decode().startswith("Words")
    assert overlay.SCRIPTS.encode() in overlay.lay_over(b"Words", Markup(), Markup())


def test_of_many_problems_the_first_are_laid_over_and_the_way_to_the_others_is_shown(site: Site) -> None:
    many = tuple(problem(f"content/{number}.md") for number in range(overlay.MOST + 5))
    panel = overlay.panel(site.root, Trouble(many))
    assert panel.count("<article") == overlay.MOST
    assert f"{overlay.MOST + 5} problems" in panel
    assert 'href="/_preview/"' in panel
