"""Editor schemas: forms for editors accept exactly what the build accepts."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sitegen.authoring import editor_schemas
from sitegen.content import frontmatter, schema, settings, validation
from sitegen.content.discovery import scan
from sitegen.core.diagnostics import Problem
from sitegen.core.model import Kind
from tests.support.site import Site
from tests.support.terminal import run_here

ROOT = Path(__file__).parents[2]


class Loader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: a date is text."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def made(site: Site, form: type[schema.Form]) -> dict[str, Any]:
    """Return the JSON Schema of a kind of content for a site."""
    chosen, _ = settings.read(site.root)
    assert chosen
    return editor_schemas.schema_of(form, chosen)


def faults(found: dict[str, Any], text: str) -> list[str]:
    """Return the schema's errors for front matter."""
    return [
        error.message for error in jsonschema.Draft202012Validator(found).iter_errors(yaml.load(text, Loader))
    ]


def run(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    return run_here(site.root, "schema", *words)


def _matter() -> Iterator[tuple[str, type[schema.Form], str]]:
    """Yield the front matter of every file of the collective's site."""
    files, _ = scan(ROOT)
    for source in files.sources:
        matter = (ROOT / source.path).read_text(encoding="utf-8").split("---\n")[1]
        yield source.path, schema.FORMS[source.kind], matter
    yield settings.PATH, schema.SettingsForm, (ROOT / settings.PATH).read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "form", "matter"), [*_matter()], ids=[path for path, _, _ in _matter()])
def test_the_schema_accepts_whatever_the_build_accepts(
    site: Site, path: str, form: type[schema.Form], matter: str
) -> None:
    assert faults(made(site, form), matter) == []


SOUND = "name: Maya\ndate: 2026-02-01\nquote: I build.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        SOUND.replace("name: Maya\n", ""),
        SOUND.replace("2026-02-01", "2/1/2026"),
        SOUND.replace("I build.", "[a, b]"),
        SOUND.replace("I build.", "x" * 601),
        SOUND + "feild: x\n",
        SOUND + "draft: maybe\n",
        SOUND + "topics: robotics\n",
        SOUND + "focus: middle\n",
        SOUND + "aliases: [old]\n",
        SOUND + "consent: signed\n",
        SOUND + "consent:\n  covers: [website]\n",
        SOUND + "consent:\n  given: 2026-01-01\n  covers: [foto]\n",
        SOUND + "consent:\n  given: 2026-01-01\n  by: mother\n",
    ],
)
def test_the_schema_refuses_whatever_the_build_refuses(site: Site, wrong: str) -> None:
    document = frontmatter.read(f"---\n{wrong}---\n".encode(), "x.md")
    assert not isinstance(document, Problem)
    assert isinstance(validation.fill(schema.StoryForm, document.values), tuple)
    assert faults(made(site, schema.StoryForm), wrong)


@pytest.mark.parametrize("right", [SOUND, SOUND + "school:\n", SOUND + "year: 11\ndraft: yes\n"])
def test_optional_keys_may_be_empty(site: Site, right: str) -> None:
    assert faults(made(site, schema.StoryForm), right) == []


def test_numbers_keep_their_limits(site: Site) -> None:
    text = "name: X\nurl: https://example.org\npage_size: "
    assert faults(made(site, schema.SettingsForm), f"{text}500") == []
    assert faults(made(site, schema.SettingsForm), f"{text}501")


def test_fields_and_topics_are_those_of_the_site(site: Site) -> None:
    site.change("content/site.yaml", "A site for tests.", "Tests.\nfields: [Robotics]\ntopics: [art]")
    found = made(site, schema.StoryForm)
    assert faults(found, SOUND + "field: Robotics\ntopics: [art]\n") == []
    assert len(faults(found, SOUND + "field: Robotcs\ntopics: [arts]\n")) == 2


def _keys(form: type[schema.Form]) -> list[str]:
    return [field.alias or key for key, field in form.model_fields.items()]


def test_every_key_says_what_it_is_for() -> None:
    all_forms: list[type[schema.Form]] = [*schema.FORMS.values(), schema.SettingsForm, schema.ConsentForm]
    for form in all_forms:
        for key, field in form.model_fields.items():
            assert field.description, (form, key)


def test_every_editor_offers_every_key_and_no_other(site: Site) -> None:
    assert run(site, "--repo", "psec/site").returncode == 0
    folder = site.root / "schema"
    front = json.loads((folder / "frontmatter.json").read_text())
    sveltia = yaml.safe_load((folder / "sveltia/config.yml").read_text())
    for kind, form in schema.FORMS.items():
        types = {one["name"]: one for one in front["frontMatter.taxonomy.contentTypes"]}
        assert [field["name"] for field in types[kind]["fields"]] == _keys(form)
        collections = {one["name"]: one for one in sveltia["collections"]}
        assert [field["name"] for field in collections[kind]["fields"]] == [*_keys(form), "body"]
    (site_file,) = sveltia["collections"][-1]["files"]
    assert [field["name"] for field in site_file["fields"]] == _keys(schema.SettingsForm)
    assert sveltia["backend"]["repo"] == "psec/site"


def test_a_story_begun_in_an_editor_is_a_draft_with_its_picture_beside_it(site: Site) -> None:
    chosen, _ = settings.read(site.root)
    assert chosen
    story = next(
        one
        for one in editor_schemas.sveltia(chosen, "a/b", "main")["collections"]
        if one["name"] == Kind.STORY
    )
    by_name = {field["name"]: field for field in story["fields"]}
    assert by_name["draft"] == {**by_name["draft"], "widget": "boolean", "default": False}
    assert by_name["headshot"]["widget"] == "image"
    assert (story["folder"], story["media_folder"], story["public_folder"]) == ("content/stories", "", "")
    consent = {field["name"]: field for field in by_name["consent"]["fields"]}
    assert consent["covers"]["options"] == ["website", "photo", "full-name", "school", "social", "search"]
    assert consent["covers"]["multiple"] is True


GROUP = SOUND.replace("name: Maya\n", "people:\n  - name: Maya\n    consent:\n      given: 2026-01-01\n")


def test_a_list_of_people_stands_for_a_name_in_every_editor(site: Site) -> None:
    assert faults(made(site, schema.StoryForm), GROUP) == []
    assert faults(made(site, schema.StoryForm), GROUP.replace("given: 2026-01-01", "given: soon"))
    item = "title: Fair\ndate: 2026-01-01\npeople:"
    found = made(site, schema.ItemForm)
    assert faults(found, f"{item} no\n") == faults(found, f"{item}\n  - name: Maya\n") == []
    assert faults(found, f"{item} perhaps\n")
    assert faults(found, f"{item}\n  - shown_as: Maya\n")


def test_no_editor_answers_by_itself_whether_people_are_in_a_photo(site: Site) -> None:
    chosen, _ = settings.read(site.root)
    assert chosen
    collections = editor_schemas.sveltia(chosen, "a/b", "main")["collections"]
    types = editor_schemas.front_matter_cms(chosen)["frontMatter.taxonomy.contentTypes"]
    for kinds in (collections, types):
        item = next(one for one in kinds if one["name"] == Kind.ITEM)
        people = next(field for field in item["fields"] if field["name"] == "people")
        assert people.get("choices", people.get("options")) == ["yes", "no"]
        assert "default" not in people


def test_writing_again_changes_no_file(site: Site) -> None:
    run(site)
    before = {file: file.read_bytes() for file in (site.root / "schema").rglob("*.*")}
    done = run(site)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-2].startswith("Next: ")
    assert {file: file.read_bytes() for file in (site.root / "schema").rglob("*.*")} == before
    site.write("schema/letter.txt", "Dear Sir")
    assert run(site).returncode == 2


def test_the_people_of_a_story_are_a_list_with_a_consent_each(site: Site) -> None:
    chosen, _ = settings.read(site.root)
    assert chosen
    for collection in editor_schemas.sveltia(chosen, "a/b", "main")["collections"][:4]:
        by_name = {field["name"]: field for field in collection["fields"]}
        names = [field["name"] for field in by_name.get("people", {}).get("fields", ())]
        assert names == (["name", "shown_as", "consent"] if collection["name"] == Kind.STORY else [])
