"""Leak check: the program's own text on every site is declared as public."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from sitegen.audit import leak_scanner
from sitegen.audit.phrases import Phrases
from sitegen.audit.public_texts import PublicText, PublicTexts
from sitegen.core.visible_text import words
from sitegen.pipeline import public_texts
from sitegen.site import metadata
from sitegen.templating import environment, theme
from tests.support.site import SETTINGS, Site

EVERYTHING = f"""\
{SETTINGS}languages: [en, es]
contact: {{name: Quilla Vex, role: Zookeeper, email: quilla@example.org}}
social: [{{name: Zocial, url: "https://zocial.example/zq"}}]
announcement:
  text: Zummit
  link: {{label: Zign, to: "https://zummit.example"}}
  from: 2026-01-01
  until: 2026-12-31
  date: 2026-12-01
  place: Zarena
"""

FOR_MACHINES = re.compile(r"(?!assets/).*(\.xml|\.json|\.txt|\.webmanifest|_headers|_redirects)")
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def everything(site: Site) -> Site:
    """A site with a value in every key."""
    site.write("content/site.yaml", EVERYTHING)
    site.photo("content/stories/maya-lopez.png").story(
        headshot="maya-lopez.png", alt="Zalt", topics="[Zopic]"
    )
    site.story("ben-ito", name="Ben Ito", aliases="[/zold/]")
    site.page("networks/zet", summary="Zummary.").page("mission", summary="Zummary.")
    site.page("mision", lang="es", translation_of="mission.md")
    site.page("zask", "## Zwhy?\n\nZo.\n\n## Zhow?\n\nZus.\n", layout="faq").build()
    assert site.messages == []
    return site


def said(site: Site) -> Iterator[str]:
    """Yield each text that no template makes; objects of schema.org one by one."""
    for path in filter(FOR_MACHINES.fullmatch, site.public):
        yield leak_scanner.without_escapes(leak_scanner.unescaped(site.public[path]))
    for path in (path for path in site.public if path.endswith(".html")):
        for script in LINKED_DATA.findall(site.read(path)):
            graph = json.loads(script)
            yield from (json.dumps({**graph, "@graph": [thing]}) for thing in graph["@graph"])


def words_of_content(site: Site) -> set[str]:
    """Return every word of the content's values, or made from them."""
    files = [*site.root.glob("content/**/*.md"), site.root / "content/site.yaml"]
    values = re.findall(r"(?:: |^(?!\w+:)).*", "\n".join(file.read_text() for file in files), re.MULTILINE)
    return {*words(" ".join([*values, *site.public]))}


def test_fixed_text_of_machine_readable_files_is_declared_in_order(everything: Site) -> None:
    # numbers, digests and dates differ on every site
    others = words_of_content(everything) | set(words(metadata.BOILERPLATE))
    pairs = {pair for text in said(everything) for pair in pairwise(words(text))}
    own = {pair for pair in pairs if others.isdisjoint(pair) and not re.search(r"\d", "".join(pair))}
    assert len(own) > 100
    declared = PublicTexts([PublicText("", tuple(public_texts.BOILERPLATE.values()))])
    assert own - declared.saying(Phrases(dict.fromkeys(own, ""))).keys() == set()


def test_fixed_text_of_pages_is_in_templates_or_declared(everything: Site) -> None:
    pages = [data for path, data in everything.public.items() if path.endswith(".html")]
    spoken = words(" ".join(LINKED_DATA.sub("", leak_scanner.unescaped(page)) for page in pages))
    found = environment.texts(environment.find_templates(theme.layers(everything.root, "templates")))
    known = words(" ".join([*found.values(), *public_texts.BOILERPLATE.values(), *environment.MONTHS]))
    # shorter ones are initials, and prefixes of digests
    own = {word for word in spoken if len(word) > 2 and word.isalpha()} - words_of_content(everything)
    assert own - set(known) == set()
