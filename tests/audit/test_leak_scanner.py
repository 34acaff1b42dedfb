"""Leak scanner: a leak stops the build and names the file; public text passes."""

import io
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from sitegen.audit import image_metadata, prefilter
from sitegen.audit.leak_scanner import leaks
from sitegen.audit.secrets import WithheldText, collect_secrets
from sitegen.consent import gate
from sitegen.core.model import Draft, Story
from sitegen.core.visible_text import words
from sitegen.images import metadata_removal
from sitegen.pipeline import runner
from sitegen.site import context, fragments
from tests.support.site import Site

WITHDRAWN = {"withdrawn": "2026-06-01"}
BODY = "Plover tides bend amber light over seven quiet harbors."


def saved(kind: str, **notes: object) -> bytes:
    """Return a small picture with metadata."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(target, kind, **notes)
    return target.getvalue()


def with_exif() -> bytes:
    """Return the metadata that a camera writes into a picture."""
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    return exif.tobytes()


def with_text() -> PngImagePlugin.PngInfo:
    """Return a text chunk of a PNG."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "a person")
    return notes


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (saved("JPEG"), None),
        (saved("PNG"), None),
        (saved("WEBP"), None),
        (saved("JPEG", exif=with_exif()), "Exif or XMP"),
        (saved("JPEG", comment=b"from Anna"), "a comment"),
        (saved("PNG", exif=with_exif()), "Exif"),
        (saved("PNG", pnginfo=with_text()), "a text"),
        (saved("WEBP", exif=with_exif()), "Exif"),
        (saved("WEBP", xmp=b"<x/>"), "XMP"),
        (b"", None),
        (b"\xff\xd8\xff", None),
        (b"RIFF1234WEBPEX", None),
    ],
)
def test_metadata_is_found_in_every_kind_of_picture(data: bytes, found: str | None) -> None:
    assert image_metadata.found_in(data) == found


def test_the_orientation_alone_is_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = metadata_removal.without_metadata(saved("JPEG", exif=exif.tobytes()))
    assert turned
    assert b"Exif" in turned
    assert image_metadata.found_in(turned) is None


def leaky(monkeypatch: pytest.MonkeyPatch, leak: Callable[[Draft], str]) -> None:
    """Break the gate on purpose: every story contains what `leak` takes from withheld drafts."""
    withheld: list[Draft] = []
    reason_of, body_of = gate.why_withheld, fragments.body

    def why_withheld(draft: Draft, today: object) -> str | None:
        reason = reason_of(draft, today)  # type: ignore[arg-type]
        if reason:
            withheld.append(draft)
        return reason

    def body(
        context: context.SiteContext, thing: context.Pictured, prefix: str = "", absolute: bool = False
    ) -> object:
        text = body_of(context, thing, prefix, absolute)
        return text + " " + leak(withheld[0]) if isinstance(thing, Story) and withheld else text

    monkeypatch.setattr(gate, "why_withheld", why_withheld)
    monkeypatch.setattr(fragments, "body", body)


LEAKS: dict[str, Callable[[Draft], str]] = {
    "name": lambda draft: draft.people[0].name,
    "quote": lambda draft: draft.quote,
    "sentence": lambda draft: draft.body.html,
    "address": lambda draft: f"See /stories/{draft.source.slug}/ for more",
    "photo's name": lambda draft: Path(draft.headshot.path).name if draft.headshot else "",
    "form": lambda draft: draft.people[0].consent.form if draft.people[0].consent else "",
}


@pytest.mark.parametrize("what", LEAKS)
def test_a_leak_stops_publishing_and_names_the_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    site.photo("content/stories/zori.png").story("ben-ito", name="Ben Ito", quote="Water counts.").build()
    before = site.public
    front = {
        "name": "Zorilla Quexley",
        "headshot": "zori.png",
        "alt": "Z",
        "quote": "Vexing quartz hums loudly.",
    }
    site.story("zori", BODY, **front, consent={**WITHDRAWN, "form": "F-8811"})
    leaky(monkeypatch, LEAKS[what])
    site.build(clean=True)
    assert site.report.site_at_fault
    assert any(message.startswith("public/stories/ben-ito/index.html") for message in site.messages)
    assert set(site.codes) == {"leak-in-output"}
    assert site.public == before


@pytest.mark.parametrize("name", ["Zo\u00e9 Quexley", "Zoe\u0301 Quexley", "Zo&eacute; Quexley"])
@pytest.mark.parametrize(
    "written",
    [
        "Zo\u00e9",
        "Zoe\u0301",
        "ZO\u00c9",
        "ZOE\u0301",
        "Zo&eacute;",
        "Zo&#233;",
        "Zo&#xE9;",
        "Zoe&#769;",
        "Zo&amp;eacute;",
    ],
)
def test_an_accent_is_found_however_it_is_written(site: Site, name: str, written: str) -> None:
    text = WithheldText("content/stories/zoe.md", "/stories/zoe/", names=(unescape(name),))
    secrets = collect_secrets(site.root, [text], forms={}, photos=[], asset_names=[])
    for page in (
        f"<p>{written} Quexley</p>",
        f"<img alt='{written} Quexley'>",
        f"<!-- {written} Quexley -->",
    ):
        (leak,) = leaks("page.html", page.encode(), secrets)
        assert leak.said == words(unescape(name))


def test_the_form_number_of_a_public_story_is_a_leak_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky(monkeypatch, lambda _: "Filed as F-8811.")
    site.story("zori", consent=WITHDRAWN).story(consent={"form": "F-8811"}).build()
    assert site.report.site_at_fault
    assert set(site.codes) == {"leak-in-output"}


def test_a_page_that_names_a_withheld_person_is_published_with_a_warning(site: Site) -> None:
    site.story(consent=WITHDRAWN).page("mission", "One.\n\nWe thank Maya Lopez.").build()
    assert site.messages == [
        'content/mission.md:6:10: this names "Maya Lopez", whose story is withheld. '
        "Take the name out if it should not be here."
    ]
    assert "We thank Maya Lopez." in site.read("mission/index.html")


def test_a_person_with_another_public_story_causes_no_warning(site: Site) -> None:
    site.story("old", consent=WITHDRAWN).story("maya-lopez").page("mission", "We thank Maya Lopez.").build()
    assert site.messages == []


def test_the_same_words_in_a_public_story_are_no_leak(site: Site) -> None:
    site.story("zori", BODY, name="Zorilla Quexley", consent=WITHDRAWN)
    site.story("ben-ito", BODY, name="Ben Ito").build()
    assert site.messages == []
    assert site.report.published == 1


def test_an_asset_may_share_its_name_with_a_photo(site: Site) -> None:
    site.photo("content/stories/logo.png").photo("assets/logo.png", (20, 20), "navy")
    site.write("templates/page.html", "<img src=\"{{ 'logo.png' | asset }}\" alt=''>").page("mission").build()
    assert site.messages == []


def test_only_new_files_are_scanned(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    may_leak = prefilter.may_leak

    def counted(wanted: prefilter.Prefilter, path: str, data: bytes) -> bool:
        looked.append(path)
        return may_leak(wanted, path, data)

    monkeypatch.setattr(runner, "may_leak", counted)
    site.story().page("mission").build()
    assert set(looked) == site.public.keys() - {".sitegen"}
    looked.clear()
    site.build()
    assert looked == []
    site.page("mission", "Changed.").build()
    assert looked == ["mission/index.html"]
    looked.clear()
    site.story(consent=WITHDRAWN).build()
    assert set(looked) == site.public.keys() - {".sitegen"}
