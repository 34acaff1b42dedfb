"""Form check: validates the Sveltia CMS configuration with Sveltia's own schema.

Run it as `make audit`, which fetches Sveltia CMS.
"""

import json
import sys
from pathlib import Path

import jsonschema
import yaml

from sitegen.authoring import editor_schemas
from sitegen.content import settings
from sitegen.devserver import admin

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Check the configuration; return 1 if it is invalid, or if the schema is missing."""
    known = ROOT / admin.MODULES / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"
    if not known.is_file():
        print("The audit needs Sveltia CMS: make admin", file=sys.stderr)
        return 1
    chosen, _ = settings.read(ROOT)
    if chosen is None:
        print("The settings of the site can't be read: sitegen check", file=sys.stderr)
        return 1
    made = yaml.safe_load(editor_schemas.sveltia_text(chosen, "owner/name", "main"))
    checker = jsonschema.Draft7Validator(json.loads(known.read_text(encoding="utf-8")))
    errors = list(checker.iter_errors(made))
    for error in errors:
        print(f"sveltia/config.yml: {jsonschema.exceptions.best_match([error]).message}", file=sys.stderr)
    print(f"Sveltia CMS: {len(made['collections'])} collections, {len(errors)} errors")
    return min(1, len(errors))


if __name__ == "__main__":
    sys.exit(main())
