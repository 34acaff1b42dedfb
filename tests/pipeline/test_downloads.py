"""Downloads: clean copies of linked PDFs, and links to PDFs that say too much are plain words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen.commands import takedown, tree_removal
from sitegen.content import discovery
from sitegen.core import limits
from sitegen.core.diagnostics import Severity
from sitegen.pipeline import up_to_date
from sitegen.pipeline.request import BuildRequest
from tests.support.check import advice
from tests.support.pdfs import pdf, scan, with_picture
from tests.support.site import TODAY, Site, person
from tests.support.up_to_date import settled

ABOUT, MAYA = "content/about.md", "content/stories/maya.md"
WEBSITE = {"covers": "[website, photo, search]"}
FIRST_NAME_ONLY: dict[str, Any] = {"name": "Maya Quexada", "consent": WEBSITE}


def flyer(site: Site, data: bytes, link: str = "flyer.pdf", file: str = "flyer.pdf") -> Site:
    """Write a page that links to a PDF, with a word around the link."""
    return site.write(f"content/{file}", data).page("about", f"See [our flyer]({link}) soon.")


def copies(site: Site) -> list[str]:
    return [path for path in site.public if path.endswith(".pdf")]


def is_left_out(site: Site, path: str = ABOUT) -> bool:
    """Return whether the PDF of a page is left out, the page says so, and the rest is public."""
    assert not site.report.site_at_fault
    [problem] = site.report.problems
    assert (problem.where.path, problem.severity, bool(problem.hint)) == (path, Severity.WARNING, True)
    assert problem.where.line > 1
    assert site.report.needs_fixing == (path,)
    address = path.removeprefix("content/").removesuffix(".md")
    html = site.read(f"{address}/index.html")
    assert "See our flyer soon." in html
    assert ".pdf" not in html
    return copies(site) == []


def test_a_linked_pdf_is_copied_into_the_folder_of_its_page(site: Site) -> None:
    flyer(site, pdf(info="/Author (Ann Other)")).build()
    assert (site.messages, copies(site)) == ([], ["about/flyer.pdf"])
    assert b"Ann Other" not in site.public["about/flyer.pdf"]
    assert 'See <a href="/about/flyer.pdf">our flyer</a> soon.' in site.read("about/index.html")


@pytest.mark.parametrize(
    ("file", "link", "address"),
    [
        ("FLYER.PDF", "FLYER.PDF", "flyer.pdf"),
        ("My Flyer.pdf", "My%20Flyer.pdf", "my-flyer.pdf"),
        ("My Flyer.pdf", "<My Flyer.pdf>", "my-flyer.pdf"),
        ("Größe.pdf", "Gr%C3%B6%C3%9Fe.pdf", "grosse.pdf"),
        ("fête.pdf", "fe\u0302te.pdf", "fete.pdf"),
        ("チラシ.pdf", "チラシ.pdf", "%E3%83%81%E3%83%A9%E3%82%B7.pdf"),
        ("🎉.pdf", "🎉.pdf", "document.pdf"),
        ("con.pdf", "con.pdf", "document.pdf"),
        ("flyer.pdf", "flyer.pdf#page=2", "flyer.pdf#page=2"),
        ("flyer.pdf", "./flyer.pdf", "flyer.pdf"),
        ("a.b.pdf", "a.b.pdf", "a-b.pdf"),
        ("x" * 200 + ".pdf", "x" * 200 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_the_address_is_made_of_the_name(site: Site, file: str, link: str, address: str) -> None:
    flyer(site, pdf(), link, file).build()
    assert site.messages == []
    assert f'href="/about/{address}"' in site.read("about/index.html")
    assert len(copies(site)) == 1


def test_two_pdfs_with_one_address_have_numbers(site: Site) -> None:
    site.write("content/a b.pdf", pdf("One")).write("content/a-b.pdf", pdf("Two"))
    site.page("about", "[One](a%20b.pdf) [two](a-b.pdf) [one](a%20b.pdf)").build()
    assert copies(site) == ["about/a-b-2.pdf", "about/a-b.pdf"]
    assert site.read("about/index.html").count("/about/a-b.pdf") == 2


def test_each_page_has_a_copy_of_its_own(site: Site) -> None:
    flyer(site, pdf()).page("contact", "[Flyer](flyer.pdf)").build()
    assert copies(site) == ["about/flyer.pdf", "contact/flyer.pdf"]


@pytest.mark.parametrize(
    "link",
    [
        "../../x.pdf",
        "../x.pdf",
        "/flyer.pdf",
        "missing.pdf",
        "%2e%2e/%2e%2e/x.pdf",
        "..%2f..%2fx.pdf",
        "c:\\x.pdf",
        "file:///etc/x.pdf",
        "stories/x.pdf",
        "a\\x.pdf",
    ],
)
def test_a_link_elsewhere_is_a_problem_and_nothing_is_copied(site: Site, link: str) -> None:
    site.write("content/stories/x.pdf", pdf()).write("x.pdf", pdf()).write("content/flyer.pdf", pdf())
    site.story("maya", f"[x]({link})").build()
    assert copies(site) == []
    assert MAYA in [problem.where.path for problem in site.report.problems]


def test_a_symbolic_link_is_not_copied(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(pdf())
    site.story("maya", "[x](x.pdf)")
    (site.root / "content/stories/x.pdf").symlink_to(outside)
    site.build()
    assert copies(site) == []


SECRETS = {
    "page": pdf("Ask Maya Quexada for more."),
    "two lines": pdf("Ask Maya", "Quexada for more."),
    "hyphenated": pdf("Ask Maya Que-", "xada for more."),
    "turned around": pdf("QUEXADA, Maya"),
    "letters apart": pdf("M a y a  Q u e x a d a"),
    "bookmark": pdf(catalog="/Outlines <</First 6 0 R>>", objects=["<</Title (Maya Quexada)>>"]),
    "target": pdf(
        page="/Annots [<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://a.example/maya-quexada)>>>>]"
    ),
    "description": pdf(catalog="/StructTreeRoot <</K <</S /Figure /Alt (Maya Quexada at work)>>>>"),
}


@pytest.mark.parametrize("where", SECRETS)
@pytest.mark.parametrize("status", ["first name only", "withdrawn", "draft"])
def test_a_pdf_with_a_hidden_name_is_left_out(site: Site, where: str, status: str) -> None:
    site.story("maya", **FIRST_NAME_ONLY)
    if status == "withdrawn":
        site.change(MAYA, "  form:", "  withdrawn: 2026-11-01\n  form:")
    if status == "draft":
        site.change(MAYA, "date:", "draft: true\ndate:")
    flyer(site, SECRETS[where]).build()
    assert is_left_out(site)
    assert "quexada" not in b"".join(site.public.values()).decode("utf-8", "replace").lower()


def test_the_name_of_the_file_is_read_too(site: Site) -> None:
    site.story("maya", **FIRST_NAME_ONLY)
    flyer(site, pdf(), "maya-quexada.pdf", "maya-quexada.pdf").build()
    assert is_left_out(site)


CLEANED = {
    "metadata": pdf(info="/Author (Maya Quexada)"),
    "Exif": with_picture(b"Maya Quexada"),
    "remark": pdf(page="/Annots [<</Subtype /Text /Rect [0 0 9 9] /Contents (Maya Quexada)>>]"),
}


@pytest.mark.parametrize("where", CLEANED)
def test_a_name_that_is_not_copied_holds_nothing_back(site: Site, where: str) -> None:
    site.story("maya", **FIRST_NAME_ONLY)
    flyer(site, CLEANED[where]).build()
    assert (site.messages, copies(site)) == ([], ["about/flyer.pdf"])
    assert b"Quexada" not in site.public["about/flyer.pdf"]


UNUSABLE = {
    "broken": b"%PDF-1.7 nothing",
    "form": pdf(page="/Annots [<</Subtype /Widget /Rect [0 0 9 9] /V (Maya Quexada)>>]"),
    "too large": pdf() + bytes(limits.MOST_PDF_BYTES),
}


@pytest.mark.parametrize("why", UNUSABLE)
def test_a_pdf_that_can_not_be_cleaned_is_left_out(site: Site, why: str) -> None:
    flyer(site, UNUSABLE[why]).story().build()
    assert is_left_out(site)
    assert site.report.published == 1


OWN = {
    "the last name alone": (WEBSITE, pdf("Ms. Quexada was here."), "full-name"),
    "the school": (WEBSITE, pdf("She goes to Central High School."), "school"),
    "an address": (WEBSITE, pdf("Write to maya@example.org."), "e-mail"),
    "a picture": ({"covers": "[website, search]"}, with_picture(b""), "photo"),
    "no search": ({"covers": "[website, photo]"}, pdf(), "search"),
}


@pytest.mark.parametrize("what", OWN)
def test_a_pdf_of_a_story_says_and_shows_no_more_than_its_consent(site: Site, what: str) -> None:
    consent, data, word = OWN[what]
    site.write("content/stories/cv.pdf", data).story(
        "maya", "See [our flyer](cv.pdf) soon.", name="Maya Quexada", consent=consent
    )
    site.build()
    assert is_left_out(site, MAYA)
    assert word in site.messages[0]
    allowed = "[website, photo, full-name, school, social, search]"
    site.story(
        "maya", "See [x](cv.pdf).", name="Maya Quexada", consent={"covers": allowed}, contact_ok="true"
    )
    assert (site.build().messages, copies(site)) == ([], ["stories/maya/cv.pdf"])


def test_a_pdf_of_several_people_says_what_each_allows(site: Site) -> None:
    people = [person("Maya Quexada", consent=WEBSITE), person("Ben Ito", consent=None)]
    site.write("content/stories/cv.pdf", pdf("Ben Ito")).group(
        "robots", "[CV](cv.pdf)", people=people
    ).build()
    assert copies(site) == ["stories/robots/cv.pdf"]
    site.write("content/stories/cv.pdf", pdf("Ben and Quexada")).build()
    assert copies(site) == []


def test_a_pdf_that_only_a_draft_links_to_is_not_public(site: Site) -> None:
    site.write("content/stories/cv.pdf", pdf()).story("maya", "[CV](cv.pdf)", draft="true").build()
    assert (copies(site), site.messages) == ([], [])


@pytest.mark.parametrize("consent", [{"withdrawn": "2026-11-20"}, {"until": "2026-11-20"}])
@pytest.mark.parametrize("name", ["cv.pdf", "copy.pdf"])
def test_a_pdf_of_a_story_that_was_withdrawn_is_nowhere(site: Site, consent: Any, name: str) -> None:
    site.write("content/stories/cv.pdf", scan()).write(f"content/stories/{name}", scan())
    site.story("ben", f"[CV]({name})", name="Ben Ito").story("maya", "[CV](cv.pdf)").build()
    assert copies(site) == [f"stories/ben/{name}", "stories/maya/cv.pdf"]
    site.story("maya", "[CV](cv.pdf)", consent=consent).build()
    assert copies(site) == []
    assert [
        problem.code.value
        for problem in site.report.problems
        if problem.where.path != "content/stories/cv.pdf"
    ] == ["pdf-not-covered"]


def test_an_item_has_its_pdfs_in_a_folder_of_its_own(site: Site) -> None:
    site.write("content/members-in-action/x.pdf", pdf())
    site.page("members-in-action/fair", "[Plan](x.pdf)", date="2026-05-01").build()
    assert (site.messages, copies(site)) == ([], ["members-in-action/fair/x.pdf"])
    assert 'href="/members-in-action/fair/x.pdf"' in site.read("members-in-action/index.html")


def test_feeds_have_whole_addresses(site: Site) -> None:
    site.write("content/stories/cv.pdf", pdf()).story("maya", "[CV](cv.pdf)").build()
    assert "https://example.org/stories/maya/cv.pdf" in site.read("feed.xml")


def test_a_scan_is_copied_with_a_suggestion(site: Site) -> None:
    flyer(site, scan()).build()
    assert (site.messages, copies(site)) == ([], ["about/flyer.pdf"])
    [found] = [line for line in advice(site) if "without text" in line]
    assert found.startswith(f"{ABOUT}:4:")


def test_a_pdf_that_nothing_links_to_is_named(site: Site) -> None:
    site.write("content/flyer.pdf", pdf()).build()
    assert site.codes == ["not-markdown"]
    assert "no file beside this PDF links to it" in site.messages[0]


def test_the_navigation_leads_to_no_pdf(site: Site) -> None:
    site.write("content/flyer.pdf", pdf()).write("content/site.yaml", "name: T\nurl: https://a.example\n")
    text = (site.root / "content/site.yaml").read_text() + "navigation:\n  - Flyer: flyer.pdf\n"
    site.write("content/site.yaml", text).build()
    assert copies(site) == []


# -- builds ---------------------------------------------------------------------------------


def everything(site: Site) -> Site:
    """Write a site with PDFs that are copied, and one that is left out."""
    flyer(site, with_picture(b"x")).story("maya", **FIRST_NAME_ONLY)
    site.write("content/stories/cv.pdf", pdf("Ben")).story("ben", "[CV](cv.pdf)", name="Ben Ito")
    return site.write("content/bad.pdf", pdf("Maya Quexada")).page("bad", "[Bad](bad.pdf)")


def test_two_workers_and_a_second_build_make_the_same_bytes(site: Site, tmp_path: Path) -> None:
    first = everything(site).build().public
    assert len(copies(site)) == 2
    second = everything(Site(tmp_path / "two")).build(workers=2).public
    assert first == second
    assert site.build(clean=True).public == first


def test_only_a_pdf_that_changed_is_copied_again(site: Site) -> None:
    everything(site).build()
    before = site.public
    assert (site.build().report.made, site.public) == (0, before)
    site.write("content/flyer.pdf", pdf("A new flyer.")).build()
    assert (site.report.made, site.report.removed) == (1, 0)
    clean = Site.at(site.root).build(clean=True).public
    assert site.public == clean


def test_a_consent_that_is_narrowed_takes_the_pdf_down(site: Site) -> None:
    flyer(site, pdf("Maya Quexada")).story("maya", name="Maya Quexada").build()
    assert copies(site) == ["about/flyer.pdf"]
    site.story("maya", **FIRST_NAME_ONLY).build()
    assert is_left_out(site)
    site.story("maya", name="Maya Quexada").build()
    assert copies(site) == ["about/flyer.pdf"]


def test_a_build_with_nothing_to_do_does_not_read_pdfs(site: Site) -> None:
    flyer(site, pdf()).build()
    settled(site)
    site.build()
    assert up_to_date.nothing_to_do(BuildRequest(site.root, site.out, TODAY))


@pytest.mark.parametrize("change", ["draft", "removed", "unlinked"])
def test_a_pdf_goes_with_its_page(site: Site, change: str) -> None:
    site.write("content/stories/cv.pdf", pdf("A rare word: zyzzyva")).story("maya", "[CV](cv.pdf)").build()
    assert copies(site) == ["stories/maya/cv.pdf"]
    if change == "removed":
        site.remove(MAYA)
    else:
        site.story(
            "maya",
            *([] if change == "unlinked" else ["[CV](cv.pdf)"]),
            draft="true" if change == "draft" else None,
        )
    site.build()
    assert copies(site) == []
    cached = b"".join(file.read_bytes() for file in (site.root / ".sitegen").rglob("*") if file.is_file())
    assert b"zyzzyva" not in cached


def withdraw(site: Site) -> takedown.Receipt:
    source = takedown.find(site.root, "maya")
    assert not isinstance(source, str)
    return takedown.take_down(BuildRequest(site.root, site.out, TODAY), source, TODAY, lambda _: None)


def test_a_withdrawal_takes_the_pdf_down(site: Site) -> None:
    site.write("content/stories/cv.pdf", pdf()).story("maya", "[CV](cv.pdf)").build()
    receipt = withdraw(site)
    assert "https://example.org/stories/maya/cv.pdf" in receipt.removed
    assert receipt.proof
    assert receipt.proof.is_clean
    assert copies(site) == []


def test_a_withdrawal_takes_the_pdf_down_if_the_site_is_at_fault(site: Site) -> None:
    site.write("content/stories/cv.pdf", pdf()).story("maya", "[CV](cv.pdf)").build()
    site.write("content/site.yaml", "name: [")
    assert withdraw(site).from_published
    assert copies(site) == []


def test_the_pdf_of_an_item_goes_with_it_without_a_build(site: Site) -> None:
    site.write("content/members-in-action/x.pdf", pdf())
    site.page("members-in-action/fair", "[Plan](x.pdf)", date="2026-05-01").build()
    [source] = [each for each in discovery.scan(site.root)[0].sources if each.slug == "fair"]
    tree_removal.remove(site.root, site.out, source, lambda _: None)
    assert copies(site) == []


def test_a_pdf_comes_down_on_the_day_on_which_a_consent_ends(site: Site) -> None:
    flyer(site, pdf("Maya Quexada")).story("maya", name="Maya Quexada").build()
    assert copies(site) == ["about/flyer.pdf"]
    site.build(TODAY + timedelta(days=400))
    assert is_left_out(site)
