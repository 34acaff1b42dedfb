"""Visible text: one reader of HTML for the privacy checks, the suggestions and the leak check."""

import pytest

from sitegen.core.visible_text import lines, visible_text, words


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>Maya</p><p>Lopez</p>", "Maya\n\nLopez"),
        ("<p>Maya <em>Lo</em>pez</p>", "Maya Lopez"),
        ("<p>Maya<br>Lopez</p>", "Maya Lopez"),
        ("<P>Maya<BR/>Lopez</P>", "Maya Lopez"),
        ("<p>Lo<!-- a > b\n-->pez</p>", "Lopez"),
        ("<!-- Maya Lopez -->", ""),
        ("<p>Maya</p><script>const name = '<p>Lopez</p>';</script>", "Maya"),
        ("<style>p { content: 'Lopez' }</style ><p>Maya</p>", "Maya"),
        ("<p>L&oacute;pez &amp; L&#xf3;pez</p>", "López & López"),
        ("<p>&lt;b&gt;Maya&lt;/b&gt;</p>", "<b>Maya</b>"),
        ('<p>Here: <img src="a.jpg" alt="Maya &quot;M&quot;"></p>', 'Here: \n\nMaya "M"'),
        ("<p>Here: <img src='a.jpg' alt='Maya \"M\"'></p>", 'Here: \n\nMaya "M"'),
        ("<p>Here: <img alt=Maya src=a.jpg></p>", "Here: \n\nMaya"),
        ('<a\nTITLE = "Maya" href="/lopez/">Story</a>', "Story\n\nMaya"),
        ('<button aria-label="Maya">Go</button>', "Go\n\nMaya"),
        ('<p data-alt="Lopez">Maya</p>', "Maya"),
        ('<p>alt="Maya"</p>', 'alt="Maya"'),
        ('Lo<img src="a.jpg" alt="">pez', "Lopez"),
        ("no HTML &amp; no tag", "no HTML & no tag"),
    ],
)
def test_a_reader_sees_and_hears(html: str, read: str) -> None:
    assert visible_text(html) == read


@pytest.mark.parametrize("written", ["Lo&shy;pez", "Lo\u00adpez", "Lo\u200bpez", "LO<wbr>PEZ", "Ｌｏｐｅｚ"])
def test_what_leaves_no_trace_on_a_page_splits_no_word(written: str) -> None:
    assert words(visible_text(f"<p>{written}</p>")) == ("lopez",)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/stories/maya/">her</a>',
        "<a href='/stories/maya/'>her</a>",
        "<a href=/stories/maya/>her</a>",
    ],
)
def test_lines_have_the_values_of_all_attributes(link: str) -> None:
    assert [line for line in lines(link) if line] == ["her", "/stories/maya/"]
