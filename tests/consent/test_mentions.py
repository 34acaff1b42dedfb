"""Mentions: a text with a hidden part of a name is held back, however written."""

import pytest

from tests.support.check import advice
from tests.support.site import Site

COVERS = {"covers": "[website]"}

HELD = {
    "Maya Lopez": [
        "Maya Lopez",
        "_Maya Lopez_",
        "__Lopez__ came",
        "Lo**pez** came",
        "`Lo`pez came",
        "L&oacute;pez came",
        "&#76;opez came",
        "&#x4C;opez came",
        "Lo&shy;pez came",
        "Lo\u200bpez came",
        "Lo\u2060pez came",
        "Lo\u200dpez came",
        "Lo\ufe0fpez came",
        "Lo\u0301pez came",
        "López came",
        "Ｌｏｐｅｚ came",
        "𝐋𝐨𝐩𝐞𝐳 came",
        "Lo<!-- x -->pez came",
        "<b>Lo</b>pez came",
        "<span>L</span>opez came",
        "maya_Lopez",
        "#MayaLopez",
        "#mayalopez",
        "@mayalopez",
        "@lopez_maya",
        "maya.lopez at school",
        "MAYA LOPEZ",
        "LOPEZ",
        "lopez",
        "i'm maya lopez",
        "Lopez, Maya",
        "Ms. Lopez said so",
        "Lopez's robots",
        "Lopez’s robots",
        "the Lopez-Ito prize",
        "M. Lopez",
        "Maya R. Lopez",
        "[a page](https://example.org/lopez/)",
        "[a page](https://example.org/maya-lopez)",
        "[a page](https://example.org/?who=Lopez)",
        "[a page](https://example.org/L%C3%B3pez)",
        "[a page](https://example.org/ 'by Lopez')",
        "| a | b |\n|---|---|\n| Lopez | c |",
        "- one\n- Lopez",
        "> Lopez",
        "## Lopez",
        "Text[^1].\n\n[^1]: By Lopez.",
        "Lopez\n: a definition",
        "~~Lopez~~",
        "Maya\\_Lopez",
        "**L**opez",
        "Lopez2030",
        "2030Lopez",
        "L\U0001f642o\U0001f642p\U0001f642e\U0001f642z came",
        "Lo\U0001f642pez came",
        "Lo|pez",
        "Lo/pez",
        "Lo\xb7pez came",
        "Lo\u2011pez came",
        "Lo\u2800pez came",
        "\u201cLo\u201dpez came",
        "Lo_pez came",
        "\u029f\u1d0f\u1d18\u1d07\u1d22 came",
        "\U0001f15b\U0001f15e\U0001f15f\U0001f154\U0001f169 came",
        "\u2c60opez came",
        "\u13deopez came",
        "L\u043epez came",
        "L\u03bfpez came",
        "\u24c1\u24de\u24df\u24d4\u24e9 came",
        "\U0001f13b\U0001f13e\U0001f13f\U0001f134\U0001f149 came",
        "Lo\u200cpez came",
        "Lo\u2066pez\u2069 came",
        "\u202eLopez\u202c came",
        "Lo\u3164pez came",
        "L o p e z",
        "L.o.p.e.z",
        "L-o-p-e-z",
        "<abbr title='Lopez'>L</abbr>",
        "<table><caption>Lopez</caption><tr><td>a</td></tr></table>",
        "The HTML.\n\n*[HTML]: Lopez",
        "[x][a]\n\n[a]: https://example.org 'Lopez'",
        "x[^lopez]\n\n[^lopez]: A note.",
        "`Lopez` came",
        "```\nLopez\n```",
        "## x { #lopez }",
        "Lo&zwnj;pez came",
        "&amp;#76;opez came",
        "<del>Lopez</del> came",
        "<details><summary>Lopez</summary>x</details>",
        "Lo[pez](https://example.org)",
        "[Lo](https://example.org)pez",
        "[x](https://example.org/#MayaLopez)",
        "[x](https://example.org/%6Copez)",
        "L<sub>o</sub>pez came",
        "@mlopez",
        "<h2 id='lopez'>x</h2>",
        "[x](https://xn--lpez-qqa.org)",
        "[x](https://example.org/l-o-p-e-z)",
        "#lopezfamily",
    ],
    "Maya Young": [
        "Maya Young",
        "maya young",
        "Ms. Young said",
        "says Young today",
        "#MayaYoung",
        "Young, Maya",
        "I am Maya  \nYoung, from here.",
    ],
    "Rosa Delgado": ["i'm rosa delgado", "delgado and I", "ROSA DELGADO"],
    "Kim An": ["by Kim An", "kim an", "An, Kim"],
    "Shaun O'Neill": ["O’Neill", "O'Neill", "ONeill", "o'neill", "Shaun O&#39;Neill"],
    "Tim McDonald": ["McDonald", "mcdonald", "#TimMcDonald"],
    "Mariah Wright-Moses": ["Wright-Moses", "WrightMoses", "Mariah Moses", "wright-moses"],
    "Мария Иванова": ["Иванова пришла", "мария иванова", "ИВАНОВА"],
    "Ελένη Παπαδοπούλου": ["Παπαδοπούλου", "ΠΑΠΑΔΟΠΟΎΛΟΥ"],
    "محمد علي": ["هذا محمد علي"],
    "ישראל כהן": ["כהן בא"],
    "प्रिया शर्मा": ["प्रिया शर्मा आई"],
    "สมชาย ใจดี": ["ฉันคือสมชายใจดี"],
    "小林 花子": ["私は小林花子です", "小林が来た", "小林 花子"],
    "김 민준": ["저는 김민준입니다", "김 민준"],
    "ნინო ბერიძე": ["ბერიძე მოვიდა"],
    "Անի Պետրոսյան": ["Պետրոսյան եկավ"],
    "রিমা সেনগুপ্ত": ["রিমা সেনগুপ্ত এল"],
    "மாயா குமரன்": ["மாயா குமரன் வந்தாள்"],
    "Zoë Núñez": ["Nunez", "Núñez", "NÚÑEZ"],
    "Bob Strauß": ["Strauss", "STRAUSS", "Strauß"],
}

PASSED = {
    "Maya Lopez": [
        "Lopezville is a town.",
        "Her text.",
        "[a page](https://example.org/a/)",
        "An interlopezal word.",
    ],
    "Maya Young": [
        "Young people build things.",
        "We are young.",
        "[a page](https://example.org/young-makers/)",
        "The Young Makers Club meets.",
    ],
    "Ana Park": [
        "We met in Fairmount Park.",
        "Park rangers came.",
        "A park is near.",
        "It was fun. Park it there.",
    ],
    "Ben Long": ["It took long.", "Long ago we met on Long Island."],
    "Maya Stem": ["I love stem cells.", "A stem grows."],
    "Rose Hope": ["I hope so.", "Hope is what we have."],
    "Kim An": ["An idea came.", "It was an honor."],
    "Eva Li": ["Li-ion batteries.", "A list."],
}

SCHOOL = [
    "At central high school.",
    "At Central\nHigh School.",
    "At **Central High** School.",
    "At Central  High School.",
    "At Central\u00a0High School.",
    "At Cen&shy;tral High School.",
    "At CENTRAL HIGH SCHOOL.",
    "At Central-High-School.",
    "[page](https://example.org/central-high-school/)",
    "[page](https://centralhighschool.org)",
    "At Centralhighschool.",
    "At Central Highschool.",
    "Two Central High Schools.",
]


def write(site: Site, texts: dict[str, list[str]]) -> dict[str, str]:
    """Write a story for each text, all at once, and return the text by its path."""
    family_name_first = {"小林 花子": "花子", "김 민준": "민준"}
    written: dict[str, str] = {}
    for name, bodies in texts.items():
        for body in bodies:
            slug = f"story-{len(written) + 1:03}"
            shown = family_name_first.get(name, name.split()[0])
            text = f"One.\n\n{body}\n\nTwo."
            site.story(slug, text, name=f'"{name}"', shown_as=shown, school=None, consent=COVERS)
            written[f"content/stories/{slug}.md"] = body
    return written


def test_every_way_to_say_a_hidden_name_holds_the_story_back(site: Site) -> None:
    written = write(site, HELD)
    site.build()
    assert [body for path, body in written.items() if path not in site.report.held_back] == []
    codes = {str(problem.code) for problem in site.report.problems if problem.is_error}
    assert codes == {"surname-without-consent"}


def test_ordinary_texts_are_not_held_back(site: Site) -> None:
    written = write(site, PASSED)
    site.build()
    assert {written[path]: site.messages for path in site.report.held_back} == {}


@pytest.mark.parametrize("key", ["quote", "title", "alt", "role", "year"])
def test_values_are_checked_like_the_text(site: Site, key: str) -> None:
    site.photo("content/stories/maya.jpg")
    front = {"headshot": "maya.jpg", "alt": "Maya at work", key: "By _Lopez_ alone"}
    site.story("maya", consent=COVERS, school=None, **front).build()
    assert [problem.code for problem in site.report.problems] == ["surname-without-consent"]


def test_for_an_address_with_the_surname_the_shown_name_is_suggested(site: Site) -> None:
    site.story("lopez", name="Lopez, Maya", shown_as="Maya", school=None, consent=COVERS).build()
    assert site.messages == [
        'content/stories/lopez.md:2:7: the address of the story says "lopez", '
        "but the consent doesn't cover it. Rename the file to maya.md"
    ]


def test_what_is_covered_may_be_said(site: Site) -> None:
    site.story(body="Lopez of Central High School.").build()
    assert site.messages == []


def test_every_way_to_say_a_school_that_is_not_covered_holds_the_story_back(site: Site) -> None:
    for number, body in enumerate(SCHOOL):
        site.story(f"story-{number}", body, consent={"covers": "[website, full-name]"})
    site.story(
        "fine", "At a high school in Central City.", consent={"covers": "[website, full-name]"}
    ).build()
    held = {path for path in site.report.held_back if path.startswith("content/stories/story-")}
    assert len(held) == len(SCHOOL)
    assert "content/stories/fine.md" not in site.report.held_back
    assert {problem.code for problem in site.report.problems} == {"school-without-consent"}


def test_check_asks_about_a_word_that_may_be_the_surname(site: Site) -> None:
    site.story("maya", "Young people build things.", name="Maya Young", school=None, consent=COVERS)
    assert [line for line in advice(site) if "part of the name" in line] == [
        'content/stories/maya.md:13:1: "Young" is also a part of the name that the consent does not cover. '
        "Is the person meant? Then take it out."
    ]
