"""Hidden names: in no visible text of the published tree, in any Markdown."""

import re
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.core.text import skeleton
from sitegen.core.visible_text import visible_text
from tests.support.site import Site

NAMES = ("Maya Quokkaton", "Zoë Núñezquok", "Мария Кенгурова", "Shaun O'Quokk", "Ana de la Quokka-Ito")


def entities(word: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in word)


def split(mark: str, word: str, at: int) -> str:
    cut = 1 + at % (len(word) - 1)
    return word[:cut] + mark + word[cut:]


WRAPPED = st.sampled_from(
    (
        "{}", "*{}*", "**{}**", "_{}_", "__{}__", "`{}`", "> {}", "- {}", "1. {}", "## {}",
        "[{}](https://example.org)", "![{}](maya.jpg)", "<b>{}</b>", '<em title="{}">x</em>',
        "| a |\n|---|\n| {} |", "{}\n: text", "x[^1]\n\n[^1]: {}", '[x][1]\n\n[1]: https://example.org "{}"',
        "***{}***", "({})", "“{}”", "#{}", "@{}", "x_{}_y", "{}'s", "{},",
    )
)  # fmt: skip
INSIDE = st.sampled_from(
    ["", "&shy;", "\u200b", "\u2060", "\u00ad", "<!-- x -->", "**", "<b></b>", "&#8203;", "\ufe0f", "\u034f"]
)
CASED = st.sampled_from(["casefold", "lower", "upper", "title", "strip"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_no_published_text_says_a_hidden_name(site: Site, data: st.DataObject, name: str) -> None:
    surname = name.rsplit(maxsplit=1)[-1]
    bodies = []
    for number in range(6):
        said: str = getattr(data.draw(st.sampled_from([surname, name])), data.draw(CASED))()
        said = split(data.draw(INSIDE), said, data.draw(st.integers(0, 30)))
        said = entities(said) if data.draw(st.booleans()) and "<" not in said and "&" not in said else said
        bodies.append(data.draw(WRAPPED).format(said))
        slug = f"story-{number}"
        site.story(
            slug, f"One.\n\n{bodies[-1]}\n\nTwo.", name=name, school=None, consent={"covers": "[website]"}
        )
    site.build()
    assert not site.report.site_at_fault, (bodies, [str(each) for each in site.report.problems])
    hidden = re.sub(r"\W", "", skeleton(surname))
    for path, page in site.public.items():
        if path.endswith((".html", ".xml", ".json")):
            text = page.decode()
            unseen = re.findall(r'(?:href|content)="([^"]*)"|<script[^>]*>(.*?)</script>', text, re.DOTALL)
            seen = visible_text(text) + unescape(" ".join(map("".join, unseen)))
            assert hidden not in re.sub(r"[\W_]", "", skeleton(seen)), (path, bodies)
