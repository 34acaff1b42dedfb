"""Editor schemas: settings of JSON Schema, Front Matter CMS and Sveltia CMS.

They are made from the models that a build validates content with, so that the editors' forms offer exactly
the keys and values that a build accepts.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from sitegen.content.discovery import FOLDERS
from sitegen.content.schema import FORMS, Form, SettingsForm
from sitegen.core.model import Kind
from sitegen.core.settings import Settings

Schema = dict[str, Any]
"""A JSON Schema, draft 2020-12."""

PICTURES = frozenset({"headshot", "photo"})
"""Keys whose value is the name of a picture file."""

LONG = frozenset({"quote", "summary", "caption", "description", "statement", "alt"})
"""Keys that get a multi-line input."""

UNANSWERED = frozenset({"people"})
"""Keys with yes or no that no editor may answer by a default: a switch starts at no."""

LABELS: Mapping[Kind, tuple[str, str]] = {
    Kind.STORY: ("Stories", "Story"),
    Kind.NETWORK: ("Networks", "Network"),
    Kind.ITEM: ("Members in action", "Item"),
    Kind.PAGE: ("Pages", "Page"),
}


def files(settings: Settings, repository: str, branch: str) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every file; `repository` is OWNER/NAME at GitHub."""
    for kind, form in FORMS.items():
        yield f"{kind}.schema.json", _json(schema_of(form, settings))
    yield "site.schema.json", _json(schema_of(SettingsForm, settings))
    yield "frontmatter.json", _json(front_matter_cms(settings))
    yield "sveltia/config.yml", sveltia_text(settings, repository, branch)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# -- JSON Schema ----------------------------------------------------------------------------


def schema_of(form: type[Form], settings: Settings | None) -> Schema:
    """Return the JSON Schema of a form, with the site's own fields and topics as enumerations."""
    made = form.model_json_schema()
    for name, inner in made.get("$defs", {}).items():
        made["$defs"][name] = _tidied(inner)
    whole = _tidied(made)
    listed = {"field": settings.fields, "topics": settings.topics} if settings else {}
    for key, known in listed.items():
        if form is FORMS[Kind.STORY] and known:
            _only(whole["properties"][key], list(known))
    if form is FORMS[Kind.STORY]:
        # a story has the name of one person, or a list of people
        whole["required"].remove("name")
        whole["anyOf"] = [{"required": ["name"]}, {"required": ["people"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole}


def _only(found: Schema, known: list[str]) -> None:
    """Restrict a schema of a text, or of a list of texts, to known values."""
    inner = next(option for option in found["anyOf"] if option.get("type") != "null")
    target = inner["items"] if inner.get("type") == "array" else inner
    target.clear()
    target["enum"] = known


def _tidied(found: Schema) -> Schema:
    """Remove titles, which pydantic makes from Python names; let optional keys also be null."""
    required = found.get("required", [])
    properties = {key: _property(one, key in required) for key, one in found["properties"].items()}
    return {**{key: value for key, value in found.items() if key != "title"}, "properties": properties}


DOCUMENTATION = ("description", "examples")


def _property(one: Schema, is_required: bool) -> Schema:
    said = {key: one[key] for key in DOCUMENTATION if key in one}
    rest = {key: value for key, value in one.items() if key not in (*DOCUMENTATION, "default", "title")}
    for ours, theirs in (("ge", "minimum"), ("le", "maximum")):
        if ours in rest:
            rest[theirs] = rest.pop(ours)
    if is_required:
        return {**said, **rest}
    options = rest.get("anyOf", [rest, {"type": "null"}])
    return {**said, "anyOf": options}


# -- one walk for all editors ---------------------------------------------------------------


def kinds(form: type[Form], settings: Settings | None) -> Iterator[tuple[str, Schema]]:
    """Yield each key of a form, with the schema of its value; fields and topics as the site has them."""
    made = schema_of(form, settings)
    for key, _, kind, _ in _fields(made, made.get("$defs", {})):
        yield key, kind


def _fields(found: Schema, definitions: Mapping[str, Schema]) -> Iterator[tuple[str, Schema, Schema, bool]]:
    """Yield each property of a schema: key, schema, schema without null, whether it is required."""
    for key, one in found["properties"].items():
        options = [option for option in one.get("anyOf", [one]) if option.get("type") != "null"]
        yield key, one, _resolved(options[0], definitions), key in found.get("required", [])


def _resolved(one: Schema, definitions: Mapping[str, Schema]) -> Schema:
    reference = one.get("$ref")
    return definitions[reference.rpartition("/")[2]] if reference else one


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _said(one: Schema) -> str:
    example = one.get("examples", [""])[0]
    description = str(one.get("description", ""))
    return f"{description}, such as {example}" if example and description else description


def _is_yes_or_no(kind: Schema) -> bool:
    return True in kind.get("enum", [])


# -- Front Matter CMS -----------------------------------------------------------------------


def front_matter_cms(settings: Settings) -> dict[str, Any]:
    """Return the settings of Front Matter CMS, an editor inside Visual Studio Code."""
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.content.publicFolder": "content",
        "frontMatter.content.pageFolders": [
            {
                "title": LABELS[kind][0],
                "path": f"[[workspace]]/{folder}",
                "contentTypes": [str(kind)],
                "filePrefix": "",
                "excludeSubdir": True,
            }
            for kind, folder in FOLDERS.items()
        ],
        "frontMatter.taxonomy.contentTypes": [
            {
                "name": str(kind),
                "pageBundle": False,
                "clearEmpty": True,
                "fields": list(
                    _front_matter_fields(made := schema_of(form, settings), made.get("$defs", {}))
                ),
            }
            for kind, form in FORMS.items()
        ],
    }


def _front_matter_fields(found: Schema, definitions: Mapping[str, Schema]) -> Iterator[dict[str, Any]]:
    for key, one, kind, is_required in _fields(found, definitions):
        field = {"title": _label(key), "name": key, "description": _said(one), "required": is_required}
        yield field | _front_matter_type(key, kind, definitions)


def _front_matter_type(key: str, kind: Schema, definitions: Mapping[str, Schema]) -> dict[str, Any]:
    items = _resolved(kind.get("items", {}), definitions)
    if key == "draft":
        return {"type": "draft", "default": True}
    if key in UNANSWERED and kind.get("type") != "array":
        return {"type": "choice", "choices": ["yes", "no"]}
    if _is_yes_or_no(kind):
        return {"type": "boolean"}
    if "properties" in kind:
        return {"type": "fields", "fields": list(_front_matter_fields(kind, definitions))}
    if "enum" in kind or "enum" in items:
        return {"type": "choice", "choices": kind.get("enum", items.get("enum")), "multiple": "enum" in items}
    if kind.get("format") == "date":
        return {"type": "datetime", "dateFormat": "yyyy-MM-dd"}
    if kind.get("type") == "integer":
        return {"type": "number"}
    if "properties" in items:
        # this editor has no form for a list of blocks, so it leaves the list as it is
        return {"type": "list", "hidden": True}
    return {"type": "list"} if kind.get("type") == "array" else {"type": "string", "single": key not in LONG}


# -- Sveltia CMS ----------------------------------------------------------------------------


def sveltia_text(settings: Settings, repository: str, branch: str) -> str:
    """Return `config.yml` for Sveltia CMS, an editor in the browser."""
    text = yaml.safe_dump(
        sveltia(settings, repository, branch), sort_keys=False, allow_unicode=True, width=110
    )
    return f"# Made by sitegen schema, from the same rules that a build checks content with.\n{text}"


def sveltia(settings: Settings, repository: str, branch: str) -> dict[str, Any]:
    """Return the configuration of Sveltia CMS."""
    return {
        "backend": {"name": "github", "repo": repository, "branch": branch},
        "site_url": f"{settings.origin}{settings.base}/",
        "media_folder": "content",
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-", "lowercase": True},
        "output": {"omit_empty_optional_fields": True},
        "collections": [*(_collection(kind, settings) for kind in FOLDERS), _settings_file(settings)],
    }


def _collection(kind: Kind, settings: Settings) -> dict[str, Any]:
    made = schema_of(FORMS[kind], settings)
    name = "name" if kind is Kind.STORY else "title"
    body = {"name": "body", "label": "Text", "widget": "markdown", "required": False}
    found: dict[str, Any] = {
        "name": str(kind),
        "label": LABELS[kind][0],
        "label_singular": LABELS[kind][1],
        "folder": FOLDERS[kind],
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": name,
        "slug": f"{{{{{name}}}}}",
        # pictures are in the same folder as the file that shows them
        "media_folder": "",
        "public_folder": "",
        "fields": [*_sveltia_fields(made, made.get("$defs", {})), body],
    }
    if kind is not Kind.PAGE:
        page = schema_of(FORMS[Kind.PAGE], settings)
        fields = [*_sveltia_fields(page, page.get("$defs", {})), body]
        found["index_file"] = {"name": "index", "label": "Text above the list", "fields": fields}
    return found


def _settings_file(settings: Settings) -> dict[str, Any]:
    made = schema_of(SettingsForm, settings)
    fields = list(_sveltia_fields(made, made["$defs"]))
    site = {
        "name": "site",
        "label": "Settings",
        "file": "content/site.yaml",
        "format": "yaml",
        "fields": fields,
    }
    return {"name": "settings", "label": "Settings", "files": [site]}


def _sveltia_fields(found: Schema, definitions: Mapping[str, Schema]) -> Iterator[dict[str, Any]]:
    for key, one, kind, is_required in _fields(found, definitions):
        field = {"name": key, "label": _label(key), "required": is_required}
        if said := _said(one):
            field["hint"] = said
        yield field | _sveltia_widget(key, kind, definitions)


def _sveltia_widget(key: str, kind: Schema, definitions: Mapping[str, Schema]) -> dict[str, Any]:
    items = _resolved(kind.get("items", {}), definitions)
    if key in UNANSWERED and kind.get("type") != "array":
        return {"widget": "select", "options": ["yes", "no"]}
    if _is_yes_or_no(kind):
        # Sveltia writes the default into existing files, too; "draft: true" would unpublish them
        return {"widget": "boolean", "default": False}
    if "properties" in kind:
        return {"widget": "object", "collapsed": True, "fields": list(_sveltia_fields(kind, definitions))}
    if "properties" in items:
        return {"widget": "list", "fields": list(_sveltia_fields(items, definitions))}
    if "enum" in kind or "enum" in items:
        return {
            "widget": "select",
            "options": kind.get("enum", items.get("enum")),
            "multiple": "enum" in items,
        }
    if kind.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if kind.get("type") == "integer":
        limits = {
            short: kind[long] for short, long in (("min", "minimum"), ("max", "maximum")) if long in kind
        }
        return {"widget": "number", "value_type": "int", **limits}
    if key in PICTURES:
        return {"widget": "image", "choose_url": False}
    if kind.get("type") == "array":
        return {"widget": "list"}
    return {"widget": "text" if key in LONG else "string", **_pattern(kind)}


def _pattern(kind: Schema) -> dict[str, Any]:
    return {"pattern": [kind["pattern"], "Please follow the example."]} if "pattern" in kind else {}
