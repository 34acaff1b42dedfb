"""Session: mistakes keep the last good pages and end nothing."""

from tests.support.preview import previewed
from tests.support.served_story import PAGE
from tests.support.site import Site


def test_a_mistake_in_a_template_is_reported_and_keeps_the_last_good_pages(site: Site) -> None:
    with previewed(site.page("mission", "Good words.")) as preview:
        site.write("templates/page.html", "{% nonsense %}")
        page = preview.wait_for("/mission/", "templates/page.html:1:1")
        assert "Good words." in page
        assert "{% nonsense %}" in page
        preview.hear('templates/page.html:1:1: the tag "nonsense" is not known.')
        site.remove("templates/page.html")
        preview.hear("Fixed.")
        assert "_preview-problems" not in preview.read("/mission/")


def test_a_site_that_is_broken_at_first_is_served_once_it_is_fixed(site: Site) -> None:
    with previewed(site.write("content/site.yaml", "name: [")) as preview:
        assert "content/site.yaml" in preview.read("/")
        site.write("content/site.yaml", "name: T\nurl: https://example.org\ndescription: D\n")
        preview.wait("/", lambda text: "<title>T</title>" in text and "_preview-problems" not in text)


def test_an_internal_error_is_shown_over_the_last_good_page_with_a_report(site: Site) -> None:
    # a broken package that shadows pydantic is the shortest way to break the program
    broken = site.root.parent / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sitegen.site.taxonomy as taxonomy\n"
        "whole = taxonomy.arrange\n"
        "def arrange(settings, *rest):\n"
        "    if settings.short_name == 'BROKEN':\n"
        "        raise ZeroDivisionError('on purpose')\n"
        "    return whole(settings, *rest)\n"
        "taxonomy.arrange = arrange\n"
    )
    with previewed(site.page("mission", "Good words."), PYTHONPATH=str(broken)) as preview:
        site.change("content/site.yaml", "short_name: TC", "short_name: BROKEN")
        page = preview.wait_for("/mission/", "ZeroDivisionError: on purpose")
        assert "Good words." in page
        assert "Please report" in page
        preview.hear("Something went wrong in sitegen")
        site.change("content/site.yaml", "short_name: BROKEN", "short_name: TC")
        preview.hear("Fixed.")
        assert "ZeroDivisionError" not in preview.read("/mission/")


def test_a_lone_surrogate_a_nul_and_a_broken_photo_do_not_end_the_session(site: Site) -> None:
    with previewed(site.story()) as preview:
        site.write("content/stories/x.md", b"---\nname: \xff\xfe\x00\n---\n")
        site.write("content/stories/y.md", "---\n" + "[" * 5000 + "\n---\n")
        site.write("content/stories/maya.jpg", b"\xff\xd8\xff\xe0 no picture")
        site.story(headshot="maya.jpg", alt="Maya", draft="true")
        preview.wait_for(PAGE, "maya.jpg")
        assert preview.ask("/stories/").status == 200
