"""The slow check of editors' forms: Sveltia CMS's own schema has a look at the configuration made for it.

Run it as `make audit`. It needs npm (for the package `@sveltia/cms`).
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import yaml

from sitegen import forms, settings

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".venv" / "node"


def main() -> int:
    """Check the configuration; return 1 where the schema finds fault with it, or can't be had."""
    if shutil.which("npm") is None:
        print("The audit needs npm: apt-get install npm", file=sys.stderr)
        return 1
    known = TOOLS / "node_modules" / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"
    if not known.is_file():
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(TOOLS),
            "@sveltia/cms",
        ]
        subprocess.run(command, check=True)
    chosen, _ = settings.read(ROOT)
    if chosen is None:
        print("The settings of the site can't be read: sitegen check", file=sys.stderr)
        return 1
    made = yaml.safe_load(forms.sveltia_text(chosen, "owner/name", "main"))
    checker = jsonschema.Draft7Validator(json.loads(known.read_text(encoding="utf-8")))
    errors = list(checker.iter_errors(made))
    for error in errors:
        print(f"sveltia/config.yml: {jsonschema.exceptions.best_match([error]).message}", file=sys.stderr)
    print(f"Sveltia CMS: {len(made['collections'])} collections, {len(errors)} errors")
    return min(1, len(errors))


if __name__ == "__main__":
    sys.exit(main())
