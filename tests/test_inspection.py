"""What the program itself says on every site is nobody's secret: each room declares what it says."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from sitegen import audit, heads, inspection, starter, templates
from sitegen.vault import words
from tests.conftest import SETTINGS, Site

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
    """A site with something in every place that there is for it."""
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
    """Yield each text that no template makes; things of schema.org one by one."""
    for path in filter(FOR_MACHINES.fullmatch, site.public):
        yield audit.without_escapes(audit.unescaped(site.public[path]))
    for path in (path for path in site.public if path.endswith(".html")):
        for script in LINKED_DATA.findall(site.read(path)):
            graph = json.loads(script)
            yield from (json.dumps({**graph, "@graph": [thing]}) for thing in graph["@graph"])


def somebodys(site: Site) -> set[str]:
    """Return every word that somebody wrote as a value, or that is made of what they wrote."""
    files = [*site.root.glob("content/**/*.md"), site.root / "content/site.yaml"]
    values = re.findall(r"(?:: |^(?!\w+:)).*", "\n".join(file.read_text() for file in files), re.MULTILINE)
    return {*words(" ".join([*values, *site.public]))}


def test_what_the_program_says_to_machines_is_declared_in_its_order(everything: Site) -> None:
    # numbers, digests and dates are other ones on every site
    others = somebodys(everything) | set(words(heads.OWN_WORDS))
    pairs = {pair for text in said(everything) for pair in pairwise(words(text))}
    own = {pair for pair in pairs if others.isdisjoint(pair) and not re.search(r"\d", "".join(pair))}
    assert len(own) > 100
    assert own - audit.said_by(own, inspection.OWN_WORDS).keys() == set()


def test_what_the_program_says_on_pages_stands_in_templates_or_is_declared(everything: Site) -> None:
    pages = [data for path, data in everything.public.items() if path.endswith(".html")]
    spoken = words(" ".join(LINKED_DATA.sub("", audit.unescaped(page)) for page in pages))
    found = templates.texts(templates.find(starter.layers(everything.root, "templates")))
    known = words(" ".join([*found.values(), *inspection.OWN_WORDS.values(), *templates.MONTHS]))
    # shorter ones are initials, and what stands before a digest
    own = {word for word in spoken if len(word) > 2 and word.isalpha()} - somebodys(everything)
    assert own - set(known) == set()
