"""The last look: what would leak stops the build and is named; what is nobody's secret passes."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from sitegen import alarm, audit, composing, consent, press
from sitegen.model import Draft, Story
from tests.conftest import Site, picture

WITHDRAWN = {"withdrawn": "2026-06-01"}
BODY = "Plover tides bend amber light over seven quiet harbors."


def saved(kind: str, **notes: object) -> bytes:
    """Return a small picture with notes in it."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(target, kind, **notes)
    return target.getvalue()


def with_exif() -> bytes:
    """Return what a camera writes beside a picture."""
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    return exif.tobytes()


def with_text() -> PngImagePlugin.PngInfo:
    """Return a note as PNG keeps it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "somebody")
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
    assert audit.metadata(data) == found


def test_an_asset_with_metadata_is_named(site: Site) -> None:
    site.write("assets/team.jpg", saved("JPEG", exif=with_exif())).build()
    assert site.report.site_at_fault
    assert site.messages[0].startswith("public/assets/team.jpg: this picture carries Exif")


def test_a_photo_as_it_came_is_named(site: Site) -> None:
    data = picture((300, 300))
    site.write("content/stories/maya.jpg", data).write("assets/copy.jpg", data).story().build()
    assert "this is the photo maya.jpg as it came" in site.messages[0]
    assert not site.out.exists()


def leaky(monkeypatch: pytest.MonkeyPatch, leak: Callable[[Draft], str]) -> None:
    """Break the gate on purpose: what `leak` takes from withheld drafts is said in every story."""
    withheld: list[Draft] = []
    reason_of, body_of = consent.why_withheld, composing.body

    def why_withheld(draft: Draft, today: object) -> str | None:
        reason = reason_of(draft, today)  # type: ignore[arg-type]
        if reason:
            withheld.append(draft)
        return reason

    def body(
        edition: press.Edition, thing: press.Pictured, prefix: str = "", absolute: bool = False
    ) -> object:
        text = body_of(edition, thing, prefix, absolute)
        return text + "".join(map(leak, withheld)) if isinstance(thing, Story) else text

    monkeypatch.setattr(consent, "why_withheld", why_withheld)
    monkeypatch.setattr(composing, "body", body)


LEAKS: dict[str, Callable[[Draft], str]] = {
    "name": lambda draft: draft.name,
    "quote": lambda draft: draft.quote,
    "sentence": lambda draft: draft.body.html,
    "address": lambda draft: f"See /stories/{draft.source.slug}/ for more",
    "photo's name": lambda draft: Path(draft.headshot.path).name if draft.headshot else "",
    "form": lambda draft: draft.consent.form if draft.consent else "",
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
    assert site.public == before


def test_a_form_of_a_public_story_must_not_show_either(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky(monkeypatch, lambda _: "Filed as F-8811.")
    site.story("zori", consent=WITHDRAWN).story(consent={"form": "F-8811"}).build()
    assert site.report.site_at_fault
    assert any('holds the form\'s number "f 8811"' in message for message in site.messages)


def test_a_page_that_names_somebody_withheld_is_pointed_out_and_published(site: Site) -> None:
    site.story(consent=WITHDRAWN).page("mission", "One.\n\nWe thank Maya Lopez.").build()
    assert site.messages == [
        'content/mission.md:6:10: this names "Maya Lopez", whose story is withheld. '
        "Take the name out if it should not stand here."
    ]
    assert "We thank Maya Lopez." in site.read("mission/index.html")


def test_somebody_with_another_story_that_is_public_is_not_meant(site: Site) -> None:
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


def test_only_what_is_new_is_looked_through(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    rings = alarm.rings

    def counted(wanted: alarm.Alarm, path: str, data: bytes) -> bool:
        looked.append(path)
        return rings(wanted, path, data)

    monkeypatch.setattr(alarm, "rings", counted)
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
