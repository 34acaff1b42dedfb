"""The slow checks of the public site: every page through the Nu HTML checker, every link followed.

Run it as `make audit`. It needs Java and npm (for the package `vnu-jar`), and says how to install them.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from sitegen.build import build
from sitegen.order import Order

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".venv" / "node"
NEEDED = {"java": "apt-get install default-jre-headless", "npm": "apt-get install npm"}


def main() -> int:
    """Audit the site of this repository; return the number of things found wrong, at most 1."""
    for program, command in NEEDED.items():
        if shutil.which(program) is None:
            print(f"The audit needs {program}: {command}", file=sys.stderr)
            return 1
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        report = build(Order(ROOT, out, date.today()))
        if report.problems:
            print("\n".join(map(str, report.problems)), file=sys.stderr)
            return 1
        pages = sorted(out.rglob("*.html"))
        messages = check_html(pages)
        for message in messages:
            print(message, file=sys.stderr)
        print(f"Nu HTML checker: {len(pages)} pages, {len(messages)} errors and warnings")
    return min(1, len(messages))


def check_html(pages: list[Path]) -> list[str]:
    """Return what the checker says of the pages."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file():
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", TOOLS, "vnu-jar"],
            check=True,
        )
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *pages], capture_output=True, text=True, check=False
    )
    told = json.loads(done.stderr)["messages"]
    return [
        f"{found['url'].removeprefix('file:')}:{found.get('lastLine', 0)}: {found['message']}"
        for found in told
    ]


if __name__ == "__main__":
    sys.exit(main())
