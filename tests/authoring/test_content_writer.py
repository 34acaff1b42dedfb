"""Content writer: every value is read back as it was typed."""

import re

import pytest

from sitegen.authoring import content_writer
from sitegen.content import frontmatter, schema
from sitegen.core.diagnostics import Problem
from sitegen.markup.render import TAG, render

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
    written = content_writer.text(schema.StoryForm, {"quote": text, "topics": [text, "two"]})
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
        *(
            "no\n- list",
            "no\n1) list",
            "no\n● list",
            "~~plain~~",
            ":tada: :+1:",
            "www.a.example",
            "no\n```\ncode",
        ),
        *("Https://a.example/b_c, (https://d.example)", "a | b\n|-|-|\n| c | d |", "https://a.example/:x:"),
        *("- [x] no box", "no\\\nbreak", "<div>\n\n*plain*\n\n</div>"),
        *("#BlackInSTEM is for us", "#{7*7}", "-\tno list", "no\n--\nheading", "Room &#8 is no entity"),
    ],
)
def test_a_text_is_shown_as_it_was_typed(text: str) -> None:
    body, remarks = render(content_writer.plain(text))
    shown = TAG.sub("", body.html).strip()
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert re.sub("[-–—]+", "-", unescaped).split() == re.sub("-+", "-", text).split()
    assert (remarks, body.links, body.pictures, body.headings) == ((), (), (), ())
    assert set(TAG.findall(body.html)) <= {"<p>", "</p>"}
