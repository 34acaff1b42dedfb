"""Taxonomy: newest first, paginated, by field, school and topic."""

import re

from tests.support.site import Site


def cards(site: Site, path: str) -> list[str]:
    """Return the addresses of the stories that a list shows, in its order."""
    found = re.findall(r'href="/stories/([a-z0-9-]+)/"', site.read(path).partition("<main")[2])
    return list(dict.fromkeys(found))


def many(site: Site, number: int) -> Site:
    """Write stories of different days in one field."""
    for each in range(number):
        site.story(f"s{each}", name=f"Ada B{each}", date=f"2026-01-{each + 1:02}")
    return site


def test_stories_are_sorted_newest_first_and_by_slug_within_a_day(site: Site) -> None:
    site.story("a", name="A B", date="2026-01-01").story("c", name="C D", date="2026-03-01")
    site.story("b", name="B C", date="2026-03-01").build()
    assert cards(site, "stories/index.html") == ["b", "c", "a"]


def test_lists_are_cut_into_pages(site: Site) -> None:
    site.change("content/site.yaml", "name: Test", "page_size: 2\nname: Test")
    many(site, 5).build()
    assert cards(site, "stories/index.html") == ["s4", "s3"]
    assert cards(site, "stories/page/2/index.html") == ["s2", "s1"]
    assert cards(site, "stories/page/3/index.html") == ["s0"]
    assert cards(site, "stories/fields/robotics/page/3/index.html") == ["s0"]
    assert 'href="/stories/page/3/"' in site.read("stories/page/2/index.html")
    assert "stories/page/4/index.html" not in site.public


def test_the_first_page_has_one_address_only(site: Site) -> None:
    many(site, 2).build()
    assert "stories/page/1/index.html" not in site.public


def test_spellings_that_share_an_address_are_one_term(site: Site) -> None:
    site.story("a", name="A B", field="Robotics").story("b", name="B C", field="robotics")
    site.story("c", name="C D", field="Robotics").build()
    assert cards(site, "stories/fields/robotics/index.html") == ["a", "b", "c"]
    assert "Field: Robotics" in site.read("stories/fields/robotics/index.html")


def test_a_story_leads_to_the_next_older_one_and_the_oldest_to_the_newest(site: Site) -> None:
    many(site, 3).build()
    assert [cards(site, f"stories/s{n}/index.html")[0] for n in (2, 1, 0)] == ["s1", "s0", "s2"]


def test_a_story_alone_leads_to_no_other(site: Site) -> None:
    assert cards(many(site, 1).build(), "stories/s0/index.html") == []


def test_related_are_stories_of_the_same_field_then_school_then_topic(site: Site) -> None:
    fronts = {
        "a-following": {"school": "East High", "topics": "[art]"},
        "b-topic": {"school": "East High", "topics": "[space]"},
        "c-school": {"topics": "[art]"},
        "d-nothing": {"school": "East High", "topics": "[art]"},
        "e-field": {"school": "East High", "topics": "[art]", "field": "Robotics"},
        "mine": {"topics": "[space]", "field": "Robotics", "date": "2026-02-02"},
    }
    for slug, front in fronts.items():
        site.story(slug, **{"name": f"{slug.title()} X", "field": "Chemistry", **front})
    assert cards(site.build(), "stories/mine/index.html") == ["a-following", "e-field", "c-school", "b-topic"]


def test_a_new_story_changes_the_pages_of_few(site: Site) -> None:
    before = many(site, 30).build().public
    after = site.story("new", name="New X", date="2026-02-01").build().public
    changed = [
        f"s{n}" for n in range(30) for path in [f"stories/s{n}/index.html"] if before[path] != after[path]
    ]
    assert changed == ["s0"]


def test_networks_are_in_the_order_of_their_files(site: Site) -> None:
    site.page("networks/a", nav_order="2").page("networks/b", nav_order="1").page("networks/c").build()
    page = site.read("networks/index.html").partition("<main")[2]
    assert page.index("/networks/b/") < page.index("/networks/a/") < page.index("/networks/c/")


def test_items_are_sorted_newest_first_with_their_anchors(site: Site) -> None:
    for slug, day in (("old", "2024-01-01"), ("new", "2026-01-01")):
        text = f"---\ntitle: {slug}\ndate: {day}\n---\n## Same\n\nSee [here](#same).\n"
        site.write(f"content/members-in-action/{slug}.md", text)
    page = (
        site.page("mission", "[new](members-in-action/new.md)").build().read("members-in-action/index.html")
    )
    assert page.index('id="new"') < page.index('id="old"')
    assert 'id="new-same"' in page
    assert 'href="#old-same"' in page
    assert 'href="/members-in-action/#new"' in site.read("mission/index.html")


def test_terms_that_differ_in_signs_have_addresses_of_their_own(site: Site) -> None:
    for slug, field in (("a", "C"), ("b", "C++"), ("c", "'C#'"), ("d", "Net"), ("e", ".NET")):
        site.story(slug, name=f"Ada {slug.upper()}", field=field)
    site.build()
    assert site.messages == []
    assert cards(site, "stories/fields/c/index.html") == ["a"]
    assert cards(site, "stories/fields/c-plus-plus/index.html") == ["b"]
    assert cards(site, "stories/fields/c-sharp/index.html") == ["c"]
    assert cards(site, "stories/fields/dot-net/index.html") == ["e"]
    assert 'href="/stories/fields/c-plus-plus/"' in site.read("stories/b/index.html")


def test_a_term_without_letters_is_a_problem(site: Site) -> None:
    site.story(topics='[robotics, "🎉"]').build()
    [problem] = site.report.problems
    assert (problem.code, problem.where.line) == ("unusable-term", 7)
    assert "🎉" in problem.message
